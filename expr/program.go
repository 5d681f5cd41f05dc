package expr

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A Program is a compiled expression. It never changes and may be shared.
type Program struct {
	env    *Environment
	source []rune
	typ    Type
	uses   []string
	nodes  int
	plan   cel.Program
}

// Type is the type of the result.
func (p *Program) Type() Type { return p.typ }

// Uses are the variables that the expression reads, in order.
func (p *Program) Uses() []string { return slices.Clone(p.uses) }

// Values are the values of variables by name. A value that is nil or not there
// is missing. Others are given as
//
//	text     string
//	integer  int, int64, or a float64 without a fraction
//	decimal  float64, int, int64
//	boolean  bool
//	date     calendar.Date (zero: missing) or its ISO form ("": missing)
//	list     []any or []string
//	row      map[string]any
//	table    []map[string]any or []any
type Values map[string]any

// Eval computes the value: a string, int64, float64, bool, calendar.Date or
// []any of them. It fails with an *[Error], or with the context's error.
func (p *Program) Eval(ctx context.Context, values Values) (any, error) {
	v, _, err := p.Measure(ctx, values)
	return v, err
}

// Measure is Eval and tells the work, in the units of [Limits]; 0 where it fails.
func (p *Program) Measure(ctx context.Context, values Values) (value any, cost int, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	r := &run{ctx: ctx, env: p.env, values: values}
	if failed := r.charge(0, p.nodes); failed != nil {
		return nil, 0, failed.place(p.source)
	}
	v, _, err := p.plan.Eval(map[string]any{runName: r})
	if r.over != nil { // even where && or || would have covered it
		err = r.over
	}
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	var failed *Error
	switch {
	case errors.As(err, &failed):
		return nil, 0, failed.place(p.source)
	case err != nil:
		return nil, 0, fmt.Errorf("evaluate expression: %w", err)
	}
	return native(v), r.cost, nil
}

// plan hands the core to cel-go, which evaluates it: its logic of && || ?: and
// its comprehensions, over the functions of the library.
func (e *Environment) plan(source string, t typed, uses []string) (*Program, error) {
	engine, err := engine()
	if err != nil {
		return nil, fmt.Errorf("declare library: %w", err)
	}
	b := &builder{ExprFactory: ast.NewExprFactory()}
	tree := ast.NewAST(b.expr(t.core), nil)
	plan, err := engine.PlanProgram(tree)
	if err != nil {
		return nil, fmt.Errorf("plan expression: %w", err)
	}
	return &Program{env: e, source: []rune(source), typ: t.typ, uses: uses, nodes: t.nodes, plan: plan}, nil
}

// runName is the variable through which the library reaches the running
// evaluation: its values, its calendar and its count of work.
const runName = "run"

// builder makes the syntax tree of cel-go.
type builder struct {
	ast.ExprFactory
	last int64
}

func (b *builder) id() int64 { b.last++; return b.last }

func (b *builder) exprs(cs []*core) []ast.Expr {
	var all []ast.Expr
	for _, c := range cs {
		all = append(all, b.expr(c))
	}
	return all
}

func (b *builder) expr(c *core) ast.Expr {
	switch c.op {
	case "literal":
		return b.NewLiteral(b.id(), types.DefaultTypeAdapter.NativeToValue(c.value)) // a pattern is a value already
	case "variable":
		return b.NewIdent(b.id(), c.name)
	case "call":
		at := b.NewLiteral(b.id(), types.Int(c.at))
		args := append([]ast.Expr{b.NewIdent(b.id(), runName), at}, b.exprs(c.args)...)
		return b.NewCall(b.id(), "gewu_"+c.fn, args...)
	case "&&":
		return b.NewCall(b.id(), operators.LogicalAnd, b.exprs(c.args)...)
	case "||":
		return b.NewCall(b.id(), operators.LogicalOr, b.exprs(c.args)...)
	case "?:":
		return b.NewCall(b.id(), operators.Conditional, b.exprs(c.args)...)
	case "list":
		return b.NewList(b.id(), b.exprs(c.args), nil)
	}
	return b.macro(c)
}

// macro builds the comprehensions of CEL's own macros, but for one thing: map
// and filter end with the first failure, where CEL would go on to the last.
func (b *builder) macro(c *core) ast.Expr {
	accu := func() ast.Expr { return b.NewAccuIdent(b.id()) }
	call := func(fn string, args ...ast.Expr) ast.Expr { return b.NewCall(b.id(), fn, args...) }
	body := b.expr(c.args[1])
	var first, cond, step ast.Expr
	switch c.op {
	case "all":
		first = b.NewLiteral(b.id(), types.True)
		cond = call(operators.NotStrictlyFalse, accu())
		step = call(operators.LogicalAnd, accu(), body)
	case "exists":
		first = b.NewLiteral(b.id(), types.False)
		cond = call(operators.NotStrictlyFalse, call(operators.LogicalNot, accu()))
		step = call(operators.LogicalOr, accu(), body)
	case "filter":
		kept := b.NewList(b.id(), []ast.Expr{b.NewIdent(b.id(), c.name)}, nil)
		step = call(operators.Conditional, body, call(operators.Add, accu(), kept), accu())
	case "map":
		step = call(operators.Add, accu(), b.NewList(b.id(), []ast.Expr{body}, nil))
	}
	if first == nil {
		first = b.NewList(b.id(), nil, nil)
		cond = call(unfailed, accu())
	}
	return b.NewComprehension(b.id(), b.expr(c.args[0]), c.name, b.AccuIdentName(), first, cond, step, accu())
}

// native is the value of cel-go as Eval returns it.
func native(v ref.Val) any {
	switch v := v.(type) {
	case types.String:
		return string(v)
	case types.Int:
		return int64(v)
	case types.Double:
		return float64(v) + 0 // no -0
	case types.Bool:
		return bool(v)
	case day:
		return v.date
	}
	all := []any{}
	for v := range elements(v) {
		all = append(all, native(v))
	}
	return all
}
