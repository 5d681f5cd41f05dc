package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// zipped makes a zip file of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

const (
	types   = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	rootRel = `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	oneRel  = `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/styles" Target="styles.xml"/></Relationships>`
	oneBook = `<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`
	lines   = `<styleSheet><fonts><font/></fonts><fills><fill/></fills><borders><border/><border><left style="thin"/><bottom style="thin"/></border></borders><cellXfs><xf borderId="0"/><xf borderId="1"/></cellXfs></styleSheet>`
)

// oneSheet is a workbook of one sheet with the given XML.
func oneSheet(t testing.TB, sheet string) []byte {
	return zipped(t, map[string]string{
		"[Content_Types].xml": types, "_rels/.rels": rootRel, "xl/workbook.xml": oneBook, "xl/_rels/workbook.xml.rels": oneRel,
		"xl/styles.xml": lines, "xl/worksheets/sheet1.xml": sheet,
	})
}

func head(row int, words ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, row)
	for i, w := range words {
		fmt.Fprintf(&b, `<c r="%s" s="1" t="inlineStr"><is><t>%s</t></is></c>`, cellName(row, i+1), w)
	}
	return b.String() + `</row>`
}

func TestReadRefuses(t *testing.T) {
	wide := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteByte(byte(r))
			b.WriteByte(0)
		}
		return b.String()
	}
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	sheets := strings.Repeat(`<sheet name="S" sheetId="1" r:id="r1"/>`, 300)
	good := oneSheet(t, `<worksheet><sheetData/></worksheet>`)
	tests := map[string]struct {
		data []byte
		want error
	}{
		"nothing":           {nil, ErrEmpty},
		"text":              {[]byte("序号,姓名,电话\n"), ErrFormat},
		"old":               {[]byte(ole + wide("Workbook")), ErrOldExcel},
		"older":             {[]byte(ole + wide("Book")), ErrOldExcel},
		"encrypted":         {[]byte(ole + wide("EncryptedPackage")), ErrEncrypted},
		"other OLE":         {[]byte(ole + wide("WordDocument")), ErrFormat},
		"cut off":           {good[:len(good)/2], ErrBroken},
		"other archive":     {zipped(t, map[string]string{"a.txt": "a"}), ErrFormat},
		"Word":              {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": strings.ReplaceAll(rootRel, "xl/workbook", "word/document"), "word/document.xml": "<a/>"}), ErrFormat},
		"binary":            {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": strings.ReplaceAll(rootRel, ".xml", ".bin"), "xl/workbook.bin": ""}), ErrBinary},
		"no workbook":       {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rootRel}), ErrBroken},
		"no sheets":         {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rootRel, "xl/workbook.xml": "<workbook/>"}), ErrBroken},
		"bad XML":           {oneSheet(t, `<worksheet><sheetData><row r="1"><c r=A1></row>`), ErrBroken},
		"nests too deep":    {oneSheet(t, strings.Repeat("<a>", 100)), ErrBroken},
		"missing sheet":     {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rootRel, "xl/workbook.xml": oneBook, "xl/_rels/workbook.xml.rels": oneRel}), ErrBroken},
		"thousands of them": {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rootRel, "xl/workbook.xml": `<workbook xmlns:r="x"><sheets>` + sheets + `</sheets></workbook>`}), ErrTooManySheets},
		"bomb":              {oneSheet(t, `<worksheet><sheetData>`+strings.Repeat(" ", 40<<20)), ErrBomb},
		"bomb of strings": {zipped(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rootRel, "xl/workbook.xml": oneBook,
			"xl/_rels/workbook.xml.rels": strings.ReplaceAll(oneRel, "styles.xml", "s.xml") + `<Relationship Id="r3" Type="x/sharedStrings" Target="strings.xml"/>`, "xl/strings.xml": "<sst><si><t>" + strings.Repeat("a", 40<<20), "xl/s.xml": lines}), ErrBomb},
		"a million different cells": {oneSheet(t, `<worksheet><sheetData>`+manyCells(9000, 100)+`</sheetData></worksheet>`), ErrTooLarge},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(tt.data), int64(len(tt.data)))
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			var e *Error
			if !errors.As(err, &e) || e.Sentence("zh") == "" || e.Sentence("en") == e.Sentence("zh") {
				t.Errorf("sentences of %v", err)
			}
		})
	}
}

