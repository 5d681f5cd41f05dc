package draw_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/draw"
)

// refusal is the code with which a bundle is refused, "" if it is not.
func refusal(t testing.TB, src string) (string, error) {
	t.Helper()
	b, err := draw.Parse(src)
	if err == nil {
		err = b.Verify()
	}
	faults := draw.AllOf(err)
	if err != nil && len(faults) == 0 {
		t.Fatalf("an error of another kind: %v", err)
	}
	for _, f := range faults {
		for _, lang := range []string{"zh", "en"} {
			if s := f.Sentence(lang); strings.Contains(s, "%!") || s == f.Code {
				t.Fatalf("%s has no sentence: %s", f.Code, s)
			}
		}
	}
	if err == nil {
		return "", nil
	}
	return faults[0].Code, err
}

// What a forger, an editor or a careless copy does to a file is refused, and
// the sentence names it.
func TestRefused(t *testing.T) {
	b := readFile(t, "testdata/b-failing.json")
	a := readFile(t, "testdata/a-homes.json")
	order := readFile(t, "testdata/a-order.json")
	tests := map[string]struct {
		src, from, to string
		code, named   string
	}{
		"untouched":                {b, "", "", "", ""},
		"line break at the end":    {b, "\x00", "\n", draw.CodeTrailing, "1 more bytes"},
		"second value at the end":  {b, "\x00", "{}", draw.CodeTrailing, "2 more bytes"},
		"space between tokens":     {b, `"number":1`, `"number": 1`, draw.CodeSpace, "byte "},
		"cut short":                {b[:len(b)-1], "", "", draw.CodeToken, ""},
		"empty":                    {"", "", "", draw.CodeToken, ""},
		"other order of members":   {b, `"id":"notary","name":"白鹭公证处"`, `"name":"白鹭公证处","id":"notary"`, draw.CodeKeyOrder, `opening.parties[0]: "id"`},
		"order of known members":   {b, `{"group":"优抚","homes":1,"rest":"open"}`, `{"homes":1,"group":"优抚","rest":"open"}`, draw.CodeKeyOrder, "opening.rules.types[0].reserved[0]"},
		"member twice":             {b, `"mode":"B"`, `"mode":"B","mode":"B"`, draw.CodeKeyTwice, `"mode"`},
		"member twice at the top":  {a, `"seed":"000042"`, `"seed":"1","seed":"000042"`, draw.CodeKeyTwice, `"seed"`},
		"unknown member":           {a, `"seed":"000042"`, `"see":"1","seed":"000042"`, draw.CodeKeyUnknown, `"see"`},
		"member missing":           {b, `"id":"notary",`, ``, draw.CodeKeyMissing, `opening.parties[0]: "id"`},
		"member out of order":      {a, `"seed":"000042"`, `"seed":"000042","rest":"1"`, draw.CodeKeyOrder, `"rest"`},
		"a number as text":         {b, `"number":1`, `"number":"1"`, draw.CodeNumber, "opening.number"},
		"a fraction":               {b, `"number":1`, `"number":1.0`, draw.CodeToken, ""},
		"a leading zero":           {b, `"number":1`, `"number":01`, draw.CodeNumber, ""},
		"a negative number":        {b, `"number":1`, `"number":-1`, draw.CodeNumber, ""},
		"null":                     {b, `"number":1`, `"number":null`, draw.CodeNumber, ""},
		"a needless escape":        {b, `Spring draw`, `Spring\u0020draw`, draw.CodeEscape, "opening.title"},
		"a slash escape":           {b, `Spring draw`, `Spring\/draw`, draw.CodeEscape, "opening.title"},
		"decomposed letters":       {b, `Spring draw`, "Spring dra\u0301w", draw.CodeUnicodeForm, "opening.title"},
		"composed is not the same": {b, `Spring draw`, "Spring dr\u00e1w", draw.CodeDigest, "opening.title"},
		"compatibility ideograph":  {b, `Spring draw`, "Spring \uf900", draw.CodeUnicodeForm, "opening.title"},
		"zero width space":         {b, `Spring draw`, "Spring\u200bdraw", draw.CodeUnicode, "opening.title"},
		"direction override":       {b, `Spring draw`, "Spring\u202edraw", draw.CodeUnicode, "opening.title"},
		"a byte order mark":        {"\ufeff" + b, "", "", draw.CodeToken, "byte 1"},
		"not UTF-8":                {b, `Spring draw`, "Spring\xffdraw", draw.CodeUnicode, "opening.title"},
		"full-width code":          {a, "26-0001,H01", "２6-0001,H01", draw.CodeListWord, "line 2"},
		"full-width comma":         {a, "26-0001,H01", "26-0001，H01", draw.CodeListCells, "line 2"},
		"a code twice":             {a, `"26-0002,H02`, `"26-0001,H02`, draw.CodeListCode, "lines 2 and 3"},
		"a household twice":        {a, `"26-0002,H02`, `"26-0002,H01`, draw.CodeListHousehold, "lines 2 and 3"},
		"another type":             {a, `H01,一居室,`, `H01,三居室,`, draw.CodeListType, "line 2"},
		"another known type":       {a, `H01,一居室,`, `H01,两居室,`, draw.CodeDigest, "list"},
		"another group":            {a, `H02,一居室,优抚`, `H02,一居室,军属`, draw.CodeListGroup, "line 3"},
		"one line less":            {a, `,"26-0015,H15,两居室,"`, ``, draw.CodeDigest, "list"},
		"the list's header":        {a, `"code,household,type,group"`, `"code,type,household,group"`, draw.CodeListColumn, "household"},
		"a home moved":             {a, `"26-0014,home,一居室,,1","26-0006`, `"26-0001,home,一居室,,1","26-0006`, draw.CodeDigest, "rank 2"},
		"two ranks swapped":        {order, `"code","C010"`, `"code","C011"`, draw.CodeDigest, "rank 1"},
		"a seed changed":           {a, `"seed":"000042"`, `"seed":"000043"`, draw.CodeDigest, "seed"},
		"a seed of letters":        {a, `"seed":"000042"`, `"seed":"00004x"`, draw.CodeSeed, "seed"},
		"a digest changed":         {a, `"seed":"de0a`, `"seed":"de0b`, draw.CodeDigest, "seed"},
		"a digest less":            {a, `,"seed":"de0adb008879457f5fb97946aa2f716462c93c7670a21110ed5d9ab81c527590"`, ``, draw.CodeDigestNone, "seed"},
		"a digest more":            {a, `"digests":{`, `"digests":{"a":"de0adb008879457f5fb97946aa2f716462c93c7670a21110ed5d9ab81c527590",`, draw.CodeDigestExtra, "digests.a"},
		"a secret changed":         {b, `"party":"notary","secret":"8`, `"party":"notary","secret":"9`, draw.CodeDigest, "notary"},
		"a commit changed":         {b, `"party":"notary","sha256":"2`, `"party":"notary","sha256":"3`, draw.CodeDigest, "notary"},
		"parties swapped":          {b, `"id":"residents"`, `"id":"residentz"`, draw.CodeParty, "residents"},
		"the other mode":           {a, `"mode":"A"`, `"mode":"B"`, draw.CodeChoice, ""},
		"absent with a secret":     {b, `"party":"supervisor","secret":""`, `"party":"supervisor","secret":"x"`, draw.CodeText, "reveals[2].secret"},
		"absent without a record":  {b, `"note":"未到场"`, `"note":""`, draw.CodeText, "reveals[2].note"},
		"public number away":       {b, `"public_number":"0512182227300",`, ``, draw.CodeKeyMissing, "public_number"},
		"another format":           {b, `"gewu-draw-1"`, `"gewu-draw-2"`, draw.CodeFormat, "gewu-draw-2"},
		"too many homes reserved":  {a, `"group":"残疾","homes":2`, `"group":"残疾","homes":9`, draw.CodeReserved, "一居室"},
		"a day that is none":       {a, `"date":"2026-06-01"`, `"date":"2026-06-31"`, draw.CodeDate, "opening.date"},
		"a second without first":   {a, `"number":1`, `"number":2`, draw.CodePrevious, "2"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := tt.src
			switch {
			case tt.from == "\x00":
				src += tt.to
			case tt.from != "":
				if strings.Count(src, tt.from) != 1 {
					t.Fatalf("%q stands %d times", tt.from, strings.Count(src, tt.from))
				}
				src = strings.Replace(src, tt.from, tt.to, 1)
			}
			code, err := refusal(t, src)
			if code != tt.code {
				t.Fatalf("code %q, want %q: %v", code, tt.code, err)
			}
			if err != nil && !strings.Contains(err.Error(), tt.named) {
				t.Errorf("%q does not name %q", err, tt.named)
			}
			file := filepath.Join(t.TempDir(), "bundle.json")
			if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, ok := python(t, file); ok != (tt.code == "") {
				t.Errorf("the Python program says otherwise: %s", out)
			}
		})
	}
}

