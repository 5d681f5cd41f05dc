package table

import (
	"regexp"
	"slices"
	"strings"
)

// A Mapper maps workbooks by a dictionary. It may be used by several goroutines
// at once, each with its own workbook.
type Mapper struct{ v *vocabulary }

// NewMapper takes the names out of a dictionary.
func NewMapper(d Dictionary) *Mapper { return &Mapper{newVocabulary(d)} }

// Map tells what every table of the workbook asks for. For more than one
// workbook a [Mapper] is faster.
func (wb *Workbook) Map(d Dictionary) Mapping { return NewMapper(d).Map(wb) }

// Map tells what every table of a workbook asks for.
func (mp *Mapper) Map(wb *Workbook) Mapping {
	v := mp.v
	m := Mapping{Sheets: []Sheet{}}
	for _, s := range wb.sheets {
		out := Sheet{Name: s.name, Hidden: s.hidden, Tables: []Table{}}
		if !s.hidden && !wb.isLookup(s) {
			out.Tables = wb.tables(v, s)
		}
		m.Sheets = append(m.Sheets, out)
	}
	return m
}

var lookupName = regexp.MustCompile(`字典|下拉|代码表|选项|数据源|参数|码表|枚举|填表说明|填报说明|填写说明|说明|须知|指南|指引|要求|目录|封面`)

// isLookup tells a sheet of instructions or of entries for drop-down lists.
func (wb *Workbook) isLookup(s *sheet) bool {
	if lookupName.MatchString(s.name) {
		return true
	}
	for _, o := range wb.sheets {
		for i, l := range o.lists {
			if i > 200 {
				break
			}
			name, _, ok := cutLast(l.formula, "!")
			if to := wb.names[strings.ToLower(l.formula)]; !ok && to != "" {
				name, _, ok = cutLast(to, "!")
			}
			if ok && o != s && strings.EqualFold(strings.Trim(name, "'"), s.name) {
				return true
			}
		}
	}
	return false
}

// An item is a text around the tables.
type item struct {
	row  int
	area rect
	text string
}

// tables maps one sheet.
func (wb *Workbook) tables(v *vocabulary, s *sheet) []Table {
	var all []*layout
	for _, box := range s.blocks() {
		for _, l := range s.layouts(box) {
			if l.fillable() {
				all = append(all, l)
			}
		}
	}
	out := []Table{}
	if len(all) == 0 {
		return out
	}
	around := s.around(all)
	sheetTitle := ""
	var head []item // what stands above the first table holds for all
	for i, l := range all {
		t := &tabling{wb: wb, v: v, s: s, l: l, above: around[i]}
		if i == len(all)-1 || l.box.top == all[len(all)-1].box.top && l.box.bottom >= all[len(all)-1].box.bottom {
			t.below = s.below(l, all)
		}
		if i == 0 {
			head = around[0]
		} else {
			t.head = head
		}
		title, caption := t.titles(i == 0)
		if i == 0 || title != "" {
			sheetTitle = title
		}
		if title == "" && i > 0 && l.box.top == all[i-1].box.top {
			title = sheetTitle
		}
		t.title, t.sheetTitle = sheetTitle, sheetTitle
		if caption == "" {
			caption = cleanCaption(l.caption)
		}
		if caption != "" {
			t.title = caption
		}
		out = append(out, t.table())
		for _, n := range l.nested {
			nt := &tabling{wb: wb, v: v, s: s, l: n, title: cleanCaption(n.caption), sheetTitle: sheetTitle, nested: true, above: t.above}
			if nt.title == "" {
				nt.title = t.title
			}
			out = append(out, nt.table())
		}
	}
	return out
}

// fillable tells whether a layout has cells to be filled; what is written out
// in full is an explanation.
func (l *layout) fillable() bool {
	if l.form {
		return true
	}
	blank, cells := 0, 0
	for row := l.first; row <= min(l.box.bottom, l.first+50); row++ {
		if slices.Contains(l.keep, row) && row != l.example {
			continue
		}
		for _, c := range l.columns {
			cells++
			if l.s.blank(l.s.area(row, c.left)) || l.s.at(row, c.left).formula || valueLike(l.s.text(row, c.left)) {
				blank++
			}
		}
	}
	return len(l.columns) >= 2 && (cells == 0 || blank*4 >= cells)
}

