package notice

import "strings"

// A bound is a word that tells on which side of a number the target lies.
type bound struct {
	word string
	op   Op
}

var boundsBefore = []bound{
	{"不得少于", AtLeast}, {"不得低于", AtLeast}, {"不能少于", AtLeast}, {"不能低于", AtLeast}, {"不少于", AtLeast}, {"不低于", AtLeast},
	{"不小于", AtLeast}, {"至少", AtLeast}, {"最少", AtLeast}, {"达到或超过", AtLeast},
	{"不得超过", AtMost}, {"不能超过", AtMost}, {"不超过", AtMost}, {"不得高于", AtMost}, {"不高于", AtMost},
	{"不多于", AtMost}, {"不大于", AtMost}, {"不超", AtMost}, {"最长", AtMost}, {"最高", AtMost}, {"最多", AtMost}, {"低于", AtMost}, {"小于", AtMost},
	{"超过", AtLeast}, {"突破", AtLeast}, {"大于", AtLeast}, {"高于", AtLeast},
}

var boundsBehind = []bound{
	{"及以上", AtLeast}, {"以上", AtLeast}, {"及以下", AtMost}, {"以下", AtMost}, {"以内", AtMost}, {"之内", AtMost}, {"内", AtMost},
}

// A segment is a part of a sentence in which quotas are looked for.
type segment struct {
	p          prose
	start, end int
	closes     rune   // the sign behind it, 0 at the end
	chained    bool   // the segment before set a bare number at its end
	listed     string // the unit of the total that 其中 divides, "" if none
}

// quotas finds the numbers that p sets as targets.
func quotas(p prose) []Quota {
	var out []Quota
	chained, scored, listed := false, false, ""
	stated := statements(p)
	for _, part := range p.parts(segmentEnds) {
		if part.start < len(stated) && stated[part.start] {
			continue
		}
		if n := len(out); n > 0 && beginsWith(p.cut(part.start, part.end).runes, "其中") {
			listed = out[n-1].Unit
		}
		s := segment{p: p, start: part.start, end: part.end, chained: chained, listed: listed}
		if part.end < p.len() {
			s.closes = p.runes[part.end]
		}
		if s.scored() {
			if scored {
				continue // a lower level, for fewer points
			}
			scored = true
		}
		found := s.quotas()
		if n := len(out); n > 0 && len(found) > 0 && continuesPeriod(p.runes[part.start:], out[n-1], found[0]) {
			found[0].Period = out[n-1].Period
			out = out[:n-1]
		}
		chained = len(found) > 0 && s.endsInFigure() && s.closes != '。'
		if s.closes == '。' {
			listed = ""
		}
		out = append(out, found...)
	}
	return out
}

// statements marks the runes of the sentences that say how things are: their
// numbers are no targets.
func statements(p prose) []bool {
	if !p.has(states...) {
		return nil
	}
	stated := make([]bool, p.len())
	for _, s := range p.parts("。;") {
		q := p.cut(s.start, s.end)
		if q.has("基础上", "不少于", "不低于", "达到", "力争") || !describes(q) {
			continue
		}
		for i := s.start; i < s.end; i++ {
			stated[i] = true
		}
	}
	return stated
}

// continuesPeriod tells whether a figure says how often the act of the segment
// before is done: "每季度开展督查，不少于2次".
func continuesPeriod(rs []rune, act, count Quota) bool {
	return act.Op == Exactly && act.Value == 1 && act.Unit == "次" && act.Period != Once && count.Period == Once &&
		beginsAny(rs, "不少于", "不低于", "不得少于", "至少", "每次不少于") && (count.Unit == "次" || count.Unit == "场" || count.Unit == "期")
}

func (s *segment) runes() []rune { return s.p.runes[s.start:s.end] }

// scored tells whether the segment gives points for a level: the first one, for
// full marks, is the target.
func (s *segment) scored() bool {
	rs := s.runes()
	i := indexOf(rs, "分")
	return i > 0 && (isDigit(rs[i-1]) || rs[i-1] == '满') && containsAny(rs[:i], "得", "计")
}

