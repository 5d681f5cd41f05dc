package expr

import (
	"cmp"
	"strconv"
	"strings"
)

// Codes of [Error]: stable, for clients and translations. The first group
// comes from New and Compile, the second from Eval, CodeDate from both.
const (
	CodeEmpty       = "expr_empty"
	CodeLong        = "expr_long"
	CodeDeep        = "expr_deep"
	CodeChar        = "expr_char"
	CodeText        = "expr_text"
	CodeNumber      = "expr_number"
	CodeSyntax      = "expr_syntax"
	CodeReserved    = "expr_reserved"
	CodeRefused     = "expr_refused"
	CodeUnknown     = "expr_unknown"
	CodeColumn      = "expr_column"
	CodeFunction    = "expr_function"
	CodeArguments   = "expr_arguments"
	CodeType        = "expr_type"
	CodeResult      = "expr_result"
	CodeTaken       = "expr_taken"
	CodeConstant    = "expr_constant"
	CodePattern     = "expr_pattern"
	CodeMask        = "expr_mask"
	CodeDeclaration = "expr_declaration"

	CodeMissing  = "expr_missing"
	CodeDivision = "expr_division"
	CodeOverflow = "expr_overflow"
	CodeIndex    = "expr_index"
	CodeKey      = "expr_key"
	CodeRange    = "expr_range"
	CodeConvert  = "expr_convert"
	CodeDate     = "expr_date"
	CodeCalendar = "expr_calendar"
	CodeValue    = "expr_value"
	CodeSize     = "expr_size"
	CodeCost     = "expr_cost"
)

// Each matches, with errors.Is, every [Error] of its code. These are the ones
// that callers tell apart; any other is found by its Code.
var (
	ErrMissing  = &Error{Code: CodeMissing}  // a missing value was touched
	ErrCost     = &Error{Code: CodeCost}     // the work exceeded the limit
	ErrCalendar = &Error{Code: CodeCalendar} // a year without holidays was touched
)

// An Error says why a source is no expression, or why it has no value. It may
// be shown to people; it never holds a value.
type Error struct {
	Code   string
	Line   int    // from 1, 0 for none
	Column int    // from 1, in characters
	Name   string // the variable, column, function, sign or year that it is about
	Types  string // CodeType, CodeResult: the types that were found, "text, integer"

	at int // offset in characters, from 1, until Line and Column are known
}

func (e *Error) Error() string {
	s := e.Code + ": " + e.Sentence("en")
	if e.Line > 0 {
		s = strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Column) + ": " + s
	}
	return s
}

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// place tells line and column from the offset; 0 is nowhere.
func (e *Error) place(src []rune) *Error {
	if e.at == 0 {
		return e
	}
	p := &Error{Code: e.Code, Name: e.Name, Types: e.Types, Line: 1, Column: 1}
	for _, r := range src[:min(e.at-1, len(src))] {
		p.Column++
		if r == '\n' {
			p.Line, p.Column = p.Line+1, 1
		}
	}
	return p
}

// Sentence tells a person what is wrong and what to do about it, in English for
// "en", else in Chinese. Line and column are not part of it.
func (e *Error) Sentence(lang string) string {
	s := sentences[e.Code]
	if e.Name == "" && unnamed[e.Code].zh != "" {
		s = unnamed[e.Code]
	}
	text, names, comma := s.zh, typeNamesZh, "、"
	if lang == "en" {
		text, names, comma = s.en, nil, ", "
	}
	called := func(typ string) string { return cmp.Or(names[typ], typ) }
	types := strings.Split(e.Types, ", ")
	for i, t := range types {
		types[i] = called(t)
	}
	name := e.Name
	if e.Code == CodeResult {
		name = called(name)
	}
	text = strings.ReplaceAll(text, "{types}", strings.Join(types, comma))
	return strings.ReplaceAll(text, "{name}", name)
}
