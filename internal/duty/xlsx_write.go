package duty

import (
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"gewu/internal/cellfit"
)

// A column of a written table.
type outColumn struct {
	head  string
	width float64 // in Excel's unit
	text  func(Item) string
}

// outColumns are those of the lists as published, so that what is written can
// be handed on as it is, and read back.
func outColumns(c Class) []outColumn {
	no := outColumn{"序号", 7, func(i Item) string { return i.No }}
	note := outColumn{"备注", 12, func(i Item) string { return i.Note }}
	switch c {
	case Supporting:
		return []outColumn{
			no,
			{"事项名称", 24, func(i Item) string { return i.Name }},
			{"对应上级部门", 18, func(i Item) string { return i.HigherUnit }},
			{"上级部门职责", 42, func(i Item) string { return i.HigherDuty }},
			{"乡镇（街道）配合职责", 38, func(i Item) string { return i.LocalDuty }},
			note,
		}
	case Returned:
		return []outColumn{
			no,
			{"事项名称", 44, func(i Item) string { return i.Name }},
			{"承接部门", 24, func(i Item) string { return i.TakenBackBy }},
			{"工作方式", 54, func(i Item) string { return i.Method }},
			note,
		}
	}
	return []outColumn{no, {"事项名称", 118, func(i Item) string { return i.Name }}, note}
}

// WriteXLSX writes a list as a workbook of three sheets, one for each class, as
// offices keep it. With no items it is the template to fill in. Within a class
// the items stay in their order; each change of category gets a row of its own.
func WriteXLSX(w io.Writer, items []Item) error {
	f := excelize.NewFile()
	defer f.Close()
	for n, c := range Classes() {
		name := c.Name("zh")
		if n == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return fmt.Errorf("write duty list: %w", err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return fmt.Errorf("write duty list: %w", err)
		}
		of := slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Class != c })
		s := listSheet{f: f, name: name, columns: outColumns(c)}
		if err := s.write(name+"清单", of); err != nil {
			return fmt.Errorf("write duty list, %s: %w", c, err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: "履行职责事项清单", Creator: "Gewu"}); err != nil {
		return fmt.Errorf("write duty list: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write duty list: %w", err)
	}
	return nil
}

// A listSheet is one table being written.
type listSheet struct {
	f       *excelize.File
	name    string
	columns []outColumn
	row     int

	title, head, body, guarded int // styles
}

const textSize, textLine = 12.0, 17.0 // points

func (s *listSheet) write(title string, items []Item) error {
	if err := s.prepare(); err != nil {
		return err
	}
	if err := s.across(title, s.title, 40); err != nil {
		return err
	}
	heads := make([]string, len(s.columns))
	for i, c := range s.columns {
		heads[i] = c.head
	}
	if err := s.line(heads, s.head); err != nil {
		return err
	}
	if err := s.f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	category := ""
	for _, it := range items {
		if it.Category != category && it.Category != "" {
			if err := s.across(it.Category, s.head, 26); err != nil {
				return err
			}
		}
		category = it.Category
		texts := make([]string, len(s.columns))
		for i, c := range s.columns {
			texts[i] = c.text(it)
		}
		if err := s.line(texts, s.body); err != nil {
			return err
		}
	}
	return nil
}

// across writes a row that is merged over all columns.
func (s *listSheet) across(text string, style int, height float64) error {
	s.row++
	a, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	b, err := excelize.CoordinatesToCellName(len(s.columns), s.row)
	if err != nil {
		return err
	}
	if err := s.f.MergeCell(s.name, a, b); err != nil {
		return err
	}
	if err := s.f.SetCellStyle(s.name, a, b, style); err != nil {
		return err
	}
	if err := s.f.SetRowHeight(s.name, s.row, height); err != nil {
		return err
	}
	return s.f.SetCellStr(s.name, a, cellfit.Clean(text))
}

func (s *listSheet) line(texts []string, style int) error {
	s.row++
	lines := 1
	for i, text := range texts {
		at, err := excelize.CoordinatesToCellName(i+1, s.row)
		if err != nil {
			return err
		}
		text = cellfit.Clean(text)
		lines = max(lines, cellfit.Lines(text, s.columns[i].width*7+5, textSize))
		st := style
		if cellfit.Risky(text) {
			st = s.guarded
		}
		if err := s.f.SetCellStyle(s.name, at, at, st); err != nil {
			return err
		}
		if err := s.f.SetCellStr(s.name, at, text); err != nil {
			return err
		}
	}
	return s.f.SetRowHeight(s.name, s.row, min(400, max(26, float64(lines)*textLine+6)))
}

func (s *listSheet) prepare() error {
	for i, c := range s.columns {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.f.SetColWidth(s.name, col, col, c.width); err != nil {
			return err
		}
	}
	frame := []excelize.Border{
		{Type: "left", Color: "000000", Style: 1}, {Type: "right", Color: "000000", Style: 1},
		{Type: "top", Color: "000000", Style: 1}, {Type: "bottom", Color: "000000", Style: 1},
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Vertical: "center", WrapText: true}
	body := &excelize.Font{Family: "仿宋_GB2312", Size: textSize}
	for _, d := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Family: "方正小标宋简体", Size: 22}, Alignment: middle}},
		{&s.head, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: textSize}, Alignment: middle, Border: frame}},
		{&s.body, excelize.Style{Font: body, Alignment: left, Border: frame}},
		// Text format: a text that begins with = stays one when it is edited.
		{&s.guarded, excelize.Style{Font: body, Alignment: left, Border: frame, NumFmt: 49}},
	} {
		id, err := s.f.NewStyle(&d.style)
		if err != nil {
			return err
		}
		*d.id = id
	}
	a4, landscape, wide, high, yes := 9, "landscape", 1, 0, true
	if err := s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := s.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: "'" + s.name + "'!$2:$2"}); err != nil {
		return err
	}
	return s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"})
}
