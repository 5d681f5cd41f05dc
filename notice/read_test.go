package notice

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadText(t *testing.T) {
	const text = "关于开展消防检查的通知\r\n一、每月不少于1次。𠮷\r\n"
	want := []string{"关于开展消防检查的通知", "一、每月不少于1次。𠮷"}
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	tests := map[string]struct {
		name string
		data []byte
		want []string
	}{
		"UTF-8":            {"a.txt", []byte(text), want},
		"UTF-8 with BOM":   {"a.txt", []byte("\ufeff" + text), want},
		"UTF-16 LE":        {"a.txt", encoded(t, le, text), want},
		"UTF-16 BE":        {"a.txt", encoded(t, be, text), want},
		"GB18030":          {"a.txt", encoded(t, simplifiedchinese.GB18030, text), want},
		"one GBK word":     {"a.txt", encoded(t, simplifiedchinese.GBK, "通知"), []string{"通知"}},
		"GBK by the line":  {"a.txt", encoded(t, simplifiedchinese.GBK, "00\n一\n"), []string{"00", "一"}},
		"accents":          {"a.txt", []byte("Café notice, résumé"), []string{"Café notice, résumé"}},
		"Russian":          {"a.txt", []byte("Проверка безопасности"), []string{"Проверка безопасности"}},
		"no extension":     {"方案", []byte(text), want},
		"text named .docx": {"a.docx", []byte(text), want},
		"old Mac lines":    {"a.txt", []byte("甲\r乙\r丙"), []string{"甲", "乙", "丙"}},
		"page and line separators": {
			"a.txt", []byte("甲\f乙\u2028丙\v丁\x1a"), []string{"甲", "乙", "丙", "丁"}},
		"UTF-8 cut in a character": {"a.txt", []byte(strings.Repeat("检查", 40) + "\xe6\xa3"), []string{strings.Repeat("检查", 40)}},
		"GB18030 cut in a character": {
			"a.txt", append(encoded(t, simplifiedchinese.GB18030, strings.Repeat("检查", 10)), 0xbc), []string{strings.Repeat("检查", 10)}},
		"Markdown by name": {"a.MD", []byte("# 甲"), []string{"甲"}},
		"text, no Markdown": {
			"a.txt", []byte("# 甲"), []string{"# 甲"}},
		"text like a magic number": {"a.txt", []byte("BM大厦检查通知书及附件一览"), []string{"BM大厦检查通知书及附件一览"}},
		"table":                    {"a.txt", []byte("序号\t任务\n1\t宣传"), []string{"序号\t任务", "1\t宣传"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(tt.name, tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, texts(doc)); diff != "" {
				t.Error(diff)
			}
			if doc.Name != tt.name {
				t.Errorf("name %q", doc.Name)
			}
		})
	}
}

// oleFile is the beginning of a compound file with a stream of that name.
func oleFile(stream string) []byte {
	b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	for _, c := range []byte(stream) {
		b = append(b, c, 0)
	}
	return append(b, make([]byte, 512)...)
}

func zipOf(names ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, n := range names {
		w, _ := z.Create(n)
		fmt.Fprint(w, "<x/>")
	}
	z.Close()
	return buf.Bytes()
}

func docxWith(part, text string) []byte {
	return docxtest.Build(docxtest.Doc{Body: body{para{Text: "正文"}}, Lists: lists{docxtest.Official}, Parts: map[string]string{part: text}})
}

