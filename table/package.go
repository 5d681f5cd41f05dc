package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a file. Spreadsheet XML packs 10 to 50 times; thousands of equal
// rows pack 200 times; a bomb packs more than 1000 times.
const (
	MaxSize      = 64 << 20 // bytes of the file
	maxEntries   = 10_000
	maxUnpacked  = 1 << 30   // bytes of all parts, as declared
	maxSheetPart = 512 << 20 // bytes of a sheet; most of them are skipped
	maxPart      = 64 << 20  // bytes of any other part
	maxRatio     = 400
	ratioIsSmall = 16 << 20 // below this size the ratio does not matter
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

// An opc is a zip file by the rules of ECMA-376-2: part names are compared
// without case, and relations say which part is what.
type opc struct {
	parts map[string]*zip.File
}

func openPackage(r io.ReaderAt, size int64) (*opc, error) {
	if size > MaxSize {
		return nil, ErrTooLarge
	}
	head := make([]byte, 8)
	if n, err := r.ReadAt(head, 0); n < len(head) && err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case size == 0:
		return nil, ErrEmpty
	case bytes.HasPrefix(head, oleMagic):
		return nil, oleKind(r, size)
	case !bytes.HasPrefix(head, zipMagic):
		return nil, ErrFormat
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &Error{Code: CodeBroken, Cause: err}
	}
	if len(z.File) > maxEntries {
		return nil, ErrBomb
	}
	p := &opc{parts: make(map[string]*zip.File, len(z.File))}
	total := uint64(0)
	for _, f := range z.File {
		if total += min(f.UncompressedSize64, maxUnpacked+1); total > maxUnpacked {
			return nil, ErrBomb
		}
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		if name := partName(f.Name); p.parts[name] == nil {
			p.parts[name] = f
		}
	}
	return p, nil
}

// oleKind tells an encrypted workbook, which is an OLE file with a stream
// EncryptedPackage, from an old one. Names of streams are UTF-16.
func oleKind(r io.ReaderAt, size int64) error {
	data, err := io.ReadAll(io.LimitReader(io.NewSectionReader(r, 0, size), MaxSize))
	if err != nil {
		return err
	}
	wide := func(s string) []byte {
		b := make([]byte, 0, 2*len(s))
		for i := range len(s) {
			b = append(b, s[i], 0)
		}
		return b
	}
	switch {
	case bytes.Contains(data, wide("EncryptedPackage")):
		return ErrEncrypted
	case bytes.Contains(data, wide("Workbook")), bytes.Contains(data, wide("Book")), bytes.Contains(data, wide("ETExtData")):
		return ErrOldExcel
	}
	return ErrFormat
}

// partName makes names comparable; some writers use backslashes.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

// A relation is what a part refers to.
type relation struct{ id, kind, target string }

// relations reads what a part ("" the package) refers to inside the package.
// The kind is the last word of the relation's type, in lower case: transitional
// and strict files differ in the rest of it.
func (p *opc) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	name := partName(dir + "_rels/" + base + ".rels")
	if p.parts[name] == nil {
		return nil, nil
	}
	var out []relation
	err := p.scan(name, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			target := attr(el, "Target")
			if el.Name.Local != "Relationship" || target == "" || strings.EqualFold(attr(el, "TargetMode"), "External") || len(out) >= maxEntries {
				return nil
			}
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			out = append(out, relation{attr(el, "Id"), strings.ToLower(path.Base(attr(el, "Type"))), partName(target)})
			return nil
		})
	})
	return out, err
}

// open returns a part that ends with ErrBomb where it unpacks to too much.
func (p *opc) open(name string) (io.ReadCloser, error) {
	f := p.parts[name]
	if f == nil {
		return nil, &Error{Code: CodeBroken, Cause: fmt.Errorf("part %q is missing", name)}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Code: CodeBroken, Cause: fmt.Errorf("part %q: %w", name, err)}
	}
	limit := int64(maxPart)
	if strings.Contains(name, "worksheets/") {
		limit = maxSheetPart
	}
	packed := int64(min(f.CompressedSize64, MaxSize))
	return &partReader{ReadCloser: r, left: min(limit, max(packed*maxRatio, ratioIsSmall))}, nil
}

// A partReader counts what really comes out; the sizes in a zip file's
// directory are claims.
type partReader struct {
	io.ReadCloser
	left int64
}

func (r *partReader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	if r.left -= int64(n); r.left < 0 {
		return 0, ErrBomb
	}
	return n, err
}

// scan reads one part of XML.
func (p *opc) scan(name string, read func(*xmlReader) error) error {
	r, err := p.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	x := &xmlReader{in: bufio.NewReaderSize(r, 32<<10)}
	x.d = xml.NewDecoder(x.in)
	return x.fail(name, read(x))
}

// An xmlReader reads a part token by token; no tree is built.
type xmlReader struct {
	d     *xml.Decoder
	in    *bufio.Reader // an io.ByteReader, so that the decoder reads no further than its token
	depth int
}

// maxDepth is more than any part of a workbook nests.
const maxDepth = 64

var errDeep = errors.New("elements nest too deep")

func (x *xmlReader) fail(name string, err error) error {
	if err == nil || err == io.EOF {
		return nil
	}
	if errors.Is(err, ErrBomb) {
		return ErrBomb
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{Code: CodeBroken, Cause: fmt.Errorf("part %q: %w", name, err)}
}

func (x *xmlReader) token() (xml.Token, error) {
	t, err := x.d.RawToken()
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, errDeep
		}
	case xml.EndElement:
		x.depth--
	}
	return t, nil
}

// each calls visit for every element, at any depth, in document order. What
// visit reads itself, with text or inside, is not visited.
func (x *xmlReader) each(visit func(xml.StartElement) error) error {
	for {
		t, err := x.token()
		if err != nil {
			return err
		}
		if el, ok := t.(xml.StartElement); ok {
			if err := visit(el); err != nil {
				return err
			}
		}
	}
}

// inside calls visit for every element inside the one that has just begun.
func (x *xmlReader) inside(visit func(xml.StartElement) error) error {
	for depth := x.depth; x.depth >= depth; {
		t, err := x.token()
		if err != nil {
			return err
		}
		if el, ok := t.(xml.StartElement); ok {
			if err := visit(el); err != nil {
				return err
			}
		}
	}
	return nil
}

// text is the character data of the element that has just begun, with that of
// its children where they are called t; phonetic hints are left out.
func (x *xmlReader) text(limit int) (string, error) {
	var b strings.Builder
	hint := 0
	for depth := x.depth; x.depth >= depth; {
		t, err := x.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" && hint == 0 {
				hint = x.depth
			}
		case xml.EndElement:
			if hint > x.depth {
				hint = 0
			}
		case xml.CharData:
			if hint == 0 && b.Len()+len(t) <= limit {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func attrTrue(el xml.StartElement, name string) bool {
	v := attr(el, name)
	return v == "1" || v == "true"
}
