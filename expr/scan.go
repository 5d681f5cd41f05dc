package expr

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of a source, the same in the browser.
const (
	maxSource = 8000 // characters
	maxTokens = 2000
	maxHeight = 120 // of the tree
)

type token struct {
	kind string // "name", "integer", "decimal", "text", "end", or the sign itself
	text string // as written; of a text, what it means
	at   int    // offset in characters
}

// reserved words of CEL, and what JavaScript cannot bear as a name.
var reserved = map[string]bool{
	"as": true, "break": true, "const": true, "continue": true, "else": true, "for": true, "function": true,
	"if": true, "import": true, "let": true, "loop": true, "package": true, "namespace": true, "return": true,
	"var": true, "void": true, "while": true, "__proto__": true, "prototype": true,
	"in": true, "true": true, "false": true, "null": true,
}

// signs, longer ones first.
var signs = []string{"==", "!=", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<", ">", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"}

// isName tells what may be the name of a variable or a column.
func isName(s string) bool {
	if s == "" || len(s) > 64 || !isLetter(rune(s[0])) || reserved[s] {
		return false
	}
	for _, r := range s {
		if !isLetter(r) && !isDigit(r) {
			return false
		}
	}
	return true
}

func isLetter(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func isDigit(r rune) bool  { return r >= '0' && r <= '9' }

type scanner struct {
	src []rune
	at  int
}

// scan divides a source into tokens. Everything that the grammars of CEL
// implementations treat differently ends here: raw and triple quotes, bytes,
// hexadecimal and unsigned numbers, rare escapes.
func scan(source string) ([]token, *Error) {
	s := &scanner{src: []rune(source)}
	if len(s.src) > maxSource {
		return nil, &Error{Code: CodeLong}
	}
	if !utf8.ValidString(source) {
		return nil, &Error{Code: CodeChar}
	}
	var all []token
	for {
		s.skip()
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
		if t.kind == "end" {
			return all, nil
		}
		if len(all) > maxTokens {
			return nil, s.fail(CodeLong, "", t.at)
		}
	}
}

func (s *scanner) peek(ahead int) rune {
	if s.at+ahead < len(s.src) {
		return s.src[s.at+ahead]
	}
	return -1
}

// skip passes blanks and comments.
func (s *scanner) skip() {
	for {
		switch r := s.peek(0); {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			s.at++
		case r == '/' && s.peek(1) == '/':
			for s.peek(0) != '\n' && s.peek(0) >= 0 {
				s.at++
			}
		default:
			return
		}
	}
}

func (s *scanner) next() (token, *Error) {
	start := s.at
	r := s.peek(0)
	switch {
	case r < 0:
		return token{kind: "end", at: start}, nil
	case isLetter(r):
		for isLetter(s.peek(0)) || isDigit(s.peek(0)) {
			s.at++
		}
		return token{"name", string(s.src[start:s.at]), start}, nil
	case isDigit(r):
		return s.number()
	case r == '"' || r == '\'':
		return s.quoted(r)
	}
	for _, sign := range signs {
		if strings.HasPrefix(string(s.src[s.at:min(s.at+2, len(s.src))]), sign) {
			s.at += len(sign)
			return token{sign, sign, start}, nil
		}
	}
	return token{}, s.fail(CodeChar, string(r), start)
}

// number reads 12, 1.5 and 1.5e3. No letter, digit or dot may follow at once.
func (s *scanner) number() (token, *Error) {
	start, kind := s.at, "integer"
	s.digits()
	if s.peek(0) == '.' && isDigit(s.peek(1)) {
		kind = "decimal"
		s.at++
		s.digits()
	}
	if r := s.peek(0); r == 'e' || r == 'E' {
		ahead := 1
		if sign := s.peek(1); sign == '+' || sign == '-' {
			ahead = 2
		}
		if isDigit(s.peek(ahead)) {
			kind = "decimal"
			s.at += ahead
			s.digits()
		}
	}
	whole := true
	for r := s.peek(0); isLetter(r) || isDigit(r) || r == '.'; r = s.peek(0) {
		whole = false
		s.at++
	}
	text := string(s.src[start:s.at])
	var err error
	if kind == "decimal" {
		_, err = strconv.ParseFloat(text, 64)
	} else {
		var n uint64
		n, err = strconv.ParseUint(text, 10, 64)
		whole = whole && n <= 1<<63 // the parser lets 1<<63 stand behind a minus only
	}
	if !whole || err != nil {
		return token{}, s.fail(CodeNumber, text, start)
	}
	return token{kind, text, start}, nil
}

func (s *scanner) digits() {
	for isDigit(s.peek(0)) {
		s.at++
	}
}

var escapes = map[rune]rune{'\\': '\\', '"': '"', '\'': '\'', 'n': '\n', 'r': '\r', 't': '\t'}

// quoted reads a text in double or single quotes.
func (s *scanner) quoted(quote rune) (token, *Error) {
	start := s.at
	s.at++
	var b strings.Builder
	for {
		r := s.peek(0)
		switch {
		case r == quote:
			s.at++
			return token{"text", b.String(), start}, nil
		case r == '\\' && s.peek(1) == 'u':
			n, err := strconv.ParseUint(string(s.src[min(s.at+2, len(s.src)):min(s.at+6, len(s.src))]), 16, 32)
			if err != nil || s.at+6 > len(s.src) || n >= 0xd800 && n < 0xe000 {
				return token{}, s.fail(CodeText, "", s.at)
			}
			b.WriteRune(rune(n))
			s.at += 6
		case r == '\\':
			meant, ok := escapes[s.peek(1)]
			if !ok {
				return token{}, s.fail(CodeText, "", s.at)
			}
			b.WriteRune(meant)
			s.at += 2
		case r < ' ' && r != '\t': // the end and line breaks among them
			return token{}, s.fail(CodeText, "", start)
		default:
			b.WriteRune(r)
			s.at++
		}
	}
}

func (s *scanner) fail(code, name string, at int) *Error {
	return &Error{Code: code, Name: name, at: at + 1}
}
