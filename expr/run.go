package expr

import (
	"context"
	"math"
	"unicode/utf8"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"gewu/calendar"
)

// A run is one evaluation.
type run struct {
	opaque
	ctx    context.Context
	env    *Environment
	values Values
	known  map[string]ref.Val // of values, once they are touched
	cost   int
	over   *Error // set once it must end
}

// charge counts work before it is done.
func (r *run) charge(at, units int) *Error {
	r.cost += units
	if r.cost > r.env.limits.Cost || r.ctx.Err() != nil {
		r.over = failAt(CodeCost, "", at)
		return r.over
	}
	return nil
}

// chargeText counts work on texts: one unit for 16 characters.
func (r *run) chargeText(at int, texts ...ref.Val) *Error {
	n := 0
	for _, t := range texts {
		n += utf8.RuneCountInString(string(t.(types.String)))
	}
	return r.charge(at, n/16)
}

func (r *run) text(at int, s string) (ref.Val, *Error) {
	if len(s) > r.env.limits.Text && utf8.RuneCountInString(s) > r.env.limits.Text {
		return nil, failAt(CodeSize, "", at)
	}
	return types.String(s), nil
}

func (r *run) list(at int, vs []ref.Val) (ref.Val, *Error) {
	if len(vs) > r.env.limits.List {
		return nil, failAt(CodeSize, "", at)
	}
	return newList(vs), nil
}

// value is that of a variable.
func (r *run) value(at int, name string) (ref.Val, *Error) {
	if v, ok := r.known[name]; ok {
		return v, nil
	}
	v, err := r.given(at, name, r.env.vars[name], r.values[name])
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, failAt(CodeMissing, name, at)
	}
	if r.known == nil {
		r.known = map[string]ref.Val{}
	}
	r.known[name] = v
	return v, nil
}

const exact = 1<<53 - 1 // the largest integer that a float64 tells from its neighbours

// given makes what the caller gave a value of the declared type; nil for missing.
func (r *run) given(at int, name string, t Type, v any) (ref.Val, *Error) {
	if v == nil {
		return nil, nil
	}
	switch t.kind {
	case "text":
		if s, ok := v.(string); ok && utf8.ValidString(s) {
			return r.text(at, s)
		}
	case "boolean":
		if b, ok := v.(bool); ok {
			return types.Bool(b), nil
		}
	case "integer":
		switch n := v.(type) {
		case int:
			return types.Int(n), nil
		case int64:
			return types.Int(n), nil
		case float64:
			if n == math.Trunc(n) && math.Abs(n) <= exact {
				return types.Int(n), nil
			}
		}
	case "decimal":
		switch n := v.(type) {
		case int:
			return types.Double(n), nil
		case int64:
			return types.Double(n), nil
		case float64:
			if !math.IsInf(n, 0) && !math.IsNaN(n) {
				return types.Double(n), nil
			}
		}
	case "date":
		return givenDate(at, name, v)
	case "row":
		if cells, ok := v.(map[string]any); ok {
			return row{cells: cells, cols: t.cols}, nil
		}
	case "list":
		return r.givenList(at, name, *t.elem, v)
	}
	return nil, failAt(CodeValue, name, at)
}

func givenDate(at int, name string, v any) (ref.Val, *Error) {
	switch d := v.(type) {
	case calendar.Date:
		if d.IsZero() {
			return nil, nil
		}
		return day{date: d}, nil
	case string:
		if d == "" {
			return nil, nil
		}
		if parsed, err := calendar.Parse(d); err == nil {
			return day{date: parsed}, nil
		}
	}
	return nil, failAt(CodeValue, name, at)
}

func (r *run) givenList(at int, name string, elem Type, v any) (ref.Val, *Error) {
	var vs []any
	switch l := v.(type) {
	case []any:
		vs = l
	case []string:
		for _, e := range l {
			vs = append(vs, e)
		}
	case []map[string]any:
		for _, e := range l {
			vs = append(vs, e)
		}
	default:
		return nil, failAt(CodeValue, name, at)
	}
	if len(vs) > r.env.limits.List {
		return nil, failAt(CodeSize, "", at)
	}
	all := make([]ref.Val, 0, len(vs))
	for _, e := range vs {
		g, err := r.given(at, name, elem, e)
		if err != nil {
			return nil, err
		}
		if g == nil { // a list has no holes; only cells may be missing
			return nil, failAt(CodeValue, name, at)
		}
		all = append(all, g)
	}
	return newList(all), nil
}
