package notice

import (
	"encoding/xml"
	"slices"
	"strings"
)

// printed is a paragraph as it stands on paper. text holds its lines, parted
// by \n, and is only valid until the next paragraph is read.
type printed struct {
	number string
	text   []byte
	level  int // of its heading, from 1; 0 for body text
}

// flow reads paragraphs and tables in a body or a cell, and in whatever is
// wrapped around them: content controls, custom XML, insertions.
func (d *docxReader) flow(put func(printed) error, table func() error) error {
	return d.x.children(func(el xml.StartElement) error {
		switch {
		case isAlternate(el.Name):
			return d.alternate(func() error { return d.flow(put, table) })
		case !inWord(el.Name) || unread[el.Name.Local]:
			return nil
		}
		switch el.Name.Local {
		case "p":
			return d.paragraph(put)
		case "tbl":
			return table()
		}
		return d.flow(put, table)
	})
}

// unread are the elements whose content is not, or no longer, part of the text.
var unread = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "delInstrText": true,
	"txbxContent": true, "rt": true, "sectPr": true,
	"sdtPr": true, "sdtEndPr": true, "customXmlPr": true, "smartTagPr": true,
	"tblPr": true, "tblGrid": true, "trPr": true, "tcPr": true, "pPr": true, "rPr": true,
	"footnoteReference": true, "endnoteReference": true, "commentReference": true,
}

// alternate reads one of the alternatives of mc:AlternateContent (ECMA-376-3,
// 7.5): the first that has text. A choice is often a drawing.
func (d *docxReader) alternate(read func() error) error {
	before := d.put
	return d.x.children(func(xml.StartElement) error {
		if d.put > before {
			return nil
		}
		return read()
	})
}

// paragraph reads w:p.
func (d *docxReader) paragraph(put func(printed) error) error {
	if !d.carried {
		d.text = d.text[:0]
	}
	direct, props := noProps, d.styles.of(noProps)
	err := d.x.children(func(el xml.StartElement) (err error) {
		if el.Name.Local == "pPr" && inWord(el.Name) {
			if direct, err = readParaProps(d.x); err != nil {
				return err
			}
			props = d.styles.of(direct)
			return nil
		}
		return d.inline(el, props.hidden == 1)
	})
	if err != nil {
		return err
	}
	d.dropUnfinishedFields()
	if d.carried = direct.markDeleted; d.carried {
		return nil // the next paragraph goes on from here, in its own style
	}
	if (direct.markHidden || props.hidden == 1) && len(d.text) == 0 {
		return nil // neither printed nor counted
	}
	p := printed{text: d.text, number: d.numbers.of(props, direct, d.styles)}
	if props.outline >= 0 && props.outline < 9 {
		p.level = props.outline + 1
	}
	return put(p)
}

// inline reads one element inside a paragraph: a run, or something around runs.
func (d *docxReader) inline(el xml.StartElement, hidden bool) error {
	into := func(el xml.StartElement) error { return d.inline(el, hidden) }
	switch {
	case isAlternate(el.Name):
		return d.alternate(func() error { return d.x.children(into) })
	case !inWord(el.Name) && !inMath(el.Name) || unread[el.Name.Local]:
		return nil
	}
	switch el.Name.Local {
	case "r":
		return d.run(hidden)
	case "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym",
		"drawing", "pict", "object", "fldChar", "instrText":
		return d.runContent(el, hidden)
	}
	return d.x.children(into)
}

// run reads w:r (17.3.2.25). hidden is what the paragraph's style says.
func (d *docxReader) run(hidden bool) error {
	font := ""
	begin := len(d.text)
	err := d.x.children(func(el xml.StartElement) error {
		if el.Name.Local != "rPr" {
			return d.inline(el, hidden)
		}
		props, err := readRunProps(d.x)
		if props.hidden == unset && props.style != "" {
			props.hidden = d.styles.props(props.style).hidden
		}
		if props.hidden != unset {
			hidden = props.hidden == 1
		}
		font = props.font
		return err
	})
	if begin < len(d.text) && hasSymbols(d.text[begin:]) {
		d.text = append(d.text[:begin], withoutSymbols(d.text[begin:], font)...)
	}
	return err
}

func (d *docxReader) runContent(el xml.StartElement, hidden bool) error {
	switch el.Name.Local {
	case "fldChar":
		d.fieldChar(attr(el, "fldCharType"))
		return nil
	case "instrText":
		return d.instruction()
	case "drawing", "pict", "object":
		d.pictures = true
		return nil
	}
	if hidden || d.inInstruction() {
		return nil
	}
	switch el.Name.Local {
	case "t":
		return d.runText(el)
	case "tab", "ptab":
		d.add("\t")
	case "br", "cr":
		d.add("\n")
	case "noBreakHyphen":
		d.add("-")
	case "sym":
		d.add(symbolText(attr(el, "font"), attr(el, "char")))
	}
	return nil
}

func (d *docxReader) add(s string) {
	d.text = append(d.text, s...)
	d.put += len(s)
}

// runText reads w:t. Line ends and tabs in it print as spaces; without
// xml:space="preserve" space at its ends does not count (17.3.3.31).
func (d *docxReader) runText(el xml.StartElement) (err error) {
	begin := len(d.text)
	if d.text, err = d.x.text(d.text); err != nil {
		return err
	}
	for i, c := range d.text[begin:] {
		if c == '\n' || c == '\t' || c == '\r' {
			d.text[begin+i] = ' '
		}
	}
	keep := slices.ContainsFunc(el.Attr, func(a xml.Attr) bool {
		return a.Name.Local == "space" && a.Value == "preserve"
	})
	if !keep {
		trimmed := strings.Trim(string(d.text[begin:]), " ")
		d.text = append(d.text[:begin], trimmed...)
	}
	d.put += len(d.text) - begin
	return nil
}