// Each byte of a bundle matters: whichever is changed, the file is refused.
func TestEveryByte(t *testing.T) {
	for _, name := range []string{"b-one", "a-homes", "b-failing"} {
		src := readFile(t, filepath.Join("testdata", name+".json"))
		for i := range len(src) {
			for _, flip := range []byte{0x01, 0x20, 0x80} {
				changed := []byte(src)
				changed[i] ^= flip
				if code, _ := refusal(t, string(changed)); code == "" {
					t.Errorf("%s: byte %d, %q instead of %q, is not noticed", name, i+1, changed[i], src[i])
				}
			}
			if code, _ := refusal(t, src[:i]); code == "" {
				t.Errorf("%s: cut after byte %d it is not noticed", name, i)
			}
			if code, _ := refusal(t, src[:i]+src[i+1:]); code == "" {
				t.Errorf("%s: without byte %d it is not noticed", name, i+1)
			}
		}
	}
}

// Who changes a part and its digest too is found by the result, and named by
// rank.
func TestForgedDigest(t *testing.T) {
	src := readFile(t, "testdata/b-one.json")
	b, err := draw.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	first, second := b.At(1).Code, b.At(2).Code
	forged := strings.NewReplacer(first+",home", second+",home", second+",home", first+",home").Replace(src)
	part := forged[strings.Index(forged, `"result":[`)+len(`"result":`):]
	part = part[:strings.Index(part, "]")+1]
	was := src[strings.Index(src, `"result":[`)+len(`"result":`):]
	was = was[:strings.Index(was, "]")+1]
	forged = strings.Replace(forged, draw.DigestOf([]byte(was)).SHA256, draw.DigestOf([]byte(part)).SHA256, 1)
	f, err := draw.Parse(forged)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Verify()
	var faults draw.Faults
	if !errors.As(err, &faults) || len(faults) != 2 || faults[0].Code != draw.CodeResultLine || !errors.Is(err, &draw.Error{Code: draw.CodeResultLine}) {
		t.Fatalf("%v", err)
	}
	if want := "result：第1名应为“" + first + ",home,A,,1”，文件中是“" + second + ",home,A,,1”。"; faults[0].Sentence("zh") != want {
		t.Errorf("%s, want %s", faults[0].Sentence("zh"), want)
	}
}

func TestExpect(t *testing.T) {
	b, err := draw.Parse(readFile(t, "testdata/b-one.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []draw.Digest{b.FileDigest(), b.OpeningDigest(), b.SealDigest()} {
		if err := b.Expect(" " + strings.ToUpper(d.SHA256)); err != nil {
			t.Error(err)
		}
		if err := b.Expect(d.SM3); err != nil {
			t.Error(err)
		}
	}
	if err := b.Expect(strings.Repeat("0", 64)); !errors.Is(err, &draw.Error{Code: draw.CodeExpected}) {
		t.Error(err)
	}
}
