package expr

import (
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A function of the library: at is the place in the source that its errors name.
type function func(r *run, at int, args []ref.Val) (ref.Val, *Error)

type entry struct {
	params  int
	do      function
	lenient bool // takes failed arguments
}

// library is all that an expression can call, by the names in functions.txt
// and those that the checker uses by itself.
var library = map[string]entry{
	"range":              {params: 2, do: ranged},
	"value":              {params: 1, do: valueOf},
	"column":             {params: 2, do: column},
	"optional_column":    {params: 2, do: optionalColumn},
	"column_of_optional": {params: 2, do: columnOfOptional},
	"element":            {params: 2, do: element},
	"optional_element":   {params: 2, do: optionalElement},
	"lookup":             {params: 3, do: lookup},
	"optional_lookup":    {params: 3, do: optionalLookup},
	"has_value":          {params: 1, do: hasValue},
	"value_of":           {params: 1, do: valueOfOptional},
	"has":                {params: 1, do: has, lenient: true},
	"or":                 {params: 2, do: or, lenient: true},
	"widen":              {params: 1, do: widen},
	"equal":              {params: 2, do: equal},
	"among":              {params: 2, do: among},
	"less":               {params: 2, do: less},
	"greater":            {params: 2, do: greater},
	"not":                {params: 1, do: not},
	"one":                {params: 1, do: one},
	"add_lists":          {params: 2, do: addLists},
	"size_list":          {params: 1, do: sizeList},
	"join":               {params: 2, do: join},
	"sum_integer":        {params: 1, do: sumInteger},
	"sum_decimal":        {params: 1, do: sumDecimal},
	"least":              {params: 1, do: least},
	"greatest":           {params: 1, do: greatest},
	"distinct":           {params: 1, do: distinct},

	"add_integer":        {params: 2, do: integers(addInteger)},
	"subtract_integer":   {params: 2, do: integers(subtractInteger)},
	"multiply_integer":   {params: 2, do: integers(multiplyInteger)},
	"divide_integer":     {params: 2, do: integers(divideInteger)},
	"remainder":          {params: 2, do: integers(remainder)},
	"negate_integer":     {params: 1, do: negateInteger},
	"abs_integer":        {params: 1, do: absInteger},
	"add_decimal":        {params: 2, do: decimals(func(x, y float64) float64 { return x + y })},
	"subtract_decimal":   {params: 2, do: decimals(func(x, y float64) float64 { return x - y })},
	"multiply_decimal":   {params: 2, do: decimals(func(x, y float64) float64 { return x * y })},
	"divide_decimal":     {params: 2, do: divideDecimal},
	"negate_decimal":     {params: 1, do: negateDecimal},
	"abs_decimal":        {params: 1, do: absDecimal},
	"round_integer":      {params: 1, do: roundInteger},
	"round_places":       {params: 2, do: roundPlaces},
	"floor":              {params: 1, do: floor},
	"ceil":               {params: 1, do: ceil},
	"integer_of_decimal": {params: 1, do: integerOfDecimal},
	"integer_of_text":    {params: 1, do: integerOfText},
	"decimal_of_text":    {params: 1, do: decimalOfText},
	"text_of_integer":    {params: 1, do: textOfInteger},
	"text_of_decimal":    {params: 1, do: textOfDecimal},
	"text_of_boolean":    {params: 1, do: textOfBoolean},
	"same":               {params: 1, do: same},

	"add_text":       {params: 2, do: addText},
	"size_text":      {params: 1, do: sizeText},
	"contains":       {params: 2, do: contains},
	"starts_with":    {params: 2, do: startsWith},
	"ends_with":      {params: 2, do: endsWith},
	"matches":        {params: 2, do: matches},
	"trim":           {params: 1, do: trim},
	"lower_ascii":    {params: 1, do: lowerASCII},
	"upper_ascii":    {params: 1, do: upperASCII},
	"replace":        {params: 3, do: replace},
	"split":          {params: 2, do: split},
	"index_of":       {params: 2, do: indexOf},
	"substring":      {params: 3, do: substring},
	"substring_from": {params: 2, do: substringFrom},
	"within":         {params: 2, do: within},
	"masked":         {params: 2, do: masked},
	"masked_all":     {params: 1, do: maskedAll},

	"add_days":       {params: 2, do: addDays},
	"subtract_days":  {params: 2, do: subtractDays},
	"subtract_dates": {params: 2, do: subtractDates},
	"days":           {params: 2, do: days},
	"date_of_text":   {params: 1, do: dateOfText},
	"date_of_parts":  {params: 3, do: dateOfParts},
	"text_of_date":   {params: 1, do: textOfDate},
	"year":           {params: 1, do: year},
	"month":          {params: 1, do: month},
	"day":            {params: 1, do: dayOfMonth},
	"weekday":        {params: 1, do: weekday},
	"add_months":     {params: 2, do: addMonths},
	"age":            {params: 2, do: age},
	"workdays":       {params: 2, do: workdays},
	"is_workday":     {params: 1, do: isWorkday},
	"add_workdays":   {params: 2, do: addWorkdays},
}

func str(v ref.Val) string { return string(v.(types.String)) }
func num(v ref.Val) int64  { return int64(v.(types.Int)) }

// ranged pays for going over a list before it is done: each element costs the
// parts of the body, whether or not the body is left early.
func ranged(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	return args[1], r.charge(at, length(args[1])*(1+int(num(args[0]))))
}

func valueOf(r *run, at int, args []ref.Val) (ref.Val, *Error) { return r.value(at, str(args[0])) }

func column(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	name := str(args[1])
	v, err := r.cell(at, args[0].(row), name)
	if err == nil && v == nil {
		err = failAt(CodeMissing, name, at)
	}
	return v, err
}

func (r *run) cell(at int, of row, name string) (ref.Val, *Error) {
	return r.given(at, name, of.cols[name], of.cells[name])
}

func optionalColumn(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	name := str(args[1])
	v, err := r.cell(at, args[0].(row), name)
	return optional{value: v, name: name}, err
}

func columnOfOptional(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	opt := args[0].(optional)
	if opt.value == nil {
		return opt, nil
	}
	return optionalColumn(r, at, []ref.Val{opt.value, args[1]})
}

func at(list ref.Val, i int64) ref.Val {
	if i < 0 || i >= int64(length(list)) {
		return nil
	}
	return elementAt(list, int(i))
}

func element(_ *run, place int, args []ref.Val) (ref.Val, *Error) {
	if v := at(args[0], num(args[1])); v != nil {
		return v, nil
	}
	return nil, failAt(CodeIndex, "", place)
}

func optionalElement(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return optional{value: at(args[0], num(args[1]))}, nil
}

func find(keys, values, key ref.Val) ref.Val {
	i := 0
	for k := range elements(keys) {
		if k == key {
			return elementAt(values, i)
		}
		i++
	}
	return nil
}

func lookup(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	if v := find(args[0], args[1], args[2]); v != nil {
		return v, nil
	}
	return nil, failAt(CodeKey, "", at)
}

func optionalLookup(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return optional{value: find(args[0], args[1], args[2])}, nil
}

func hasValue(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Bool(args[0].(optional).value != nil), nil
}

func valueOfOptional(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	opt := args[0].(optional)
	if opt.value == nil {
		return nil, failAt(CodeMissing, opt.name, at)
	}
	return opt.value, nil
}

func missing(v ref.Val) bool {
	e := failure(v)
	return e != nil && e.Code == CodeMissing
}

func has(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	if types.IsError(args[0]) && !missing(args[0]) {
		return args[0], nil
	}
	return types.Bool(!types.IsError(args[0])), nil
}

func or(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	if missing(args[0]) {
		return args[1], nil
	}
	return args[0], nil
}

// widen makes an integer, or each of a list, a decimal.
func widen(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if n, ok := args[0].(types.Int); ok {
		return types.Double(n), nil
	}
	if err := r.charge(at, length(args[0])); err != nil {
		return nil, err
	}
	var all []ref.Val
	for v := range elements(args[0]) {
		w, err := widen(r, at, []ref.Val{v})
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return newList(all), nil
}

// chargeFor counts what comparing with a value takes.
func (r *run) chargeFor(at int, v ref.Val) *Error {
	switch v := v.(type) {
	case types.String:
		return r.chargeText(at, v)
	case types.Int, types.Double, types.Bool, day:
		return nil
	}
	if err := r.charge(at, length(v)); err != nil {
		return err
	}
	for e := range elements(v) {
		if err := r.chargeFor(at, e); err != nil {
			return err
		}
	}
	return nil
}

// same values are equal; so are lists of them.
func alike(a, b ref.Val) bool {
	switch a.(type) {
	case types.String, types.Int, types.Double, types.Bool, day:
		return a == b
	}
	if length(a) != length(b) {
		return false
	}
	for i := range length(a) {
		if !alike(elementAt(a, i), elementAt(b, i)) {
			return false
		}
	}
	return true
}

func equal(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[0]); err != nil {
		return nil, err
	}
	return types.Bool(alike(args[0], args[1])), nil
}

func among(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[1]); err != nil {
		return nil, err
	}
	for v := range elements(args[1]) {
		if alike(v, args[0]) {
			return types.True, nil
		}
	}
	return types.False, nil
}

// before orders two values of one type; texts by code points.
func before(a, b ref.Val) bool {
	switch a := a.(type) {
	case types.String:
		return a < b.(types.String)
	case types.Int:
		return a < b.(types.Int)
	case types.Double:
		return a < b.(types.Double)
	}
	return a.(day).date.Before(b.(day).date)
}

func less(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[0]); err != nil {
		return nil, err
	}
	return types.Bool(before(args[0], args[1])), nil
}

func greater(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	if err := r.chargeFor(at, args[0]); err != nil {
		return nil, err
	}
	return types.Bool(before(args[1], args[0])), nil
}

func not(_ *run, _ int, args []ref.Val) (ref.Val, *Error) { return !args[0].(types.Bool), nil }

func same(_ *run, _ int, args []ref.Val) (ref.Val, *Error) { return args[0], nil }
