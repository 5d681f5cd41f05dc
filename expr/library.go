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
	"range":              {2, ranged, false},
	"value":              {1, valueOf, false},
	"column":             {2, column, false},
	"optional_column":    {2, optionalColumn, false},
	"column_of_optional": {2, columnOfOptional, false},
	"element":            {2, element, false},
	"optional_element":   {2, optionalElement, false},
	"lookup":             {3, lookup, false},
	"optional_lookup":    {3, optionalLookup, false},
	"has_value":          {1, hasValue, false},
	"value_of":           {1, valueOfOptional, false},
	"has":                {1, has, true},
	"or":                 {2, or, true},
	"widen":              {1, widen, false},
	"equal":              {2, equal, false},
	"among":              {2, among, false},
	"less":               {2, less, false},
	"greater":            {2, greater, false},
	"not":                {1, not, false},
	"one":                {1, one, false},
	"add_lists":          {2, addLists, false},
	"size_list":          {1, sizeList, false},
	"join":               {2, join, false},
	"sum_integer":        {1, sumInteger, false},
	"sum_decimal":        {1, sumDecimal, false},
	"least":              {1, least, false},
	"greatest":           {1, greatest, false},
	"distinct":           {1, distinct, false},

	"add_integer":        {2, integers(addInteger), false},
	"subtract_integer":   {2, integers(subtractInteger), false},
	"multiply_integer":   {2, integers(multiplyInteger), false},
	"divide_integer":     {2, integers(divideInteger), false},
	"remainder":          {2, integers(remainder), false},
	"negate_integer":     {1, negateInteger, false},
	"abs_integer":        {1, absInteger, false},
	"add_decimal":        {2, decimals(func(x, y float64) float64 { return x + y }), false},
	"subtract_decimal":   {2, decimals(func(x, y float64) float64 { return x - y }), false},
	"multiply_decimal":   {2, decimals(func(x, y float64) float64 { return x * y }), false},
	"divide_decimal":     {2, divideDecimal, false},
	"negate_decimal":     {1, negateDecimal, false},
	"abs_decimal":        {1, absDecimal, false},
	"round_integer":      {1, roundInteger, false},
	"round_places":       {2, roundPlaces, false},
	"floor":              {1, floor, false},
	"ceil":               {1, ceil, false},
	"integer_of_decimal": {1, integerOfDecimal, false},
	"integer_of_text":    {1, integerOfText, false},
	"decimal_of_text":    {1, decimalOfText, false},
	"text_of_integer":    {1, textOfInteger, false},
	"text_of_decimal":    {1, textOfDecimal, false},
	"text_of_boolean":    {1, textOfBoolean, false},
	"same":               {1, same, false},

	"add_text":       {2, addText, false},
	"size_text":      {1, sizeText, false},
	"contains":       {2, contains, false},
	"starts_with":    {2, startsWith, false},
	"ends_with":      {2, endsWith, false},
	"matches":        {2, matches, false},
	"trim":           {1, trim, false},
	"lower_ascii":    {1, lowerASCII, false},
	"upper_ascii":    {1, upperASCII, false},
	"replace":        {3, replace, false},
	"split":          {2, split, false},
	"index_of":       {2, indexOf, false},
	"substring":      {3, substring, false},
	"substring_from": {2, substringFrom, false},
	"within":         {2, within, false},
	"masked":         {2, masked, false},
	"masked_all":     {1, maskedAll, false},

	"add_days":       {2, addDays, false},
	"subtract_days":  {2, subtractDays, false},
	"subtract_dates": {2, subtractDates, false},
	"days":           {2, days, false},
	"date_of_text":   {1, dateOfText, false},
	"date_of_parts":  {3, dateOfParts, false},
	"text_of_date":   {1, textOfDate, false},
	"year":           {1, year, false},
	"month":          {1, month, false},
	"day":            {1, dayOfMonth, false},
	"weekday":        {1, weekday, false},
	"add_months":     {2, addMonths, false},
	"age":            {2, age, false},
	"workdays":       {2, workdays, false},
	"is_workday":     {1, isWorkday, false},
	"add_workdays":   {2, addWorkdays, false},
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
	return nil, failAt(CodeKey, keyText(args[2].Value()), at)
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
