package expr

import (
	"math"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

func elementAt(list ref.Val, i int) ref.Val { return list.(traits.Lister).Get(types.Int(i)) }

func one(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Bool(length(args[0]) == 1), nil
}

func sizeList(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Int(length(args[0])), nil
}

func addLists(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := length(args[0]) + length(args[1])
	if err := r.charge(at, n); err != nil {
		return nil, err
	}
	all := make([]ref.Val, 0, n)
	for _, l := range args {
		for v := range elements(l) {
			all = append(all, v)
		}
	}
	return r.list(at, all)
}

func join(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[0]); err != nil {
		return nil, err
	}
	if err := r.chargeText(at, args[1]); err != nil {
		return nil, err
	}
	var b strings.Builder
	first := true
	for v := range elements(args[0]) {
		if !first {
			b.WriteString(str(args[1]))
		}
		first = false
		b.WriteString(str(v))
		if b.Len() > 8*r.env.limits.Text { // certainly too long: four bytes a character at most
			break
		}
	}
	return r.text(at, b.String())
}

func sumInteger(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.charge(at, length(args[0])); err != nil {
		return nil, err
	}
	var sum int64
	for v := range elements(args[0]) {
		var ok bool
		if sum, ok = addInteger(sum, num(v)); !ok {
			return nil, failAt(CodeOverflow, "", at)
		}
	}
	return types.Int(sum), nil
}

func sumDecimal(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.charge(at, length(args[0])); err != nil {
		return nil, err
	}
	sum := 0.0
	for v := range elements(args[0]) {
		if sum += float64(v.(types.Double)); math.IsInf(sum, 0) {
			return nil, failAt(CodeOverflow, "", at)
		}
	}
	return types.Double(sum), nil
}

func least(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	return extreme(r, at, args[0], before)
}

func greatest(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	return extreme(r, at, args[0], func(a, b ref.Val) bool { return before(b, a) })
}

// extreme is the first element that comes before all others; that of an empty
// list is missing.
func extreme(r *run, at int, list ref.Val, before func(a, b ref.Val) bool) (ref.Val, *Error) {
	if err := r.chargeFor(at, list); err != nil {
		return nil, err
	}
	var best ref.Val
	for v := range elements(list) {
		if best == nil || before(v, best) {
			best = v
		}
	}
	if best == nil {
		return nil, failAt(CodeMissing, "", at)
	}
	return best, nil
}

func distinct(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[0]); err != nil {
		return nil, err
	}
	seen := map[ref.Val]bool{}
	var all []ref.Val
	for v := range elements(args[0]) {
		if !seen[v] {
			seen[v] = true
			all = append(all, v)
		}
	}
	return newList(all), nil
}
