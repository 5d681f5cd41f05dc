package duty_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"gewu/internal/duty"
)

// sheet is a test's workbook page: rows of cells and merged areas.
type sheet struct {
	name   string
	rows   [][]string
	merged []string // "A1:C1"
}

func workbook(t testing.TB, sheets ...sheet) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		for y, row := range s.rows {
			for x, text := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if text != "" {
					err = errors.Join(err, f.SetCellStr(s.name, at, text))
				}
			}
		}
		for _, m := range s.merged {
			a, b, _ := strings.Cut(m, ":")
			err = errors.Join(err, f.MergeCell(s.name, a, b))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadDemo(t *testing.T) {
	var b bytes.Buffer
	if err := duty.WriteXLSX(&b, duty.Demo()); err != nil {
		t.Fatal(err)
	}
	items, faults, err := duty.ReadXLSX(&b)
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v, %v", faults, err)
	}
	want := duty.Demo()
	if len(items) != len(want) {
		t.Fatalf("%d items, want %d", len(items), len(want))
	}
	for i := range want {
		want[i].ID = ""
		if items[i] != want[i] {
			t.Errorf("got\n%+v\nwant\n%+v", items[i], want[i])
		}
	}
}

func TestReadRoundTrip(t *testing.T) {
	text := rapid.StringMatching(`[街道社区事务办理农田水利=+a-z]{1,12}[甲乙丙丁]`)
	rapid.Check(t, func(t *rapid.T) {
		var items []duty.Item
		for i := range rapid.IntRange(1, 12).Draw(t, "n") {
			it := duty.Item{
				Class: duty.Classes()[min(i/4, 2)], No: fmt.Sprint(i + 1),
				Name: fmt.Sprint(text.Draw(t, "name"), i), Category: "类" + text.Draw(t, "category"), Note: text.Draw(t, "note"),
			}
			switch it.Class {
			case duty.Supporting:
				it.HigherUnit, it.HigherDuty, it.LocalDuty = text.Draw(t, "unit"), text.Draw(t, "duty"), text.Draw(t, "local")
			case duty.Returned:
				it.TakenBackBy, it.Method = text.Draw(t, "unit"), text.Draw(t, "method")
			}
			items = append(items, it)
		}
		var b bytes.Buffer
		if err := duty.WriteXLSX(&b, items); err != nil {
			t.Fatal(err)
		}
		got, faults, err := duty.ReadXLSX(&b)
		if err != nil || len(faults) > 0 || fmt.Sprint(got) != fmt.Sprint(items) {
			t.Fatalf("%v, %v\ngot  %+v\nwant %+v", faults, err, got, items)
		}
	})
}

