package expr

import (
	"slices"
	"strings"

	"gewu/calendar"
)

// A core is what a node means: the same in both engines, with types resolved.
type core struct {
	op    string // "literal", "variable" of a macro, "call", "&&", "||", "?:", "list", "all", "exists", "filter", "map"
	at    int    // offset in the source, for errors
	fn    string // of a call
	name  string // of the variable of a macro
	value any    // of a literal
	args  []*core
	nodes int // in it and below, by which work is counted
}

type typed struct {
	*core
	typ Type
}

// checker finds the type of every part and what it means. The first fault ends it.
type checker struct {
	vars  map[string]Type
	uses  map[string]bool
	bound []binding // variables of the macros around
	count int       // of all of them so far
}

type binding struct {
	name, inner string
	typ         Type
}

func newCore(c core, args ...*core) *core {
	c.args, c.nodes = args, 1
	for _, a := range args {
		c.nodes += a.nodes
	}
	return &c
}

func call(fn string, at int, args ...*core) *core {
	return newCore(core{op: "call", fn: fn, at: at}, args...)
}

func literal(at int, v any) *core { return newCore(core{op: "literal", at: at, value: v}) }

// widened makes the integers in t decimals.
func widened(t typed, to Type) typed {
	if widens(t.typ, to) {
		return typed{call("widen", t.at, t.core), to}
	}
	return typed{t.core, to}
}

func shorts(ts ...Type) string {
	var names []string
	for _, t := range ts {
		names = append(names, t.short())
	}
	return strings.Join(names, ", ")
}

func mismatch(name string, at int, ts ...Type) *Error {
	e := failAt(CodeType, name, at)
	e.Types = shorts(ts...)
	return e
}

// source reads and checks a whole expression.
func (c *checker) source(source string, want Type) (typed, *Error) {
	tokens, err := scan(source)
	if err != nil {
		return typed{}, err
	}
	tree, err := parse(tokens)
	if err != nil {
		return typed{}, err
	}
	checked, err := c.check(tree)
	if err != nil {
		return typed{}, err
	}
	return result(checked, want)
}

func (c *checker) check(n *node) (typed, *Error) {
	switch n.op {
	case "literal":
		return c.literal(n), nil
	case "name":
		return c.variable(n)
	case "call":
		return c.call(n)
	case "method":
		return c.method(n)
	case "select", "?select":
		return c.column(n)
	case "index", "?index":
		return c.index(n)
	case "list":
		return c.list(n)
	case "map":
		return typed{}, failAt(CodeRefused, "{", n.at) // only c.index takes one
	case "?:":
		return c.conditional(n)
	case "&&", "||":
		return c.logical(n)
	case "==", "!=":
		return c.equal(n)
	case "in":
		return c.among(n)
	}
	return c.operator(n)
}

func (c *checker) all(ns []*node) ([]typed, *Error) {
	var ts []typed
	for _, n := range ns {
		t, err := c.check(n)
		if err != nil {
			return nil, err
		}
		ts = append(ts, t)
	}
	return ts, nil
}

func typesOf(ts []typed) []Type {
	var all []Type
	for _, t := range ts {
		all = append(all, t.typ)
	}
	return all
}

func (c *checker) literal(n *node) typed {
	t := typed{core: literal(n.at, n.value)}
	switch n.value.(type) {
	case string:
		t.typ = Text
	case int64:
		t.typ = Integer
	case float64:
		t.typ = Decimal
	case bool:
		t.typ = Boolean
	}
	return t
}

func (c *checker) variable(n *node) (typed, *Error) {
	for _, b := range c.bound {
		if b.name == n.name {
			return typed{newCore(core{op: "variable", at: n.at, name: b.inner}), b.typ}, nil
		}
	}
	t, ok := c.vars[n.name]
	if !ok {
		return typed{}, failAt(CodeUnknown, n.name, n.at)
	}
	c.uses[n.name] = true
	return typed{call("value", n.at, literal(n.at, n.name)), t}, nil
}

// operator checks the arithmetic, the comparisons and what is unary.
func (c *checker) operator(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	name, sign := n.op, n.op
	switch n.op {
	case "<=", ">", ">=":
		name = "<"
	case "neg":
		name, sign = "unary-", "-"
	case "+":
		if both, ok := meet(args[0].typ, args[1].typ); ok && both.kind == "list" {
			return typed{call("add_lists", n.at, widened(args[0], both).core, widened(args[1], both).core), both}, nil
		}
	}
	sig, ok := choose(functions()[name], typesOf(args))
	if !ok {
		return typed{}, mismatch(sign, n.at, typesOf(args)...)
	}
	cores := widenAll(sig, args)
	switch n.op {
	case ">", "<=": // a > b is b < a, but computed in the order written
		sig.fn = "greater"
		if n.op == "<=" {
			return typed{call("not", n.at, call(sig.fn, n.at, cores...)), Boolean}, nil
		}
	case ">=":
		return typed{call("not", n.at, call(sig.fn, n.at, cores...)), Boolean}, nil
	}
	return typed{call(sig.fn, n.at, cores...), sig.result}, nil
}

