package table

import (
	"regexp"
	"slices"
	"strings"
)

// An ask is what a header path asks for, as far as its words tell by
// themselves; whose it is may depend on the columns before it.
type ask struct {
	path  []phrase
	raw   []string
	leaf  string
	group string // the words above the leaf

	party *party   // whom the leaf itself names
	above *party   // whom a group names
	weak  bool     // by a word that may as well count such people: 残疾人
	self  bool     // the words say: of whom the row is about
	attr  string   // the attribute that is asked of somebody: name, phone …
	ids   []string // elements whose name the words are
	sure  float64

	other   bool // somebody is named of whom nothing is known
	away    bool // a group is about another place than where somebody lives
	strange bool // a group is not understood
	unit    string
}

// asides are things that may be asked of a party that the dictionary does not
// hold: the columns after them may still be about the party. 租户数 and
// 业主委员会 name no party at all.
var asides = set("关系 职务 职业 职称 签字 签名 证件类型 国籍 籍贯 信息 情况 类型 类别 称谓 与本人关系 与其关系 与老人关系 驾照号 驾驶证号 驾驶证 准驾车型 驾龄 学历 编号 警号 工号")

// countUnits are units in which things are counted one by one.
var countUnits = set("个 人 户 套 栋 幢 部 台 层 名 座")

// elsewhere is a group for the place where somebody comes from or works: a
// community or street below it is not that of the row.
var elsewhere = regexp.MustCompile(`户籍地|户籍地址|户籍所在|户口所在|原住|籍贯|来源地|流出|流入|迁出|迁入|工作单位|就读|学校|注册地|父母|配偶`)

var (
	notFilled = regexp.MustCompile(`签字|签名|签收|签章|盖章|照片|相片|指纹|手印|√|画押|打勾|签到|签领|电子章`)
	// someone ends a word for a person who is not in the lexicon.
	someone = regexp.MustCompile(`(人|员|长|者|干部|领导|书记|主任|医生|民警|律师|顾问|教师)$`)
	// things that are asked of somebody, at the end of a word.
	tails    = []string{"姓名", "名字", "联系电话", "联系方式", "电话号码", "电话", "手机号码", "手机号", "手机", "身份证号码", "身份证号", "身份证", "身份号码", "住址", "地址", "工作单位", "单位", "职务"}
	topicEnd = regexp.MustCompile(`(基本信息|基本情况|相关信息|相关情况|登记信息|信息登记|信息|情况|资料|概况|状况|数据)$`)
)

// read takes a header path apart.
func (v *vocabulary) read(path []string) ask {
	a := ask{raw: path}
	for _, seg := range path {
		if p := parse(seg); p.text != "" || len(p.inside) > 0 || p.part {
			a.path = append(a.path, p)
			if p.unit != "" {
				a.unit = p.unit
			}
		}
	}
	if len(a.path) == 0 {
		return a
	}
	n := len(a.path) - 1
	leaf := a.path[n]
	a.group = strings.Join(path[:len(path)-1], "/")
	for _, g := range a.path[:n] {
		v.readGroup(&a, g)
	}
	a.leaf = leaf.text
	for _, g := range a.path[:n] {
		a.away = a.away || elsewhere.MatchString(g.joined)
	}
	if notFilled.MatchString(leaf.joined) {
		return a
	}
	if leaf.part && n == 0 {
		return a // a part of what the column before counts
	}
	if (a.above == nil || v.attr(leaf.text) == "") && v.joined(&a, n) {
		return a
	}
	if n > 0 && wholes[leaf.text] && v.wholeOf(&a, a.path[n-1]) {
		return a
	}
	v.readLeaf(&a, leaf)
	return a
}

// wholes are words for all of what a group asks: 发放金额/合计.
var wholes = set("合计 小计 总计 共计 总数 总额 总量 数量 总人数 总面积 总金额")

// wholeOf reads the whole of a group of numbers as what the group asks.
func (v *vocabulary) wholeOf(a *ask, g phrase) bool {
	ids, sure := v.find(g.text)
	for _, id := range ids {
		switch v.types(id) {
		case "integer", "decimal", "money":
			a.ids, a.sure, a.leaf, a.strange = ids, sure-0.04, g.text, false
			a.attr = v.attr(g.text)
			return true
		}
	}
	return false
}

