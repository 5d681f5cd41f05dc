package subject

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/code"
	"gewu/element"
	"gewu/internal/fault"
)

var (
	errUnknown = fault.New(fault.Invalid, "element_unknown", "没有“{name}”这个数据项", "There is no element “{name}”.")
	errNumber  = fault.New(fault.Invalid, "value_number", "“{name}”应为数字", "“{name}” must be a number.")
	errYear    = fault.New(fault.Invalid, "value_year", "“{name}”应为四位数的年份", "“{name}” must be a year of four digits.")
	errYes     = fault.New(fault.Invalid, "value_yes", "“{name}”应填是或否", "“{name}” must be yes or no.")
	errCode    = fault.New(fault.Invalid, "value_code", "“{name}”不在可选范围内，请按选项填写", "“{name}” is none of the choices.")
	errLong    = fault.New(fault.Invalid, "value_long", "“{name}”不能超过 {n} 字", "“{name}” has more than {n} characters.")
	errWhen    = fault.New(fault.Invalid, "value_when", "“{name}”的年份不对，请核对", "“{name}”: the year cannot be right. Check it.")
	errAccount = fault.New(fault.Invalid, "value_account", "“{name}”应为 6 至 30 位数字，请核对", "“{name}” must have 6 to 30 digits. Check it.")
	errValue   = fault.New(fault.Invalid, "value_wrong", "“{name}”：{why}", "“{name}”: {why}")
)

// Elements is the dictionary of data elements as a ledger uses it.
type Elements struct{ d *element.Dictionary }

// NewElements returns the ledger's view of a dictionary.
func NewElements(d *element.Dictionary) Elements { return Elements{d} }

// Sealed tells whether an element is stored encrypted.
func (x Elements) Sealed(id string) bool { return x.d.Sealed(id) }

// masks are those that hide a value on the screens of those who keep the
// ledger. Names and addresses are what they work with; ids, numbers and
// accounts are not.
var masks = map[string]code.Mask{"id": code.MaskID34, "phone": code.MaskPhone, "account": code.MaskAccount, "all": code.MaskAll}

// Mask hides a value that is shown only for a stated purpose.
func (x Elements) Mask(id, value string) string {
	e, ok := x.d.Element(id)
	if !ok {
		if strings.HasPrefix(id, "subject.") {
			return value // a link or a place, in a history
		}
		return code.MaskAll.Apply(value)
	}
	if m, ok := masks[e.Mask]; ok {
		return m.Apply(value)
	}
	if e.Sealed {
		return code.MaskAll.Apply(value)
	}
	return value
}

// Masked tells whether a screen shows an element only for a stated purpose.
func (x Elements) Masked(id string) bool {
	e, ok := x.d.Element(id)
	return !ok || e.Sealed || masks[e.Mask] != ""
}

var retention = regexp.MustCompile(`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$`)

// Kept is the day on which an element's retention ends that was last needed on
// a day.
func (x Elements) Kept(id string, needed calendar.Date) (calendar.Date, bool) {
	e, _ := x.d.Element(id)
	m := retention.FindStringSubmatch(e.Retention)
	if m == nil {
		return needed, false
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // at most a few digits, or none
	}
	return needed.AddMonths(12*n[0] + n[1]).Add(n[2]), true
}

var numeric = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)

// Normal brings a value as people and workbooks write it into canonical form.
func (x Elements) Normal(id, v string) (string, error) {
	e, ok := x.d.Element(id)
	if !ok {
		return "", errUnknown.With("name", id)
	}
	switch e.Type {
	case element.IDNumber:
		n, err := code.ParseResidentID(v)
		return n.String(), said(e, err)
	case element.CreditCode:
		n, err := code.ParseCreditCode(v)
		return n.String(), said(e, err)
	case element.Phone:
		n, err := code.ParsePhone(v)
		return n.String(), said(e, err)
	case element.Plate:
		n, err := code.ParsePlate(v)
		return n.String(), said(e, err)
	case element.Date:
		n, err := code.ParseDate(v)
		if err == nil && (n.Year < earliest || n.Year > latest) {
			return "", errWhen.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
		}
		return n.String(), said(e, err)
	case element.Year:
		n, err := code.ParseDate(strings.TrimSuffix(strings.TrimSpace(v), "年"))
		if err != nil {
			return "", errYear.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
		}
		return strconv.Itoa(n.Year), nil
	case element.Integer, element.Decimal, element.Money, element.Age:
		return number(e, v)
	case element.Boolean:
		return yes(e, v)
	case element.Code:
		return x.coded(e, v)
	}
	if e.Mask == "account" {
		return account(e, v)
	}
	return text(e, v)
}

