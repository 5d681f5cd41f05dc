package expr

import (
	"maps"
	"slices"

	"gewu/calendar"
)

// Limits bound one evaluation. Zero fields have the default.
type Limits struct {
	Cost int `json:"cost,omitempty"` // units of work, about 50 to 200 ns each; default 200,000
	Text int `json:"text,omitempty"` // characters of a text, given or computed; default 65,536
	List int `json:"list,omitempty"` // elements of a list, given or computed; default 10,000
}

var defaults = Limits{Cost: 200_000, Text: 65_536, List: 10_000}

func (l Limits) orDefaults() Limits {
	if l.Cost <= 0 {
		l.Cost = defaults.Cost
	}
	if l.Text <= 0 {
		l.Text = defaults.Text
	}
	if l.List <= 0 {
		l.List = defaults.List
	}
	return l
}

// Declarations are what the expressions of one kind of record may use.
type Declarations struct {
	// Vars are the variables by name, an ASCII identifier. "today" is always
	// there, as a date.
	Vars map[string]Type
	// Calendar answers for working days; without one they are unknown.
	Calendar *calendar.Calendar
	Limits   Limits
}

// An Environment compiles expressions. It never changes and may be shared.
type Environment struct {
	vars   map[string]Type
	days   *calendar.Calendar
	limits Limits
}

const maxTypeDepth = 6

// New makes an environment. It fails with CodeDeclaration on a name that is no
// identifier or a reserved word, and on a type that cannot be declared.
func New(d Declarations) (*Environment, error) {
	e := &Environment{vars: map[string]Type{}, days: d.Calendar, limits: d.Limits.orDefaults()}
	if e.days == nil {
		e.days = &calendar.Calendar{}
	}
	for name, t := range d.Vars {
		if !isName(name) || !t.declarable(maxTypeDepth) || name == "today" && !t.Equal(Date) {
			return nil, &Error{Code: CodeDeclaration, Name: name}
		}
		e.vars[name] = t
	}
	e.vars["today"] = Date
	return e, nil
}

// Compile reads an expression whose value is of the wanted type. The zero Type
// wants any that can be a result: values and lists of them, but no rows. It
// fails with an *[Error] that says where and why.
func (e *Environment) Compile(source string, want Type) (*Program, error) {
	c := &checker{vars: e.vars, uses: map[string]bool{}}
	checked, err := c.source(source, want)
	if err != nil {
		return nil, err.place([]rune(source))
	}
	return e.plan(source, checked, slices.Sorted(maps.Keys(c.uses)))
}
