package expr_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/expr"
)

// Expressions drawn at random over the whole language, with random values: the
// properties below hold for each, and scripts/cel-campaign has the browser's
// side come to the same outcomes.

var (
	campaign = flag.String("campaign", "", "write drawn expressions and their outcomes into this directory")
	cases    = flag.Int("cases", 1000, "of a campaign")
	seed     = flag.Int("seed", 1, "of a campaign")
)

var drawVars = map[string]expr.Type{
	"i": expr.Integer, "j": expr.Integer, "x": expr.Decimal, "y": expr.Decimal, "s": expr.Text, "u": expr.Text,
	"b": expr.Boolean, "c": expr.Boolean, "d": expr.Date, "e": expr.Date,
	"is": expr.ListOf(expr.Integer), "xs": expr.ListOf(expr.Decimal), "ss": expr.ListOf(expr.Text), "ds": expr.ListOf(expr.Date),
	"rows": expr.TableOf(drawColumns),
	"home": expr.RowOf(drawColumns),
}

var drawColumns = map[string]expr.Type{
	"i": expr.Integer, "x": expr.Decimal, "s": expr.Text, "b": expr.Boolean, "d": expr.Date, "is": expr.ListOf(expr.Integer),
}

// drawer writes an expression of a wanted type.
type drawer struct {
	*rapid.T
	scope []bound // variables of macros
}

type bound struct {
	name string
	typ  expr.Type
}

func (d *drawer) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(d.T, "pick")
}

func (d *drawer) n(least, most int) int { return rapid.IntRange(least, most).Draw(d.T, "n") }

var drawTypes = []expr.Type{expr.Integer, expr.Decimal, expr.Text, expr.Boolean, expr.Date}

func (d *drawer) anyType() expr.Type { return rapid.SampledFrom(drawTypes).Draw(d.T, "type") }

// fill writes a form in which I X S B D stand for expressions of these types,
// L with one of them for lists, R for a table, and other letters for themselves.
func (d *drawer) fill(form string, depth int) string {
	var b strings.Builder
	kinds := map[byte]expr.Type{'I': expr.Integer, 'X': expr.Decimal, 'S': expr.Text, 'B': expr.Boolean, 'D': expr.Date}
	for k := 0; k < len(form); k++ {
		t, ok := kinds[form[k]]
		if ok && d.n(0, 79) == 0 {
			t = d.anyType() // mostly a wrong one
		}
		switch {
		case form[k] == 'L':
			k++
			b.WriteString(d.expr(expr.ListOf(kinds[form[k]]), depth-1))
		case form[k] == 'R':
			b.WriteString(d.table(depth - 1))
		case ok:
			b.WriteString(d.expr(t, depth-1))
		default:
			b.WriteByte(form[k])
		}
	}
	return b.String()
}

// forms of expressions by type; upper-case letters as fill has them.
var forms = map[string][]string{
	"integer": {"(I + I)", "(I - I)", "I * I", "(I / I)", "(I % I)", "-I", "abs(I)", "size(S)", "S.size()", "size(LI)", "LS.size()", "int(X)", "int(S)", "round(X)", "floor(X)", "ceil(X)",
		"sum(LI)", "min(LI)", "max(LI)", "min(I, I)", "max(I, I, I)", "S.indexOf(S)", "D - D", "days(D, D)", "workdays(D, D)", "D.year()", "D.month()", "D.day()", "D.weekday()", "age(D, D)",
		"LI[I]", "LI[?I].orValue(I)", "{1: I, 2: I}[I]", "{'a': I}[?S].orValue(I)", "size(R)"},
	"decimal": {"(X + X)", "(X - X)", "X * X", "(X / X)", "-X", "abs(X)", "double(I)", "double(S)", "round(X, I)", "sum(LX)", "min(LX)", "max(X, X)", "(I * X)", "(X + I)", "(I / X)", "LX[I]", "(B ? I : X)", "or(X, I)", "max(LX)"},
	"text": {"(S + S)", "S.trim()", "S.lowerAscii()", "S.upperAscii()", "S.substring(I)", "S.substring(I, I)", "S.replace(S, S)", "LS.join(S)", "string(I)", "string(X)", "string(B)", "string(D)", "string(S)",
		"masked(S)", "masked(S, 'id')", "masked(S, 'name')", "masked(S, 'account')", "masked(S, 'id-6-4')", "masked(S, 'name-ends')", "min(LS)", "max(S, S)", "LS[I]", "{'a': S, 'b': S}[S]"},
	"boolean": {"(B && B)", "(B || B)", "!B", "(I < I)", "(I <= I)", "(X > X)", "(X >= I)", "(S < S)", "(S >= S)", "(D < D)", "(D <= D)", "(I == I)", "(X == X)", "(X == I)", "(S != S)", "(B == B)", "(D != D)", "(LI == LI)", "(LX != LI)",
		"S.contains(S)", "S.startsWith(S)", "S.endsWith(S)", "(I in LI)", "(S in LS)", "(I in LX)", "(D in LD)", "has(I)", "has(X)", "has(S)", "has(D)", "isWorkday(D)", "within(S, S)", "home.?s.hasValue()"},
	"date": {"(D + I)", "(D - I)", "date(S)", "date(I, I, I)", "D.addMonths(I)", "addWorkdays(D, I)", "min(LD)", "max(D, D)", "LD[I]", "date('2024-02-29')", "date('2026-10-01')"},
}