// around gives each layout the texts above it, up to the layouts before.
func (s *sheet) around(all []*layout) [][]item {
	out := make([][]item, len(all))
	for i, l := range all {
		from := 0
		for _, o := range all {
			if o.box.bottom < l.box.top {
				from = max(from, o.box.bottom)
			}
		}
		first := i == 0 || all[i-1].box.top != l.box.top
		for row := from + 1; row < l.box.top; row++ {
			for _, it := range s.items(row) {
				beside := slices.ContainsFunc(all, func(o *layout) bool { return it.row >= o.box.top && it.row <= o.box.bottom })
				over := it.area.left <= l.box.right && it.area.right >= l.box.left
				if !beside && (first && !slices.ContainsFunc(all, func(o *layout) bool {
					return o != l && o.box.top == l.box.top && it.area.left >= o.box.left && it.area.right <= o.box.right
				}) || !first && over && it.area.left >= l.box.left) {
					out[i] = append(out[i], it)
				}
			}
		}
	}
	return out
}

func (s *sheet) items(row int) []item {
	var out []item
	for _, c := range s.row(row) {
		if c.text != "" {
			out = append(out, item{row, s.area(row, c.col), c.text})
		}
	}
	return out
}

// below are the texts below the last layout.
func (s *sheet) below(l *layout, all []*layout) []item {
	bottom := 0
	for _, o := range all {
		bottom = max(bottom, o.box.bottom)
	}
	last := all[len(all)-1]
	var out []item
	for row := bottom + 1; row < min(len(s.rows), bottom+200); row++ {
		for _, it := range s.items(row) {
			if l == last || it.area.right < last.box.left {
				if l == last && len(all) > 1 && all[len(all)-2].box.top == l.box.top && it.area.right < l.box.left {
					continue
				}
				out = append(out, it)
			}
		}
	}
	return out
}

// A tabling is the making of one table out of its layout.
type tabling struct {
	wb         *Workbook
	v          *vocabulary
	s          *sheet
	l          *layout
	title      string
	sheetTitle string
	above      []item
	below      []item
	notes      []string
	nested     bool
	head       []item // above the first table of the sheet, where this is another
	units      []unitLine
	kind       Kind
}

// table maps the layout.
func (t *tabling) table() Table {
	l := t.l
	t.collect()
	out := Table{
		Range: l.box.String(), Axis: Across, Title: t.title, HeaderRows: []int{}, FirstRow: l.first, LastRow: LastRow(l.last), Keep: []int{},
		Columns: []Column{}, Lines: []Column{},
	}
	out.HeaderRows = append(out.HeaderRows, l.header...)
	out.Keep = append(out.Keep, l.keep...)
	var asks []ask
	var columns []Column
	switch {
	case l.form:
		columns, asks = t.formColumns()
		out.Kind = Form
	case t.isDown():
		columns, asks = t.downColumns()
		out.Axis = Down
		out.LastRow = LastRow(l.last)
	default:
		columns, asks = t.listColumns()
	}
	title := fold(t.title + t.sheetTitle)
	if t.nested {
		title = fold(t.title)
	}
	kind := t.v.kind(asks, title, l.last > 0 && !l.inForm)
	if out.Axis == Down {
		kind = Place
	}
	if l.form {
		out.About = kind
	} else {
		out.Kind = kind
	}
	t.kind = kind
	t.settle(columns, asks, kind, title)
	out.Columns = columns
	out.Lines = append(out.Lines, t.lines()...)
	if t.nested {
		out.Lines = []Column{}
	}
	var texts []string
	for _, it := range append(slices.Clone(t.above), t.head...) {
		if before := t.s.text(it.row, it.area.left-1); strings.HasSuffix(fold(before), ":") {
			texts = append(texts, before+it.text)
			continue
		}
		texts = append(texts, it.text)
	}
	head := t.title
	if !t.nested && t.sheetTitle != t.title {
		texts = append([]string{t.sheetTitle}, texts...)
	}
	out.Scope = scopeOf(head, texts)
	return out
}

