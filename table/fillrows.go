package table

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// grow puts rows into a list so that it has room for more records than it was
// prepared for, and returns all rows that it has then. The new rows look like
// the last prepared one and carry its formulas; sums over the prepared rows
// cover the new ones.
func (f *Filler) grow(sheet string, t Table, box rect, prepared []int, more int) ([]int, error) {
	last := prepared[len(prepared)-1]
	at := f.row(sheet, last)
	model, err := f.model(sheet, at, box)
	if err != nil {
		return nil, err
	}
	height, err := f.x.GetRowHeight(sheet, at)
	if err != nil {
		return nil, err
	}
	// Before the last row, so that a range over the list is stretched.
	if err := f.x.InsertRows(sheet, at, more); err != nil {
		return nil, err
	}
	f.shift[sheet] = append(f.shift[sheet], inserted{last, more})
	f.report.down(sheet, at, more)
	for n := range more {
		row := at + n
		if err := f.x.SetRowHeight(sheet, row, height); err != nil {
			return nil, err
		}
		if err := f.copyRow(sheet, row, at, model, box); err != nil {
			return nil, err
		}
	}
	if len(prepared) == 1 {
		// A range over a single row was not stretched but moved.
		if err := f.stretch(sheet, at, at+more, box); err != nil {
			return nil, err
		}
	}
	if err := f.choices(sheet, at, more); err != nil {
		return nil, err
	}
	rows := make([]int, 0, len(prepared)+more)
	for _, row := range prepared[:len(prepared)-1] {
		rows = append(rows, f.row(sheet, row))
	}
	for n := range more + 1 {
		rows = append(rows, at+n)
	}
	slices.Sort(rows)
	return rows, nil
}

// down moves what was filled below rows that are put in.
func (r *Report) down(sheet string, from, by int) {
	for i := range r.Rows {
		if ref := &r.Rows[i]; ref.Sheet == sheet && ref.Row >= from {
			ref.Row += by
		}
	}
	for i := range r.Empty {
		if row, col, ok := parseCell(r.Empty[i].Cell); ok && r.Empty[i].Sheet == sheet && row >= from {
			r.Empty[i].Cell = cellName(row+by, col)
		}
	}
}

// A modelCell is what a new row takes over from the prepared one.
type modelCell struct {
	style   int
	formula string
	to      int // last column of a merged cell, 0 if it is none
}

func (f *Filler) model(sheet string, row int, box rect) ([]modelCell, error) {
	out := make([]modelCell, box.right-box.left+1)
	merged, err := f.mergedIn(sheet, row)
	if err != nil {
		return nil, err
	}
	for i := range out {
		col := box.left + i
		cell := cellName(row, col)
		var err error
		if out[i].style, err = f.x.GetCellStyle(sheet, cell); err != nil {
			return nil, err
		}
		if out[i].formula, err = f.x.GetCellFormula(sheet, cell); err != nil {
			return nil, err
		}
		out[i].to = merged[col]
	}
	return out, nil
}

// mergedIn returns the merged cells that lie in one row: first column → last.
func (f *Filler) mergedIn(sheet string, row int) (map[int]int, error) {
	merged, err := f.x.GetMergeCells(sheet, true)
	if err != nil {
		return nil, err
	}
	out := map[int]int{}
	for _, m := range merged {
		if r, ok := parseRect(m.GetStartAxis() + ":" + m.GetEndAxis()); ok && r.top == row && r.bottom == row {
			out[r.left] = r.right
		}
	}
	return out, nil
}

func (f *Filler) copyRow(sheet string, row, from int, model []modelCell, box rect) error {
	for i, m := range model {
		col := box.left + i
		cell := cellName(row, col)
		if err := f.x.SetCellStyle(sheet, cell, cell, m.style); err != nil {
			return err
		}
		if m.formula != "" {
			if err := f.x.SetCellFormula(sheet, cell, moved(m.formula, from, row)); err != nil {
				return err
			}
		}
		if m.to > col {
			if err := f.x.MergeCell(sheet, cell, cellName(row, m.to)); err != nil {
				return err
			}
		}
	}
	return nil
}

var reference = regexp.MustCompile(`(\$?[A-Z]{1,3})(\$?)(\d{1,7})\b`)

// moved is a formula of one row as it stands in another: what refers to the row
// refers to the other one, absolute rows stay.
func moved(formula string, from, to int) string {
	return outsideQuotes(formula, func(s string) string {
		return reference.ReplaceAllStringFunc(s, func(ref string) string {
			m := reference.FindStringSubmatch(ref)
			if m[2] == "$" || m[3] != strconv.Itoa(from) {
				return ref
			}
			return m[1] + strconv.Itoa(to)
		})
	})
}

// outsideQuotes applies f to the parts of a formula that are no text.
func outsideQuotes(formula string, f func(string) string) string {
	parts := strings.Split(formula, `"`)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = f(parts[i])
	}
	return strings.Join(parts, `"`)
}

// stretch lets the formulas below a list of one prepared row that speak of that
// row alone (SUM(D6:D6), or SUM(D6)) speak of all its rows.
func (f *Filler) stretch(sheet string, first, last int, box rect) error {
	one := regexp.MustCompile(`(\$?[A-Z]{1,3}\$?)` + strconv.Itoa(last) + `:(\$?[A-Z]{1,3}\$?)` + strconv.Itoa(last) + `\b`)
	for row := last + 1; row <= last+5; row++ {
		for col := box.left; col <= box.right; col++ {
			cell := cellName(row, col)
			formula, err := f.x.GetCellFormula(sheet, cell)
			if err != nil || formula == "" {
				continue
			}
			wide := one.ReplaceAllString(formula, "${1}"+strconv.Itoa(first)+":${2}"+strconv.Itoa(last))
			if wide == formula && strings.Contains(formula, "SUM(") {
				single := regexp.MustCompile(`SUM\((\$?[A-Z]{1,3}\$?)` + strconv.Itoa(last) + `\)`)
				wide = single.ReplaceAllString(formula, "SUM(${1}"+strconv.Itoa(first)+":${1}"+strconv.Itoa(last)+")")
			}
			if wide != formula {
				if err := f.x.SetCellFormula(sheet, cell, wide); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// choices lets the drop-down lists of the last prepared row, which moved down,
// cover the rows that were put in above it.
func (f *Filler) choices(sheet string, at, more int) error {
	rules, err := f.x.GetDataValidations(sheet)
	if err != nil {
		return err
	}
	for _, rule := range rules {
		var wide []string
		changed := false
		for _, part := range strings.Fields(rule.Sqref) {
			r, ok := parseRect(part)
			if ok && r.top == at+more { // it began with the row, or was it alone
				r.top = at
				part, changed = r.String(), true
			}
			wide = append(wide, part)
		}
		if !changed {
			continue
		}
		old := rule.Sqref
		if err := f.x.DeleteDataValidation(sheet, strings.Fields(old)...); err != nil {
			return err
		}
		rule.Sqref = strings.Join(wide, " ")
		// The library hands the formulas out as they stand in the file, and escapes
		// them when it writes.
		rule.Formula1, rule.Formula2 = html.UnescapeString(rule.Formula1), html.UnescapeString(rule.Formula2)
		if err := f.x.AddDataValidation(sheet, rule); err != nil {
			return err
		}
	}
	return nil
}
