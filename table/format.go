package table

import (
	"regexp"
	"strings"
)

// Formats of a column: id18, credit18, phone, plate, age, number, text, choice,
// code, formula, and "date " with a layout.

// A hint is where and how the sheet says what a column's values look like.
type hint struct {
	words    []string // the header, its brackets, comments
	notes    []string // clauses of the notes around the table
	example  string   // what an example row has
	numFmt   string
	list     []string
	listed   bool // there is a drop-down list
	prefill  string
	computed bool
}

var (
	codeWords = regexp.MustCompile(`[0-9]{1,2}[.、:=\-)]?\p{Han}`)
	codeRange = regexp.MustCompile(`(填|为|分|选|写)(代码|数字|编码)?"?[0-9]{1,2}(-|至|到|、|或)"?[0-9]{1,2}`)
	quoted    = regexp.MustCompile(`[“"][^“”"]{1,12}[”"][^“”"]{0,3}[“"][^“”"]{1,12}[”"]`)
	picks     = regexp.MustCompile(`(填|选|选填|填写|分为|分|包括|为|选择|:)[“"]?\p{Han}{1,8}[”"]?(([/、]|或)[“"]?\p{Han}{1,8}[”"]?)+`)
	yesNo     = regexp.MustCompile(`是否|有无|能否|可否|与否|是/否|有/无|婚否`)
	pickList  = regexp.MustCompile(`^[\p{Han}a-z]{1,8}([/、,|;][\p{Han}a-z]{1,8})+等?$`)
	numbered  = regexp.MustCompile(`^[0-9]{1,2}[.、:=-]?\p{Han}`) // 1男
	ranked    = regexp.MustCompile(`^[0-9]{1,2}(级|类|档|等|人|岁|年|月|室|幢|栋|号|层|单元|元|户|次)`)
	onlyDigit = regexp.MustCompile(`^[0-9]{1,3}$`)
)

// format is how a value of an element is to be written in a column.
func (v *vocabulary) format(id, header string, h hint) string {
	kind := v.types(id)
	if kind == "" {
		return ""
	}
	if h.computed {
		return "formula"
	}
	switch kind {
	case "idnumber":
		return "id18"
	case "creditcode":
		return "credit18"
	case "phone", "plate":
		return kind
	case "date", "year":
		return "date " + dateLayout(header, kind == "year", h)
	}
	if h.listed {
		if allDigits(h.list) {
			return "code"
		}
		return "choice"
	}
	if kind == "code" || kind == "boolean" || kind == "text" || kind == "address" {
		if f := pickedFrom(header, kind, h); f != "" {
			return f
		}
	}
	switch kind {
	case "age":
		return "age"
	case "integer", "decimal", "money":
		return "number"
	case "boolean":
		return "choice"
	}
	return "text"
}

func allDigits(list []string) bool {
	for _, w := range list {
		if f := fold(w); !onlyDigit.MatchString(f) && (!numbered.MatchString(f) || ranked.MatchString(f)) {
			return false
		}
	}
	return len(list) > 0
}

// pickedFrom finds words or numbers to choose from in the header, the cell or a
// note.
func pickedFrom(header, kind string, h hint) string {
	if strings.ContainsAny(h.prefill, "□☐○") {
		return "choice"
	}
	for _, w := range h.words {
		f := fold(w)
		switch {
		case strings.ContainsAny(f, "□☐"):
			return "choice"
		case len(codeWords.FindAllString(f, -1)) >= 2:
			return "code"
		}
	}
	if yesNo.MatchString(fold(header)) {
		return "choice"
	}
	for _, w := range h.words[min(1, len(h.words)):] {
		if f := fold(w); kind != "text" && kind != "address" && pickList.MatchString(f) || quoted.MatchString(w) {
			return "choice"
		}
	}
	leaf := parse(lastOf(header)).text
	for _, n := range h.notes {
		f := fold(n)
		i := strings.Index(f, leaf)
		if leaf == "" || i < 0 {
			continue
		}
		rest := f[i+len(leaf):]
		switch {
		case len(codeWords.FindAllString(rest, -1)) >= 2 || codeRange.MatchString(rest) && kind == "code":
			return "code"
		case quoted.MatchString(rest), kind != "text" && kind != "address" && picks.MatchString(rest):
			return "choice"
		}
	}
	return ""
}

func lastOf(header string) string {
	depth := 0
	for i := len(header) - 1; i >= 0; i-- {
		switch {
		case header[i] == ')' || strings.HasSuffix(header[:i+1], "）"):
			depth++
		case header[i] == '(' || strings.HasPrefix(header[i:], "（"):
			depth--
		case header[i] == '/' && depth <= 0:
			return header[i+1:]
		}
	}
	return header
}