// Published lists come in these shapes, among others.
func TestReadShapes(t *testing.T) {
	tests := map[string]struct {
		sheets []sheet
		want   []duty.Item
		faults []string
	}{
		"one sheet with headings and remarks": {
			sheets: []sheet{{name: "Sheet1", rows: [][]string{
				{"附件1"},
				{"某镇履行职责事项清单（基本履职、配合履职、上级部门收回事项）"},
				{"一、基本履职事项清单"},
				{"序号", "事项名称"},
				{"一、党的建设（2项）"},
				{"1", "抓好支部\n建设"},
				{"2", "开展学习"},
				{"注：本表由党政办负责解释"},
				{"二、配合履职事项清单"},
				{"序 号", "事项\n名称", "对应上级\n部门", "上级部门\n职责", "乡镇（街道）\n配合职责"},
				{"（一）平安法治"},
				{"1", "禁毒", "县公安局\n县司法局", "查处。", "协助宣传。"},
				{"三、上级部门收回事项清单"},
				{"序号", "事项名称", "承接部门及工作方式"},
				{"1", "电梯检查", "承接部门：县市场监督管理局。\n工作方式：按计划检查。"},
			}, merged: []string{"A2:E2", "A3:E3", "A5:E5", "A11:E11"}}},
			want: []duty.Item{
				{Class: duty.Basic, No: "1", Category: "党的建设", Name: "抓好支部建设"},
				{Class: duty.Basic, No: "2", Category: "党的建设", Name: "开展学习"},
				{Class: duty.Supporting, No: "1", Category: "平安法治", Name: "禁毒", HigherUnit: "县公安局、县司法局", HigherDuty: "查处。", LocalDuty: "协助宣传。"},
				{Class: duty.Returned, No: "1", Name: "电梯检查", TakenBackBy: "县市场监督管理局", Method: "按计划检查。"},
			},
		},
		"header of two lines, category in a column, cells merged downwards": {
			sheets: []sheet{{name: "配合", rows: [][]string{
				{"序号", "类别", "事项名称", "对应上级部门", "职责分工", ""},
				{"", "", "", "", "上级部门职责", "街道配合职责"},
				{"1", "民生服务", "控辍保学", "县教育局", "劝返。", "核查。"},
				{"", "", "", "县公安局", "查户籍。", "上门。"},
				{"2", "", "疫苗接种", "县卫健局", "供苗。", "通知。"},
			}, merged: []string{"A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "A3:A4", "B3:B5", "C3:C4"}}},
			want: []duty.Item{
				{Class: duty.Supporting, No: "1", Category: "民生服务", Name: "控辍保学", HigherUnit: "县教育局、县公安局", HigherDuty: "劝返。\n查户籍。", LocalDuty: "核查。\n上门。"},
				{Class: duty.Supporting, No: "2", Category: "民生服务", Name: "疫苗接种", HigherUnit: "县卫健局", HigherDuty: "供苗。", LocalDuty: "通知。"},
			},
		},
		"rows with faults": {
			sheets: []sheet{{name: "目录", rows: [][]string{{"这里是目录"}, {"第一页", "第二页"}}}, {name: "上级部门收回事项清单", rows: [][]string{
				{"序号", "事项名称", "承接部门", "工作方式"},
				{"1", "食品许可", "县市场监督管理局", "直接受理"},
				{"1", "诊所检查", "县卫生健康局", "直接检查"},
				{"3", "食品许可", "县市场监督管理局", ""},
				{"4", "广告审批", "", ""},
				{"5", "", "县城市管理局", ""},
				{"", "网吧检查", "县文旅局", ""},
			}}},
			want: []duty.Item{
				{Class: duty.Returned, No: "1", Name: "食品许可", TakenBackBy: "县市场监督管理局", Method: "直接受理"},
				{Class: duty.Returned, No: "1", Name: "诊所检查", TakenBackBy: "县卫生健康局", Method: "直接检查"},
				{Class: duty.Returned, Name: "网吧检查", TakenBackBy: "县文旅局"},
			},
			faults: []string{
				"“目录”：没有找到清单表头，整张表未导入。",
				"“上级部门收回事项清单”第3行：序号1与前面的重复，请核对。",
				"“上级部门收回事项清单”第4行：事项“食品许可”与前面的重复，未导入。",
				"“上级部门收回事项清单”第5行：“广告审批”没有填写对应上级部门或承接部门，未导入。",
				"“上级部门收回事项清单”第6行：没有事项名称，未导入。",
				"“上级部门收回事项清单”第7行：“网吧检查”没有序号，请核对。",
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, faults, err := duty.ReadXLSX(bytes.NewReader(workbook(t, tt.sheets...)))
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", tt.want) {
				t.Errorf("got\n%+v\nwant\n%+v", got, tt.want)
			}
			var said []string
			for _, f := range faults {
				said = append(said, f.Sentence("zh"))
				if en := f.Sentence("en"); strings.Contains(en, "%!") || !strings.HasPrefix(en, "Sheet ") {
					t.Error(en)
				}
			}
			if strings.Join(said, "\n") != strings.Join(tt.faults, "\n") {
				t.Errorf("faults\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(tt.faults, "\n"))
			}
		})
	}
}

func TestReadRefused(t *testing.T) {
	huge := sheet{name: "x", rows: [][]string{{"序号", "事项名称"}}}
	for name, tt := range map[string]struct {
		in  []byte
		err error
	}{
		"empty":        {nil, duty.ErrNotWorkbook},
		"text":         {[]byte("序号,事项名称"), duty.ErrNotWorkbook},
		"no list":      {workbook(t, sheet{name: "x", rows: [][]string{{"你好"}}}), duty.ErrNoTable},
		"too large":    {bytes.Repeat([]byte("x"), 9<<20), duty.ErrTooLarge},
		"header alone": {workbook(t, huge), nil},
	} {
		if _, _, err := duty.ReadXLSX(bytes.NewReader(tt.in)); !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", name, err, tt.err)
		}
	}
}

func FuzzReadXLSX(f *testing.F) {
	var b bytes.Buffer
	if err := duty.WriteXLSX(&b, duty.Demo()[:3]); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), 0, "", byte(0))
	f.Add(workbook(f, sheet{name: "配合履职", rows: [][]string{{"序号", "事项名称"}, {"1", "甲"}}, merged: []string{"A1:A2"}}), 40, "<x", byte(7))
	f.Fuzz(func(t *testing.T, in []byte, at int, patch string, flip byte) {
		for _, data := range [][]byte{in, mutate(b.Bytes(), at, patch, flip)} {
			items, _, err := duty.ReadXLSX(bytes.NewReader(data))
			if err != nil && items != nil {
				t.Fatal("items beside an error")
			}
			for _, it := range items {
				if it.Missing() != "" {
					t.Fatalf("%+v lacks %s", it, it.Missing())
				}
			}
		}
	})
}