// listColumns are the columns of a list with what their headers ask.
func (t *tabling) listColumns() ([]Column, []ask) {
	var columns []Column
	var asks []ask
	for _, c := range t.l.columns {
		path := t.l.path(c)
		if len(path) == 0 {
			continue
		}
		columns = append(columns, Column{Letter: letters(c.left), Header: strings.Join(path, "/")})
		asks = append(asks, t.v.read(path))
	}
	return columns, asks
}

func (t *tabling) formColumns() ([]Column, []ask) {
	var columns []Column
	var asks []ask
	for _, e := range t.l.entries() {
		columns = append(columns, Column{Cell: cellName(e.cell.top, e.cell.left), Header: strings.Join(e.path, "/"), Inline: e.inline})
		asks = append(asks, t.v.read(e.path))
	}
	return columns, asks
}

// settle gives every column its element, score, unit and format.
func (t *tabling) settle(columns []Column, asks []ask, kind Kind, title string) {
	r := &resolver{vocabulary: t.v, kind: kind, form: t.l.form, title: title}
	c := t.v.census(asks)
	if kind == Person && c.selfName < 0 {
		r.leader = t.v.leader(asks)
	}
	if people := peopleGroup(asks); kind == Person {
		for i := range asks {
			if asks[i].strange && asks[i].group == people {
				asks[i].strange = false
			}
		}
	}
	r.people, r.organs = c.selfName >= 0, c.has["organisation.name"]
	if kind == Place {
		r.place = t.rowNames(asks)
	}
	for i, s := range r.elements(asks) {
		columns[i].Element, columns[i].Score = s.id, round(s.sure)
		if s.id == "" {
			columns[i].Score = 0
			continue
		}
		switch t.v.types(s.id) {
		case "integer", "decimal", "money", "age":
			columns[i].Unit = asks[i].unit
		}
		if columns[i].Unit == "" {
			columns[i].Unit = t.lineUnit(s.id)
		}
		columns[i].Format = t.v.format(s.id, columns[i].Header, t.hint(columns[i], asks[i]))
	}
}

func round(f float64) float64 { return float64(int(f*100+0.5)) / 100 }

// hint collects what the sheet says about how a column is written.
func (t *tabling) hint(c Column, a ask) hint {
	h := hint{notes: t.notes}
	for _, p := range a.path {
		h.words = append(h.words, p.hints...)
	}
	h.words = append([]string{lastOf(c.Header)}, h.words...)
	row, col, ok := parseCell(c.Cell)
	switch {
	case ok && c.Inline:
		for _, l := range labelsIn(t.s.text(row, col)) {
			if strings.HasSuffix(c.Header, l.text) {
				h.prefill = l.after
			}
		}
	case ok:
		h.prefill = t.s.text(row, col)
	case c.Letter != "":
		_, col, _ = parseCell(c.Letter + "1")
		row = t.l.first
		if t.l.example > 0 {
			h.example = t.s.text(t.l.example, col)
		}
		h.prefill = t.s.text(row, col)
		for _, head := range t.l.header {
			if n := t.s.notes[[2]int{head, col}]; n != "" {
				h.words = append(h.words, n)
			}
		}
		if l := t.l; l.last > 0 || row <= l.box.bottom {
			h.computed = t.s.at(row, col).formula
		}
	case c.Row > 0:
		row = c.Row
		col = t.l.columns[min(t.l.sides, len(t.l.columns)-1)].left
		h.computed = t.s.at(row, col).formula
	}
	if n := t.s.notes[[2]int{row, col}]; n != "" {
		h.words = append(h.words, n)
	}
	if row > 0 && col > 0 && !c.Inline {
		h.numFmt = t.s.styleAt(row, col).numFmt
		h.list, h.listed = t.wb.choices(t.s, row, col)
	}
	return h
}
