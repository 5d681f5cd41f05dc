package draw

import (
	"errors"
	"fmt"
	"strings"
)

// An Error says why something was refused. It may be shown to people.
type Error struct {
	Code  string // stable, for clients and translations
	Where string // the part, as in "opening.title" or "list[12]"; may be empty
	Args  []any  // what the sentence tells, in its order
}

// Error is the English sentence.
func (e *Error) Error() string { return e.Sentence("en") }

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentence tells a person what is wrong and what to do about it, in English for
// "en", else in Chinese.
func (e *Error) Sentence(lang string) string {
	text, ok := sentences[e.Code]
	if !ok {
		return e.Code
	}
	format := text.zh
	if lang == "en" {
		format = text.en
	}
	said := fmt.Sprintf(format, e.Args...)
	if e.Where == "" {
		return said
	}
	if lang == "en" {
		return e.Where + ": " + said
	}
	return e.Where + "：" + said
}

func fault(code, where string, args ...any) *Error {
	return &Error{Code: code, Where: where, Args: args}
}

// Faults are all differences that verifying found, at least one.
type Faults []*Error

// Error is the English sentences, a line each.
func (f Faults) Error() string { return f.Sentence("en") }

// Sentence is one line for each fault.
func (f Faults) Sentence(lang string) string {
	lines := make([]string, len(f))
	for i, e := range f {
		lines[i] = e.Sentence(lang)
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As find each fault.
func (f Faults) Unwrap() []error {
	list := make([]error, len(f))
	for i, e := range f {
		list[i] = e
	}
	return list
}

// AllOf are the faults in err: one, or all that verifying found; none where
// err is of another kind.
func AllOf(err error) []*Error {
	var many Faults
	var one *Error
	switch {
	case errors.As(err, &many):
		return many
	case errors.As(err, &one):
		return []*Error{one}
	}
	return nil
}
