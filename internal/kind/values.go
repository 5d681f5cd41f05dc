package kind

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gewu/calendar"
)

// Values are what is known of a record, by field, in canonical form: texts,
// days (2006-01-02), times (15:04), places and ids as text, whole numbers and
// fen as int64, decimals as float64, yes and no as bool, choices by code, many
// of them as []string in the order of the choices, files by their hashes as
// []string, a spot as [Spot], a table as []Values. What is empty is not there.
type Values map[string]any

// A Spot is a point in degrees of CGCS2000.
type Spot struct {
	Lon float64 `json:"lon"`
	Lat float64 `json:"lat"`
}

// A Fault is what is wrong with the value of a field.
type Fault struct {
	Field string `json:"field" doc:"id; of a table with row and column: parts[2].name"`
	Code  string `json:"code"`
	Zh    string `json:"zh"`
	En    string `json:"en"`
}

var faults = map[string]struct{ zh, en string }{
	"field_unknown":  {"没有这个字段", "There is no such field."},
	"field_computed": {"该项由系统计算，不用填写", "This follows from others; nobody enters it."},
	"field_text":     {"应为文字", "This must be text."},
	"field_long":     {"内容过长，请精简", "This is too long."},
	"field_number":   {"应为数字", "This must be a number."},
	"field_whole":    {"应为整数", "This must be a whole number."},
	"field_date":     {"应为日期", "This must be a day."},
	"field_time":     {"应为时间", "This must be a time of the day."},
	"field_yesno":    {"应选择是或否", "Choose yes or no."},
	"field_choice":   {"没有这个选项，请重新选择", "There is no such choice. Choose again."},
	"field_point":    {"位置应在中国境内，请在地图上重新点选", "The spot must lie in China. Pick it on the map again."},
	"field_file":     {"文件有误，请重新上传", "The file is wrong. Upload it again."},
	"field_many":     {"数量超过上限", "There are more than may be."},
	"field_rows":     {"应为若干行", "This must be rows."},
}

// Limits where a field states none of its own.
const (
	shortText = 200  // characters
	longText  = 5000 // characters
	manyFiles = 9
	manyRows  = 50
)

var (
	clock   = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)
	ref     = regexp.MustCompile(`^[0-9A-Za-z-]{1,40}$`)
	digits  = regexp.MustCompile(`^\d{2,15}$`)
	content = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// A cleaner brings values into canonical form.
type cleaner struct {
	codes  func(list string) []string
	stored bool // computed fields are there already
	faults []Fault
}

// Clean brings what somebody has entered, as it is decoded from JSON, into
// canonical form, and says what is wrong with it. Codes are those of a list of
// the dictionary. An empty value stands as nil: it empties the field.
func (k *Kind) Clean(in map[string]any, codes func(list string) []string) (Values, []Fault) {
	c := &cleaner{codes: codes}
	out := c.row(k.Fields, in, "")
	slices.SortFunc(c.faults, func(a, b Fault) int { return strings.Compare(a.Field, b.Field) })
	return out, c.faults
}

// Restore returns values that were stored as JSON in canonical form; what the
// kind does not know any more is left out.
func (k *Kind) Restore(doc map[string]any, codes func(list string) []string) Values {
	c := &cleaner{codes: codes, stored: true}
	out := c.row(k.Fields, doc, "")
	for id, v := range out {
		if v == nil {
			delete(out, id)
		}
	}
	return out
}

func (c *cleaner) fault(at, code string) {
	s := faults[code]
	c.faults = append(c.faults, Fault{at, code, s.zh, s.en})
}

func (c *cleaner) row(fields []Field, in map[string]any, path string) Values {
	out := Values{}
	for id, v := range in {
		i := slices.IndexFunc(fields, func(f Field) bool { return f.ID == id })
		switch {
		case i < 0:
			c.fault(path+id, "field_unknown")
		case fields[i].Compute != "" && !c.stored:
			c.fault(path+id, "field_computed")
		default:
			out[id] = c.value(&fields[i], v, in, path+id)
		}
	}
	return out
}

