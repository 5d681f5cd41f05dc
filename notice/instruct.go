package notice

import "strings"

// modals turn a sentence into an instruction.
var modals = strings.Fields(`要 应 须 必须 务必 不得 严禁 禁止 负责 牵头 由 请 将 可 需 均 确保 不准 一律`)

// instructs tells whether p tells somebody to do something.
func instructs(p prose) bool {
	if p.len() < 4 || isNoInstruction(p) {
		return false
	}
	return commands(p) || p.has("是否") || containsVerb(p.runes) && years{}.due(p) != nil || len(readActors(p).lead) > 0 || len(quotas(p)) > 0
}

// commands tells whether a sentence of p begins with a verb or has a modal.
func commands(p prose) bool {
	if i := headingEnd(p); i > 0 && p.len()-i > 4 {
		p = p.cut(i, p.len())
	}
	rs := p.runes
	for _, s := range p.parts(segmentEnds) {
		i := s.start
		for i < s.end && blank(rs[i]) {
			i++
		}
		i += openers.prefix(rs[i:s.end])
		if verbs.prefix(rs[i:s.end]) > 0 || hasModal(rs[i:s.end]) {
			return true
		}
		if predicates.prefix(rs[i:s.end]) >= 2 || i < s.end && strings.ContainsRune("对将把从按以为向以", rs[i]) && containsVerb(rs[i:s.end]) {
			return true
		}
	}
	return false
}

func hasModal(rs []rune) bool {
	for _, m := range modals {
		if containsAny(rs, m) {
			return true
		}
	}
	return false
}

func containsVerb(rs []rune) bool {
	for i := range rs {
		if verbs.prefix(rs[i:]) >= 2 {
			return true
		}
	}
	return false
}

// isNoInstruction recognises what is written like an instruction and is none:
// cases, definitions, penalties, who a group consists of, from when a paper is
// in force.
func isNoInstruction(p prose) bool {
	rs := p.runes
	switch {
	case endsAny(rs, "的;", "的。", "的", "的,"):
		return isCase(p)
	case beginsAny(rs, "组长", "副组长", "成员:", "成员单位:", "主任:", "副主任:", "总指挥", "副总指挥", "联系人", "联系电话", "电话:", "邮箱", "地址:", "注:", "备注", "说明:"):
		return p.len() < 2*longestHeading || beginsAny(rs, "组长:", "副组长:", "成员:", "成员单位:")
	case containsAny(rs, "自发布之日起", "自印发之日起", "自颁布之日起", "自公布之日起", "起施行", "起实施", "同时废止") && p.len() < 120 && !containsAny(rs, "要", "应"):
		return true
	case containsAny(rs, "负责解释", "承担解释") && p.len() < 120:
		return true
	case containsAny(rs, "是指", "所称", "本意见中", "本办法中", "本方案中") && !containsAny(rs, "要", "应", "负责") && p.len() < 150:
		return true
	case issues(rs), containsAny(rs, "通知如下", "现将", "现就", "印发给你们", "转发给你们"):
		return true
	case containsAny(rs, "遵照执行", "遵照施行") && p.len() < 120:
		return true
	case beginsAny(rs, "数据来源", "资料来源", "评分标准", "评分办法", "评分细则", "计分方法", "计分办法", "计算公式", "计算方法", "考核资料", "得分", "权重", "出席:", "列席:", "请假:", "记录:", "参会人员", "主持:", "附:"):
		return true
	case scores(rs):
		return true
	case containsAny(rs[:min(len(rs), 20)], "适用于") && !hasDuty(rs):
		return true
	case containsAny(rs, "担任", "兼任") && len(p.parts("。")) == 1 && !hasDuty(rs):
		return true
	case punishes(p), describes(p), foundsGroup(p), ranks(p), usesResults(p):
		return true
	case defines(rs):
		return true
	case isFormula(rs):
		return true
	}
	return false
}

