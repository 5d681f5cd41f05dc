package notice

import (
	"slices"
	"strings"
)

// longestUnit is the number of characters up to which a name is looked for.
const longestUnit = 26

// longestList bounds the members of one list of units.
const longestList = 60

// A unitReader finds lists of units in running text. What it found out about a
// position is kept, so that a text is read in linear time.
type unitReader struct {
	p    prose
	memo map[int]unitList
}

// A unitList is a list of units and what follows it.
type unitList struct {
	units []part
	end   int // the first rune behind the list, 等 and 等部门 included
	ok    bool
}

func newUnitReader(p prose) *unitReader { return &unitReader{p, map[int]unitList{}} }

func (u *unitReader) names(l unitList) []string {
	names := make([]string, len(l.units))
	for i, m := range l.units {
		names[i] = u.p.text(m.start, m.end)
	}
	return names
}

// list reads the units that begin at rune i, if a predicate or the end of the
// segment follows them.
func (u *unitReader) list(i int) unitList {
	l := u.read(i, 0)
	if !l.ok {
		l = u.offices(i)
	}
	l.units = u.join(l.units)
	return l
}

func (u *unitReader) read(i, depth int) unitList {
	if l, seen := u.memo[i]; seen {
		return l
	}
	l := u.member(i, depth)
	u.memo[i] = l
	return l
}

// member reads a unit and the rest of its list. A name ends where one of the
// words of unit_heads ends and a predicate, a separator or the end follows: the
// nearest such place.
func (u *unitReader) member(i, depth int) unitList {
	rs := u.p.runes
	if i >= len(rs) || depth > longestList || verbsStart(rs[i:]) || rs[i] == '经' && !beginsAny(rs[i:], "经济", "经营", "经信", "经贸", "经开", "经发", "经管", "经委", "经办") || beginsAny(rs[i:], "在", "未", "报", "哪", "跟", "到", "至", "给", "让", "非", "因", "具体", "最", "不", "已", "会议") {
		return unitList{}
	}
	for end := i + 1; end <= len(rs) && end-i <= longestUnit && !stopsName(rs, end-1, i); end++ {
		if rs[end-1] == '(' {
			close := closing(rs[:min(len(rs), end+longestUnit)], end-1)
			if close < 0 {
				return unitList{}
			}
			end = close + 1
			if end < len(rs) && unitHeads.prefix(rs[end:]) > 0 && !u.follows(end) {
				continue // 各县（区）政府
			}
		} else if end < len(rs) && rs[end] == '(' && unitHeads.suffix(rs[i:end]) > 0 {
			continue // a bracket that belongs to the name
		}
		if !isUnitName(rs[i:end]) && !isShort(rs[i:end]) {
			continue
		}
		if l := u.behind(i, end, depth); l.ok {
			return l
		}
	}
	return unitList{}
}

// behind reads on behind a name that ends at end.
func (u *unitReader) behind(i, end, depth int) unitList {
	rs := u.p.runes
	here := part{i, end}
	if size := separator(rs[end:]); size > 0 {
		if rest := u.read(end+size, depth+1); rest.ok {
			return unitList{append([]part{here}, rest.units...), rest.end, true}
		}
		if size > 1 || rs[end] == '、' {
			return unitList{}
		}
	}
	after := end + closesList(rs[end:])
	alone := isUnitName(rs[i:end]) && actsAlone(rs[i:end], rs[after:]) || depth > 0 && isShort(rs[i:end])
	if u.follows(after) && (after > end || alone) {
		return unitList{[]part{here}, after, true}
	}
	return unitList{}
}

// offices reads a list whose members are short for offices, which only the
// closing 等部门 shows: "公安、城管等部门".
func (u *unitReader) offices(i int) unitList {
	rs := u.p.runes
	var l unitList
	start := i
	for j := i; j < len(rs) && j-i < longestUnit*2; j++ {
		size := 0
		if j > start {
			size = separator(rs[j:])
		}
		closes := closesList(rs[j:])
		if closes > 1 && j > start && j-start <= 10 {
			l.units = append(l.units, part{start, j})
			l.end, l.ok = j+closes, u.follows(j+closes)
			return l
		}
		switch {
		case size > 0:
			if j-start > 10 {
				return unitList{}
			}
			l.units = append(l.units, part{start, j})
			j += size - 1
			start = j + 1
		case j == start && verbsStart(rs[j:]), stopsName(rs, j, i):
			return unitList{}
		}
	}
	return unitList{}
}

