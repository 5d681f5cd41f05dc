package notice

import "strings"

// A docxField (ECMA-376-1 17.16.18) is written as begin, instruction, separator,
// result, end; each may be in a run of its own, and a result may hold fields.
type docxField struct {
	inResult    bool
	instruction string // its first characters
	block, text int    // where it began: in docxReader.blocks and .text
	inTable     int
}

// maxFields bounds fields inside fields.
const maxFields = 100

func (d *docxReader) fieldChar(kind string) {
	last := len(d.fields) - 1
	switch {
	case kind == "begin" && last+1 < maxFields:
		d.fields = append(d.fields, docxField{block: len(d.blocks), text: len(d.text), inTable: d.inTable})
	case kind == "separate" && last >= 0:
		d.fields[last].inResult = true
	case kind == "end" && last >= 0:
		f := d.fields[last]
		d.fields = d.fields[:last]
		if f.isContents() && f.inTable == 0 && d.inTable == 0 {
			d.dropSince(f)
		}
	}
}

// isContents tells whether the field makes a table of contents (17.16.5.68).
// It repeats the headings with page numbers and would be read as a second
// document.
func (f docxField) isContents() bool {
	words := strings.Fields(f.instruction)
	return len(words) > 0 && strings.EqualFold(words[0], "TOC")
}

// dropSince takes back what has been read since a field began.
func (d *docxReader) dropSince(f docxField) {
	if f.block < len(d.blocks) {
		d.blocks = d.blocks[:f.block]
		d.text = d.text[:0]
	} else {
		d.text = d.text[:min(f.text, len(d.text))]
	}
}

func (d *docxReader) instruction() error {
	b, err := d.x.text(nil)
	if last := len(d.fields) - 1; last >= 0 && len(d.fields[last].instruction) < 32 {
		d.fields[last].instruction += string(b[:min(len(b), 32)])
	}
	return err
}

// inInstruction tells whether what is read now belongs to a field's
// instruction, which is not printed.
func (d *docxReader) inInstruction() bool {
	for _, f := range d.fields {
		if !f.inResult {
			return true
		}
	}
	return false
}

// dropUnfinishedFields forgets, at the end of a paragraph, the fields still in
// their instruction: a begin whose end is lost would hide all that follows.
func (d *docxReader) dropUnfinishedFields() {
	for i, f := range d.fields {
		if !f.inResult {
			d.fields = d.fields[:i]
			return
		}
	}
}