// issues tells whether a paragraph says what the paper itself is made for:
// "…，制定本实施细则。"
func issues(rs []rune) bool {
	i := indexOf(rs, "制定")
	if i < 0 {
		return false
	}
	if containsAny(rs, "特制定") {
		return true
	}
	for ; i >= 0; i = indexFrom(rs, i+2, "制定") {
		rest := rs[i+2:]
		switch {
		case beginsAny(rest, "如下", "以下"):
			return true
		case !beginsAny(rest, "本", "此", "该"):
			continue
		}
		n := 1
		for n < len(rest) && !strings.ContainsRune(segmentEnds, rest[n]) {
			n++
		}
		if word := rest[1:n]; len(word) <= 6 && titleEnds.suffix(word) > 0 && !beginsAny(word, "地", "辖区", "单位", "部门", "街道", "镇", "乡", "村", "社区", "级", "行业", "系统", "区", "县", "市", "科") {
			return true
		}
	}
	return false
}

// scores tells whether rs only says how many points are given.
func scores(rs []rune) bool {
	if containsAny(rs, "不得分", "得满分", "不扣分", "扣完为止", "得基本分", "满分为", "总分为") && !hasDuty(rs) {
		return true
	}
	for i, r := range rs {
		if r == '分' && i > 1 && isDigit(rs[i-1]) && containsAny(rs[max(0, i-7):i], "得", "扣", "加", "计") {
			return true
		}
	}
	return false
}

// ranks tells whether p only says into which ranks something falls, or by which
// principles one goes.
func ranks(p prose) bool {
	said := p.has("分为") && p.has("等次", "等级", "级", "类", "档") || p.has("百分制", "千分制", "满分为", "满分100", "总分100") ||
		p.has("为优秀", "为合格", "为不合格", "为良好") || endsAny(p.runes, "原则。", "原则")
	return said && !hasDuty(p.runes) && len(p.parts("。")) <= 2 && len(readActors(p).lead) == 0
}

// usesResults tells whether p only says what the results of an assessment count
// for; results that must be published or reported are something to do.
func usesResults(p prose) bool {
	return p.has("考核结果", "考评结果", "评价结果", "评估结果", "检查结果") && p.has("依据", "纳入", "挂钩", "参考", "作为") &&
		!publishes(p) && len(p.parts("。")) == 1
}

// publishes tells whether p has something published or reported.
func publishes(p prose) bool {
	return p.has("通报", "公布", "上报", "报送", "公开", "反馈", "公示", "报县", "报市", "抄送")
}

// penalties are what those who fail have to expect.
var penalties = strings.Fields(`予以通报 给予通报 通报批评 给予处分 处分 追究 一票否决 取消评 取消其 取消当年 取消资格 扣减 扣除 处以 依法处理 问责 追责 约谈 警告
	严肃处理 解除劳动合同 解除聘用 移送司法 移交纪检 将在全 全区通报 全县通报 全市通报 全镇通报 诫勉 责令检讨`)

// faults begin the case in which a penalty falls.
var faults = strings.Fields(`对 凡 因 如 若 情节 逾期 违反 造成 未按 未及时 未完成 拒不 无正当 不履行 不执行 不服从 不按 弄虚作假 推诿 失职 连续 累计`)

// punishes tells whether p only says what happens to those who fail.
func punishes(p prose) bool {
	rest := p.cut(headingEnd(p), p.len())
	if !rest.has(penalties...) {
		return false
	}
	found := false
	for _, s := range rest.parts("。;") {
		q := rest.cut(s.start, s.end)
		if q.len() == 0 {
			continue
		}
		if !isPenalty(q) {
			return false
		}
		found = true
	}
	return found
}

