package code_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/code"
)

// The numbers here have the area 990101, which no place has.

func TestParseResidentID(t *testing.T) {
	id, err := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: 7}, 1)
	if err != nil {
		t.Fatal(err)
	}
	whole := id.String()
	withX := ""
	for seq := range 30 {
		made, err := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: 7}, seq)
		if err != nil {
			t.Fatal(err)
		}
		if s := made.String(); strings.HasSuffix(s, "X") {
			withX = s
		}
	}
	for in, want := range map[string]string{
		whole:                       whole,
		"  " + whole + "\u3000":     whole,
		"'" + whole:                 whole,
		"\ufeff" + whole + "\u200b": whole,
		wide(whole):                 whole,
		whole[:6] + " " + whole[6:14] + "\u00a0" + whole[14:]: whole,
		strings.ToLower(withX):                                withX,
		withX[:17] + "ｘ":                                      withX,
	} {
		if got, err := code.ParseResidentID(in); err != nil || got.String() != want {
			t.Errorf("ParseResidentID(%q) = %q, %v", in, got, err)
		}
	}
	next := byte('0' + (whole[17]-'0'+1)%10)
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "\t": code.ErrEmpty,
		whole[:17]: code.ErrIDLength, whole + "1": code.ErrIDLength, "无": code.ErrIDLength, strings.Repeat("9", 60): code.ErrIDLength,
		"99010119900307O019": code.ErrIDChar, "X" + whole[1:]: code.ErrIDChar, whole[:17] + "A": code.ErrIDChar, "九" + whole[1:]: code.ErrIDChar,
		"97" + whole[2:]: code.ErrIDArea, "00" + whole[2:]: code.ErrIDArea, "840000" + whole[6:]: code.ErrIDArea, "811111" + whole[6:]: code.ErrIDArea,
		"990101199013070019": code.ErrIDBirthday, "990101199002300019": code.ErrIDBirthday, "990101099003070019": code.ErrIDBirthday,
		whole[:17] + string(next): code.ErrIDCheck,
		"990101900307001":         code.ErrIDOld,
		"9.90101E+17":             code.ErrPrecision, "9.90101199003070E+17": code.ErrPrecision, "9.9e17": code.ErrPrecision,
		"990101199003070000.0": code.ErrPrecision, "990101199003072000": code.ErrPrecision,
	} {
		got, err := code.ParseResidentID(in)
		if !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseResidentID(%q) = %q, %v; want %s", in, got, err, want.Code)
		}
	}
	var e *code.Error
	if _, err := code.ParseResidentID("99010119900307O019"); !errors.As(err, &e) || e.At != 15 || !strings.Contains(e.Sentence("zh"), "第15位") {
		t.Errorf("the wrong character: %+v", e)
	}
	if _, err := code.ParseResidentID(whole[:17]); !errors.As(err, &e) || e.Len != 17 || !strings.Contains(e.Sentence("en"), "has 17 characters") {
		t.Errorf("the wrong length: %+v", e)
	}
}

func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// The vectors are of the standard's algorithm, with an area that does not exist.
func TestResidentIDCheck(t *testing.T) {
	made, err := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: 7}, 1)
	if err != nil || made.String()[:17] != "99010119900307001" {
		t.Fatalf("made %s, %v", made, err)
	}
	// 9*7+9*9+0+1*5+0+1*4+1*2+9*1+9*6+0+0+3*9+0+7*5+0+0+1*2 = 282, 282 mod 11 = 7 → 5
	if made.Tail(1) != "5" {
		t.Errorf("check of %s, want 5", made)
	}
}

func TestResidentIDParts(t *testing.T) {
	birth := code.Date{Year: 1990, Month: 3, Day: 7}
	man, _ := code.MakeResidentID("990101", birth, 1)
	woman, _ := code.MakeResidentID("990101", birth, 2)
	if man.Birth() != birth || man.Sex() != code.Male || woman.Sex() != code.Female || man.Area() != "990101" || man.Kind() != code.Example {
		t.Errorf("parts of %s: %s %s %s %d", man, man.Birth(), man.Sex(), man.Area(), man.Kind())
	}
	if err := man.BornBy(code.Date{Year: 1990, Month: 3, Day: 6}); !errors.Is(err, code.ErrIDFuture) {
		t.Errorf("born tomorrow: %v", err)
	}
	if err := man.BornBy(birth); err != nil {
		t.Errorf("born today: %v", err)
	}
	for _, c := range []struct {
		birth code.Date
		sex   code.Sex
		want  error
	}{
		{birth, code.Male, nil}, {code.Date{}, code.SexUnknown, nil}, {code.Date{Year: 1990, Month: 3}, code.SexNotStated, nil},
		{code.Date{Year: 1990, Month: 4}, code.Male, code.ErrIDNotBirth}, {code.Date{Year: 1991}, code.Male, code.ErrIDNotBirth},
		{birth, code.Female, code.ErrIDNotSex},
	} {
		if err := man.Agree(c.birth, c.sex); !errors.Is(err, c.want) {
			t.Errorf("%s with %s, %s: %v", man, c.birth, c.sex, err)
		}
	}
	if man.Spaced() != "990101 19900307 0015" || man.Tail(4) != "0015" || man.Tail(99) != man.String() || man.Tail(-1) != "" {
		t.Errorf("forms: %q %q", man.Spaced(), man.Tail(4))
	}
	var none code.ResidentID
	if none.String() != "" || none.Kind() != code.NoResident || none.Sex() != code.SexUnknown || !none.Birth().IsZero() || none.Area() != "" ||
		none.Tail(4) != "" || none.Spaced() != "" || none.MayBeCut() || none.Agree(birth, code.Male) != nil {
		t.Error("the zero number tells something")
	}
}

