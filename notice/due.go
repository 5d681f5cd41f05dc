package notice

import (
	"strings"
)

// A limit is a time limit found in a text.
type limit struct {
	due  Due
	at   int // rune
	year int // the year written in it, 0 if none
}

// years is the year that applies to dates without one.
type years struct {
	now    int    // from the title, a heading or an earlier date
	issued string // the date of issue, for limits that run from it
}

// limits finds the time limits in p, in the order of the text.
func (y years) limits(p prose) []limit {
	var out []limit
	rs := p.runes
	for i := 0; i < len(rs); {
		if l, end, ok := y.sinceIssue(p, i); ok {
			out = append(out, l)
			i = end
			continue
		}
		if !mayOpenDate(rs, i) {
			i++
			continue
		}
		t, ok := y.term(rs, i)
		if !ok {
			i++
			continue
		}
		if l, ok := t.limit(p); ok {
			out = append(out, l)
		}
		i = max(t.end, i+1)
	}
	return out
}

// due is the time limit of a text: the last one, if it has several.
func (y years) due(p prose) *limit {
	ls := y.limits(p)
	if len(ls) == 0 {
		return nil
	}
	return &ls[len(ls)-1]
}

func mayOpenDate(rs []rune, i int) bool {
	r := rs[i]
	if i > 0 && (isDigit(rs[i-1]) || isHanNumeral(rs[i-1]) || rs[i-1] == '.' && isDigit(r)) {
		return false
	}
	if isDigit(r) || isHanNumeral(r) {
		return true
	}
	if r == '年' && i > 0 && strings.ContainsRune("半去上次往近今本明当后", rs[i-1]) {
		return false
	}
	return strings.ContainsRune("年今本当明上下第", r)
}

// A term is a point or a stretch of time with the words before and behind it
// that tell what it means.
type term struct {
	rs        []rune
	when      // start to end with what belongs to it
	stretch   bool
	recurring bool
}

func (y years) term(rs []rune, i int) (t term, ok bool) {
	t.rs = rs
	year := y.now
	if endsAny(rs[max(0, i-2):i], "每年", "年度") || endsAny(rs[max(0, i-3):i], "每年的") {
		t.recurring, year = true, 0
	}
	if w, ok := shortRange(rs, i, year); ok {
		t.when, t.stretch = w, true
		return t, true
	}
	if nthYear(rs[:i]) {
		t.recurring, year = true, 0
	}
	w, ok := readWhen(rs, i, year)
	if !ok {
		return t, false
	}
	t.when = w
	j := skipBlank(rs, w.end)
	if j+1 < len(rs) && strings.ContainsRune("-至到", rs[j]) {
		for j++; j < len(rs) && rs[j] == '-'; j++ {
		}
		if last, ok := rangeEnd(rs, skipBlank(rs, j), w); ok {
			t.last, t.end, t.grain, t.stretch = last.last, last.end, last.grain, true
			t.written = w.written || last.written
		}
	}
	return t, true
}

// nthYear tells whether rs ends with a year that comes round: 第2年, 次年.
func nthYear(rs []rune) bool {
	if endsAny(rs, "次年", "翌年", "隔年") {
		return true
	}
	n := len(rs)
	if n > 3 && rs[n-1] == '的' {
		n-- // 第二年的10月底
	}
	return n > 2 && rs[n-1] == '年' && (isDigit(rs[n-2]) || isHanNumeral(rs[n-2])) && rs[n-3] == '第'
}

// shortRange reads ranges whose parts share a word: 3-5月, 9月10-12日.
func shortRange(rs []rune, i, year int) (w when, ok bool) {
	d := day{year: year}
	j := i
	if y, end, found := readDay(rs, i); found && y.day == 0 {
		if y.year > 0 {
			d.year, w.written = y.year, true
		}
		d.month, j = y.month, end
	}
	a, okA := readNumeral(rs, j)
	if !okA || a.end+1 >= len(rs) || !strings.ContainsRune("-至到", rs[a.end]) {
		return w, false
	}
	b, okB := readNumeral(rs, a.end+1)
	if !okB || b.end >= len(rs) || a.value < 1 || b.value < 1 || a.value > 31 || b.value > 31 {
		return w, false
	}
	from, to := int(a.value), int(b.value)
	w.start, w.end = i, b.end+1
	switch unit := rs[b.end]; {
	case unit == '月' && d.month == 0 && from <= 12 && to <= 12:
		w.first, w.last = day{d.year, from, 1}, day{d.year, to, lastDay(d.year, to)}
		w.last.year = laterYear(w.first, w.last, false)
		full := when{start: i}.completeMonth(rs[w.end:], day{w.last.year, to, 0}, w.end)
		w.last, w.end, w.grain = full.last, full.end, full.grain
	case (unit == '日' || unit == '号') && d.month > 0:
		w.first, w.last = day{d.year, d.month, from}, day{d.year, d.month, to}
	default:
		return w, false
	}
	return w, w.first.valid() && w.last.valid()
}

