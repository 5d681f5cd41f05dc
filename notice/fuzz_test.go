package notice

import (
	"archive/zip"
	"bytes"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"gewu/internal/docxtest"
)

// fuzzAlloc is what Read may allocate for n bytes that unpack to more: enough
// for any honest file, far below what a bomb asks for.
func fuzzAlloc(n int) uint64 { return 64<<20 + 300*uint64(n) }

// checkRead reads data and checks what must hold for any file.
func checkRead(t *testing.T, name string, data []byte) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	doc, err := Read(name, data)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > fuzzAlloc(len(data)) {
		t.Fatalf("%d bytes allocated for %d", used, len(data))
	}
	if err != nil {
		e, ok := err.(*Error)
		if !ok || doc != nil || e.Sentence("zh") == "" {
			t.Fatalf("error %T %v, document %v", err, err, doc)
		}
		return
	}
	for i, b := range doc.Blocks {
		if strings.TrimFunc(b.Text, unprinted) == "" || !utf8.ValidString(b.Text) {
			t.Fatalf("block %d: %q", i, b.Text)
		}
		if b.Table == 0 && (strings.Contains(b.Text, "\n") || b.Cells != nil) || b.Level < 0 || b.Level > 9 {
			t.Fatalf("block %d: %+v", i, b)
		}
		if b.Table > 0 && (b.Text != joinCells(b.Cells) || i > 0 && doc.Blocks[i-1].Table == b.Table && len(doc.Blocks[i-1].Cells) != len(b.Cells)) {
			t.Fatalf("row %d: %+v", i, b)
		}
	}
}

// FuzzRead gives Read files of all formats, with damage.
func FuzzRead(f *testing.F) {
	f.Add("a.docx", docxtest.Build(fuzzDoc()))
	f.Add("a.txt", []byte("通知\r\n序号\t任务\n1\t宣传\n"))
	f.Add("a.txt", []byte("\xff\xfe\x1a\x90"))
	f.Add("a.txt", []byte("\xcd\xa8\xd6\xaa"))
	f.Add("a.doc", oleFile("WordDocument"))
	f.Add("a.pdf", []byte("%PDF-1.4"))
	f.Add("a.md", []byte("---\ntitle: 甲\n---\n# 乙\n- [x] **丙：**丁\n\n| a | b |\n|---|---|\n| `c` | d\\|e |\n\n```\n码\n```\n> [f](g) <!-- h -->\n"))
	f.Fuzz(checkRead)
}

// FuzzDocx puts mutated XML into a sound zip file, where damage to the bytes
// of the file would seldom get past its checksums.
func FuzzDocx(f *testing.F) {
	z, err := zip.NewReader(bytes.NewReader(docxtest.Build(fuzzDoc())), int64(len(docxtest.Build(fuzzDoc()))))
	if err != nil {
		f.Fatal(err)
	}
	part := func(name string) string {
		b := new(bytes.Buffer)
		r, err := z.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		b.ReadFrom(r)
		return b.String()
	}
	f.Add(part("word/document.xml"), part("word/styles.xml"), part("word/numbering.xml"))
	for _, tt := range numberingCases() {
		if data := docxtest.Build(tt.doc); len(data) < 4096 {
			z, _ = zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if _, err := z.Open("word/numbering.xml"); err == nil {
				f.Add(part("word/document.xml"), part("word/styles.xml"), part("word/numbering.xml"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, document, styles, numbering string) {
		checkRead(t, "a.docx", docxtest.Build(docxtest.Doc{Lists: lists{docxtest.Official}, Parts: map[string]string{
			"word/document.xml": document, "word/styles.xml": styles, "word/numbering.xml": numbering,
		}}))
	})
}

// fuzzDoc has a bit of everything.
func fuzzDoc() docxtest.Doc {
	return docxtest.Doc{
		Lists:  lists{docxtest.Official, {Like: 1, Start: map[int]int{0: 3}}, {Link: "ls"}, {Levels: docxtest.Official.Levels, Style: "ls"}},
		Styles: []docxtest.Style{{ID: "ls", Kind: "numbering", List: 4}, {ID: "h", Name: "隐", Hidden: true, Base: "h"}},
		Header: "页眉",
		Body: body{
			para{Text: "方案", Style: "Title"}, para{Text: "甲\n乙\t丙", List: 1}, para{Text: "丁", List: 2, Level: 1}, para{Text: "戊", List: 3},
			para{Text: "己", Style: "h", Runs: []run{{Text: "增", Kind: docxtest.Inserted}, {Text: "删", Kind: docxtest.Deleted}, {Text: "域", Kind: docxtest.Field}, {Text: "框", Kind: docxtest.TextBox}}},
			para{Props: `<w:rPr><w:del/></w:rPr>`, Text: "并"},
			raw(`<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:noBreakHyphen/><w:br/></w:r></w:p>`),
			table{{cell{Text: "庚", Span: 2, Merge: docxtest.Top}, cell{Text: "辛"}}, {cell{Span: 2, Merge: docxtest.Continue}, cell{Body: body{docxtest.Rows([]string{"壬", "癸"})}}}},
		},
	}
}

// TestNoRoomForBombs reads files that ask for more than they have.
func TestNoRoomForBombs(t *testing.T) {
	checkRead(t, "a.docx", mergedBomb())
	checkRead(t, "a.txt", append(bytes.Repeat([]byte("\ta"), 20_000), bytes.Repeat([]byte("\na\tb"), 2_000)...))
	checkRead(t, "a.md", []byte("|"+strings.Repeat("a|", 5_000)+"\n|"+strings.Repeat("-|", 5_000)+strings.Repeat("\n|", 5_000)))
}
