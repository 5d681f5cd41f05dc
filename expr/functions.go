package expr

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed functions.txt
var functionsText string

// A signature is one way to call a function or an operator.
type signature struct {
	params []Type
	result Type
	fn     string // of the library
}

var anyList = Type{kind: "list", elem: &Type{}}

// functions are the signatures by name, methods with a dot before it.
var functions = sync.OnceValue(func() map[string][]signature {
	all := map[string][]signature{}
	for line := range strings.Lines(functionsText) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, fn, _ := strings.Cut(line, " = ")
		name, rest, _ := strings.Cut(head, "(")
		params, result, _ := strings.Cut(rest, "): ")
		sig := signature{fn: fn, result: namedType(result)}
		for p := range strings.SplitSeq(params, ", ") {
			sig.params = append(sig.params, namedType(p))
		}
		all[name] = append(all[name], sig)
	}
	return all
})

func namedType(s string) Type {
	if s == "list" {
		return anyList
	}
	if elem, ok := strings.CutPrefix(s, "list("); ok {
		return ListOf(namedType(strings.TrimSuffix(elem, ")")))
	}
	return Type{kind: s}
}

// fits tells whether a value of type have may be given where want is declared,
// and whether it must be made a decimal for it.
func fits(want, have Type) (ok, widen bool) {
	if want.kind == "list" && have.kind == "list" && want.elem.IsZero() {
		return true, false
	}
	t, ok := meet(want, have)
	if !ok || !t.Equal(want) {
		return false, false
	}
	return true, widens(have, want)
}

// widens tells whether integers become decimals on the way from one type to the
// other, which meet has found to hold it.
func widens(from, to Type) bool {
	if from.elem != nil && to.elem != nil {
		return widens(*from.elem, *to.elem)
	}
	return from.kind == "integer" && to.kind == "decimal"
}

// choose picks the signature for the given types: the first that takes them as
// they are, else the first that takes them with integers made decimals.
func choose(sigs []signature, types []Type) (signature, bool) {
	for _, widening := range []bool{false, true} {
	next:
		for _, s := range sigs {
			if len(s.params) != len(types) {
				continue
			}
			for i, p := range s.params {
				if ok, widen := fits(p, types[i]); !ok || widen && !widening {
					continue next
				}
			}
			return s, true
		}
	}
	return signature{}, false
}

// arity tells whether any of the signatures takes n arguments.
func arity(sigs []signature, n int) bool {
	for _, s := range sigs {
		if len(s.params) == n {
			return true
		}
	}
	return false
}
