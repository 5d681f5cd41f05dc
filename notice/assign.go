package notice

import (
	"slices"
	"strings"
)

// An assignment is what a closing bracket, a line of its own or the columns of
// a table say about who does something and by when.
type assignment struct {
	lead    []string // 牵头单位
	unit    []string // 责任单位: lead where no lead is named
	support []string // 配合单位
	due     *limit
	named   bool // it names units
}

func (a assignment) empty() bool { return !a.named && a.due == nil }

// leads settles who leads: the units responsible are helpers where somebody
// else is named as lead.
func (a assignment) leads() []string {
	if len(a.lead) > 0 {
		return a.lead
	}
	return a.unit
}

func (a assignment) supports() []string {
	if len(a.lead) > 0 {
		return append(append([]string{}, a.unit...), a.support...)
	}
	return a.support
}

// with adds what a further line says.
func (a assignment) with(b assignment) assignment {
	a.lead = addNames(a.lead, b.lead...)
	a.unit = addNames(a.unit, b.unit...)
	a.support = addNames(a.support, b.support...)
	a.named = a.named || b.named
	if b.due != nil {
		a.due = b.due
	}
	return a
}

// columnKind is what a label says of its value: lead, unit, support, due,
// other; "" if it is no label.
func columnKind(label []rune) string {
	for len(label) > 0 && (blank(label[0]) || label[0] == '(') {
		label = label[1:]
	}
	for len(label) > 0 && blank(label[len(label)-1]) {
		label = label[:len(label)-1]
	}
	if len(label) == 0 || len(label) > 30 || len(withoutBracketAtEnd(label)) > 14 {
		return ""
	}
	word := strings.ReplaceAll(strings.ReplaceAll(string(label), " ", ""), "\n", "")
	if kind := columns[word]; kind != "" {
		return kind
	}
	if bare := string(withoutBracketAtEnd([]rune(word))); bare != word {
		if kind := columns[bare]; kind != "" {
			return kind
		}
	}
	return officeKind(string(withoutBracketAtEnd([]rune(word))))
}

// officeKind reads headings that are put together from the usual words:
// 市卫健委内牵头处室, 牵头考核部门.
func officeKind(word string) string {
	if len([]rune(word)) > 10 || strings.ContainsAny(word, "。.，,()（") {
		return ""
	}
	tails := []string{"单位", "部门", "处室", "科室", "股室", "站所"}
	if !slices.ContainsFunc(tails, func(t string) bool { return strings.HasSuffix(word, t) }) {
		return ""
	}
	for _, k := range []struct{ word, kind string }{
		{"牵头", "lead"}, {"主办", "lead"}, {"主责", "lead"},
		{"配合", "support"}, {"协办", "support"}, {"协助", "support"}, {"协同", "support"}, {"参与", "support"},
		{"参加", "support"}, {"成员", "support"}, {"支持", "support"}, {"协作", "support"}, {"会同", "support"}, {"联合", "support"},
		{"责任", "unit"}, {"负责", "unit"}, {"承办", "unit"}, {"落实", "unit"}, {"实施", "unit"}, {"考核", "unit"},
	} {
		if strings.Contains(word, k.word) {
			return k.kind
		}
	}
	return ""
}

// assignment reads the text of a bracket or line.
func (r *reader) assignment(p prose) assignment {
	if p.len() == 0 {
		return assignment{}
	}
	if a, ok := r.markedLead(p); ok {
		return a
	}
	if leadsFirst(p.runes) {
		p = withoutOrder(p)
	}
	a := r.entries(p)
	if p.block >= r.ordered && len(a.lead) == 0 && len(a.unit) > 1 {
		a.lead, a.unit = a.unit[:1], a.unit[1:]
	}
	return a
}

// markedLead reads a list in which a mark shows the lead: "A（牵头）、B、C".
func (r *reader) markedLead(p prose) (a assignment, ok bool) {
	mark := firstOf(p.runes, "(牵头", "(主办", "(主责")
	if mark == p.len() || mark == 0 {
		return a, false
	}
	start := 0
	for i, c := range p.runes {
		if c == ':' && i < mark && columnKind(p.runes[start:i]) != "" {
			start = i + 1
		}
	}
	list := p.cut(start, p.len())
	for _, m := range list.parts("、,;\n") {
		entry := list.cut(m.start, m.end)
		names := r.unitNames(entry)
		if entry.has("(牵头", "(主办", "(主责") {
			a.lead = addNames(a.lead, names...)
		} else {
			a.unit = addNames(a.unit, names...)
		}
	}
	a.named = len(a.lead) > 0
	return a, a.named
}

func (r *reader) entries(p prose) assignment {
	if labelled(p.runes) {
		return r.labels(p)
	}
	return r.entriesOf(p)
}

// entriesOf reads a text without labels.
func (r *reader) entriesOf(p prose) assignment {
	for p.len() > 0 && strings.ContainsRune(",;。 ", p.runes[p.len()-1]) {
		p = p.cut(0, p.len()-1)
	}
	if p.len() == 0 {
		return assignment{}
	}
	a := r.roles(p)
	if !a.named {
		a = r.bareList(withoutDates(p))
	}
	if l := r.years.due(p); l != nil && (a.named || bracketDate(p, l)) {
		a.due = l
	}
	return a
}