func widenAll(sig signature, args []typed) []*core {
	var cores []*core
	for i, a := range args {
		if p := sig.params[i]; p.kind != "list" || !p.elem.IsZero() {
			a = widened(a, p)
		}
		cores = append(cores, a.core)
	}
	return cores
}

func (c *checker) logical(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	if args[0].typ.kind != "boolean" || args[1].typ.kind != "boolean" {
		return typed{}, mismatch(n.op, n.at, typesOf(args)...)
	}
	return typed{newCore(core{op: n.op, at: n.at}, args[0].core, args[1].core), Boolean}, nil
}

func (c *checker) conditional(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	if args[0].typ.kind != "boolean" {
		return typed{}, mismatch("?", n.at, args[0].typ)
	}
	both, ok := meet(args[1].typ, args[2].typ)
	if !ok {
		return typed{}, mismatch("?", n.at, args[1].typ, args[2].typ)
	}
	return typed{newCore(core{op: "?:", at: n.at}, args[0].core, widened(args[1], both).core, widened(args[2], both).core), both}, nil
}

// comparable tells what == takes: values, and lists of them.
func comparable(t Type) bool {
	return t.plain() || t.kind == "nothing" || t.kind == "list" && comparable(*t.elem)
}

func (c *checker) equal(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	both, ok := meet(args[0].typ, args[1].typ)
	if !ok || !comparable(both) {
		return typed{}, mismatch(n.op, n.at, typesOf(args)...)
	}
	eq := call("equal", n.at, widened(args[0], both).core, widened(args[1], both).core)
	if n.op == "!=" {
		eq = call("not", n.at, eq)
	}
	return typed{eq, Boolean}, nil
}

func (c *checker) among(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	value, list := args[0], args[1]
	if list.typ.kind == "list" {
		if both, ok := meet(value.typ, *list.typ.elem); ok && comparable(both) {
			return typed{call("among", n.at, widened(value, both).core, widened(list, ListOf(both)).core), Boolean}, nil
		}
	}
	return typed{}, mismatch("in", n.at, typesOf(args)...)
}

func (c *checker) list(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	elem := nothing
	for i, a := range args {
		both, ok := meet(elem, a.typ)
		if !ok || a.typ.kind == "optional" {
			return typed{}, mismatch("[", n.args[i].at, elem, a.typ)
		}
		elem = both
	}
	var cores []*core
	for _, a := range args {
		cores = append(cores, widened(a, elem).core)
	}
	return typed{newCore(core{op: "list", at: n.at}, cores...), ListOf(elem)}, nil
}

// column checks row.name and row.?name, which is optional and stays so.
func (c *checker) column(n *node) (typed, *Error) {
	left, err := c.check(n.args[0])
	if err != nil {
		return typed{}, err
	}
	row, fn := left.typ, "column"
	if row.kind == "optional" {
		row, fn = *row.elem, "column_of_optional"
	} else if n.op == "?select" {
		fn = "optional_column"
	}
	if row.kind != "row" {
		return typed{}, mismatch("."+n.name, n.at, left.typ)
	}
	t, ok := row.cols[n.name]
	if !ok {
		return typed{}, failAt(CodeColumn, n.name, n.at)
	}
	if fn != "column" {
		t = optionalOf(t)
	}
	return typed{call(fn, n.at, left.core, literal(n.at, n.name)), t}, nil
}

// index checks list[i], {…}[key] and both with a ? before the index.
func (c *checker) index(n *node) (typed, *Error) {
	if n.args[0].op == "map" {
		return c.lookup(n)
	}
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	list := args[0].typ
	if list.kind != "list" || list.elem.kind == "nothing" || args[1].typ.kind != "integer" {
		return typed{}, mismatch("[", n.at, typesOf(args)...)
	}
	if n.op == "?index" {
		return typed{call("optional_element", n.at, args[0].core, args[1].core), optionalOf(*list.elem)}, nil
	}
	return typed{call("element", n.at, args[0].core, args[1].core), *list.elem}, nil
}