// follows tells whether at rune i the name is over and the sentence goes on:
// with a predicate or a sign.
func (u *unitReader) follows(i int) bool {
	rs := u.p.runes
	if i >= len(rs) || strings.ContainsRune(segmentEnds+")", rs[i]) {
		return true
	}
	if d, _, ok := readDay(rs, i); ok && d.month > 0 {
		return true // 应急办6月20日前更新…
	}
	return isPredicate(rs[i:])
}

// isPredicate tells whether rs begins with what a subject does. A word that
// goes on as the name of a unit or a person does not count.
func isPredicate(rs []rune) bool {
	if nameTails.prefix(rs) > 0 || beginsAny(rs, "负责人", "负责同志", "联系人", "主要负责人", "主要负责同志", "主要领导", "分管领导", "办理结果", "同志", "用房", "对象", "自身", "主任", "名单", "要求", "重点工作", "管理人", "管理员", "协管员", "信息") {
		return false
	}
	if beginsWith(rs, "组织") && beginsAny(rs[2:], "要", "应", "须", "负责", "可", "在", "每") {
		return false // 各级工会组织要…
	}
	return predicates.prefix(rs) > 0 || verbs.prefix(rs) >= 2 || rs[0] == '是'
}

// closesList is the length of 等, 等部门, 等有关单位 at the end of a list.
func closesList(rs []rune) int {
	if len(rs) == 0 || rs[0] != '等' {
		return 0
	}
	i := 1
	for i < len(rs) && i < 14 {
		n := listTails.prefix(rs[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

var listTails = newLexicon(strings.Fields(`国务院 有关 相关 各 市级 区级 县级 镇级 市 区 县 街道 行业 主管 业务 职能 责任 成员 执法 配合
	多 部门 单位 机构 企业 公司 行业部门 金融 服务 医疗 中介 社会 生产 养老 教育 基层 群团 组织 市场 地区 委办局 委办 科室 处室 股室 条线 站所 力量 三部门 两部门 多部门 多个 方面 主体`))

func separator(rs []rune) int {
	switch {
	case len(rs) == 0:
		return 0
	case rs[0] == '、':
		if len(rs) > 1 && blank(rs[1]) {
			return 2
		}
		return 1
	case beginsWith(rs, "以及"):
		return 2
	case strings.ContainsRune("和及与或", rs[0]):
		return 1
	}
	return 0
}

// stopsName tells whether no name goes on over rs[i].
func stopsName(rs []rune, i, start int) bool {
	rest := rs[i+1:]
	switch rs[i] {
	case '的':
		return !beginsAny(rs[start:], "有条件", "符合条件", "具备条件", "涉及", "所有")
	case '应':
		return !beginsAny(rest, "急", "用") && (i == 0 || !strings.ContainsRune("对供响适", rs[i-1]))
	case '对':
		return !beginsAny(rest, "外", "口", "台", "应")
	case '以':
		return !beginsAny(rest, "上", "下", "内")
	case '及', '与', '或':
		return true
	case '和':
		return i == start
	case '要', '是', '为', '将', '由', '于', '把', '被', '向', '按', '并', '也', '还', '而', '须', '了', '从', '等', '使', '每',
		',', '。', ';', ':', '!', '?', '、', '\n', ' ', '+', '=', '/':
		return true
	}
	return i > start && endsName(rs[i:])
}

// endsName tells whether rs begins with a verb or adverb that no name is made
// of.
func endsName(rs []rune) bool {
	if nameTails.prefix(rs) > 0 {
		return false
	}
	n := max(verbs.prefix(rs), predicates.prefix(rs))
	if n < 2 || beginsAny(rs[n:], "单位", "企业", "机构", "部门") { // 市场开办单位
		return false
	}
	return softVerbs.prefix(rs) == 0
}

// isShort tells whether rs may stand in a list of units without a name of its
// own: 各部门、单位; 各有关委、办、局.
func isShort(rs []rune) bool {
	return isLevel(rs) || len(rs) == 2 && unitHeads.has(rs)
}

// isUnitName tells whether rs may be the name of a unit.
func isUnitName(rs []rune) bool {
	bare := withoutBracketAtEnd(rs)
	head := unitHeads.suffix(bare)
	if head == 0 || notUnits.has(bare) || notUnits.suffix(bare) > head {
		return false
	}
	if last := string(bare[len(bare)-head:]); isStaff(last) {
		return staffOfUnit(bare[:len(bare)-head])
	}
	if head == 1 && len(bare) == 2 {
		return strings.ContainsRune("各区县市省镇乡街村", bare[0]) && bare[0] != bare[1]
	}
	return head > 1 || len(bare) > 2
}

func isStaff(head string) bool {
	return head == "工作人员" || head == "执法人员" || head == "民警"
}

// staffOfUnit tells whether a name before 工作人员 or 民警 says whose staff it
// is; a bare role is no unit.
func staffOfUnit(rs []rune) bool {
	for n := len(rs); n >= 2; n-- {
		if unitHeads.suffix(rs[:n]) > 1 && !endsAny(rs[:n], "社区", "网格") {
			return true
		}
	}
	return false
}

// actsAlone tells whether a name is firm enough to be a subject: the name of a
// place ("镇", "区") only with 各 or before a modal.
func actsAlone(name, after []rune) bool {
	if len(name) == 0 || unitHeads.suffix(name) > 1 || !strings.ContainsRune("区县市省镇乡村州旗街", name[len(name)-1]) {
		return true
	}
	return name[0] == '各' || beginsWith(name, "有条件") || len(name) <= 5 && beginsAny(after, "要", "应", "须", "必须", "负责")
}

// isLevel tells whether rs only names a level or a kind of office, which
// shares the tail of the next member: 市、县（区）政府, 各有关委、办、局.
func isLevel(rs []rune) bool {
	rs = trimPrefix(trimPrefix(rs, "各"), "有关")
	switch len(rs) {
	case 1:
		return strings.ContainsRune("市县区省乡镇旗州村委办局处室部", rs[0])
	case 2:
		return slices.Contains([]string{"街道", "社区"}, string(rs))
	}
	return false
}

func trimPrefix(rs []rune, w string) []rune {
	if beginsWith(rs, w) {
		return rs[len([]rune(w)):]
	}
	return rs
}

// join puts together what shares a tail with its neighbour.
func (u *unitReader) join(units []part) []part {
	var out []part
	for _, m := range units {
		if n := len(out); n > 0 {
			a, b := u.p.runes[out[n-1].start:out[n-1].end], u.p.runes[m.start:m.end]
			sign := u.p.runes[out[n-1].end]
			if sign == '、' && sharesTail(a, b) || sign == '和' && sharesArea(a, b) {
				out[n-1].end = m.end
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// sharesArea: 园区和示范区管委会 is one unit.
func sharesArea(a, b []rune) bool {
	return endsAny(a, "园区", "开发区", "高新区", "示范区", "新区", "度假区") && endsWith(b, "管委会")
}

// sharesTail tells whether the unit a stops short and takes its last words
// from b: 各市|县〔区〕人民政府, 各有关委|办|局.
func sharesTail(a, b []rune) bool {
	if len(b) == 1 && strings.ContainsRune("办局处室部委", b[0]) {
		return strings.ContainsRune("委办局处室部", a[len(a)-1])
	}
	if !isLevel(a) || beginsAny(b, "各") {
		return false
	}
	tail := a[len(a)-1]
	level := strings.ContainsRune("市县区省乡镇旗州", tail) || endsWith(a, "街道") && !beginsWith(a, "各")
	return level && len(b) > 1 && strings.ContainsRune("市县区省乡镇旗州街", b[0]) && unitHeads.suffix(withoutBracketAtEnd(b)) > 0 && !isLevel(withoutBracketAtEnd(b))
}
