package table

import (
	"regexp"
	"slices"
	"strings"
)

// isDown tells a table whose rows are what is asked and whose columns are the
// places: the side headers are counts, the headers above are none.
func (t *tabling) isDown() bool {
	l := t.l
	if l.last == 0 {
		return false
	}
	sides := 1
	for sides < min(3, len(l.columns)) && t.sideTexts(sides) > (l.box.bottom-l.first+1)/2 {
		sides++
	}
	across, rows := 0, 0
	for _, c := range l.columns[sides:] {
		if a := t.v.read(l.path(c)); t.v.measure(a) != "" || t.known(a) {
			across++
		}
	}
	for row := l.first; row <= l.box.bottom; row++ {
		if a := t.v.read(t.sidePath(row, sides)); t.v.measure(a) != "" || t.known(a) {
			rows++
		}
	}
	if rows < 2 || across*2 >= len(l.columns)-sides || rows <= across {
		return false
	}
	l.sides = sides
	return true
}

func (t *tabling) known(a ask) bool {
	return slices.ContainsFunc(a.ids, func(id string) bool {
		return strings.HasPrefix(id, "building.") || strings.HasPrefix(id, "organisation.") && id != "organisation.name" || strings.HasPrefix(id, "dwelling.")
	})
}

// sideTexts counts the rows with a word in the nth column.
func (t *tabling) sideTexts(n int) int {
	count := 0
	for row := t.l.first; row <= t.l.box.bottom; row++ {
		if txt := t.s.text(row, t.l.columns[n].left); txt != "" && (units[fold(txt)] || !valueLike(txt)) {
			count++
		}
	}
	return count
}

var (
	numberHead = regexp.MustCompile(`^(序号|编号|行次|代码|栏次|序|行号|指标代码|行序)$`)
	unitHead   = regexp.MustCompile(`^(计量单位|单位)$`)
)

// sidePath is the path of side headers of a row; a column of numbers or of
// units is no part of it.
func (t *tabling) sidePath(row, sides int) []string {
	var out []string
	var seen []rect
	head := t.l.header[len(t.l.header)-1]
	for _, a := range t.s.areas(row, rect{t.l.box.left, row, t.l.columns[sides-1].right, row}) {
		if h := fold(t.s.text(head, a.left)); numberHead.MatchString(h) || unitHead.MatchString(h) {
			continue
		}
		text := bare(t.s.textOf(a))
		if slices.Contains(seen, a) || text == "" {
			continue
		}
		seen = append(seen, a)
		out = append(out, text)
	}
	return out
}

// downColumns are the rows of a table that runs down.
func (t *tabling) downColumns() ([]Column, []ask) {
	var columns []Column
	var asks []ask
	l := t.l
	var keep []int
	for row := l.first; row <= l.box.bottom; row++ {
		path := t.sidePath(row, l.sides)
		if len(path) == 0 {
			continue
		}
		if slices.Contains(l.keep, row) && !totalWord.MatchString(fold(path[0])) {
			keep = append(keep, row)
			continue
		}
		columns = append(columns, Column{Row: row, Header: strings.Join(path, "/")})
		a := t.v.read(path)
		if a.unit == "" {
			for _, c := range l.columns[:l.sides] {
				if u := fold(t.s.text(row, c.left)); unitHead.MatchString(fold(t.s.text(c.bottom, c.left))) && units[u] {
					a.unit = u
				}
			}
		}
		asks = append(asks, a)
		l.last = row
	}
	return columns, asks
}

// rowNames is the element of the names that the sender's rows bear.
func (t *tabling) rowNames(asks []ask) string {
	communities, streets := 0, 0
	for row := t.l.first; row <= t.l.box.bottom; row++ {
		for _, c := range t.l.columns[:min(3, len(t.l.columns))] {
			switch w := fold(t.s.text(row, c.left)); {
			case communityRow.MatchString(w):
				communities++
			case streetRow.MatchString(w):
				streets++
			}
		}
	}
	switch {
	case communities > streets:
		return "community.name"
	case streets > 0:
		return "street.name"
	}
	switch title := fold(t.title + t.sheetTitle); {
	case strings.Contains(title, "各社区"), strings.Contains(title, "各村"):
		return "community.name"
	case strings.Contains(title, "各街道"), strings.Contains(title, "各镇"), strings.Contains(title, "各乡镇"):
		return "street.name"
	}
	return ""
}