func (s *segment) quotas() []Quota {
	s.start += readNumber(s.runes()).end
	rs := s.runes()
	if s.condition(rs) {
		return nil
	}
	var out []Quota
	period, hasPeriod := s.period(0)
	last, reach := 0, 0 // a bound reaches over a length of time: 达到或超过前3年平均值的98%
	for _, f := range figures(rs, 0, len(rs)) {
		if hasPeriod && f.start < period.end && f.end > period.start {
			continue
		}
		q, ok := s.quota(f, last, reach, period, hasPeriod)
		if ok {
			out = append(out, q)
		}
		if last = f.end; ok || !isTime(f.unit) {
			reach = last
		}
	}
	if len(out) > 0 {
		return out
	}
	for ; hasPeriod; period, hasPeriod = s.period(period.end) { // 每周调度、每月通报
		if period.every && !s.benefit(period) {
			out = append(out, s.acts(period)...)
		}
	}
	return out
}

// benefit tells whether a period only measures what somebody receives.
func (s *segment) benefit(p periodOfTime) bool {
	rs := s.runes()
	return endsAny(rs[:p.start], "每人", "每户", "每名", "人均") || containsAny(rs, "补贴", "补助", "租金", "房租")
}

// condition tells whether the segment speaks of a case, a score or a penalty.
func (s *segment) condition(rs []rune) bool {
	if endsWith(rs, "的") && (s.closes == ',' || s.closes == ';') {
		return true
	}
	if containsAny(rs, "没有", "未及时", "未按", "未完成", "逾期", "不得分", "加分", "罚款") || beginsAny(rs, "凡", "如", "若", "累计出现", "连续") {
		return true
	}
	i := indexOf(rs, "分")
	return i > 0 && isDigit(rs[i-1]) && containsAny(rs, "扣", "加", "每降", "每少", "每增")
}

// quota reads f as a target, if it is one. last is the end of the figure
// before it in the segment.
func (s *segment) quota(f figure, last, reach int, per periodOfTime, hasPeriod bool) (Quota, bool) {
	rs := s.runes()
	before, after := rs[last:f.start], rs[f.end:]
	if basis(before, after, f) {
		return Quota{}, false
	}
	op, opAt, firm := findBound(rs[reach:f.start], after)
	if opAt < 0 {
		opAt = f.start
	} else {
		opAt += reach
	}
	inPeriod := hasPeriod && per.start < f.start
	if !s.isTarget(f, last, firm, inPeriod) {
		return Quota{}, false
	}
	q := Quota{Op: op, Value: f.value, Unit: f.unit}
	if f.isRange {
		q.Op, q.Max = Between, f.max
	} else if f.more && !firm {
		q.Op = AtLeast
	}
	from := min(opAt, s.nounBefore(f.start, last))
	if inPeriod {
		q.Period = per.period
		q.Value *= per.factor
		from = min(from, per.start)
	} else if p, ok := dailyMean(before); ok {
		q.Period = p
	} else if f.rate != "" {
		q.Period = map[string]Period{"/日": Daily, "/天": Daily, "/月": Monthly, "/年": Yearly}[f.rate]
	}
	q.Text = s.p.text(s.start+from, s.start+s.behind(f))
	return q, true
}

// findBound finds the word that bounds a number: the nearest one before it, or
// one right behind.
func findBound(before, after []rune) (op Op, at int, firm bool) {
	best, ends := -1, -1
	for _, b := range boundsBefore {
		i := lastIndexOf(before, b.word)
		if end := i + len([]rune(b.word)); i >= 0 && end > ends && len(before)-i <= boundReach {
			best, ends, op = i, end, b.op
		}
	}
	if b, ok := boundBehind(after); ok && best < 0 {
		return b.op, -1, true
	}
	if best >= 0 {
		return op, best, true
	}
	return Exactly, -1, false
}

// longestSegment is how far back a verb of achieving is looked for.
const longestSegment = 120

