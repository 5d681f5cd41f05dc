package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// runeWidth is the number of columns of a character. Those of ambiguous width
// (“ ” · ①) are two in most Chinese terminals.
func runeWidth(r rune) int {
	if unicode.Is(unicode.Mn, r) || unicode.IsControl(r) || r == '\u200b' {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 2
	}
	return 1
}

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// notFirst may not begin a line, notLast may not end one (GB/T 15834-2011, 5.1).
const (
	notFirst = "、，。；：？！）》」』】〕”’…—,.;:?!)]}%％"
	notLast  = "（《「『【〔“‘([{"
)

// wrap breaks s into lines of at most the given width. Chinese breaks between
// any two characters, bar those of notFirst and notLast; words and numbers in
// Latin letters stay whole. Control characters, which a terminal would obey, are
// left out.
func wrap(s string, columns int) []string {
	var lines []string
	row := []rune(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s))
	for len(row) > 0 {
		n, used := 0, 0
		for n < len(row) && used+runeWidth(row[n]) <= columns {
			used += runeWidth(row[n])
			n++
		}
		if n < len(row) {
			n = breakAt(row, max(n, 1))
		}
		lines = append(lines, strings.TrimRight(string(row[:n]), " "))
		row = row[n:]
		for len(row) > 0 && row[0] == ' ' {
			row = row[1:]
		}
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

// breakAt moves a break at n back to where a line may end, by a third of the
// line at most.
func breakAt(row []rune, n int) int {
	for at := n; at > n*2/3 && at > 0; at-- {
		before, after := row[at-1], row[at]
		inWord := isLatin(before) && isLatin(after)
		if !inWord && !strings.ContainsRune(notFirst, after) && !strings.ContainsRune(notLast, before) {
			return at
		}
	}
	return n
}

func isLatin(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '@' || r == '/')
}