func (d *drawer) expr(t expr.Type, depth int) string {
	if depth <= 0 {
		return d.leaf(t)
	}
	name := t.String()
	if strings.HasPrefix(name, "list(") {
		return d.list(t, depth)
	}
	letter := strings.ToUpper(name[:1])
	if name == "decimal" {
		letter = "X"
	}
	general := []string{"(B ? %s : %s)", "or(%s, %s)", "home.%[3]s", "home.?%[3]s.orValue(%[1]s)", "R[I].%[3]s", "R[?I].%[3]s.orValue(%[1]s)"}
	switch k := d.n(0, 20); {
	case k < 3:
		return d.leaf(t)
	case k < 6:
		form := rapid.SampledFrom(general).Draw(d.T, "general")
		column := map[string]string{"I": "i", "X": "x", "S": "s", "B": "b", "D": "d"}[letter]
		form = fmt.Sprintf(form+"%.0[1]s%.0[2]s%.0[3]s", letter, letter, column)
		return d.fill(form, depth)
	case k < 9 && name == "boolean":
		return d.macro(d.pick("all", "exists", "exists_one"), depth)
	case k < 11 && name == "boolean":
		return d.expr(expr.Text, depth-1) + ".matches(" + quote(d.pattern()) + ")"
	}
	return d.fill(rapid.SampledFrom(forms[name]).Draw(d.T, "form"), depth)
}

// macro writes list.all(v, …) and its like.
func (d *drawer) macro(name string, depth int) string {
	over, elem := d.overList(depth - 1)
	return d.bind(elem, func(v string) string {
		return over + "." + name + "(" + v + ", " + d.expr(expr.Boolean, depth-1) + ")"
	})
}

func (d *drawer) bind(t expr.Type, body func(name string) string) string {
	name := "v" + strconv.Itoa(len(d.scope))
	d.scope = append(d.scope, bound{name, t})
	defer func() { d.scope = d.scope[:len(d.scope)-1] }()
	return body(name)
}

// overList is a list to go over, and what it is of.
func (d *drawer) overList(depth int) (string, expr.Type) {
	if d.n(0, 2) == 0 {
		return d.table(depth), expr.RowOf(drawColumns)
	}
	t := rapid.SampledFrom([]expr.Type{expr.Integer, expr.Decimal, expr.Text, expr.Date}).Draw(d.T, "elem")
	return d.list(expr.ListOf(t), depth), t
}

func (d *drawer) table(depth int) string {
	if depth <= 0 || d.n(0, 2) > 0 {
		return "rows"
	}
	if d.n(0, 2) == 0 {
		return "(" + d.table(depth-1) + " + rows)"
	}
	over := d.table(depth - 1)
	return d.bind(expr.RowOf(drawColumns), func(v string) string {
		return over + ".filter(" + v + ", " + d.expr(expr.Boolean, depth-1) + ")"
	})
}