// value returns the canonical value of a field, nil where it is empty or wrong.
func (c *cleaner) value(f *Field, v any, beside map[string]any, at string) any {
	if v == nil {
		return nil
	}
	var code string
	var out any
	switch f.Type {
	case Short, Long:
		out, code = text(f, v)
	case Integer, Money:
		out, code = whole(v)
	case Decimal:
		n, ok := v.(float64)
		if out, code = n, ""; !ok || math.IsNaN(n) || math.IsInf(n, 0) {
			code = "field_number"
		}
	case Date:
		out, code = like(v, func(s string) bool { _, err := calendar.Parse(s); return err == nil }, "field_date")
	case Time:
		out, code = like(v, clock.MatchString, "field_time")
	case YesNo:
		yes, ok := v.(bool)
		if out, code = yes, ""; !ok {
			code = "field_yesno"
		}
	case One:
		out, code = like(v, func(s string) bool { return c.offered(f, s, beside) }, "field_choice")
	case Many:
		out, code = c.many(f, v, beside)
	case Place:
		out, code = like(v, digits.MatchString, "field_choice")
	case Photo, File:
		out, code = files(f, v)
	case Point:
		out, code = spot(v)
	case Table:
		return c.table(f, v, at)
	default: // ids of subjects, units and users
		out, code = like(v, ref.MatchString, "field_choice")
	}
	if code != "" {
		c.fault(at, code)
		return nil
	}
	return out
}

func text(f *Field, v any) (any, string) {
	s, ok := v.(string)
	if !ok || !utf8.ValidString(s) {
		return nil, "field_text"
	}
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && f.Type == Long:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s))
	most := shortText
	if f.Type == Long {
		most = longText
	}
	if f.Max > 0 {
		most = f.Max
	}
	switch {
	case s == "":
		return nil, ""
	case utf8.RuneCountInString(s) > most:
		return nil, "field_long"
	}
	return s, ""
}

// whole reads a number that JSON, which knows floats alone, can hold exactly.
func whole(v any) (any, string) {
	n, ok := v.(float64)
	if !ok {
		return nil, "field_number"
	}
	if n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return nil, "field_whole"
	}
	return int64(n), ""
}

// like reads a text of a form.
func like(v any, is func(string) bool, code string) (any, string) {
	s, ok := v.(string)
	switch {
	case ok && s == "":
		return nil, ""
	case !ok || !is(s):
		return nil, code
	}
	return s, ""
}

// offered tells whether a choice is offered, given the other values of the row.
func (c *cleaner) offered(f *Field, code string, beside map[string]any) bool {
	if f.Codes != "" {
		return slices.Contains(c.codes(f.Codes), code)
	}
	i := slices.IndexFunc(f.Choices, func(x Choice) bool { return x.Code == code })
	if i < 0 {
		return false
	}
	if f.Within == "" {
		return true
	}
	outer, ok := beside[f.Within].(string)
	// Where the other field is not part of what is entered it is looked at with
	// the whole record.
	return !ok || slices.Contains(f.Choices[i].Of, outer)
}

func (c *cleaner) many(f *Field, v any, beside map[string]any) (any, string) {
	list, ok := texts(v)
	if !ok || slices.ContainsFunc(list, func(s string) bool { return !c.offered(f, s, beside) }) {
		return nil, "field_choice"
	}
	order := c.order(f)
	slices.SortFunc(list, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	if list = slices.Compact(list); len(list) == 0 {
		return nil, ""
	}
	return list, ""
}

func (c *cleaner) order(f *Field) []string {
	if f.Codes != "" {
		return c.codes(f.Codes)
	}
	out := make([]string, len(f.Choices))
	for i, x := range f.Choices {
		out[i] = x.Code
	}
	return out
}

func files(f *Field, v any) (any, string) {
	list, ok := texts(v)
	most := manyFiles
	if f.Max > 0 {
		most = f.Max
	}
	switch {
	case !ok || slices.ContainsFunc(list, func(s string) bool { return !content.MatchString(s) }):
		return nil, "field_file"
	case len(list) > most:
		return nil, "field_many"
	case len(list) == 0:
		return nil, ""
	}
	return list, ""
}

// spot reads a point in the range of degrees of China.
func spot(v any) (any, string) {
	m, ok := v.(map[string]any)
	lon, east := m["lon"].(float64)
	lat, north := m["lat"].(float64)
	if !ok || !east || !north || len(m) != 2 || !(lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54) {
		return nil, "field_point"
	}
	return Spot{lon, lat}, ""
}

func (c *cleaner) table(f *Field, v any, at string) any {
	rows, ok := v.([]any)
	most := manyRows
	if f.Max > 0 {
		most = f.Max
	}
	switch {
	case !ok:
		c.fault(at, "field_rows")
		return nil
	case len(rows) > most:
		c.fault(at, "field_many")
		return nil
	}
	out := []Values{}
	for i, r := range rows {
		m, ok := r.(map[string]any)
		if !ok {
			c.fault(fmt.Sprintf("%s[%d]", at, i), "field_rows")
			continue
		}
		row := c.row(f.Fields, m, fmt.Sprintf("%s[%d].", at, i))
		for id, x := range row {
			if x == nil {
				delete(row, id)
			}
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// texts reads a list of texts.
func texts(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	out := make([]string, len(list))
	for i, x := range list {
		if out[i], ok = x.(string); !ok {
			return nil, false
		}
	}
	return out, true
}
