package notice

import "strings"

// A context is what a clause takes over from those around it.
type context struct {
	stage   int        // index in Plan.Stages, -1 outside of steps
	due     *Due       // the dates of the step
	lead    []string   // the subject of a lead-in or heading
	duty    assignment // the bracket of a heading
	article bool       // inside 第一条
	topic   string     // none, aim, report, results; reporting: a report that may ask for something
	cases   bool       // the items are cases, not things to do
}

// clause reads a clause and those inside it.
func (r *reader) clause(c *clause, ctx context) {
	ctx = r.enter(c, ctx)
	r.bodies(c, ctx)
	for _, t := range c.tables {
		r.table(c, c.path(), t)
	}
	if n := c.head.len(); n > 0 && len(c.items) > 0 && isCaseList(lastSentence(c.head)) {
		ctx.cases = true
	}
	ctx = r.leadIn(c, ctx)
	for _, item := range c.items {
		r.clause(item, ctx)
	}
}

// enter is the context inside of c.
func (r *reader) enter(c *clause, ctx context) context {
	if t := c.topic(); t != "" {
		ctx.topic = t
	} else if ctx.topic != "none" && c.asksFor() {
		ctx.topic = ""
	}
	if ctx.topic != "report" {
		r.titleYear(c.heading().String())
	}
	ctx.article = ctx.article || c.kind == articleNumber
	if s, due, ok := r.step(c); ok {
		r.plan.Stages = append(r.plan.Stages, s)
		ctx.stage, ctx.due = len(r.plan.Stages)-1, due
	} else if s, ok := r.period(c); ok {
		r.plan.Stages = append(r.plan.Stages, s)
		ctx.stage, ctx.topic = len(r.plan.Stages)-1, "none"
	}
	for _, line := range c.lines {
		c.duty = c.duty.with(r.assignment(line))
	}
	if c.duty.named {
		ctx.duty = c.duty
	}
	if c.duty.due != nil {
		ctx.due = &c.duty.due.due
	}
	return ctx
}

// asksFor tells whether a heading inside a report turns to what is to be done.
func (c *clause) asksFor() bool {
	return c.heading().has("下一步", "下步", "建议", "打算", "计划", "安排", "要求", "今后", "下阶段", "整改措施")
}

// leadIn adds to the context what the clause's own text says for its items: the
// bracket of a heading, the subject of "承办单位应按下列程序办理：".
func (r *reader) leadIn(c *clause, ctx context) context {
	if len(c.items) == 0 || c.head.len() == 0 {
		return ctx
	}
	a, at := r.closingBracket(c.head)
	if a.named && (isHeadingLine(c.head) || at < longestHeading/2) {
		ctx.duty = a
	}
	body := c.head.cut(0, at)
	if isHeadingLine(body) || endsWith(body.runes, ":") {
		if lead := headingUnits(body); len(lead) > 0 {
			ctx.lead = lead
		} else if endsWith(body.runes, ":") {
			if lead, _ := readActors(lastSentence(body)).settled(); len(lead) > 0 {
				ctx.lead = lead
			}
		}
	}
	if n := len(c.after); n > 0 && endsWith(c.after[n-1].runes, ":") {
		if lead, _ := readActors(lastSentence(c.after[n-1])).settled(); len(lead) > 0 {
			ctx.lead = lead
		}
	}
	return ctx
}

// headingUnits are the units of a heading that names nothing else.
func headingUnits(p prose) []string {
	n := p.len()
	for n > 0 && strings.ContainsRune(":。 ", p.runes[n-1]) {
		n--
	}
	p = p.cut(0, n)
	if p.len() == 0 || !isUnitCell(p) {
		return nil
	}
	return (&reader{}).unitNames(p)
}

func lastSentence(p prose) prose {
	for i := p.len() - 2; i >= 0; i-- {
		if p.runes[i] == '。' {
			return p.cut(i+1, p.len())
		}
	}
	return p
}

