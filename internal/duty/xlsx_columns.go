package duty

import (
	"regexp"
	"strings"
	"unicode"
)

// A field is what a column of a list holds.
type field int

const (
	fieldNone field = iota
	fieldNo
	fieldCategory
	fieldName
	fieldHigherUnit
	fieldHigherDuty
	fieldLocalDuty
	fieldTakenBackBy
	fieldMethod
	fieldTaken // 承接部门及工作方式 in one column
	fieldNote
)

// columns says what stands in which column, from 0.
type columns map[int]field

// fieldOf tells a column by the words of its header.
func fieldOf(header string) field {
	h := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, header)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(h, w) {
				return true
			}
		}
		return false
	}
	switch {
	case h == "" || len([]rune(h)) > 24: // a sentence, no header
		return fieldNone
	case h == "序号" || h == "编号" || h == "事项序号" || h == "事项编号":
		return fieldNo
	case has("承接部门", "收回部门") && has("方式"):
		return fieldTaken
	case has("承接部门", "收回部门", "承接单位"):
		return fieldTakenBackBy
	case has("工作方式", "承接方式", "收回方式", "履职方式"):
		return fieldMethod
	case has("配合职责", "乡镇街道职责", "乡镇职责", "街道职责", "乡级职责"):
		return fieldLocalDuty
	case has("部门职责", "部门主要职责", "上级职责"):
		return fieldHigherDuty
	case has("对应上级部门", "对应部门", "主责部门", "牵头部门") || h == "上级部门":
		return fieldHigherUnit
	case has("事项名称", "事项内容", "履职事项", "收回事项", "具体事项") || h == "事项" || h == "名称":
		return fieldName
	case has("类别", "领域", "分类") || h == "类型":
		return fieldCategory
	case h == "备注" || h == "说明":
		return fieldNote
	}
	return fieldNone
}

// findColumns reads a header row; nil if the row is none. A header has at least
// two known columns; the second line of one may have the duties alone.
func findColumns(row []cell) columns {
	cols := columns{}
	for x, c := range row {
		if f := fieldOf(c.text); f != fieldNone {
			cols[x] = f
		}
	}
	if len(cols) < 2 {
		return nil
	}
	return cols
}

// add takes over the columns of a header's second line, which tells more
// exactly what the first one groups together.
func (c columns) add(more columns) {
	for x, f := range more {
		c[x] = f
	}
}

// class is that of the heading, or what the columns tell where there is none.
func (c columns) class(heading Class) Class {
	for _, f := range c {
		switch f {
		case fieldTaken, fieldTakenBackBy:
			return Returned
		case fieldLocalDuty:
			return Supporting
		}
	}
	if heading == "" {
		return Basic
	}
	return heading
}

// single says whether at most one field of a row is filled, and which.
func single(row []cell) (cell, bool) {
	var only cell
	for _, c := range row {
		if c.text == "" {
			continue
		}
		if only.text != "" {
			return cell{}, false
		}
		only = c
	}
	return only, true
}

// isCategory says whether the only filled field of a row is a category: it runs
// across, or stands where numbers stand and is none.
func (c columns) isCategory(row []cell) bool {
	for x, f := range row {
		if f.text == "" {
			continue
		}
		return f.across && !f.down || c[x] == fieldNo && !isNumber(f.text)
	}
	return false
}

// continues says whether a row is more of the item above: its name is carried
// down from there, or it has neither name nor number.
func (c columns) continues(row []cell) bool {
	named := false
	for x, f := range row {
		switch c[x] {
		case fieldName:
			if f.down {
				return true
			}
			named = named || f.text != ""
		case fieldNo:
			named = named || f.text != "" && !f.down
		}
	}
	return !named
}

// item reads the fields of a row; cut says that one was longer than allowed.
func (c columns) item(row []cell) (it Item, cut bool) {
	for x, f := range row {
		text := f.text
		if rs := []rune(text); len(rs) > maxText {
			text, cut = string(rs[:maxText]), true
		}
		switch c[x] {
		case fieldNo:
			it.No = oneLine(text)
		case fieldCategory:
			it.Category = categoryOf(text)
		case fieldName:
			it.Name = oneLine(text)
		case fieldHigherUnit:
			it.HigherUnit = units(text)
		case fieldHigherDuty:
			it.HigherDuty = text
		case fieldLocalDuty:
			it.LocalDuty = text
		case fieldTakenBackBy:
			it.TakenBackBy = units(label(text, "承接部门"))
		case fieldMethod:
			it.Method = label(text, "工作方式")
		case fieldTaken:
			it.TakenBackBy, it.Method = taken(text)
		case fieldNote:
			it.Note = text
		}
	}
	return it, cut
}

// taken parts "承接部门：县民政局。工作方式：县民政局直接受理。"; without those
// words the first line is the unit.
func taken(s string) (unit, method string) {
	unit, method, ok := strings.Cut(s, "工作方式")
	if !ok {
		unit, method, _ = strings.Cut(s, "\n")
	}
	method = strings.TrimLeft(method, "：: \n")
	return units(label(unit, "承接部门")), strings.TrimSpace(method)
}

func label(s, name string) string {
	return strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(s), name), "：: ")
}

// units joins the lines of a cell of units by 、 and drops a closing stop.
func units(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n，,；;、。", r) })
	out := parts[:0]
	for _, p := range parts {
		if p = oneLine(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "、")
}

// classOf tells the class that a heading or the name of a sheet speaks of; "" if
// none, or more than one as in the title of the whole list.
func classOf(s string) Class {
	if len([]rune(s)) > 60 {
		return ""
	}
	var found []Class
	if strings.Contains(s, "基本履职") || strings.Contains(s, "基本事项") {
		found = append(found, Basic)
	}
	if strings.Contains(s, "配合履职") || strings.Contains(s, "配合事项") {
		found = append(found, Supporting)
	}
	if strings.Contains(s, "收回") || strings.Contains(s, "上收事项") {
		found = append(found, Returned)
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

var (
	leading  = regexp.MustCompile(`^[（(]?[一二三四五六七八九十百0-9]+[）)]?[、.．,，\s]+|^[（(][一二三四五六七八九十]+[）)]`)
	trailing = regexp.MustCompile(`[（(]\s*(共\s*)?\d+\s*[项条]\s*[）)]$`)
	number   = regexp.MustCompile(`^[\d０-９.\-—]+$`)
	remark   = regexp.MustCompile(`^[（(]?(注|备注|说明|填表说明|附件|附表)\s*\d*\s*([：:）)]|$)|^附件`)
)

// categoryOf strips number and count: "一、党的建设（20项）" is 党的建设.
func categoryOf(s string) string {
	s = oneLine(s)
	return strings.TrimSpace(trailing.ReplaceAllString(leading.ReplaceAllString(s, ""), ""))
}

func isNumber(s string) bool { return number.MatchString(s) }

func isRemark(s string) bool { return remark.MatchString(s) }

// oneLine undoes the line breaks that a clerk puts into a narrow cell. Between
// ideographs they are nothing, elsewhere a blank.
func oneLine(s string) string {
	var b strings.Builder
	for i, w := range strings.Fields(s) {
		if i > 0 && !endsWide(b.String()) && w[0] < 0x80 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func endsWide(s string) bool { return s != "" && s[len(s)-1] >= 0x80 }
