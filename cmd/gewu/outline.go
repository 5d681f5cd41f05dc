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

// labelled prints a label, padded to its column, and text beside it.
func (p *planPrinter) labelled(indent, column int, sgr, label, text string) {
	at := indent + max(column, textWidth(label)+1)
	lines := wrap(text, max(p.width-at, 20))
	for i, l := range lines {
		front := strings.Repeat(" ", at)
		if i == 0 {
			front = strings.Repeat(" ", indent) + p.paint(sgr, label) + strings.Repeat(" ", at-indent-textWidth(label))
		}
		p.w.WriteString(front + l + "\n")
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
		p.labelled(2, 26, "", p.dates(s.From, s.To), s.Name)
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
	const indent, column = 4, 10
	p.labelled(2, 2, green, t.Path, t.Heading)
	if t.Text != t.Heading {
		p.line(indent, "", t.Text)
	}
	p.units(p.say("牵头", "Lead"), t.Lead)
	p.units(p.say("配合", "Support"), t.Support)
	for _, q := range t.Quotas {
		p.labelled(indent, column, dim, p.say("指标", "Quota"), p.quota(q))
	}
	if t.Due != nil {
		text := p.dates(t.Due.From, t.Due.To)
		if t.Due.Text != "" {
			text += p.say("（"+t.Due.Text+"）", " ("+t.Due.Text+")")
		}
		p.labelled(indent, column, dim, p.say("期限", "Due"), text)
	}
	p.w.WriteByte('\n')
}

func (p *planPrinter) units(label string, units []string) {
	if len(units) > 0 {
		p.labelled(4, 10, dim, label, strings.Join(units, "、"))
	}
}

func (p *planPrinter) findings(findings []notice.Finding) {
	if len(findings) == 0 {
		return
	}
	p.line(0, cyan, p.say("文中数据", "Figures"))
	for _, f := range findings {
		p.labelled(2, 12, green, figures(f.Value, f.Max)+f.Unit, f.What+p.say("："+f.Text, ": "+f.Text))
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
	return read + c.say("（"+q.Text+"）", " ("+q.Text+")")
}

func figures(value, high float64) string {
	s := strconv.FormatFloat(value, 'f', -1, 64)
	if high != 0 {
		s += "–" + strconv.FormatFloat(high, 'f', -1, 64)
	}
	return s
}
