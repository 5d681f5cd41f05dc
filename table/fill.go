package table

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// An Entry is one subject, place or form as it is to be written: element →
// value in canonical form (days 2006-01-02, codes of the element's list, yes
// and no "1" and "0", numbers decimal text).
type Entry struct {
	ID     string // the caller's; it comes back in the report
	Name   string // of a place: as it may stand in a side header
	Values map[string]string
}

// A Speller says how a value may be written.
type Speller interface {
	// Words are the ways in which people write a value, the best first: the name
	// of a code and its other names, 是 and 有. None for what is written as it is.
	Words(element, value string) []string
	// Unit is the unit in which an element's values are held, "" if none.
	Unit(element string) string
}

// A Reason says why a cell stays empty.
type Reason string

const (
	NotKnown   Reason = "not_known"   // the ledger does not know the value
	NotMapped  Reason = "not_mapped"  // what the column asks for is not known
	NoChoice   Reason = "no_choice"   // the value is none of the cell's choices
	NotExact   Reason = "not_exact"   // the value is known to the month or year only
	NoUnit     Reason = "no_unit"     // the value cannot be brought into the unit asked for
	NoPlace    Reason = "no_place"    // the row's side header names no known place
	NotWritten Reason = "not_written" // the cell holds a formula or somebody's words
)

// An Empty is a cell, or a column of cells, that was left empty.
type Empty struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"` // the first of them
	Header  string `json:"header"`
	Element string `json:"element"`
	Reason  Reason `json:"reason"`
	Count   int    `json:"count"`
}

// A RowRef says whose row it is.
type RowRef struct {
	Sheet string `json:"sheet"`
	Table string `json:"table"` // its range in the template
	Row   int    `json:"row"`
	Col   int    `json:"col,omitempty"` // of a table that runs down
	ID    string `json:"id"`
}

// A Report says what was filled.
type Report struct {
	Filled int      `json:"filled"` // cells
	Empty  []Empty  `json:"empty"`
	Rows   []RowRef `json:"rows"`
}

// A Filler fills the tables of one workbook, keeping its layout: formats,
// merged cells, formulas, widths, print settings and drop-down lists.
type Filler struct {
	x      *excelize.File
	spell  Speller
	report Report
	empty  map[Empty]int // without cell and count → where in the report
	shift  map[string][]inserted
}

// inserted is that n rows were put in before a row as the template counts.
type inserted struct{ before, n int }

// NewFiller opens a template. Close it.
func NewFiller(r io.Reader, spell Speller) (*Filler, error) {
	file, err := io.ReadAll(r)
	if err == nil {
		file, err = styled(file)
	}
	if err != nil {
		return nil, err
	}
	x, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return nil, &Error{Code: CodeBroken, Cause: err}
	}
	return &Filler{x: x, spell: spell, empty: map[Empty]int{}, shift: map[string][]inserted{}}, nil
}

// Close gives the file's memory back.
func (f *Filler) Close() error { return f.x.Close() }

// Write writes the filled workbook. What the formulas say is worked out anew
// when it is opened.
func (f *Filler) Write(w io.Writer) error {
	yes := true
	if err := f.x.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return err
	}
	if err := f.x.UpdateLinkedValue(); err != nil {
		return err
	}
	return f.x.Write(w)
}

// Report says what was filled so far.
func (f *Filler) Report() Report {
	r := f.report
	if r.Empty == nil {
		r.Empty = []Empty{}
	}
	if r.Rows == nil {
		r.Rows = []RowRef{}
	}
	return r
}

// row is where a row of the template is now.
func (f *Filler) row(sheet string, row int) int {
	out := row
	for _, i := range f.shift[sheet] {
		if row >= i.before {
			out += i.n
		}
	}
	return out
}

// leave notes that a cell was left empty.
func (f *Filler) leave(sheet, cell string, c Column, why Reason) {
	k := Empty{Sheet: sheet, Header: c.Header, Element: c.Element, Reason: why}
	i, ok := f.empty[k]
	if !ok {
		i = len(f.report.Empty)
		f.empty[k] = i
		e := k
		e.Cell = cell
		f.report.Empty = append(f.report.Empty, e)
	}
	f.report.Empty[i].Count++
}

