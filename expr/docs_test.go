package expr_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gewu/expr"
)

// The guide names every function and every code, and its examples are read.
func TestGuide(t *testing.T) {
	read := func(file string) string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	guide := read("../docs/expressions.md")
	for _, m := range regexp.MustCompile(`(?m)^\.?([A-Za-z]+)\(`).FindAllStringSubmatch(read("functions.txt"), -1) {
		if !strings.Contains(guide, m[1]+"(") {
			t.Errorf("the guide does not name %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`"(expr_\w+)"`).FindAllStringSubmatch(read("error.go"), -1) {
		if !strings.Contains(guide, "`"+m[1]+"`") {
			t.Errorf("the guide does not name %s", m[1])
		}
	}
	env := environment(t, map[string]expr.Type{
		"birth": expr.Date, "kind": expr.Text, "income": expr.Decimal, "people": expr.Integer,
		"members": expr.TableOf(map[string]expr.Type{"birth": expr.Date}),
	}, expr.Limits{})
	n := 0
	for i, block := range strings.Split(guide, "```") {
		if i%2 == 0 {
			continue
		}
		for line := range strings.Lines(block) {
			source, _, _ := strings.Cut(strings.TrimSpace(line), "      ") // what it means stands behind it
			if source == "" {
				continue
			}
			compile(t, env, source, expr.Type{})
			n++
		}
	}
	if n < 8 {
		t.Errorf("only %d examples", n)
	}
}