// readGroup notes whom a group of columns is about.
func (v *vocabulary) readGroup(a *ask, g phrase) {
	topic := g.joined
	if p, rest := v.party(g.text); p != nil && p.base != "" && rest == "" {
		topic = g.text
	}
	for range 2 {
		if short := topicEnd.ReplaceAllString(topic, ""); short != "" {
			if v.groupIs(a, topic) {
				return
			}
			topic = short
		}
	}
	if v.groupIs(a, topic) || g.text != g.joined && v.groupIs(a, topicEnd.ReplaceAllString(g.text, "")) {
		return // 产权人（使用人）信息: the one before the bracket
	}
	if topic != "" && !v.neutral[topicEnd.ReplaceAllString(topic, "")] {
		a.strange = true
	}
}

func (v *vocabulary) groupIs(a *ask, topic string) bool {
	p, rest := v.party(topic)
	switch {
	case v.neutral[topic]:
		return true
	case v.self[topic]:
		a.self, a.above = true, nil
		return true
	case p != nil && (rest == "" || v.neutral[rest] || topicEnd.ReplaceAllString(rest, "") == ""):
		a.above, a.self = p, false
		return true
	}
	if rest, ok := v.selfWord(topic); ok && v.neutral[rest] {
		a.self, a.above = true, nil
		return true
	}
	return false
}

// joined looks for an element whose name is a group and the leaf together:
// 户籍/地址, 家庭收入/月人均.
func (v *vocabulary) joined(a *ask, n int) bool {
	if len(a.path[n].inside) > 0 {
		return false
	}
	for i := range n {
		word := ""
		for _, p := range a.path[i:] {
			word += p.text
		}
		ids, sure := v.words[word], 0.93
		if topic := topicEnd.ReplaceAllString(a.path[n-1].text, ""); len(ids) == 0 && i == n-1 && topic != a.path[n-1].text && topic != "" {
			if ids = v.words[topic+a.path[n].text]; len(ids) > 0 {
				word, sure = topic+a.path[n].text, 0.9 // 租赁信息/到期日期
				for _, id := range v.words[a.path[n].text] {
					if contains(ids, id) {
						sure = 0.96
					}
				}
			}
		}
		if len(ids) == 0 && a.path[n].text != "" && strings.Contains(word, "起止") {
			ids, sure = v.find(strings.ReplaceAll(strings.ReplaceAll(word, "起止日期", ""), "起止", "")) // 租期起止/起
			sure = min(sure, 0.93)
		}
		if len(ids) > 0 {
			a.ids, a.sure, a.strange, a.leaf = ids, sure, false, word
			a.attr = v.attrs[word]
			return true
		}
	}
	return false
}

// readLeaf takes the last word of a path apart. Every part of it must be
// explained.
func (v *vocabulary) readLeaf(a *ask, leaf phrase) {
	if v.several(leaf.raw) {
		return
	}
	word := leaf.joined
	if first := v.either(leaf.raw); first != "" && len(v.words[word]) == 0 {
		word = first
	}
	if one := v.oneThing(leaf.raw); one != "" && len(v.words[word]) == 0 {
		word = one
	}
	if len(leaf.inside) > 0 && len(v.words[word]) == 0 {
		word = v.unbracket(a, leaf)
		if word == "" {
			a.other = someone.MatchString(leaf.text) || v.namesParty(leaf.text)
			return
		}
	}
	a.ids, a.sure = v.find(word)
	if countUnits[a.unit] && (len(a.ids) == 0 || a.attr == "") {
		if ids := v.words[word+"数"]; len(ids) > 0 {
			a.ids, a.sure, a.leaf = ids, 0.93, word+"数" // 单元（个）
		}
	}
	for _, span := range []string{"月", "年"} {
		if len(a.ids) == 0 && strings.Contains(a.unit, span) && strings.Contains(a.unit, "元") {
			a.ids, a.sure = v.words[span+word], 0.9 // 人均收入（元/月）
		}
	}
	p, rest := v.party(word)
	if p != nil && rest == "信息" {
		rest = ""
	}
	if p != nil && (rest == "" || v.attr(rest) != "") {
		attr := "name"
		if rest != "" {
			attr = v.attr(rest)
		}
		if id := v.of(p, attr); len(a.ids) == 0 || id != "" && contains(a.ids, id) {
			a.party, a.attr, a.sure = p, attr, 0.95
			a.ids = nil
			return
		}
	}
	if len(a.ids) > 0 {
		a.attr = v.attr(word)
		return
	}
	if p != nil && asides[rest] {
		a.party = p // of whom something is asked that is not known
		return
	}
	if rest, ok := v.selfWord(word); ok {
		if rest == "" {
			a.self, a.weak, a.attr, a.sure = true, true, "name", 0.9
			return
		}
		if attr := v.attr(rest); attr != "" {
			a.self, a.attr, a.sure = true, attr, 0.93
			a.ids = v.words[rest]
			return
		}
	}
	for _, tail := range tails {
		if front, ok := strings.CutSuffix(word, tail); ok && front != "" {
			a.other = (tail == "姓名" || tail == "名字" || someone.MatchString(front)) && !strings.ContainsAny(front, "及和与")
			return
		}
	}
	a.other = someone.MatchString(word) && len([]rune(word)) <= 8 && !yesNo.MatchString(word)
}

