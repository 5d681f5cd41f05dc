package notice

import "strings"

// stackedRows reads a table that was saved as one cell a line: its headings,
// then for each row a number and its cells.
func stackedRows(doc *Document, i int) (rows []row, next int) {
	head, l, ok := stackedHead(doc, i)
	if !ok {
		return nil, i
	}
	rows = append(rows, head)
	next = i + len(head.fields)
	for want := 1; next < len(doc.Blocks); want++ {
		if strings.TrimSpace(doc.Blocks[next].Text) != itoa(want) {
			break
		}
		end := next + 1
		for end < len(doc.Blocks) && end-next < 30 && doc.Blocks[end].Table == 0 && strings.TrimSpace(doc.Blocks[end].Text) != itoa(want+1) {
			end++
		}
		if rowEnd := stackedEnd(doc, next, end); rowEnd > 0 {
			end = rowEnd
		}
		rows = append(rows, stackedRow(doc, next, end, l))
		next = end
	}
	if len(rows) < 3 {
		return nil, i
	}
	return rows, next
}

// stackedEnd is the end of the last row, where no further number bounds it: a
// title or a new number begins.
func stackedEnd(doc *Document, from, end int) int {
	for i := from + 1; i < end; i++ {
		p := newProse(i, doc.Blocks[i].Text)
		if isTitle(p) && i > from+2 || readNumber(p.runes).kind == hanNumber {
			return i
		}
	}
	return 0
}

// stackedHead reads headings on lines of their own, the first of them 序号.
func stackedHead(doc *Document, i int) (r row, l layout, ok bool) {
	for j := i; j < len(doc.Blocks) && j-i < 12 && doc.Blocks[j].Table == 0; j++ {
		p := newProse(j, firstRunes(doc.Blocks[j].Text, 20))
		p = p.cut(0, p.len())
		kind := columnKind(p.runes)
		if kind == "" || j == i && kind != "number" {
			break
		}
		r.fields = append(r.fields, p)
		r.down = append(r.down, false)
	}
	if len(r.fields) < 3 {
		return r, l, false
	}
	l, ok = readLayout(r)
	return r, l, ok
}

// stackedRow gives the lines of a row to its columns. The deadline is known by
// its form, units by theirs; a merged cell of the column before the text is
// missing in all rows but the first.
func stackedRow(doc *Document, from, to int, l layout) row {
	r := row{fields: make([]prose, len(l.kinds)), down: make([]bool, len(l.kinds)), span: Span{Block: from, End: len(doc.Blocks[from].Text)}}
	var lines []prose
	for i := from; i < to; i++ {
		p := newProse(i, doc.Blocks[i].Text)
		lines = append(lines, p.cut(0, p.len()))
	}
	r.put(l, "number", lines[0])
	lines = lines[1:]
	if n := len(lines); n > 0 && l.has("due") && isDateCell(lines[n-1]) {
		r.put(l, "due", lines[n-1])
		lines = lines[:n-1]
	}
	units := len(lines)
	for units > 1 && isUnitCell(lines[units-1]) {
		units--
	}
	r.putUnits(l, lines[units:])
	switch {
	case units == 1:
		r.fields[l.text] = lines[0]
	case units > 1:
		r.put(l, "name", lines[0])
		r.fields[l.text] = lines[1]
	}
	return r
}

func (r *row) put(l layout, kind string, p prose) {
	for i, k := range l.kinds {
		if k == kind && i != l.text {
			r.fields[i] = p
			return
		}
	}
}

// putUnits gives the first line of units to the first column of units and the
// rest to the second. A line that ends in 、 goes on in the next.
func (r *row) putUnits(l layout, lines []prose) {
	var columns []int
	for i, k := range l.kinds {
		if k == "lead" || k == "unit" || k == "support" {
			columns = append(columns, i)
		}
	}
	if len(columns) == 0 || len(lines) == 0 {
		return
	}
	groups := joinLines(lines)
	for i, g := range groups {
		c := columns[min(i, len(columns)-1)]
		if r.fields[c].len() > 0 {
			g = glue(r.fields[c], g)
		}
		r.fields[c] = g
	}
}

func joinLines(lines []prose) []prose {
	var out []prose
	open := false
	for _, p := range lines {
		if open {
			out[len(out)-1] = glue(out[len(out)-1], p)
		} else {
			out = append(out, p)
		}
		open = endsAny(p.runes, "、", ",")
	}
	return out
}

// glue joins two lines into one list.
func glue(a, b prose) prose {
	return newProse(a.block, a.String()+"\n"+b.String())
}

func isDateCell(p prose) bool {
	if p.len() > 24 {
		return false
	}
	y := years{}
	return y.columnDue(p) != nil || p.has("长期", "全年", "持续", "常态")
}

// isUnitCell tells whether every entry of a line is the name of a unit.
func isUnitCell(p prose) bool {
	if p.len() == 0 || p.len() > 120 || endsAny(p.runes, "。", ";") {
		return false
	}
	entries := p.parts("、,")
	for _, e := range entries {
		rs := p.cut(e.start, e.end).runes
		bare := withoutBracketAtEnd(rs)
		if len(rs) > 0 && (unitHeads.suffix(bare) == 0 || notUnits.has(bare) || verbsStart(rs)) {
			return false
		}
	}
	return len(entries) > 0
}