// rangeEnd reads the end of a range; what it leaves out it takes from the
// beginning.
func rangeEnd(rs []rune, i int, from when) (when, bool) {
	if i >= len(rs) {
		return when{}, false
	}
	w, ok := readWhen(rs, i, from.first.year)
	if ok {
		w.last.year = laterYear(from.first, w.last, w.written)
		return w, true
	}
	n, found := readNumeral(rs, i)
	if !found || n.end >= len(rs) || n.value < 1 || n.value > 31 || from.grain != dayGrain || rs[n.end] != '日' && rs[n.end] != '号' {
		return w, false
	}
	d := from.first
	d.day = int(n.value)
	return when{start: i, end: n.end + 1, first: d, last: d}, d.valid()
}

// laterYear is the year of the end of a range: one later where the range runs
// over the new year.
func laterYear(from, to day, written bool) int {
	if !written && to.year > 0 && to.year == from.year && to.month < from.month {
		return to.year + 1
	}
	return to.year
}

// limit is the time limit that t sets, if it sets one.
func (t term) limit(p prose) (limit, bool) {
	rs := t.rs
	if !t.last.valid() || !t.first.valid() || t.aside() || t.ofTheThing() {
		return limit{}, false
	}
	start := t.start
	for _, w := range []string{"到", "至", "截至", "截止", "截止到", "截至到", "力争到", "于", "在", "自", "从", "力争", "确保", "每年"} {
		n := len([]rune(w))
		if t.start >= n && beginsWith(rs[t.start-n:], w) {
			start = min(start, t.start-n)
		}
	}
	before := string(rs[start:t.start])
	open, end, ok := t.bounds(before)
	if !ok {
		return limit{}, false
	}
	l := limit{at: t.start, due: Due{Text: p.text(start, max(end, t.end))}}
	wholeYear := t.grain == yearGrain && open == bothEnds && !t.stretch
	if t.written && (t.grain < yearGrain && t.grain != yearEnd || wholeYear) {
		l.year = t.last.year
	}
	if open != untilOnly {
		l.due.From = t.first.iso()
	}
	if open != sinceOnly {
		l.due.To = t.last.iso()
	}
	return l, l.due.From != "" || l.due.To != ""
}

// An openness tells which end of a time limit is open.
type openness int

const (
	bothEnds openness = iota
	untilOnly
	sinceOnly
)

// bounds reads the words around a point of time.
func (t term) bounds(before string) (open openness, end int, ok bool) {
	end = timeOfDay(t.rs, t.end)
	rest := t.rs[end:]
	for _, w := range []string{"底以前", "底之前", "以前", "之前", "底前", "前", "止", "截止", "之内"} {
		if beginsWith(rest, w) && !(w == "前" && beginsAny(rest, "前期", "前后", "前来", "前往", "前三", "前十", "前述")) {
			return untilOnly, end + len([]rune(w)), true
		}
	}
	if beginsAny(rest, "起", "开始") && !t.stretch {
		return sinceOnly, end + 1, true
	}
	if endsWith(t.rs[:t.start], "前(") || endsWith(t.rs[:t.start], "、") && lastIndexOf(t.rs[max(0, t.start-16):t.start], "前(") >= 0 {
		return untilOnly, t.end, true
	}
	if t.stretch {
		return bothEnds, t.end, t.grain != yearGrain || t.ledBy(before) || t.opens()
	}
	until := strings.ContainsAny(before, "到至止") || strings.HasPrefix(before, "力争")
	done := beginsAny(rest, "完成", "取得", "实现", "全面完成", "基本完成", "全部完成", "底完成", "达到", "建成", "形成", "办结", "到位")
	switch t.grain {
	case dayGrain, xunGrain:
		if until {
			return untilOnly, t.end, true
		}
		return bothEnds, t.end, true
	case monthEnd, yearEnd:
		return untilOnly, t.end, true
	case seasonGrain:
		if until || done || beginsWith(t.rs[t.start:], "上半年") {
			return untilOnly, t.end, t.ledBy(before) || done || t.opens()
		}
		acts := len(rest) == 0 || strings.ContainsRune(segmentEnds+")", rest[0]) || verbs.prefix(rest) >= 2
		return bothEnds, t.end, t.ledBy(before) || t.opens() && acts
	case monthGrain:
		if until || done {
			return untilOnly, t.end, true
		}
		return bothEnds, t.end, t.ledBy(before) || t.opens()
	}
	// A year.
	switch {
	case before == "在" || before == "于" || until:
		return untilOnly, t.end, true
	case done && (t.opens() || beginsAny(rest, "达到", "全部完成", "全面完成", "基本完成")):
		return untilOnly, t.end, true
	}
	return bothEnds, t.end, t.opens() && len(rest) > 0 && (rest[0] == ',' || verbs.prefix(rest) >= 2 || hasDuty(segmentOf(rest)))
}

