// Package fault is how the office says no. A fault.Error may be shown to the
// person who caused it; any other error is internal: it is logged whole and
// shown as a number to quote.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"strings"
)

// A Kind tells what went wrong; the HTTP status follows from it.
type Kind int

const (
	Invalid      Kind = iota + 1 // the input must be changed: 422
	Unauthorized                 // not signed in: 401
	Denied                       // signed in, but not entitled: 403
	Missing                      // not there, or not to be known of: 404
	Conflict                     // the state does not allow it: 409
	Stale                        // changed by somebody else meanwhile: 412
	TooLarge                     // 413
	TooMany                      // try again later: 429
)

// An Error has an identity for code, a stable code for clients and a sentence
// in two languages for people. Words in braces are filled in by With.
type Error struct {
	Kind Kind
	Code string // "plan_stale": clients key on it, it never changes
	Zh   string
	En   string
	args map[string]any
}

// New declares an error, once, as a package variable.
func New(kind Kind, code, zh, en string) *Error {
	return &Error{Kind: kind, Code: code, Zh: zh, En: en}
}

// Words is what With fills in where it differs by language.
type Words struct{ Zh, En string }

// With returns the same error with the word {name} filled in.
func (e *Error) With(name string, value any) *Error {
	c := *e
	c.args = maps.Clone(e.args)
	if c.args == nil {
		c.args = make(map[string]any)
	}
	c.args[name] = value
	return &c
}

// Arg is what a word was filled in with, nil if it was not.
func (e *Error) Arg(name string) any { return e.args[name] }

func (e *Error) Error() string { return e.Code + ": " + e.Sentence("en") }

// Sentence is what the person reads; any language but "en" is Chinese.
func (e *Error) Sentence(lang string) string {
	s := e.Zh
	if lang == "en" {
		s = e.En
	}
	for name, v := range e.args {
		if w, ok := v.(Words); ok {
			if v = w.Zh; lang == "en" {
				v = w.En
			}
		}
		s = strings.ReplaceAll(s, "{"+name+"}", fmt.Sprint(v))
	}
	return s
}

// Is compares by code, so that an error with its words filled in is still the
// declared one.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Of returns the fault in err's chain, or nil where the error is internal.
func Of(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return nil
}
