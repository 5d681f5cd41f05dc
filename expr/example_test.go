package expr_test

import (
	"context"
	"errors"
	"fmt"

	"gewu/calendar"
	"gewu/expr"
)

func Example() {
	days, err := calendar.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	env, err := expr.New(expr.Declarations{Calendar: days, Vars: map[string]expr.Type{
		"birth":   expr.Date,
		"members": expr.TableOf(map[string]expr.Type{"name": expr.Text, "income": expr.Decimal}),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := env.Compile("age(birth, today) >= 60 && sum(members.map(m, or(m.income, 0))) / size(members) < 900", expr.Boolean)
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := p.Eval(context.Background(), expr.Values{
		"birth": "1950-06-15", "today": "2026-06-30",
		"members": []map[string]any{{"name": "甲", "income": 1200.5}, {"name": "乙"}},
	})
	fmt.Println(v, err, p.Uses())
	// Output: true <nil> [birth members today]
}

// A constraint over what is not filled in is not judged.
func Example_missing() {
	env, err := expr.New(expr.Declarations{Vars: map[string]expr.Type{"from": expr.Date, "to": expr.Date}})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := env.Compile("from <= to", expr.Boolean)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = p.Eval(context.Background(), expr.Values{"from": "2026-06-30"})
	var e *expr.Error
	if errors.Is(err, expr.ErrMissing) && errors.As(err, &e) {
		fmt.Println("not judged:", e.Name)
	}
	// Output: not judged: to
}

func ExampleEnvironment_Compile() {
	env, err := expr.New(expr.Declarations{Vars: map[string]expr.Type{"income": expr.Decimal}})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = env.Compile("incom > 100", expr.Boolean)
	var e *expr.Error
	if errors.As(err, &e) {
		fmt.Println(e.Line, e.Column, e.Code, e.Sentence("zh"))
	}
	// Output: 1 1 expr_unknown 没有名为“incom”的字段，请检查拼写
}
