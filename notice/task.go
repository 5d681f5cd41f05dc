package notice

import "strings"

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
