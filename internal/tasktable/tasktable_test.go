package tasktable_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gewu/internal/tasktable"
)

func sample(lang string) tasktable.Table {
	return tasktable.Table{
		Title: "青石街道法律进基层工作任务分解表", Subtitle: "（云司发〔2026〕12号）",
		Office: "青石街道办事处", Date: "2026年11月23日", Lang: lang,
		Rows: []tasktable.Row{
			{
				Section: "一、法律进社区", Task: "依托社区活动中心建立法律服务工作室，公示法律顾问姓名、电话和值班时间，为居民提供法律咨询、人民调解和法律援助申请指引服务。",
				Lead: []string{"街道司法所"}, Support: []string{"各社区居委会", "便民服务中心"},
				Quota: "每月坐班不少于1次，每季度讲座不少于1次", Due: "2026年12月31日",
				Progress: "已建立工作室6个，开展讲座11次", State: "进行中", Light: tasktable.Yellow,
			},
			{
				Section: "一、法律进社区", Task: "每个社区培养“法律明白人”不少于3名，并建立名册。",
				Lead: []string{"各社区居委会"}, Quota: "≥3名/社区", Due: "2026年6月30日", Light: tasktable.Red, Note: "=HYPERLINK(\"http://example.com\")",
			},
			{
				Section: "二、法律进企业", Task: "组织执法人员到辖区重点企业开展安全生产、劳动用工普法宣传。",
				Lead: []string{"经济发展办公室", "综合行政执法队"}, Support: []string{"司法所"},
				Quota: "每半年1次", Due: "长期", Progress: "-", State: "已完成", Light: tasktable.Green,
			},
		},
	}
}

