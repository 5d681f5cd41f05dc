package code_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"gewu/code"
)

// declaredCodes are the values of the constants Code… in error.go.
func declaredCodes(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") {
			return true
		}
		s, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, s)
		return true
	})
	return codes
}

func TestEveryErrorSpeaksTwoLanguagesAndIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/code.md")
	if err != nil {
		t.Fatal(err)
	}
	unknown := (&code.Error{Code: "?"}).Sentence("zh")
	codes := declaredCodes(t)
	if len(codes) < 30 {
		t.Fatalf("only %d codes found", len(codes))
	}
	seen := make(map[string]bool)
	for _, c := range codes {
		e := &code.Error{Code: c, At: 3, Len: 17}
		zh, en := e.Sentence("zh"), e.Sentence("en")
		if zh == unknown || en == "" || zh == en || seen[c] || strings.ContainsAny(zh+en, "{}") {
			t.Errorf("%s: %q, %q", c, zh, en)
		}
		if strings.HasSuffix(zh, "。") || !strings.HasSuffix(en, ".") {
			t.Errorf("%s ends otherwise than the rest: %q, %q", c, zh, en)
		}
		if !strings.Contains(string(page), "`"+c+"`") {
			t.Errorf("docs/code.md does not name %s", c)
		}
		seen[c] = true
	}
}

func TestErrorKeepsItsIdentity(t *testing.T) {
	_, err := code.ParseResidentID("9901")
	if err = fmt.Errorf("row 7: %w", err); !errors.Is(err, code.ErrIDLength) || errors.Is(err, code.ErrIDChar) {
		t.Errorf("%v", err)
	}
	if errors.Is(err, errors.New("resident_id_length")) {
		t.Error("an error of another type is the same")
	}
	if !strings.HasPrefix(code.ErrIDCheck.Error(), "resident_id_check: ") {
		t.Errorf("text: %s", code.ErrIDCheck)
	}
}