// isPenalty tells whether a sentence names a fault and its penalty and nothing
// to do.
func isPenalty(p prose) bool {
	fault, penalty := false, false
	for _, s := range p.parts(",:") {
		rs := p.cut(s.start, s.end).runes
		fails := containsAny(rs, faults...) && containsAny(rs, "的", "逾期", "未", "情节", "造成") || endsWith(rs, "的")
		punished := containsAny(rs, penalties...)
		switch {
		case hasDuty(rs), !punished && !endsWith(rs, "的") && !beginsAny(rs, faults...) && containsVerb(rs):
			return false
		}
		fault, penalty = fault || fails, penalty || punished
	}
	return fault && penalty
}

// states are the words of sentences that say how things are.
var states = []string{"目前", "现有", "已建", "已有", "共有", "当前", "截至", "近年来", "近三年", "去年", "今年以来", "据统计", "据不完全统计", "一直以来", "已完成", "已累计", "共累计", "位于", "占地", "已建成", "已投入", "投入运行", "投入使用", "正在建设", "已开工", "现状"}

// describes tells whether p says how things are and asks for nothing. A short
// first sentence is a heading, whatever it says.
func describes(p prose) bool {
	if !p.has(states...) {
		return false
	}
	rest := p.cut(headingEnd(p), p.len())
	segments := rest.parts(segmentEnds)
	for i, s := range segments {
		seg := rest.cut(s.start, s.end).runes
		if hasDuty(seg) {
			return false
		}
		opens := s.start == 0 || rest.runes[s.start-1] != ','
		if opens && commandsAfterLimit(seg) && !containsAny(seg, "已", "了") && !(i+1 < len(segments) && isEffect(rest, segments[i+1])) {
			return false
		}
	}
	return true
}

// commandsAfterLimit tells whether a segment begins with a verb, or with a
// limit and then a verb: "5月20日前完成调查".
func commandsAfterLimit(rs []rune) bool {
	if d, end, ok := readDay(rs, 0); ok && d.month > 0 {
		for _, w := range []string{"底前", "前", "以前", "之前"} {
			if beginsWith(rs[end:], w) {
				return verbsStart(rs[end+len([]rune(w)):])
			}
		}
	}
	return verbsStart(rs)
}

// isEffect tells whether a segment says what the act of the one before it is
// good for: "落实分类工作，将降低难度".
func isEffect(p prose, s part) bool {
	return beginsAny(p.cut(s.start, s.end).runes, "将有", "将降", "将进一步", "将有效", "将大", "将极大", "将为", "将使", "有助于", "有利于", "能够有效", "可有效", "可以有效", "对于", "是")
}

// headingEnd is where the text begins behind a short first sentence without a
// comma, which is a heading; 0 if there is none.
func headingEnd(p prose) int {
	for i, r := range p.runes[:min(p.len(), longestHeading/2)] {
		switch {
		case r == ',' && i > longestHeading/3:
			return 0
		case r == '。' && i+1 < p.len():
			return i + 1
		}
	}
	return 0
}

func hasDuty(rs []rune) bool {
	for i, r := range rs {
		switch r {
		case '要':
			if (i == 0 || !strings.ContainsRune("主重需必", rs[i-1])) && !isDemand(rs[i:]) {
				return true
			}
		case '应':
			if !beginsAny(rs[i+1:], "急", "用") && (i == 0 || !strings.ContainsRune("对供响适反效", rs[i-1])) {
				return true
			}
		case '须':
			return true
		}
	}
	if i := indexOf(rs, "负责"); i >= 0 && !beginsAny(rs[i+2:], "人", "同志", "制") {
		return true
	}
	return containsAny(rs, "牵头", "确保", "不得", "严禁", "请", "力争", "务必", "必须")
}

// isDemand tells whether rs begins with the noun 要求.
func isDemand(rs []rune) bool {
	return beginsWith(rs, "要求") && (len(rs) == 2 || strings.ContainsRune(",。;、的和及)", rs[2]))
}