func (d *drawer) list(t expr.Type, depth int) string {
	elem := strings.TrimSuffix(strings.TrimPrefix(t.String(), "list("), ")")
	elemType := expr.Type{}
	if err := json.Unmarshal([]byte(strconv.Quote(elem)), &elemType); err != nil {
		d.Fatal(err)
	}
	if depth <= 0 {
		return d.leaf(t)
	}
	switch d.n(0, 6) {
	case 0:
		return "(" + d.list(t, depth-1) + " + " + d.list(t, depth-1) + ")"
	case 1:
		over := d.list(t, depth-1)
		return d.bind(elemType, func(v string) string {
			return over + ".filter(" + v + ", " + d.expr(expr.Boolean, depth-1) + ")"
		})
	case 2, 3:
		over, from := d.overList(depth - 1)
		return d.bind(from, func(v string) string {
			if d.n(0, 3) == 0 {
				return over + ".map(" + v + ", " + d.expr(expr.Boolean, depth-1) + ", " + d.expr(elemType, depth-1) + ")"
			}
			return over + ".map(" + v + ", " + d.expr(elemType, depth-1) + ")"
		})
	case 4:
		if elem != "boolean" {
			return "distinct(" + d.list(t, depth-1) + ")"
		}
	case 5:
		if elem == "text" {
			return d.expr(expr.Text, depth-1) + ".split(" + d.expr(expr.Text, depth-1) + ")"
		}
	}
	var parts []string
	for range d.n(0, 3) {
		parts = append(parts, d.expr(elemType, depth-1))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

var leaves = map[string][]string{
	"integer":       {"i", "j", "0", "1", "2", "-1", "7", "60", "100", "9223372036854775807", "-9223372036854775808", "4294967296", "3037000500", "2026"},
	"decimal":       {"x", "y", "0.0", "1.0", "0.5", "2.345", "1.005", "-0.1", "1e15", "1e21", "1e-7", "1.7976931348623157e308", "5e-324", "123456.789", "9007199254740993.0"},
	"text":          {"s", "u", "''", "'a'", "\"b\"", "'张三'", "'😀'", "'𠮷田'", "' a '", "'2026-02-28'", "'12'", "'-3.5'", "'990101199003070015'", "'\\u3000'", "'a,b'", "','"},
	"boolean":       {"b", "c", "true", "false"},
	"date":          {"d", "e", "today", "date('2026-01-31')", "date('2024-02-29')", "date('0001-01-01')", "date('9999-12-31')"},
	"list(integer)": {"is", "[]", "[1, 2, 3]", "home.is"}, "list(decimal)": {"xs", "[]", "[1, 0.5]"}, "list(text)": {"ss", "[]", "['a', 'b']"},
	"list(date)": {"ds", "[]", "[today]"}, "list(boolean)": {"[b]", "[]", "[true, false]"},
}

func (d *drawer) leaf(t expr.Type) string {
	name := t.String()
	options := leaves[name]
	column := map[string]string{"integer": "i", "decimal": "x", "text": "s", "boolean": "b", "date": "d", "list(integer)": "is"}[name]
	for _, v := range d.scope {
		if v.typ.Equal(t) {
			options = append(options[:len(options):len(options)], v.name, v.name, v.name)
		}
		if column != "" && v.typ.Equal(expr.RowOf(drawColumns)) {
			options = append(options[:len(options):len(options)], v.name+"."+column, v.name+"."+column, "or("+v.name+"."+column+", "+leaves[name][1]+")")
		}
	}
	return rapid.SampledFrom(options).Draw(d.T, "leaf")
}

func (d *drawer) pattern() string {
	part := rapid.SampledFrom([]string{"a", "b", "1", ".", "张", "😀", "[a-c]", "[^a]", "[一-龥]", `\d`, `\w`, `\s`, "^", "$", "|", "(", ")", "(a|b)", "(?:ab)", "*", "+", "?", "{2}", "{1,3}", "{0,}", `\.`, "[", "]", "-"})
	return strings.Join(rapid.SliceOfN(part, 1, 6).Draw(d.T, "pattern"), "")
}

func quote(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'" }

var drawnSource = rapid.Custom(func(t *rapid.T) string {
	d := &drawer{T: t}
	typ := d.anyType()
	if d.n(0, 3) == 0 {
		typ = expr.ListOf(typ)
	}
	s := d.expr(typ, d.n(1, 6))
	if d.n(0, 4) > 0 {
		return s
	}
	// Wrong in some place.
	r := []rune(s)
	for range d.n(1, 3) {
		at := d.n(0, len(r))
		bit := []rune(d.pick("(", ")", "[", "]", "{", "}", ",", ".", "?", ":", "'", "\"", "\\", "!", "-", "+", "<", "=", "&&", " ", "\n", "1", "0", "e", "a", "in", "//", "世", "；", "null", " if ", "😀", "size", "9"))
		switch d.n(0, 2) {
		case 0:
			r = append(r[:at:at], append(bit, r[at:]...)...)
		case 1:
			r = append(r[:at:at], r[min(at+d.n(1, 3), len(r)):]...)
		case 2:
			r = append(r[:at:at], append(bit, r[min(at+1, len(r)):]...)...)
		}
	}
	return string(r)
})

var drawnValues = rapid.Custom(func(t *rapid.T) map[string]any {
	d := &drawer{T: t}
	values := map[string]any{}
	for _, name := range []string{"i", "j", "x", "y", "s", "u", "b", "c", "d", "e", "is", "xs", "ss", "ds", "rows", "home", "today"} {
		typ, ok := drawVars[name]
		if !ok {
			typ = expr.Date
		}
		if v := d.value(typ.String()); v != nil {
			values[name] = v
		}
	}
	return values
})

// value is one as JSON has it, nil for missing.
func (d *drawer) value(kind string) any {
	if d.n(0, 9) == 0 {
		return nil
	}
	list := func(kind string) any {
		all := []any{}
		for range d.n(0, 4) {
			if v := d.value(kind); v != nil {
				all = append(all, v)
			}
		}
		return all
	}
	switch {
	case kind == "integer":
		n := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.Int64Range(-3000, 3000), rapid.Int64Range(-1<<53+1, 1<<53-1)).Draw(d.T, "integer")
		if d.n(0, 19) == 0 {
			return strconv.FormatInt(rapid.Int64Range(math.MaxInt64-5, math.MaxInt64).Draw(d.T, "large"), 10)
		}
		return float64(n)
	case kind == "decimal":
		if d.n(0, 2) > 0 {
			return float64(d.n(-100000, 100000)) / 1000
		}
		x := math.Float64frombits(rapid.Uint64().Draw(d.T, "bits"))
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return 0.1
		}
		return x
	case kind == "text" && d.n(0, 2) == 0:
		return rapid.StringN(0, 12, -1).Draw(d.T, "text")
	case kind == "text":
		return d.pick("", "a", "ab", "aXbX", "张三", "欧阳明", "😀a𠮷", " \u3000x\t", "2026-02-29", "2026-03-01", "9007199254740993", "1e5", "-12.50", "990101199003070015", "a\nb", "990106001002", "\u2028", "ＡＢ", "\uffee", "x,y,,z", strings.Repeat("长", 50))
	case kind == "boolean":
		return rapid.Bool().Draw(d.T, "boolean")
	case kind == "date":
		if d.n(0, 4) == 0 {
			return d.pick("0001-01-01", "9999-12-31", "2024-02-29", "1900-02-28", "2000-02-29", "2025-12-31")
		}
		if d.n(0, 1) == 0 {
			return calendar.On(2025, 1, d.n(1, 730)).String()
		}
		return calendar.On(1, 1, d.n(1, 3652059)).String()
	case strings.HasPrefix(kind, "list("):
		return list(strings.TrimSuffix(strings.TrimPrefix(kind, "list("), ")"))
	case strings.HasPrefix(kind, "table("):
		return list("row(")
	}
	row := map[string]any{}
	for _, name := range []string{"i", "x", "s", "b", "d", "is"} {
		if v := d.value(drawColumns[name].String()); v != nil {
			row[name] = v
		}
	}
	return row
}

// TestDrawn holds whatever is written to what the package promises.
func TestDrawn(t *testing.T) {
	days := testCalendar(t)
	limits := expr.Limits{Cost: 3000, Text: 300, List: 60}
	env, err := expr.New(expr.Declarations{Vars: drawVars, Calendar: days, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	computed, checks := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		checks++
		source := drawnSource.Draw(rt, "source")
		given := drawnValues.Draw(rt, "values")
		p, err := env.Compile(source, expr.Type{})
		if err != nil {
			placed(rt, source, err)
			return
		}
		values := expr.Values{}
		for name, v := range given {
			values[name] = bigIntegers(drawVars[name], v)
		}
		v, cost, err := p.Measure(t.Context(), values)
		if err != nil {
			placed(rt, source, err)
			return
		}
		computed++
		if again, n, err := p.Measure(t.Context(), values); err != nil || n != cost || oneLine(t, plain(again)) != oneLine(t, plain(v)) {
			rt.Fatalf("%s: %v at %d, then %v at %d, %v", source, v, cost, again, n, err)
		}
		if cost < 1 || cost > limits.Cost {
			rt.Fatalf("%s: cost %d", source, cost)
		}
		// What it does not use, it does not need.
		used := expr.Values{}
		for _, name := range p.Uses() {
			if v, ok := values[name]; ok {
				used[name] = v
			}
		}
		if again, err := p.Eval(t.Context(), used); err != nil || oneLine(t, plain(again)) != oneLine(t, plain(v)) {
			rt.Fatalf("%s: uses %v, but then is %v, %v", source, p.Uses(), again, err)
		}
		typed, err := env.Compile(source, p.Type())
		if err != nil || !typed.Type().Equal(p.Type()) {
			rt.Fatalf("%s: wanted as %s: %v", source, p.Type(), err)
		}
	})
	if checks >= 100 && computed*5 < checks {
		t.Errorf("of %d expressions only %d have a value", checks, computed)
	}
}

// placed looks at an error: a code of the list, sentences, a place in the source.
func placed(t *rapid.T, source string, err error) {
	var e *expr.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Code, "expr_") || e.Sentence("zh") == "" || e.Sentence("en") == "" {
		t.Fatalf("%s: %v", source, err)
	}
	lines := strings.Split(source, "\n")
	if e.Line == 0 && (e.Code == expr.CodeEmpty || e.Code == expr.CodeLong) {
		return
	}
	if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > len([]rune(lines[e.Line-1]))+1 {
		t.Fatalf("%q: %v is no place", source, err)
	}
}

