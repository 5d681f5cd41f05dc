package expr

import (
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"gewu/code"
)

// texts makes a function of one on texts whose work is that of reading them.
func texts(do func(r *run, at int, s []string) (ref.Val, *Error)) function {
	return func(r *run, at int, args []ref.Val) (ref.Val, *Error) {
		if err := r.chargeText(at, args...); err != nil {
			return nil, err
		}
		s := make([]string, len(args))
		for i, a := range args {
			s[i] = str(a)
		}
		return do(r, at, s)
	}
}

var (
	addText  = texts(func(r *run, at int, s []string) (ref.Val, *Error) { return r.text(at, s[0]+s[1]) })
	sizeText = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) { return types.Int(utf8.RuneCountInString(s[0])), nil })
	contains = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.Bool(strings.Contains(s[0], s[1])), nil
	})
	startsWith = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.Bool(strings.HasPrefix(s[0], s[1])), nil
	})
	endsWith = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.Bool(strings.HasSuffix(s[0], s[1])), nil
	})
	trim       = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) { return types.String(strings.TrimSpace(s[0])), nil })
	lowerASCII = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.String(strings.Map(func(c rune) rune { return shift(c, 'A', 'a'-'A') }, s[0])), nil
	})
	upperASCII = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.String(strings.Map(func(c rune) rune { return shift(c, 'a', 'A'-'a') }, s[0])), nil
	})
	indexOf = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		before, _, found := strings.Cut(s[0], s[1])
		if !found {
			return types.Int(-1), nil
		}
		return types.Int(utf8.RuneCountInString(before)), nil
	})
	within = texts(func(_ *run, _ int, s []string) (ref.Val, *Error) {
		return types.Bool(code.Place(s[1]).Contains(code.Place(s[0]))), nil
	})
)

// shift moves the 26 letters from first on by so much.
func shift(c, first, by rune) rune {
	if c >= first && c < first+26 {
		return c + by
	}
	return c
}

// replace changes every occurrence; there is none of the empty text.
var replace = texts(func(r *run, at int, s []string) (ref.Val, *Error) {
	if s[1] == "" {
		return nil, failAt(CodeRange, "replace", at)
	}
	n := strings.Count(s[0], s[1])
	grown := utf8.RuneCountInString(s[0]) + n*(utf8.RuneCountInString(s[2])-utf8.RuneCountInString(s[1]))
	if err := r.charge(at, max(0, grown)/16); err != nil {
		return nil, err
	}
	if grown > r.env.limits.Text {
		return nil, failAt(CodeSize, "", at)
	}
	return types.String(strings.ReplaceAll(s[0], s[1], s[2])), nil
})

var split = texts(func(r *run, at int, s []string) (ref.Val, *Error) {
	if s[1] == "" {
		return nil, failAt(CodeRange, "split", at)
	}
	n := strings.Count(s[0], s[1]) + 1
	if err := r.charge(at, n); err != nil {
		return nil, err
	}
	all := make([]ref.Val, 0, n)
	for part := range strings.SplitSeq(s[0], s[1]) {
		all = append(all, types.String(part))
	}
	return r.list(at, all)
})

// substringFrom is substring up to the end.
func substringFrom(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	end := utf8.RuneCountInString(str(args[0]))
	return substring(r, at, []ref.Val{args[0], args[1], types.Int(end)})
}

// substring counts characters from 0; the end is not part of it.
func substring(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeText(at, args[0]); err != nil {
		return nil, err
	}
	s := []rune(str(args[0]))
	from, to := num(args[1]), num(args[2])
	if from < 0 || to < from || to > int64(len(s)) {
		return nil, failAt(CodeRange, "substring", at)
	}
	return types.String(s[from:to]), nil
}

// masks are those of package code that need no knowledge of what the text is.
var masks = map[string]bool{"all": true, "id": true, "id-6-4": true, "id-3-2": true, "name": true, "name-ends": true, "account": true}

// masked hides a text from people who need not know all of it.
func masked(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeText(at, args[0]); err != nil {
		return nil, err
	}
	return types.String(code.Mask(str(args[1])).Apply(str(args[0]))), nil
}

func maskedAll(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	return masked(r, at, []ref.Val{args[0], types.String(code.MaskAll)})
}

// matches tells whether the pattern is found anywhere in the text.
func matches(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	s, p := str(args[0]), args[1].(pattern)
	if err := r.charge(at, utf8.RuneCountInString(s)*p.states/16); err != nil {
		return nil, err
	}
	return types.Bool(p.re.MatchString(s)), nil
}
