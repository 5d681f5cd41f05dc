package intake

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"gewu/element"
	"gewu/internal/fault"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
	"gewu/table"
)

func encoded(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func cellsOf(file []byte) ([][]string, error) {
	r, done, err := asWorkbook(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	defer done()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	return x.GetRows("Sheet1", excelize.Options{RawCellValue: true})
}

func TestText(t *testing.T) {
	const text = "姓名,证件号码,备注\n王㐂,000000195001010015,\"两行\n备注\"\n=1+1,0012,\n"
	want := "姓名|证件号码|备注/王㐂|000000195001010015|两行\n备注/=1+1|0012"
	for name, file := range map[string][]byte{
		"utf-8":          []byte(text),
		"utf-8 with BOM": append([]byte{0xef, 0xbb, 0xbf}, text...),
		"gb18030":        encoded(t, simplifiedchinese.GB18030, text),
		"crlf":           []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"utf-16":         encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(text, ",", "\t")),
		"utf-16 big":     encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text),
		"semicolons":     []byte(strings.ReplaceAll(text, ",", ";")),
	} {
		got, err := cellsOf(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var lines []string
		for _, r := range got {
			lines = append(lines, strings.TrimRight(strings.Join(r, "|"), "|"))
		}
		if s := strings.Join(lines, "/"); s != want {
			t.Errorf("%s: %q", name, s)
		}
	}
	// The first 64 kB may end within a character.
	long := strings.Repeat("字", 40_000)
	var all strings.Builder
	for part := range strings.SplitSeq(long, "") {
		all.WriteString(part + "\n")
	}
	if rows, err := cellsOf([]byte("a\n" + all.String())); err != nil || len(rows) != 40_001 || rows[40_000][0] != "字" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestBadText(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"broken character": {append(encoded(t, simplifiedchinese.GB18030, "姓名,电话\n王一,1\n"), 0xff, 0xff, '\n'), "intake_text"},
		"quote inside":     {[]byte("姓名,备注\n李一,\"绰号\"老李\n王二,\n"), "intake_quote"},
		"open quote":       {[]byte("姓名,备注\n李一,\"一路\n王二,\n"), "intake_quote"},
		"too wide":         {[]byte("a\n" + strings.Repeat(",", 2000) + "\n"), "intake_wide"},
		"one long cell":    {[]byte("a\n" + strings.Repeat("x", 40_000) + "\n"), "intake_wide"},
		"too many rows":    {bytes.Repeat([]byte("1\n"), maxRows+20), "intake_rows"},
	} {
		_, err := cellsOf(c.file)
		if f := fault.Of(err); f == nil || f.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	for name, file := range map[string][]byte{"a picture": {0x89, 'P', 'N', 'G', 0}, "nothing": nil, "an .xls": {0xd0, 0xcf, 0x11, 0xe0, 0xa1}} {
		r, done, err := asWorkbook(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, _ := io.ReadAll(r)
		done()
		if !bytes.Equal(got, file) {
			t.Errorf("%s was changed on the way to whoever says what is wrong with it", name)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("姓名,电话\n\"王\"\"一\",1\n"))
	f.Add([]byte{0xff, 0xfe, 'a', 0, '\n', 0})
	f.Add([]byte{0x81, 0x30, 0x81, 0x30, ',', 0xff})
	f.Fuzz(func(t *testing.T, file []byte) {
		if charset(file) == nil || len(file) == 0 {
			return
		}
		rows, err := cellsOf(file)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		for _, r := range rows {
			for _, c := range r {
				if strings.ContainsRune(c, '\uFFFD') {
					t.Fatalf("unreadable text was let in: %q", c)
				}
			}
		}
	})
}

// A CSV file that a spreadsheet wrote goes in like a workbook; an id that the
// spreadsheet had made a number of comes back with its row.
func TestImportText(t *testing.T) {
	h := build(t, storetest.SQLite(t), nil)
	dict, err := element.Load()
	must(t, err)
	h.eye = Tables{table.NewMapper(dict.Core())}
	file := encoded(t, simplifiedchinese.GB18030, "清风社区居民信息台账,,,\n姓名,身份证号码,联系电话,所属社区\n"+
		"王㐂,"+check("99010119500101001")+",15400000001,清风社区\n李二,9.90101E+17,15400000002,清风社区\n=王三,,15400000003,清风社区\n")
	i, err := h.Add(t.Context(), h.who, street, "台账.csv", bytes.NewReader(file))
	must(t, err)
	i, err = h.Correct(t.Context(), h.who, i.ID, i.Version, Correction{Kind: subject.Person, AsOf: "2026-07-01"})
	must(t, err)
	i, err = h.Check(t.Context(), h.who, i.ID, i.Version)
	must(t, err)
	if want := (Tally{Rows: 3, New: 2, Bad: 1}); i.Tally != want {
		t.Errorf("%+v, want %+v", i.Tally, want)
	}
	faults, err := h.Faults(t.Context(), h.who, i.ID, 0)
	must(t, err)
	if len(faults) != 1 || faults[0].Row != 4 || !strings.Contains(faults[0].Faults[0].Zh, "末尾几位已变成 0") {
		t.Errorf("%+v", faults)
	}
	i, err = h.Run(t.Context(), h.who, i.ID, i.Version)
	must(t, err)
	if l, _, _ := h.subjects.List(t.Context(), h.who, subject.Person, subject.Filter{Query: "王㐂"}, subject.Page{}); i.State != "done" || len(l) != 1 {
		t.Errorf("%s, %+v", i.State, l)
	}
}
