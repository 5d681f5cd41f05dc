package kind

import (
	"fmt"
	"strings"
)

// A Problem is one thing that is wrong with a kind, and where.
type Problem struct {
	Code   string // stable, for clients and translations
	File   string
	Line   int // from 1
	Column int
	Path   string // states[2].actions[0].to
	Detail string // the name or value that it is about
	Why    error  // what is wrong with an expression; it has sentences in both languages
}

// Problems are everything that is wrong with a kind, in the order of its file.
type Problems []Problem

func (p Problems) Error() string { return p.Sentence("en") }

// Sentence is a line for each problem, in English for "en", else in Chinese.
func (p Problems) Sentence(lang string) string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.Sentence(lang)
	}
	return strings.Join(lines, "\n")
}

// Has tells whether a code is among the problems.
func (p Problems) Has(code string) bool {
	for _, x := range p {
		if x.Code == code {
			return true
		}
	}
	return false
}

// Sentence says what is wrong, where, and what to do.
func (p Problem) Sentence(lang string) string {
	s := sentences[p.Code]
	text, detail := s.zh, "（%s）"
	if lang == "en" {
		text, detail = s.en, " (%s)"
	}
	if p.Detail != "" {
		text += fmt.Sprintf(detail, p.Detail)
	}
	if s, ok := p.Why.(interface{ Sentence(lang string) string }); ok {
		text += map[bool]string{true: ": ", false: "："}[lang == "en"] + strings.TrimRight(s.Sentence(lang), ".。")
	}
	if lang == "en" {
		return fmt.Sprintf("%s:%d:%d: %s.", p.File, p.Line, p.Column, text)
	}
	return fmt.Sprintf("%s:%d:%d：%s。", p.File, p.Line, p.Column, text)
}

var sentences = map[string]struct{ zh, en string }{
	"kind_yaml":         {"不是有效的 YAML", "not valid YAML"},
	"kind_size":         {"文件过大，事项类型定义不超过 256 KB", "the file is too large: a kind has 256 KB at most"},
	"kind_alias":        {"不支持 YAML 锚点和引用，请直接写出内容", "anchors and aliases are not supported; write the content out"},
	"kind_key":          {"没有这个属性，请核对拼写", "there is no such property; check its spelling"},
	"kind_value":        {"内容类型不对", "the value is of the wrong type"},
	"kind_missing":      {"缺少必填内容", "something that is needed is missing"},
	"kind_id":           {"标识须以小写字母开头，只含小写字母、数字和下划线（事项类型、状态和选项可用连字符）", "an id begins with a small letter and has small letters, digits and underscores (those of kinds, states and choices may have hyphens)"},
	"kind_reserved":     {"该标识为系统保留，请换一个", "this id is reserved; choose another"},
	"kind_twice":        {"标识重复", "the id is used twice"},
	"kind_type":         {"没有这种字段类型", "there is no such type of field"},
	"kind_about":        {"台账中没有这类对象", "the base ledger has no such kind of subject"},
	"kind_number":       {"编号格式只能用 {year}、{month}、{day}、{place} 和 {n:4}，且须有一个 {n}", "a number is made of {year}, {month}, {day}, {place} and {n:4}, and has one {n}"},
	"kind_field":        {"没有这个字段", "there is no such field"},
	"kind_field_type":   {"该字段的类型不能用在这里", "the field is of a type that cannot stand here"},
	"kind_title":        {"名称会出现在列表中，不能含个人信息、照片、文件、位置和表格", "a title stands in lists: it has no personal data, photos, files, points or tables"},
	"kind_choices":      {"单选、多选须给出选项，或指明代码表；其他类型不能有选项", "a field of one or many has choices or a code list; others have none"},
	"kind_codes":        {"没有这个代码表", "there is no such code list"},
	"kind_within":       {"从属选项须写明属于上级字段的哪些值", "choices within another field say of which of its values they are"},
	"kind_choice":       {"上级字段没有这个选项", "the other field has no such choice"},
	"kind_table":        {"只有表格字段可以有列，且须有列；列不能再是表格", "a table alone has columns, at least one, and none of them is a table"},
	"kind_track":        {"不支持在表格中记录位置：系统不记录行踪", "a table cannot have points: nobody's whereabouts are recorded"},
	"kind_element":      {"没有这个数据元", "there is no such data element"},
	"kind_element_type": {"字段类型与数据元不符", "the field is not of its element's type"},
	"kind_privacy":      {"含有个人信息，须写明处理目的、法律依据和保存期限", "it holds personal data: purpose, legal basis and retention must be stated"},
	"kind_keep":         {"保存期限格式如 P3Y、P6M", "a retention is written as P3Y or P6M"},
	"kind_because":      {"必须拍照的，须写明法律或制度依据", "where a photo is required, the law or rule that requires it must be named"},
	"kind_public":       {"含个人信息的字段不能公开", "a field that tells of a person cannot be public"},
	"kind_expr":         {"表达式有误", "the expression is wrong"},
	"kind_cycle":        {"计算字段互相引用", "computed fields follow from each other"},
	"kind_computed":     {"计算字段不由人填写", "nobody enters a computed field"},
	"kind_state":        {"没有这个状态", "there is no such state"},
	"kind_unreachable":  {"从初始状态无法到达该状态", "the state cannot be reached from the first one"},
	"kind_stuck":        {"从该状态无法办结", "no end can be reached from the state"},
	"kind_end":          {"办结状态不能再有办理人、期限或办理动作（重新打开除外须由办公室办理）", "an end has no turn and no limit, and its actions name who may take them"},
	"kind_nobody":       {"该状态没有办理人，动作无人可做", "nobody's turn it is in the state, so nobody can act"},
	"kind_who":          {"办理人规则须且只须写一条", "who it is, is said in one way"},
	"kind_level":        {"层级只能是 grid、community、street、county", "a level is grid, community, street or county"},
	"kind_mode":         {"会签方式只能是 any 或 all", "a mode is any or all"},
	"kind_may":          {"没有这种办理方式", "there is no such verb"},
	"kind_limit":        {"期限须为正数，法定期限不短于承诺期限，预警天数少于期限", "a limit is positive, what the law allows is not shorter, and the warning is shorter than it"},
}
