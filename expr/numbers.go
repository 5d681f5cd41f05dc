package expr

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// integers makes a function of one that is false where the result is no integer.
func integers(do func(x, y int64) (int64, bool)) function {
	return func(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
		x, y := num(args[0]), num(args[1])
		n, ok := do(x, y)
		switch {
		case ok:
			return types.Int(n), nil
		case y == 0:
			return nil, failAt(CodeDivision, "", at)
		}
		return nil, failAt(CodeOverflow, "", at)
	}
}

func addInteger(x, y int64) (int64, bool) {
	sum := x + y
	return sum, (sum > x) == (y > 0)
}

func subtractInteger(x, y int64) (int64, bool) {
	diff := x - y
	return diff, (diff < x) == (y > 0)
}

func multiplyInteger(x, y int64) (int64, bool) {
	if x == 0 || y == 0 {
		return 0, true
	}
	p := x * y
	return p, p/y == x && (x != -1 || y != math.MinInt64) && (y != -1 || x != math.MinInt64)
}

func divideInteger(x, y int64) (int64, bool) {
	if y == 0 || y == -1 && x == math.MinInt64 {
		return 0, false
	}
	return x / y, true
}

func remainder(x, y int64) (int64, bool) {
	if y == 0 || y == -1 && x == math.MinInt64 {
		return 0, false
	}
	return x % y, true
}

func negateInteger(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := num(args[0])
	if n == math.MinInt64 {
		return nil, failAt(CodeOverflow, "", at)
	}
	return types.Int(-n), nil
}

func absInteger(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if num(args[0]) >= 0 {
		return args[0], nil
	}
	return negateInteger(r, at, args)
}

func double(v ref.Val) float64 { return float64(v.(types.Double)) }

// finite is a decimal, or the failure of what has become none.
func finite(at int, x float64) (ref.Val, *Error) {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil, failAt(CodeOverflow, "", at)
	}
	return types.Double(x), nil
}

func decimals(do func(x, y float64) float64) function {
	return func(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
		return finite(at, do(double(args[0]), double(args[1])))
	}
}

func divideDecimal(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	if double(args[1]) == 0 {
		return nil, failAt(CodeDivision, "", at)
	}
	return finite(at, double(args[0])/double(args[1]))
}

func negateDecimal(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return types.Double(-double(args[0])), nil
}

func absDecimal(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return types.Double(math.Abs(double(args[0]))), nil
}

// whole makes a decimal without a fraction an integer.
func whole(at int, x float64) (ref.Val, *Error) {
	if x <= -1<<63 || x >= 1<<63 { // the least integer is out of reach, as in all CEL
		return nil, failAt(CodeOverflow, "", at)
	}
	return types.Int(x), nil
}

func integerOfDecimal(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return whole(at, math.Trunc(double(args[0])))
}

func floor(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return whole(at, math.Floor(double(args[0])))
}

func ceil(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return whole(at, math.Ceil(double(args[0])))
}

func roundInteger(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return whole(at, round(double(args[0]), 0))
}

const maxPlaces = 15

func roundPlaces(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := num(args[1])
	if n < -maxPlaces || n > maxPlaces {
		return nil, failAt(CodeRange, "round", at)
	}
	return finite(at, round(double(args[0]), int(n)))
}

// digitsOf are the shortest digits that read as x, and where the point stands:
// x is 0.digits × 10^point.
func digitsOf(x float64) (negative bool, digits string, point int) {
	s := strconv.FormatFloat(x, 'e', -1, 64)
	s, negative = strings.CutPrefix(s, "-")
	mantissa, exponent, _ := strings.Cut(s, "e")
	point, _ = strconv.Atoi(exponent)
	digits = strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0")
	return negative, digits, point + 1
}

// round is x with n decimal places, halves away from zero. What is rounded are
// the digits as people see them: 1.005 gives 1.01 at two places, though the
// double is a little less.
func round(x float64, n int) float64 {
	negative, digits, point := digitsOf(x)
	keep := point + n
	if keep >= len(digits) {
		return x
	}
	if keep < 0 {
		return 0
	}
	kept := []byte("0" + digits[:keep])
	if digits[keep] >= '5' {
		i := len(kept) - 1
		for ; kept[i] == '9'; i-- {
			kept[i] = '0'
		}
		kept[i]++
	}
	s := string(kept) + "e" + strconv.Itoa(point-keep)
	if negative {
		s = "-" + s
	}
	v, _ := strconv.ParseFloat(s, 64) // infinite where it is out of range
	return v
}

// decimalText writes x as ECMAScript does.
func decimalText(x float64) string {
	if x == 0 {
		return "0"
	}
	negative, digits, point := digitsOf(x)
	sign := ""
	if negative {
		sign = "-"
	}
	k := len(digits)
	switch {
	case point > 21 || point < -5:
		if k > 1 {
			digits = digits[:1] + "." + digits[1:]
		}
		e := strconv.Itoa(point - 1)
		if point > 0 {
			e = "+" + e
		}
		return sign + digits + "e" + e
	case point >= k:
		return sign + digits + strings.Repeat("0", point-k)
	case point > 0:
		return sign + digits[:point] + "." + digits[point:]
	}
	return sign + "0." + strings.Repeat("0", -point) + digits
}

// keyText writes a key of {…} as a Name of errors has it.
func keyText(v any) string {
	if n, ok := v.(int64); ok {
		return strconv.FormatInt(n, 10)
	}
	s, _ := v.(string)
	return s
}

func textOfInteger(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.String(strconv.FormatInt(num(args[0]), 10)), nil
}

func textOfDecimal(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.String(decimalText(double(args[0]))), nil
}

func textOfBoolean(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.String(strconv.FormatBool(bool(args[0].(types.Bool)))), nil
}

var (
	integerForm = regexp.MustCompile(`^-?[0-9]{1,19}$`)
	decimalForm = regexp.MustCompile(`^-?[0-9]{1,30}(\.[0-9]{1,30})?$`)
)

func integerOfText(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n, err := strconv.ParseInt(str(args[0]), 10, 64)
	if err != nil || !integerForm.MatchString(str(args[0])) {
		return nil, failAt(CodeConvert, "", at)
	}
	return types.Int(n), nil
}

func decimalOfText(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	x, err := strconv.ParseFloat(str(args[0]), 64)
	if err != nil || !decimalForm.MatchString(str(args[0])) {
		return nil, failAt(CodeConvert, "", at)
	}
	return types.Double(x), nil
}
