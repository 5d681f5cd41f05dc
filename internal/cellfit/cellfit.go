// Package cellfit makes texts fit for the cells of a spreadsheet: how many lines
// they take, what a cell cannot hold, what a program may take for a formula.
package cellfit

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

const (
	// inset is what a cell keeps free at its left and right together, in
	// pixels, and a little more, so that the estimate errs towards tall rows.
	inset = 9
	// A Latin letter is on average half as wide as it is high, capitals more.
	narrow = 0.55
	// Latin text keeps its words whole.
	space = ' '
)

// Lines estimates on how many lines a text of the given size (points) stands in
// a cell of the given width (pixels). Spreadsheet programs fit the height of a
// row to its text only while one types, not for a file they open, and never
// for merged cells: so the file has to say it. Ideographs are as wide as they
// are high and break anywhere; Latin words and figures stay whole.
func Lines(text string, px, points float64) int {
	em := points * 96 / 72
	room := max(px-inset, em)
	n := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		n += wrapped(paragraph, room, em)
	}
	return n
}

func wrapped(paragraph string, room, em float64) int {
	n, used, word := 1, 0.0, 0.0
	// place sets a piece that does not break, unless it is wider than a line.
	place := func(w float64) {
		for used+w > room {
			if used > 0 {
				n, used = n+1, 0
				continue
			}
			n, w = n+1, w-room
		}
		used += w
	}
	for _, r := range paragraph {
		switch {
		case isWide(r):
			place(word)
			place(em)
			word = 0
		case r == space:
			place(word)
			word = 0
			used += narrow * em / 2 // may hang over the edge
		default:
			word += narrow * em
		}
	}
	place(word)
	return n
}

func isWide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return true
	}
	return false
}

// Clean makes a text fit for a cell: no characters that XML forbids, no more
// than the 32,767 that a cell may hold (fewer, since some count double).
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) || r == '\u3000' || r == '\u00a0' {
			return r
		}
		return -1
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	s = strings.TrimSpace(s)
	if len(s) > 3*maxCell { // only then can it be too long
		if rs := []rune(s); len(rs) > maxCell {
			return string(rs[:maxCell]) + "……"
		}
	}
	return s
}

const maxCell = 16000 // characters

// Risky says that a program may take the text for a formula once somebody
// edits the cell or passes the sheet on as CSV.
func Risky(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t", rune(s[0]))
}
