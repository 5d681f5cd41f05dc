package expr

import (
	"errors"
	"iter"
	"reflect"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"gewu/calendar"
)

// unfailed is the condition under which map and filter go on.
const unfailed = "gewu_unfailed"

// engine is cel-go with the library. Types have been checked before, so every
// function takes dyn, and there is one of a name.
var engine = sync.OnceValues(func() (*cel.Env, error) {
	opts := []cel.EnvOption{
		cel.ClearMacros(),
		cel.Function(unfailed, cel.Overload(unfailed+"_dyn", []*cel.Type{cel.DynType}, cel.BoolType,
			cel.OverloadIsNonStrict(),
			cel.UnaryBinding(func(v ref.Val) ref.Val { return types.Bool(!types.IsError(v)) }))),
	}
	for name, f := range library {
		params := make([]*cel.Type, f.params+2)
		for i := range params {
			params[i] = cel.DynType
		}
		fn := "gewu_" + name
		parts := []cel.OverloadOpt{cel.FunctionBinding(bind(f.do))}
		if f.lenient {
			parts = append(parts, cel.OverloadIsNonStrict())
		}
		opts = append(opts, cel.Function(fn, cel.Overload(fn+"_dyn", params, cel.DynType, parts...)))
	}
	return cel.NewEnv(opts...)
})

// bind makes a function of the library one of cel-go: its first argument is the
// run, its second the place in the source that an error names.
func bind(do function) func(...ref.Val) ref.Val {
	return func(args ...ref.Val) ref.Val {
		r := args[0].(*run)
		if r.over != nil {
			return types.WrapErr(r.over)
		}
		v, err := do(r, int(args[1].(types.Int)), args[2:])
		if err != nil {
			return types.WrapErr(err)
		}
		return v
	}
}

// failure is the Error in a value of cel-go, nil if it is none.
func failure(v ref.Val) *Error {
	var e *Error
	if err, ok := v.(*types.Err); ok && errors.As(err, &e) {
		return e
	}
	return nil
}

// elements are those of a list.
func elements(v ref.Val) iter.Seq[ref.Val] {
	return func(yield func(ref.Val) bool) {
		l := v.(traits.Lister)
		for i, n := types.Int(0), l.Size().(types.Int); i < n; i++ {
			if !yield(l.Get(i)) {
				return
			}
		}
	}
}

func length(v ref.Val) int { return int(v.(traits.Lister).Size().(types.Int)) }

func newList(vs []ref.Val) ref.Val { return types.NewRefValList(types.DefaultTypeAdapter, vs) }

// opaque is what cel-go must know of the values that only the library opens.
type opaque struct{}

var opaqueType = cel.ObjectType("gewu")

func (opaque) ConvertToNative(reflect.Type) (any, error) { return nil, errors.ErrUnsupported }
func (opaque) ConvertToType(ref.Type) ref.Val            { return types.NewErr("no conversion") }
func (opaque) Equal(ref.Val) ref.Val                     { return types.False }
func (opaque) Type() ref.Type                            { return opaqueType }
func (opaque) Value() any                                { return nil }

// A day is a date in cel-go.
type day struct {
	opaque
	date calendar.Date
}

// A row is a record; its cells are looked at when they are touched.
type row struct {
	opaque
	cells map[string]any
	cols  map[string]Type
}

// An optional is what list[?i] and row.?name give; nil for nothing.
type optional struct {
	opaque
	value ref.Val
	name  string // of the column, for the error of value()
}
