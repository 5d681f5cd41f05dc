package notice

// step reads a clause as a dated step of a schedule.
func (r *reader) step(c *clause) (s Stage, due *Due, ok bool) {
	h := c.heading()
	if h.len() == 0 || !c.isStep(h) {
		return s, nil, false
	}
	l := r.years.due(h)
	if l == nil && h.has("阶段", "步骤") {
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

// isStep tells whether a heading calls itself a step or stands under one that
// announces steps.
func (c *clause) isStep(h prose) bool {
	if h.has("阶段", "步骤", "第一步", "第二步", "第三步") {
		return true
	}
	return c.parent.under(func(p *clause) bool {
		return p.heading().has("步骤", "阶段", "进度安排", "时间安排", "实施安排", "日程", "推进计划", "工作进度", "时间进度", "活动安排", "工作安排")
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
		if i > 1 && (r == '(' || r == ':') {
			return h.cut(0, i).String()
		}
	}
	return trimHeading(h)
}
