package notice

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxDepth bounds elements inside elements. A table in a table in a table is
// at 30.
const maxDepth = 250

// An xmlReader reads a part element by element, without ever holding it whole.
type xmlReader struct {
	dec   *xml.Decoder
	open  int // elements begun and not ended
	depth int // calls of children within each other
}

var errDeep = errors.New("elements are nested too deep")

func newXMLReader(r io.Reader) *xmlReader {
	// Parts are UTF-8 or UTF-16 (ECMA-376-2, 8.1.4).
	buf := bufio.NewReaderSize(r, 32<<10)
	r = buf
	if bom, _ := buf.Peek(2); string(bom) == "\xff\xfe" || string(bom) == "\xfe\xff" {
		r = transform.NewReader(buf, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	} else if bom, _ := buf.Peek(3); string(bom) == "\xef\xbb\xbf" {
		buf.Discard(3)
	}
	dec := xml.NewDecoder(r)
	dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "utf-16") {
			return in, nil // decoded above
		}
		return nil, fmt.Errorf("charset %q", charset)
	}
	return &xmlReader{dec: dec}
}

// root reads up to the first element.
func (x *xmlReader) root() (xml.StartElement, error) {
	for {
		tok, err := x.dec.Token()
		if err != nil {
			return xml.StartElement{}, unended(err)
		}
		if el, ok := tok.(xml.StartElement); ok {
			x.open++
			return el, nil
		}
	}
}

// children calls f for each element directly inside the current one. f may
// read the element, in whole or in part; what it leaves is skipped.
func (x *xmlReader) children(f func(el xml.StartElement) error) error {
	if x.depth++; x.depth > maxDepth {
		return errDeep
	}
	defer func() { x.depth-- }()
	level := x.open
	for {
		tok, err := x.dec.Token()
		if err != nil {
			return unended(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			x.open++
			if x.open == level+1 {
				if err := f(tok); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if x.open--; x.open < level {
				return nil
			}
		}
	}
}

// text appends the characters directly inside the current element to b.
func (x *xmlReader) text(b []byte) ([]byte, error) {
	level := x.open
	for {
		tok, err := x.dec.Token()
		if err != nil {
			return b, unended(err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			if x.open == level {
				b = append(b, tok...)
			}
		case xml.StartElement:
			x.open++
		case xml.EndElement:
			if x.open--; x.open < level {
				return b, nil
			}
		}
	}
}

// end reads to the end of the part, so that one cut short is noticed.
func (x *xmlReader) end() error {
	for {
		if _, err := x.dec.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func unended(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Namespaces of ECMA-376: transitional, and strict.
const (
	nsWord       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsWordStrict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	nsMath       = "http://schemas.openxmlformats.org/officeDocument/2006/math"
	nsMathStrict = "http://purl.oclc.org/ooxml/officeDocument/math"
	nsMarkup     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// inWord tells whether a name is of the word processing vocabulary. A prefix
// that was never declared stands for itself.
func inWord(n xml.Name) bool {
	return n.Space == nsWord || n.Space == nsWordStrict || n.Space == "w"
}

func inMath(n xml.Name) bool { return n.Space == nsMath || n.Space == nsMathStrict || n.Space == "m" }

func isAlternate(n xml.Name) bool {
	return n.Local == "AlternateContent" && (n.Space == nsMarkup || n.Space == "mc")
}

// attr is the value of an attribute in no namespace or in the vocabulary's.
func attr(el xml.StartElement, local string) string {
	for _, a := range el.Attr {
		if a.Name.Local == local && (a.Name.Space == "" || inWord(a.Name)) {
			return a.Value
		}
	}
	return ""
}

// intAttr is an attribute's value as a number, or other where it is none.
func intAttr(el xml.StartElement, local string, other int) int {
	if n, err := strconv.Atoi(strings.TrimSpace(attr(el, local))); err == nil && n > -1<<31 && n < 1<<31 {
		return n
	}
	return other
}

// isOn is the value of a switch (ST_OnOff, ECMA-376-1 17.17.4): one that is
// there without a value is on.
func isOn(el xml.StartElement) bool {
	switch strings.ToLower(attr(el, "val")) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
