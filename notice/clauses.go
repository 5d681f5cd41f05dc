package notice

import "strings"

// A context is what a clause takes over from those around it.
type context struct {
	stage   int        // index in Plan.Stages, -1 outside of steps
	due     *Due       // the dates of the step
	lead    []string   // the subject of a lead-in or heading
	duty    assignment // the bracket of a heading
	article bool       // inside 第一条
	topic   string     // none, aim, report
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
	} else if c.asksFor() {
		ctx.topic = ""
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
	if a.named && isHeadingLine(c.head) {
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
	if !isHeadingLine(c.head) {
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
	for _, p := range c.after {
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

// running makes tasks of a clause whose number opens a full paragraph.
func (r *reader) running(c *clause, ctx context) {
	head := c.head
	if len(c.items) > 0 && endsWith(head.runes, ":") {
		if own := head.cut(0, head.len()-lastSentence(head).len()); own.len() == 0 || !r.isTask(own, ctx) {
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
	isTask := head.len() > 0 && (r.isTask(head, ctx) || r.hasBracket(head))
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

// A written clause is a task as it stands: its place and its paragraphs.
type written struct {
	c      *clause
	path   string
	pieces []prose
}

// task writes down a clause, or its items where it counts some in its text.
func (r *reader) task(w written, ctx context) {
	last := len(w.pieces) - 1
	a, at := r.closingBracket(w.pieces[last])
	whole := w.pieces[last]
	body := whole.cut(0, at)
	if !a.named && w.c.duty.named {
		a = w.c.duty
	}
	if a.due == nil {
		a.due = w.c.duty.due
	}
	items := inlineItems(body.runes)
	if items == nil {
		w.pieces[last] = body
		r.write(w, whole, a, ctx)
		return
	}
	before := body.cut(0, items[0].start)
	inner := ctx
	if lead, _ := readActors(before).settled(); len(lead) > 0 {
		inner.lead = lead
	}
	if isCaseList(lastSentence(before)) {
		inner.cases = true
	}
	own := before
	if endsAny(before.runes, ":", ",") || before.len() < 16 {
		own = before.cut(0, max(0, before.len()-lastSentence(before).len()))
	}
	if own.len() > 0 && instructs(own) && !isHeadingLine(own) {
		pieces := append(append([]prose{}, w.pieces[:last]...), before)
		r.write(written{w.c, w.path, pieces}, before, a, ctx)
	}
	for _, it := range items {
		p := body.cut(it.body, it.end)
		if r.isTask(p, inner) {
			b, at := r.closingBracket(p)
			if !b.named {
				b = a
			}
			r.write(written{w.c, joinPath(w.path, it.label), []prose{p.cut(0, at)}}, p, b, inner)
		}
	}
	if rest := body.cut(items[len(items)-1].end, body.len()); rest.len() > 4 && r.isTask(rest, ctx) {
		r.write(written{w.c, w.path + "#1", []prose{rest}}, rest, a, ctx)
	}
}

// write adds the task.
func (r *reader) write(w written, whole prose, a assignment, ctx context) {
	t := Task{Path: w.path, Stage: ctx.stage}
	var who actors
	var texts []string
	for i, p := range w.pieces {
		if p.len() == 0 {
			continue
		}
		p = withoutDashes(p)
		texts = append(texts, p.String())
		if i < len(w.pieces)-1 {
			t.At = append(t.At, p.span())
			continue
		}
		t.At = append(t.At, whole.span())
		who = readActors(p)
		t.Quotas = quotas(p)
		t.Due = r.deadline(a.due, p)
	}
	if t.Text = strings.Join(texts, "\n"); t.Text == "" {
		return
	}
	if t.Due == nil {
		t.Due = ctx.due
	}
	t.Lead, t.Support = r.assign(a, who, ctx)
	t.Heading = headingOf(w.c.heading(), w.pieces[len(w.pieces)-1])
	t.Section = sectionOf(w.c.parent)
	r.add(t)
}

func withoutDashes(p prose) prose {
	i := 0
	for i < p.len() && p.runes[i] == '-' {
		i++
	}
	return p.cut(i, p.len())
}

// assign settles who leads and who helps.
func (r *reader) assign(a assignment, who actors, ctx context) (lead, support []string) {
	textLead, textSupport := who.settled()
	switch {
	case len(a.lead) > 0:
		lead, support = a.lead, a.supports()
		if len(support) == 0 {
			support = textSupport
		}
	case a.named && len(who.leaders) > 0:
		lead, support = who.leaders, addNames(a.leads(), a.support...)
	case a.named:
		lead, support = addNames(append([]string{}, textLead...), a.leads()...), addNames(append([]string{}, a.support...), textSupport...)
	case len(textLead) > 0:
		lead, support = textLead, textSupport
	case len(ctx.lead) > 0:
		lead, support = ctx.lead, textSupport
	case ctx.duty.named:
		lead, support = ctx.duty.leads(), addNames(append([]string{}, ctx.duty.supports()...), textSupport...)
	default:
		support = textSupport
	}
	return lead, without(support, lead)
}

func without(list, others []string) []string {
	var out []string
	for _, n := range list {
		if !sameOffice(others, n) && !shortFor(others, n) && !containsName(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// shortFor tells whether a name is short for one of the offices: 市场监管 for
// 市市场监管局.
func shortFor(offices []string, name string) bool {
	for _, o := range offices {
		for _, tail := range []string{"局", "委", "办", "部门"} {
			if rest, ok := strings.CutSuffix(o, name+tail); ok && len(rest) <= len("市") {
				return true
			}
		}
	}
	return false
}

// deadline is the date of a bracket, or else of the text; a year written in it
// applies to what follows.
func (r *reader) deadline(bracket *limit, p prose) *Due {
	l := bracket
	if l == nil {
		l = r.years.due(p)
	}
	if l == nil {
		return nil
	}
	if l.year > 0 {
		r.years.now = l.year
	}
	due := l.due
	return &due
}

// add appends a task, its lists never nil.
func (r *reader) add(t Task) {
	if t.Lead == nil {
		t.Lead = []string{}
	}
	if t.Support == nil {
		t.Support = []string{}
	}
	if t.Quotas == nil {
		t.Quotas = []Quota{}
	}
	r.plan.Tasks = append(r.plan.Tasks, t)
}

// headingOf names a task in a list: by its heading or its first words.
func headingOf(heading, text prose) string {
	const longest = 40
	p := heading
	if p.len() == 0 {
		p = text
		for i, c := range text.runes {
			if i > 3 && strings.ContainsRune(segmentEnds, c) {
				p = text.cut(0, i)
				break
			}
		}
	}
	n := min(p.len(), longest)
	return strings.TrimRight(p.text(0, n), "。：:；; \n")
}

// sectionOf is the heading of the nearest clause around that has one.
func sectionOf(c *clause) string {
	for ; c != nil && c.parent != nil; c = c.parent {
		if h := c.heading(); h.len() > 0 {
			return trimHeading(h)
		}
	}
	return ""
}
