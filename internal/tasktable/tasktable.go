// Package tasktable writes the table of tasks (任务分解表) that offices send
// round after a notice: one row a task, with who leads, who supports, what is
// to be reached, by when and how it stands. The result is an .xlsx workbook
// laid out for A4 landscape, to be printed as it is.
//
// Fonts follow the habit of official documents (GB/T 9704-2012: title 2号小标宋,
// headings 黑体, body 仿宋). They are named, not embedded: the office's machine
// has them, and another machine substitutes.
package tasktable

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A Table is one sheet of tasks. All texts are shown as given.
type Table struct {
	Title    string // 全县法律进基层工作任务分解表
	Subtitle string // the notice it comes from, 云司发〔2026〕12号; "" leaves the line out
	Office   string // 填表单位
	Date     string // as it is to be printed, 2026年11月23日
	Lang     string // "en" for English headings, else Chinese
	Rows     []Row
}

// A Row is one task.
type Row struct {
	// Section is the heading that the task stands under. A row of its own is
	// written where it differs from the row before; "" writes none.
	Section  string
	No       string // 序号; where all are empty the tasks are numbered 1, 2, 3 …
	Task     string // 工作任务
	Lead     []string
	Support  []string
	Quota    string // 指标要求
	Due      string // 完成时限
	Progress string // 进展情况
	State    string // 状态; where empty the word for Light stands here
	Light    Light
	Note     string // 备注
}

// A Light colours the state of a task, as 红黄绿灯 in supervision tables. The
// word beside it always says the same, so that a black-and-white print does.
type Light string

// The zero Light leaves the state white.
const (
	Green  Light = "green"  // on time or done
	Yellow Light = "yellow" // due soon
	Red    Light = "red"    // late
)

// Write writes t as a workbook. The same table gives the same bytes.
func Write(w io.Writer, t Table) error {
	f := excelize.NewFile()
	defer f.Close()
	s, err := newSheet(f, t)
	if err == nil {
		err = s.write(t)
	}
	if err == nil {
		err = f.Write(w)
	}
	if err != nil {
		return fmt.Errorf("write task table %q: %w", t.Title, err)
	}
	return nil
}

// texts returns the cells of a row in the order of the columns.
func (r Row) texts(number int, words words) []string {
	no, state := r.No, r.State
	if number > 0 {
		no = fmt.Sprint(number)
	}
	if state == "" {
		state = words.light[r.Light]
	}
	return []string{
		no, r.Task,
		strings.Join(r.Lead, words.comma), strings.Join(r.Support, words.comma),
		r.Quota, r.Due, r.Progress, state, r.Note,
	}
}

// numbered says whether any task brings its own number.
func (t Table) numbered() bool {
	for _, r := range t.Rows {
		if r.No != "" {
			return true
		}
	}
	return false
}
