package expr

import (
	"math"
	"slices"
	"strconv"
)

// A node is a part of a source as written.
type node struct {
	op     string // "literal", "name", "call", "method", "select", "?select", "index", "?index", "list", "map", "neg", or the sign of an operator, "?:" among them
	at     int    // of the sign, or of the name of what is called or selected
	name   string
	value  any // of a literal: string, int64, float64, bool
	args   []*node
	height int
}

// parser reads, with the precedence of CEL:
//
//	expr    = or ["?" or ":" expr]
//	or      = and {"||" and}
//	and     = rel {"&&" rel}
//	rel     = sum {("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") sum}
//	sum     = product {("+" | "-") product}
//	product = unary {("*" | "/" | "%") unary}
//	unary   = {"!" | "-"} part
//	part    = primary {"." ["?"] name ["(" [args] ")"] | "[" ["?"] expr "]"}
//	primary = literal | name ["(" [args] ")"] | "(" expr ")" | "[" [args [","]] "]" | "{" [pairs [","]] "}"
type parser struct {
	tokens []token
	i      int
	depth  int // of brackets
}

func parse(tokens []token) (*node, *Error) {
	p := &parser{tokens: tokens}
	if p.is("end") {
		return nil, &Error{Code: CodeEmpty}
	}
	n, err := p.expr()
	if err == nil && !p.is("end") {
		err = p.unexpected()
	}
	return n, err
}

func (p *parser) is(kind string) bool { return p.tokens[p.i].kind == kind }

func (p *parser) isAny(kinds []string) bool {
	return slices.Contains(kinds, p.tokens[p.i].kind) || p.is("name") && p.tokens[p.i].text == "in" && slices.Contains(kinds, "in")
}

func (p *parser) take() token {
	t := p.tokens[p.i]
	if t.kind != "end" {
		p.i++
	}
	return t
}

func (p *parser) skip(kind string) bool {
	if !p.is(kind) {
		return false
	}
	p.take()
	return true
}

func (p *parser) expect(kind string) *Error {
	if !p.skip(kind) {
		return p.unexpected()
	}
	return nil
}

func (p *parser) unexpected() *Error {
	t := p.tokens[p.i]
	return failAt(CodeSyntax, t.text, t.at)
}

func failAt(code, name string, at int) *Error { return &Error{Code: code, Name: name, at: at + 1} }

// grow makes a node, unless it would be too high.
func grow(n *node) (*node, *Error) {
	for _, a := range n.args {
		n.height = max(n.height, a.height+1)
	}
	if n.height > maxHeight {
		return nil, failAt(CodeDeep, "", n.at)
	}
	return n, nil
}

func (p *parser) expr() (*node, *Error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxHeight {
		return nil, failAt(CodeDeep, "", p.tokens[p.i].at)
	}
	cond, err := p.binary(0)
	if err != nil || !p.is("?") {
		return cond, err
	}
	at := p.take().at
	yes, err := p.binary(0)
	if err != nil {
		return nil, err
	}
	if err := p.expect(":"); err != nil {
		return nil, err
	}
	no, err := p.expr()
	if err != nil {
		return nil, err
	}
	return grow(&node{op: "?:", at: at, args: []*node{cond, yes, no}})
}

// levels are the operators from the loosest to the tightest.
var levels = [][]string{
	{"||"}, {"&&"}, {"==", "!=", "<", "<=", ">", ">=", "in"}, {"+", "-"}, {"*", "/", "%"},
}

func (p *parser) binary(level int) (*node, *Error) {
	if level == len(levels) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	for err == nil && p.isAny(levels[level]) {
		op := p.take()
		var right *node
		if right, err = p.binary(level + 1); err == nil {
			left, err = grow(&node{op: op.text, at: op.at, args: []*node{left, right}})
		}
	}
	return left, err
}

func (p *parser) unary() (*node, *Error) {
	if !p.is("!") && !p.is("-") {
		return p.part()
	}
	op := p.take()
	if op.kind == "-" && p.is("integer") && p.tokens[p.i].text == "9223372036854775808" {
		p.take()
		return p.literal(&node{op: "literal", at: op.at, value: int64(math.MinInt64)})
	}
	arg, err := p.unary()
	if err != nil {
		return nil, err
	}
	if op.kind == "-" {
		if n, ok := arg.value.(int64); ok && arg.op == "literal" && n > 0 {
			return &node{op: "literal", at: op.at, value: -n}, nil
		}
		return grow(&node{op: "neg", name: "-", at: op.at, args: []*node{arg}})
	}
	return grow(&node{op: "!", at: op.at, args: []*node{arg}})
}

