package notice

import (
	"regexp"
	"strings"
	"unicode"
)

// fromMarkdown reads what people write as Markdown: headings, lists, quotes,
// pipe tables, fences, front matter. Lines are the unit, as in fromText, where
// CommonMark would flow them together: a notice is pasted line by line. Only a
// line that is long and unfinished goes on in the next, as editors wrap them.
//
// It is not CommonMark, and no library for that: by its rules the marks in
// "**重点：**内容" are not a pair (0.31.2, 6.2), and lists are numbered anew.
func fromMarkdown(name, s string) *Document {
	m := &markdown{doc: &Document{Name: name}}
	title := ""
	lines := strings.Split(s, "\n")
	lines, title = frontMatter(lines)
	for i := 0; i < len(lines); i++ {
		if m.fence != "" || !isTableHead(lines[i:]) {
			m.line(lines[i])
			continue
		}
		n := 2
		for i+n < len(lines) && strings.Contains(lines[i+n], "|") {
			n++
		}
		m.table(lines[i : i+n])
		i += n - 1
	}
	m.endParagraph(0)
	if title != "" && !m.titled {
		m.doc.Blocks = append([]Block{{Text: title, Level: 1}}, m.doc.Blocks...)
	}
	return m.doc
}

type markdown struct {
	doc     *Document
	fence   string          // the fence that the current lines are inside of
	comment bool            // inside <!-- -->
	para    strings.Builder // the paragraph being read
	last    string          // its last line, with marks
	tables  int
	titled  bool // there is a heading of level 1
}

// frontMatter takes off a block of settings and returns the title in it.
func frontMatter(lines []string) (rest []string, title string) {
	if len(lines) == 0 || strings.TrimRight(lines[0], " ") != "---" {
		return lines, ""
	}
	for i, l := range lines[1:] {
		if l = strings.TrimRight(l, " "); l == "---" || l == "..." {
			return lines[i+2:], title
		}
		if key, value, ok := strings.Cut(l, ":"); ok && key == "title" {
			title = strings.Trim(strings.TrimSpace(value), `"'`)
		} else if l != "" && !ok && !strings.HasPrefix(l, " ") && !strings.HasPrefix(l, "-") && !strings.HasPrefix(l, "#") {
			break // a rule above ordinary text
		}
	}
	return lines, ""
}

var (
	fenceLine   = regexp.MustCompile("^\\s*(```+|~~~+)")
	headingLine = regexp.MustCompile(`^\s{0,3}(#{1,6})(?:[ \t　]+(.*?))?(?:[ \t]+#+)?\s*$`)
	underLine   = regexp.MustCompile(`^\s{0,3}(=+|-+)\s*$`)
	ruleLine    = regexp.MustCompile(`^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$`)
	bulletMark  = regexp.MustCompile(`^\s*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?`)
	quoteMark   = regexp.MustCompile(`^\s{0,3}>[ \t]?`)
	itemLine    = regexp.MustCompile(`^\s*(?:\d+[.)、．]|[（(]?[一二三四五六七八九十]+[、）)是]|第[一二三四五六七八九十百\d]+[章节条])`)
	defLine     = regexp.MustCompile(`^\s{0,3}\[[^\]]+\]:\s`)
	delimRow    = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
)

func (m *markdown) line(l string) {
	if f := fenceLine.FindStringSubmatch(l); f != nil && (m.fence == "" || strings.HasPrefix(f[1], m.fence)) {
		if m.fence == "" {
			m.fence = f[1]
		} else {
			m.fence = ""
		}
		m.endParagraph(0)
		return
	}
	if m.fence != "" {
		m.put(strings.TrimFunc(l, unprinted), 0)
		return
	}
	l = m.withoutComments(l)
	for at := quoteMark.FindStringIndex(l); at != nil; at = quoteMark.FindStringIndex(l) {
		l = l[at[1]:]
	}
	switch {
	case strings.TrimSpace(l) == "" || defLine.MatchString(l):
		m.endParagraph(0)
	case m.para.Len() > 0 && underLine.MatchString(l):
		if strings.Contains(l, "=") {
			m.titled = true
			m.endParagraph(1)
		} else {
			m.endParagraph(2)
		}
	case ruleLine.MatchString(l):
		m.endParagraph(0)
	case headingLine.MatchString(l):
		h := headingLine.FindStringSubmatch(l)
		m.titled = m.titled || len(h[1]) == 1
		m.endParagraph(0)
		m.put(inlineText(h[2]), len(h[1]))
	default:
		m.paragraph(l)
	}
}