// foundsGroup tells whether p only sets up a group and names its persons.
func foundsGroup(p prose) bool {
	return p.has("成立", "设立", "组成", "组建") && p.has("任组长", "为组长", "任指挥长", "为指挥长", "任总指挥", "任主任", "为成员", "担任组长") &&
		!hasDuty(p.runes)
}

// defines tells whether rs says what something is: "XX系统（以下简称系统）是…".
func defines(rs []rune) bool {
	i := indexOf(rs, "以下简称")
	if i < 0 || i > 2*longestHeading {
		return false
	}
	for ; i < len(rs); i++ {
		if rs[i] == ')' {
			return beginsAny(rs[i+1:], "是", "为", "指")
		}
	}
	return false
}

// isCase tells whether p is a bare case ("违反…的；") and not a rule.
func isCase(p prose) bool {
	return len(p.parts("。")) == 1 && !p.has("要", "应", "须", "负责", "由")
}

// isFormula tells whether p computes something.
func isFormula(rs []rune) bool {
	return containsAny(rs, "=") && !containsAny(rs, "。")
}

// topic is the kind of a clause by its heading: aim, report, none, or "" for
// one that may instruct.
func (c *clause) topic() string {
	h := c.heading()
	if h.len() == 0 {
		return ""
	}
	words := string(withoutBracketAtEnd(h.runes))
	words = strings.TrimRight(words, ":。 ")
	if kind, ok := topics[words]; ok {
		return kind
	}
	for _, tail := range []string{"对象", "范围", "条件"} {
		if len(h.runes) <= 8 && strings.HasSuffix(words, tail) {
			return "none" // 改造对象
		}
	}
	met := beginsAny(h.runes, "发现", "存在", "取得", "反馈", "查出")      // 发现的主要问题
	if len(h.runes) > 14 || beginsWith(h.runes, "关于") || !met && // minutes: 关于资金问题
		verbsStart(h.runes) || c.parent.heading().has("内容", "重点", "事项") {
		return "" // 检查内容：责任落实情况
	}
	for _, tail := range topicTails {
		if strings.HasSuffix(words, tail) {
			return topics[tail]
		}
	}
	return ""
}

// topicTails are topics that also count behind other words: "考评结果应用" is
// not among them because results may have to be reported.
var topicTails = []string{"指导思想", "基本原则", "工作原则", "工作目标", "总体目标", "主要目标", "目标任务", "问题", "情况", "成效", "做法", "不足", "工作情况", "开展情况", "完成情况", "基本情况", "主要做法", "工作成效", "责任追究", "法律责任", "适用范围", "否决项"}

// inheritedTopic is the nearest topic of c or of a clause around it.
func (c *clause) inheritedTopic() string {
	for ; c != nil && c.parent != nil; c = c.parent {
		if t := c.topic(); t != "" {
			return t
		}
	}
	return ""
}

// isCaseList tells whether the items under a lead-in are cases, papers to hand
// in or penalties, not things to do.
func isCaseList(leadIn prose) bool {
	rs := leadIn.runes
	if containsAny(rs, "下列", "以下", "包括", "如下") && (containsAny(rs, "不得", "禁止", "严禁") || containsAny(rs, "组成", "成员", "人员", "条件", "情形", "材料", "标准") && !containsAny(rs, "职责", "任务", "工作", "措施", "程序", "要求", "步骤", "义务", "规定", "做好", "履行")) {
		return true
	}
	return containsAny(rs, "不予受理", "有下列", "下列情形", "下列情况", "下列条件", "以下条件", "以下情形", "符合以下", "具备以下", "具备下列", "下列材料", "以下材料", "问责", "追责", "以下内容的", "以下内容:", "下列内容", "组成如下", "名单如下", "不得享受")
}

// isAim tells whether a goal is a task: it has a figure to reach or says who
// must reach it.
func isAim(p prose, who actors, qs []Quota) bool {
	return len(qs) > 0 || len(who.lead) > 0
}
