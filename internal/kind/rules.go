package kind

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"gewu/calendar"
	"gewu/expr"
)

// typeOf is the type of a field in expressions, none for those that they do not
// know.
func typeOf(f Field) expr.Type {
	switch f.Type {
	case Integer, Money:
		return expr.Integer
	case Decimal:
		return expr.Decimal
	case Date:
		return expr.Date
	case YesNo:
		return expr.Boolean
	case Many, Photo, File:
		return expr.ListOf(expr.Text)
	case Point:
		return expr.RowOf(map[string]expr.Type{"lon": expr.Decimal, "lat": expr.Decimal})
	case Table:
		columns := map[string]expr.Type{}
		for _, c := range f.Fields {
			if t := typeOf(c); !t.IsZero() && t.Equal(expr.Text) || t.Equal(expr.Integer) || t.Equal(expr.Decimal) || t.Equal(expr.Date) || t.Equal(expr.Boolean) {
				columns[c.ID] = t
			}
		}
		if len(columns) == 0 {
			return expr.Type{}
		}
		return expr.TableOf(columns)
	}
	return expr.Text
}

// Facts are what expressions know of a record besides its fields.
type Facts struct {
	Today     calendar.Date
	Opened    calendar.Date
	Place     string
	State     string
	Number    string
	EnteredBy string // id of the account
}

var factTypes = map[string]expr.Type{"opened": expr.Date, "place": expr.Text, "state": expr.Text, "number": expr.Text, "entered_by": expr.Text}

func (f Facts) values() expr.Values {
	return expr.Values{"today": f.Today, "opened": f.Opened, "place": f.Place, "state": f.State, "number": f.Number, "entered_by": f.EnteredBy}
}

// env is what an expression of a field may use: the fields beside it, those of
// the record where it is a column, and the facts.
func (c *checker) env(fs []Field, column bool) *expr.Environment {
	vars := maps.Clone(factTypes)
	declare := func(fs []Field) {
		for _, f := range fs {
			if t := typeOf(f); !t.IsZero() && ids.MatchString(f.ID) && !slices.Contains(reserved, f.ID) {
				vars[f.ID] = t
			}
		}
	}
	if column {
		declare(c.Fields)
	}
	declare(fs)
	env, err := expr.New(expr.Declarations{Vars: vars, Calendar: c.world.Calendar})
	if err != nil {
		c.problems = append(c.problems, Problem{Code: "kind_reserved", File: c.file, Line: 1, Column: 1, Why: err})
	}
	return env
}

func (c *checker) compile(env *expr.Environment, e Expr, path string, want expr.Type) *expr.Program {
	if e == "" || env == nil || want.IsZero() {
		return nil
	}
	p, err := env.Compile(string(e), want)
	if err != nil {
		problem := c.problem("kind_expr", path, "")
		problem.Why = err
		c.problems = append(c.problems, problem)
	}
	return p
}

// cycles orders the computed fields, and refuses those that follow from
// themselves.
func (c *checker) cycles() {
	const (
		open = 1 + iota
		done
	)
	mark := make([]int, len(c.Fields))
	var visit func(i int) bool
	visit = func(i int) bool {
		f := &c.Fields[i]
		if f.compute == nil || mark[i] == done {
			return true
		}
		if mark[i] == open {
			return false
		}
		mark[i] = open
		for _, id := range f.compute.Uses() {
			if n := slices.IndexFunc(c.Fields, func(x Field) bool { return x.ID == id }); n >= 0 && !visit(n) {
				return false
			}
		}
		mark[i] = done
		c.order = append(c.order, i)
		return true
	}
	for i, f := range c.Fields {
		if !visit(i) {
			c.add("kind_cycle", fmt.Sprintf("fields[%d].compute", i), f.ID)
			return
		}
	}
}

// Judge computes what follows from the values of a record, drops what is not
// asked for as the others are, and says what is wrong with them as a whole:
// what is missing of the fields that a step asks for, all of them for nil, and
// what does not meet its constraint. What an expression touches that is not
// known leaves it undecided: a constraint is not judged then, a computed field
// stays empty, a field is shown and need not be filled in. The values are
// changed in place.
func (k *Kind) Judge(ctx context.Context, v Values, facts Facts, ask []string) ([]Fault, error) {
	j := &judge{ctx: ctx}
	known := facts.values()
	for id, x := range v {
		known[id] = plain(x)
	}
	for _, i := range k.order {
		f := &k.Fields[i]
		x, err := j.eval(f.compute, known)
		if err != nil {
			j.failed(f.ID, err)
		}
		delete(v, f.ID)
		delete(known, f.ID)
		if x != nil {
			if d, ok := x.(calendar.Date); ok {
				x = d.String()
			}
			v[f.ID], known[f.ID] = x, x
		}
	}
	j.row(k.Fields, v, known, "", ask)
	slices.SortFunc(j.faults, func(a, b Fault) int {
		switch {
		case a.Field < b.Field:
			return -1
		case a.Field > b.Field:
			return 1
		}
		return 0
	})
	return j.faults, ctx.Err()
}

