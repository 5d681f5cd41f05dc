package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	totalWord   = regexp.MustCompile(`^(合计|总计|小计|共计|总合计|累计|汇总|全街道合计|全镇合计|街道合计|本页合计|本页小计)(\(.*\))?$`)
	exampleWord = regexp.MustCompile(`^\(?(示例|例|样例|范例|填写示例|示范|举例|填表示例|样表|填报示例|例如|如|样板)([0-9一二三:：\)].*)?\)?$`)
	exampleText = regexp.MustCompile(`[xX×*＊]{3,}|某某|示例|张三|李四|王五|\(例\)|^例[:：]`)
	ordinal     = regexp.MustCompile(`^(\(?[0-9]{1,3}\)?|[甲乙丙丁戊己庚辛壬癸]|[a-zA-Z]|[①-⑳]|\([一二三四五六七八九十]+\)|栏次|列次|[0-9]{1,2}=.*)$`)
)

// isOrdinals tells a row of numbers below the header: 1 2 3, or 甲 乙 1 2.
func (s *sheet) isOrdinals(row int, box rect) bool {
	n := 0
	areas := s.areas(row, box)
	for _, a := range areas {
		t := fold(s.textOf(a))
		if t == "" {
			continue
		}
		if !ordinal.MatchString(t) {
			return false
		}
		n++
	}
	return n >= 2 && n*2 > len(areas)
}

// isTotal tells a row of totals.
func (s *sheet) isTotal(row int, box rect) bool {
	for i, a := range s.areas(row, box) {
		t := fold(s.textOf(a))
		if a.top == row && t != "" && !totalWord.MatchString(t) && !isCounter(t) {
			return false // 人口 | 合计: the whole of a group that begins here
		}
		if a.top == row && totalWord.MatchString(t) {
			return true
		}
		if t != "" && i > 2 {
			break
		}
	}
	return false
}

// isExample tells a row that shows how to fill in the others.
func (s *sheet) isExample(row int, box rect) bool {
	filled, marks := 0, 0
	areas := s.areas(row, box)
	for i, a := range areas {
		t := fold(s.textOf(a))
		if a.top != row || t == "" {
			continue
		}
		if i < 2 && exampleWord.MatchString(t) {
			return true
		}
		filled++
		if exampleText.MatchString(t) {
			marks++
		}
	}
	return marks > 0 && filled*2 > len(areas)
}

// startsTable tells whether a new table begins at a row inside a block: a
// caption or a row of header words after rows to be filled.
func (s *sheet) startsTable(row int, box rect) bool {
	areas := s.areas(row, box)
	if areas[0].top != row || row == box.bottom {
		return false
	}
	if len(areas) == 1 {
		if s.blank(areas[0]) || isNote(fold(s.textOf(areas[0]))) {
			return false
		}
		return s.allWords(row+1, box) >= 3
	}
	return s.blankRow(row-1, box) && s.allWords(row, box) >= 3 && s.blankRow(row+1, box) && !s.isTotal(row, box) && !s.isExample(row, box)
}

// allWords counts the areas of a row where each holds a word; 0 where one does
// not.
func (s *sheet) allWords(row int, box rect) int {
	if row > box.bottom {
		return 0
	}
	areas := s.areas(row, box)
	for _, a := range areas {
		c := s.at(s.area(a.top, a.left).top, s.area(a.top, a.left).left)
		if c.text == "" || c.number || c.formula || valueLike(c.text) || len([]rune(c.text)) > 30 {
			return 0
		}
	}
	return len(areas)
}

func (s *sheet) blankRow(row int, box rect) bool {
	for _, c := range s.row(row) {
		if c.col >= box.left && c.col <= box.right && (c.text != "" || c.formula) {
			return false
		}
	}
	return true
}

// filledRows finds rows that the sender filled in whole, which are never
// written, and tells rows that the sender named from blank ones.
func (l *layout) filledRows() {
	s, box := l.s, l.box
	named, rows, lastNamed := 0, 0, 0
	for row := l.first; row <= box.bottom; row++ {
		if slices.Contains(l.keep, row) {
			continue
		}
		rows++
		words, texts, areas := 0, 0, 0
		for i, c := range l.columns {
			a := s.area(row, c.left)
			areas++
			at := s.at(a.top, a.left)
			if at.text == "" || valueLike(at.text) {
				continue
			}
			words++
			if !(i == 0 && isCounter(at.text)) && (!at.number || roomLike(l, c)) {
				texts++
			}
		}
		if words == areas && areas >= 4 && texts*2 >= areas {
			l.keep = append(l.keep, row)
			l.example = row
			rows--
			if row == l.first {
				l.first++
			}
			continue
		}
		if len(s.areas(row, box)) == 1 && words > 0 {
			l.keep = append(l.keep, row) // a caption between the rows
			continue
		}
		if texts > 0 {
			named++
			lastNamed = row
		}
	}
	slices.Sort(l.keep)
	if named > 0 && named*2 >= rows {
		l.last = lastNamed
		for row := lastNamed + 1; row <= box.bottom; row++ {
			if !slices.Contains(l.keep, row) {
				l.last = row
			}
		}
	}
}

// roomLike tells whether a column of numbers names rooms or buildings.
func roomLike(l *layout, c rect) bool {
	t := fold(l.s.text(c.bottom, c.left))
	return strings.HasSuffix(t, "号") && !strings.Contains(t, "序号") || strings.HasSuffix(t, "室")
}

func isCounter(t string) bool {
	_, err := strconv.Atoi(strings.Trim(fold(t), "(). 、"))
	return err == nil
}