// A number whose check is right may still have been cut by a spreadsheet.
func TestMayBeCut(t *testing.T) {
	for seq := 0; seq < 1000; seq += 100 {
		for day := 1; day <= 28; day++ {
			id, err := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: day}, seq)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.HasSuffix(id.String(), "000"); id.MayBeCut() != want {
				t.Fatalf("%s may be cut: %v", id, id.MayBeCut())
			}
		}
	}
}

// Permits and foreigners' cards are checked with sequences 000, which are not
// issued, so that no real number stands here.
func TestResidentKinds(t *testing.T) {
	for area, want := range map[string]struct {
		kind   code.ResidentKind
		area   code.Place
		nation string
	}{
		"810000": {code.HongKong, "81", ""}, "820000": {code.Macao, "82", ""}, "830000": {code.Taiwan, "83", ""},
		"911124": {code.Foreigner, "11", "124"}, "991124": {code.Example, "991124", ""},
	} {
		id, err := code.ParseResidentID(complete(area + "18000101000"))
		if err != nil {
			t.Errorf("%s: %v", area, err)
			continue
		}
		if id.Kind() != want.kind || id.Area() != want.area || id.Nationality() != want.nation {
			t.Errorf("%s: kind %d, area %q, nationality %q", area, id.Kind(), id.Area(), id.Nationality())
		}
		if _, ok := id.Old(); ok {
			t.Errorf("%s has an old number", area)
		}
	}
}

// complete adds the check by trying all, without the package's arithmetic.
func complete(body string) string {
	for _, c := range "0123456789X" {
		if _, err := code.ParseResidentID(body + string(c)); err == nil {
			return body + string(c)
		}
	}
	return body
}

func TestOldResidentID(t *testing.T) {
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "99010190030700": code.ErrIDLength, "99010190030700X": code.ErrIDChar, "970101900307001": code.ErrIDArea,
		"810000900307001": code.ErrIDArea, "990101901307001": code.ErrIDBirthday, "990101000229001": code.ErrIDBirthday,
		"990101900307996": code.ErrIDCentury, "990101900307999": code.ErrIDCentury, "9.90101E+14": code.ErrPrecision,
	} {
		if got, err := code.UpgradeResidentID(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("UpgradeResidentID(%q) = %q, %v; want %s", in, got, err, want.Code)
		}
	}
	id, err := code.UpgradeResidentID(" 990101 900307 001 ")
	if err != nil || id.String() != "990101199003070015" {
		t.Errorf("upgraded: %s, %v", id, err)
	}
	if got, err := code.ResidentIDFromNumber(990101900307001); err != nil || got != id {
		t.Errorf("from a cell with a value: %s, %v", got, err)
	}
	for _, v := range []float64{990101199003070015, 1e15} {
		if _, err := code.ResidentIDFromNumber(v); !errors.Is(err, code.ErrPrecision) {
			t.Errorf("%v: %v", v, err)
		}
	}
	for _, v := range []float64{0, -1, 990101900307001.5} {
		if _, err := code.ResidentIDFromNumber(v); err == nil {
			t.Errorf("%v is a number", v)
		}
	}
}

func TestMakeResidentID(t *testing.T) {
	day := code.Date{Year: 1990, Month: 3, Day: 7}
	for _, c := range []struct {
		area  string
		birth code.Date
		seq   int
		want  error
	}{
		{"110101", day, 1, code.ErrIDArea}, {"9901", day, 1, code.ErrIDArea}, {"99010X", day, 1, code.ErrIDArea},
		{"990101", code.Date{Year: 1990, Month: 3}, 1, code.ErrIDBirthday}, {"990101", code.Date{Year: 1990, Month: 2, Day: 30}, 1, code.ErrIDBirthday},
		{"990101", day, -1, code.ErrIDSequence}, {"990101", day, 1000, code.ErrIDSequence},
	} {
		if _, err := code.MakeResidentID(c.area, c.birth, c.seq); !errors.Is(err, c.want) {
			t.Errorf("%s %s %d: %v, want %v", c.area, c.birth, c.seq, err, c.want)
		}
	}
}

