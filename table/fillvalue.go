package table

import (
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cell writes a record's value into a cell, in the form that the column asks
// for; n is the row's number in the list, 0 where there is none.
func (f *Filler) cell(sheet, cell string, c Column, r Entry, n int) error {
	if c.Element == "row.number" && n > 0 {
		return f.number(sheet, cell, float64(n))
	}
	if c.Element == "" {
		if c.Format != "formula" {
			f.leave(sheet, cell, c, NotMapped)
		}
		return nil
	}
	formula, err := f.x.GetCellFormula(sheet, cell)
	if err != nil {
		return err
	}
	if formula != "" || c.Format == "formula" {
		return nil // the sheet computes it
	}
	value := r.Values[c.Element]
	if value == "" {
		f.leave(sheet, cell, c, NotKnown)
		return nil
	}
	old, err := f.x.GetCellValue(sheet, cell)
	if err != nil {
		return err
	}
	if strings.ContainsAny(old, boxes) {
		return f.tick(sheet, cell, old, c, value)
	}
	if old = strings.TrimSpace(old); old != "" && n == 0 {
		f.leave(sheet, cell, c, NotWritten) // the sender's own words
		return nil
	}
	return f.write(sheet, cell, c, value)
}

func (f *Filler) write(sheet, cell string, c Column, value string) error {
	words := f.spell.Words(c.Element, value)
	switch style, isDate := layoutOf(c.Format); {
	case c.Format == "number", c.Format == "age":
		v, ok := f.inUnit(c, value)
		if !ok {
			f.leave(sheet, cell, c, NoUnit)
			return nil
		}
		return f.number(sheet, cell, v)
	case isDate:
		return f.date(sheet, cell, c, value, style)
	case c.Format == "code":
		for _, option := range f.options(sheet, cell, c) {
			if in(words, option.word) || option.word == value {
				return f.text(sheet, cell, option.code)
			}
		}
		f.leave(sheet, cell, c, NoChoice)
		return nil
	case c.Format == "choice":
		list, strict := f.dropDown(sheet, cell)
		for _, w := range append(words, value) {
			for _, option := range list {
				if strings.TrimSpace(option) == w {
					return f.text(sheet, cell, option)
				}
			}
		}
		if strict {
			f.leave(sheet, cell, c, NoChoice)
			return nil
		}
	}
	if len(words) > 0 {
		value = words[0]
	}
	return f.text(sheet, cell, value)
}

func in(words []string, w string) bool {
	w = strings.TrimSpace(w)
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// text writes text, which no program takes for a formula or a number.
func (f *Filler) text(sheet, cell, v string) error {
	f.report.Filled++
	return f.x.SetCellStr(sheet, cell, v)
}

func (f *Filler) number(sheet, cell string, v float64) error {
	f.report.Filled++
	return f.x.SetCellFloat(sheet, cell, v, -1, 64)
}

// rates tells how many of one unit make another.
var rates = map[[2]string]float64{{"元", "万元"}: 1e-4, {"万元", "元"}: 1e4, {"元", "千元"}: 1e-3, {"元/月", "元"}: 1, {"㎡", "平方米"}: 1, {"㎡", "m²"}: 1, {"㎡", "m2"}: 1,
	{"㎡", "亩"}: 1 / 666.6666666666667, {"㎡", "公顷"}: 1e-4, {"周岁", "岁"}: 1, {"人", "名"}: 1, {"人", "个"}: 1, {"人", "万人"}: 1e-4, {"元", "亿元"}: 1e-8}

// inUnit brings a number into the unit that a column asks for.
func (f *Filler) inUnit(c Column, value string) (float64, bool) {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	held := f.spell.Unit(c.Element)
	if c.Unit == "" || held == "" || c.Unit == held {
		return v, true
	}
	by, ok := rates[[2]string{held, c.Unit}]
	return math.Round(v*by*1e8) / 1e8, ok
}

var fillLayouts = map[string]string{
	"yyyymmdd": "20060102", "yyyy-mm-dd": "2006-01-02", "yyyy/mm/dd": "2006/01/02", "yyyy.mm.dd": "2006.01.02", "yyyy年mm月dd日": "2006年1月2日",
	"yyyymm": "200601", "yyyy-mm": "2006-01", "yyyy/mm": "2006/01", "yyyy.mm": "2006.01", "yyyy年mm月": "2006年1月", "yyyy": "2006", "yyyy年": "2006年",
}

// layoutOf is the layout of a format that is a date: "date yyyy.mm"; "date -"
// and a bare "date" leave the style open.
func layoutOf(format string) (string, bool) {
	kind, style, _ := strings.Cut(format, " ")
	if s, ok := fillLayouts[kind]; ok {
		return s, true
	}
	if kind != "date" {
		return "", false
	}
	if s, ok := fillLayouts[style]; ok {
		return s, true
	}
	return "2006-01-02", true
}

// date writes a day, month or year as the column wants it. What is known to the
// month only does not make a day.
func (f *Filler) date(sheet, cell string, c Column, value, layout string) error {
	known := []string{"2006", "2006-01", "2006-01-02"}
	need := 1
	if strings.Contains(layout, "06年1") || strings.Contains(layout, "01") {
		need = 2
	}
	if strings.Contains(layout, "02") || strings.Contains(layout, "日") {
		need = 3
	}
	for n, form := range known {
		d, err := time.Parse(form, value)
		if err != nil {
			continue
		}
		if n+1 < need {
			f.leave(sheet, cell, c, NotExact)
			return nil
		}
		if need == 3 && f.isDateCell(sheet, cell) {
			serial := math.Round(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
			if p, err := f.x.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
				serial -= 1462
			}
			return f.number(sheet, cell, serial)
		}
		return f.text(sheet, cell, d.Format(layout))
	}
	f.leave(sheet, cell, c, NotExact)
	return nil
}

// isDateCell tells whether a cell is formatted as a date, so that it wants a
// number.
func (f *Filler) isDateCell(sheet, cell string) bool {
	id, err := f.x.GetCellStyle(sheet, cell)
	if err != nil || id == 0 {
		return false
	}
	style, err := f.x.GetStyle(id)
	if err != nil {
		return false
	}
	if style.CustomNumFmt != nil {
		s := strings.ToLower(*style.CustomNumFmt)
		return strings.Contains(s, "yy") && strings.Contains(s, "d")
	}
	return style.NumFmt >= 14 && style.NumFmt <= 17 || style.NumFmt == 22 || style.NumFmt >= 27 && style.NumFmt <= 31
}

const boxes = "□☐■☑"

// tick marks the box of a choice that stands in the cell: 男□ 女□, □男 □女.
func (f *Filler) tick(sheet, cell, old string, c Column, value string) error {
	words := f.spell.Words(c.Element, value)
	for _, w := range append(words, value) {
		at := strings.Index(old, w)
		if at < 0 || w == "" {
			continue
		}
		before, after := old[:at], old[at+len(w):]
		trimmed := strings.TrimRight(before, " 　")
		if last, size := lastRune(trimmed); strings.ContainsRune("□☐", last) {
			return f.text(sheet, cell, trimmed[:len(trimmed)-size]+"☑"+before[len(trimmed):]+w+after)
		}
		rest := strings.TrimLeft(after, " 　")
		if first, size := firstRune(rest); strings.ContainsRune("□☐", first) {
			return f.text(sheet, cell, before+w+after[:len(after)-len(rest)]+"☑"+rest[size:])
		}
	}
	f.leave(sheet, cell, c, NoChoice)
	return nil
}

func lastRune(s string) (rune, int) {
	r := []rune(s)
	if len(r) == 0 {
		return 0, 0
	}
	return r[len(r)-1], len(string(r[len(r)-1]))
}

func firstRune(s string) (rune, int) {
	for _, c := range s {
		return c, len(string(c))
	}
	return 0, 0
}

// inline writes a value behind the label that stands in the same cell.
func (f *Filler) inline(sheet, cell string, c Column, r Entry) error {
	old, err := f.x.GetCellValue(sheet, cell)
	if err != nil {
		return err
	}
	value := r.Values[c.Element]
	switch {
	case c.Element == "":
		f.leave(sheet, cell, c, NotMapped)
		return nil
	case value == "":
		f.leave(sheet, cell, c, NotKnown)
		return nil
	case strings.ContainsAny(old, boxes):
		return f.tick(sheet, cell, old, c, value)
	}
	if words := f.spell.Words(c.Element, value); len(words) > 0 {
		value = words[0]
	}
	if layout, ok := layoutOf(c.Format); ok {
		d, err := time.Parse("2006-01-02", value)
		if err != nil {
			f.leave(sheet, cell, c, NotExact)
			return nil
		}
		if value = d.Format(layout); strings.Contains(old, "月") {
			value = d.Format("2006年1月2日")
		}
	}
	label := c.Header
	if i := strings.LastIndex(label, "/"); i >= 0 {
		label = label[i+1:]
	}
	at := strings.Index(squeeze(old), label)
	if at < 0 {
		f.leave(sheet, cell, c, NotWritten)
		return nil
	}
	return f.text(sheet, cell, afterLabel(old, label, value))
}

// squeeze drops spaces, as headers are written without them.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// blank is what stands behind a label to be written over: a colon, spaces,
// lines, 年 月 日 without figures.
var blank = regexp.MustCompile(`^[\s　]*[：:]?[\s　_＿]*(?:(?:20)?\d{0,4}[\s　_＿]*年[\s　_＿]+月[\s　_＿]+日)?[\s　_＿]*`)

// afterLabel puts a value behind a label, in place of the blank that follows
// it. The label's characters may stand apart.
func afterLabel(old, label, value string) string {
	want := []rune(label)
	i := 0
	for at, c := range old {
		if i < len(want) && c == want[i] {
			if i++; i == len(want) {
				end := at + len(string(c))
				gap := blank.FindString(old[end:])
				mark := "："
				if strings.Contains(gap, ":") {
					mark = ":"
				}
				rest := old[end+len(gap):]
				if rest != "" {
					rest = "　　" + rest
				}
				return old[:end] + mark + value + rest
			}
		} else if c != ' ' && c != '　' && c != '\n' {
			i = 0
			if c == want[0] {
				i = 1
			}
		}
	}
	return old
}

// An option is a code and the word that it stands for: 1男 2女.
type option struct{ code, word string }

var codedWord = regexp.MustCompile(`(\d{1,2})\s*[.、:：\-—_=]?\s*(\p{Han}+)`)

// options are the codes of a column, told by its header or its drop-down list.
func (f *Filler) options(sheet, cell string, c Column) []option {
	var out []option
	list, _ := f.dropDown(sheet, cell)
	for _, item := range list {
		if m := codedWord.FindStringSubmatch(item); m != nil {
			out = append(out, option{item, m[2]})
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, m := range codedWord.FindAllStringSubmatch(c.Header, -1) {
		out = append(out, option{m[1], m[2]})
	}
	return out
}

// dropDown returns the list from which a cell's value must be chosen; strict is
// false where there is none.
func (f *Filler) dropDown(sheet, cell string) (list []string, strict bool) {
	rules, err := f.x.GetDataValidations(sheet)
	if err != nil {
		return nil, false
	}
	row, col, ok := parseCell(cell)
	if !ok {
		return nil, false
	}
	for _, rule := range rules {
		if rule.Type != "list" {
			continue
		}
		for _, part := range strings.Fields(rule.Sqref) {
			if r, ok := parseRect(part); ok && r.contains(row, col) {
				return f.listed(sheet, rule.Formula1), true
			}
		}
	}
	return nil, false
}

// listed reads the entries of a drop-down list: "男,女", a range, or a name.
func (f *Filler) listed(sheet, formula string) []string {
	formula = strings.TrimPrefix(strings.TrimSpace(html.UnescapeString(formula)), "=")
	if strings.HasPrefix(formula, `"`) {
		return strings.Split(strings.Trim(formula, `"`), ",")
	}
	for _, name := range f.x.GetDefinedName() {
		if name.Name == formula {
			formula = name.RefersTo
		}
	}
	if i := strings.LastIndex(formula, "!"); i >= 0 {
		sheet, formula = strings.Trim(formula[:i], "'"), formula[i+1:]
	}
	r, ok := parseRect(strings.ReplaceAll(formula, "$", ""))
	if !ok || r.height()*r.width() > 2000 {
		return nil
	}
	var out []string
	for row := r.top; row <= r.bottom; row++ {
		for col := r.left; col <= r.right; col++ {
			if v, err := f.x.GetCellValue(sheet, cellName(row, col)); err == nil && strings.TrimSpace(v) != "" {
				out = append(out, v)
			}
		}
	}
	return out
}