func manyCells(rows, cols int) string {
	var b strings.Builder
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&b, `<row r="%d">`, r)
		for c := 1; c <= cols; c++ {
			fmt.Fprintf(&b, `<c><v>%d</v></c>`, r*c)
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

// A workbook whose every row is formatted, as happens, is read as far as it
// matters, fast and in little memory.
func TestReadAMillionFormattedRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData>` + head(1, "序号", "姓名", "联系电话"))
	for r := 2; r <= 1<<20; r++ {
		fmt.Fprintf(&b, `<row r="%d" spans="1:3"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>`, r, r, r, r)
	}
	b.WriteString(`</sheetData><mergeCells><mergeCell ref="A1:A1"/></mergeCells><dataValidations><dataValidation type="list" sqref="B2:B1048576"><formula1>"甲,乙"</formula1></dataValidation></dataValidations></worksheet>`)
	data := oneSheet(t, b.String())
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	wb := read(t, data)
	m := wb.Map(dictionary(t))
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if len(m.Sheets[0].Tables) != 1 || m.Sheets[0].Tables[0].Columns[1].Format != "choice" {
		t.Errorf("what stands behind the rows was not read: %+v", m)
	}
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 32<<20 {
		t.Errorf("%d bytes are held", held)
	}
	if took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	runtime.KeepAlive(wb)
}

func TestReadHostileMerges(t *testing.T) {
	var merges strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:XFD1048576"/>`, i%3+2)
	}
	data := oneSheet(t, `<worksheet><sheetData>`+head(1, "序号", "姓名", "联系电话")+`<row r="9000"><c r="A9000" s="1"/></row></sheetData><mergeCells>`+merges.String()+`<mergeCell ref="B:B"/><mergeCell ref="junk"/></mergeCells></worksheet>`)
	start := time.Now()
	wb := read(t, data)
	wb.Map(dictionary(t))
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	if len(wb.sheets[0].merges) > 3 {
		t.Errorf("%d merged ranges overlap", len(wb.sheets[0].merges))
	}
}

// The first few hundred bytes of other people's files are the ones that break
// programs, and so are ranges and names that lead round in a circle.
func TestReadOddities(t *testing.T) {
	parts := map[string]string{
		"[Content_Types].xml": types, "_rels/.rels": rootRel,
		"xl/workbook.xml":                     `<x:workbook xmlns:x="y" xmlns:r="x"><x:sheets><x:sheet name="S" r:id="r1"/><x:sheet name="图" r:id="r9"/></x:sheets><x:definedNames><x:definedName name="甲">乙</x:definedName><x:definedName name="乙">甲</x:definedName></x:definedNames></x:workbook>`,
		"xl/_rels/workbook.xml.rels":          oneRel,
		"xl/styles.xml":                       lines,
		"xl/worksheets/sheet1.xml":            `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c s="1" t="inlineStr"><x:is><x:r><x:t>姓</x:t></x:r><x:r><x:t>名</x:t></x:r><x:rPh><x:t>xing</x:t></x:rPh></x:is></x:c><x:c s="1" t="s"><x:v>7</x:v></x:c><x:c s="99" t="str"><x:v>性别</x:v></x:c><x:c s="1" t="inlineStr"><x:is><x:t>电话</x:t></x:is></x:c></x:row><x:row><x:c s="1"/><x:c s="1"/><x:c s="1"/><x:c s="1"/></x:row></x:sheetData><x:dataValidations><x:dataValidation type="list" sqref="A2"><x:formula1>甲</x:formula1></x:dataValidation></x:dataValidations></x:worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Type="x/comments" Target="../none.xml"/></Relationships>`,
	}
	data := zipped(t, parts)
	wb := read(t, data)
	if got := wb.sheets[0].text(1, 1); got != "姓名" {
		t.Errorf("rich text %q", got)
	}
	if list, ok := wb.choices(wb.sheets[0], 2, 1); !ok || len(list) != 0 {
		t.Errorf("a list that leads nowhere: %v %v", list, ok)
	}
	wb.Map(dictionary(t))
}

