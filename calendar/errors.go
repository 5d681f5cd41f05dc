package calendar

import "fmt"

// Codes of [Error]: stable, for clients and translations.
const (
	CodeYearMissing = "calendar_year_missing"
	CodeFile        = "calendar_file_invalid"
	CodeDate        = "calendar_date_invalid"
)

// Each matches, with errors.Is, every [Error] of its code.
var (
	ErrYearMissing = &Error{Code: CodeYearMissing}
	ErrFile        = &Error{Code: CodeFile}
	ErrDate        = &Error{Code: CodeDate}
)

// An Error says why a day could not be told. It may be shown to people.
type Error struct {
	Code   string
	Year   int    // CodeYearMissing: the year without data
	Detail string // what is wrong, in English; for CodeDate the text that was given
}

// Error is the English sentence.
func (e *Error) Error() string { return e.Sentence("en") }

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentence tells a person what happened and what to do about it, in English
// for "en", else in Chinese.
func (e *Error) Sentence(lang string) string {
	en := lang == "en"
	switch e.Code {
	case CodeYearMissing:
		if en {
			return fmt.Sprintf("The calendar has no holidays for %d, so working days of that year cannot be counted. Ask the administrator to add the State Council's holiday notice for %d.", e.Year, e.Year)
		}
		return fmt.Sprintf("日历中没有%d年的放假安排，无法推算该年的工作日。请管理员录入国务院办公厅关于%d年部分节假日安排的通知。", e.Year, e.Year)
	case CodeFile:
		if en {
			return "The calendar file cannot be used: " + e.Detail + "."
		}
		return "日历文件不能使用：" + e.Detail + "。"
	default:
		if en {
			return fmt.Sprintf("%q is not a date; write it like 2026-01-05.", e.Detail)
		}
		return fmt.Sprintf("“%s”不是有效日期，请按2026-01-05的格式填写。", e.Detail)
	}
}
