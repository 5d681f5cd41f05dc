package table

import (
	"regexp"
	"slices"
	"strings"
)

// A layout is where the parts of one table lie.
type layout struct {
	s       *sheet
	box     rect
	form    bool
	down    bool
	header  []int
	first   int
	last    int // 0 where the list grows
	keep    []int
	example int // a filled-in row that shows how to write; 0 where there is none
	caption string
	inForm  bool
	columns []rect // of a list: the leaf areas of the header, of one column each
	sides   int    // of a down table: how many columns are side headers
	nested  []*layout
	groups  []int // of a form: rows that are captions over its whole width
}

// layouts takes a block apart into the tables in it.
func (s *sheet) layouts(box rect) []*layout {
	if s.inlineForm(box) {
		return []*layout{s.form(box)}
	}
	box = s.peel(box)
	if box.height() < 1 || box.width() < 2 {
		return nil
	}
	if s.isForm(box) {
		return []*layout{s.form(box)}
	}
	var out []*layout
	for top := box.top; top <= box.bottom; {
		caption := ""
		for top <= box.bottom && len(s.areas(top, box)) == 1 {
			if t := s.text(top, box.left); t != "" {
				caption = t
			}
			top++
		}
		if top > box.bottom {
			break
		}
		part := rect{box.left, top, box.right, box.bottom}
		head := s.headerRows(part)
		end := head[len(head)-1] + 1
		for end <= box.bottom && !s.startsTable(end, box) {
			end++
		}
		part.bottom = end - 1
		l := s.list(part, head)
		if len(out) > 0 || caption != "" {
			l.caption = caption
		}
		out = append(out, l)
		top = end
	}
	return out
}

// inlineForm tells a form whose blanks follow their labels in the same cells:
// 姓名：____ | 性别：____.
func (s *sheet) inlineForm(box rect) bool {
	labelled := 0
	for row := box.top; row <= box.bottom; row++ {
		areas := s.areas(row, box)
		switch {
		case s.allLines(areas):
			labelled++
		case len(areas) > 1 || !s.blank(areas[0]) && row > box.top:
			return false
		}
	}
	return labelled >= 3
}

// peel takes rows off a block that belong around a table: a framed title,
// lines, notes and signatures.
func (s *sheet) peel(box rect) rect {
	for box.top < box.bottom {
		areas := s.areas(box.top, box)
		t := fold(s.textOf(areas[0]))
		if len(areas) == 1 && (t == "" || !numberMark.MatchString(t) && !sectionLike(t)) || s.allLines(areas) {
			box.top = areas[0].bottom + 1
			continue
		}
		break
	}
	form := s.isForm(box)
	for box.bottom > box.top {
		areas := s.areas(box.bottom, box)
		t := fold(s.textOf(areas[0]))
		if len(areas) == 1 && areas[0].top > box.top && (isNote(t) || t == "") && areas[0].height() < box.height()-1 || !form && s.allLines(areas) {
			box.bottom = areas[0].top - 1
			continue
		}
		break
	}
	return box
}

var section = regexp.MustCompile(`(基本|家庭|成员|配偶|个人|单位|企业|住房|申请人|监护人|人员|房屋)?(情况|信息|资料)$`)

func sectionLike(folded string) bool {
	return section.MatchString(folded) && len([]rune(folded)) <= 14 && !strings.Contains(folded, "表")
}

// allLines tells whether a row holds nothing but labels with a colon.
func (s *sheet) allLines(areas []rect) bool {
	any := false
	for _, a := range areas {
		t := fold(s.textOf(a))
		if t == "" {
			continue
		}
		if !strings.Contains(t, ":") || len(areas) > 8 || a.height() > 1 {
			return false
		}
		any = true
	}
	return any
}

// isForm tells a form, where labels stand beside blank cells, from a list,
// whose first row is labels alone.
func (s *sheet) isForm(box rect) bool {
	pairs, rows := 0, 0
	for row := box.top; row <= min(box.bottom, box.top+30); row++ {
		areas := s.areas(row, box)
		if len(areas) == 1 {
			continue
		}
		rows++
		label := false
		for i, a := range areas {
			if a.top != row {
				label = label || !s.blank(a)
				continue
			}
			blank := s.blank(a) || valueLike(s.textOf(a))
			if !blank {
				label = !s.at(a.top, a.left).number
				continue
			}
			if rows == 1 && i > 0 && label && s.continues(a, box) {
				return false
			}
			if label {
				pairs++
			}
			label = false
		}
		if rows == 1 && pairs == 0 {
			return false
		}
		if rows == 3 {
			break
		}
	}
	return pairs >= 2 || rows == 1 && pairs == 1
}

