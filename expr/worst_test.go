package expr_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gewu/expr"
)

// The longest and the deepest sources are read in no time: nothing in the
// checker or the planner grows faster than the source.
func TestWorstSources(t *testing.T) {
	env := environment(t, map[string]expr.Type{"b": expr.Boolean, "n": expr.Integer, "l": expr.ListOf(expr.Integer)}, expr.Limits{})
	nested := func(open, inner, close string, n int) string {
		var s strings.Builder
		for i := range n {
			s.WriteString(strings.ReplaceAll(open, "#", strconv.Itoa(i)))
		}
		return s.String() + inner + strings.Repeat(close, n)
	}
	sources := map[string]string{
		"brackets":     nested("(", "n", ")", 119),
		"ternaries":    nested("b ? n : ", "n", "", 118),
		"inner":        nested("(b ? (", "n", ") : n)", 55),
		"macros":       nested("l.all(a#, ", "b", ")", 100),
		"maps":         nested("size(l.map(a#, ", "n", "))", 55),
		"three":        nested("size(l.map(a#, b, ", "n", "))", 55),
		"has":          nested("or(n, ", "n", ")", 118),
		"has or":       nested("or(or(n, n), ", "n", ")", 100),
		"min":          nested("min(n, ", "n", ")", 100),
		"lists":        nested("[", "n", "]", 100) + " == []",
		"lookups":      nested("{1: n, 2: n}[", "n", "]", 100),
		"sum":          "n" + strings.Repeat(" + n", 110),
		"conjunctions": "b" + strings.Repeat(" && (b || b)", 110),
		"long list":    "size([" + strings.Repeat("n,", 990) + "n])",
	}
	for name, source := range sources {
		start := time.Now()
		p, err := env.Compile(source, expr.Type{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: compiled in %v", name, took)
		}
		start = time.Now()
		_, err = p.Eval(t.Context(), expr.Values{"b": true, "n": 1, "l": []any{1}})
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: evaluated in %v, %v", name, took, err)
		}
		t.Logf("%s: %d, %v, %v", name, len(source), time.Since(start), err)
	}
}