// bodies makes tasks of the clause's own paragraphs.
func (r *reader) bodies(c *clause, ctx context) {
	leaf := len(c.items) == 0 && len(c.tables) == 0
	if !isHeadingLine(c.head) || endsWith(c.head.runes, ":") && hasDuty(c.head.runes) {
		r.running(c, ctx)
		return
	}
	a, at := r.closingBracket(c.head)
	if a.named {
		ctx.duty = a
	}
	if a.due != nil && ctx.due == nil {
		ctx.due = &a.due.due
	}
	if lead := headingUnits(c.head.cut(0, at)); len(lead) > 0 {
		ctx.lead = lead
	}
	var tasks []prose
	for i, p := range c.after {
		if len(c.items) > 0 && i == len(c.after)-1 && endsWith(p.runes, ":") && !r.ownDuty(p) {
			r.report(p, ctx)
			continue
		}
		if r.isTask(p, ctx) && !explains(p, c.head) {
			tasks = append(tasks, p)
		} else {
			r.report(p, ctx)
		}
	}
	switch {
	case len(tasks) == 1 && len(c.after) == 1:
		r.task(written{c, c.path(), []prose{c.head, tasks[0]}}, ctx)
	case len(tasks) > 0:
		r.paragraphs(c, tasks, ctx)
	case len(c.after) > 0:
	case a.named || leaf && c.duty.named || leaf && r.isTask(c.head, ctx) && verbsStart(c.head.runes) && c.kind > hanNumber:
		r.task(written{c, c.path(), []prose{c.head}}, ctx)
	}
}

// ownDuty tells whether a paragraph that leads to numbered items asks for
// something itself, in front of the sentence that leads to them.
func (r *reader) ownDuty(p prose) bool {
	own := p.cut(0, p.len()-lastSentence(p).len())
	if own.len() == 0 || !instructs(own) {
		return false
	}
	lead, _ := readActors(own).settled()
	return len(lead) > 0 || hasDuty(own.runes) || len(quotas(own)) > 0 || r.years.due(own) != nil
}

// running makes tasks of a clause whose number opens a full paragraph.
func (r *reader) running(c *clause, ctx context) {
	head := c.head
	if len(c.items) > 0 && endsWith(head.runes, ":") {
		own := head.cut(0, head.len()-lastSentence(head).len())
		forbids := isCaseList(head) && head.has("不得", "禁止", "严禁") // the items are no tasks, the rule is
		if !forbids && (own.len() == 0 || !r.isTask(own, ctx)) {
			head = prose{}
		}
	}
	var tasks []prose
	for _, p := range c.after {
		if r.isTask(p, ctx) && !explains(p, c.head) && !endsWith(p.runes, ":") {
			tasks = append(tasks, p)
		} else {
			r.report(p, ctx)
		}
	}
	isTask := head.len() > 0 && (r.isTask(head, ctx) || r.hasBracket(head) && ctx.topic != "none")
	if !isTask {
		r.report(head, ctx)
	}
	if isTask && ctx.article && len(tasks) > 0 {
		r.paragraphs(c, append([]prose{head}, tasks...), ctx)
		return
	}
	if isTask {
		r.task(written{c, c.path(), []prose{head}}, ctx)
	}
	r.paragraphs(c, tasks, ctx)
}

func (r *reader) hasBracket(p prose) bool {
	a, _ := r.closingBracket(p)
	return a.named
}

// paragraphs makes one task of each un-numbered paragraph: #1, #2 …
func (r *reader) paragraphs(c *clause, ps []prose, ctx context) {
	for i, p := range ps {
		r.task(written{c, c.path() + "#" + itoa(i+1), []prose{p}}, r.dashStep(c, p, ctx))
	}
}

// isTask tells whether a paragraph is one in its context.
func (r *reader) isTask(p prose, ctx context) bool {
	if ctx.cases {
		return false
	}
	switch ctx.topic {
	case "none":
		return false
	case "report":
		return r.hasBracket(p)
	case "reporting":
		return r.hasBracket(p) || hasDuty(p.runes) && instructs(p)
	case "results":
		return instructs(p) && publishes(p)
	case "aim":
		return isAim(p, readActors(p), quotas(p))
	}
	return r.hasBracket(p) || instructs(p) && (p.len() > 8 || verbsStart(p.runes))
}

// explains tells whether a paragraph explains a word of the one before it:
// "日常监测：根据…".
func explains(p, head prose) bool {
	for i, r := range p.runes {
		if r == ':' {
			return i > 1 && i < 12 && unitHeads.suffix(p.runes[:i]) == 0 && indexOf(head.runes, string(p.runes[:i])) >= 0
		}
		if i > 12 {
			break
		}
	}
	return false
}
