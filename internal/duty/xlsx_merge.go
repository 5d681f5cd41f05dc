package duty

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxMerged is how many merged areas of a sheet are looked at.
const maxMerged = 20000

// An area is a block of merged cells, counted from 1.
type area struct{ left, top, right, bottom int }

// mergedAreas reads the merged areas of a sheet from its XML. The library has a
// function for it, but that one first makes room for every cell up to the last
// one that the file mentions: a small file that mentions XFD1048576 would take
// all memory.
func mergedAreas(f *excelize.File, sheet string) []area {
	data, ok := part(f, sheetPath(f, sheet))
	if !ok {
		return nil
	}
	var areas []area
	each(data, "mergeCell", func(e xml.StartElement) {
		from, to, _ := strings.Cut(attr(e, "ref"), ":")
		left, top, err1 := excelize.CellNameToCoordinates(from)
		right, bottom, err2 := excelize.CellNameToCoordinates(to)
		if err1 == nil && err2 == nil && left <= right && top <= bottom && len(areas) < maxMerged {
			areas = append(areas, area{left, top, right, bottom})
		}
	})
	return areas
}

// sheetPath is the part that holds a sheet, by way of its relation's id.
func sheetPath(f *excelize.File, sheet string) string {
	book, _ := part(f, "xl/workbook.xml")
	rels, _ := part(f, "xl/_rels/workbook.xml.rels")
	id, target := "", ""
	each(book, "sheet", func(e xml.StartElement) {
		if attr(e, "name") == sheet {
			id = attr(e, "id")
		}
	})
	each(rels, "Relationship", func(e xml.StartElement) {
		if id != "" && attr(e, "Id") == id {
			target = attr(e, "Target")
		}
	})
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return rest
	}
	return path.Join("xl", target)
}

func part(f *excelize.File, name string) ([]byte, bool) {
	v, ok := f.Pkg.Load(name)
	if !ok {
		return nil, false
	}
	b, ok := v.([]byte)
	return b, ok
}

// each calls do for every element of a name, until the XML ends or breaks.
func each(data []byte, name string, do func(xml.StartElement)) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		t, err := d.RawToken()
		if err != nil {
			return
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == name {
			do(e)
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
