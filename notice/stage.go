package notice

// step reads a clause as a dated step of a schedule.
func (r *reader) step(c *clause) (s Stage, due *Due, ok bool) {
	h := c.heading()
	if h.len() == 0 || !c.isStep(h) {
		return s, nil, false
	}
	l := r.years.due(h)
	if l == nil && h.has("阶段", "第一步", "第二步", "第三步") && !endsWith(c.head.runes, ":") && len(c.items) == 0 {
		l = r.years.due(firstSentence(c))
	}
	if l == nil {
		return s, nil, false
	}
	if l.year > 0 {
		r.years.now = l.year
	}
	return Stage{Name: stepName(h), From: l.due.From, To: l.due.To, Text: l.due.Text}, &l.due, true
}

// dashStep is the context of a paragraph that is itself a dated step:
// "——自查阶段（6月底前）。…"
func (r *reader) dashStep(c *clause, p prose, ctx context) context {
	if p.len() == 0 || p.runes[0] != '-' && !beginsAny(p.runes, "第一", "第二", "第三", "第四") {
		return ctx
	}
	dashed := p.runes[0] == '-'
	p = withoutDashes(p)
	h := openingOf(p)
	if !h.has("阶段", "步骤") && !c.head.has("步骤", "阶段", "程序", "进度", "时间安排") {
		return ctx
	}
	l := r.years.due(h)
	if l == nil && dashed {
		l = r.years.due(p)
	}
	if l == nil {
		return ctx
	}
	r.plan.Stages = append(r.plan.Stages, Stage{Name: stepName(h), From: l.due.From, To: l.due.To, Text: l.due.Text})
	ctx.stage, ctx.due = len(r.plan.Stages)-1, &l.due
	return ctx
}

// openingOf is the first sentence of p, to its colon if it has one.
func openingOf(p prose) prose {
	for i, r := range p.runes {
		if r == '。' || r == ';' || r == ':' && i > 6 {
			return p.cut(0, i)
		}
	}
	return p
}

// span reads a clause that says when the whole action runs: "一、活动时间".
func (r *reader) period(c *clause) (Stage, bool) {
	h := c.heading()
	if h.len() == 0 || !endsAny(withoutBracketAtEnd(h.runes), "时间", "期限", "时段", "时间:", "期限:") {
		return Stage{}, false
	}
	for _, p := range append([]prose{c.head}, c.after...) {
		if l := r.years.due(p); l != nil && l.due.From != "" && l.due.To != l.due.From {
			if l.year > 0 {
				r.years.now = l.year
			}
			return Stage{Name: trimHeading(h), From: l.due.From, To: l.due.To, Text: l.due.Text}, true
		}
	}
	return Stage{}, false
}

// isStep tells whether a heading calls itself a step or stands under one that
// announces steps.
func (c *clause) isStep(h prose) bool {
	if h.has("阶段", "步骤", "第一步", "第二步", "第三步") {
		return true
	}
	return c.parent.under(func(p *clause) bool {
		return p.heading().has("步骤", "阶段", "工作程序", "实施程序", "工作流程", "进度安排", "时间安排", "实施安排", "日程", "推进计划", "工作进度", "时间进度", "活动安排", "工作安排")
	})
}

func firstSentence(c *clause) prose {
	p := c.head
	if isHeadingLine(p) {
		if len(c.after) == 0 {
			return prose{}
		}
		p = c.after[0]
	}
	for i, r := range p.runes {
		if r == ',' || r == '。' && i > longestHeading {
			return p.cut(0, i)
		}
	}
	return p
}

// stepName is the heading without its bracket.
func stepName(h prose) string {
	for i, r := range h.runes {
		if (r == ':' || r == ' ') && i < 7 && i+4 < h.len() {
			return stepName(h.cut(i+1, h.len())) // 第一阶段：准备阶段
		}
	}
	for i, r := range h.runes {
		if i > 1 && (r == '(' || r == ':') {
			return h.cut(0, i).String()
		}
	}
	return trimHeading(h)
}
