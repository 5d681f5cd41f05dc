package table

import (
	"regexp"
	"slices"
	"strings"
)

// blocks finds the rectangles of framed cells that may be tables, from the top,
// and from the left where they begin on one row. Where nothing is framed they
// are looked for by what is written.
func (s *sheet) blocks() []rect {
	found := s.components()
	found = slices.DeleteFunc(found, func(r rect) bool { return r.width() < 2 || r.height() < 2 && s.wordsIn(r) < 3 || s.wordsIn(r) < 2 })
	if len(found) == 0 {
		found = s.unframed()
	}
	var out []rect
	for _, r := range found {
		out = append(out, s.splitSides(r)...)
	}
	slices.SortStableFunc(out, func(a, b rect) int {
		if a.top != b.top {
			return a.top - b.top
		}
		return a.left - b.left
	})
	return out
}

// A span is a run of framed cells of one row.
type span struct{ row, left, right, group int }

// components are the bounding boxes of framed cells that touch.
func (s *sheet) components() []rect {
	var spans, above []span
	var groups []int
	find := func(g int) int {
		for groups[g] != g {
			groups[g] = groups[groups[g]]
			g = groups[g]
		}
		return g
	}
	for row := 1; row < len(s.rows) && len(spans) < maxCells; row++ {
		var line []span
		for col := 1; col <= s.width; col++ {
			if !s.framed(row, col) {
				continue
			}
			if n := len(line); n > 0 && line[n-1].right == col-1 {
				line[n-1].right = col
				continue
			}
			line = append(line, span{row, col, col, -1})
		}
		for i := range line {
			for _, a := range above {
				if a.left <= line[i].right && a.right >= line[i].left {
					g := find(a.group)
					if line[i].group >= 0 {
						groups[g] = find(line[i].group)
					} else {
						line[i].group = g
					}
				}
			}
			if line[i].group < 0 {
				line[i].group = len(groups)
				groups = append(groups, len(groups))
			}
		}
		spans, above = append(spans, line...), line
	}
	boxes := map[int]rect{}
	for _, sp := range spans {
		g := find(sp.group)
		b, ok := boxes[g]
		if !ok {
			b = rect{sp.left, sp.row, sp.right, sp.row}
		}
		boxes[g] = rect{min(b.left, sp.left), min(b.top, sp.row), max(b.right, sp.right), max(b.bottom, sp.row)}
	}
	var out []rect
	for _, b := range boxes {
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b rect) int {
		if a.top != b.top {
			return a.top - b.top
		}
		return a.left - b.left
	})
	// a box inside another belongs to it
	return slices.DeleteFunc(slices.Clone(out), func(a rect) bool {
		return slices.ContainsFunc(out, func(b rect) bool { return a != b && a.within(b) })
	})
}

// wordsIn counts the filled cells of a range, up to ten.
func (s *sheet) wordsIn(r rect) int {
	n := 0
	for row := r.top; row <= r.bottom && n < 10; row++ {
		for _, c := range s.row(row) {
			if c.text != "" && c.col >= r.left && c.col <= r.right {
				n++
			}
		}
	}
	return n
}

func (s *sheet) row(row int) []cell {
	if row < 1 || row >= len(s.rows) {
		return nil
	}
	return s.rows[row]
}

// unframed finds tables by rows of three or more short words side by side: such
// a row begins a table, which lasts until two blank rows or the next such row.
func (s *sheet) unframed() []rect {
	var out []rect
	for row := 1; row < len(s.rows); row++ {
		box, ok := s.headLine(row)
		if !ok {
			continue
		}
		blank := 0
		last := row
		for next := row + 1; next < len(s.rows) && blank < 2; next++ {
			dressed, filled := 0, 0
			for _, c := range s.row(next) {
				if c.col >= box.left && c.col <= box.right {
					dressed++
					if c.text != "" || c.formula {
						filled++
					}
				}
			}
			if line := s.lineLike(next, box); line && filled > 0 {
				break
			}
			if filled == 0 && dressed < box.width()/2 {
				blank++
				continue
			}
			if below, ok := s.headLine(next); ok && blank > 0 {
				box.right = max(box.right, min(below.right, box.right))
				break
			}
			blank, last = 0, next
		}
		box.bottom = last
		out = append(out, box)
		row = last
	}
	return out
}

