package tasktable

import "gewu/internal/cellfit"

// Widths in Excel's unit (digits of the default font), which is 7 pixels each
// plus 5 a column at 96 dpi. Together 137 units are 1004 pixels, 266 mm: A4
// landscape (297 mm) without two margins of 15 mm.
var columns = []struct {
	width  float64
	middle bool // centred, for short entries
}{
	{5, true},    // 序号
	{38, false},  // 工作任务
	{14, true},   // 牵头单位
	{15, true},   // 配合单位
	{15, false},  // 指标要求
	{16.5, true}, // 完成时限: 2026年12月31日 on one line
	{17, false},  // 进展情况
	{8, true},    // 状态
	{8.5, false}, // 备注
}

const (
	stateColumn = 7 // index in columns

	titleSize  = 22.0 // points, 2号
	textSize   = 12.0 // points, 小四
	titleLine  = 34.0 // points from line to line
	textLine   = 17.0
	padding    = 6.0
	leastRow   = 28.0
	tallestRow = 400.0 // Excel refuses rows over 409.5 points
	piece      = 100.0 // of a taller task: small, so that pages are filled
)

type words struct {
	sheet, office, date, footer, comma string
	head                               []string
	light                              map[Light]string
}

func wordsFor(lang string) words {
	if lang == "en" {
		return words{
			sheet: "Tasks", office: "Office: ", date: "Date: ", comma: ", ",
			footer: "&CPage &P of &N",
			head:   []string{"No.", "Task", "Lead unit", "Supporting units", "Quota", "Due", "Progress", "State", "Note"},
			light:  map[Light]string{Green: "On time", Yellow: "Due soon", Red: "Late"},
		}
	}
	return words{
		sheet: "任务分解表", office: "填表单位：", date: "填表日期：", comma: "、",
		footer: "&C第 &P 页 共 &N 页",
		head:   []string{"序号", "工作任务", "牵头单位", "配合单位", "指标要求", "完成时限", "进展情况", "状态", "备注"},
		light:  map[Light]string{Green: "正常", Yellow: "临期", Red: "逾期"},
	}
}

// pixels is the width of a column on screen at 96 dpi.
func pixels(width float64) float64 { return width*7 + 5 }

// fullWidth is the width of all columns, in pixels.
func fullWidth() float64 {
	sum := 0.0
	for _, c := range columns {
		sum += pixels(c.width)
	}
	return sum
}

// rowHeight is the height in points that the longest of the cells needs.
func rowHeight(texts []string) float64 {
	n := 1
	for i, s := range texts {
		n = max(n, cellfit.Lines(s, pixels(columns[i].width), textSize))
	}
	return max(leastRow, float64(n)*textLine+padding)
}
