package table

// Codes of [Error]: stable, for clients and translations.
const (
	CodeEmpty         = "table_empty"
	CodeEncrypted     = "table_encrypted"
	CodeOldExcel      = "table_old_excel"
	CodeBinary        = "table_binary"
	CodeBroken        = "table_broken"
	CodeBomb          = "table_bomb"
	CodeTooLarge      = "table_too_large"
	CodeTooManySheets = "table_too_many_sheets"
	CodeFormat        = "table_format"
)

// Each matches, with errors.Is, every [Error] of its code.
var (
	ErrEmpty         = &Error{Code: CodeEmpty}
	ErrEncrypted     = &Error{Code: CodeEncrypted}
	ErrOldExcel      = &Error{Code: CodeOldExcel}
	ErrBinary        = &Error{Code: CodeBinary}
	ErrBroken        = &Error{Code: CodeBroken}
	ErrBomb          = &Error{Code: CodeBomb}
	ErrTooLarge      = &Error{Code: CodeTooLarge}
	ErrTooManySheets = &Error{Code: CodeTooManySheets}
	ErrFormat        = &Error{Code: CodeFormat}
)

// An Error says why a workbook cannot be read. It may be shown to people.
type Error struct {
	Code  string
	Cause error // for the operator's log; may be nil
}

// Error is the English sentence and, for the log, the cause.
func (e *Error) Error() string {
	s := e.Code + ": " + e.Sentence("en")
	if e.Cause != nil {
		s += " (" + e.Cause.Error() + ")"
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Is compares codes only.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Sentence tells a person what is wrong with the file and what to do about it,
// in English for "en", else in Chinese.
func (e *Error) Sentence(lang string) string {
	s, ok := sentences[e.Code]
	if !ok {
		s = sentences[CodeFormat]
	}
	if lang == "en" {
		return s.en
	}
	return s.zh
}

type sentence struct{ zh, en string }

var sentences = map[string]sentence{
	CodeEmpty: {
		"工作簿里没有内容。请确认没有选错文件。",
		"The workbook has nothing in it. Check that it is the right file.",
	},
	CodeEncrypted: {
		"工作簿设有打开密码。请用 Excel 或 WPS 打开，取消密码后保存，再重新选择。",
		"The workbook is protected by a password. Open it in Excel or WPS, remove the password, save it and choose it again.",
	},
	CodeOldExcel: {
		"这是旧版 Excel 或 WPS 表格（.xls、.et）。请用 Excel 或 WPS 打开，点“文件—另存为”，类型选择 .xlsx，再选择新文件。",
		"This is an old Excel or WPS workbook (.xls, .et). Open it in Excel or WPS, choose File, Save As, type .xlsx, and choose the new file.",
	},
	CodeBinary: {
		"这是二进制工作簿（.xlsb）。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新选择。",
		"This is a binary workbook (.xlsb). Open it in Excel or WPS, save it as .xlsx and choose that.",
	},
	CodeBroken: {
		"工作簿已损坏或没有传完整，无法打开。请用 Excel 或 WPS 打开后另存为 .xlsx，或向来文单位重新索取。",
		"The workbook is damaged or incomplete. Open it in Excel or WPS and save it as .xlsx, or ask the sender for it again.",
	},
	CodeBomb: {
		"工作簿展开后过大，为安全起见没有读取。请把表格复制到新工作簿，保存后重新选择。",
		"The workbook unpacks to far more than its size and was not read, for safety. Copy the table into a new workbook, save that and choose it.",
	},
	CodeTooLarge: {
		"工作簿过大，不像是空白表格。请只保留表样，删去已经填好的数据和多余的格式，保存后重新选择。",
		"The workbook is too large for a blank form. Keep the form, remove data and formats that are not needed, save it and choose it again.",
	},
	CodeTooManySheets: {
		"工作簿的工作表超过 256 张。请只保留需要填写的工作表，保存后重新选择。",
		"The workbook has more than 256 sheets. Keep those that are to be filled, save it and choose it again.",
	},
	CodeFormat: {
		"不支持这种文件。请选择 .xlsx 工作簿；其他格式请先用 Excel 或 WPS 另存为 .xlsx。",
		"Files of this kind are not supported. Choose an .xlsx workbook; save other formats as .xlsx first.",
	},
}
