package notice

import (
	"strings"
	"unicode/utf8"
)

// A prose is a piece of a block made ready for reading: full-width letters,
// digits and signs are folded to half-width, dashes to '-', and what stands in
// quotation marks or book-title marks is hidden, because a name is neither a
// number to reach nor somebody who acts. Positions count in runes; text and
// span lead back to the words as written.
type prose struct {
	block int
	src   string
	runes []rune // folded and hidden
	at    []int  // at[i]: the byte of src where runes[i] begins; one more for the end
}

// hidden stands for each character within quotation marks.
const hidden = '\ufffc'

// longestName is the number of characters that quotation marks may enclose;
// marks farther apart are a slip of the pen.
const longestName = 80

func newProse(block int, src string) prose {
	p := prose{
		block: block,
		src:   src,
		runes: make([]rune, 0, utf8.RuneCountInString(src)),
		at:    make([]int, 0, utf8.RuneCountInString(src)+1),
	}
	for i, r := range src {
		p.runes = append(p.runes, fold(r))
		p.at = append(p.at, i)
	}
	p.at = append(p.at, len(src))
	markRatios(p.runes)
	hideNames(p.runes)
	return p
}

func fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		r -= '！' - '!'
	case r < 0x80:
	}
	switch r {
	case '\u3000', '\u00a0', '\t', '\r', '\v', '\f':
		return ' '
	case '〔', '【', '[', '<', '{', '〈':
		return '('
	case '〕', '】', ']', '>', '}', '〉':
		return ')'
	case '—', '―', '–', '－', '~', '−', '─', '‐', '‑', '‒':
		return '-'
	case '﹒', '․':
		return '.'
	case '○', '◯', '〇', '零':
		return '〇'
	case '％', '﹪':
		return '%'
	case '｡':
		return '。'
	case '､':
		return '、'
	}
	return r
}

// ratio stands for a colon between two digits ("17:30", "1:50"), which divides
// no sentence.
const ratio = '∶'

func markRatios(rs []rune) {
	for i := 1; i+1 < len(rs); i++ {
		if rs[i] == ':' && isDigit(rs[i-1]) && isDigit(rs[i+1]) {
			rs[i] = ratio
		}
	}
}

func hideNames(rs []rune) {
	for i := 0; i < len(rs); i++ {
		end := closingMark(rs[i])
		if end == "" {
			continue
		}
		for j := i + 1; j < len(rs) && j-i <= longestName && rs[j] != '\n'; j++ {
			if strings.ContainsRune(end, rs[j]) {
				if string(rs[i+1:j]) == "两委" { // 村“两委” acts
					i = j
					break
				}
				for k := i + 1; k < j; k++ {
					rs[k] = hidden
				}
				i = j
				break
			}
		}
	}
}

func closingMark(open rune) string {
	switch open {
	case '“':
		return "”\""
	case '《':
		return "》"
	case '「':
		return "」"
	case '『':
		return "』"
	case '‘':
		return "’"
	case '"':
		return "\"”"
	}
	return ""
}

func (p prose) len() int                 { return len(p.runes) }
func (p prose) text(i, j int) string     { return p.src[p.at[i]:p.at[j]] }
func (p prose) folded(i, j int) string   { return string(p.runes[i:j]) }
func (p prose) span() Span               { return Span{Block: p.block, Start: p.at[0], End: p.at[p.len()]} }
func (p prose) has(words ...string) bool { return containsAny(p.runes, words...) }

func (p prose) String() string {
	if p.len() == 0 {
		return ""
	}
	return p.text(0, p.len())
}

// cut is p from i to j without the blanks at its ends.
func (p prose) cut(i, j int) prose {
	j = max(i, j)
	for i < j && blank(p.runes[i]) {
		i++
	}
	for j > i && blank(p.runes[j-1]) {
		j--
	}
	p.runes = p.runes[i:j:j]
	p.at = p.at[i : j+1 : j+1]
	return p
}

func blank(r rune) bool { return r == ' ' || r == '\n' || r == '\ufeff' || r == '\u200b' }

// A part is a stretch of a prose: from Start to End, the sign that closes it
// not included.
type part struct{ start, end int }

// parts splits p at the given signs, not within brackets.
func (p prose) parts(signs string) []part {
	var out []part
	start, depth := 0, 0
	for i, r := range p.runes {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(depth-1, 0)
		case depth == 0 && strings.ContainsRune(signs, r):
			out = appendPart(out, start, i)
			start = i + 1
		}
	}
	return appendPart(out, start, p.len())
}

func appendPart(out []part, start, end int) []part {
	if start < end {
		out = append(out, part{start, end})
	}
	return out
}

const (
	sentenceEnds = "。!?;\n"
	segmentEnds  = sentenceEnds + ",:"
)

// closing is the index of the bracket that closes the one at open, or -1.
func closing(rs []rune, open int) int {
	depth := 0
	for i := open; i < len(rs); i++ {
		switch rs[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func containsAny(rs []rune, words ...string) bool {
	for _, w := range words {
		if indexOf(rs, w) >= 0 {
			return true
		}
	}
	return false
}

// indexOf is the index of the first w in rs, or -1.
func indexOf(rs []rune, w string) int {
	first, size := utf8.DecodeRuneInString(w)
	for i, r := range rs {
		if r == first && beginsWith(rs[i+1:], w[size:]) {
			return i
		}
	}
	return -1
}

// indexFrom is the index of the first w in rs at or behind i, or -1.
func indexFrom(rs []rune, i int, w string) int {
	if n := indexOf(rs[i:], w); n >= 0 {
		return i + n
	}
	return -1
}

// lastIndexOf is the index of the last w in rs, or -1.
func lastIndexOf(rs []rune, w string) int {
	for i := len(rs) - utf8.RuneCountInString(w); i >= 0; i-- {
		if beginsWith(rs[i:], w) {
			return i
		}
	}
	return -1
}

func beginsWith(rs []rune, w string) bool {
	i := 0
	for _, r := range w {
		if i >= len(rs) || rs[i] != r {
			return false
		}
		i++
	}
	return true
}

func endsWith(rs []rune, w string) bool {
	n := utf8.RuneCountInString(w)
	return n <= len(rs) && beginsWith(rs[len(rs)-n:], w)
}

func beginsAny(rs []rune, words ...string) bool {
	for _, w := range words {
		if beginsWith(rs, w) {
			return true
		}
	}
	return false
}

func endsAny(rs []rune, words ...string) bool {
	for _, w := range words {
		if endsWith(rs, w) {
			return true
		}
	}
	return false
}
