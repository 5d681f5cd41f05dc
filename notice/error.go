package notice

// Codes of [Error]: stable, for clients and translations.
const (
	CodeEmpty       = "notice_empty"
	CodePictureOnly = "notice_picture_only"
	CodeEncrypted   = "notice_encrypted"
	CodeBroken      = "notice_broken"
	CodeBomb        = "notice_bomb"
	CodeTooLarge    = "notice_too_large"
	CodeOldWord     = "notice_old_word"
	CodeFormat      = "notice_format"
	CodeUnreadable  = "notice_unreadable"
)

// Each matches, with errors.Is, every [Error] of its code.
var (
	ErrEmpty       = &Error{Code: CodeEmpty}
	ErrPictureOnly = &Error{Code: CodePictureOnly}
	ErrEncrypted   = &Error{Code: CodeEncrypted}
	ErrBroken      = &Error{Code: CodeBroken}
	ErrBomb        = &Error{Code: CodeBomb}
	ErrTooLarge    = &Error{Code: CodeTooLarge}
	ErrOldWord     = &Error{Code: CodeOldWord}
	ErrFormat      = &Error{Code: CodeFormat}
	ErrUnreadable  = &Error{Code: CodeUnreadable}
)

// An Error says why a file cannot be read. It may be shown to people.
type Error struct {
	Code   string
	Format string // CodeFormat: what the file is, a key of formats
	Cause  error  // for the operator's log; may be nil
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
	if e.Code == CodeFormat {
		if f, known := formats[e.Format]; known {
			s, ok = f, true
		}
	}
	if !ok {
		s = sentences[CodeUnreadable]
	}
	if lang == "en" {
		return s.en
	}
	return s.zh
}

type sentence struct{ zh, en string }

var sentences = map[string]sentence{
	CodeEmpty: {
		"文件里没有文字。请确认没有选错文件，保存好正文后重新选择。",
		"The file has no text in it. Check that it is the right file, save it again and choose it anew.",
	},
	CodePictureOnly: {
		"文件里只有图片或文本框，没有可以读取的正文。请选择文字版的 Word 文件；只有扫描件的，先识别文字并核对，再保存为 .docx。",
		"The document holds only pictures or text boxes and no body text. Choose the Word file with the text; a scan must first be turned into text and checked.",
	},
	CodeEncrypted: {
		"文件设有打开密码。请用 Word 或 WPS 打开，取消密码后保存，再重新选择。",
		"The document is protected by a password. Open it in Word or WPS, remove the password, save it and choose it again.",
	},
	CodeBroken: {
		"文件已损坏或没有传完整，无法打开。请用 Word 或 WPS 打开后另存为 .docx，或向发文单位重新索取。",
		"The document is damaged or incomplete. Open it in Word or WPS and save it as .docx, or ask the sender for it again.",
	},
	CodeBomb: {
		"文件展开后过大，为安全起见没有读取。请用 Word 或 WPS 打开，把正文复制到新文档，保存为 .docx 后重新选择。",
		"The document unpacks to far more than its size and was not read, for safety. Copy its text into a new document, save that as .docx and choose it.",
	},
	CodeTooLarge: {
		"文件超过 32 MB 或行数过多。请删去图片和附件，只保留正文，保存后重新选择。",
		"The file is larger than 32 MB or has too many lines. Remove pictures and attachments, keep the text, save it and choose it again.",
	},
	CodeOldWord: {
		"这是旧版 Word 或 WPS 文件（.doc、.wps）。请用 Word 或 WPS 打开，点“文件—另存为”，类型选择 .docx，再选择新文件。",
		"This is an old Word or WPS file (.doc, .wps). Open it in Word or WPS, choose File, Save As, type .docx, and choose the new file.",
	},
	CodeFormat: {
		"不支持这种文件。请选择 .docx、.txt 或 .md 文件。",
		"Files of this kind are not supported. Choose a .docx, .txt or .md file.",
	},
	CodeUnreadable: {
		"无法识别这个文件。请选择 .docx、.txt 或 .md 文件。",
		"The file's format is not known. Choose a .docx, .txt or .md file.",
	},
}

// formats names the formats that are told apart only to be refused.
var formats = map[string]sentence{
	"pdf": {
		"这是 PDF 文件，不能读取。请向发文单位索取 Word 文件；没有的，用 WPS 或 Word 打开 PDF，核对文字后另存为 .docx。",
		"This is a PDF file, which cannot be read. Ask the sender for the Word file, or open the PDF in Word or WPS, check the text and save it as .docx.",
	},
	"ofd": {
		"这是 OFD 版式文件，不能读取。请选择起草时的 Word 文件；没有的，用 OFD 阅读器复制正文到 Word，保存为 .docx。",
		"This is an OFD file, which cannot be read. Choose the Word file it was made from, or copy its text into a Word document and save that as .docx.",
	},
	"sheet": {
		"这是电子表格，不能读取。请把表格复制到 Word 文档，保存为 .docx 后重新选择。",
		"This is a spreadsheet, which cannot be read. Copy the table into a Word document, save it as .docx and choose that.",
	},
	"slides": {
		"这是演示文稿，不能读取。请把文字复制到 Word 文档，保存为 .docx 后重新选择。",
		"This is a presentation, which cannot be read. Copy its text into a Word document, save it as .docx and choose that.",
	},
	"rtf": {
		"这是 RTF 文件，不能读取。请用 Word 或 WPS 打开，点“文件—另存为”，类型选择 .docx，再选择新文件。",
		"This is an RTF file, which cannot be read. Open it in Word or WPS, choose File, Save As, type .docx, and choose the new file.",
	},
	"odt": {
		"这是 ODT 文件，不能读取。请用 WPS、Word 或 LibreOffice 打开，点“文件—另存为”，类型选择 .docx，再选择新文件。",
		"This is an ODT file, which cannot be read. Open it in LibreOffice, Word or WPS, choose File, Save As, type .docx, and choose the new file.",
	},
	"html": {
		"这是网页文件，不能读取。请在浏览器中打开，复制正文到 Word 文档，保存为 .docx 后重新选择。",
		"This is a web page, which cannot be read. Open it in a browser, copy the text into a Word document, save it as .docx and choose that.",
	},
	"xml": {
		"这是 XML 文件，不能读取。请用 Word 或 WPS 打开，点“文件—另存为”，类型选择 .docx，再选择新文件。",
		"This is an XML file, which cannot be read. Open it in Word or WPS, choose File, Save As, type .docx, and choose the new file.",
	},
	"image": {
		"这是图片，无法读取其中的文字。请选择文字版的 Word 文件；只有扫描件的，先识别文字并核对，再保存为 .docx。",
		"This is a picture, whose text cannot be read. Choose the Word file with the text; a scan must first be turned into text and checked.",
	},
	"archive": {
		"这是压缩包，不能读取。请先解压，再选择其中的文件。",
		"This is an archive, which cannot be read. Unpack it first and choose the file inside.",
	},
}
