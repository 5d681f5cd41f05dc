package main

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gewu/notice"
)

// printPlan prints a plan to be read by people.
func (c *console) printPlan(plan *notice.Plan) error {
	p := &planPrinter{console: c, w: bufio.NewWriter(c.out)}
	p.head(plan)
	p.stages(plan.Stages)
	p.tasks(plan.Tasks)
	p.findings(plan.Findings)
	p.counts(plan)
	return p.w.Flush()
}

type planPrinter struct {
	*console
	w *bufio.Writer // keeps the first error for Flush
}

// line prints text, painted, with every line indented and within the width.
func (p *planPrinter) line(indent int, sgr, text string) {
	for para := range strings.SplitSeq(text, "\n") {
		for _, l := range wrap(para, p.width-indent) {
			p.w.WriteString(strings.Repeat(" ", indent) + p.paint(sgr, l) + "\n")
		}
	}
}

// A span is text in a colour.
type span struct{ sgr, text string }

// labelled prints a label, padded to its column, and text beside it.
func (p *planPrinter) labelled(indent, column int, label, text span) {
	at := indent + max(column, textWidth(label.text)+1)
	front := strings.Repeat(" ", indent) + p.paint(label.sgr, label.text) + strings.Repeat(" ", at-indent-textWidth(label.text))
	for _, l := range wrap(text.text, max(p.width-at, 20)) {
		p.w.WriteString(front + p.paint(text.sgr, l) + "\n")
		front = strings.Repeat(" ", at)
	}
}

func (p *planPrinter) head(plan *notice.Plan) {
	title := plan.Title
	if title == "" {
		title = p.say("（无标题）", "(no title)")
	}
	p.line(0, bold, title)
	var about []string
	for _, s := range []string{plan.DocNo, plan.Issuer, plan.Issued} {
		if s != "" {
			about = append(about, s)
		}
	}
	if len(about) > 0 {
		p.line(0, dim, strings.Join(about, "  "))
	}
	p.w.WriteByte('\n')
}

func (p *planPrinter) stages(stages []notice.Stage) {
	if len(stages) == 0 {
		return
	}
	p.line(0, cyan, p.say("工作步骤", "Stages"))
	for _, s := range stages {
		p.labelled(2, 26, span{"", p.dates(s.From, s.To)}, span{"", s.Name})
	}
	p.w.WriteByte('\n')
}

func (p *planPrinter) tasks(tasks []notice.Task) {
	for i, t := range tasks {
		if t.Section != "" && (i == 0 || tasks[i-1].Section != t.Section) {
			p.line(0, cyan, t.Section)
		}
		p.task(t)
	}
}

func (p *planPrinter) task(t notice.Task) {
	if rest, ok := afterHeading(t); ok {
		p.labelled(2, 0, span{green, t.Path}, span{bold, t.Heading})
		p.line(4, "", rest)
	} else {
		p.line(2, green, t.Path)
		p.line(4, "", t.Text)
	}
	p.fact(p.say("牵头", "Lead"), p.list(t.Lead))
	p.fact(p.say("配合", "Support"), p.list(t.Support))
	for _, q := range t.Quotas {
		p.fact(p.say("指标", "Quota"), p.quota(q))
	}
	if t.Due != nil {
		p.fact(p.say("期限", "Due"), p.asWritten(p.dates(t.Due.From, t.Due.To), t.Due.Text))
	}
	p.w.WriteByte('\n')
}

// afterHeading is the text of a task behind its heading, if it begins with one
// that stands alone and fits on a line.
func afterHeading(t notice.Task) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(t.Text, t.Heading)
	body := strings.TrimLeft(rest, "。．：:\n 　")
	return body, ok && t.Heading != "" && (rest == "" || body != rest)
}

// labels is the width of the column of labels.
func (c *console) labels() int {
	if c.lang == "en" {
		return 9
	}
	return 6
}

// fact prints one thing known of a task.
func (p *planPrinter) fact(label, text string) {
	if text != "" {
		p.labelled(4, p.labels(), span{dim, label}, span{"", text})
	}
}

func (c *console) list(units []string) string { return strings.Join(units, c.say("、", ", ")) }

// asWritten puts the words of the document behind what was made of them.
func (c *console) asWritten(read, written string) string {
	if written == "" {
		return read
	}
	return read + c.say("（"+written+"）", " ("+written+")")
}

func (p *planPrinter) findings(findings []notice.Finding) {
	if len(findings) == 0 {
		return
	}
	p.line(0, cyan, p.say("文中数据", "Figures"))
	for _, f := range findings {
		p.labelled(2, 12, span{green, figures(f.Value, f.Max) + f.Unit}, span{"", f.What + p.say("：", ": ") + f.Text})
	}
	p.w.WriteByte('\n')
}

func (p *planPrinter) counts(plan *notice.Plan) {
	quotas, dues := 0, 0
	units := map[string]bool{}
	for _, t := range plan.Tasks {
		quotas += len(t.Quotas)
		if t.Due != nil {
			dues++
		}
		for _, u := range slices.Concat(t.Lead, t.Support) {
			units[u] = true
		}
	}
	p.line(0, bold, fmt.Sprintf(p.say("共 %d 项任务、%d 个单位、%d 项指标、%d 个期限、%d 个步骤、%d 项数据",
		"%d tasks, %d units, %d quotas, %d due dates, %d stages, %d figures"),
		len(plan.Tasks), len(units), quotas, dues, len(plan.Stages), len(plan.Findings)))
}

// dates prints a time limit; either end may be open.
func (c *console) dates(from, to string) string {
	from, to = strings.TrimPrefix(from, "--"), strings.TrimPrefix(to, "--")
	switch {
	case from == to:
		return from
	case from == "":
		return fmt.Sprintf(c.say("%s 前", "by %s"), to)
	case to == "":
		return fmt.Sprintf(c.say("%s 起", "from %s"), from)
	}
	return from + " – " + to
}

var periods = map[notice.Period][2]string{
	notice.Daily: {"每日", "a day"}, notice.Weekly: {"每周", "a week"}, notice.Monthly: {"每月", "a month"},
	notice.Quarterly: {"每季度", "a quarter"}, notice.HalfYear: {"每半年", "a half-year"}, notice.Yearly: {"每年", "a year"},
}

// quota prints what was understood, then what was written.
func (c *console) quota(q notice.Quota) string {
	sign := map[notice.Op]string{notice.AtLeast: "≥ ", notice.AtMost: "≤ "}[q.Op]
	read := sign + figures(q.Value, q.Max) + " " + q.Unit
	if period, ok := periods[q.Period]; ok {
		read = c.say(period[0]+" "+read, read+" "+period[1])
	}
	return c.asWritten(read, q.Text)
}

func figures(value, high float64) string {
	s := strconv.FormatFloat(value, 'f', -1, 64)
	if high != 0 {
		s += "–" + strconv.FormatFloat(high, 'f', -1, 64)
	}
	return s
}
