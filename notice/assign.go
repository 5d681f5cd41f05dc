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

// leadsFirst tells whether a text says that in its brackets the first unit
// leads: "列首位的为牵头单位，下同".
func leadsFirst(rs []rune) bool {
	if !containsAny(rs, "首", "第一", "最前") {
		return false
	}
	for _, place := range []string{"首位", "第一位", "第一个", "第一家", "第一名", "排第一", "列第一", "居首", "排首", "排在最前", "排在前"} {
		i := indexOf(rs, place)
		if i >= 0 && containsAny(rs[max(0, i-12):min(len(rs), i+14)], "牵头", "主责单位", "主办单位") {
			return true
		}
	}
	return false
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
	if len(label) == 0 || len(label) > 14 {
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
	return officeKind(word)
}

// officeKind reads headings that are put together from the usual words:
// 市卫健委内牵头处室, 牵头考核部门.
func officeKind(word string) string {
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

// closingBracket finds the bracket that ends p and assigns p to units or sets
// its date. at is where the bracket begins.
func (r *reader) closingBracket(p prose) (a assignment, at int) {
	end := p.len()
	for end > 0 && strings.ContainsRune("。;,.、 ", p.runes[end-1]) {
		end--
	}
	open := -1
	if end > 0 && p.runes[end-1] == ')' {
		open = len(withoutLastBracket(p.runes[:end]))
		if end--; open > end {
			return a, p.len() // a bracket that nothing opens
		}
	} else if open = unclosed(p.runes); open < 0 {
		return r.trailingBracket(p)
	}
	if open == 0 {
		return a, p.len() // nothing is left that it could assign
	}
	a = r.assignment(p.cut(open+1, end))
	if a.empty() {
		return a, p.len()
	}
	return a, open
}

func withoutLastBracket(rs []rune) []rune {
	depth := 0
	for i := len(rs) - 1; i >= 0; i-- {
		if rs[i] == ')' {
			depth++
		} else if rs[i] == '(' {
			if depth--; depth == 0 {
				return rs[:i]
			}
		}
	}
	return rs
}

// unclosed is where a bracket opens that never closes, or -1.
func unclosed(rs []rune) int {
	depth := 0
	for i := len(rs) - 1; i >= 0; i-- {
		if rs[i] == ')' {
			depth++
		} else if rs[i] == '(' {
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// trailingBracket finds a labelled bracket with a remark behind it ("数据来源：
// …"): the last one of p.
func (r *reader) trailingBracket(p prose) (assignment, int) {
	for i := p.len() - 1; i >= 0; i-- {
		if p.runes[i] != ')' {
			continue
		}
		open := len(withoutLastBracket(p.runes[:i+1]))
		if open >= i || open == 0 {
			break
		}
		if labelled(p.runes[open+1:i]) || remark(p.runes[i+1:]) {
			if a := r.assignment(p.cut(open+1, i)); a.named {
				return a, open
			}
		}
		break
	}
	return assignment{}, p.len()
}

// remark tells whether rs is a remark behind the bracket of units.
func remark(rs []rune) bool {
	for len(rs) > 0 && strings.ContainsRune("。;,. ", rs[0]) {
		rs = rs[1:]
	}
	return beginsAny(rs, "数据来源", "资料来源", "注:", "备注", "评分", "计分", "说明:")
}

// labelled tells whether rs begins with a label ("责任单位：") or holds one.
func labelled(rs []rune) bool {
	start := 0
	for i, c := range rs {
		switch {
		case c == ':', endsLabel(rs[start:i], c):
			if kind := columnKind(rs[start:i]); kind != "" && kind != "other" && kind != "number" && kind != "name" && kind != "text" {
				return true
			}
			start = i + 1
		case strings.ContainsRune(sentenceEnds+",", c):
			start = i + 1
		}
	}
	return false
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
		p = p.cut(0, firstOf(p.runes, "列首", "列在", "排在", "排第", "排名", "第一", "排首", "首位", "居首"))
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

// firstOf is where the first of the words begins.
func firstOf(rs []rune, words ...string) int {
	at := len(rs)
	for _, w := range words {
		if i := indexOf(rs, w); i >= 0 {
			at = min(at, i)
		}
	}
	return at
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
		a = r.bareList(p)
	}
	if l := r.years.due(p); l != nil && (a.named || bracketDate(p, l)) {
		a.due = l
	}
	return a
}

// bracketDate tells whether a bracket sets a date and does not only mention
// one.
func bracketDate(p prose, l *limit) bool {
	return p.len() <= 40 && !containsAny(p.runes, "号", "印发", "见附件", "以下简称", "以来", "截至", "数据") && len(l.due.Text)*2 >= len(p.String())
}

// endsLabel tells whether c stands for the colon behind a label: "牵头单位为A".
func endsLabel(label []rune, c rune) bool {
	if c != '为' && c != ' ' {
		return false
	}
	return len(label) >= 4 && officeKind(string(label)) != ""
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
	for _, part := range v.parts(",;") {
		p := v.cut(part.start, part.end)
		of := kind
		if cut, role := findRole(p.runes); role != "" && cut > 1 {
			p, of = p.cut(0, cut), role
		}
		a.put(of, r.unitNames(p))
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
	for _, part := range p.parts(sentenceEnds + ",") {
		s := p.cut(part.start, part.end)
		cut, role := findRole(s.runes)
		if role == "" {
			continue
		}
		a.put(role, r.unitNames(s.cut(0, cut)))
	}
	a.named = len(a.lead)+len(a.unit)+len(a.support) > 0
	return a
}

var roleWords = []struct{ word, role string }{
	{"牵头负责", "lead"}, {"牵头组织", "lead"}, {"牵头", "lead"}, {"主办", "lead"}, {"主责", "lead"},
	{"按照职责分工", "unit"}, {"按职责分工", "unit"}, {"按职责", "unit"}, {"根据职责分工", "unit"}, {"分工负责", "unit"}, {"分别负责", "unit"}, {"共同负责", "unit"}, {"具体负责", "unit"}, {"负责", "unit"}, {"落实", "unit"},
	{"配合", "support"}, {"协助", "support"}, {"参与", "support"}, {"参加", "support"}, {"协办", "support"},
}

// findRole finds what the units in front of it do.
func findRole(rs []rune) (cut int, role string) {
	for _, w := range roleWords {
		if i := indexOf(rs, w.word); i > 0 && !beginsAny(rs[i+len([]rune(w.word)):], "单位", "部门", "处室", "人", "同志") {
			return i, w.role
		}
	}
	return 0, ""
}

// bareList reads a bracket that holds nothing but units.
func (r *reader) bareList(p prose) assignment {
	for _, part := range p.parts("、,;和及") {
		if !isUnitName(p.runes[part.start:part.end]) && !isLevel(p.runes[part.start:part.end]) {
			return assignment{}
		}
	}
	names := r.unitNames(p)
	if len(names) == 0 || containsAny(p.runes, "以下简称", "包括", "含", "简称", "除外") {
		return assignment{}
	}
	return assignment{unit: names, named: true}
}

// unitNames splits a list of units that a label or column has announced: here
// every entry is one, whatever its name.
func (r *reader) unitNames(p prose) []string {
	p = trimLead(p)
	var parts []part
	for _, m := range p.parts("、,;\n/。|") {
		for m.start < m.end && blank(p.runes[m.start]) {
			m.start++
		}
		for m.end > m.start && blank(p.runes[m.end-1]) {
			m.end--
		}
		parts = append(parts, splitJoined(p.runes, m)...)
	}
	parts = (&unitReader{p: p}).join(parts)
	var names []string
	for _, m := range parts {
		if m, ok := trimUnit(p.runes, m); ok {
			names = addNames(names, p.text(m.start, m.end))
		}
	}
	return names
}

func trimLead(p prose) prose {
	for _, w := range []string{"由", "请"} {
		if beginsWith(p.runes, w) {
			return p.cut(1, p.len())
		}
	}
	return p
}

// splitJoined splits one entry of a list at 和 and 及 between units, and where
// the separator was lost ("县委农工部县城建局").
func splitJoined(rs []rune, m part) []part {
	for i := m.start + 2; i+1 < m.end; i++ {
		size := 0
		switch {
		case beginsWith(rs[i:m.end], "以及"):
			size = 2
		case strings.ContainsRune("和及与或", rs[i]):
			size = 1
		}
		left, right := rs[m.start:i], rs[min(i+size, m.end):m.end]
		if i > m.start && unbalanced(left) {
			continue
		}
		if size > 0 && (rs[i] != '和' && rs[i] != '与' || isListed(left) && isListed(right) && !sharesArea(left, right)) {
			return append([]part{{m.start, i}}, splitJoined(rs, part{i + size, m.end})...)
		}
		if size == 0 && rs[i] == rs[m.start] && strings.ContainsRune("市县区省镇乡", rs[i]) && endsAny(left, "局", "部", "办", "委", "中心", "室", "院", "站", "队", "会", "处", "政府") && isUnitName(right) && m.end-i > 2 && !beginsAny(rs[i:], "区委网", "市委网") {
			return append([]part{{m.start, i}}, splitJoined(rs, part{i, m.end})...)
		}
		if size == 0 && rs[i] == '等' {
			n := closesList(rs[i:m.end])
			if i+n < m.end && strings.ContainsRune("和及与", rs[i+n]) {
				return append([]part{{m.start, i}}, splitJoined(rs, part{i + n + 1, m.end})...)
			}
		}
	}
	return []part{m}
}

func unbalanced(rs []rune) bool {
	depth := 0
	for _, r := range rs {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
	}
	return depth != 0
}

// isListed tells whether an entry beside 和 stands for a unit of its own.
func isListed(rs []rune) bool {
	bare := withoutBracketAtEnd(rs)
	head := unitHeads.suffix(bare)
	if head > 1 && len(bare) == head && endsAny(bare, "部门", "单位", "机构") {
		return false // 拖欠账款的所有部门和单位
	}
	return head > 1 || head == 1 && len(bare) > 2 || beginsAny(bare, "各", "相关", "有关")
}

// trimUnit cuts what is no part of the name: 等部门 at the end, an empty mark.
func trimUnit(rs []rune, m part) (part, bool) {
	if n := len(withoutBracketAtEnd(rs[m.start:m.end])); n > 0 && endsAny(rs[m.start:m.end], "(牵头)", "(牵头单位)", "(牵头部门)", "(配合单位)", "(配合)", "(主办)", "(协办)", "(列第一位的为牵头单位)") {
		m.end = m.start + n
	}
	for i := m.start + 1; i < m.end; i++ {
		if rs[i] == '等' && i+closesList(rs[i:m.end]) == m.end {
			m.end = i
			break
		}
	}
	for m.start < m.end && (blank(rs[m.start]) || isDigit(rs[m.start]) && m.start+1 < m.end && rs[m.start+1] == '.') {
		m.start++
	}
	for m.end > m.start && strings.ContainsRune(" .。:", rs[m.end-1]) {
		m.end--
	}
	name := rs[m.start:m.end]
	if len(name) < 2 || len(name) > 40 || string(name) == "--" || beginsAny(name, "下同", "列首", "不涉及") {
		return m, false
	}
	return m, true
}

// addNames adds names that are not there yet.
func addNames(list []string, names ...string) []string {
	for _, n := range names {
		if !sameOffice(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// sameOffice tells whether a list has the office already, maybe in another
// form: with a second name in brackets, with 各 or the level in front.
func sameOffice(list []string, name string) bool {
	core := coreName(name)
	for _, have := range list {
		if have == name || core == coreName(have) {
			return true
		}
	}
	return false
}

func coreName(name string) string {
	name = strings.Map(fold, name)
	if i := strings.IndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	for _, w := range []string{"各", "相关", "有关", "街道", "本", "辖区"} {
		if rest := strings.TrimPrefix(name, w); len(rest) > 5 {
			name = rest
		}
	}
	return name
}

func containsName(list []string, name string) bool {
	for _, have := range list {
		if have == name {
			return true
		}
	}
	return false
}
