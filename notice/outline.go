package notice

import "strings"

// A clause is a node of the outline: a number or heading with what stands
// under it.
type clause struct {
	ordinal
	parent *clause
	head   prose   // the paragraph that the number opens, without the number
	after  []prose // further paragraphs before the next number
	items  []*clause
	tables []taskTable
	lines  []prose    // lines of their own like "责任单位：…"
	duty   assignment // what these lines say
}

// A paper is one document of a file: the letter, the plan that it sends, an
// annex.
type paper struct {
	title string
	annex bool
	root  *clause
}

// longestHeading is the number of characters up to which a line without a full
// stop may be a heading.
const longestHeading = 45

// outline sorts the blocks into papers and clauses.
func outline(doc *Document) *outliner {
	o := &outliner{doc: doc, ordered: len(doc.Blocks)}
	o.open(0, "", false)
	for i := 0; i < len(doc.Blocks); {
		if rows, next := readRows(doc, i); next > i {
			for _, row := range rows {
				for _, f := range row.fields {
					o.noteOrder(f)
				}
			}
			if o.listed.len() > 0 && o.listed.block == i-1 {
				o.open(i, o.listed.String(), true) // the only annex, under its heading
			}
			o.cur.tables = append(o.cur.tables, taskTable{rows: rows})
			i = next
			continue
		}
		o.add(i)
		i++
	}
	return o
}

type outliner struct {
	doc     *Document
	papers  []*paper
	cur     *clause
	words   bool  // headings have no numbers and count themselves
	listing bool  // inside the list of annexes
	annexed bool  // an annex has begun and wants its title
	listed  prose // the last line of the list of annexes
	ordered int   // the block from which on the first unit of a list leads
}

// open begins a paper whose first block is i.
func (o *outliner) open(i int, title string, annex bool) {
	p := &paper{title: title, annex: annex, root: &clause{}}
	o.papers = append(o.papers, p)
	o.cur = p.root
	o.listing, o.annexed = false, false
	o.words = !hasNumberedHeadings(o.doc.Blocks[i:])
}

func (o *outliner) add(i int) {
	p := newProse(i, o.doc.Blocks[i].Text)
	p = p.cut(0, p.len())
	o.noteOrder(p)
	switch {
	case p.len() == 0:
	case isIssueDate(p):
		o.listing = false // the letter ends with its date
	case o.annexLine(p):
	case o.listing && isListedAnnex(p):
		o.listed = p
	case isTitle(p) || o.annexed && isHeadingLine(p) && readNumber(p.runes).kind == unnumbered:
		o.open(i+1, p.String(), o.annexed)
	case isFrame(p), o.isSignature(i, p):
	case o.dutyLine(p):
	default:
		o.listing, o.annexed = false, false
		o.text(p, o.doc.Blocks[i].Level)
	}
}

// isSignature tells whether block i is the office that signs, right above the
// date.
func (o *outliner) isSignature(i int, p prose) bool {
	if i+1 >= len(o.doc.Blocks) || p.len() > 2*longestUnit || !isUnitCell(p) {
		return false
	}
	next := newProse(i+1, firstRunes(o.doc.Blocks[i+1].Text, 40))
	return isIssueDate(next.cut(0, next.len()))
}

func (o *outliner) text(p prose, level int) {
	n := readNumber(p.runes)
	if n.kind == unnumbered && o.words && (level > 0 || isHeadingLine(p) && !isLeadIn(p)) {
		n = ordinal{kind: headingWords, label: trimHeading(p)}
		o.push(n, p)
		return
	}
	if n.kind == unnumbered || n.kind == spokenNumber && inlineItems(p.runes) != nil {
		o.cur.after = append(o.cur.after, p) // 一要…二要… in one paragraph are its own items
		return
	}
	o.push(n, p.cut(n.end, p.len()))
}

// noteOrder looks for "列首位的为牵头单位，下同".
func (o *outliner) noteOrder(p prose) {
	if o.ordered == len(o.doc.Blocks) && leadsFirst(p.runes) {
		o.ordered = p.block
	}
}

// isLeadIn tells a line that leads to what follows ("现将有关事项通知如下：")
// from a heading.
func isLeadIn(p prose) bool {
	return p.has(",") || p.len() > 12 && endsWith(p.runes, ":")
}

// push opens a clause: beside the last one of its kind if such a one is open,
// else inside the innermost one that usually goes outside of it.
func (o *outliner) push(n ordinal, head prose) {
	parent := o.cur
	for c := o.cur; c.parent != nil; c = c.parent {
		if c.kind == n.kind {
			parent = c.parent
			break
		}
		if c.kind > n.kind {
			parent = c.parent
		}
	}
	c := &clause{ordinal: n, parent: parent, head: head}
	parent.items = append(parent.items, c)
	o.cur = c
}

