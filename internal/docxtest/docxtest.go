// Package docxtest writes word processing documents for tests and for the
// demonstration: paragraphs with styles and automatic numbers, tables with
// merged cells, and the things that a reader has to leave out (headers, text
// boxes, deleted text). It lays out a notice in the manner of GB/T 9704-2012,
// but is no writer for documents that are to be sent.
package docxtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// A Doc is a document to be built.
type Doc struct {
	Body    []Part
	Lists   []List  // numbering; a paragraph refers to a list by its index, from 1
	Styles  []Style // besides those of every document, see baseStyles
	Header  string
	Footer  string
	Strict  bool              // the namespaces of strict OOXML
	Main    string            // name of the main part; "" is word/document.xml
	Prefix  string            // namespace prefix of the main part; "" is w
	Parts   map[string]string // further parts, or other texts for parts by name
	BodyXML string            // raw XML put after Body
}

// A Part is a paragraph, a table or raw XML in a document or a cell.
type Part interface{ xml(b *strings.Builder) }

// A Para is a paragraph.
type Para struct {
	Text    string // \n makes a line break, \t a tab; a single run
	Runs    []Run  // more runs after Text
	Style   string // style id: "Title", "1", "2", "3" for headings
	List    int    // numbered by this list, from 1; 0 not by itself, -1 taken out of its style's list
	Level   int    // level in the list, from 0
	Outline int    // outline level, from 1; 0 that of the style
	Props   string // raw XML inside w:pPr, in front of the rest
}

// A Run is a piece of a paragraph.
type Run struct {
	Text   string
	Kind   Kind
	Hidden bool
	XML    string // raw XML in place of Text, outside of w:r
}

// A Kind is what wraps a run.
type Kind int

const (
	Plain Kind = iota
	Inserted
	Deleted
	Linked
	Field   // Text is the result of a field
	TextBox // Text stands in a text box, with a fallback drawing for old programs
	Picture
)

// A Table is a table; all rows share one grid.
type Table [][]Cell

// A Cell is a cell of a table row.
type Cell struct {
	Text  string // paragraphs parted by \n
	Body  []Part // more, after Text
	Span  int    // columns, if more than 1
	Merge Merge
}

// A Merge says how a cell is merged with those above and below.
type Merge int

const (
	Single   Merge = iota
	Top            // the first of a merged area
	Continue       // belongs to the area above
)

// Rows makes a table without merged cells.
func Rows(rows ...[]string) Table {
	t := make(Table, len(rows))
	for i, row := range rows {
		for _, text := range row {
			t[i] = append(t[i], Cell{Text: text})
		}
	}
	return t
}

// XML is raw XML between paragraphs.
type XML string

// A List is one numbered list: either its levels, or a further use of the
// levels of another.
type List struct {
	Levels []Level
	Like   int         // index, from 1, of the list whose levels and count it shares
	Start  map[int]int // level to the number it starts again from
	Style  string      // id of the numbering style that stands for its levels
	Link   string      // id of the numbering style that has the levels
}

// A Level is one level of a list.
type Level struct {
	Format  string // "decimal"
	Text    string // "%1."
	Start   int    // if not 1
	Suffix  string
	Style   string // paragraph style that belongs to the level
	Restart *int
	Legal   bool
}

// A Style is a style of the document.
type Style struct {
	ID, Name, Base string
	Kind           string // "paragraph" if empty
	List, Level    int    // as in Para
	Outline        int    // as in Para
	Hidden         bool
}

// Official is the numbering of official documents (GB/T 9704-2012, 7.3.3).
var Official = List{Levels: []Level{
	{Format: "chineseCountingThousand", Text: "%1、", Suffix: "nothing"},
	{Format: "chineseCountingThousand", Text: "（%2）", Suffix: "nothing"},
	{Format: "decimal", Text: "%3.", Suffix: "nothing"},
	{Format: "decimal", Text: "（%4）", Suffix: "nothing"},
}}

// Build writes the document. It panics where the description has no sense,
// which a test sees at once.
func Build(doc Doc) []byte {
	if doc.Main == "" {
		doc.Main = "word/document.xml"
	}
	parts := doc.parts()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		if text, ok := doc.Parts[p.name]; ok {
			p.text = text
		}
		add(z, p.name, p.text)
		delete(doc.Parts, p.name)
	}
	for name, text := range doc.Parts {
		add(z, name, text)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

func add(z *zip.Writer, name, text string) {
	if text == "" {
		return
	}
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err != nil {
		panic(fmt.Sprintf("docxtest: %s: %v", name, err))
	}
}

// Unpacked is the size of the document's parts in bytes before they are packed.
func Unpacked(doc Doc) int64 {
	if doc.Main == "" {
		doc.Main = "word/document.xml"
	}
	n := 0
	for _, p := range doc.parts() {
		n += len(p.text)
	}
	return int64(n)
}