// segmentOf is the beginning of rs up to the sign that ends the segment.
func segmentOf(rs []rune) []rune {
	for i, r := range rs {
		if strings.ContainsRune(segmentEnds, r) {
			return rs[:i]
		}
	}
	return rs
}

// timeOfDay is the end of an hour behind a day, which a deadline leaves out:
// 7月6日17:00前, 7月6日下午5时前.
func timeOfDay(rs []rune, i int) int {
	i = skipBlank(rs, i)
	j := i
	for _, w := range []string{"上午", "下午", "中午", "晚", "下班"} {
		if beginsWith(rs[j:], w) {
			j += len([]rune(w))
		}
	}
	if j > i && beginsAny(rs[j:], "前", "之前", "以前") {
		return j // 10月10日下班前
	}
	n, ok := readNumeral(rs, j)
	if !ok || n.end >= len(rs) {
		return i
	}
	switch rs[n.end] {
	case '时', '点':
		return n.end + 1
	case ratio:
		if m, ok := readNumeral(rs, n.end+1); ok {
			return m.end
		}
	}
	return i
}

// ledBy tells whether the preposition shows a time of the action.
func (t term) ledBy(before string) bool {
	return before != "" && before != "确保"
}

// opens tells whether t stands at the beginning of a sentence or a part of it.
func (t term) opens() bool {
	i := t.start - 1
	for i >= 0 && blank(t.rs[i]) {
		i--
	}
	return i < 0 || strings.ContainsRune(segmentEnds+"(", t.rs[i])
}

// aside tells whether t only belongs to what is mentioned: the date of a
// decree, a period of a subsidy, an hour of a rota.
func (t term) aside() bool {
	rs := t.rs
	if endsAny(rs[:t.start], "每月", "每周", "每季度", "延长至", "延期至", "延至", "延长到", "顺延至", "(第", "修订于", "时间", "原定") &&
		!endsAny(rs[:t.start], "完成时间", "实施时间", "活动时间", "截止时间", "办理时间") {
		return true
	}
	rest := rs[t.end:]
	return beginsAny(rest, "印发", "发布", "颁布", "出台", "下发", "施行", "生效", "召开的", "通过的", "修订", "修正", "公布的", "版", "制定的", "国务院", "第一次", "以来", "以后", "后", "至今", "出生", "同期", "水平", "年度") ||
		t.grain == yearGrain && beginsAny(rest, "的", "度", "、")
}

// ofTheThing tells whether t says which things are meant ("6月30日前到期的").
func (t term) ofTheThing() bool {
	rest := t.rs[t.end:]
	for i, r := range rest[:min(len(rest), 10)] {
		if strings.ContainsRune(segmentEnds, r) {
			return false
		}
		if r == '的' {
			return containsAny(rest[:i], "到期", "出生", "成立", "注册", "登记", "参保", "入职", "退休", "竣工", "取得", "发生", "未", "已")
		}
	}
	return false
}

// columnDue reads a cell of a column of deadlines, where a bare month or year
// means its end.
func (y years) columnDue(p prose) *limit {
	if l := y.due(p); l != nil && l.due.From != l.due.To && (l.due.From == "" || l.at > 0 || len(p.runes) > 12) {
		return l
	}
	for i := range p.runes {
		if !mayOpenDate(p.runes, i) {
			continue
		}
		t, ok := y.term(p.runes, i)
		if !ok || !t.last.valid() {
			continue
		}
		l := &limit{at: i, due: Due{To: t.last.iso(), Text: p.String()}}
		if t.stretch || t.grain <= xunGrain {
			l.due.From = t.first.iso()
		}
		if t.grain == dayGrain && !t.stretch && containsAny(p.runes[t.end:], "前") {
			l.due.From = ""
		}
		if t.written {
			l.year = t.last.year
		}
		return l
	}
	return nil
}