// labels reads "牵头单位：A、B；责任单位：C；完成时限：2026年6月".
func (r *reader) labels(p prose) assignment {
	var a assignment
	kind, start := "", 0
	take := func(end int) {
		v := p.cut(start, max(start, end))
		switch kind {
		case "lead", "unit", "support":
			r.value(&a, kind, v)
		case "due":
			a.due = r.years.columnDue(v)
		case "":
			a = a.with(r.entriesOf(v))
			if l := r.years.due(v); l != nil {
				a.due = l
			}
		}
	}
	word := 0
	for i, c := range p.runes {
		switch {
		case c == ':', endsLabel(p.runes[word:i], c):
			if k := columnKind(p.runes[word:i]); k != "" {
				take(word)
				kind, start = k, i+1
			}
			word = i + 1
		case strings.ContainsRune(sentenceEnds+",、 ", c):
			word = i + 1
			if kind == "lead" && c == ';' {
				take(i)
				kind, start = "support", i+1 // "牵头单位：A；B、C"
			}
		}
	}
	take(p.len())
	a.named = len(a.lead)+len(a.unit)+len(a.support) > 0
	return a
}

// value reads what stands behind a label. A part of it may still say that it
// only helps: "牵头单位：A，B、C配合".
func (r *reader) value(a *assignment, kind string, v prose) {
	v = withoutOrder(v)
	for _, part := range v.parts(",;") {
		p := v.cut(part.start, part.end)
		for p.len() > 0 {
			cut, size, role := findRole(p.runes)
			if role == "" || cut < 2 {
				a.put(kind, r.unitNames(p))
				break
			}
			a.put(role, r.unitNames(p.cut(0, cut)))
			p = p.cut(cut+size, p.len())
		}
	}
}

func (a *assignment) put(role string, names []string) {
	switch role {
	case "lead":
		a.lead = addNames(a.lead, names...)
	case "unit":
		a.unit = addNames(a.unit, names...)
	case "support":
		a.support = addNames(a.support, names...)
	}
}

// roles reads "A牵头，B、C按职责分工负责".
func (r *reader) roles(p prose) assignment {
	var a assignment
	waiting := -1 // "A、B，C配合": the units before the comma wait for their role
	for _, part := range p.parts(sentenceEnds + ",") {
		if waiting < 0 {
			waiting = part.start
		}
		for at := part.start; at < part.end; {
			cut, size, role := findRole(p.runes[at:part.end])
			if role == "" {
				break
			}
			a.put(role, r.unitNames(p.cut(waiting, at+cut)))
			at += cut + size
			if waiting = at; at >= part.end {
				waiting = -1
			}
		}
		if waiting >= part.end {
			waiting = -1
		}
	}
	a.named = len(a.lead)+len(a.unit)+len(a.support) > 0
	return a
}

var roleWords = []struct{ word, role string }{
	{"牵头负责", "lead"}, {"牵头组织", "lead"}, {"牵头", "lead"}, {"主办", "lead"}, {"主责", "lead"},
	{"按照职责分工", "unit"}, {"按职责分工", "unit"}, {"按职责", "unit"}, {"根据职责分工", "unit"}, {"分工负责", "unit"}, {"分别负责", "unit"}, {"共同负责", "unit"}, {"具体负责", "unit"}, {"负责", "unit"}, {"落实", "unit"},
	{"配合", "support"}, {"协助", "support"}, {"参与", "support"}, {"参加", "support"}, {"协办", "support"},
}

// findRole finds the first word that says what the units in front of it do: its
// place and its length.
func findRole(rs []rune) (cut, size int, role string) {
	for _, w := range roleWords {
		i, n := indexOf(rs, w.word), len([]rune(w.word))
		if i > 0 && (role == "" || i+n <= cut) && !beginsAny(rs[i+n:], "单位", "部门", "处室", "人", "同志") {
			cut, size, role = i, n, w.role
		}
	}
	return cut, size, role
}

// withoutDates cuts the date or the remark that stands before or behind a list
// of units: "（区民政局，长期坚持）".
func withoutDates(p prose) prose {
	ps := p.parts(",;。")
	first, last := 0, len(ps)
	for first < last && isDateCell(p.cut(ps[first].start, ps[first].end)) {
		first++
	}
	for first < last && isDateCell(p.cut(ps[last-1].start, ps[last-1].end)) {
		last--
	}
	if first == last {
		return p
	}
	return p.cut(ps[first].start, ps[last-1].end)
}

func containsDigit(rs []rune) bool { return slices.ContainsFunc(rs, isDigit) }

// bareList reads a bracket that holds nothing but units.
func (r *reader) bareList(p prose) assignment {
	known, unknown := 0, 0
	for _, entry := range p.parts("、,;") {
		for _, m := range splitJoined(p.runes, entry) {
			m, ok := trimUnit(p.runes, m)
			name := p.runes[m.start:m.end]
			switch {
			case !ok:
			case isUnitName(name) || isShort(name):
				known++
			case len(name) > 12 || verbsStart(name) || containsDigit(name):
				return assignment{}
			default:
				unknown++ // 移动公司 may be written 移动
			}
		}
	}
	if known <= unknown {
		return assignment{}
	}
	names := r.unitNames(p)
	if len(names) == 0 || containsAny(p.runes, "以下简称", "包括", "含", "简称", "除外") {
		return assignment{}
	}
	return assignment{unit: names, named: true}
}
