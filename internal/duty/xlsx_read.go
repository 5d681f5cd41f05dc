package duty

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"gewu/internal/cellfit"
)

// Limits of a workbook. A list has some 350 items; the largest that are
// published come to 700 rows and under one megabyte.
const (
	maxUpload = 8 << 20  // bytes of the file
	maxUnzip  = 48 << 20 // bytes of what is in it
	maxSheets = 20
	maxRows   = 5000 // of one sheet
	maxCols   = 40
	maxText   = 8000 // characters of one cell
)

// ReadXLSX reads the workbook in which offices keep their list: a sheet for
// each class, or one sheet with a heading above each table. The header row is
// found by its words, titles above it are passed over, rows merged across are
// categories, and cells merged downwards hold for all their rows. Rows that
// cannot be used are left out and named in the faults. It fails with
// ErrNotWorkbook, ErrTooLarge or ErrNoTable.
func ReadXLSX(r io.Reader) (items []Item, faults []Fault, err error) {
	// The library that reads the format trusts what it reads; a damaged file
	// must cost its owner an error, not everybody the service.
	defer func() {
		if p := recover(); p != nil {
			items, faults, err = nil, nil, ErrNotWorkbook
		}
	}()
	limited := &io.LimitedReader{R: r, N: maxUpload + 1}
	f, err := excelize.OpenReader(limited, excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip, // never to temporary files
	})
	if limited.N <= 0 {
		return nil, nil, ErrTooLarge.With("limit", fmt.Sprintf("%d MB", maxUpload>>20))
	}
	if err != nil {
		return nil, nil, ErrNotWorkbook
	}
	defer f.Close()
	rd := reader{seen: map[string]bool{}}
	for i, name := range f.GetSheetList() {
		if i == maxSheets {
			break
		}
		grid, err := rd.grid(f, name)
		if err != nil {
			return nil, nil, ErrNotWorkbook
		}
		rd.sheet(name, grid)
	}
	if !rd.found {
		return nil, nil, ErrNoTable
	}
	return rd.items, rd.faults, nil
}

// A cell is one field of the grid, with the text of the merged area it is in.
type cell struct {
	text   string
	across bool // first field of an area that runs across
	down   bool // the text was taken over from the row above
}

// grid reads a sheet row by row and carries the text of cells merged downwards
// into each of their rows.
func (rd *reader) grid(f *excelize.File, name string) ([][]cell, error) {
	rows, err := f.Rows(name)
	if err != nil {
		var no excelize.ErrSheetNotExist
		if errors.As(err, &no) {
			return nil, nil // a chart sheet
		}
		return nil, err
	}
	defer rows.Close()
	var grid [][]cell
	for rows.Next() {
		if len(grid) == maxRows {
			rd.fault(FaultRows, name, maxRows, "")
			break
		}
		texts, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		row := make([]cell, min(len(texts), maxCols))
		for i := range row {
			row[i].text = cellfit.Clean(texts[i])
		}
		grid = append(grid, row)
	}
	if err := rows.Error(); err != nil {
		return nil, err
	}
	merge(mergedAreas(f, name), grid)
	return grid, nil
}

func merge(areas []area, grid [][]cell) {
	for _, a := range areas {
		if a.left > maxCols || a.top > len(grid) || a.left > len(grid[a.top-1]) {
			continue
		}
		first := &grid[a.top-1][a.left-1]
		first.across = a.right > a.left
		for row := a.top; row < min(a.bottom, len(grid)); row++ {
			for len(grid[row]) < a.left {
				grid[row] = append(grid[row], cell{})
			}
			grid[row][a.left-1] = cell{text: first.text, across: first.across, down: true}
		}
	}
}

// A reader gathers the items of all sheets.
type reader struct {
	items  []Item
	faults []Fault
	found  bool            // a header row was found
	seen   map[string]bool // class and name, class and number
}

func (rd *reader) fault(code, sheet string, row int, detail string) {
	if len(rd.faults) < maxRows {
		rd.faults = append(rd.faults, Fault{code, sheet, row, shorten(detail, 40)})
	}
}

// A table is the one that the reader is in.
type table struct {
	class    Class
	columns  columns
	category string
	last     int // index of the item read last, -1 for none or one left out
	header   int // row of its header
}

func (rd *reader) sheet(name string, grid [][]cell) {
	class := classOf(name)
	var t *table
	filled := false
	for y, row := range grid {
		only, one := single(row)
		filled = filled || only.text != "" || !one
		if one {
			if only.text == "" || isRemark(only.text) {
				continue
			}
			if c := classOf(only.text); c != "" {
				class, t = c, nil
				continue
			}
		}
		if cols := findColumns(row); cols != nil {
			rd.found = true
			if t != nil && t.header == y-1 { // the second line of a header
				t.columns.add(cols)
				t.header = y
			} else {
				t = &table{columns: cols, last: -1, header: y}
			}
			t.class = t.columns.class(class)
			continue
		}
		switch {
		case t == nil: // a title
		case one && t.columns.isCategory(row):
			t.category, t.last = categoryOf(only.text), -1
		default:
			rd.row(t, name, y+1, row)
		}
	}
	if filled && t == nil && class == "" {
		rd.fault(FaultSheet, name, 0, "")
	}
}

// row reads one line of a table: an item, or more of the item above.
func (rd *reader) row(t *table, sheet string, y int, row []cell) {
	it, cut := t.columns.item(row)
	it.Class = t.class
	if it.Category == "" {
		it.Category = t.category
	}
	if cut {
		rd.fault(FaultCut, sheet, y, it.Name)
	}
	if t.columns.continues(row) {
		if t.last >= 0 {
			rd.items[t.last].append(it)
		}
		return
	}
	t.last = -1
	switch it.Missing() {
	case "":
	case "name":
		rd.fault(FaultNoName, sheet, y, "")
		return
	default:
		rd.fault(FaultNoUnit, sheet, y, it.Name)
		return
	}
	if rd.repeats(it.Class, "name", it.Name) {
		rd.fault(FaultDuplicate, sheet, y, it.Name)
		return
	}
	if it.No == "" {
		rd.fault(FaultNoNumber, sheet, y, it.Name)
	} else if rd.repeats(it.Class, "no", it.No) {
		rd.fault(FaultDuplicateNo, sheet, y, it.No)
	}
	rd.items = append(rd.items, it)
	t.last = len(rd.items) - 1
}

func (rd *reader) repeats(c Class, what, value string) bool {
	key := string(c) + "\x00" + what + "\x00" + value
	was := rd.seen[key]
	rd.seen[key] = true
	return was
}

// append adds the texts of a further row of the same item.
func (i *Item) append(more Item) {
	join := func(a *string, b, sep string) {
		switch {
		case b == "" || strings.Contains(*a, b) || len(*a) > 4*maxText:
		case *a == "":
			*a = b
		default:
			*a += sep + b
		}
	}
	join(&i.HigherUnit, more.HigherUnit, "、")
	join(&i.HigherDuty, more.HigherDuty, "\n")
	join(&i.LocalDuty, more.LocalDuty, "\n")
	join(&i.TakenBackBy, more.TakenBackBy, "、")
	join(&i.Method, more.Method, "\n")
	join(&i.Note, more.Note, "\n")
}

func shorten(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return s
}
