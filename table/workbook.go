package table

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// Limits of what a blank workbook may hold.
const (
	maxSheets    = 256
	maxRows      = 10_000 // rows of a sheet that are looked at
	maxCols      = 512    // columns of a sheet that are looked at
	maxCells     = 500_000
	maxStrings   = 500_000
	maxTextBytes = 32 << 20 // of all shared strings
	maxCellText  = 32_767   // Excel's own limit of a cell, in bytes here
	maxMerges    = 50_000
	maxLists     = 10_000 // validations of a sheet
	maxChoices   = 2_000  // entries of a drop-down list
)

// A Workbook is what Read took out of a file.
type Workbook struct {
	sheets []*sheet
	names  map[string]string // defined names, folded → what they refer to
}

// A style is what a cell's format says about its place in a table.
type style struct {
	numFmt string
	border bool // any line
	below  bool // a line below
	filled bool
	bold   bool
	size   float64 // of the font, in points
}

// Read reads a workbook in Office Open XML. What it returns is an *[Error], or
// an error of r.
func Read(r io.ReaderAt, size int64) (*Workbook, error) {
	p, err := openPackage(r, size)
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart()
	if err != nil {
		return nil, err
	}
	wb := &reader{opc: p, Workbook: &Workbook{names: map[string]string{}}, main: main}
	if err := wb.read(); err != nil {
		return nil, err
	}
	return wb.Workbook, nil
}

// mainPart is the part that holds the workbook.
func (p *opc) mainPart() (string, error) {
	rels, err := p.relations("")
	if err != nil {
		return "", err
	}
	main := ""
	for _, r := range rels {
		if r.kind == "officedocument" && main == "" {
			main = r.target
		}
	}
	if main == "" || p.parts[main] == nil {
		main = "xl/workbook.xml"
	}
	switch {
	case strings.HasSuffix(main, ".bin"), p.parts[main] == nil && p.parts["xl/workbook.bin"] != nil:
		return "", ErrBinary
	case strings.HasPrefix(main, "word/"), strings.HasPrefix(main, "ppt/"):
		return "", ErrFormat
	case p.parts[main] == nil && p.parts["[content_types].xml"] == nil:
		return "", ErrFormat // some other archive
	case p.parts[main] == nil:
		return "", ErrBroken
	}
	return main, nil
}

// A reader reads the parts of a workbook one after the other.
type reader struct {
	*opc
	*Workbook
	main    string
	strings []string
	styles  []style
	cells   int // kept so far
}

func (rd *reader) read() error {
	type entry struct {
		name, rel string
		hidden    bool
	}
	var entries []entry
	err := rd.scan(rd.main, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "sheet":
				if len(entries) >= maxSheets {
					return ErrTooManySheets
				}
				state := attr(el, "state")
				entries = append(entries, entry{attr(el, "name"), attr(el, "id"), state == "hidden" || state == "veryHidden"})
			case "definedName":
				text, err := x.text(4096)
				if err != nil {
					return err
				}
				if name := strings.ToLower(attr(el, "name")); len(rd.names) < maxLists && rd.names[name] == "" {
					rd.names[name] = text
				}
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	rels, err := rd.relations(rd.main)
	if err != nil {
		return err
	}
	target := map[string]relation{}
	for _, r := range rels {
		target[r.id] = r
		switch r.kind {
		case "sharedstrings":
			err = rd.readStrings(r.target)
		case "styles":
			err = rd.readStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	if len(entries) == 0 {
		return &Error{Code: CodeBroken}
	}
	for _, e := range entries {
		s := &sheet{name: e.name, hidden: e.hidden, styles: rd.styles}
		if r := target[e.rel]; r.kind == "worksheet" {
			if err := rd.readSheet(s, r.target); err != nil {
				return err
			}
		}
		rd.sheets = append(rd.sheets, s)
	}
	return nil
}

func (rd *reader) readStrings(part string) error {
	if rd.parts[part] == nil {
		return nil
	}
	total := 0
	return rd.scan(part, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			if el.Name.Local != "si" {
				return nil
			}
			s, err := x.text(maxCellText)
			if err != nil {
				return err
			}
			if total += len(s); total > maxTextBytes || len(rd.strings) >= maxStrings {
				return ErrTooLarge
			}
			rd.strings = append(rd.strings, s)
			return nil
		})
	})
}

// builtin are the number formats with a fixed number that matter here; 27 to
// 36 and 50 to 58 are the dates of Chinese Excel (ECMA-376 part 1, 18.8.30).
var builtin = map[int]string{
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm", 49: "@",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 31: `yyyy"年"m"月"d"日"`, 36: `yyyy"年"m"月"`,
	50: `yyyy"年"m"月"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

func (rd *reader) readStyles(part string) error {
	if rd.parts[part] == nil {
		return nil
	}
	formats := map[string]string{}
	var fonts, fills, borders []style
	return rd.scan(part, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "dxfs", "cellStyleXfs", "cellStyles", "tableStyles":
				return x.inside(func(xml.StartElement) error { return nil })
			case "numFmt":
				formats[attr(el, "numFmtId")] = attr(el, "formatCode")
			case "font":
				s := style{}
				err := x.inside(func(in xml.StartElement) error {
					switch in.Name.Local {
					case "b":
						s.bold = attr(in, "val") != "0" && attr(in, "val") != "false"
					case "sz":
						s.size, _ = strconv.ParseFloat(attr(in, "val"), 64)
					}
					return nil
				})
				fonts = append(fonts, s)
				return err
			case "fill":
				s := style{}
				err := x.inside(func(in xml.StartElement) error {
					if in.Name.Local == "patternFill" && attr(in, "patternType") == "solid" || in.Name.Local == "gradientFill" {
						s.filled = true
					}
					return nil
				})
				fills = append(fills, s)
				return err
			case "border":
				s := style{}
				err := x.inside(func(in xml.StartElement) error {
					if st := attr(in, "style"); st != "" && st != "none" {
						switch in.Name.Local {
						case "bottom":
							s.below, s.border = true, true
						case "left", "right", "top", "start", "end":
							s.border = true
						}
					}
					return nil
				})
				borders = append(borders, s)
				return err
			case "xf":
				at := func(list []style, name string) style {
					if i, err := strconv.Atoi(attr(el, name)); err == nil && i >= 0 && i < len(list) {
						return list[i]
					}
					return style{}
				}
				font, border := at(fonts, "fontId"), at(borders, "borderId")
				id := attr(el, "numFmtId")
				code := formats[id]
				if n, err := strconv.Atoi(id); err == nil && code == "" {
					code = builtin[n]
				}
				if len(rd.styles) < maxStrings {
					rd.styles = append(rd.styles, style{code, border.border, border.below, at(fills, "fillId").filled, font.bold, font.size})
				}
			}
			return nil
		})
	})
}