func TestReadRefuses(t *testing.T) {
	format := func(f string) *Error { return &Error{Code: CodeFormat, Format: f} }
	good := docxtest.Build(docxtest.Doc{Body: body{para{Text: strings.Repeat("正文", 5000)}}})
	random := make([]byte, 4096)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(random); i++ {
		random[i] = byte(r.Uint32())
	}
	const begin = `<w:document xmlns:w="` + nsWord + `"><w:body>`
	tests := map[string]struct {
		name string
		data []byte
		want *Error
	}{
		"nothing":             {"a.docx", nil, ErrEmpty},
		"white space":         {"a.txt", []byte(" \r\n\t　\n"), ErrEmpty},
		"only a BOM":          {"a.txt", []byte("\ufeff\r\n"), ErrEmpty},
		"Markdown of rules":   {"a.md", []byte("---\n\n***\n"), ErrEmpty},
		"empty docx":          {"a.docx", docxtest.Build(docxtest.Doc{Body: body{para{}}}), ErrEmpty},
		"only a picture":      {"a.docx", docxtest.Build(docxtest.Doc{Body: body{para{Runs: []run{{Kind: docxtest.Picture}}}}}), ErrPictureOnly},
		"only a text box":     {"a.docx", docxtest.Build(docxtest.Doc{Body: body{para{Runs: []run{{Text: "框", Kind: docxtest.TextBox}}}}}), ErrPictureOnly},
		"password":            {"a.docx", oleFile("EncryptedPackage"), ErrEncrypted},
		".doc":                {"a.doc", oleFile("WordDocument"), ErrOldWord},
		".wps":                {"a.wps", oleFile("WordDocument"), ErrOldWord},
		".doc named .docx":    {"a.docx", oleFile("WordDocument"), ErrOldWord},
		"unknown OLE":         {"a.wps", oleFile("x"), ErrOldWord},
		".xls":                {"a.xls", oleFile("Workbook"), format("sheet")},
		".ppt":                {"a.ppt", oleFile("PowerPoint Document"), format("slides")},
		".xlsx":               {"a.xlsx", zipOf("[Content_Types].xml", "xl/workbook.xml"), format("sheet")},
		".xlsx named .docx":   {"a.docx", zipOf("[Content_Types].xml", "xl/workbook.xml"), format("sheet")},
		".pptx":               {"a.pptx", zipOf("ppt/presentation.xml"), format("slides")},
		".ofd":                {"a.ofd", zipOf("OFD.xml", "Doc_0/Document.xml"), format("ofd")},
		".odt":                {"a.odt", zipOf("mimetype", "content.xml", "META-INF/manifest.xml"), format("odt")},
		".zip":                {"a.zip", zipOf("方案.docx"), format("archive")},
		".pdf":                {"a.pdf", []byte("%PDF-1.7\n%âãÏÓ"), format("pdf")},
		".rtf":                {"a.doc", []byte(`{\rtf1\ansi`), format("rtf")},
		".html":               {"a.html", []byte("\ufeff <!DOCTYPE html><p>通知"), format("html")},
		"html named .doc":     {"a.doc", []byte("<html xmlns:o='x'>"), format("html")},
		"Word XML":            {"a.xml", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?>`), format("xml")},
		".png":                {"a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00"), format("image")},
		".jpg":                {"a.docx", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), format("image")},
		".bmp":                {"a.bmp", append([]byte("BM\x36\x10\x0e\x00"), make([]byte, 40)...), format("image")},
		".webp":               {"a.webp", []byte("RIFF\x10\x00\x00\x00WEBPVP8 "), format("image")},
		".rar":                {"a.rar", []byte("Rar!\x1a\x07\x01\x00"), format("archive")},
		"random bytes":        {"a.bin", random, ErrUnreadable},
		"random named .docx":  {"a.docx", random, ErrBroken},
		"control characters":  {"a.txt", []byte("\x01\x02\x03abc"), ErrUnreadable},
		"too large":           {"a.txt", make([]byte, MaxSize+1), ErrTooLarge},
		"too many lines":      {"a.txt", bytes.Repeat([]byte("a\n"), maxLines+1), ErrTooLarge},
		"too many columns":    {"a.txt", append(bytes.Repeat([]byte("\ta"), 10_000), bytes.Repeat([]byte("\na\tb"), 10_000)...), ErrTooLarge},
		"cut short":           {"a.docx", good[:len(good)/2], ErrBroken},
		"bits turned":         {"a.docx", flip(good), ErrBroken},
		"no document":         {"a.docx", zipOf("[Content_Types].xml", "_rels/.rels"), ErrBroken},
		"broken XML":          {"a.docx", docxWith("word/document.xml", begin+`<w:p><w:r><w:t>文</w:r></w:p>`), ErrBroken},
		"XML without end":     {"a.docx", docxWith("word/document.xml", begin+`<w:p><w:r><w:t>文</w:t></w:r></w:p></w:body>`), ErrBroken},
		"broken styles":       {"a.docx", docxWith("word/styles.xml", `<w:styles`), ErrBroken},
		"broken numbering":    {"a.docx", docxWith("word/numbering.xml", `<w:numbering><w:num>`), ErrBroken},
		"other root":          {"a.docx", docxWith("word/document.xml", `<html/>`), ErrBroken},
		"entity":              {"a.docx", docxWith("word/document.xml", `<!DOCTYPE x [<!ENTITY a "aa">]>`+begin+`<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>`), ErrBroken},
		"deep":                {"a.docx", docxWith("word/document.xml", begin+strings.Repeat("<w:sdt>", 10_000)), ErrBroken},
		"bomb":                {"a.docx", docxWith("word/document.xml", begin+strings.Repeat(" ", 8<<20)), ErrBomb},
		"bomb in the styles":  {"a.docx", docxWith("word/styles.xml", "<w:styles>"+strings.Repeat(" ", 8<<20)), ErrBomb},
		"many parts":          {"a.docx", zipOf(make([]string, maxEntries+1)...), ErrBomb},
		"wide rows":           {"a.docx", docxWith("word/document.xml", begin+"<w:tbl>"+strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="128"/></w:tcPr></w:tc></w:tr>`, 20_000)+"</w:tbl></w:body></w:document>"), ErrBomb},
		"long text in merged": {"a.docx", mergedBomb(), ErrBomb},
		"many paragraphs":     {"a.docx", docxWith("word/document.xml", begin+repeated(maxLines+1, `<w:p><w:r><w:t>%d</w:t></w:r></w:p>`)+"</w:body></w:document>"), ErrTooLarge},
		"many lists":          {"a.docx", docxWith("word/numbering.xml", "<w:numbering>"+repeated(800_000, `<w:num w:numId="%d"/>`)), ErrBomb},
		"picture of a number": {"a.docx", docxWith("word/document.xml", begin+`<w:p/><w:p><w:r><w:pict/></w:r></w:p></w:body></w:document>`), ErrPictureOnly},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(tt.name, tt.data)
			if doc != nil || !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			e, _ := errors.AsType[*Error](err)
			if e.Format != tt.want.Format {
				t.Errorf("format %q, want %q", e.Format, tt.want.Format)
			}
		})
	}
}