func (p *parser) part() (*node, *Error) {
	n, err := p.primary()
	for err == nil && (p.is(".") || p.is("[")) {
		if p.is(".") {
			n, err = p.dot(n)
		} else {
			n, err = p.bracket(n)
		}
	}
	return n, err
}

func (p *parser) dot(left *node) (*node, *Error) {
	p.take()
	n := &node{op: "select", args: []*node{left}}
	if p.skip("?") {
		n.op = "?select"
	}
	if !p.is("name") {
		return nil, p.unexpected()
	}
	name := p.take()
	n.name, n.at = name.text, name.at
	if n.op == "select" && p.skip("(") {
		args, err := p.list(")", false)
		if err != nil {
			return nil, err
		}
		n.op, n.args = "method", append(n.args, args...)
	}
	return grow(n)
}

func (p *parser) bracket(left *node) (*node, *Error) {
	n := &node{op: "index", at: p.take().at}
	if p.skip("?") {
		n.op = "?index"
	}
	index, err := p.expr()
	if err != nil {
		return nil, err
	}
	n.args = []*node{left, index}
	if err := p.expect("]"); err != nil {
		return nil, err
	}
	return grow(n)
}

// list reads up to the closing bracket; only in lists a comma may stand before it.
func (p *parser) list(end string, comma bool) ([]*node, *Error) {
	var all []*node
	for !p.skip(end) {
		if len(all) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
			if comma && p.skip(end) {
				break
			}
		}
		n, err := p.expr()
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

func (p *parser) primary() (*node, *Error) {
	t := p.tokens[p.i]
	switch t.kind {
	case "name":
		return p.named(p.take())
	case "text":
		p.take()
		return &node{op: "literal", at: t.at, value: t.text}, nil
	case "integer":
		v, err := strconv.ParseInt(t.text, 10, 64)
		if err != nil {
			return nil, failAt(CodeNumber, t.text, t.at)
		}
		p.take()
		return p.literal(&node{op: "literal", at: t.at, value: v})
	case "decimal":
		v, _ := strconv.ParseFloat(t.text, 64) // the scanner has looked at it
		p.take()
		return p.literal(&node{op: "literal", at: t.at, value: v})
	case "(":
		p.take()
		n, err := p.expr()
		if err != nil {
			return nil, err
		}
		return n, p.expect(")")
	case "[":
		p.take()
		args, err := p.list("]", true)
		if err != nil {
			return nil, err
		}
		return grow(&node{op: "list", at: t.at, args: args})
	case "{":
		p.take()
		return p.pairs(t.at)
	}
	return nil, p.unexpected()
}

// literal refuses -1.abs(), which CEL reads as (-1).abs() and most people do not.
func (p *parser) literal(n *node) (*node, *Error) {
	if p.is(".") || p.is("[") {
		return nil, p.unexpected()
	}
	return n, nil
}

func (p *parser) named(t token) (*node, *Error) {
	switch {
	case t.text == "true" || t.text == "false":
		return &node{op: "literal", at: t.at, value: t.text == "true"}, nil
	case t.text == "null":
		return nil, failAt(CodeRefused, t.text, t.at)
	case t.text == "in":
		return nil, failAt(CodeSyntax, t.text, t.at)
	case reserved[t.text]:
		return nil, failAt(CodeReserved, t.text, t.at)
	}
	if !p.skip("(") {
		return &node{op: "name", at: t.at, name: t.text}, nil
	}
	args, err := p.list(")", false)
	if err != nil {
		return nil, err
	}
	return grow(&node{op: "call", at: t.at, name: t.text, args: args})
}

func (p *parser) pairs(at int) (*node, *Error) {
	n := &node{op: "map", at: at}
	for !p.skip("}") {
		if len(n.args) > 0 {
			if err := p.expect(","); err != nil {
				return nil, err
			}
			if p.skip("}") {
				break
			}
		}
		key, err := p.expr()
		if err != nil {
			return nil, err
		}
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		value, err := p.expr()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, key, value)
	}
	return grow(n)
}