// Rows that the reader must get through, whatever stands in them.
func FuzzReadRows(f *testing.F) {
	f.Add("序号\t事项名称\n一、类\n1\t甲\n\t乙\n", 1, 2, 3, 4)
	f.Add("序号\t事项名称\t承接部门\n1\t甲\t局", 2, 1, 2, 60)
	f.Fuzz(func(t *testing.T, text string, x1, y1, x2, y2 int) {
		var rows [][]string
		for line := range strings.SplitSeq(text, "\n") {
			rows = append(rows, strings.Split(line, "\t"))
		}
		s := sheet{name: "s", rows: rows}
		a, err1 := excelize.CoordinatesToCellName(x1&63+1, y1&63+1)
		b, err2 := excelize.CoordinatesToCellName(x2&63+1, y2&63+1)
		if err1 == nil && err2 == nil {
			s.merged = []string{a + ":" + b}
		}
		if len(text) > 2000 || len(rows) > 200 {
			return
		}
		if _, _, err := duty.ReadXLSX(bytes.NewReader(workbook(t, s))); err != nil && !errors.Is(err, duty.ErrNoTable) {
			t.Fatal(err)
		}
	})
}

// A file that mentions the last cell that there is must not take the memory of
// all cells before it.
func TestReadFarCell(t *testing.T) {
	book := workbook(t, sheet{name: "基本履职", rows: [][]string{{"序号", "事项名称"}, {"1", "甲"}}, merged: []string{"A1:A2"}})
	for _, far := range []string{`<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`} {
		start := time.Now()
		_, _, err := duty.ReadXLSX(bytes.NewReader(edit(book, "xl/worksheets/sheet1.xml", func(b []byte) []byte {
			return bytes.Replace(b, []byte("</sheetData>"), []byte(far), 1)
		})))
		if err != nil || time.Since(start) > 2*time.Second {
			t.Errorf("%v, %v", err, time.Since(start))
		}
	}
}

// mutate damages one part of a workbook, so that the damage gets past the
// checksums of the archive.
func mutate(book []byte, at int, patch string, flip byte) []byte {
	zr, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil || len(zr.File) == 0 {
		return nil
	}
	return edit(book, zr.File[uint(at)%uint(len(zr.File))].Name, func(b []byte) []byte {
		if len(b) == 0 {
			return b
		}
		pos := int(uint(at) % uint(len(b)))
		b[pos] ^= flip
		return slices.Insert(b, pos, []byte(patch)...)
	})
}

// edit unpacks a workbook, changes one of its parts and packs it again.
func edit(book []byte, name string, change func([]byte) []byte) []byte {
	zr, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			return nil
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return nil
		}
		if part.Name == name {
			data = change(data)
		}
		w, err := zw.Create(part.Name)
		if err != nil {
			return nil
		}
		if _, err := w.Write(data); err != nil {
			return nil
		}
	}
	if zw.Close() != nil {
		return nil
	}
	return out.Bytes()
}

func TestReadMutated(t *testing.T) {
	book := workbook(t, sheet{name: "配合履职", rows: [][]string{
		{"序号", "事项名称", "对应上级部门"}, {"一、类"}, {"1", "甲", "局"}, {"2", "乙", "局"},
	}, merged: []string{"A2:C2"}})
	rapid.Check(t, func(t *rapid.T) {
		data := mutate(book, rapid.IntRange(0, 1<<16).Draw(t, "at"),
			rapid.SampledFrom([]string{"", "<", ">", "9999999", "XFD1048576", "\x00", "-1", "</row>", "&x;"}).Draw(t, "patch"),
			rapid.SampledFrom([]byte{0, 0, 1, 7, 128}).Draw(t, "flip"))
		start := time.Now()
		items, _, err := duty.ReadXLSX(bytes.NewReader(data))
		if err != nil && items != nil || time.Since(start) > 2*time.Second {
			t.Fatalf("%v, %d items, %v", err, len(items), time.Since(start))
		}
	})
}