// flip damages the packed data of the longest part.
func flip(data []byte) []byte {
	data = bytes.Clone(data)
	at := bytes.Index(data, []byte("word/document.xml"))
	for i := range 40 {
		data[at+100+i] ^= 0x55
	}
	return data
}

// repeated repeats XML with a number in it that packs badly.
func repeated(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, uint32(i)*2654435761)
	}
	return b.String()
}

// mergedBomb is a cell of 20 kB that runs down over a thousand rows.
func mergedBomb() []byte {
	tbl := table{{cell{Text: strings.Repeat("检查", 3500), Merge: docxtest.Top}}}
	for range 1000 {
		tbl = append(tbl, []cell{{Merge: docxtest.Continue}})
	}
	return docxtest.Build(docxtest.Doc{Body: body{tbl}})
}

func TestErrorSentences(t *testing.T) {
	var all []*Error
	for code := range sentences {
		all = append(all, &Error{Code: code})
	}
	for f := range formats {
		all = append(all, &Error{Code: CodeFormat, Format: f})
	}
	for _, e := range all {
		zh, en := e.Sentence("zh"), e.Sentence("en")
		if !strings.HasSuffix(zh, "。") || strings.ContainsAny(zh, "!！亲") || len(zh) < 40 {
			t.Errorf("%s %s: %s", e.Code, e.Format, zh)
		}
		if !strings.HasSuffix(en, ".") || strings.ContainsFunc(en, func(r rune) bool { return r > 0x7f }) {
			t.Errorf("%s %s: %s", e.Code, e.Format, en)
		}
	}
	if got := (&Error{Code: "notice_unheard_of"}).Sentence("zh"); got == "" {
		t.Error("no sentence for an unknown code")
	}
	cause := errors.New("zip: not a valid zip file")
	if e := (&Error{Code: CodeBroken, Cause: cause}); !errors.Is(e, cause) || !strings.Contains(e.Error(), cause.Error()) {
		t.Error(e)
	}
}

