package notice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
)

// readDocx reads an OOXML word processing document, as Word and WPS write it.
//
// It follows ECMA-376-1:2016 (transitional and strict): part 17.3 paragraphs
// and runs, 17.4 tables, 17.7 styles, 17.9 numbering, 17.13.5 revisions, 17.16
// fields. Headers, footers, notes, comments, text boxes and what a reviewer
// deleted are not part of the text.
func readDocx(name string, data []byte) (*Document, error) {
	pkg, err := openPackage(data)
	if err != nil {
		return nil, err
	}
	d := &docxReader{}
	if d.styles, err = pkg.readStyles(); err != nil {
		return nil, docxError(err)
	}
	if d.numbers, err = pkg.readNumbering(d.styles); err != nil {
		return nil, docxError(err)
	}
	part, err := pkg.open(pkg.main)
	if err != nil {
		return nil, docxError(err)
	}
	defer part.Close()
	d.x = newXMLReader(part)
	if err := d.document(); err != nil {
		return nil, docxError(err)
	}
	if len(d.blocks) == 0 && d.pictures {
		return nil, ErrPictureOnly
	}
	return &Document{Name: name, Blocks: d.blocks}, nil
}

// docxError makes an *Error of whatever stopped the reading of a part.
func docxError(err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Code: CodeBroken, Cause: err}
}

var errNoDocument = errors.New("the main part is not a word processing document")

// document reads the main part.
func (d *docxReader) document() error {
	root, err := d.x.root()
	if err != nil {
		return err
	}
	if !inWord(root.Name) || root.Name.Local != "document" {
		return errNoDocument
	}
	err = d.x.children(func(el xml.StartElement) error {
		if el.Name.Local != "body" {
			return nil
		}
		return d.flow(d.putBlock, d.table)
	})
	if err != nil {
		return err
	}
	if d.carried { // the last paragraph's end was deleted
		if err := d.putBlock(printed{text: d.text}); err != nil {
			return err
		}
	}
	return d.x.end()
}

// A docxReader walks the main part and gathers blocks.
type docxReader struct {
	x       *xmlReader
	styles  *styleSheet
	numbers *docxNumbers

	blocks   []Block
	tables   int
	pictures bool // something is drawn that is not read

	fields  []docxField
	text    []byte // of the paragraph being read
	carried bool   // text begins with that of paragraphs whose end was deleted
	put     int    // bytes of text found so far
	spent   int64  // memory given out, see spend
	inTable int    // depth of tables
}

// spend accounts for memory that a document can ask for without having the
// size itself: repeated texts of merged cells, wide spans, long numbers.
func (d *docxReader) spend(n int) error {
	d.spent += int64(n)
	if d.spent > 1<<20+min(8*d.x.dec.InputOffset(), maxDocument) {
		return ErrBomb
	}
	return nil
}

func (d *docxReader) addBlock(b Block) error {
	if len(d.blocks) >= maxLines {
		return ErrTooLarge
	}
	d.blocks = append(d.blocks, b)
	return nil
}

func (d *docxReader) putBlock(p printed) error {
	for line := range bytes.Lines(p.text) {
		line = bytes.TrimFunc(line, unprinted)
		if len(line) == 0 {
			continue
		}
		if err := d.spend(len(p.number)); err != nil {
			return err
		}
		if err := d.addBlock(Block{Text: p.number + string(line), Level: p.level}); err != nil {
			return err
		}
		p.number = ""
	}
	return nil
}

// openPackage finds the parts of the document; its errors are *Error.
func openPackage(data []byte) (*docxPackage, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &Error{Code: CodeBroken, Cause: err}
	}
	pkg, err := newPackage(z)
	if err != nil {
		return nil, docxError(err)
	}
	return pkg, nil
}