func TestColumnNames(t *testing.T) {
	for col, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := letters(col); got != want {
			t.Errorf("column %d is %s, want %s", col, got, want)
		}
		if row, back, ok := parseCell(want + "12"); !ok || back != col || row != 12 {
			t.Errorf("%s12 is read as %d, %d", want, row, back)
		}
	}
	for _, bad := range []string{"", "A", "1", "A0", "ABCD1", "A1048577", "XFE1", "甲1"} {
		if _, _, ok := parseCell(bad); ok {
			t.Errorf("%q is no cell", bad)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<worksheet><sheetData>` + head(1, "序号", "姓名") + `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	f.Add(`<worksheet><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="10001"/></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="-1"><c r="ZZZZ9" t="s"><v>99999999999999999999</v></c></row>`)
	mapper := NewMapper(dictionary(f))
	f.Fuzz(func(t *testing.T, sheet string) {
		data := oneSheet(t, sheet)
		wb, err := Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		mapper.Map(wb)
	})
}

func FuzzReadFile(f *testing.F) {
	f.Add(oneSheet(f, `<worksheet><sheetData>`+head(1, "序号", "姓名")+`</sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Read(bytes.NewReader(data), int64(len(data))); err != nil && !errors.As(err, new(*Error)) {
			t.Fatalf("an error without a code: %v", err)
		}
	})
}

// FuzzMap makes sheets of the words and shapes that tables are made of.
func FuzzMap(f *testing.F) {
	f.Add([]byte("\x01\x02\x03\x04"), uint8(4), uint64(0))
	f.Add([]byte("姓名电话"), uint8(3), uint64(0x1234567))
	words := []string{"", "序号", "姓名", "户主", "电话", "合计", "示例", "房东信息", "1", "□男 □女", "    年  月  日", "填报人：", "一、人员", "60岁以上", "社区", "注：填“是”或“否”", "身份证号（18位）", "其中：", "总人口", "附件1", "2026年9月统计表"}
	names := dictionary(f)
	mapper := NewMapper(names)
	f.Fuzz(func(t *testing.T, pattern []byte, width uint8, merges uint64) {
		if len(pattern) > 400 {
			return
		}
		w := int(width)%20 + 1
		var b strings.Builder
		b.WriteString(`<worksheet><sheetData>`)
		for r := 0; r*w < len(pattern); r++ {
			fmt.Fprintf(&b, `<row r="%d">`, r+1)
			for c := 0; c < w && r*w+c < len(pattern); c++ {
				p := pattern[r*w+c]
				fmt.Fprintf(&b, `<c r="%s" s="%d" t="inlineStr"><is><t>%s</t></is></c>`, cellName(r+1, c+1), p>>7, words[int(p&127)%len(words)])
			}
			b.WriteString(`</row>`)
		}
		b.WriteString(`</sheetData><mergeCells>`)
		for i := 0; i < 8; i++ {
			m := merges >> (8 * i) & 255
			r, c := int(m>>5)+1, int(m>>2&7)+1
			fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, cellName(r, c), cellName(r+int(m&1), c+int(m>>1&1)+1))
		}
		b.WriteString(`</mergeCells></worksheet>`)
		m := mapper.Map(read(t, oneSheet(t, b.String())))
		for _, s := range m.Sheets {
			for _, tab := range s.Tables {
				check(t, names, tab)
			}
		}
	})
}

// check finds what no mapping may hold.
func check(t *testing.T, d Dictionary, tab Table) {
	t.Helper()
	box, ok := parseRect(tab.Range)
	if !ok {
		t.Fatalf("range %q", tab.Range)
	}
	for _, r := range append(tab.HeaderRows, tab.Keep...) {
		if r < box.top || r > box.bottom {
			t.Errorf("row %d outside %s", r, tab.Range)
		}
	}
	for _, c := range append(tab.Columns, tab.Lines...) {
		switch {
		case c.Element != "" && d.Type(c.Element) == "":
			t.Errorf("%q is no element", c.Element)
		case (c.Element == "") != (c.Format == "") || (c.Element == "") != (c.Score == 0):
			t.Errorf("element, score and format do not go together: %+v", c)
		case c.Score < 0 || c.Score > 1:
			t.Errorf("score %v", c.Score)
		}
	}
}

func BenchmarkMap(b *testing.B) {
	text, err := os.ReadFile("testdata/map/residents-wide.txt")
	if err != nil {
		b.Fatal(err)
	}
	data, mapper := testBook(b, string(text)), NewMapper(dictionary(b))
	for b.Loop() {
		mapper.Map(read(b, data))
	}
}

func BenchmarkNewMapper(b *testing.B) {
	names := dictionary(b)
	for b.Loop() {
		NewMapper(names)
	}
}
