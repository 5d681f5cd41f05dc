package notice

import (
	"slices"
	"strconv"
)

// Parse reads the tasks out of a document. It does not fail: a document without
// tasks has an empty plan.
func Parse(doc *Document) *Plan {
	f := readFront(doc)
	r := &reader{
		found: map[Finding]bool{},
		plan: &Plan{Tasks: []Task{}, Stages: []Stage{}, Findings: []Finding{},
			DocNo: f.docNo, Issuer: f.issuer, Issued: f.issued},
	}
	o := outline(doc)
	papers := o.papers
	r.ordered = o.ordered
	r.plan.Title = f.title
	r.front = papers[0]
	for _, p := range papers {
		if r.plan.Title == "" && !p.annex {
			r.plan.Title = p.title
		}
		if p.title == r.plan.Title {
			r.front = p
		}
	}
	r.years.issued = f.issued
	if f.issued != "" {
		r.years.now, _ = strconv.Atoi(f.issued[:4])
	}
	if r.years.now == 0 {
		r.years.now = yearOf(f.docNo)
	}
	if r.years.now == 0 {
		r.years.now = firstYear(papers)
	}
	r.titleYear(f.title)
	r.bare = true
	for _, p := range papers {
		r.bare = r.bare && len(p.root.items) == 0 && len(p.root.tables) == 0
	}
	for _, p := range papers {
		r.paper(p)
	}
	// A table inside a clause is read after the paragraphs around it.
	slices.SortStableFunc(r.plan.Tasks, func(a, b Task) int { return a.At[0].Block - b.At[0].Block })
	return r.plan
}

// A reader walks through the outline and writes down what it finds.
type reader struct {
	plan    *Plan
	years   years
	found   map[Finding]bool // without their texts
	bare    bool             // the document has no numbers and no headings at all
	front   *paper           // the one that the front's title belongs to
	ordered int              // the block from which on the first unit of a list leads
}

func (r *reader) paper(p *paper) {
	r.titleYear(p.title)
	base := ""
	if p.annex && len(p.root.tables) > 0 {
		base = p.title
	}
	r.preamble(p.root)
	for _, t := range p.root.tables {
		r.table(p.root, base, t)
	}
	topic := ""
	if reports(p.title) || p == r.front && reports(r.plan.Title) {
		topic = "reporting"
	}
	for _, c := range p.root.items {
		r.clause(c, context{stage: -1, topic: topic})
	}
}

// reports tells whether a paper with this title reports first of all.
func reports(title string) bool {
	p := newProse(0, title)
	return endsAny(withoutBracketAtEnd(p.runes), "总结", "汇报", "情况的通报", "情况通报", "情况的报告", "情况报告", "工作报告", "调研报告", "检查通报", "督查通报")
}

// titleYear takes the year of a title, if it names one year only.
func (r *reader) titleYear(title string) {
	if title == "" {
		return
	}
	p := newProse(0, title)
	year := 0
	for i := range p.runes {
		n, ok := readNumeral(p.runes, i)
		if !ok || i > 0 && (isDigit(p.runes[i-1]) || isHanNumeral(p.runes[i-1])) || n.value < 1949 || n.value > 2100 || n.end >= len(p.runes) {
			continue
		}
		if year > 0 && year != int(n.value) || p.runes[n.end] == '-' || p.runes[n.end] == '至' {
			return
		}
		if p.runes[n.end] == '年' {
			if n.end+1 < len(p.runes) && (p.runes[n.end+1] == '-' || p.runes[n.end+1] == '至') {
				return
			}
			year = int(n.value)
		}
	}
	if year > 0 {
		r.years.now = year
	}
}

// firstYear is the year of the first full date before the clauses: minutes give
// the day of the meeting there.
func firstYear(papers []*paper) int {
	for _, p := range papers {
		for _, q := range p.root.after {
			for i := range q.runes[:min(q.len(), 200)] {
				if d, _, ok := readDay(q.runes, i); ok && d.year > 0 && d.day > 0 {
					return d.year
				}
			}
		}
	}
	return 0
}

// yearOf is the year of a document number.
func yearOf(docNo string) int {
	rs := newProse(0, docNo).runes
	for i, c := range rs {
		if c == '(' {
			if n, ok := readNumeral(rs, i+1); ok {
				return int(n.value)
			}
		}
	}
	return 0
}

func itoa(n int) string { return strconv.Itoa(n) }