// headLine finds three or more short words side by side in a row.
func (s *sheet) headLine(row int) (rect, bool) {
	best, run := rect{}, rect{}
	words := 0
	for col := 1; col <= s.width; {
		a := s.area(row, col)
		t := fold(s.at(a.top, a.left).text)
		if t == "" || a.top != row || s.at(a.top, a.left).number || len([]rune(t)) > 20 || strings.Contains(t, ":") {
			run, words = rect{}, 0
			col = a.right + 1
			continue
		}
		if words == 0 {
			run = rect{col, row, a.right, row}
		}
		run.right = a.right
		if words++; words >= 3 && run.width() > best.width() {
			best = run
		}
		col = a.right + 1
	}
	return best, best.width() >= 3
}

// lineLike tells whether what is written in a row is labels with a colon, a
// note or a caption rather than a row of a table.
func (s *sheet) lineLike(row int, box rect) bool {
	any := false
	for _, c := range s.row(row) {
		if c.text == "" || c.col < box.left || c.col > box.right {
			continue
		}
		if t := fold(c.text); !strings.Contains(t, ":") && !isNote(t) {
			return false
		}
		any = true
	}
	return any
}

// splitSides cuts a block in two where the same header words come again beside
// each other.
func (s *sheet) splitSides(r rect) []rect {
	head := r
	for head.top < r.bottom && len(s.areas(head.top, r)) == 1 {
		head.top++
	}
	areas := s.areas(head.top, r)
	n := len(areas)
	if n < 6 || n%2 != 0 {
		return []rect{r}
	}
	for i := range n / 2 {
		a, b := s.textOf(areas[i]), s.textOf(areas[n/2+i])
		if a == "" || fold(a) != fold(b) {
			return []rect{r}
		}
	}
	cut := areas[n/2].left
	return []rect{{r.left, head.top, cut - 1, r.bottom}, {cut, head.top, r.right, r.bottom}}
}

// areas are the cells and merged ranges that a row of a block crosses.
func (s *sheet) areas(row int, in rect) []rect {
	var out []rect
	for col := in.left; col <= in.right; {
		a := s.area(row, col)
		a.left, a.right = max(a.left, in.left), min(a.right, in.right)
		out = append(out, a)
		col = a.right + 1
	}
	return out
}

func (s *sheet) textOf(a rect) string {
	whole := s.area(a.top, a.left)
	return s.at(whole.top, whole.left).text
}

// blank tells whether nothing stands in an area; what the sheet computes is
// not blank.
func (s *sheet) blank(a rect) bool {
	whole := s.area(a.top, a.left)
	return !s.filledAt(whole.top, whole.left)
}

var (
	noteStart  = regexp.MustCompile(`^(\(?(注|说明|填表说明|备注|填报说明|填表要求|填写说明|填报要求|填写要求|注意事项|温馨提示|提示|要求|注意|特别说明)\)?[:：]|注[0-9一]|[*※★]|(填表|填报|填写)(说明|要求|须知)|本表|此表|备注:.{8,})`)
	numberMark = regexp.MustCompile(`^(\([0-9一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|[0-9]{1,2}[、.．]|(附?表)[0-9一二三四五六七八九十]+(-[0-9]+)?[:：.、]?)`)
	annex      = regexp.MustCompile(`^附(件|表|录)?[0-9一二三四五六七八九十]*(-[0-9]+)?[:：]?$`)
)

func isNote(folded string) bool { return noteStart.MatchString(folded) }
