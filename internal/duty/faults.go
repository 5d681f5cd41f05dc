package duty

import (
	"fmt"

	"gewu/internal/fault"
)

// Errors that refuse a workbook as a whole.
var (
	ErrNotWorkbook = fault.New(fault.Invalid, "duty_not_workbook",
		"文件不是可读取的.xlsx工作簿，请用WPS或Excel另存为.xlsx格式后重新导入", "The file is not a readable .xlsx workbook. Save it as .xlsx and import it again.")
	ErrTooLarge = fault.New(fault.TooLarge, "duty_too_large",
		"工作簿过大，超过{limit}，请只保留三张清单后重新导入", "The workbook is larger than {limit}. Keep only the three tables and import it again.")
	ErrNoTable = fault.New(fault.Invalid, "duty_no_table",
		"工作簿中没有找到清单：表头应包含“序号”“事项名称”等列名", "No list was found in the workbook: a header row needs columns such as 序号 and 事项名称.")
)

// Codes of [Fault].
const (
	FaultNoName      = "name_missing"         // left out
	FaultNoUnit      = "unit_missing"         // left out: Supporting without 对应上级部门, Returned without 承接部门
	FaultDuplicate   = "name_duplicate"       // left out: the name stands in its table already
	FaultDuplicateNo = "number_duplicate"     // kept
	FaultNoNumber    = "number_missing"       // kept
	FaultCut         = "text_cut"             // kept, with a text cut to the limit
	FaultSheet       = "sheet_without_header" // the sheet is left out
	FaultRows        = "too_many_rows"        // rows after this one are left out
)

// A Fault is what is wrong with one row of a workbook, or with a sheet.
type Fault struct {
	Code   string `json:"code"`
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`    // from 1, as the program shows it; 0 for the sheet
	Detail string `json:"detail"` // the name, number or column that it is about
}

var faultTexts = map[string][2]string{
	FaultNoName:      {"没有事项名称，未导入", "no name; left out"},
	FaultNoUnit:      {"“%s”没有填写%s，未导入", "%q has no %s; left out"},
	FaultDuplicate:   {"事项“%s”与前面的重复，未导入", "%q is listed twice; left out"},
	FaultDuplicateNo: {"序号%s与前面的重复，请核对", "number %s is used twice; check it"},
	FaultNoNumber:    {"“%s”没有序号，请核对", "%q has no number; check it"},
	FaultCut:         {"“%s”的文字过长，已截断", "a text of %q is too long and was cut"},
	FaultSheet:       {"没有找到清单表头，整张表未导入", "no header of a list; the sheet was left out"},
	FaultRows:        {"行数过多，此行以后未导入", "too many rows; those after this one were left out"},
}

// Sentence tells a person what is wrong and what was done.
func (f Fault) Sentence(lang string) string {
	en := lang == "en"
	text := faultTexts[f.Code][0]
	if en {
		text = faultTexts[f.Code][1]
	}
	switch f.Code {
	case FaultNoUnit:
		column := "对应上级部门或承接部门"
		if en {
			column = "higher unit"
		}
		text = fmt.Sprintf(text, f.Detail, column)
	case FaultDuplicate, FaultDuplicateNo, FaultNoNumber, FaultCut:
		text = fmt.Sprintf(text, f.Detail)
	}
	switch {
	case en && f.Row > 0:
		return fmt.Sprintf("Sheet %s, row %d: %s.", f.Sheet, f.Row, text)
	case en:
		return fmt.Sprintf("Sheet %s: %s.", f.Sheet, text)
	case f.Row > 0:
		return fmt.Sprintf("“%s”第%d行：%s。", f.Sheet, f.Row, text)
	}
	return fmt.Sprintf("“%s”：%s。", f.Sheet, text)
}