// Offered tells whether an action is offered as the values are.
func (a *Action) Offered(ctx context.Context, v Values, facts Facts) bool {
	known := facts.values()
	for id, x := range v {
		known[id] = plain(x)
	}
	j := &judge{ctx: ctx}
	return j.holds(a.when, known, true)
}

type judge struct {
	ctx    context.Context
	faults []Fault
}

// eval is the value of an expression, nil where it touches what is not known.
func (j *judge) eval(p *expr.Program, known expr.Values) (any, error) {
	if p == nil {
		return nil, nil
	}
	x, err := p.Eval(j.ctx, known)
	if errors.Is(err, expr.ErrMissing) {
		return nil, nil
	}
	return x, err
}

// holds tells whether a condition holds, otherwise where there is none or it is
// undecided.
func (j *judge) holds(p *expr.Program, known expr.Values, otherwise bool) bool {
	x, err := j.eval(p, known)
	if yes, ok := x.(bool); ok && err == nil {
		return yes
	}
	return otherwise
}

// failed notes that an expression could not be worked out: the whole of a
// number, a division by zero, too much work.
func (j *judge) failed(at string, err error) {
	if e, ok := errors.AsType[*expr.Error](err); ok {
		j.faults = append(j.faults, Fault{at, e.Code, e.Sentence("zh"), e.Sentence("en")})
	}
}

func (j *judge) row(fields []Field, v Values, known expr.Values, path string, ask []string) {
	for i := range fields {
		f := &fields[i]
		at := path + f.ID
		if !j.holds(f.visible, known, true) {
			delete(v, f.ID)
			delete(known, f.ID)
			continue
		}
		x, there := v[f.ID]
		asked := ask == nil || slices.Contains(ask, f.ID)
		switch {
		case !there && asked && j.holds(f.required, known, false):
			j.faults = append(j.faults, Fault{at, "field_required", "请填写" + f.Name.Zh, "Fill in: " + f.Name.En + "."})
		case there && f.constraint != nil:
			ok, err := j.eval(f.constraint, known)
			if err != nil {
				j.failed(at, err)
			} else if ok == false {
				j.faults = append(j.faults, Fault{at, "field_constraint", f.Message.Zh, f.Message.En})
			}
		}
		rows, ok := x.([]Values)
		for n := 0; ok && n < len(rows); n++ {
			in := maps.Clone(known)
			for _, c := range f.Fields {
				delete(in, c.ID)
			}
			for id, y := range rows[n] {
				in[id] = plain(y)
			}
			j.columns(f.Fields, rows[n], in, fmt.Sprintf("%s[%d].", at, n))
		}
	}
}

// columns judges one row of a table; its computed columns follow from it.
func (j *judge) columns(fields []Field, v Values, known expr.Values, path string) {
	for i := range fields {
		f := &fields[i]
		if f.compute == nil {
			continue
		}
		x, err := j.eval(f.compute, known)
		if err != nil {
			j.failed(path+f.ID, err)
		}
		delete(v, f.ID)
		if x != nil {
			if d, ok := x.(calendar.Date); ok {
				x = d.String()
			}
			v[f.ID], known[f.ID] = x, x
		}
	}
	j.row(fields, v, known, path, nil)
}

// Presets are the values with which a new record begins.
func (k *Kind) Presets(ctx context.Context, facts Facts) Values {
	j := &judge{ctx: ctx}
	out := Values{}
	for i := range k.Fields {
		x, err := j.eval(k.Fields[i].preset, facts.values())
		if err != nil || x == nil {
			continue
		}
		if d, ok := x.(calendar.Date); ok {
			x = d.String()
		}
		out[k.Fields[i].ID] = x
	}
	return out
}

// plain is a value as expressions take it.
func plain(x any) any {
	switch v := x.(type) {
	case Spot:
		return map[string]any{"lon": v.Lon, "lat": v.Lat}
	case []Values:
		out := make([]map[string]any, len(v))
		for i, row := range v {
			out[i] = map[string]any{}
			for id, y := range row {
				out[i][id] = plain(y)
			}
		}
		return out
	}
	return x
}
