package expr_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"

	"gewu/expr"
)

// What plain CEL can compute too comes to the same value there: this language
// is a part of it. Where plain CEL has a value and this one none, it is one of
// the differences that docs/expressions.md names.
func TestPlainCEL(t *testing.T) {
	days := testCalendar(t)
	files, err := filepath.Glob(filepath.Join(vectorDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for _, file := range files {
		var f vectorFile
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains([]string{"bounds.json", "dates.json", "drawn.json"}, filepath.Base(file)) || json.Unmarshal(b, &f) != nil {
			continue // limits and dates are ours; the calendar has no cases
		}
		opts := []cel.EnvOption{cel.OptionalTypes(), ext.Strings()}
		for name, typ := range f.Vars {
			opts = append(opts, cel.Variable(name, plainType(typ)))
		}
		env, err := cel.NewEnv(opts...)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range f.Cases {
			if slices.Contains(apart, v.Expr) {
				continue
			}
			tree, issues := env.Compile(v.Expr)
			if issues.Err() != nil {
				continue
			}
			p, err := env.Program(tree)
			if err != nil {
				t.Fatalf("%s: %v", v.Expr, err)
			}
			values := map[string]any{}
			for _, m := range []map[string]any{f.Values, v.Values} {
				for name, given := range m {
					delete(values, name)
					if g := plainValue(t, f.Vars[name], bigIntegers(f.Vars[name], given)); g != nil {
						values[name] = g
					}
				}
			}
			out, _, err := p.Eval(values)
			got := f.outcome(t, v, days)
			switch {
			case err != nil && got.Error == "", err == nil && got.Error != "" && !ours[got.Error]:
				t.Errorf("%s: plain CEL %v, %v; here %s %s", v.Expr, out, err, got.Value, got.Error)
			case err == nil && got.Error == "":
				same++
				if plain := wire(t, fromPlain(out)); !sameJSON(plain, got.Value) && v.Want == nil {
					t.Errorf("%s: plain CEL %s, here %s", v.Expr, plain, got.Value)
				}
			}
		}
	}
	if same < 250 {
		t.Errorf("only %d expressions compared", same)
	}
}

// apart are the expressions that have another value here, on purpose: decimals
// are written as in JavaScript, orValue also stands in for a missing row, and an
// unknown column is a fault.
var apart = []string{
	"string(123456789012345680000.0)", "string(1e-6)", "string(1e-7)", "string(1.5e-9)", "string(-0.0)",
	"home.?street.orValue('无')", "rows[0].?none",
}

// ours are the failures of what plain CEL allows or has no idea of: infinite
// decimals, types that do not fit, patterns beyond the common ground, rows as
// results, missing values in lists that are given.
var ours = map[string]bool{
	expr.CodeOverflow: true, expr.CodeDivision: true, expr.CodeType: true, expr.CodeResult: true, expr.CodePattern: true, expr.CodeRefused: true,
	expr.CodeText: true, expr.CodeNumber: true, expr.CodeChar: true, expr.CodeConstant: true, expr.CodeTaken: true, expr.CodeFunction: true,
	expr.CodeValue: true, expr.CodeConvert: true, expr.CodeRange: true, expr.CodeLong: true, expr.CodeDeep: true, expr.CodeUnknown: true,
	expr.CodeSyntax: true,
}

func plainType(t expr.Type) *cel.Type {
	switch t.String() {
	case "text":
		return cel.StringType
	case "integer":
		return cel.IntType
	case "decimal":
		return cel.DoubleType
	case "boolean":
		return cel.BoolType
	case "list(integer)":
		return cel.ListType(cel.IntType)
	case "list(text)":
		return cel.ListType(cel.StringType)
	}
	return cel.DynType // tables and dates; what needs their types is not plain CEL
}

// plainValue is a given value as plain CEL takes it; nil for missing.
func plainValue(t testing.TB, typ expr.Type, v any) any {
	switch v := v.(type) {
	case float64:
		if typ.Equal(expr.Integer) {
			return int64(v)
		}
	case []any:
		all := []any{}
		for _, e := range v {
			all = append(all, plainValue(t, part(t, typ, ""), e))
		}
		return all
	case map[string]any:
		row := map[string]any{}
		for name, cell := range v {
			if g := plainValue(t, part(t, typ, name), cell); g != nil {
				row[name] = g
			}
		}
		return row
	}
	return v
}

// part is the type of the elements of a list, or of a column of a row.
func part(t testing.TB, typ expr.Type, column string) expr.Type {
	t.Helper()
	var form struct {
		List  expr.Type
		Row   map[string]expr.Type
		Table map[string]expr.Type
	}
	b, err := json.Marshal(typ)
	if err != nil || b[0] != '{' {
		return expr.Type{}
	}
	if err := json.Unmarshal(b, &form); err != nil {
		t.Fatal(err)
	}
	switch {
	case form.Table != nil:
		return expr.RowOf(form.Table)
	case form.Row != nil:
		return form.Row[column]
	}
	return form.List
}

func fromPlain(v ref.Val) any {
	switch v := v.(type) {
	case types.Int:
		return int64(v)
	case types.Double:
		return float64(v) + 0
	case traits.Lister:
		all := []any{}
		for i := range int(v.Size().(types.Int)) {
			all = append(all, fromPlain(v.Get(types.Int(i))))
		}
		return all
	}
	return v.Value()
}