// TestCampaign writes drawn expressions with their outcomes, for the browser's
// side to be held to: see scripts/cel-campaign.
func TestCampaign(t *testing.T) {
	if *campaign == "" {
		t.Skip("writes only where -campaign says where")
	}
	f := vectorFile{Vars: drawVars, Limits: expr.Limits{Cost: 3000, Text: 300, List: 60}}
	days := testCalendar(t)
	outcomes := map[string]int{}
	for k := range *cases {
		v := vector{Expr: drawnSource.Example(*seed*1_000_003 + k), Values: drawnValues.Example(*seed*1_000_003 + k)}
		v = f.outcome(t, v, days)
		// Values that are not read only make the file long.
		kept := map[string]any{}
		for _, name := range v.Uses {
			if given, ok := v.Values[name]; ok {
				kept[name] = given
			}
		}
		v.Values = kept
		f.Cases = append(f.Cases, v)
		outcomes[v.Error]++
	}
	head := fmt.Sprintf("{\n  \"about\": \"Drawn at random: go test ./expr -run TestCampaign -args -campaign DIR -cases %d -seed %d\",\n  \"vars\": %s,\n  \"values\": {},\n  \"limits\": %s,\n  \"cases\": [",
		*cases, *seed, oneLine(t, f.Vars), oneLine(t, f.Limits))
	f.write(t, filepath.Join(*campaign, "drawn.json"), []byte(head))
	days2, err := os.ReadFile(filepath.Join(vectorDir, "calendar.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*campaign, "calendar.json"), days2, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cases, by outcome: %v", *cases, outcomes)
}
