package tasktable

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

const (
	fontTitle = "方正小标宋简体"
	fontHead  = "黑体"
	fontText  = "仿宋_GB2312"
)

// Pale, so that the word on them reads well and a copier leaves them out.
var fills = map[Light]string{Green: "DDEFD9", Yellow: "FFF2CC", Red: "F8D7DA"}

// page sets paper, margins, what repeats and what stays in view. The row
// written last is the header.
func (s *sheet) page() error {
	landscape, a4, wide, anyHigh, yes := "landscape", 9, 1, 0, true
	if err := s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &anyHigh,
	}); err != nil {
		return err
	}
	if err := s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	side, end, foot := 15/25.4, 20/25.4, 10/25.4 // inches
	if err := s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &end, Bottom: &end, Header: &foot, Footer: &foot, Horizontally: &yes,
	}); err != nil {
		return err
	}
	if err := s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: s.words.footer}); err != nil {
		return err
	}
	if err := s.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, s.row, s.row),
	}); err != nil {
		return err
	}
	below := fmt.Sprintf("A%d", s.row+1)
	return s.f.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: s.row, TopLeftCell: below, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: "bottomLeft"}},
	})
}

func (s *sheet) makeStyles() error {
	for _, d := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, style(fontTitle, titleSize, "center", false)},
		{&s.subtitle, style(fontText, textSize, "center", false)},
		{&s.left, style(fontText, textSize, "left", false)},
		{&s.right, style(fontText, textSize, "right", false)},
		{&s.head, style(fontHead, textSize, "center", true)},
		{&s.section, style(fontHead, textSize, "left", true)},
	} {
		id, err := s.f.NewStyle(&d.style)
		if err != nil {
			return err
		}
		*d.id = id
	}
	for _, light := range []Light{"", Green, Yellow, Red} {
		for _, middle := range []bool{false, true} {
			for _, guard := range []bool{false, true} {
				l := look{middle: middle, guard: guard, light: light}
				id, err := s.f.NewStyle(l.style())
				if err != nil {
					return err
				}
				s.cells[l] = id
			}
		}
	}
	return nil
}

func (l look) style() *excelize.Style {
	side := "left"
	if l.middle {
		side = "center"
	}
	st := style(fontText, textSize, side, true)
	if l.guard {
		st.NumFmt = 49 // text: what begins with = stays so when edited
	}
	if c := fills[l.light]; c != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}}
	}
	return &st
}

func style(font string, size float64, horizontal string, framed bool) excelize.Style {
	st := excelize.Style{
		Font:      &excelize.Font{Family: font, Size: size},
		Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true},
	}
	if framed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	return st
}