// lookup checks {"a": 1, "b": 2}[key]: a table of cases, whose keys are written out.
func (c *checker) lookup(n *node) (typed, *Error) {
	entries := n.args[0].args
	var keys, values []*node
	seen := map[any]bool{}
	for i := 0; i < len(entries); i += 2 {
		k := entries[i]
		if _, isBool := k.value.(bool); k.op != "literal" || isBool {
			return typed{}, failAt(CodeConstant, "{", k.at)
		}
		if seen[k.value] {
			return typed{}, failAt(CodeTaken, keyText(k.value), k.at)
		}
		seen[k.value] = true
		keys, values = append(keys, k), append(values, entries[i+1])
	}
	keyList, err := c.list(&node{op: "list", at: n.args[0].at, args: keys})
	if err != nil {
		return typed{}, err
	}
	valueList, err := c.list(&node{op: "list", at: n.args[0].at, args: values})
	if err != nil {
		return typed{}, err
	}
	key, err := c.check(n.args[1])
	if err != nil {
		return typed{}, err
	}
	keyType, valueType := *keyList.typ.elem, *valueList.typ.elem
	if keyType.kind == "decimal" || !keyType.Equal(key.typ) || valueType.kind == "nothing" {
		return typed{}, mismatch("[", n.at, mapOf(keyType.kind, valueType), key.typ)
	}
	if n.op == "?index" {
		return typed{call("optional_lookup", n.at, keyList.core, valueList.core, key.core), optionalOf(valueType)}, nil
	}
	return typed{call("lookup", n.at, keyList.core, valueList.core, key.core), valueType}, nil
}

func (c *checker) call(n *node) (typed, *Error) {
	if (n.name == "min" || n.name == "max") && len(n.args) > 1 {
		return c.extreme(n)
	}
	switch n.name {
	case "has":
		return c.has(n)
	case "or":
		return c.or(n)
	}
	return c.apply(n, n.name)
}

// apply checks a call by the list of functions.
func (c *checker) apply(n *node, key string) (typed, *Error) {
	sigs := functions()[key]
	if sigs == nil {
		return typed{}, failAt(CodeFunction, n.name, n.at)
	}
	if !arity(sigs, len(n.args)) {
		return typed{}, failAt(CodeArguments, n.name, n.at)
	}
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	sig, ok := choose(sigs, typesOf(args))
	if !ok {
		return typed{}, mismatch(n.name, n.at, typesOf(args)...)
	}
	cores := widenAll(sig, args)
	if err := constants(n, cores[len(cores)-1]); err != nil {
		return typed{}, err
	}
	return typed{call(sig.fn, n.at, cores...), sig.result}, nil
}

// extreme checks min(a, b, …), which is min([a, b, …]).
func (c *checker) extreme(n *node) (typed, *Error) {
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	elem := nothing
	for _, a := range args {
		both, ok := meet(elem, a.typ)
		if !ok {
			return typed{}, mismatch(n.name, n.at, typesOf(args)...)
		}
		elem = both
	}
	sig, ok := choose(functions()[n.name], []Type{ListOf(elem)})
	if !ok {
		return typed{}, mismatch(n.name, n.at, typesOf(args)...)
	}
	var cores []*core
	for _, a := range args {
		cores = append(cores, widened(a, elem).core)
	}
	return typed{call(sig.fn, n.at, newCore(core{op: "list", at: n.at}, cores...)), sig.result}, nil
}

// constants looks at last arguments that must be written out, and at dates that
// are. It makes a pattern of that of matches.
func constants(n *node, last *core) *Error {
	text, isText := last.value.(string)
	switch {
	case n.name == "matches" || n.name == "masked" && len(n.args) == 2:
		if !isText {
			return failAt(CodeConstant, n.name, last.at)
		}
		if n.name == "masked" && !masks[text] {
			return failAt(CodeMask, text, last.at)
		}
		if n.name == "matches" {
			p, ok := readPattern(text)
			if !ok {
				return failAt(CodePattern, text, last.at)
			}
			last.value = p
		}
	case n.name == "date" && isText:
		if _, err := calendar.Parse(text); err != nil {
			return failAt(CodeDate, "", last.at)
		}
	}
	return nil
}

// has(e) tells whether e touches no missing value.
func (c *checker) has(n *node) (typed, *Error) {
	if len(n.args) != 1 {
		return typed{}, failAt(CodeArguments, n.name, n.at)
	}
	t, err := c.check(n.args[0])
	if err != nil {
		return typed{}, err
	}
	if t.typ.kind == "optional" {
		return typed{}, mismatch(n.name, n.at, t.typ)
	}
	return typed{call("has", n.at, t.core), Boolean}, nil
}

// or(e, f, …) is the first that touches no missing value.
func (c *checker) or(n *node) (typed, *Error) {
	if len(n.args) < 2 {
		return typed{}, failAt(CodeArguments, n.name, n.at)
	}
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	both := args[0].typ
	for _, a := range args {
		t, ok := meet(both, a.typ)
		if !ok || t.kind == "optional" {
			return typed{}, mismatch(n.name, n.at, typesOf(args)...)
		}
		both = t
	}
	result := widened(args[len(args)-1], both).core
	for _, a := range slices.Backward(args[:len(args)-1]) {
		result = call("or", n.at, widened(a, both).core, result)
	}
	return typed{result, both}, nil
}

