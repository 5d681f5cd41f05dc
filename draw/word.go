package draw

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isWord reports whether s can be a code, household, type, group or party. The
// characters are so few that no two words look alike and differ in their bytes.
func isWord(s string) bool {
	n := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if !isWordByte(c) {
				return false
			}
			i++
		} else {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r < 0x4e00 || r > 0x9fff {
				return false
			}
			i += size
		}
		n++
	}
	return n >= 1 && n <= 40
}

func isWordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || c == '.' || c == '_' || c == '-'
}

// shownRune reports whether r may stand in text: controls, marks of direction
// and what is invisible may not.
func shownRune(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f, r >= 0x200b && r <= 0x200f,
		r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff:
		return false
	}
	return true
}

// checkText checks text that comes from a program's user; what is read from a
// bundle has passed most of it in the scanner.
func checkText(where, s string, least, most int) error {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !shownRune(r) || r == utf8.RuneError && size == 1 {
			return fault(CodeUnicode, where, i+1)
		}
		i += size
	}
	if !norm.NFC.IsNormalString(s) {
		return fault(CodeUnicodeForm, where, s)
	}
	if n := utf8.RuneCountInString(s); n < least || n > most || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		return fault(CodeText, where, s, least, most)
	}
	return nil
}

func checkWord(where, s string) error {
	if !isWord(s) {
		return fault(CodeWord, where, s)
	}
	return nil
}

func isHex(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func checkHex(where, s string) error {
	if !isHex(s) {
		return fault(CodeHex, where, s)
	}
	return nil
}

func checkRange(where string, v, least, most int64) error {
	if v < least || v > most {
		return fault(CodeRange, where, v, least, most)
	}
	return nil
}

func checkChoice(where, s string, choices ...string) error {
	for _, c := range choices {
		if s == c {
			return nil
		}
	}
	return fault(CodeChoice, where, s, strings.Join(choices, ", "))
}

func checkDate(where, s string) error {
	if d, err := time.Parse("2006-01-02", s); err != nil || d.Year() < 1900 {
		return fault(CodeDate, where, s)
	}
	return nil
}

func checkPublicNumber(where, s string) error {
	bad := s == "" || len(s) > 200 || s[0] == ' ' || s[len(s)-1] == ' '
	for i := range len(s) {
		c := s[i]
		bad = bad || c != ' ' && !(isWordByte(c) && c != '_') && c != ',' && c != ':' && c != '+'
	}
	if bad {
		return fault(CodePublic, where, s)
	}
	return nil
}

// isSeed reports whether s is 1 to 18 digits, which fit into 64 bits.
func isSeed(s string) bool {
	if len(s) < 1 || len(s) > 18 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
