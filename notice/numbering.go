package notice

import "strings"

// A numberKind is a way of counting. The order is the usual one from outermost
// to innermost; a paper may leave kinds out.
type numberKind int

const (
	unnumbered    numberKind = iota
	chapterNumber            // 第一章, 第二部分
	sectionNumber            // 第一节
	articleNumber            // 第一条
	headingWords             // a heading without a number, where headings have none
	hanNumber                // 一、
	hanBracket               // （一）
	arabicNumber             // 1.  1、  1．
	decimalNumber            // 1.1
	deepDecimal              // 1.1.1
	arabicBracket            // （1）  1）
	circledNumber            // ①
	spokenNumber             // 一是, 一要
)

// An ordinal is the count that a paragraph begins with.
type ordinal struct {
	kind  numberKind
	value int
	label string // as it stands in a path: brackets and dots dropped
	end   int    // index of the first rune behind it
}

// readNumber reads the number at the beginning of rs; its kind is unnumbered
// if there is none.
func readNumber(rs []rune) ordinal {
	if len(rs) == 0 {
		return ordinal{}
	}
	var n ordinal
	switch r := rs[0]; {
	case r == '第':
		n = readOrdinal(rs)
	case r == '(':
		n = readBracketed(rs)
	case r >= '①' && r <= '⑳':
		n = ordinal{circledNumber, int(r-'①') + 1, string(r), 1}
	case isDigit(r):
		n = readArabicNumber(rs)
	case isHanNumeral(r):
		n = readHanNumber(rs)
	}
	if n.kind != unnumbered {
		for n.end < len(rs) && (blank(rs[n.end]) || rs[n.end] == '、' || rs[n.end] == '.') {
			n.end++
		}
	}
	return n
}

// readOrdinal reads 第一章, 第二部分, 第三节, 第四条. "第四条规定的" at the
// beginning of a sentence points to an article and does not count one.
func readOrdinal(rs []rune) ordinal {
	n, ok := readNumeral(rs, 1)
	if !ok || n.end >= len(rs) {
		return ordinal{}
	}
	kind, size := unnumbered, 1
	switch rest := rs[n.end:]; {
	case beginsWith(rest, "部分"):
		kind, size = chapterNumber, 2
	case beginsAny(rest, "章", "编", "篇"):
		kind = chapterNumber
	case rest[0] == '节':
		kind = sectionNumber
	case rest[0] == '条' && !beginsAny(rest[1:], "规定", "第", "款", "所", "、", "和", "至", "的", ",", "中"):
		kind = articleNumber
	default:
		return ordinal{}
	}
	end := n.end + size
	return ordinal{kind, int(n.value), string(rs[:end]), end}
}

func readBracketed(rs []rune) ordinal {
	n, ok := readNumeral(rs, 1)
	if !ok || n.end >= len(rs) || rs[n.end] != ')' || n.end > 4 {
		return ordinal{}
	}
	kind := arabicBracket
	if n.spelled {
		kind = hanBracket
	}
	return ordinal{kind, int(n.value), string(rs[1:n.end]), n.end + 1}
}

func readHanNumber(rs []rune) ordinal {
	value, end, ok := readHan(rs, 0)
	if !ok || end >= len(rs) || end > 4 {
		return ordinal{}
	}
	label := string(rs[:end])
	switch r := rs[end]; {
	case r == '、' || r == '.':
		return ordinal{hanNumber, int(value), label, end + 1}
	case r == ' ' && len(rs) < longestHeading && end+1 < len(rs):
		return ordinal{hanNumber, int(value), label, end + 1}
	case r == '是':
		return ordinal{spokenNumber, int(value), label, end + 1}
	case r == '要':
		return ordinal{spokenNumber, int(value), label, end} // 要 belongs to the instruction
	}
	return ordinal{}
}