func reopen(t *testing.T, table tasktable.Table) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := tasktable.Write(&b, table); err != nil {
		t.Fatal(err)
	}
	// For looking at what the tests make: GEWU_KEEP=/tmp/x.xlsx go test -run …
	if keep := os.Getenv("GEWU_KEEP"); keep != "" {
		if err := os.WriteFile(keep, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func cell(t *testing.T, f *excelize.File, at string) string {
	t.Helper()
	v, err := f.GetCellValue(f.GetSheetName(0), at)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWrite(t *testing.T) {
	f := reopen(t, sample("zh"))
	for at, want := range map[string]string{
		"A1": "青石街道法律进基层工作任务分解表",
		"A2": "（云司发〔2026〕12号）",
		"A3": "填表单位：青石街道办事处",
		"F3": "填表日期：2026年11月23日",
		"A4": "序号", "B4": "工作任务", "C4": "牵头单位", "D4": "配合单位", "E4": "指标要求",
		"F4": "完成时限", "G4": "进展情况", "H4": "状态", "I4": "备注",
		"A5": "一、法律进社区",
		"A6": "1", "C6": "街道司法所", "D6": "各社区居委会、便民服务中心", "H6": "进行中",
		"A7": "2", "H7": "逾期",
		"A8": "二、法律进企业",
		"A9": "3", "C9": "经济发展办公室、综合行政执法队",
	} {
		if got := cell(t, f, at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	if got := merged(t, f); !slices.Equal(got, []string{"A1:I1", "A2:I2", "A3:E3", "A5:I5", "A8:I8", "F3:I3"}) {
		t.Errorf("merged: %v", got)
	}
}

func merged(t *testing.T, f *excelize.File) []string {
	t.Helper()
	cells, err := f.GetMergeCells(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cells {
		got = append(got, c.GetStartAxis()+":"+c.GetEndAxis())
	}
	slices.Sort(got)
	return got
}

func TestNoFormulas(t *testing.T) {
	table := tasktable.Table{Title: "=1+1", Subtitle: "+1", Office: "@SUM(A1)", Date: "-1"}
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(1)", "\t=1"} {
		table.Rows = append(table.Rows, tasktable.Row{
			Section: s, No: s, Task: s, Lead: []string{s}, Support: []string{s},
			Quota: s, Due: s, Progress: s, State: s, Note: s,
		})
	}
	f := reopen(t, table)
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		for x := range row {
			at, _ := excelize.CoordinatesToCellName(x+1, y+1)
			if formula, _ := f.GetCellFormula(name, at); formula != "" {
				t.Errorf("%s is the formula %q", at, formula)
			}
			if kind, _ := f.GetCellType(name, at); kind != excelize.CellTypeSharedString && row[x] != "" {
				t.Errorf("%s %q is of type %v", at, row[x], kind)
			}
		}
	}
	style, _ := f.GetCellStyle(name, "I6")
	if st, err := f.GetStyle(style); err != nil || st.NumFmt != 49 {
		t.Errorf("the note is not kept as text when edited: %v, %v", st, err)
	}
}

func TestPage(t *testing.T) {
	f := reopen(t, sample("zh"))
	name := f.GetSheetName(0)
	layout, err := f.GetPageLayout(name)
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v, %v", layout, err)
	}
	foot, err := f.GetHeaderFooter(name)
	if err != nil || foot.OddFooter != "&C第 &P 页 共 &N 页" {
		t.Errorf("footer %+v, %v", foot, err)
	}
	panes, err := f.GetPanes(name)
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'任务分解表'!$4:$4" {
		t.Errorf("repeated rows %+v", names)
	}
	// A4 landscape without margins is 267 mm.
	total := 0.0
	for i := range 9 {
		col, _ := excelize.ColumnNumberToName(i + 1)
		w, err := f.GetColWidth(name, col)
		if err != nil {
			t.Fatal(err)
		}
		total += (w*7 + 5) * 25.4 / 96
	}
	if total < 255 || total > 267 {
		t.Errorf("columns are %.0f mm wide", total)
	}
}

func TestLongTask(t *testing.T) {
	table := sample("zh")
	table.Rows = table.Rows[:1]
	table.Rows[0].Task = strings.Repeat("各社区要对辖区内的出租房屋逐户登记，", 90)
	f := reopen(t, table)
	// 1,620 characters, sixteen on a line, a line of 17 points: 18 rows.
	total := 0.0
	for row := 6; row < 6+18; row++ {
		h, err := f.GetRowHeight(f.GetSheetName(0), row)
		if err != nil || h > 409 {
			t.Errorf("row %d is %.1f points high, %v", row, h, err)
		}
		total += h
	}
	if total < 1650 || total > 1800 {
		t.Errorf("%.0f points in all", total)
	}
	areas := merged(t, f)
	for _, col := range "ABCDEFGHI" {
		if want := fmt.Sprintf("%c6:%c23", col, col); !slices.Contains(areas, want) {
			t.Errorf("%s is not merged: %v", want, areas)
		}
	}
}

func TestEnglish(t *testing.T) {
	table := sample("en")
	table.Rows[0].No = "A-1"
	f := reopen(t, table)
	for at, want := range map[string]string{
		"A4": "No.", "D4": "Supporting units", "A3": "Office: 青石街道办事处",
		"A6": "A-1", "A7": "", "H7": "Late", "C9": "经济发展办公室, 综合行政执法队",
	} {
		if got := cell(t, f, at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := errorsOf(tasktable.Write(&a, sample("zh")), tasktable.Write(&b, sample("zh"))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same table gives different bytes")
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestOddInput(t *testing.T) {
	for name, table := range map[string]tasktable.Table{
		"empty":      {},
		"no rows":    {Title: "标题"},
		"controls":   {Title: "a\x00b", Rows: []tasktable.Row{{Task: "x\x1by\xff"}}},
		"very long":  {Rows: []tasktable.Row{{Task: strings.Repeat("长", 40000)}}},
		"light":      {Rows: []tasktable.Row{{Light: "purple"}}},
		"title long": {Title: strings.Repeat("很长的标题", 200)},
	} {
		t.Run(name, func(t *testing.T) { reopen(t, table) })
	}
}

func ExampleWrite() {
	var b bytes.Buffer
	err := tasktable.Write(&b, tasktable.Table{
		Title: "工作任务分解表", Office: "青石街道办事处", Date: "2026年11月23日",
		Rows: []tasktable.Row{{
			Task: "每季度开展一次法律讲座", Lead: []string{"司法所"}, Due: "2026年12月31日",
		}},
	})
	fmt.Println(err, b.Len() > 0)
	// Output: <nil> true
}
