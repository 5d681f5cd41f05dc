package code

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// half folds a full-width character to its half-width form.
func half(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '−', r == '–', r == '—', r == '‐', r == '‑': // signs that programs put for a hyphen
		return '-'
	}
	return r
}

// silent tells the characters that do not count: spaces, controls, zero-width
// and directional marks, variation selectors.
func silent(r rune) bool {
	switch {
	case r <= ' ' || r == 0x7f:
		return true
	case r < 0x80:
		return false
	}
	// Not all of unicode.C: what these tables do not know yet may be somebody's name.
	return unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co, unicode.Variation_Selector)
}

// squeeze writes the characters of s that count into dst, folded to half width
// and upper case. It returns how many there are, which may be more than dst
// holds, and the place from 1 of the first that is not ASCII (0 for none). It
// does not allocate.
func squeeze(dst []byte, s string) (n, foreign int) {
	first := true
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
			r = half(r)
		}
		i += size
		if silent(r) || first && (r == '\'' || r == '‘' || r == '’' || r == '`') {
			continue
		}
		first = false
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		if r >= utf8.RuneSelf && foreign == 0 {
			foreign = n + 1
		}
		if n < len(dst) {
			dst[n] = byte(min(r, utf8.RuneSelf))
		}
		n++
	}
	return n, foreign
}

// tidy is squeeze for texts that hold Chinese characters.
func tidy(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c >= 'a' && c <= 'z' || c == '\'' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = half(r)
		if silent(r) || b.Len() == 0 && (r == '\'' || r == '‘' || r == '’' || r == '`') {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

func digits[T ~string | ~[]byte](s T) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// notDigit is the place, from 1, of the first character that is no digit.
func notDigit(b []byte) int {
	for i, c := range b {
		if c < '0' || c > '9' {
			return i + 1
		}
	}
	return 0
}

// LostPrecision tells whether s is a number as a spreadsheet or a program
// writes one that it could not keep whole: 1.10101E+17, 330106199003070000.0.
// The digits that it shows are not to be used.
func LostPrecision(s string) bool {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	return n <= len(buf) && foreign == 0 && lost(buf[:n])
}

func lost(b []byte) bool {
	whole := 0
	for whole < len(b) && b[whole] >= '0' && b[whole] <= '9' {
		whole++
	}
	rest := b[whole:]
	if whole == 0 || len(rest) == 0 {
		return false
	}
	if rest[0] == '.' {
		i := 1
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		if rest = rest[i:]; len(rest) == 0 {
			return whole > 15 // a float64 keeps 15 digits
		}
	}
	if rest[0] != 'E' || whole != 1 {
		return false
	}
	rest = rest[1:]
	if len(rest) > 0 && rest[0] == '+' {
		rest = rest[1:]
	}
	return len(rest) <= 3 && digits(rest)
}

// cut tells the mark that 15 kept digits leave on a longer number.
func cut(b []byte) bool {
	return len(b) > 15 && notDigit(b) == 0 && strings.Trim(string(b[15:]), "0") == ""
}
