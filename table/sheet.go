package table

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// A sheet is its cells up to maxRows and maxCols, and what lies over them.
type sheet struct {
	name   string
	hidden bool
	styles []style
	rows   [][]cell // by row, from 1; cells in order; equal blank rows share one slice
	width  int      // the last column with anything in it
	merges []rect
	owner  map[int][]int // row → for each column the merge over it, from 1; 0 none
	lists  []validation
	notes  map[[2]int]string // comments, by row and column

	hiddenCols []rect
	hiddenRows map[int]bool
}

// A cell is what stands in it and how it is dressed.
type cell struct {
	col     int
	text    string // what a person reads, as far as the file says
	style   int
	formula bool
	number  bool
}

// A validation is a drop-down list over ranges.
type validation struct {
	over    []rect
	formula string // as written: "男,女" in quotes, a range or a name
	choices []string
}

func (rd *reader) readSheet(s *sheet, part string) error {
	err := rd.scan(part, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "col":
				if attrTrue(el, "hidden") {
					from, _ := strconv.Atoi(attr(el, "min"))
					to, _ := strconv.Atoi(attr(el, "max"))
					if from > 0 && len(s.hiddenCols) < maxCols {
						s.hiddenCols = append(s.hiddenCols, rect{from, 1, to, lastRow})
					}
				}
			case "sheetData":
				return rd.readRows(x, s)
			case "mergeCell":
				if r, ok := parseRect(attr(el, "ref")); ok && len(s.merges) < maxMerges {
					s.merges = append(s.merges, r)
				}
			case "dataValidation":
				return readValidation(x, s, el)
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	s.lay()
	rels, err := rd.relations(part)
	if err != nil {
		return err
	}
	for _, r := range rels {
		if r.kind == "comments" && rd.parts[r.target] != nil {
			if err := rd.readComments(s, r.target); err != nil {
				return err
			}
		}
	}
	return nil
}

// readRows reads the rows up to maxRows and skips the bytes of the others.
func (rd *reader) readRows(x *xmlReader, s *sheet) error {
	row := 0
	for depth := x.depth; x.depth >= depth; {
		t, err := x.token()
		if err != nil {
			return err
		}
		el, ok := t.(xml.StartElement)
		if !ok || el.Name.Local != "row" {
			continue
		}
		row++
		if n, err := strconv.Atoi(attr(el, "r")); err == nil && n > 0 {
			row = n
		}
		if row > maxRows {
			return x.skipRows(depth)
		}
		if attrTrue(el, "hidden") {
			if s.hiddenRows == nil {
				s.hiddenRows = map[int]bool{}
			}
			s.hiddenRows[row] = true
		}
		cells, err := rd.readCells(x)
		if err != nil {
			return err
		}
		s.put(row, cells, rd)
		if rd.cells > maxCells {
			return ErrTooLarge
		}
	}
	return nil
}

// skipRows drops bytes up to the end of sheetData, which is then behind us.
// The decoder reads byte by byte, so it has not read ahead.
func (x *xmlReader) skipRows(depth int) error {
	const end = "sheetData>"
	matched := 0
	for {
		b, err := x.in.ReadByte()
		if err != nil {
			return err
		}
		if b == end[matched] {
			if matched++; matched == len(end) {
				x.depth = depth - 1
				return nil
			}
		} else if matched = 0; b == end[0] {
			matched = 1
		}
	}
}

// put keeps a row. A blank row like the one above shares its cells.
func (s *sheet) put(row int, cells []cell, rd *reader) {
	for len(s.rows) <= row {
		s.rows = append(s.rows, nil)
	}
	if above := s.rows[row-1]; len(above) > 0 && slices.Equal(above, cells) {
		cells = above
	} else {
		rd.cells += len(cells)
	}
	s.rows[row] = cells
	if n := len(cells); n > 0 {
		s.width = max(s.width, cells[n-1].col)
	}
}

// readCells reads the cells of one row, leaving out those that are neither
// filled nor dressed.
func (rd *reader) readCells(x *xmlReader) ([]cell, error) {
	var out []cell
	col := 0
	err := x.inside(func(el xml.StartElement) error {
		if el.Name.Local != "c" {
			return nil
		}
		col++
		if _, c, ok := parseCell(attr(el, "r")); ok {
			col = c
		}
		c := cell{col: col}
		c.style, _ = strconv.Atoi(attr(el, "s"))
		if err := rd.readCell(x, &c, attr(el, "t")); err != nil {
			return err
		}
		dressed := c.style > 0 && c.style < len(rd.styles) && rd.styles[c.style] != rd.styles[0]
		if col <= maxCols && (c.text != "" || c.formula || dressed) && (len(out) == 0 || out[len(out)-1].col < col) {
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

func (rd *reader) readCell(x *xmlReader, c *cell, kind string) error {
	value, inline := "", ""
	err := x.inside(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "f":
			c.formula = true
		case "v":
			value, err = x.text(maxCellText)
		case "is":
			inline, err = x.text(maxCellText)
		}
		return err
	})
	switch kind {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(rd.strings) {
			c.text = rd.strings[i]
		}
	case "inlineStr":
		c.text = inline
	case "str":
		c.text = value
	case "b":
		c.text = map[string]string{"0": "FALSE", "1": "TRUE"}[value]
	case "e":
	default:
		c.text, c.number = value, value != ""
	}
	if c.formula {
		c.text = "" // what it shows depends on what will be filled in
	}
	if strings.TrimSpace(c.text) == "" {
		c.text = ""
	}
	return err
}

func readValidation(x *xmlReader, s *sheet, el xml.StartElement) error {
	v := validation{over: parseRects(attr(el, "sqref"))}
	list := attr(el, "type") == "list"
	err := x.inside(func(in xml.StartElement) (err error) {
		switch in.Name.Local {
		case "formula1":
			v.formula, err = x.text(4096)
		case "sqref": // the extended form keeps its range in an element
			var at string
			at, err = x.text(4096)
			v.over = parseRects(at)
		}
		return err
	})
	if list && len(v.over) > 0 && len(s.lists) < maxLists {
		v.formula = strings.TrimPrefix(strings.TrimSpace(v.formula), "=")
		s.lists = append(s.lists, v)
	}
	return err
}

func (rd *reader) readComments(s *sheet, part string) error {
	s.notes = map[[2]int]string{}
	return rd.scan(part, func(x *xmlReader) error {
		return x.each(func(el xml.StartElement) error {
			if el.Name.Local != "comment" {
				return nil
			}
			text, err := x.text(maxCellText)
			if row, col, ok := parseCell(attr(el, "ref")); ok && len(s.notes) < maxLists {
				s.notes[[2]int{row, col}] = strings.TrimSpace(text)
			}
			return err
		})
	})
}

// lay clips merged ranges to the used part of the sheet and marks the cells
// that they cover. Excel has no merged ranges that overlap; of those that do
// the first counts. The work is bounded by the size of the used part.
func (s *sheet) lay() {
	height := len(s.rows) - 1
	budget := 8 * maxCells
	kept := s.merges[:0]
	s.owner = map[int][]int{}
	for _, m := range s.merges {
		if m.top > height || m.left > maxCols {
			continue
		}
		m.bottom, m.right = min(m.bottom, height), min(m.right, max(s.width, min(m.right, maxCols)))
		free := true
		for row := m.top; row <= m.bottom && free; row++ {
			if budget -= m.width(); budget < 0 {
				break
			}
			if line := s.owner[row]; line != nil {
				free = !slices.ContainsFunc(line[m.left:min(m.right+1, len(line))], func(o int) bool { return o != 0 })
			}
		}
		if !free || budget < 0 {
			continue
		}
		kept = append(kept, m)
		for row := m.top; row <= m.bottom; row++ {
			if s.owner[row] == nil {
				s.owner[row] = make([]int, maxCols+1)
			}
			for col := m.left; col <= m.right; col++ {
				s.owner[row][col] = len(kept)
			}
		}
		if s.filledAt(m.top, m.left) {
			s.width = max(s.width, m.right)
		}
	}
	s.merges = kept
}

// at is the cell as the file has it, whatever merged range covers it.
func (s *sheet) at(row, col int) cell {
	if row < 1 || row >= len(s.rows) {
		return cell{col: col}
	}
	line := s.rows[row]
	if i, ok := slices.BinarySearchFunc(line, col, func(c cell, col int) int { return c.col - col }); ok {
		return line[i]
	}
	return cell{col: col}
}

func (s *sheet) filledAt(row, col int) bool {
	c := s.at(row, col)
	return c.text != "" || c.formula
}

// area is the merged range over a cell, or the cell alone.
func (s *sheet) area(row, col int) rect {
	if line := s.owner[row]; line != nil && col <= maxCols && line[col] > 0 {
		return s.merges[line[col]-1]
	}
	return rect{col, row, col, row}
}

// text is what a person sees at a cell: that of the merged range over it.
func (s *sheet) text(row, col int) string {
	a := s.area(row, col)
	return s.at(a.top, a.left).text
}

func (s *sheet) styleAt(row, col int) style {
	if c := s.at(row, col); c.style >= 0 && c.style < len(s.styles) {
		return s.styles[c.style]
	}
	return style{}
}

// framed tells whether a cell has a line around it or a coloured ground, or
// lies in a merged range whose first cell has.
func (s *sheet) framed(row, col int) bool {
	st := s.styleAt(row, col)
	if !st.border && !st.filled {
		a := s.area(row, col)
		st = s.styleAt(a.top, a.left)
	}
	return st.border || st.filled
}

// hiddenCol tells whether a column is hidden.
func (s *sheet) hiddenCol(col int) bool {
	return slices.ContainsFunc(s.hiddenCols, func(r rect) bool { return col >= r.left && col <= r.right })
}

// choices are the entries of the drop-down list at a cell; ok tells whether
// there is a list at all, as that of a formula cannot be looked up.
func (wb *Workbook) choices(s *sheet, row, col int) (list []string, ok bool) {
	for i := range s.lists {
		v := &s.lists[i]
		if !slices.ContainsFunc(v.over, func(r rect) bool { return r.contains(row, col) }) {
			continue
		}
		if v.choices == nil {
			v.choices = wb.lookUp(s, v.formula, 0)
		}
		return v.choices, true
	}
	return nil, false
}

// lookUp finds the entries that a list's formula stands for.
func (wb *Workbook) lookUp(s *sheet, formula string, depth int) []string {
	out := []string{}
	if quoted, ok := strings.CutPrefix(formula, `"`); ok {
		for w := range strings.SplitSeq(strings.TrimSuffix(quoted, `"`), ",") {
			if w = strings.TrimSpace(w); w != "" && len(out) < maxChoices {
				out = append(out, w)
			}
		}
		return out
	}
	ref := formula
	if name, rest, ok := cutLast(formula, "!"); ok {
		name = strings.ReplaceAll(strings.Trim(name, "'"), "''", "'")
		i := slices.IndexFunc(wb.sheets, func(o *sheet) bool { return strings.EqualFold(o.name, name) })
		if i < 0 {
			return out
		}
		s, ref = wb.sheets[i], rest
	}
	if r, ok := parseRect(ref); ok {
		for row := r.top; row <= min(r.bottom, len(s.rows)-1) && len(out) < maxChoices; row++ {
			for col := r.left; col <= min(r.right, s.width); col++ {
				if t := strings.TrimSpace(s.at(row, col).text); t != "" {
					out = append(out, t)
				}
			}
		}
		return out
	}
	if to := wb.names[strings.ToLower(formula)]; to != "" && depth < 4 {
		return wb.lookUp(s, to, depth+1)
	}
	return out
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
