package notice

import "strings"

// preamble reads the paragraphs before the first number: figures that they
// report, and tasks where the paper has no clauses at all.
func (r *reader) preamble(root *clause) {
	n := 0
	for _, p := range root.after {
		if len(root.items) == 0 && len(root.tables) == 0 && r.bare && r.isTask(p, context{}) {
			n++
			r.task(written{root, "#" + itoa(n), []prose{p}}, context{stage: -1})
			continue
		}
		r.findings(p)
	}
}

// report reads the figures of a paragraph that is no task, if it reports.
func (r *reader) report(p prose, ctx context) {
	if ctx.topic == "none" && !describes(p) {
		return
	}
	if ctx.topic == "report" || ctx.topic == "reporting" || p.len() > 0 && !ctx.cases && (describes(p) || !isNoInstruction(p) && !instructs(p)) {
		r.findings(p)
	}
}

// forecasts mark a sentence that says what is going to be done.
var forecasts = strings.Fields(`将组织 将开展 将于 将在 将对 将派 将进行 拟 决定在 决定于 决定开展 定于 计划`)

// findings reads the figures that a paragraph reports.
func (r *reader) findings(p prose) {
	for _, s := range p.parts(sentenceEnds) {
		s.end = s.start + firstOf(p.runes[s.start:s.end], forecasts...) // what follows is still to come
		for _, seg := range p.cut(s.start, s.end).parts(",:") {
			if beginsAny(p.runes[s.start+seg.start:s.end], "为", "根据", "按照", "确保") {
				continue // why the paper is written
			}
			r.figuresOf(p.cut(s.start, s.end).cut(seg.start, seg.end))
		}
	}
}

func (r *reader) figuresOf(p prose) {
	rs := p.runes
	if containsAny(rs, "不少于", "不低于", "力争", "将达", "预计", "目标", "第一次", "扣") {
		return
	}
	for _, f := range figures(rs, 0, len(rs)) {
		if beginsAny(rs[f.end:], aspects...) || f.spelled && f.unit != "%" && f.value < 2 || isTime(f.unit) {
			continue
		}
		r.finding(Finding{Value: f.value, Max: f.max, Unit: f.unit + f.rate, What: what(p, f), Text: p.String()})
	}
	for i := range rs {
		if n, ok := readNumeral(rs, i); ok && n.end < len(rs) && (rs[n.end] == '死' || rs[n.end] == '伤') && (i == 0 || !isDigit(rs[i-1])) {
			r.finding(Finding{Value: n.value, Unit: "人", What: p.text(n.end, n.end+1), Text: p.String()})
		}
	}
}

func isTime(unit string) bool {
	switch unit {
	case "年", "月", "日", "天", "周", "小时", "个月", "分钟", "期", "届", "个小时", "级", "个工作日", "工作日", "个季度":
		return true
	}
	return false
}

// what is what a figure counts: the words behind it, or those in front.
func what(p prose, f figure) string {
	if f.end < p.len() {
		if s := p.cut(f.end, min(p.len(), f.end+20)).String(); s != "" {
			return s
		}
	}
	return p.cut(max(0, f.start-20), f.start).String()
}

func (r *reader) finding(f Finding) {
	key := Finding{Value: f.Value, Max: f.Max, Unit: f.Unit, What: f.What}
	if r.found[key] {
		return
	}
	r.found[key] = true
	r.plan.Findings = append(r.plan.Findings, f)
}
