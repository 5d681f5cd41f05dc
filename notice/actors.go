package notice

import "strings"

// actors are the units that the sentences of a clause name.
type actors struct {
	lead, support []string
	leaders       []string // X牵头
	helpers       []string // X配合: lead only where nobody else leads
}

// readActors finds who acts in p: the subjects of its sentences, the units
// behind 由, and those behind 会同 and its like.
func readActors(p prose) actors {
	u := newUnitReader(p)
	var a actors
	for _, part := range p.parts(segmentEnds) {
		a.subject(u, part)
		a.within(u, part)
	}
	return a
}

// settled are the units that lead and those that help.
func (a actors) settled() (lead, support []string) {
	for _, n := range a.lead {
		if strings.HasPrefix(n, "协办单位") || strings.HasPrefix(n, "配合单位") || strings.HasPrefix(n, "协助单位") {
			a.support = addNames(a.support, n)
		} else {
			lead = append(lead, n)
		}
	}
	if len(lead) == 0 {
		lead = a.helpers
	} else {
		a.support = addNames(a.support, a.helpers...)
	}
	for _, s := range a.support {
		if !containsName(lead, s) {
			support = append(support, s)
		}
	}
	return lead, support
}

// openers may stand before the subject of a sentence.
var openers = newLexicon(strings.Fields(`请 建议 同时 其中 另外 此外 原则上 如 若 凡 并 并由 但 再 然后 会议要求 会议强调 会议明确 会议决定 会议议定 会议指出 会议确定 明确由 要求 其余 剩余 相应 以及 并请`))

// subject reads the units at the beginning of a segment.
func (a *actors) subject(u *unitReader, s part) {
	rs := u.p.runes
	i := s.start
	for i < s.end && blank(rs[i]) {
		i++
	}
	for range 2 {
		n := openers.prefix(rs[i:s.end])
		if _, end, ok := readDay(rs[:s.end], i); ok && n == 0 {
			n = end - i
			if beginsAny(rs[end:s.end], "底前", "以前", "之前") {
				n += 2
			} else if beginsAny(rs[end:s.end], "前", "底", "起") {
				n++
			}
		}
		if i += n; n == 0 || i >= s.end {
			break
		}
	}
	if i >= s.end {
		return
	}
	i += quantity(rs[i:s.end])
	l := u.list(i)
	if temporal(rs, s) && !(l.ok && beginsWith(rs[l.end:], "在")) {
		return
	}
	if !l.ok && s.end+1 < len(rs) && rs[s.end] == ',' && beginsAny(rs[s.end+1:], "应", "要", "须") {
		if de := lastIndexOf(rs[i:s.end], "的"); de > 0 { // 提供担保的机构，应…
			l = u.list(i + de + 1)
		}
	}
	if !l.ok || l.end > s.end {
		return
	}
	if l.end == s.end {
		if !a.standsAlone(u, s, l) {
			return
		}
		a.lead = addNames(a.lead, u.names(l)...)
		return
	}
	a.place(u, l, s.end)
}

// temporal tells whether a segment only says when: its subject does not act.
func temporal(rs []rune, s part) bool {
	return s.end < len(rs) && rs[s.end] == ',' && endsAny(rs[s.start:s.end], "后", "时", "之前", "期间")
}

// quantity is the length of "100%的" before a unit.
func quantity(rs []rune) int {
	f, ok := readFigure(rs, 0)
	if ok && f.unit == "%" && beginsWith(rs[f.end:], "的") {
		return f.end + 1
	}
	return 0
}

// standsAlone tells whether a segment that holds nothing but units names the
// subject of what follows: "党政办：负责…", "各社区、各单位，要…".
func (a *actors) standsAlone(u *unitReader, s part, l unitList) bool {
	rs := u.p.runes
	if s.end+1 >= len(rs) {
		return false
	}
	next := rs[s.end+1:]
	switch rs[s.end] {
	case ':', '。':
		return s.start == 0 && len(l.units) > 0
	case ',':
		if more := u.list(s.end + 1); more.ok && len(l.units) > 1 {
			return true // 各县政府、市直部门，各开发区要…
		}
		return beginsAny(next, "要", "应", "须", "必须", "负责", "牵头", "认真", "按照", "切实", "结合", "将", "在", "根据")
	}
	return false
}

// place files a list by the predicate behind it.
func (a *actors) place(u *unitReader, l unitList, end int) {
	rs := u.p.runes[l.end:end]
	names := u.names(l)
	switch {
	case beginsWith(rs, "是") && !containsAny(rs, "责任主体", "责任单位", "牵头单位", "牵头部门", "主管部门", "主管单位", "责任部门"):
	case string(rs) == "协同", beginsAny(rs, "协同配合", "协同做好", "协同推进", "配合", "协助", "参与", "参加", "协办", "共同参与", "积极配合", "密切配合"):
		a.helpers = addNames(a.helpers, names...)
	case beginsWith(rs, "牵头、"), beginsWith(rs, "负责、"):
		a.lead = addNames(a.lead, names...)
		a.leaders = addNames(a.leaders, names...)
		if rest := u.list(l.end + 3); rest.ok && rest.end < end {
			a.place(u, rest, end)
		}
	default:
		a.lead = addNames(a.lead, names...)
		if beginsWith(rs, "牵头") {
			a.leaders = addNames(a.leaders, names...)
		}
	}
}

// pivots are the words within a sentence that a unit follows.
var pivots = []struct {
	word    string
	support bool
}{
	{"会同", true}, {"联合", true}, {"协同", true}, {"由", false}, {"与", true}, {"召集", true},
}

// within finds units inside a segment.
func (a *actors) within(u *unitReader, s part) {
	rs := u.p.runes
	for i := s.start; i < s.end; i++ {
		for _, p := range pivots {
			if !beginsWith(rs[i:s.end], p.word) || partOfPivot(rs, i, p.word) {
				continue
			}
			at := i + len([]rune(p.word))
			l := u.list(at)
			if !l.ok || len(l.units) == 0 {
				break
			}
			a.pivot(u, p.word, p.support, l, s.end)
			i = l.end - 1
			break
		}
	}
}

func (a *actors) pivot(u *unitReader, word string, support bool, l unitList, end int) {
	rs := u.p.runes
	switch {
	case word == "与" && !beginsAny(rs[min(l.end, len(rs)):], "共同", "建立", "联合", "协作", "对接", "合作", "协同", "签订", "沟通"):
	case word == "由" && l.end >= end:
	case support:
		a.support = addNames(a.support, u.names(l)...)
	default:
		a.place(u, l, max(end, l.end))
	}
}

// partOfPivot tells whether the word at rs[i] belongs to another word.
func partOfPivot(rs []rune, i int, word string) bool {
	before := rs[:i]
	switch word {
	case "由":
		if verbs.suffix(before) >= 2 && !endsAny(before, "转", "建立", "成立", "组建", "形成", "构建") {
			return true
		}
		return endsAny(before, "理", "自", "缘", "事") || beginsAny(rs[i:], "由于", "由此")
	case "联合":
		return beginsAny(rs[i:], "联合会", "联合社", "联合体", "联合执法", "联合检查", "联合组织", "联合开展", "联合惩戒", "联合办公", "联合督", "联合体", "联合工作")
	case "与":
		return endsAny(before, "参") || beginsAny(rs[i:], "与会")
	}
	return false
}