// endParagraph puts the paragraph; one that is underlined has a level.
func (m *markdown) endParagraph(level int) {
	if m.para.Len() > 0 {
		m.put(m.para.String(), level)
	}
	m.para.Reset()
	m.last = ""
}

func (m *markdown) put(text string, level int) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimFunc(line, unprinted); line != "" {
			m.doc.Blocks = append(m.doc.Blocks, Block{Text: line, Level: level})
		}
	}
}

// paragraph reads a line of running text or of a list.
func (m *markdown) paragraph(l string) {
	isItem := bulletMark.MatchString(l) || itemLine.MatchString(l)
	text := inlineText(strings.TrimRight(bulletMark.ReplaceAllString(l, ""), "\\"))
	if isItem || !goesOn(m.last) {
		m.endParagraph(0)
	} else if text != "" && text[0] < 0x80 && isWordRune(rune(m.last[len(m.last)-1])) {
		m.para.WriteByte(' ') // between words of Latin letters
	}
	m.para.WriteString(text)
	m.last = l
}

// goesOn tells whether a line was broken by an editor: it is long, does not
// end a sentence and asks for no break.
func goesOn(l string) bool {
	if strings.HasSuffix(l, "  ") || strings.HasSuffix(l, "\\") || l == "" {
		return false
	}
	width := 0
	for _, r := range l {
		width++
		if r >= 0x2e80 {
			width++
		}
	}
	last := []rune(strings.TrimSpace(l))
	return width >= 60 && len(last) > 0 && !strings.ContainsRune("。；：！？.;:!?）)", last[len(last)-1])
}

// withoutComments takes <!-- --> out of a line; one may run over many lines.
func (m *markdown) withoutComments(l string) string {
	var b strings.Builder
	for l != "" {
		mark := "<!--"
		if m.comment {
			mark = "-->"
		}
		before, after, found := strings.Cut(l, mark)
		if !m.comment {
			b.WriteString(before)
		}
		if !found {
			break
		}
		m.comment, l = !m.comment, after
	}
	return b.String()
}

// isTableHead tells whether a pipe table begins: a row, and the row of dashes.
func isTableHead(lines []string) bool {
	return len(lines) > 1 && strings.Contains(lines[0], "|") && strings.Contains(lines[1], "|") && delimRow.MatchString(lines[1])
}

func (m *markdown) table(lines []string) {
	m.endParagraph(0)
	m.tables++
	head := splitRow(lines[0])
	for i, l := range lines {
		if i == 1 {
			continue
		}
		texts := splitRow(l)
		cells := make([]Cell, max(len(head), len(texts)))
		if len(cells) > len(head) {
			cells = cells[:len(head)] // GFM: what is too much is ignored
		}
		for j := range cells {
			if j < len(texts) {
				cells[j].Text = inlineText(texts[j])
			}
		}
		if text := joinCells(cells); strings.TrimFunc(text, unprinted) != "" {
			m.doc.Blocks = append(m.doc.Blocks, Block{Text: text, Table: m.tables, Cells: cells})
		}
	}
}

// splitRow cuts a row at its bars; \| is none.
func splitRow(l string) []string {
	l = strings.TrimSpace(l)
	l = strings.TrimPrefix(l, "|")
	if strings.HasSuffix(l, "|") && !strings.HasSuffix(l, `\|`) {
		l = l[:len(l)-1]
	}
	const bar = "\ue07c" // inlineText prints it as |
	return strings.Split(strings.ReplaceAll(l, `\|`, bar), "|")
}

// isWordRune tells whether r makes a mark beside it part of a word (a_b, 5*3).
func isWordRune(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
