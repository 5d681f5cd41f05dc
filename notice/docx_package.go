package notice

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a package. Word's XML packs 10 to 50 times, seldom 200 times; a
// bomb packs more than 1000 times.
const (
	maxEntries   = 10_000
	maxDocument  = 64 << 20 // bytes of the unpacked document: 25,000 pages
	maxPart      = 16 << 20 // bytes of any other part
	maxUnpacked  = 1 << 30  // bytes of all parts, as declared
	maxRatio     = 250
	ratioIsSmall = 4 << 20 // below this size the ratio does not matter
)

// A docxPackage is a zip file by the rules of ECMA-376-2 (OPC): part names are
// compared without case, and relations say which part is what.
type docxPackage struct {
	parts     map[string]*zip.File
	main      string // the document
	styles    string // "" where there is none
	numbering string
}

func newPackage(z *zip.Reader) (*docxPackage, error) {
	if len(z.File) > maxEntries {
		return nil, ErrBomb
	}
	p := &docxPackage{parts: make(map[string]*zip.File, len(z.File))}
	total := uint64(0)
	for _, f := range z.File {
		if total += min(f.UncompressedSize64, maxUnpacked+1); total > maxUnpacked {
			return nil, ErrBomb
		}
		if name := partName(f.Name); p.parts[name] == nil {
			p.parts[name] = f
		}
	}
	if err := p.locate(); err != nil {
		return nil, err
	}
	if kind := p.otherKind(); kind != "" {
		return nil, &Error{Code: CodeFormat, Format: kind}
	}
	if p.main == "" {
		return nil, &Error{Code: CodeBroken, Cause: errNoDocument}
	}
	return p, nil
}

// partName makes names comparable; some writers use backslashes.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

// locate follows the relations from the package to the document and on to its
// styles and numbering. Their targets are names of the writer's choice.
func (p *docxPackage) locate() error {
	rels, err := p.relations("")
	if err != nil {
		return err
	}
	p.main = rels["officedocument"]
	if p.main == "" && p.parts["word/document.xml"] != nil {
		p.main = "word/document.xml"
	}
	if p.main == "" {
		return nil
	}
	if rels, err = p.relations(p.main); err != nil {
		return err
	}
	p.styles, p.numbering = rels["styles"], rels["numbering"]
	return nil
}

// relations reads the parts that a part ("" the package) relates to, by the
// last word of the relation's type: transitional and strict files differ in
// the rest of it.
func (p *docxPackage) relations(of string) (map[string]string, error) {
	dir, base := path.Split(of)
	name := partName(dir + "_rels/" + base + ".rels")
	targets := map[string]string{}
	if p.parts[name] == nil {
		return targets, nil
	}
	part, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	x := newXMLReader(part)
	if _, err := x.root(); err != nil {
		return nil, err
	}
	err = x.children(func(el xml.StartElement) error {
		kind := strings.ToLower(path.Base(attr(el, "Type")))
		target := attr(el, "Target")
		if strings.EqualFold(attr(el, "TargetMode"), "External") || target == "" || targets[kind] != "" {
			return nil
		}
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		targets[kind] = partName(target)
		return nil
	})
	return targets, err
}

// otherKind names what a zip file is that holds no word processing document.
func (p *docxPackage) otherKind() string {
	switch {
	case p.parts["ofd.xml"] != nil:
		return "ofd"
	case p.parts["xl/workbook.xml"] != nil || p.parts["xl/workbook.bin"] != nil:
		return "sheet"
	case p.parts["ppt/presentation.xml"] != nil:
		return "slides"
	case p.main != "" && p.parts[p.main] != nil:
		return ""
	case p.parts["content.xml"] != nil && p.parts["meta-inf/manifest.xml"] != nil:
		return "odt"
	case p.parts["[content_types].xml"] == nil && p.parts["_rels/.rels"] == nil:
		return "archive"
	}
	return ""
}

// open returns a part that ends with ErrBomb where it unpacks to too much.
func (p *docxPackage) open(name string) (io.ReadCloser, error) {
	f := p.parts[name]
	if f == nil {
		return nil, &Error{Code: CodeBroken, Cause: fmt.Errorf("part %q is missing", name)}
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %q: %w", name, err)
	}
	limit := int64(maxPart)
	if name == p.main {
		limit = maxDocument
	}
	packed := int64(min(f.CompressedSize64, maxDocument))
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
