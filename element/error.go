package element

import "fmt"

// Codes of [Error]: stable, for clients and translations.
const (
	CodeEncoding  = "element_encoding"
	CodeColumns   = "element_columns"
	CodeCells     = "element_cells"
	CodeTooLong   = "element_too_long"
	CodeID        = "element_id"
	CodeTwice     = "element_twice"
	CodeName      = "element_name"
	CodeType      = "element_type"
	CodeClass     = "element_class"
	CodeMask      = "element_mask"
	CodeSealed    = "element_sealed"
	CodeUnsealed  = "element_unsealed"
	CodeList      = "element_list"
	CodeEntry     = "element_entry"
	CodeUse       = "element_use"
	CodeRetention = "element_retention"
	CodeSensitive = "element_sensitive"
	CodePolicy    = "element_policy"
	CodeWordTwice = "element_word_twice"
)

// An Error says what is wrong with a file of the dictionary, and where.
type Error struct {
	Code   string
	File   string
	Line   int    // from 1; 0 where it is not about one line
	Detail string // the element, word or value
}

func (e *Error) Error() string { return e.Code + ": " + e.Sentence("en") }

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentence is one sentence for people, in English for "en", else in Chinese.
func (e *Error) Sentence(lang string) string {
	s := sentences[e.Code]
	if lang == "en" {
		return e.place("%s, line %d: ", "") + s.en + e.detail(" (%s)") + "."
	}
	return e.place("%s 第 %d 行：", "") + s.zh + e.detail("（%s）") + "。"
}

func (e *Error) place(format, none string) string {
	if e.Line == 0 {
		return none
	}
	return fmt.Sprintf(format, e.File, e.Line)
}

func (e *Error) detail(format string) string {
	if e.Detail == "" {
		return ""
	}
	return fmt.Sprintf(format, e.Detail)
}

type sentence struct{ zh, en string }

var sentences = map[string]sentence{
	CodeEncoding:  {"不是 UTF-8 编码，请另存为 UTF-8", "the text is not UTF-8"},
	CodeColumns:   {"表头不对：第一列应为 id、use 或 list，其余列名须在说明之内", "the first line does not name the columns of a dictionary file"},
	CodeCells:     {"列数多于表头", "there are more cells than columns"},
	CodeTooLong:   {"这一行过长", "the line is too long"},
	CodeID:        {"数据元编码须为小写字母，形如 person.name", "an id has the form person.name"},
	CodeTwice:     {"编码重复", "the same id occurs twice"},
	CodeName:      {"缺少中文名称或者英文名称", "the Chinese or the English name is missing"},
	CodeType:      {"没有这种数据类型", "there is no such type"},
	CodeClass:     {"敏感级别须为 open、personal 或 sensitive", "the class must be open, personal or sensitive"},
	CodeMask:      {"没有这种脱敏方式", "there is no such kind of mask"},
	CodeSealed:    {"sealed 一栏只能填 0 或 1", "sealed must be 0 or 1"},
	CodeUnsealed:  {"身份号码须列为敏感并加密存储", "an identity number must be classed sensitive and sealed"},
	CodeList:      {"代码类的数据元须指明一个已有的代码表，其他类型不填", "a code needs a list that exists, other types have none"},
	CodeEntry:     {"代码表条目缺少表名、代码或者名称", "the entry lacks its list, code or name"},
	CodeUse:       {"没有登记过这种用途", "the use is not known"},
	CodeRetention: {"保存期限须写成 P3Y、P6M 的形式", "a retention has the form P3Y or P6M"},
	CodeSensitive: {"敏感信息须写明用途、法律依据和保存期限，否则不予采集", "a sensitive element needs a purpose, a legal basis and a retention"},
	CodePolicy:    {"本系统不采集政治面貌、信仰、信访和境外关系等信息", "political standing, belief, petitions and ties abroad are not recorded"},
	CodeWordTwice: {"同一个名称写了两次", "the same name is given twice"},
}