// readArabicNumber reads 1. 1、 1） 1.1 and, before a heading, a bare 1. A
// figure of the text ("1.5亿元", "12345系统") is none of these.
func readArabicNumber(rs []rune) ordinal {
	groups, i := 1, 0
	value, last := 0, 0
	for ; i < len(rs); i++ {
		if isDigit(rs[i]) {
			if i-last > 2 {
				return ordinal{}
			}
			value = value*10 + int(rs[i]-'0')
			continue
		}
		if rs[i] != '.' || i+1 >= len(rs) || !isDigit(rs[i+1]) || groups == 3 || isDateAt(rs, i+1) {
			break
		}
		groups, value, last = groups+1, 0, i+1
	}
	if i >= len(rs) {
		return ordinal{}
	}
	label := string(rs[:i])
	kind := arabicNumber + numberKind(groups-1)
	switch r := rs[i]; {
	case groups > 1:
		if measures.prefix(rs[i:]) > 0 || strings.ContainsRune("%万亿-", r) || len(rs) == i {
			return ordinal{}
		}
		return ordinal{kind, value, label, i}
	case r == '.' || r == '、':
		return ordinal{kind, value, label, i + 1}
	case r == ')':
		return ordinal{arabicBracket, value, label, i + 1}
	case r == ' ' && len(rs) < longestHeading && i+1 < len(rs) && !isDigit(rs[i+1]):
		return ordinal{kind, value, label, i + 1}
	}
	return ordinal{}
}

// isDateAt tells whether a date begins at rs[i]: "1.9月30日前" counts one and
// then names a day.
func isDateAt(rs []rune, i int) bool {
	for i < len(rs) && isDigit(rs[i]) {
		i++
	}
	return i < len(rs) && strings.ContainsRune("年月日", rs[i])
}

// An inlineItem is one count inside a paragraph: "一是…；二是…".
type inlineItem struct {
	ordinal
	start, body, end int // number, first rune behind it, end of the item
}

// inlineItems finds the items that a paragraph counts in its own text. They
// begin with one, go on one by one and stand at the beginning of a sentence or
// of a part of it.
func inlineItems(rs []rune) []inlineItem {
	var items []inlineItem
	depth := 0
	for i := 0; i < len(rs); i++ {
		if rs[i] == ')' {
			depth = max(depth-1, 0)
		}
		if depth == 0 && opensItem(rs, i) {
			n := readNumber(rs[i:min(len(rs), i+12)])
			if nextItem(items, n) {
				items = append(items, inlineItem{ordinal: n, start: i, body: i + n.end})
				i += n.end - 1
				continue
			}
		}
		if rs[i] == '(' {
			depth++
		}
	}
	if len(items) < 2 {
		return nil
	}
	for i := range items[:len(items)-1] {
		items[i].end = items[i+1].start
	}
	last := &items[len(items)-1]
	last.end = len(rs)
	if rest := behindLast(rs, items); rest > 0 {
		last.end = rest
	}
	return items
}

func nextItem(items []inlineItem, n ordinal) bool {
	if n.kind < arabicBracket && n.kind != hanBracket && n.kind != arabicNumber {
		return false
	}
	if len(items) == 0 {
		return n.value == 1
	}
	last := items[len(items)-1]
	return n.kind == last.kind && n.value == last.value+1
}

// opensItem tells whether an item may begin at rs[i].
func opensItem(rs []rune, i int) bool {
	if !isHanNumeral(rs[i]) && !isDigit(rs[i]) && rs[i] != '(' && (rs[i] < '①' || rs[i] > '⑳') {
		return false
	}
	for i--; i >= 0 && blank(rs[i]); i-- {
	}
	return i < 0 || strings.ContainsRune(segmentEnds, rs[i])
}

// behindLast is where the last item ends when the paragraph goes on behind it:
// if each item before is one sentence, so is the last. Zero: it does not.
func behindLast(rs []rune, items []inlineItem) int {
	for _, it := range items[:len(items)-1] {
		body := rs[it.body:it.end]
		if i := indexOf(body, "。"); i >= 0 && i < len(body)-2 {
			return 0
		}
	}
	last := items[len(items)-1]
	i := indexOf(rs[last.body:], "。")
	if i < 0 || last.body+i+2 >= len(rs) {
		return 0
	}
	return last.body + i + 1
}