// The layouts of a date by sign and precision.
var layouts = map[string][3]string{
	"":  {"yyyymmdd", "yyyymm", "yyyy"},
	"-": {"yyyy-mm-dd", "yyyy-mm", "yyyy"},
	"/": {"yyyy/mm/dd", "yyyy/mm", "yyyy"},
	".": {"yyyy.mm.dd", "yyyy.mm", "yyyy"},
	"年": {"yyyy年mm月dd日", "yyyy年mm月", "yyyy"},
}

var (
	digits8   = regexp.MustCompile(`8位|(^|[^0-9])(19|20)[0-9]{6}([^0-9]|$)|yyyymmdd|x{8}`)
	digits6   = regexp.MustCompile(`6位数|(^|[^0-9])(19|20)[0-9]{4}([^0-9]|$)|yyyymm($|[^d])`)
	signedDay = regexp.MustCompile(`(?:[0-9x]{4}|y{4})(年|[-./])(?:[0-9x]{1,2}|m{1,2})(?:(月|[-./])(?:[0-9x]{1,2}|d{1,2})?)?`)
	wordedDay = regexp.MustCompile(`年([-./])月`)
	monthWord = regexp.MustCompile(`年月|月份|年/月`)
	dayWord   = regexp.MustCompile(`年[-./]?月[-./]?日|日期|时间|日$|生日`)
	yearWord  = regexp.MustCompile(`年份|年代|年度|年$`)
)

// dateLayout takes the precision from the words of the header and the style
// from brackets, notes, the number format or an example.
func dateLayout(header string, isYear bool, h hint) string {
	precision, known := 0, true
	f := fold(lastOf(header))
	switch {
	case isYear, yearWord.MatchString(f):
		return "yyyy"
	case dayWord.MatchString(f) && !strings.HasSuffix(strings.TrimRight(f, ")"), "年月"):
	case monthWord.MatchString(f):
		precision = 1
	default:
		known = false
	}
	sign, cut, ok := "-", 0, false
	said := false // in so many words: 如1990-01
	try := func(s string) {
		if !ok && s != "" {
			sign, cut, ok = dateStyle(s)
		}
	}
	for _, w := range h.words {
		try(w)
	}
	leaf := parse(lastOf(header)).text
	for _, n := range h.notes {
		if fn := fold(n); leaf != "" && strings.Contains(fn, leaf) {
			try(n)
		}
	}
	said = ok
	try(h.prefill)
	try(dateFormat(h.numFmt))
	try(h.example)
	for _, n := range h.notes {
		if fn := fold(n); strings.Contains(fn, "日期") || strings.Contains(fn, "时间") || strings.Contains(fn, "年月") {
			try(n)
		}
	}
	if !ok {
		sign = "-"
	}
	if !known && ok || said && precision == 0 {
		precision = cut
	}
	return layouts[sign][precision]
}

// dateStyle finds a way of writing dates in a text: its sign, and whether it
// ends with the month.
func dateStyle(s string) (sign string, precision int, ok bool) {
	f := fold(s)
	f = strings.NewReplacer("×", "x", "*", "x").Replace(f)
	if m := signedDay.FindStringSubmatch(f); m != nil {
		if m[2] == "" || m[2] == "月" && !strings.Contains(f, "日") && !regexp.MustCompile(`月[0-9xd]`).MatchString(f) {
			precision = 1
		}
		return m[1], precision, true
	}
	if m := wordedDay.FindStringSubmatch(f); m != nil {
		return m[1], 0, true
	}
	switch {
	case digits8.MatchString(f):
		return "", 0, true
	case digits6.MatchString(f):
		return "", 1, true
	case dateBlank.MatchString(f) && strings.Contains(f, "年月"):
		if !strings.Contains(f, "日") {
			precision = 1
		}
		return "年", precision, true
	}
	return "", 0, false
}

var formatNoise = regexp.MustCompile(`\[[^\]]*\]|["\\;@]|_.|h+:m+.*`)

// dateFormat is a number format as the layout that it makes; "" where it makes
// no date.
func dateFormat(code string) string {
	if first, _, ok := strings.Cut(code, ";"); ok {
		code = first
	}
	f := formatNoise.ReplaceAllString(strings.ToLower(code), "")
	if !strings.Contains(f, "yy") || !strings.Contains(f, "m") {
		return ""
	}
	return f
}
