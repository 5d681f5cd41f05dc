package expr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"gewu/calendar"
	"gewu/expr"
)

var update = flag.Bool("update", false, "write type, cost and place of the outcomes into testdata/cel; values and codes stay as written")

// A vectorFile is one of testdata/cel: expressions over the same variables,
// with what must come of them in every engine.
type vectorFile struct {
	About  string               `json:"about"`
	Vars   map[string]expr.Type `json:"vars"`
	Values map[string]any       `json:"values"`
	Limits expr.Limits          `json:"limits"`
	Cases  []vector             `json:"cases"`
}

// A vector is an expression and its outcome: a value or the code of an error.
type vector struct {
	Expr   string          `json:"expr"`
	Want   *expr.Type      `json:"want,omitempty"`
	Values map[string]any  `json:"values,omitempty"` // over those of the file
	Limits *expr.Limits    `json:"limits,omitempty"`
	Value  json.RawMessage `json:"value,omitempty"`
	Error  string          `json:"error,omitempty"`
	// Found by the server and the same everywhere.
	Type  string   `json:"type,omitempty"`
	Uses  []string `json:"uses,omitempty"`
	Cost  int      `json:"cost,omitempty"`
	At    string   `json:"at,omitempty"` // line:column
	Name  string   `json:"name,omitempty"`
	Types string   `json:"types,omitempty"`
}

const vectorDir = "../testdata/cel"

func testCalendar(t testing.TB) *calendar.Calendar {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(vectorDir, "calendar.json"))
	if err != nil {
		t.Fatal(err)
	}
	var years []calendar.Year
	if err := json.Unmarshal(b, &years); err != nil {
		t.Fatal(err)
	}
	c, err := calendar.New(years...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestVectors(t *testing.T) {
	days := testCalendar(t)
	files, err := filepath.Glob(filepath.Join(vectorDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if name == "calendar" || name == "lists" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var f vectorFile
			if err := json.Unmarshal(b, &f); err != nil {
				t.Fatal(err)
			}
			for i, v := range f.Cases {
				got := f.outcome(t, v, days)
				if got.Error != v.Error || !sameJSON(got.Value, v.Value) || !*update && !sameVector(got, v) {
					t.Errorf("%s\n got %s\nwant %s", v.Expr, oneLine(t, got), oneLine(t, v))
				}
				got.Value, got.Error = v.Value, v.Error
				f.Cases[i] = got
				seen++
			}
			if *update {
				f.write(t, file, b)
			}
		})
	}
	if seen < 250 {
		t.Errorf("only %d vectors", seen)
	}
}

// outcome is v with what the program makes of it.
func (f vectorFile) outcome(t testing.TB, v vector, days *calendar.Calendar) vector {
	t.Helper()
	got := vector{Expr: v.Expr, Want: v.Want, Values: v.Values, Limits: v.Limits}
	limits := f.Limits
	if v.Limits != nil {
		limits = *v.Limits
	}
	env, err := expr.New(expr.Declarations{Vars: f.Vars, Calendar: days, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	var want expr.Type
	if v.Want != nil {
		want = *v.Want
	}
	p, err := env.Compile(v.Expr, want)
	if err != nil {
		return got.failed(t, err)
	}
	values := expr.Values{}
	for _, m := range []map[string]any{f.Values, v.Values} {
		for name, given := range m {
			values[name] = bigIntegers(f.Vars[name], given)
		}
	}
	got.Uses = p.Uses()
	value, cost, err := p.Measure(t.Context(), values)
	if err != nil {
		return got.failed(t, err)
	}
	got.Value, got.Type, got.Cost = wire(t, value), p.Type().String(), cost
	return got
}

func (v vector) failed(t testing.TB, err error) vector {
	t.Helper()
	var e *expr.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s: %v", v.Expr, err)
	}
	for _, lang := range []string{"zh", "en"} {
		if s := e.Sentence(lang); s == "" || strings.ContainsAny(s, "{}") && !strings.ContainsAny(e.Name, "{}") {
			t.Errorf("%s: %s %s: %q", v.Expr, e.Code, lang, s)
		}
	}
	v.Error, v.Name, v.Types = e.Code, e.Name, e.Types
	if e.Line > 0 {
		v.At = fmt.Sprintf("%d:%d", e.Line, e.Column)
	}
	return v
}

// bigIntegers makes integers of texts, in which JSON carries those beyond 2^53.
func bigIntegers(t expr.Type, v any) any {
	if s, ok := v.(string); ok && t.Equal(expr.Integer) {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) > 15 {
			return n
		}
	}
	return v
}

// wire is a result as the vectors have it.
func wire(t testing.TB, v any) json.RawMessage {
	t.Helper()
	b, err := json.Marshal(plain(v))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func plain(v any) any {
	switch v := v.(type) {
	case int64:
		if v > 1<<53-1 || v < -(1<<53-1) {
			return strconv.FormatInt(v, 10)
		}
	case calendar.Date:
		return v.String()
	case []any:
		all := []any{}
		for _, e := range v {
			all = append(all, plain(e))
		}
		return all
	}
	return v
}

func sameVector(a, b vector) bool {
	return a.Error == b.Error && sameJSON(a.Value, b.Value) && a.Type == b.Type && a.Cost == b.Cost &&
		a.At == b.At && a.Name == b.Name && a.Types == b.Types && (len(a.Uses)+len(b.Uses) == 0 || reflect.DeepEqual(a.Uses, b.Uses))
}

func sameJSON(a, b json.RawMessage) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}

func oneLine(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// write keeps the head of the file and writes one case a line.
func (f vectorFile) write(t *testing.T, file string, old []byte) {
	t.Helper()
	head, _, ok := bytes.Cut(old, []byte(`"cases": [`))
	if !ok {
		t.Fatalf("%s has no cases", file)
	}
	var b bytes.Buffer
	b.Write(head)
	b.WriteString(`"cases": [`)
	for i, v := range f.Cases {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n    " + oneLine(t, v))
	}
	b.WriteString("\n  ]\n}\n")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