// A Find returns the record for a name that the sender has written, ok false
// where there is none.
type Find func(name string) (r Entry, ok bool, err error)

// naming are the elements by which the sender names the rows of a table.
var naming = []string{"community.name", "grid.name", "street.name", "compound.name", "building.name", "dwelling.room_number", "grid.code"}

// Fill fills one table of a sheet with records. A list that grows takes them
// one after the other; where rows or columns are named by the sender, each
// takes the record that find returns for its name.
func (f *Filler) Fill(sheet string, t Table, records iter.Seq2[Entry, error], find Find) error {
	switch {
	case t.Kind == Form:
		for r, err := range records {
			if err != nil {
				return err
			}
			f.report.Rows = append(f.report.Rows, RowRef{Sheet: sheet, Table: t.Range, Row: f.row(sheet, t.FirstRow), ID: r.ID})
			return f.Lines(sheet, t.Columns, r)
		}
		return nil
	case t.Axis == Down:
		return f.down(sheet, t, find)
	case t.LastRow != 0 && f.named(sheet, t) != "":
		return f.sideHeaders(sheet, t, f.named(sheet, t), find)
	}
	words, err := f.worded(sheet, t)
	if err != nil {
		return err
	}
	if words != "" {
		// Rows that the sender has named, in a column that was not understood:
		// nobody guesses whose they are.
		f.leave(sheet, words, Column{Header: t.Title}, NoPlace)
		return nil
	}
	return f.list(sheet, t, records)
}

// worded finds a word of the sender in the rows to be filled, beside numbers of
// rows and formulas.
func (f *Filler) worded(sheet string, t Table) (string, error) {
	box, ok := parseRect(t.Range)
	if !ok {
		return "", nil
	}
	last := box.bottom
	if t.LastRow != 0 {
		last = int(t.LastRow)
	}
	for row := t.FirstRow; row <= min(last, t.FirstRow+200); row++ {
		if slices.Contains(t.Keep, row) {
			continue
		}
		for _, c := range t.Columns {
			if c.Letter == "" || c.Element == "row.number" || c.Format == "formula" {
				continue
			}
			cell := cellName(f.row(sheet, row), column(c.Letter))
			v, err := f.x.GetCellValue(sheet, cell)
			if err != nil {
				return "", err
			}
			if v = strings.TrimSpace(v); v == "" || strings.ContainsAny(v, boxes) {
				continue
			}
			if formula, err := f.x.GetCellFormula(sheet, cell); err != nil || formula != "" {
				continue
			}
			if strings.ContainsFunc(v, unicode.IsLetter) {
				return cell, nil
			}
		}
	}
	return "", nil
}

// named is the letter of the column in which the sender has named the rows.
func (f *Filler) named(sheet string, t Table) string {
	for _, c := range t.Columns {
		if !slices.Contains(naming, c.Element) {
			continue
		}
		for row := t.FirstRow; row <= int(t.LastRow); row++ {
			if v, err := f.x.GetCellValue(sheet, cellName(f.row(sheet, row), column(c.Letter))); err == nil && strings.TrimSpace(v) != "" && !slices.Contains(t.Keep, row) {
				return c.Letter
			}
		}
	}
	return ""
}

func column(letter string) int {
	n, err := excelize.ColumnNameToNumber(letter)
	if err != nil {
		return 1
	}
	return n
}

// sideHeaders fills rows that the sender has named.
func (f *Filler) sideHeaders(sheet string, t Table, by string, find Find) error {
	var found []Entry
	for row := t.FirstRow; row <= int(t.LastRow); row++ {
		if slices.Contains(t.Keep, row) {
			continue
		}
		at := f.row(sheet, row)
		name, err := f.x.GetCellValue(sheet, cellName(at, column(by)))
		if err != nil {
			return err
		}
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		r, ok, err := find(name)
		if err != nil {
			return err
		}
		if !ok {
			f.leave(sheet, cellName(at, column(by)), Column{Header: name}, NoPlace)
			continue
		}
		found = append(found, r)
		f.report.Rows = append(f.report.Rows, RowRef{Sheet: sheet, Table: t.Range, Row: at, ID: r.ID})
		for _, c := range t.Columns {
			if c.Letter == by {
				continue
			}
			if err := f.cell(sheet, cellName(at, column(c.Letter)), c, r, 0); err != nil {
				return err
			}
		}
	}
	return f.totals(sheet, t, found)
}

