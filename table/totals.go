package table

import (
	"slices"
	"strconv"
	"strings"
)

// totals fills the rows of a table of counts that the sender has called its
// totals, where they have no formulas of their own. A place that contains
// another one of the table is not counted twice.
func (f *Filler) totals(sheet string, t Table, entries []Entry) error {
	box, ok := parseRect(t.Range)
	if t.Kind != Place || !ok || len(entries) == 0 {
		return nil
	}
	parts := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return slices.ContainsFunc(entries, func(x Entry) bool { return len(x.ID) > len(e.ID) && strings.HasPrefix(x.ID, e.ID) })
	})
	for _, row := range t.Keep {
		at := f.row(sheet, row)
		label := ""
		for col := box.left; col <= box.right && label == ""; col++ {
			v, err := f.x.GetCellValue(sheet, cellName(at, col))
			if err != nil {
				return err
			}
			label = strings.Join(strings.Fields(v), "")
		}
		if !totalWord.MatchString(label) {
			continue
		}
		for _, c := range t.Columns {
			if !strings.HasPrefix(c.Element, "count.") || c.Letter == "" {
				continue
			}
			cell := cellName(at, column(c.Letter))
			if v, err := f.x.GetCellValue(sheet, cell); err != nil || strings.TrimSpace(v) != "" {
				continue
			}
			if formula, err := f.x.GetCellFormula(sheet, cell); err != nil || formula != "" {
				continue
			}
			sum, known := 0, false
			for _, e := range parts {
				if n, err := strconv.Atoi(e.Values[c.Element]); err == nil {
					sum, known = sum+n, true
				}
			}
			if !known {
				continue
			}
			if err := f.cell(sheet, cell, c, Entry{Values: map[string]string{c.Element: strconv.Itoa(sum)}}, 0); err != nil {
				return err
			}
		}
	}
	return nil
}
