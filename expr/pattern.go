package expr

import (
	"regexp"
	"strings"
)

// Patterns of matches are the common ground of regular expressions: characters,
// . and classes, \d \w \s and escaped signs, groups, |, ^ and $, and the counts
// * + ? {n} {n,} {n,m}. There are no flags, no lazy counts, no \p{…} (whose
// tables differ from browser to browser), and no empty alternatives. A . is any
// character but a line break; \s is a blank, tab or line break.

const (
	maxPattern = 200  // characters
	maxCount   = 100  // in {n,m}
	maxStates  = 1000 // with counts written out
)

// A pattern is one that has been looked at.
type pattern struct {
	opaque
	re     *regexp.Regexp
	states int // its size, by which its work is counted
}

// readPattern is false for what is no pattern.
func readPattern(s string) (pattern, bool) {
	r := &patternReader{src: []rune(s)}
	if len(r.src) == 0 || len(r.src) > maxPattern {
		return pattern{}, false
	}
	states := r.alternatives(0)
	if r.bad || r.i < len(r.src) || states > maxStates {
		return pattern{}, false
	}
	re, err := regexp.Compile(s)
	return pattern{re: re, states: max(states, 1)}, err == nil
}

type patternReader struct {
	src []rune
	i   int
	bad bool
}

func (r *patternReader) peek() rune {
	if r.i < len(r.src) {
		return r.src[r.i]
	}
	return -1
}

func (r *patternReader) fail() int {
	r.bad = true
	r.i = len(r.src)
	return 0
}

func (r *patternReader) alternatives(depth int) int {
	n := r.sequence(depth)
	for r.peek() == '|' {
		r.i++
		n += r.sequence(depth) + 1
	}
	return n
}

func (r *patternReader) sequence(depth int) int {
	n, parts := 0, 0
	for c := r.peek(); c >= 0 && c != '|' && c != ')'; c = r.peek() {
		n += r.part(depth)
		parts++
	}
	if parts == 0 {
		return r.fail()
	}
	return min(n, maxStates+1)
}

// part is one thing and its count.
func (r *patternReader) part(depth int) int {
	n := 1
	switch c := r.peek(); {
	case c == '^' || c == '$':
		r.i++
		if strings.ContainsRune("*+?{", r.peek()) {
			return r.fail()
		}
		return 1
	case c == '(':
		n = r.group(depth)
	case c == '[':
		r.class()
	case c == '\\':
		r.escape()
	case strings.ContainsRune("*+?{}]", c):
		return r.fail()
	default:
		r.i++
	}
	if r.bad {
		return 0
	}
	return r.count(n)
}

func (r *patternReader) group(depth int) int {
	r.i++
	if depth == 20 {
		return r.fail()
	}
	if r.peek() == '?' {
		if r.i++; r.peek() != ':' {
			return r.fail()
		}
		r.i++
	}
	n := r.alternatives(depth + 1)
	if r.peek() != ')' {
		return r.fail()
	}
	r.i++
	return n
}

func (r *patternReader) count(n int) int {
	switch r.peek() {
	case '*', '+', '?':
		r.i++
		n++
	case '{':
		least, most := r.braces()
		if r.bad {
			return 0
		}
		n *= max(least, most, 1)
		if most < 0 {
			n++
		}
	default:
		return min(n, maxStates+1)
	}
	if strings.ContainsRune("*+?{", r.peek()) {
		return r.fail()
	}
	return min(n, maxStates+1)
}

// braces reads {n}, {n,} and {n,m}; most is -1 for no end.
func (r *patternReader) braces() (least, most int) {
	r.i++
	least = r.digits()
	most = least
	if r.peek() == ',' {
		r.i++
		most = -1
		if r.peek() != '}' {
			most = r.digits()
		}
	}
	if r.peek() != '}' || least > maxCount || most > maxCount || most >= 0 && most < least {
		r.fail()
		return 0, 0
	}
	r.i++
	return least, most
}

func (r *patternReader) digits() int {
	start, n := r.i, 0
	for isDigit(r.peek()) && r.i < start+4 {
		n = n*10 + int(r.peek()-'0')
		r.i++
	}
	if r.i == start {
		r.fail()
	}
	return n
}

// escape reads \d and its like, or a sign that would mean something else. In a
// class it tells the sign, -1 for a set.
func (r *patternReader) escape() rune {
	r.i++
	c := r.peek()
	switch {
	case c < 0:
		r.fail()
	case strings.ContainsRune("dws", c):
		r.i++
		return -1
	case strings.ContainsRune(`.\+*?()[]{}|^$/-`, c):
		r.i++
		return c
	default:
		r.fail()
	}
	return -1
}

// class reads [abc], [^a-z0-9\d]; signs that some engines read otherwise must
// be escaped.
func (r *patternReader) class() {
	r.i++
	if r.peek() == '^' {
		r.i++
	}
	for items := 0; ; items++ {
		c := r.peek()
		if c == ']' && items > 0 {
			r.i++
			return
		}
		low := r.member()
		if r.bad {
			return
		}
		if r.peek() != '-' {
			continue
		}
		r.i++
		if high := r.member(); r.bad || low < 0 || high < low {
			r.fail()
			return
		}
	}
}

func (r *patternReader) member() rune {
	c := r.peek()
	switch {
	case c == '\\':
		return r.escape()
	case c < 0 || strings.ContainsRune("[]^-", c):
		r.fail()
		return -1
	}
	r.i++
	return c
}