func TestNumbersStayOutOfLogs(t *testing.T) {
	id, _ := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: 7}, 1)
	phone, _ := code.ParsePhone("13900000000")
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("found", "id", id, "phone", phone)
	if got := b.String(); strings.Contains(got, "19900307") || strings.Contains(got, phone.String()) || !strings.Contains(got, "990*************15") {
		t.Errorf("log: %s", got)
	}
}

func TestDisabilityCard(t *testing.T) {
	id, _ := code.MakeResidentID("990101", code.Date{Year: 1990, Month: 3, Day: 7}, 1)
	for in, want := range map[string]code.DisabilityCard{
		id.String() + "43": {ID: id, Kind: 4, Grade: 3}, " " + id.String() + "11b2": {ID: id, Kind: 1, Grade: 1, Replaced: 2},
	} {
		if got, err := code.ParseDisabilityCard(in); err != nil || got != want || got.String() != strings.ToUpper(strings.TrimSpace(in)) {
			t.Errorf("ParseDisabilityCard(%q) = %v, %v", in, got, err)
		}
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, id.String(): code.ErrDisabilityCard, id.String() + "83": code.ErrDisabilityCard, id.String() + "45": code.ErrDisabilityCard,
		id.String() + "43B0": code.ErrDisabilityCard, id.String() + "43C1": code.ErrDisabilityCard, "99010119900307001943": code.ErrIDCheck,
		"9.90101E+19": code.ErrPrecision,
	} {
		if got, err := code.ParseDisabilityCard(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseDisabilityCard(%q) = %v, %v; want %s", in, got, err, want.Code)
		}
	}
}

func someResident() *rapid.Generator[code.ResidentID] {
	return rapid.Custom(func(t *rapid.T) code.ResidentID {
		id, err := code.MakeResidentID("99"+rapid.StringMatching(`[0-9]{4}`).Draw(t, "area"), someDay().Draw(t, "birth"), rapid.IntRange(0, 999).Draw(t, "seq"))
		if err != nil {
			t.Fatal(err)
		}
		return id
	})
}

func TestResidentProperties(t *testing.T) {
	t.Run("text and back", rapid.MakeCheck(func(t *rapid.T) {
		id := someResident().Draw(t, "id")
		for _, s := range []string{id.String(), id.Spaced(), strings.ToLower(id.String()), wide(id.String())} {
			if got, err := code.ParseResidentID(s); err != nil || got != id {
				t.Fatalf("ParseResidentID(%q) = %s, %v", s, got, err)
			}
		}
		text, err := json.Marshal(id)
		var back code.ResidentID
		if err != nil || json.Unmarshal(text, &back) != nil || back != id {
			t.Fatalf("%s is %s is %s", id, text, back)
		}
	}))
	t.Run("any one wrong character is noticed", rapid.MakeCheck(func(t *rapid.T) {
		b := []byte(someResident().Draw(t, "id").String())
		i := rapid.IntRange(0, 17).Draw(t, "place")
		was := b[i]
		b[i] = rapid.SampledFrom([]byte("0123456789X")).Filter(func(c byte) bool { return c != was }).Draw(t, "digit")
		if _, err := code.ParseResidentID(string(b)); err == nil {
			t.Fatalf("%s passes with place %d changed from %c", b, i+1, was)
		}
	}))
	t.Run("two neighbours changed over are noticed", rapid.MakeCheck(func(t *rapid.T) {
		b := []byte(someResident().Draw(t, "id").String())
		i := rapid.IntRange(0, 16).Draw(t, "place")
		if b[i] == b[i+1] {
			return
		}
		b[i], b[i+1] = b[i+1], b[i]
		if _, err := code.ParseResidentID(string(b)); err == nil {
			t.Fatalf("%s passes", b)
		}
	}))
	t.Run("old form and back", rapid.MakeCheck(func(t *rapid.T) {
		id := someResident().Draw(t, "id")
		old, ok := id.Old()
		if want := id.Birth().Year/100 == 19 && id.Tail(4)[:3] < "996"; ok != want {
			t.Fatalf("%s has an old form: %v", id, ok)
		}
		if !ok {
			return
		}
		if got, err := code.UpgradeResidentID(old); err != nil || got != id {
			t.Fatalf("%s is %s is %s, %v", id, old, got, err)
		}
	}))
	t.Run("what a spreadsheet cut is never taken for a number unasked", rapid.MakeCheck(func(t *rapid.T) {
		id := someResident().Draw(t, "id")
		got, err := code.ParseResidentID(id.String()[:15] + "000")
		if err == nil && !got.MayBeCut() || err != nil && !errors.Is(err, code.ErrPrecision) {
			t.Fatalf("%s cut: %s, %v", id, got, err)
		}
		if !code.LostPrecision(fmt.Sprintf("%.5E", 9.90101e17)) {
			t.Fatal("a number in exponents")
		}
	}))
}
