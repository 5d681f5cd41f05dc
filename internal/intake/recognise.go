package intake

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"gewu/code"
	"gewu/internal/subject"
	"gewu/table"
)

// Tables recognises the columns of a filled workbook by the mapping of blank
// tables: the rows above the data are laid out as the blank table that they
// would be, and the header that explains the most columns wins.
type Tables struct{ *table.Mapper }

// above is how many rows are looked at for the header.
const above = 12

// Recognise takes the sheet of the workbook with the most columns that it
// knows.
func (x Tables) Recognise(r io.ReaderAt, size int64) (Guess, error) {
	names, err := sheets(io.NewSectionReader(r, 0, size))
	if err != nil {
		return Guess{}, err
	}
	var best Guess
	most := 0
	for _, name := range names {
		var head [][]string
		err := rows(io.NewSectionReader(r, 0, size), name, 1, func(n int, cells []string, _ code.DateSystem) error {
			for len(head) < n {
				head = append(head, nil)
			}
			head[n-1] = slices.Clone(cells)
			if n >= above {
				return errStop
			}
			return nil
		})
		if err != nil {
			return Guess{}, err
		}
		for last := 1; last <= len(head); last++ {
			g, known, err := x.under(head, last)
			if err != nil {
				return Guess{}, err
			}
			if known > most {
				best, most = g, known
				best.Sheet = name
			}
		}
	}
	if most == 0 {
		return Guess{}, errHeader
	}
	return best, nil
}

func sheets(r io.Reader) ([]string, error) {
	x, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: 2 << 30, UnzipXMLSizeLimit: 8 << 20})
	if err != nil {
		return nil, errBook
	}
	defer x.Close()
	var out []string
	for _, name := range x.GetSheetList() {
		if visible, err := x.GetSheetVisible(name); err == nil && visible && len(out) < 20 {
			out = append(out, name)
		}
	}
	return out, nil
}

// under maps the table whose header ends with a row, and says how many of its
// columns are known.
func (x Tables) under(head [][]string, last int) (Guess, int, error) {
	first := last
	for first > 1 && wide(head[first-2]) {
		first--
	}
	if !wide(head[last-1]) {
		return Guess{}, 0, nil
	}
	var best Guess
	most := 0
	for ; first <= last; first++ {
		file, err := blankTable(head, first, last)
		if err != nil {
			return Guess{}, 0, err
		}
		wb, err := table.Read(bytes.NewReader(file), int64(len(file)))
		if errors.Is(err, table.ErrEmpty) {
			continue
		}
		if err != nil {
			return Guess{}, 0, err
		}
		for _, s := range x.Map(wb).Sheets {
			for _, t := range s.Tables {
				if g, known := guess(t, last+1); known > most {
					best, most = g, known
				}
			}
		}
	}
	return best, most, nil
}

func guess(t table.Table, first int) (Guess, int) {
	g := Guess{FirstRow: first, Columns: []Column{}}
	if kind := subject.Kind(t.Kind); slices.Contains(subject.Kinds, kind) {
		g.Kind = kind
	}
	known := 0
	for _, c := range t.Columns {
		if c.Letter == "" {
			continue
		}
		if c.Element != "" && c.Element != "row.number" {
			known++
		}
		g.Columns = append(g.Columns, Column{Letter: c.Letter, Header: c.Header, Element: c.Element, Score: c.Score})
	}
	return g, known
}

// wide tells a row of a table from a title.
func wide(cells []string) bool {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n > 1
}

// blankTable lays header rows out as a blank framed table, with what stands
// above them. Cells that were merged read as blanks: a blank beside a word of an
// upper row belongs to it, and so does one below a word with nothing under it.
func blankTable(head [][]string, first, last int) ([]byte, error) {
	x := excelize.NewFile()
	defer x.Close()
	const sheet = "Sheet1"
	width := 0
	for _, r := range head[first-1 : last] {
		for c := range r {
			if strings.TrimSpace(r[c]) != "" {
				width = max(width, c+1)
			}
		}
	}
	at := func(row, col int) string {
		if col > len(head[row-1]) {
			return ""
		}
		return strings.TrimSpace(head[row-1][col-1])
	}
	for row := 1; row <= last; row++ {
		for col := 1; col <= max(width, len(head[row-1])); col++ {
			if v := at(row, col); v != "" && col <= 300 {
				name, err := excelize.CoordinatesToCellName(col, row)
				if err != nil {
					return nil, err
				}
				if err := x.SetCellStr(sheet, name, v); err != nil {
					return nil, err
				}
			}
		}
	}
	border := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	style, err := x.NewStyle(&excelize.Style{Border: border})
	if err != nil {
		return nil, err
	}
	width = min(width, 300)
	corner, err := excelize.CoordinatesToCellName(1, first)
	if err != nil {
		return nil, err
	}
	end, err := excelize.CoordinatesToCellName(width, last+3)
	if err != nil {
		return nil, err
	}
	if err := x.SetCellStyle(sheet, corner, end, style); err != nil {
		return nil, err
	}
	for col := 1; col <= width; col++ {
		for row := first; row <= last; row++ {
			if at(row, col) == "" {
				continue
			}
			right, down := col, row
			for right < width && row < last && at(row, right+1) == "" && at(last, right+1) != "" {
				right++
			}
			for right == col && down < last && at(down+1, col) == "" {
				down++
			}
			if right == col && down == row {
				continue
			}
			a, _ := excelize.CoordinatesToCellName(col, row)
			b, _ := excelize.CoordinatesToCellName(right, down)
			if err := x.MergeCell(sheet, a, b); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	err = x.Write(&b)
	return b.Bytes(), err
}