func (c *checker) method(n *node) (typed, *Error) {
	switch n.name {
	case "all", "exists", "exists_one", "filter", "map":
		return c.macro(n)
	case "orValue", "hasValue", "value":
		return c.optional(n)
	}
	return c.apply(n, "."+n.name)
}

// optional checks what can be done with row.?name and list[?i].
func (c *checker) optional(n *node) (typed, *Error) {
	if want := map[string]int{"orValue": 2, "hasValue": 1, "value": 1}[n.name]; len(n.args) != want {
		return typed{}, failAt(CodeArguments, n.name, n.at)
	}
	args, err := c.all(n.args)
	if err != nil {
		return typed{}, err
	}
	opt := args[0].typ
	if opt.kind != "optional" {
		return typed{}, mismatch(n.name, n.at, typesOf(args)...)
	}
	switch n.name {
	case "hasValue":
		return typed{call("has_value", n.at, args[0].core), Boolean}, nil
	case "value":
		return typed{call("value_of", n.at, args[0].core), *opt.elem}, nil
	}
	both, ok := meet(*opt.elem, args[1].typ)
	if !ok || both.kind == "optional" {
		return typed{}, mismatch(n.name, n.at, typesOf(args)...)
	}
	value := widened(typed{call("value_of", n.at, args[0].core), *opt.elem}, both)
	return typed{call("or", n.at, value.core, widened(args[1], both).core), both}, nil
}

// macro checks list.all(x, …) and its like.
func (c *checker) macro(n *node) (typed, *Error) {
	args := n.args[1:]
	if len(args) != 2 && (n.name != "map" || len(args) != 3) {
		return typed{}, failAt(CodeArguments, n.name, n.at)
	}
	over, err := c.check(n.args[0])
	if err != nil {
		return typed{}, err
	}
	if over.typ.kind != "list" || over.typ.elem.kind == "nothing" {
		return typed{}, mismatch(n.name, n.at, over.typ)
	}
	name := args[0]
	if name.op != "name" {
		return typed{}, failAt(CodeSyntax, n.name, name.at)
	}
	taken := slices.ContainsFunc(c.bound, func(b binding) bool { return b.name == name.name })
	if _, declared := c.vars[name.name]; declared || taken {
		return typed{}, failAt(CodeTaken, name.name, name.at)
	}
	elem := *over.typ.elem
	if len(args) == 3 { // map(x, condition, value)
		kept, err := c.over(n, over, name, args[1], "filter")
		if err != nil {
			return typed{}, err
		}
		over = kept
	}
	last := args[len(args)-1]
	switch n.name {
	case "map":
		return c.over(n, over, name, last, "map")
	case "exists_one":
		kept, err := c.over(n, over, name, last, "filter")
		if err != nil {
			return typed{}, err
		}
		return typed{call("one", n.at, kept.core), Boolean}, nil
	case "filter":
		t, err := c.over(n, over, name, last, "filter")
		t.typ = ListOf(elem)
		return t, err
	}
	return c.over(n, over, name, last, n.name)
}

// over checks the body of a macro with its variable bound to the elements.
func (c *checker) over(n *node, list typed, name, body *node, op string) (typed, *Error) {
	c.count++
	inner := "x" + keyText(int64(c.count))
	c.bound = append(c.bound, binding{name.name, inner, *list.typ.elem})
	t, err := c.check(body)
	c.bound = c.bound[:len(c.bound)-1]
	if err != nil {
		return typed{}, err
	}
	result := Boolean
	switch op {
	case "map":
		if t.typ.kind == "optional" || t.typ.kind == "nothing" {
			return typed{}, mismatch(n.name, n.at, t.typ)
		}
		result = ListOf(t.typ)
	case "filter":
		result = list.typ
	}
	if op != "map" && t.typ.kind != "boolean" {
		return typed{}, mismatch(n.name, n.at, t.typ)
	}
	ranged := call("range", n.at, literal(n.at, int64(t.nodes)), list.core)
	return typed{newCore(core{op: op, at: n.at, name: inner}, ranged, t.core), result}, nil
}

// result makes t the wanted type; the zero Type wants any that can leave.
func result(t typed, want Type) (typed, *Error) {
	leaves := comparable(t.typ) && t.typ.kind != "nothing"
	if want.IsZero() && leaves {
		return t, nil
	}
	if ok, _ := fits(want, t.typ); !ok || !leaves {
		e := failAt(CodeResult, want.short(), t.at)
		e.Types = t.typ.short()
		return typed{}, e
	}
	return widened(t, want), nil
}