// down fills a table in which each element has a row and each place a column.
func (f *Filler) down(sheet string, t Table, find Find) error {
	box, ok := parseRect(t.Range)
	if !ok || len(t.HeaderRows) == 0 {
		return nil
	}
	for col := box.left; col <= box.right; col++ {
		name := ""
		for _, row := range t.HeaderRows {
			v, err := f.x.GetCellValue(sheet, cellName(f.row(sheet, row), col))
			if err != nil {
				return err
			}
			if v = strings.TrimSpace(v); v != "" {
				name = v
			}
		}
		if name == "" {
			continue
		}
		r, ok, err := find(name)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		f.report.Rows = append(f.report.Rows, RowRef{Sheet: sheet, Table: t.Range, Row: f.row(sheet, t.FirstRow), Col: col, ID: r.ID})
		for _, c := range t.Columns {
			if err := f.cell(sheet, cellName(f.row(sheet, c.Row), col), c, r, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// Lines fills the blanks of a form, or those around a table.
func (f *Filler) Lines(sheet string, lines []Column, r Entry) error {
	for _, c := range lines {
		row, col, ok := parseCell(c.Cell)
		if !ok {
			continue
		}
		cell := cellName(f.row(sheet, row), col)
		if !c.Inline {
			if err := f.cell(sheet, cell, c, r, 0); err != nil {
				return err
			}
			continue
		}
		if err := f.inline(sheet, cell, c, r); err != nil {
			return err
		}
	}
	return nil
}

// list fills a list that grows: the prepared rows first, then rows that are put
// in above whatever follows.
func (f *Filler) list(sheet string, t Table, records iter.Seq2[Entry, error]) error {
	var all []Entry
	for r, err := range records {
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	box, ok := parseRect(t.Range)
	if !ok {
		return errors.New("table: a mapping without a range")
	}
	last := max(box.bottom, t.FirstRow)
	if t.LastRow != 0 {
		last = int(t.LastRow)
	}
	var prepared []int
	for row := t.FirstRow; row <= last; row++ {
		if !slices.Contains(t.Keep, row) {
			prepared = append(prepared, row)
		}
	}
	if len(prepared) == 0 {
		prepared = []int{t.FirstRow}
	}
	// Rows after which only totals follow are not part of the list.
	rows := make([]int, 0, len(all))
	if more := len(all) - len(prepared); more > 0 && t.LastRow == 0 {
		var err error
		if rows, err = f.grow(sheet, t, box, prepared, more); err != nil {
			return err
		}
	} else {
		for _, row := range prepared {
			rows = append(rows, f.row(sheet, row))
		}
	}
	for n, r := range all {
		if n >= len(rows) {
			f.leave(sheet, cellName(rows[len(rows)-1], box.left), Column{Header: t.Title}, NotWritten)
			continue
		}
		f.report.Rows = append(f.report.Rows, RowRef{Sheet: sheet, Table: t.Range, Row: rows[n], ID: r.ID})
		for _, c := range t.Columns {
			if err := f.cell(sheet, cellName(rows[n], column(c.Letter)), c, r, n+1); err != nil {
				return err
			}
		}
	}
	return f.totals(sheet, t, all)
}

// SplitCell takes the name of a cell apart: D6 is row 6 and column D.
func SplitCell(cell string) (row int, letter string, ok bool) {
	row, col, ok := parseCell(cell)
	if !ok {
		return 0, "", false
	}
	return row, letters(col), true
}

// FormatOf is the format in which a value of a type (see package element) is
// written where a template says nothing about it.
func FormatOf(kind string) string {
	switch kind {
	case "idnumber":
		return "id18"
	case "creditcode":
		return "credit18"
	case "date":
		return "date yyyy-mm-dd"
	case "year":
		return "date yyyy"
	case "integer", "decimal", "money":
		return "number"
	case "boolean":
		return "choice"
	case "phone", "plate", "age":
		return kind
	}
	return "text"
}
