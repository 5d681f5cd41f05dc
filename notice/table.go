package notice

import (
	"slices"
	"strings"
)

// A taskTable is a table of the document: its rows, laid on one grid.
type taskTable struct {
	rows []row
}

// A row is one row of a table.
type row struct {
	fields []prose // one for each column; a merged cell is repeated downwards
	down   []bool  // whether the field continues the one above
	span   Span    // the whole row
}

// readRows reads the table that begins at block i, if one does: rows with
// cells, or a table that was saved as one cell a line. next is the first block
// behind it.
func readRows(doc *Document, i int) (rows []row, next int) {
	if doc.Blocks[i].Table == 0 {
		return stackedRows(doc, i)
	}
	if framed(doc.Blocks[i]) {
		return nil, i
	}
	for next = i; next < len(doc.Blocks) && doc.Blocks[next].Table == doc.Blocks[i].Table; next++ {
		rows = append(rows, gridRow(next, doc.Blocks[next]))
	}
	return rows, next
}

// framed tells whether a row is a paragraph with a frame around it.
func framed(b Block) bool { return len(b.Cells) < 2 && !strings.Contains(b.Text, "\t") }

func gridRow(block int, b Block) row {
	r := row{span: Span{Block: block, End: len(b.Text)}}
	at := 0
	for _, c := range b.Cells {
		p := newProse(block, c.Text)
		if at+len(c.Text) <= len(b.Text) && b.Text[at:at+len(c.Text)] == c.Text {
			for k := range p.at {
				p.at[k] += at
			}
			p.src = b.Text
			at += len(c.Text) + 1
		}
		r.fields = append(r.fields, p.cut(0, p.len()))
		r.down = append(r.down, c.Down)
	}
	if len(r.fields) == 0 {
		p := newProse(block, b.Text)
		r.fields, r.down = []prose{p.cut(0, p.len())}, []bool{false}
	}
	return r
}

// A layout tells what the columns of a table say.
type layout struct {
	kinds []string
	text  int // the column that says what to do, -1 if none
}

// readLayout reads a row of column headings; ok is false if it is none.
func readLayout(r row) (l layout, ok bool) {
	l.text = -1
	known := 0
	for i, f := range r.fields {
		kind := headingKind(f.runes)
		l.kinds = append(l.kinds, kind)
		if kind == "" || i > 0 && r.fields[i].String() == r.fields[i-1].String() {
			continue
		}
		known++
		if kind == "text" {
			l.text = i
		}
	}
	if l.text < 0 {
		for i, kind := range l.kinds {
			if kind == "name" {
				l.text = i
			}
		}
	}
	return l, known >= 2 && known*2 >= len(r.fields) && l.text >= 0
}

// headingKind is columnKind for the heading of a column, which may also be put
// together from usual words: 排查内容, 整改完成时间.
func headingKind(label []rune) string {
	if kind := columnKind(label); kind != "" || len(label) > 8 {
		return kind
	}
	switch {
	case endsAny(label, "内容", "措施", "举措", "任务", "要求", "标准"):
		return "text"
	case endsAny(label, "时限", "期限", "完成时间", "时间节点", "截止日期"):
		return "due"
	case endsAny(label, "领导", "责任人", "负责人", "联系人", "电话", "备注"):
		return "other"
	}
	return ""
}