// joints part a word that may ask for two things at once.
var joints = regexp.MustCompile(`[/、及和与]|以及`)

// several tells whether a word asks for two things at once: 姓名及电话. Two
// names of one thing, 电话/手机, do not.
func (v *vocabulary) several(word string) bool {
	parts := joints.Split(word, -1)
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	var all []string
	for _, p := range parts {
		ids, _ := v.find(plain(p))
		if len(ids) == 0 {
			return false
		}
		for _, id := range all {
			if contains(ids, id) {
				return false
			}
		}
		all = append(all, ids...)
	}
	return true
}

// oneThing is the first of several words that are names of one thing: 电话/手机.
func (v *vocabulary) oneThing(word string) string {
	parts := joints.Split(word, -1)
	if len(parts) < 2 || len(parts) > 4 {
		return ""
	}
	ids, _ := v.find(plain(parts[0]))
	for _, p := range parts[1:] {
		more, _ := v.find(plain(p))
		ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !contains(more, id) })
	}
	if len(ids) == 0 {
		return ""
	}
	return plain(parts[0])
}

// either is the first of two words for numbers of which a column takes one or
// the other, where the second is not known: 身份证号/护照号.
func (v *vocabulary) either(word string) string {
	first, second, ok := strings.Cut(strings.ReplaceAll(word, "或", "/"), "/")
	if !ok || second == "" {
		return ""
	}
	if other, _ := v.find(plain(second)); len(other) > 0 || strings.Contains(second, "/") {
		return ""
	}
	ids, _ := v.find(plain(first))
	for _, id := range ids {
		switch v.types(id) {
		case "idnumber", "creditcode", "plate":
			return plain(first)
		}
	}
	return ""
}

func (v *vocabulary) namesParty(w string) bool {
	p, _ := v.party(w)
	return p != nil
}

// unbracket decides what a word in brackets does to the word before: another
// name of the same thing says nothing new, a party says whose it is, and
// anything else is not understood.
func (v *vocabulary) unbracket(a *ask, leaf phrase) string {
	core, _ := v.find(leaf.text)
	for _, in := range leaf.inside {
		in = plain(in)
		if p, rest := v.party(in); p != nil && rest == "" {
			if q, more := v.party(leaf.text); q != nil && q.base != "" && (more == "" || v.attr(more) != "") {
				continue // 法定代表人（负责人）: the one before the bracket
			}
			if q, more := v.party(leaf.text); q == nil || q != p || more != "" {
				if attr := v.attr(leaf.text); attr != "" && len(leaf.inside) == 1 {
					return in + leaf.text
				}
				if q != p {
					return ""
				}
			}
			continue
		}
		if v.self[in] {
			continue
		}
		same := false
		ids, _ := v.find(in)
		for _, id := range ids {
			same = same || contains(core, id)
		}
		if p, rest := v.party(leaf.text); p != nil && rest == "" && (v.attr(in) == "name" || in == "姓名") {
			same = true
		}
		if !same && len(leaf.inside) == 1 {
			if ids := v.words[in+leaf.text]; len(ids) > 0 {
				return in + leaf.text // 联系电话（紧急）
			}
		}
		if !same && !v.remark(leaf.text, in) {
			return ""
		}
	}
	return leaf.text
}

// besides are words in brackets that make another thing of the word before.
var besides = regexp.MustCompile(`[人员长者方户主属亲子女父母夫妻配偶友居]|[原前曾旧新变更迁副备兼其中内外无非未不除另加减本上下今去每月日次率比]|合计|小计|单价|套|使用|地下|分摊|男|[0-9]`)

// remark tells whether what stands in brackets behind a word that asks for a
// name, a number of a document or one of a list only remarks on it.
func (v *vocabulary) remark(word, in string) bool {
	ids, _ := v.find(word)
	if len(ids) == 0 || besides.MatchString(in) || len([]rune(in)) > 12 {
		return false
	}
	if other, _ := v.find(in); len(other) > 0 {
		return false
	}
	for _, id := range ids {
		switch v.types(id) {
		case "idnumber", "creditcode", "phone", "plate", "code", "boolean", "text":
		default:
			return false
		}
	}
	return true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