// earliest and latest are years outside of which a date is a slip of the pen.
const earliest, latest = 1890, 2150

var accounts = regexp.MustCompile(`^\d{6,30}$`)

// account is the number of an account, without the spaces that group it.
func account(e element.Element, v string) (string, error) {
	if v = strings.Join(strings.FieldsFunc(v, func(c rune) bool { return unicode.IsSpace(c) || c == '-' }), ""); !accounts.MatchString(v) {
		return "", errAccount.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
	}
	return v, nil
}

// said puts an element's name before what is wrong with a value.
func said(e element.Element, err error) error {
	if err == nil {
		return nil
	}
	if c, ok := err.(*code.Error); ok {
		return errValue.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID).With("why", fault.Words{Zh: c.Sentence("zh"), En: c.Sentence("en")})
	}
	return err
}

func number(e element.Element, v string) (string, error) {
	v = strings.Map(func(c rune) rune {
		switch {
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		case c == '．':
			return '.'
		case c == ',' || c == '，' || unicode.IsSpace(c):
			return -1
		}
		return c
	}, v)
	for _, unit := range []string{e.Unit, "平方米", "㎡", "m2", "元", "人", "岁", "周岁", "层", "户"} {
		if unit != "" {
			v = strings.TrimSuffix(v, unit)
		}
	}
	if !numeric.MatchString(v) {
		return "", errNumber.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 0 || (e.Type == element.Integer || e.Type == element.Age) && f != float64(int64(f)) || e.Type == element.Age && f > 150 {
		return "", errNumber.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
	}
	return strconv.FormatFloat(f, 'f', -1, 64), nil
}

func yes(e element.Element, v string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "1", "是", "有", "√", "✓", "☑", "y", "yes", "true", "已", "已参保", "参保":
		return "1", nil
	case "0", "否", "无", "×", "✗", "n", "no", "false", "未", "未参保", "没有", "不是":
		return "0", nil
	}
	return "", errYes.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
}

// coded finds the code of a value: by code, name or another name.
func (x Elements) coded(e element.Element, v string) (string, error) {
	v = strings.TrimSpace(v)
	if list, ok := code.ListOf(e.Codes); ok {
		if entry, ok := list.Lookup(v); ok {
			return entry.Code, nil
		}
		return "", errCode.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
	}
	entries := x.d.Entries(e.Codes)
	if entries == nil {
		return text(e, v) // a list that does not ship: the words as they are
	}
	for _, n := range entries {
		if n.Code == v || n.Zh == v || n.En == v || slices.Contains(n.Words, v) {
			return n.Code, nil
		}
	}
	return "", errCode.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID)
}

// text drops line ends and what cannot be seen.
func text(e element.Element, v string) (string, error) {
	v = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return ' '
		}
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == utf8.RuneError {
			return -1
		}
		return c
	}, v))
	most := 500
	if e.Mask == "name" {
		most = 50
	}
	if utf8.RuneCountInString(v) > most {
		return "", errLong.With("name", fault.Words{Zh: e.Zh, En: e.En}).With("element", e.ID).With("n", most)
	}
	return v, nil
}

// Words is how a person reads a value: the name of a code, 是 or 否.
func (x Elements) Words(id, v string) string {
	e, ok := x.d.Element(id)
	switch {
	case !ok || v == "":
		return v
	case e.Type == element.Boolean:
		return map[string]string{"1": "是", "0": "否"}[v]
	case e.Type != element.Code:
		return v
	}
	if list, ok := code.ListOf(e.Codes); ok {
		if entry, ok := list.ByCode(v); ok {
			return entry.Name
		}
		return v
	}
	for _, n := range x.d.Entries(e.Codes) {
		if n.Code == v {
			return n.Zh
		}
	}
	return v
}

// Dictionary is the dictionary itself.
func (x Elements) Dictionary() *element.Dictionary { return x.d }

// Spellings are the ways in which people write a coded value, the best first;
// none for a value that is written as it is.
func (x Elements) Spellings(id, v string) []string {
	e, ok := x.d.Element(id)
	if !ok {
		return nil
	}
	switch e.Type {
	case element.Boolean:
		return map[string][]string{"1": {"是", "有", "√"}, "0": {"否", "无"}}[v]
	case element.Code:
		if list, ok := code.ListOf(e.Codes); ok {
			if entry, ok := list.ByCode(v); ok {
				return append([]string{entry.Name}, entry.Others...)
			}
		}
		for _, n := range x.d.Entries(e.Codes) {
			if n.Code == v {
				return append([]string{n.Zh}, n.Words...)
			}
		}
	}
	return nil
}
