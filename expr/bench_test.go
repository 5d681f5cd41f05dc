package expr_test

import (
	"testing"

	"gewu/expr"
)

var benchSources = map[string]string{
	"small": "age(birth, today) >= 60",
	"rule":  "age(birth, today) >= 60 && income / people < 900.0 && kind in ['低保', '特困'] && !name.contains('测试')",
	"table": "sum(rows.filter(r, or(r.done, false)).map(r, or(r.amount, 0))) > 1000",
}

func benchEnvironment(b *testing.B, limits expr.Limits) (*expr.Environment, expr.Values) {
	b.Helper()
	env := environment(b, map[string]expr.Type{
		"birth": expr.Date, "income": expr.Decimal, "people": expr.Integer, "kind": expr.Text, "name": expr.Text,
		"rows": expr.TableOf(map[string]expr.Type{"amount": expr.Decimal, "done": expr.Boolean}),
	}, limits)
	var rows []map[string]any
	for i := range 100 {
		rows = append(rows, map[string]any{"amount": float64(i), "done": i%2 == 0})
	}
	return env, expr.Values{"birth": "1950-06-15", "today": "2026-06-30", "income": 1800.0, "people": 3, "kind": "低保", "name": "张三", "rows": rows}
}

func BenchmarkCompile(b *testing.B) {
	env, _ := benchEnvironment(b, expr.Limits{})
	for name, source := range benchSources {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := env.Compile(source, expr.Boolean); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEval(b *testing.B) {
	env, values := benchEnvironment(b, expr.Limits{})
	for name, source := range benchSources {
		p := compile(b, env, source, expr.Boolean)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Eval(b.Context(), values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLimit is what the default limit lets pass at most, and how long it
// takes to stop what is beyond.
func BenchmarkLimit(b *testing.B) {
	env := environment(b, map[string]expr.Type{"l": expr.ListOf(expr.Integer)}, expr.Limits{})
	var l []any
	for i := range 10_000 {
		l = append(l, i)
	}
	values := expr.Values{"l": l}
	for name, source := range map[string]string{
		"reached": "l.all(a, a * 2 + 1 > 0 && a % 7 < 7 && a >= 0)",
		"beyond":  "l.map(b, b * b).exists(a, l.exists(b, a * b < 0))",
	} {
		p := compile(b, env, source, expr.Boolean)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, cost, err := p.Measure(b.Context(), values)
				if (err == nil) != (name == "reached") || err == nil && cost < 190_000 {
					b.Fatal(cost, err)
				}
			}
		})
	}
}