var printable = rapid.StringMatching(`[一二三四五六七八九十开展检查，。；（）a-z0-9]{1,40}`)

var wholeLine = rapid.StringMatching(`[一二三四五六七八九十开展检查，。；a-z0-9]{1,40}。`)

// TestReadKeepsLines: whatever the encoding, the lines come back.
func TestReadKeepsLines(t *testing.T) {
	encodings := map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "GB18030": simplifiedchinese.GB18030,
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "BOM": unicode.UTF8BOM,
	}
	rapid.Check(t, func(t *rapid.T) {
		// One line whose encoding is beyond doubt; every notice has one.
		lines := append([]string{"关于检查的通知"}, rapid.SliceOfN(wholeLine, 0, 20).Draw(t, "lines")...)
		name := rapid.SampledFrom([]string{"UTF-8", "GB18030", "UTF-16", "BOM"}).Draw(t, "encoding")
		data, err := encodings[name].NewEncoder().Bytes([]byte(strings.Join(lines, rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end"))))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Read("a.txt", data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(lines, texts(doc)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestDocxKeepsParagraphs: what is written comes back, in order, as runs may be cut.
func TestDocxKeepsParagraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []string
		var b body
		for range rapid.IntRange(1, 12).Draw(t, "blocks") {
			var runs []run
			text := ""
			for _, s := range rapid.SliceOfN(printable, 1, 4).Draw(t, "runs") {
				kind := rapid.SampledFrom([]docxtest.Kind{docxtest.Plain, docxtest.Inserted, docxtest.Deleted, docxtest.Linked, docxtest.Field, docxtest.TextBox}).Draw(t, "kind")
				hidden := rapid.IntRange(0, 5).Draw(t, "hidden") == 0
				runs = append(runs, run{Text: s, Kind: kind, Hidden: hidden})
				if kind != docxtest.Deleted && kind != docxtest.TextBox && !hidden {
					text += s
				}
			}
			if rapid.Bool().Draw(t, "in a table") {
				b = append(b, table{{cell{Body: body{para{Runs: runs}}}}})
			} else {
				b = append(b, para{Runs: runs})
			}
			if text != "" {
				want = append(want, text)
			}
		}
		doc, err := Read("a.docx", docxtest.Build(docxtest.Doc{Body: b}))
		if len(want) == 0 {
			if err == nil {
				t.Fatal("no error for a document without text")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, texts(doc)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestGridIsRectangular: rows of one table have equally many cells, and a
// merged field carries the text of the first.
func TestGridIsRectangular(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tbl table
		for range rapid.IntRange(1, 8).Draw(t, "rows") {
			var cells []cell
			for range rapid.IntRange(1, 5).Draw(t, "cells") {
				cells = append(cells, cell{
					Text:  rapid.StringMatching(`[一二三]{0,3}`).Draw(t, "text"),
					Span:  rapid.IntRange(0, 3).Draw(t, "span"),
					Merge: rapid.SampledFrom([]docxtest.Merge{docxtest.Single, docxtest.Top, docxtest.Continue}).Draw(t, "merge"),
				})
			}
			tbl = append(tbl, cells)
		}
		doc, err := Read("a.docx", docxtest.Build(docxtest.Doc{Body: body{para{Text: "x"}, tbl}}))
		if err != nil {
			t.Fatal(err)
		}
		rows := doc.Blocks[1:]
		for i, b := range rows {
			if len(b.Cells) != len(rows[0].Cells) || !utf8.ValidString(b.Text) || b.Text != joinCells(b.Cells) {
				t.Fatalf("row %d: %+v", i, b)
			}
			for j, c := range b.Cells {
				if c.Across && (j == 0 || c.Text != "") && !c.Down {
					t.Fatalf("row %d, cell %d: %+v", i, j, c)
				}
			}
		}
	})
}
