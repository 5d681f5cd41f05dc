package expr_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"gewu/calendar"
	"gewu/expr"
)

func environment(t testing.TB, vars map[string]expr.Type, limits expr.Limits) *expr.Environment {
	t.Helper()
	env, err := expr.New(expr.Declarations{Vars: vars, Calendar: testCalendar(t), Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	return env
}

func compile(t testing.TB, env *expr.Environment, source string, want expr.Type) *expr.Program {
	t.Helper()
	p, err := env.Compile(source, want)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return p
}

func code(err error) string {
	var e *expr.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestDeclarations(t *testing.T) {
	deep := expr.Integer
	for range 8 {
		deep = expr.ListOf(deep)
	}
	tests := map[string]struct {
		name string
		typ  expr.Type
		ok   bool
	}{
		"text":                {"name", expr.Text, true},
		"table":               {"rows", expr.TableOf(map[string]expr.Type{"a": expr.Date}), true},
		"today as it is":      {"today", expr.Date, true},
		"today as a text":     {"today", expr.Text, false},
		"no type":             {"a", expr.Type{}, false},
		"chinese name":        {"年龄", expr.Integer, false},
		"empty name":          {"", expr.Integer, false},
		"digit first":         {"1a", expr.Integer, false},
		"reserved":            {"if", expr.Integer, false},
		"in":                  {"in", expr.Integer, false},
		"prototype":           {"__proto__", expr.Integer, false},
		"long name":           {strings.Repeat("a", 65), expr.Integer, false},
		"table of no columns": {"a", expr.TableOf(nil), false},
		"reserved column":     {"a", expr.TableOf(map[string]expr.Type{"null": expr.Text}), false},
		"lists in lists":      {"a", deep, false},
	}
	for name, tt := range tests {
		_, err := expr.New(expr.Declarations{Vars: map[string]expr.Type{tt.name: tt.typ}})
		if (err == nil) != tt.ok || err != nil && code(err) != expr.CodeDeclaration {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTypesAreWrittenAndRead(t *testing.T) {
	all := map[string]expr.Type{
		`"text"`:                                 expr.Text,
		`{"list":"integer"}`:                     expr.ListOf(expr.Integer),
		`{"list":{"list":"date"}}`:               expr.ListOf(expr.ListOf(expr.Date)),
		`{"row":{"a":"boolean"}}`:                expr.RowOf(map[string]expr.Type{"a": expr.Boolean}),
		`{"table":{"a":"decimal"}}`:              expr.TableOf(map[string]expr.Type{"a": expr.Decimal}),
		`{"table":{"a":{"table":{"b":"text"}}}}`: expr.TableOf(map[string]expr.Type{"a": expr.TableOf(map[string]expr.Type{"b": expr.Text})}),
	}
	for text, typ := range all {
		var read expr.Type
		if err := json.Unmarshal([]byte(text), &read); err != nil || !read.Equal(typ) {
			t.Errorf("%s is read as %s, %v", text, read, err)
		}
		if b, err := json.Marshal(typ); err != nil || string(b) != text {
			t.Errorf("%s is written as %s, %v", typ, b, err)
		}
	}
	for _, text := range []string{`"number"`, `""`, `{}`, `{"list":"x"}`, `{"list":"text","row":{}}`, `{"set":"text"}`, `[]`, `1`} {
		var read expr.Type
		if err := json.Unmarshal([]byte(text), &read); err == nil {
			t.Errorf("%s is read as %s", text, read)
		}
	}
}

func TestUses(t *testing.T) {
	env := environment(t, map[string]expr.Type{"a": expr.Integer, "b": expr.Integer, "c": expr.Boolean, "rows": expr.TableOf(map[string]expr.Type{"b": expr.Integer})}, expr.Limits{})
	tests := map[string][]string{
		"1 + 2":                                nil,
		"b + a + b":                            {"a", "b"},
		"c ? a : 0":                            {"a", "c"},
		"rows.map(r, r.b)":                     {"rows"},
		"rows.all(r, r.b > a)":                 {"a", "rows"},
		"false && a == 1":                      {"a"},
		"has(a) && today > date('2026-01-01')": {"a", "today"},
	}
	for source, want := range tests {
		if got := compile(t, env, source, expr.Type{}).Uses(); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%s uses %v", source, got)
		}
	}
}

func TestGivenAndReturned(t *testing.T) {
	day := calendar.On(2026, 6, 30)
	tests := map[string]struct {
		typ   expr.Type
		given any
		want  any // nil: missing
	}{
		"int":            {expr.Integer, 7, int64(7)},
		"int64":          {expr.Integer, int64(7), int64(7)},
		"whole float":    {expr.Integer, 7.0, int64(7)},
		"float":          {expr.Decimal, 0.5, 0.5},
		"int as decimal": {expr.Decimal, 7, 7.0},
		"date":           {expr.Date, day, day},
		"written date":   {expr.Date, "2026-06-30", day},
		"no date":        {expr.Date, calendar.Date{}, nil},
		"blank date":     {expr.Date, "", nil},
		"texts":          {expr.ListOf(expr.Text), []string{"a", "b"}, []any{"a", "b"}},
		"dates":          {expr.ListOf(expr.Date), []any{day}, []any{day}},
		"empty list":     {expr.ListOf(expr.Date), []any{}, []any{}},
		"boolean":        {expr.Boolean, true, true},
		"nothing":        {expr.Boolean, nil, nil},
	}
	for name, tt := range tests {
		env := environment(t, map[string]expr.Type{"v": tt.typ}, expr.Limits{})
		got, err := compile(t, env, "v", tt.typ).Eval(t.Context(), expr.Values{"v": tt.given})
		if tt.want == nil && !errors.Is(err, expr.ErrMissing) || tt.want != nil && (err != nil || !reflect.DeepEqual(got, tt.want)) {
			t.Errorf("%s: %#v, %v", name, got, err)
		}
	}
	env := environment(t, map[string]expr.Type{"v": expr.Text}, expr.Limits{})
	if _, err := compile(t, env, "v", expr.Text).Eval(t.Context(), expr.Values{"v": "\xff"}); code(err) != expr.CodeValue {
		t.Errorf("broken text: %v", err)
	}
}

func TestErrorsTellWhere(t *testing.T) {
	env := environment(t, map[string]expr.Type{"income": expr.Decimal, "name": expr.Text}, expr.Limits{})
	_, err := env.Compile("income > 100 &&\n  nmae == '张三'", expr.Boolean)
	var e *expr.Error
	if !errors.As(err, &e) || e.Code != expr.CodeUnknown || e.Line != 2 || e.Column != 3 || e.Name != "nmae" {
		t.Fatalf("got %#v", err)
	}
	if zh, en := e.Sentence("zh"), e.Sentence("en"); zh != "没有名为“nmae”的字段，请检查拼写" || en != "There is no field called nmae. Check the spelling." {
		t.Errorf("%s %s", zh, en)
	}
	_, err = env.Compile("income + name", expr.Decimal)
	if !errors.As(err, &e) || e.Sentence("zh") != "“+”不能用于小数、文本" || e.Sentence("en") != "+ cannot be used with decimal, text." || err.Error() != "1:8: expr_type: + cannot be used with decimal, text." {
		t.Errorf("got %v, %s", err, e.Sentence("zh"))
	}
	_, err = env.Compile("name", expr.Decimal)
	if !errors.As(err, &e) || e.Sentence("zh") != "表达式的结果应为小数，实际为文本" || e.Sentence("en") != "The expression should give decimal but gives text." {
		t.Errorf("got %v", err)
	}
	_, err = compile(t, env, "1.5 +\nincome", expr.Decimal).Eval(t.Context(), nil)
	if !errors.Is(err, expr.ErrMissing) || !errors.As(err, &e) || e.Line != 2 || e.Name != "income" {
		t.Errorf("got %v", err)
	}
}

func TestStopped(t *testing.T) {
	env := environment(t, map[string]expr.Type{"l": expr.ListOf(expr.Integer)}, expr.Limits{})
	var l []any
	for i := range 10_000 {
		l = append(l, i)
	}
	p := compile(t, env, "l.all(a, l.all(b, l.all(c, a + b + c >= 0)))", expr.Boolean)
	start := time.Now()
	_, err := p.Eval(t.Context(), expr.Values{"l": l})
	if !errors.Is(err, expr.ErrCost) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("stopped after %v", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Eval(ctx, expr.Values{"l": l}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestYearWithoutHolidays(t *testing.T) {
	env, err := expr.New(expr.Declarations{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = compile(t, env, "workdays(today, today + 1)", expr.Integer).Eval(t.Context(), expr.Values{"today": "2026-06-30"})
	var e *expr.Error
	if !errors.Is(err, expr.ErrCalendar) || !errors.As(err, &e) || e.Name != "2026" {
		t.Errorf("got %v", err)
	}
}

// One program serves many at a time.
func TestShared(t *testing.T) {
	env := environment(t, map[string]expr.Type{"n": expr.Integer, "l": expr.ListOf(expr.Integer)}, expr.Limits{})
	p := compile(t, env, "sum(l.filter(x, x > n).map(x, x * n))", expr.Integer)
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			for range 200 {
				v, err := p.Eval(t.Context(), expr.Values{"n": n, "l": []any{1, 5, 9}})
				want := int64(0)
				for _, x := range []int64{1, 5, 9} {
					if x > int64(n) {
						want += x * int64(n)
					}
				}
				if err != nil || v != want {
					t.Errorf("%d: %v, %v; want %d", n, v, err, want)
					return
				}
			}
		})
	}
	wait.Wait()
}
