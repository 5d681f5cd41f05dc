package notice

import "strings"

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

// mostNames bounds a list of units; no task has nearly as many.
const mostNames = 100

// addNames adds names that are not there yet.
func addNames(list []string, names ...string) []string {
	for _, n := range names {
		if len(list) < mostNames && !sameOffice(list, n) {
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
