package draw

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A scanner reads the canonical form of JSON (docs/draw.md, section 2) and
// nothing else. Since each content has one form only, it need not be lenient
// anywhere: what is not the next right byte is refused with its place.
//
// The first error stays in err, and nothing is read after it. Strings without
// escapes are parts of the source and cost no memory of their own.
type scanner struct {
	src  string
	at   int
	path []string
	err  error
}

// A field is one member of an object and how it is read.
type field struct {
	name     string
	optional bool
	read     func()
}

func (s *scanner) where() string { return strings.Join(s.path, ".") }

func (s *scanner) fail(code string, args ...any) {
	if s.err == nil {
		s.err = fault(code, s.where(), args...)
	}
}

// check keeps the error of a check on what was read.
func (s *scanner) check(err error) {
	if s.err == nil {
		s.err = err
	}
}

// expect reads the byte c.
func (s *scanner) expect(c byte) {
	if s.err != nil {
		return
	}
	if s.at >= len(s.src) || s.src[s.at] != c {
		s.wrong(strconv.Quote(string(c)))
		return
	}
	s.at++
}

// wrong says that something else stands where want should.
func (s *scanner) wrong(want string) {
	if s.at < len(s.src) && strings.IndexByte(" \t\r\n", s.src[s.at]) >= 0 {
		s.fail(CodeSpace, s.at+1)
		return
	}
	s.fail(CodeToken, s.at+1, want)
}

// next reports whether the next byte is c, and reads it if so.
func (s *scanner) next(c byte) bool {
	if s.err == nil && s.at < len(s.src) && s.src[s.at] == c {
		s.at++
		return true
	}
	return false
}

// object reads an object with the given fields, which are sorted by name. That
// one is missing is said at the end only: it may stand in the wrong place.
func (s *scanner) object(fields ...field) {
	missing, i := "", 0
	pass := func(f field) {
		if !f.optional && missing == "" {
			missing = f.name
		}
		i++
	}
	s.members(func(key string) {
		for i < len(fields) && fields[i].name < key {
			pass(fields[i])
		}
		if i == len(fields) || fields[i].name != key {
			s.fail(CodeKeyUnknown, key)
			return
		}
		s.path = append(s.path, key)
		fields[i].read()
		s.path = s.path[:len(s.path)-1]
		i++
	})
	for i < len(fields) {
		pass(fields[i])
	}
	if missing != "" {
		s.fail(CodeKeyMissing, missing)
	}
}

// members reads an object; f reads the value of each member.
func (s *scanner) members(f func(key string)) {
	s.expect('{')
	if s.next('}') {
		return
	}
	for last, first := "", true; s.err == nil; first = false {
		key := s.text()
		if !first && key == last {
			s.fail(CodeKeyTwice, key)
		}
		if !first && key < last {
			s.fail(CodeKeyOrder, key, last)
		}
		s.expect(':')
		if s.err != nil {
			return
		}
		f(key)
		last = key
		if s.next('}') {
			return
		}
		s.expect(',')
	}
}

// array reads an array; f reads each element.
func (s *scanner) array(f func(i int)) {
	s.expect('[')
	if s.next(']') {
		return
	}
	depth := len(s.path)
	s.path = append(s.path, "")
	for i := 0; ; i++ {
		f(i)
		if s.next(']') {
			break
		}
		s.expect(',')
		if s.err != nil {
			s.locate(depth, i) // only now, since it is seldom needed
			break
		}
	}
	s.path = s.path[:depth]
}

// locate puts the index i into the place of the error, which was made while the
// array's element in the path, at that depth, was empty.
func (s *scanner) locate(depth, i int) {
	e, ok := s.err.(*Error)
	if !ok {
		return
	}
	head := strings.Join(s.path[:depth], ".")
	if tail, ok := strings.CutPrefix(e.Where, head+"."); ok {
		e.Where = head + fmt.Sprintf("[%d]", i) + tail
	} else if e.Where == head {
		e.Where = head + fmt.Sprintf("[%d]", i)
	}
}

// lines reads an array of strings.
func (s *scanner) lines(most int) []string {
	var list []string
	s.array(func(i int) {
		if i >= most {
			s.fail(CodeTooLarge, most)
			return
		}
		if list == nil { // about as many as there are quotes left to come
			list = make([]string, 0, min(most, (len(s.src)-s.at)/16+1))
		}
		list = append(list, s.text())
	})
	return list
}

// text reads a string.
func (s *scanner) text() string {
	s.expect('"')
	if s.err != nil {
		return ""
	}
	start := s.at
	ascii, escaped := true, false
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == '"':
			raw := s.src[start:s.at]
			s.at++
			return s.unescape(raw, ascii, escaped)
		case c == '\\':
			if s.at+1 >= len(s.src) || s.src[s.at+1] != '"' && s.src[s.at+1] != '\\' {
				s.fail(CodeEscape, s.at+1)
				return ""
			}
			escaped = true
			s.at += 2
		case c >= utf8.RuneSelf:
			ascii = false
			r, size := utf8.DecodeRuneInString(s.src[s.at:])
			if r == utf8.RuneError && size == 1 || !shownRune(r) {
				s.fail(CodeUnicode, s.at+1)
				return ""
			}
			s.at += size
		case c < 0x20 || c == 0x7f:
			s.fail(CodeUnicode, s.at+1)
			return ""
		default:
			s.at++
		}
	}
	s.fail(CodeToken, s.at+1, `"`)
	return ""
}

func (s *scanner) unescape(raw string, ascii, escaped bool) string {
	if !ascii && !norm.NFC.IsNormalString(raw) {
		s.fail(CodeUnicodeForm, raw)
		return ""
	}
	if !escaped {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' {
			i++
		}
		b.WriteByte(raw[i])
	}
	return b.String()
}

// count reads a whole number.
func (s *scanner) count() int64 {
	if s.err != nil {
		return 0
	}
	start := s.at
	if s.at < len(s.src) && strings.IndexByte(" \t\r\n", s.src[s.at]) >= 0 {
		s.fail(CodeSpace, s.at+1)
		return 0
	}
	for s.at < len(s.src) && '0' <= s.src[s.at] && s.src[s.at] <= '9' {
		s.at++
	}
	digits := s.src[start:s.at]
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || digits[0] == '0' && len(digits) > 1 || v > maxCount {
		s.at = start
		s.fail(CodeNumber, start+1)
		return 0
	}
	return v
}

// end makes sure that nothing follows.
func (s *scanner) end() {
	if rest := len(s.src) - s.at; s.err == nil && rest > 0 {
		s.fail(CodeTrailing, s.at, rest)
	}
}
