package notice

import (
	"slices"
	"strings"
)

// Text copied from a page layout breaks its paragraphs at the margin, in the
// middle of a sentence.

// widthSlack is how many characters a broken line may be off the usual width:
// signs that must not begin a line move a character or two.
const widthSlack = 3

// shortestLine is the width below which lines are no running text.
const shortestLine = 12

// rewrap joins the lines of broken paragraphs. That a line breaks off shows in
// its end ("县公安局、") or in a bracket that only the next line closes. Where
// several lines do, others of the same width that end without a stop are broken
// as well.
func rewrap(doc *Document) []Block {
	blocks := doc.Blocks
	fixed := stackedLines(doc)
	joins := func(i int) bool {
		return i+1 < len(blocks) && !fixed[i] && !fixed[i+1] && mayJoin(blocks[i], blocks[i+1])
	}
	var widths []int
	for i := range blocks {
		if joins(i) && breaksOff(blocks[i].Text, blocks[i+1].Text) {
			widths = append(widths, width(blocks[i].Text))
		}
	}
	slices.Sort(widths)
	var out []Block
	for i := 0; i < len(blocks); i++ {
		b, first := blocks[i], i
		var joined strings.Builder
		joined.WriteString(b.Text)
		for joins(i) && (breaksOff(blocks[i].Text, blocks[i+1].Text) || breaksTitle(blocks[i].Text, blocks[i+1].Text) || fills(blocks[i].Text, widths)) {
			i++
			joined.WriteString(blocks[i].Text)
		}
		if i > first {
			b.Text = joined.String()
		}
		out = append(out, b)
	}
	return out
}

// stackedLines marks the lines that are the cells of a table.
func stackedLines(doc *Document) map[int]bool {
	fixed := map[int]bool{}
	for i := 0; i < len(doc.Blocks); i++ {
		if _, next := stackedRows(doc, i); next > i {
			for ; i < next; i++ {
				fixed[i] = true
			}
			i--
		}
	}
	return fixed
}

// mayJoin tells whether b may go on with a: neither is a row or a heading, and
// b opens nothing of its own.
func mayJoin(a, b Block) bool {
	if a.Table > 0 || b.Table > 0 || a.Level > 0 || b.Level > 0 {
		return false
	}
	p := newProse(0, firstRunes(b.Text, 40))
	p = p.cut(0, p.len())
	return p.len() > 0 && p.runes[0] != '-' && readNumber(p.runes).kind == unnumbered &&
		!beginsWithLabel(p.runes) && !isFrame(p) && !beginsAny(p.runes, "附件", "附表")
}

// breaksOff tells whether a line ends in the middle of a list or within a
// bracket or mark that the next line closes.
func breaksOff(a, b string) bool {
	if strings.HasSuffix(a, "，") || strings.HasSuffix(a, "、") || beginsAny([]rune(firstRunes(b, 2)), "以上", "以下", "以内") {
		return true
	}
	for _, m := range []struct{ open, close string }{{"（", "）"}, {"“", "”"}, {"《", "》"}, {"〔", "〕"}} {
		if strings.LastIndex(a, m.open) > strings.LastIndex(a, m.close) {
			i, j := strings.Index(b, m.close), strings.Index(b, m.open)
			return i >= 0 && (j < 0 || i < j)
		}
	}
	return false
}

// breaksTitle tells whether a and b are the halves of a title.
func breaksTitle(a, b string) bool {
	first, last := newProse(0, firstRunes(a, 2*longestHeading)), newProse(0, firstRunes(b, longestHeading))
	return first.has("关于") && mayBeginTitle(first) && !isTitle(first) && !isTitle(last) && mayBeginTitle(last) &&
		isTitle(newProse(0, a+b))
}

// fills tells whether a line is about as wide as one of those that break off,
// and comes to no stop. A numbered line without a comma may be a heading.
func fills(s string, widths []int) bool {
	w := width(s)
	near, _ := slices.BinarySearch(widths, w-widthSlack)
	if len(widths) < 2 || w < shortestLine || near == len(widths) || widths[near] > w+widthSlack {
		return false
	}
	p := newProse(0, s)
	p = p.cut(0, p.len())
	if p.len() == 0 || strings.ContainsRune("。;:!?)", p.runes[p.len()-1]) {
		return false
	}
	return readNumber(p.runes).kind == unnumbered || p.has(",", "。", ";", ":") ||
		len(readActors(p.cut(readNumber(p.runes).end, p.len())).lead) > 0 || len(quotas(p)) > 0
}

// width is the width of a line in full characters.
func width(s string) int {
	half := 0
	for _, r := range s {
		if half++; r >= 0x80 {
			half++
		}
	}
	return (half + 1) / 2
}
