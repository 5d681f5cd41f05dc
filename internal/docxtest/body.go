package docxtest

import (
	"fmt"
	"strings"
)

func (x XML) xml(b *strings.Builder) { b.WriteString(string(x)) }

func (p Para) xml(b *strings.Builder) {
	b.WriteString(`<w:p><w:pPr>`)
	if p.Style != "" {
		fmt.Fprintf(b, `<w:pStyle w:val="%s"/>`, escape(p.Style))
	}
	listProps(b, p.List, p.Level)
	outline(b, p.Outline)
	b.WriteString(p.Props + `</w:pPr>`)
	if p.Text != "" {
		Run{Text: p.Text}.xml(b)
	}
	for _, r := range p.Runs {
		r.xml(b)
	}
	b.WriteString(`</w:p>`)
}

func listProps(b *strings.Builder, list, level int) {
	if list != 0 {
		fmt.Fprintf(b, `<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, max(list, 0))
	}
}

func outline(b *strings.Builder, level int) {
	if level > 0 {
		fmt.Fprintf(b, `<w:outlineLvl w:val="%d"/>`, level-1)
	}
}

// revision are the attributes of a change that was kept on record.
const revision = ` w:id="1" w:author="审核人" w:date="2026-03-02T09:00:00Z"`

func (r Run) xml(b *strings.Builder) {
	if r.XML != "" {
		b.WriteString(r.XML)
		return
	}
	switch r.Kind {
	case Inserted:
		b.WriteString(`<w:ins` + revision + `>` + r.run("t") + `</w:ins>`)
	case Deleted:
		b.WriteString(`<w:del` + revision + `>` + r.run("delText") + `</w:del>`)
	case Linked:
		b.WriteString(`<w:hyperlink w:anchor="_top">` + r.run("t") + `</w:hyperlink>`)
	case Field:
		b.WriteString(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF _Ref1 \h </w:instrText></w:r>` +
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r.run("t") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	case TextBox:
		box := `<w:txbxContent><w:p>` + r.run("t") + `</w:p></w:txbxContent>`
		b.WriteString(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>` + box +
			`</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box +
			`</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`)
	case Picture:
		b.WriteString(`<w:r><w:drawing/></w:r>`)
	default:
		b.WriteString(r.run("t"))
	}
}

// run writes w:r with the text in elements of the given name.
func (r Run) run(element string) string {
	var b strings.Builder
	b.WriteString(`<w:r>`)
	if r.Hidden {
		b.WriteString(`<w:rPr><w:vanish/></w:rPr>`)
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			fmt.Fprintf(&b, `<w:%s xml:space="preserve">%s</w:%[1]s>`, element, escape(piece))
		}
	}
	b.WriteString(`</w:r>`)
	return b.String()
}

func (t Table) xml(b *strings.Builder) {
	width := 0
	for _, row := range t {
		n := 0
		for _, c := range row {
			n += max(c.Span, 1)
		}
		width = max(width, n)
	}
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	b.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="1600"/>`, width) + `</w:tblGrid>`)
	for _, row := range t {
		b.WriteString(`<w:tr>`)
		for _, c := range row {
			c.xml(b)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

func (c Cell) xml(b *strings.Builder) {
	b.WriteString(`<w:tc><w:tcPr>`)
	if c.Span > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.Span)
	}
	switch c.Merge {
	case Top:
		b.WriteString(`<w:vMerge w:val="restart"/>`)
	case Continue:
		b.WriteString(`<w:vMerge/>`)
	}
	b.WriteString(`</w:tcPr>`)
	if c.Text != "" || len(c.Body) == 0 {
		for line := range strings.SplitSeq(c.Text, "\n") {
			Para{Text: line}.xml(b)
		}
	}
	for _, p := range c.Body {
		p.xml(b)
	}
	if n := len(c.Body); n > 0 {
		if _, ok := c.Body[n-1].(Table); ok { // a cell ends with a paragraph
			Para{}.xml(b)
		}
	}
	b.WriteString(`</w:tc>`)
}