// boundReach is the number of characters over which a bound reaches its
// number: 至少主动联系1次.
const boundReach = 14

func boundBehind(after []rune) (bound, bool) {
	if len(after) > 0 && after[0] == '(' { // 10个工作日（咨询类5个工作日）内
		if end := closing(after[:min(len(after), boundReach)], 0); end > 0 {
			after = after[end+1:]
		}
	} else if len(after) > 0 && after[0] == ')' {
		after = after[1:]
	}
	for _, b := range boundsBehind {
		if beginsWith(after, b.word) && !beginsAny(after, "内容", "内部", "内的", "内设", "内外") {
			return b, true
		}
	}
	return bound{}, false
}

// aspects are counted only to list them: 以下六个方面.
var aspects = strings.Fields(`方面 环节 大 类别 维度 层面 阶段 等级 领域 部分 时段 重点`)

// isTarget tells whether a number has to be reached: it is bounded, belongs to
// a period, follows a verb of achieving, or closes a list of targets.
func (s *segment) isTarget(f figure, last int, firm, inPeriod bool) bool {
	rs := s.runes()
	before, after := rs[max(0, f.start-longestSegment):f.start], rs[f.end:]
	switch {
	case firm || inPeriod || f.more && achieves(before), f.start == 0 && f.unit == s.listed:
		return true
	case f.unit == "%":
		return true
	case beginsAny(after, aspects...):
		return false
	case f.spelled:
		return s.spelledTarget(f)
	case s.chained && len(trimSigns(after)) == 0:
		return true
	}
	return achieves(before) || strings.HasPrefix(f.unit, "个百分点") || beginsWith(rs, "每") || len(after) == 0 && containsAny(before, "任务", "目标", "编制", "经费", "指标", "计划数", "数量")
}

// achieves tells whether a verb of achieving stands before a number, with
// nothing between them that makes the number a description.
func achieves(before []rune) bool {
	for i := max(0, len(before)-longestSegment); i < len(before); i++ {
		if achieve.prefix(before[i:]) > 0 {
			return !endsAny(before, "现有", "已有", "原有")
		}
	}
	return false
}

// spelledTarget is isTarget for numbers in words, most of which are not meant
// as numbers: they count acts, or what has to be set up.
func (s *segment) spelledTarget(f figure) bool {
	rs := s.runes()
	before := rs[:f.start]
	switch f.unit {
	case "次", "场", "轮", "遍", "场次", "人次", "课时", "学时":
		return achieves(before)
	case "个", "名", "支", "所", "处", "家", "座", "间", "位", "套", "户":
		return containsAny(before, "设立", "建立", "配备", "打造", "创建", "培育", "组建", "成立", "建成", "新建", "设置", "选派", "选聘", "招募") &&
			(f.value > 1 || !containsAny(before, "形成", "构建"))
	}
	return false
}

func trimSigns(rs []rune) []rune {
	for len(rs) > 0 && strings.ContainsRune(" )左右个", rs[0]) {
		rs = rs[1:]
	}
	return rs
}

func (s *segment) endsInFigure() bool {
	rs := s.runes()
	fs := figures(rs, 0, len(rs))
	return len(fs) > 0 && len(trimSigns(rs[fs[len(fs)-1].end:])) == 0
}

// nounBefore goes back from a number to the beginning of what it counts.
func (s *segment) nounBefore(i, last int) int {
	rs := s.runes()
	depth := 0
	for j := i; j > last && i-j < 14; j-- {
		switch {
		case rs[j-1] == ')':
			depth++
		case rs[j-1] == '(' && depth > 0:
			depth--
		case rs[j-1] == '(' || rs[j-1] == '、' && depth == 0:
			return j
		}
		if j-1 == 0 {
			return 0
		}
	}
	return i
}

// behind is the end of a quota's words: the bound behind the figure included.
func (s *segment) behind(f figure) int {
	rs := s.runes()
	for _, b := range boundsBehind {
		if beginsWith(rs[f.end:], b.word) {
			return f.end + len([]rune(b.word))
		}
	}
	return f.end
}