// continues tells whether a blank cell of a first row carries on the group to
// its left: there are words right below it.
func (s *sheet) continues(a rect, box rect) bool {
	if a.bottom+1 > box.bottom {
		return false
	}
	below := s.area(a.bottom+1, a.left)
	before := s.area(a.bottom+1, a.left-1)
	return !s.blank(below) && below.width() <= a.width() && !s.blank(before)
}

var dateBlank = regexp.MustCompile(`^[0-9]{0,4}年月日?((至|-)[0-9]{0,4}年月日?)?$|^年$|^至$|^(元|㎡|人|户|万元|平方米|岁|周岁|小时|间|套|层)$`)

// valueLike tells whether a text stands where a value will: boxes to tick, or
// the words of a date.
func valueLike(t string) bool {
	f := fold(t)
	return strings.ContainsAny(f, "□☐○◯") && !strings.Contains(f, ":") || dateBlank.MatchString(f)
}

// headerRows are the rows at the top of a block that hold header words. The
// first row does; the next one does where cells of the first reach into it, or
// where it divides a cell above.
func (s *sheet) headerRows(box rect) []int {
	last := box.top
	for row := box.top; row <= last && row <= box.bottom; row++ {
		for _, a := range s.areas(row, box) {
			if !s.blank(a) {
				last = max(last, min(a.bottom, box.bottom))
			}
		}
		if row == last && last < box.bottom && last-box.top < 5 && s.divides(last+1, box) {
			last++
		}
	}
	rows := make([]int, 0, last-box.top+1)
	for row := box.top; row <= last; row++ {
		rows = append(rows, row)
	}
	return rows
}

// divides tells whether a row holds the sub-headers of the row above: words
// stand below parts of a wider cell, or below a group and the blanks that carry
// it on, and nothing stands elsewhere.
func (s *sheet) divides(row int, box rect) bool {
	if s.isOrdinals(row, box) || s.isExample(row, box) {
		return false
	}
	parts, open, last := 0, 0, 0
	var above rect
	for _, a := range s.areas(row, box) {
		up := s.area(row-1, a.left)
		if !s.blank(up) || above == (rect{}) || up.right < a.left {
			above = up
		}
		if s.blank(a) {
			if open == 0 && up.bottom == row-1 && up.height() == 1 && up.width() == a.width() && !s.blank(up) {
				open = a.left // a cell to be filled, or the second row of a header that is not merged
			}
			continue
		}
		last = a.left
		c := s.at(s.area(row, a.left).top, s.area(row, a.left).left)
		if c.number || c.formula || len([]rune(fold(c.text))) > 40 {
			return false
		}
		group := up.width() > a.width() || s.blank(up) || s.blankAfter(up, box)
		if !group {
			return false
		}
		parts++
	}
	return parts >= 2 && (open == 0 || open < last)
}

// blankAfter tells whether the cell right of an area is blank, so that the area
// may be the name of a group.
func (s *sheet) blankAfter(a, box rect) bool {
	return a.right < box.right && s.blank(s.area(a.top, a.right+1))
}

// list is the layout of a block that is no form.
func (s *sheet) list(box rect, head []int) *layout {
	l := &layout{s: s, box: box, header: head}
	bottom := head[len(head)-1]
	for _, a := range s.areas(bottom, box) {
		l.columns = append(l.columns, rect{a.left, head[0], a.right, bottom})
	}
	l.first = bottom + 1
	for row := bottom + 1; row <= box.bottom; row++ {
		switch {
		case s.isOrdinals(row, box) && row == l.first, s.isExample(row, box):
			l.keep = append(l.keep, row)
			if s.isExample(row, box) {
				l.example = row
			}
			if row == l.first {
				l.first++
			}
		case s.isTotal(row, box):
			l.keep = append(l.keep, row)
			if row == l.first {
				l.first++
			}
		}
	}
	l.filledRows()
	return l
}

// path is the header words over a column, from the top; a merged cell counts
// once, and so does a group whose name stands in the first of its cells.
func (l *layout) path(c rect) []string {
	var out []string
	var seen []rect
	for row := c.top; row <= c.bottom; row++ {
		a := l.s.area(row, c.left)
		if l.s.blank(a) && row < c.bottom {
			a = l.group(row, c)
		}
		if slices.Contains(seen, a) {
			continue
		}
		seen = append(seen, a)
		if t := bare(l.s.textOf(a)); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// group finds the name of a group to the left of a blank header cell, where the
// cells between are blank too and no column of its own begins between.
func (l *layout) group(row int, c rect) rect {
	own := l.s.area(row, c.left)
	below := l.s.area(row+1, c.left)
	if l.s.blank(below) {
		return own
	}
	for col := c.left - 1; col >= l.box.left; {
		a := l.s.area(row, col)
		if !l.s.blank(a) {
			if a.bottom == row && !l.s.blank(l.s.area(row+1, a.left)) {
				return a
			}
			return own
		}
		col = a.left - 1
	}
	return own
}