func (o *outliner) annexLine(p prose) bool {
	if !beginsWith(p.runes, "附件") && !beginsWith(p.runes, "附表") {
		return false
	}
	i := 2
	for i < p.len() && (isDigit(p.runes[i]) || isHanNumeral(p.runes[i])) {
		i++
	}
	numbered := i > 2
	colon := i < p.len() && p.runes[i] == ':'
	for i < p.len() && (blank(p.runes[i]) || p.runes[i] == ':' || p.runes[i] == '.') {
		i++
	}
	switch rest := p.cut(i, p.len()); {
	case rest.len() == 0 && !colon:
		o.open(p.block+1, "", true)
		o.annexed = true
	case colon && !numbered || colon && o.listing:
		o.listing = true
	case numbered && isHeadingLine(rest):
		o.open(p.block+1, rest.String(), true)
	case rest.len() == 0 || isHeadingLine(rest):
		o.listing = true
	default:
		return false
	}
	return true
}

// isListedAnnex tells a line of the list of annexes ("2.统计表") from a clause.
func isListedAnnex(p prose) bool {
	kind := readNumber(p.runes).kind
	return (kind == arabicNumber || kind == unnumbered) && isHeadingLine(p)
}

// isHeadingLine tells whether a line is short and no sentence.
func isHeadingLine(p prose) bool {
	if p.len() == 0 || p.len() > longestHeading {
		return false
	}
	rs := withoutBracketAtEnd(p.runes)
	if len(rs) == 0 {
		return false
	}
	for _, r := range rs {
		if r == '。' || r == ';' || r == '!' {
			return false
		}
	}
	return rs[len(rs)-1] != ',' && rs[len(rs)-1] != '、'
}

func withoutBracketAtEnd(rs []rune) []rune {
	for len(rs) > 0 && rs[len(rs)-1] == ')' {
		depth, i := 0, len(rs)-1
		for ; i >= 0; i-- {
			if rs[i] == ')' {
				depth++
			} else if rs[i] == '(' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if i < 0 {
			return rs
		}
		rs = rs[:i]
	}
	return rs
}

// trimHeading is the words of a heading without its colon and closing bracket.
func trimHeading(p prose) string {
	n := len(withoutBracketAtEnd(p.runes))
	for n > 0 && (blank(p.runes[n-1]) || p.runes[n-1] == ':' || p.runes[n-1] == '。') {
		n--
	}
	return p.text(0, n)
}

// hasNumberedHeadings tells whether the paper that begins with these blocks
// counts its clauses by 一、, 第一章, 第一条 or （一）. The next title ends it.
func hasNumberedHeadings(blocks []Block) bool {
	for i, b := range blocks {
		if b.Table > 0 {
			continue
		}
		if i > 0 && len(b.Text) < 300 && opensPaper(newProse(0, strings.TrimSpace(b.Text))) {
			return false
		}
		switch readNumber(newProse(0, firstRunes(b.Text, 12)).runes).kind {
		case chapterNumber, articleNumber, hanNumber, hanBracket:
			return true
		}
	}
	return false
}

func opensPaper(p prose) bool { return beginsAny(p.runes, "附件", "附表") || isTitle(p) }

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// path is the numbers from the outermost clause to c.
func (c *clause) path() string {
	if c.parent == nil {
		return ""
	}
	return joinPath(c.parent.path(), c.label)
}

func joinPath(outer, inner string) string {
	if outer == "" || inner == "" {
		return outer + inner
	}
	return outer + "/" + inner
}

// under tells whether c or one of the clauses around it fulfils the condition.
func (c *clause) under(holds func(*clause) bool) bool {
	for ; c != nil && c.parent != nil; c = c.parent {
		if holds(c) {
			return true
		}
	}
	return false
}

// heading is the clause's own heading: the whole head, or its first sentence
// where the text runs on behind it.
func (c *clause) heading() prose {
	if isHeadingLine(c.head) {
		return c.head
	}
	for i, r := range c.head.runes {
		if i > longestHeading {
			break
		}
		if r == '。' || r == ':' {
			return c.head.cut(0, i)
		}
	}
	return prose{}
}

// dutyLine files a line like "责任单位：…" under the clause above it.
func (o *outliner) dutyLine(p prose) bool {
	if p.len() > 200 || o.cur.parent == nil || !beginsWithLabel(p.runes) {
		return false
	}
	o.cur.lines = append(o.cur.lines, p)
	return true
}

func beginsWithLabel(rs []rune) bool {
	for i, r := range rs {
		if r == ':' {
			switch columnKind(rs[:i]) {
			case "lead", "unit", "support", "due":
				return true
			case "other":
				return len(rs) < longestHeading/2
			}
			return false
		}
	}
	return false
}
