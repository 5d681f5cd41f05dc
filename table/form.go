package table

import (
	"regexp"
	"slices"
	"strings"
)

// An entry is a label of a form and the cell to be filled for it.
type entry struct {
	path   []string
	label  rect
	cell   rect
	inline bool // the blank follows the label in its own cell
}

// form is the layout of a block with labels beside blank cells. Grids in it,
// such as that of the family's members, are layouts of their own.
func (s *sheet) form(box rect) *layout {
	l := &layout{s: s, box: box, form: true, first: box.top, last: box.bottom}
	for row := box.top; row <= box.bottom; row++ {
		if nested := l.grid(row); nested != nil {
			l.nested = append(l.nested, nested)
			row = nested.box.bottom
			continue
		}
		if areas := s.areas(row, box); len(areas) == 1 && areas[0].top == row && !s.blank(areas[0]) && !inlineLabel(s.textOf(areas[0])) {
			l.groups = append(l.groups, row)
		}
	}
	return l
}

// grid finds a grid that begins at a row of a form: a row of words above rows
// of blanks that are divided alike. A tall cell to the left, or a caption over
// the whole width in the row above, is its name.
func (l *layout) grid(row int) *layout {
	s, inner, caption := l.s, l.box, ""
	if a := s.area(row, l.box.left); a.height() >= 3 && a.right < l.box.right && !s.blank(a) {
		if a.top != row && s.allWords(row-1, rect{a.right + 1, row - 1, l.box.right, row - 1}) > 0 {
			return nil
		}
		inner.left, caption = a.right+1, s.textOf(a)
		inner.bottom = min(inner.bottom, a.bottom)
	}
	head := s.areas(row, inner)
	if len(head) < 3 || s.allWords(row, inner) < 3 || slices.ContainsFunc(head, func(a rect) bool { return a.top != row || a.height() > 1 }) {
		return nil
	}
	last := row
	for next := row + 1; next <= inner.bottom; next++ {
		areas := s.areas(next, inner)
		alike := len(areas) == len(head)
		for i := 0; alike && i < len(areas); i++ {
			blank := s.blank(areas[i]) || i == 0 && isCounter(s.textOf(areas[i])) || valueLike(s.textOf(areas[i]))
			alike = areas[i].left == head[i].left && areas[i].height() == 1 && blank
		}
		if !alike {
			break
		}
		last = next
	}
	if last == row {
		return nil
	}
	if n := len(l.groups); caption == "" && n > 0 && l.groups[n-1] == row-1 {
		caption = s.text(row-1, l.box.left)
		l.groups = l.groups[:n-1]
	}
	inner.top, inner.bottom = row, last
	g := s.list(inner, []int{row})
	g.caption, g.inForm = caption, true
	if g.last == 0 {
		g.last = last
	}
	return g
}

// entries are the labels of a form, row by row.
func (l *layout) entries() []entry {
	var out []entry
	s := l.s
	section := ""
	for row := l.box.top; row <= l.box.bottom; row++ {
		if i := slices.IndexFunc(l.nested, func(n *layout) bool { return row >= n.box.top && row <= n.box.bottom }); i >= 0 {
			row = l.nested[i].box.bottom
			continue
		}
		if slices.Contains(l.groups, row) {
			section = bare(s.text(row, l.box.left))
			continue
		}
		areas := s.areas(row, l.box)
		rowGroup := ""
		for i := 0; i < len(areas); i++ {
			a := areas[i]
			if a.top != row || s.blank(a) || valueLike(s.textOf(a)) || s.at(a.top, a.left).number {
				continue
			}
			e := entry{label: a}
			text := s.textOf(a)
			switch {
			case i+1 < len(areas) && areas[i+1].top == row && (s.blank(areas[i+1]) || valueLike(s.textOf(areas[i+1])) || signatures(s.textOf(areas[i+1]))):
				e.cell = areas[i+1]
				i++
			case l.opensGroup(areas, i):
				rowGroup = bare(text)
				continue
			case a.height() > 1 && a.right < l.box.right, i+1 < len(areas) && a.height() == 1 && groupName(text) && i == 0:
				continue // the name of a group, see groupsOf
			case inlineLabel(text):
				for _, label := range labelsIn(text) {
					if !label.filled {
						out = append(out, entry{l.inGroup(a, section, label.text), a, a, true})
					}
				}
				continue
			case a.bottom < l.box.bottom && l.blankBelow(a):
				e.cell = s.area(a.bottom+1, a.left)
			default:
				continue
			}
			e.path = l.inGroup(a, section, text)
			if rowGroup != "" {
				e.path = slices.Insert(e.path, len(e.path)-1, rowGroup)
			}
			out = append(out, e)
		}
	}
	return out
}

// opensGroup tells whether a word names a group of the labels to its right in
// the same row: 监护人 | 姓名 | ___ | 电话 | ___.
func (l *layout) opensGroup(areas []rect, i int) bool {
	s, a := l.s, areas[i]
	if i+2 >= len(areas) || a.height() > 1 || inlineLabel(s.textOf(a)) || i > 0 && !s.blank(areas[i-1]) && areas[i-1].height() == 1 && !valueLike(s.textOf(areas[i-1])) {
		return false
	}
	label, cell := areas[i+1], areas[i+2]
	return label.top == a.top && label.height() == 1 && !s.blank(label) && !inlineLabel(s.textOf(label)) && !s.at(label.top, label.left).number &&
		cell.top == a.top && (s.blank(cell) || valueLike(s.textOf(cell)))
}

func (l *layout) blankBelow(a rect) bool {
	below := l.s.area(a.bottom+1, a.left)
	return l.s.blank(below) && below.width() == a.width()
}

func groupName(t string) bool { return sectionLike(fold(t)) }

// inGroup is the path of a label: the captions above, the tall cells left of
// it, itself.
func (l *layout) inGroup(a rect, section, text string) []string {
	var out []string
	if section != "" {
		out = append(out, section)
	}
	var seen []rect
	for col := l.box.left; col < a.left; {
		g := l.s.area(a.top, col)
		whole := l.s.area(a.top, g.left)
		if !l.s.blank(g) && whole.height() > 1 && whole.height() > a.height() && !valueLike(l.s.textOf(g)) && !slices.Contains(seen, whole) && !l.hasCell(whole) {
			seen = append(seen, whole)
			out = append(out, bare(l.s.textOf(whole)))
		}
		col = g.right + 1
	}
	return append(out, strings.TrimRight(bare(text), ":："))
}

// hasCell tells whether a tall label has a blank as tall beside it, so that it
// is a label and not the name of a group.
func (l *layout) hasCell(g rect) bool {
	if g.right >= l.box.right {
		return false
	}
	next := l.s.area(g.top, g.right+1)
	return l.s.blank(next) && next.top == g.top && next.bottom == g.bottom
}

var signatureWords = regexp.MustCompile(`经办人|负责人|审核人|审批人|填表人|申请人|领导|主任|签字|签名|签章|盖章|公章|单位|部门|社区|街道|意见|[年月日:_()、，。/]`)

// signatures tells whether a text leaves room for signatures, stamps and dates
// alone, so that the cell is that of the opinion beside it.
func signatures(t string) bool {
	f := fold(t)
	return strings.ContainsAny(f, "章签年") && signatureWords.ReplaceAllString(f, "") == ""
}

// inlineLabel tells whether the blank follows the label in its own cell.
func inlineLabel(t string) bool {
	f := fold(t)
	return strings.ContainsRune(f, ':') || strings.Contains(t, "____") || len(f) > 3 && dateTail.MatchString(f)
}