// has tells whether the table has a column of that kind.
func (l layout) has(kind string) bool {
	for _, k := range l.kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// field is the first field of the kind in a row.
func (l layout) field(r row, kind string) (prose, bool) {
	for i, k := range l.kinds {
		if k == kind && i < len(r.fields) {
			return r.fields[i], true
		}
	}
	return prose{}, false
}

// assignment is what the columns of a row say.
func (r *reader) columns(l layout, row row) assignment {
	var a assignment
	for i, kind := range l.kinds {
		if i >= len(row.fields) || row.fields[i].len() == 0 {
			continue
		}
		f := row.fields[i]
		switch {
		case kind == "due" && a.due == nil:
			a.due = r.years.columnDue(f)
		case kind == "lead" || kind == "unit" || kind == "support":
			a = a.with(r.unitCell(kind, f))
		}
	}
	if row.span.Block >= r.ordered && len(a.lead) == 0 && len(a.unit) > 1 {
		a.lead, a.unit = a.unit[:1], a.unit[1:]
	}
	a.named = l.has("lead") || l.has("unit") || l.has("support")
	return a
}

// unitCell reads a cell of a column of units, which may say more of each than
// its heading: "牵头：A；配合：B", "A（牵头）、B".
func (r *reader) unitCell(kind string, f prose) assignment {
	if labelled(f.runes) {
		return r.labels(f)
	}
	if a, ok := r.markedLead(f); ok {
		return a
	}
	var a assignment
	r.value(&a, kind, f)
	return a
}

// table reads the tasks of a table that stands under c.
func (r *reader) table(c *clause, path string, t taskTable) {
	l, first, found := r.guessLayout(t.rows)
	if found {
		fillDown(l, t.rows[first:])
	}
	section, part := "", 0
	for i, row := range t.rows {
		if next, ok := readLayout(row); ok {
			l, found = next, true
			fillDown(l, t.rows[i+1:])
			continue
		}
		if !found || i < first {
			continue
		}
		number := rowNumber(l, row)
		if name, ok := sectionRow(t.rows, i, l, number); ok {
			section = name
			continue
		}
		if number.kind == hanNumber {
			section = "" // a section that is a task itself
		}
		if part++; !row.continues(l) {
			part = 1
		}
		r.row(rowAt{c: c, table: t.rows, i: i, layout: l, base: joinPath(path, section), number: number, part: part})
	}
}

// fillDown gives rows the number and name of the row above where they have
// none: text knows no merged cells.
func fillDown(l layout, rows []row) {
	number := slices.Index(l.kinds, "number")
	if number < 0 {
		return
	}
	for i := 1; i < len(rows); i++ {
		row, above := rows[i], rows[i-1]
		if number >= min(len(row.fields), len(above.fields)) || row.fields[number].len() > 0 || across(row) || named(l, row) || rowNumber(l, above).kind == unnumbered {
			continue
		}
		for k, kind := range l.kinds[:min(len(l.kinds), len(row.fields), len(above.fields))] {
			if (kind == "number" || kind == "name") && k != l.text && row.fields[k].len() == 0 {
				row.fields[k], row.down[k] = above.fields[k], true
			}
		}
	}
}

// named tells whether a row has a name beside its text.
func named(l layout, r row) bool {
	for k, kind := range l.kinds[:min(len(l.kinds), len(r.fields))] {
		if kind == "name" && k != l.text && r.fields[k].len() > 0 {
			return true
		}
	}
	return false
}

// rowNumber reads the number of a row.
func rowNumber(l layout, r row) ordinal {
	f, ok := l.field(r, "number")
	if !ok || f.len() == 0 {
		return ordinal{}
	}
	n := readNumber(append(append([]rune{}, f.runes...), '.'))
	if n.kind == unnumbered {
		n = ordinal{kind: headingWords, label: f.String()}
	}
	return n
}

// sectionRow tells whether row i is the heading of the rows below it: it counts
// by 一、 while they count by 1, or one merged cell runs across.
func sectionRow(rows []row, i int, l layout, n ordinal) (label string, ok bool) {
	if across(rows[i]) {
		p := firstField(rows[i])
		if n := readNumber(p.runes); n.kind != unnumbered {
			return n.label, true
		}
		return trimHeading(p), isHeadingLine(p)
	}
	if n.kind != hanNumber && n.kind != hanBracket || i+1 >= len(rows) {
		return "", false
	}
	below := rowNumber(l, rows[i+1])
	return n.label, below.kind > n.kind
}

// across tells whether only one field of the row says anything.
func across(r row) bool {
	filled := 0
	for _, f := range r.fields {
		if f.len() > 0 {
			filled++
		}
	}
	return filled == 1 && len(r.fields) > 2
}

func firstField(r row) prose {
	for _, f := range r.fields {
		if f.len() > 0 {
			return f
		}
	}
	return prose{}
}

// A rowAt is a row with its place.
type rowAt struct {
	c      *clause
	table  []row
	i      int
	layout layout
	base   string
	number ordinal
	part   int // counts the rows that share a number, from 1
}

// row makes a task of a row.
func (r *reader) row(at rowAt) {
	row := at.table[at.i]
	name, _ := at.layout.field(row, "name")
	if at.layout.text >= len(row.fields) {
		return
	}
	text := row.fields[at.layout.text]
	if text.len() < 2 {
		text = name
	}
	if text.len() < 2 || name.has("总分", "合计", "加分", "扣分", "奖扣", "奖惩", "否决") || text.has("总分") && text.len() < 5 {
		return
	}
	t := Task{Path: at.path(), Text: text.String(), At: []Span{row.span}, Stage: -1}
	a := r.columns(at.layout, row)
	if a.named {
		t.Lead, t.Support = a.leads(), a.supports()
	} else {
		t.Lead, t.Support = readActors(text).settled()
	}
	t.Quotas = quotas(text)
	t.Due = r.deadline(a.due, text)
	t.Heading = headingOf(name, text)
	t.Section = sectionOf(at.c)
	r.add(t)
}

// continues tells whether a row shares the number of the row above.
func (r row) continues(l layout) bool {
	for i, k := range l.kinds {
		if k == "number" {
			return i < len(r.down) && r.down[i]
		}
	}
	return false
}

// path numbers a row: rows that share the number of the one above get #1, #2.
func (at rowAt) path() string {
	label := at.number.label
	shares := func(i int) bool { return i < len(at.table) && at.table[i].continues(at.layout) }
	if !at.layout.has("number") || label == "" {
		return joinPath(at.base, "#"+itoa(at.i))
	}
	if !shares(at.i) && !shares(at.i+1) {
		return joinPath(at.base, label)
	}
	return joinPath(at.base, label) + "#" + itoa(at.part)
}
