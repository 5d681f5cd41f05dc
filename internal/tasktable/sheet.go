package tasktable

import (
	"math"

	"github.com/xuri/excelize/v2"

	"gewu/internal/cellfit"
)

// A sheet is the one being written, with its styles and the row it is at.
type sheet struct {
	f     *excelize.File
	name  string
	words words
	row   int // the last row written, from 1

	title, subtitle, left, right, head, section int
	cells                                       map[look]int
}

// A look tells the styles of task cells apart.
type look struct {
	middle bool
	guard  bool // kept as text also when edited
	light  Light
}

func newSheet(f *excelize.File, t Table) (*sheet, error) {
	s := &sheet{f: f, words: wordsFor(t.Lang), cells: map[look]int{}}
	s.name = s.words.sheet
	if err := f.SetSheetName("Sheet1", s.name); err != nil {
		return nil, err
	}
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: cellfit.Clean(t.Title), Creator: cellfit.Clean(t.Office), LastModifiedBy: cellfit.Clean(t.Office), Language: t.Lang,
	}); err != nil {
		return nil, err
	}
	for i, c := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		if err := f.SetColWidth(s.name, name, name, c.width); err != nil {
			return nil, err
		}
	}
	return s, s.makeStyles()
}

// write puts the parts in order: title, notice, office and date, header, tasks.
func (s *sheet) write(t Table) error {
	if err := s.line(cellfit.Clean(t.Title), s.title, titleSize, titleLine); err != nil {
		return err
	}
	if t.Subtitle != "" {
		if err := s.line(cellfit.Clean(t.Subtitle), s.subtitle, textSize, textLine); err != nil {
			return err
		}
	}
	if err := s.officeAndDate(t); err != nil {
		return err
	}
	if err := s.header(); err != nil {
		return err
	}
	if err := s.page(); err != nil {
		return err
	}
	own, section := t.numbered(), ""
	for i, r := range t.Rows {
		if r.Section != "" && r.Section != section {
			if err := s.line(cellfit.Clean(r.Section), s.section, textSize, textLine); err != nil {
				return err
			}
		}
		section = r.Section
		number := 0
		if !own {
			number = i + 1
		}
		if err := s.task(r, number); err != nil {
			return err
		}
	}
	return nil
}

// line is a row that runs across all columns.
func (s *sheet) line(text string, style int, size, pitch float64) error {
	s.row++
	last := len(columns)
	height := float64(cellfit.Lines(text, fullWidth(), size))*pitch + padding
	if err := s.f.SetRowHeight(s.name, s.row, min(max(leastRow, height), tallestRow)); err != nil {
		return err
	}
	return s.area(1, s.row, last, s.row, text, style)
}

func (s *sheet) officeAndDate(t Table) error {
	s.row++
	if err := s.f.SetRowHeight(s.name, s.row, leastRow); err != nil {
		return err
	}
	if err := s.area(1, s.row, 5, s.row, s.words.office+cellfit.Clean(t.Office), s.left); err != nil {
		return err
	}
	return s.area(6, s.row, len(columns), s.row, s.words.date+cellfit.Clean(t.Date), s.right)
}

func (s *sheet) header() error {
	s.row++
	for i, text := range s.words.head {
		if err := s.area(i+1, s.row, i+1, s.row, text, s.head); err != nil {
			return err
		}
	}
	return s.f.SetRowHeight(s.name, s.row, max(36, rowHeight(s.words.head)))
}

// task writes one task. Where its text needs more height than a row may have
// it gets several rows, merged downwards column by column.
func (s *sheet) task(r Row, number int) error {
	texts := r.texts(number, s.words)
	for i := range texts {
		texts[i] = cellfit.Clean(texts[i])
	}
	height := rowHeight(texts)
	n := 1
	if height > tallestRow {
		n = int(math.Ceil(height / piece))
	}
	top := s.row + 1
	s.row += n
	for row := top; row <= s.row; row++ {
		if err := s.f.SetRowHeight(s.name, row, height/float64(n)); err != nil {
			return err
		}
	}
	for i, text := range texts {
		l := look{middle: columns[i].middle, guard: cellfit.Risky(text)}
		if i == stateColumn && fills[r.Light] != "" {
			l.light = r.Light
		}
		if err := s.area(i+1, top, i+1, s.row, text, s.cells[l]); err != nil {
			return err
		}
	}
	return nil
}

// area writes a text into a cell or into merged cells.
func (s *sheet) area(left, top, right, bottom int, text string, style int) error {
	a, err := excelize.CoordinatesToCellName(left, top)
	if err != nil {
		return err
	}
	b, err := excelize.CoordinatesToCellName(right, bottom)
	if err != nil {
		return err
	}
	if a != b {
		if err := s.f.MergeCell(s.name, a, b); err != nil {
			return err
		}
	}
	if err := s.f.SetCellStyle(s.name, a, b, style); err != nil {
		return err
	}
	// Always as text: a value that begins with = is never a formula here.
	return s.f.SetCellStr(s.name, a, text)
}
