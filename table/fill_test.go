package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// speller knows the words of a few codes.
type speller struct{}

func (speller) Words(element, v string) []string {
	switch element + v {
	case "person.sex1":
		return []string{"男", "男性"}
	case "person.sex2":
		return []string{"女", "女性"}
	case "person.lives_alone1":
		return []string{"是", "有"}
	case "person.lives_alone0":
		return []string{"否", "无"}
	}
	return nil
}
func (speller) Unit(e string) string {
	return map[string]string{"household.annual_income": "元", "dwelling.area": "㎡", "count.persons": "人"}[e]
}

func records(list ...Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func people(n int) []Entry {
	var out []Entry
	for i := range n {
		out = append(out, Entry{ID: fmt.Sprint(i), Values: map[string]string{
			"person.name": fmt.Sprintf("民%d", i), "person.id_number": "990101195001010010", "person.sex": fmt.Sprint(1 + i%2),
			"person.birth_date": "1950-01-02", "person.age": "76", "household.annual_income": "123456", "person.lives_alone": "1"}})
	}
	return out
}

// sheet1 makes a workbook; set writes it.
func sheet1(t testing.TB, set func(x *excelize.File)) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	set(x)
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func fill(t testing.TB, file []byte, f func(f *Filler) error) (*excelize.File, Report) {
	t.Helper()
	filler, err := NewFiller(bytes.NewReader(file), speller{})
	if err != nil {
		t.Fatal(err)
	}
	defer filler.Close()
	if err := f(filler); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := filler.Write(&b); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x, filler.Report()
}

func list(t testing.TB) []byte {
	return sheet1(t, func(x *excelize.File) {
		s := "Sheet1"
		x.SetCellStr(s, "A1", "花名册")
		x.MergeCell(s, "A1", "H1")
		for i, h := range []string{"序号", "姓名", "身份证号", "性别", "出生日期", "年收入（万元）", "是否独居", "签字"} {
			x.SetCellStr(s, cellName(2, i+1), h)
		}
		border, _ := x.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}})
		x.SetCellStyle(s, "A3", "H6", border)
		x.SetRowHeight(s, 6, 33)
		x.SetColWidth(s, "B", "B", 21)
		x.SetCellStr(s, "A6", "合计")
		x.SetCellFormula(s, "F6", "SUM(F3:F5)")
		x.SetCellStr(s, "A7", "单位负责人：          填报日期：    年   月   日")
		v := excelize.NewDataValidation(true)
		v.Sqref = "D3:D5"
		v.SetDropList([]string{"男", "女"})
		x.AddDataValidation(s, v)
		x.SetPageLayout(s, &excelize.PageLayoutOptions{Orientation: ptr("landscape")})
	})
}

func ptr[T any](v T) *T { return &v }

func listTable() Table {
	return Table{Range: "A2:H6", Kind: Person, Axis: Across, HeaderRows: []int{2}, FirstRow: 3, Keep: []int{6}, Columns: []Column{
		{Letter: "A", Header: "序号", Element: "row.number", Format: "number"}, {Letter: "B", Header: "姓名", Element: "person.name", Format: "text"},
		{Letter: "C", Header: "身份证号", Element: "person.id_number", Format: "id18"}, {Letter: "D", Header: "性别", Element: "person.sex", Format: "choice"},
		{Letter: "E", Header: "出生日期", Element: "person.birth_date", Format: "date yyyy.mm.dd"},
		{Letter: "F", Header: "年收入（万元）", Element: "household.annual_income", Format: "number", Unit: "万元"},
		{Letter: "G", Header: "是否独居", Element: "person.lives_alone", Format: "choice"}, {Letter: "H", Header: "签字"}},
		Lines: []Column{{Cell: "A7", Header: "填报日期", Element: "form.date", Inline: true, Format: "date yyyy年mm月dd日"}}}
}

func value(t testing.TB, x *excelize.File, cell string) string {
	t.Helper()
	v, err := x.GetCellValue("Sheet1", cell)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A list takes fewer records than it has rows, as many, and many more; what
// follows it moves down, and its sums cover every row.
func TestFillList(t *testing.T) {
	for _, n := range []int{0, 1, 3, 4, 60} {
		x, report := fill(t, list(t), func(f *Filler) error {
			if err := f.Fill("Sheet1", listTable(), records(people(n)...), nil); err != nil {
				return err
			}
			return f.Lines("Sheet1", listTable().Lines, Entry{Values: map[string]string{"form.date": "2026-06-30"}})
		})
		if len(report.Rows) != n {
			t.Errorf("%d: %d rows", n, len(report.Rows))
		}
		for i := range n {
			row := fmt.Sprint(3 + i)
			want := []string{fmt.Sprint(i + 1), fmt.Sprintf("民%d", i), "990101195001010010", []string{"男", "女"}[i%2], "1950.01.02", "12.3456", "是", ""}
			for c, w := range want {
				if v := value(t, x, cellName(3+i, c+1)); v != w {
					t.Fatalf("%d rows, %s%s: %q, want %q", n, letters(c+1), row, v, w)
				}
			}
			if typ, _ := x.GetCellType("Sheet1", "C"+row); typ != excelize.CellTypeSharedString && typ != excelize.CellTypeInlineString {
				t.Fatalf("an id became a number: %v", typ)
			}
		}
		total := 3 + max(n, 3)
		if v := value(t, x, fmt.Sprintf("A%d", total)); v != "合计" {
			t.Errorf("%d: the totals are not at row %d: %q", n, total, v)
		}
		if f, _ := x.GetCellFormula("Sheet1", fmt.Sprintf("F%d", total)); f != fmt.Sprintf("SUM(F3:F%d)", total-1) {
			t.Errorf("%d: the sum is %s", n, f)
		}
		if v := value(t, x, fmt.Sprintf("A%d", total+1)); !strings.HasSuffix(v, "填报日期：2026年6月30日") || !strings.Contains(v, "单位负责人") {
			t.Errorf("%d: line %q", n, v)
		}
		if h, _ := x.GetRowHeight("Sheet1", total); h != 33 {
			t.Errorf("%d: the totals' height is %v", n, h)
		}
		if w, _ := x.GetColWidth("Sheet1", "B"); w != 21 {
			t.Errorf("%d: width %v", n, w)
		}
		if l, _ := x.GetPageLayout("Sheet1"); l.Orientation == nil || *l.Orientation != "landscape" {
			t.Errorf("%d: the page layout is lost", n)
		}
		a, _ := x.GetCellStyle("Sheet1", "B3")
		if b, _ := x.GetCellStyle("Sheet1", fmt.Sprintf("B%d", 2+max(n, 3))); a != b || a == 0 {
			t.Errorf("%d: the last row looks otherwise: %d, %d", n, a, b)
		}
		covered := false
		rules, _ := x.GetDataValidations("Sheet1")
		for _, r := range rules {
			if box, ok := parseRect(r.Sqref); ok && box.contains(3, 4) && box.contains(2+max(n, 3), 4) {
				covered = true
			}
		}
		if !covered {
			t.Errorf("%d: the drop-down list does not cover all rows: %+v", n, rules[0].Sqref)
		}
	}
}

// One prepared row grows as well, and its formulas with it.
func TestFillSingleRow(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		for i, h := range []string{"姓名", "收入", "支出", "结余"} {
			x.SetCellStr("Sheet1", cellName(1, i+1), h)
		}
		x.SetCellFormula("Sheet1", "D2", "B2-C2")
		x.SetCellFormula("Sheet1", "D3", "SUM(D2:D2)")
		x.SetCellFormula("Sheet1", "C3", "SUM(C2)")
		x.MergeCell("Sheet1", "E2", "F2")
	})
	table := Table{Range: "A1:F2", Axis: Across, Kind: Person, HeaderRows: []int{1}, FirstRow: 2, Columns: []Column{{Letter: "A", Header: "姓名", Element: "person.name", Format: "text"}, {Letter: "D", Header: "结余", Format: "formula"}}}
	x, report := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", table, records(people(4)...), nil) })
	for row := 2; row <= 5; row++ {
		if f, _ := x.GetCellFormula("Sheet1", fmt.Sprintf("D%d", row)); f != fmt.Sprintf("B%d-C%d", row, row) {
			t.Errorf("D%d: %s", row, f)
		}
	}
	if f, _ := x.GetCellFormula("Sheet1", "D6"); f != "SUM(D2:D5)" {
		t.Errorf("sum %s", f)
	}
	if f, _ := x.GetCellFormula("Sheet1", "C6"); f != "SUM(C2:C5)" {
		t.Errorf("sum %s", f)
	}
	if m, _ := x.GetMergeCells("Sheet1"); len(m) != 4 {
		t.Errorf("%d merged cells", len(m))
	}
	if len(report.Empty) != 0 {
		t.Errorf("%+v", report.Empty)
	}
}

// What is not known stays empty, and is listed once with its number.
func TestFillWhatIsNotKnown(t *testing.T) {
	half := people(3)
	delete(half[1].Values, "person.id_number")
	half[2].Values["person.birth_date"] = "1950-01"
	half[2].Values["person.sex"] = "9"
	x, report := fill(t, list(t), func(f *Filler) error { return f.Fill("Sheet1", listTable(), records(half...), nil) })
	got := map[string]int{}
	for _, e := range report.Empty {
		got[e.Cell+" "+string(e.Reason)] = e.Count
	}
	for k, n := range map[string]int{"H3 not_mapped": 3, "C4 not_known": 1, "E5 not_exact": 1, "D5 no_choice": 1} {
		if got[k] != n {
			t.Errorf("%s: %d, want %d (%v)", k, got[k], n, got)
		}
	}
	for _, cell := range []string{"C4", "E5", "D5", "H3"} {
		if v := value(t, x, cell); v != "" {
			t.Errorf("%s: %q", cell, v)
		}
	}
}

// Nothing that is written is taken for a formula.
func TestFillNoFormula(t *testing.T) {
	evil := people(1)
	evil[0].Values["person.name"] = `=HYPERLINK("http://x","点我")`
	x, _ := fill(t, list(t), func(f *Filler) error { return f.Fill("Sheet1", listTable(), records(evil...), nil) })
	if f, _ := x.GetCellFormula("Sheet1", "B3"); f != "" {
		t.Errorf("a formula: %s", f)
	}
}

func TestFillByName(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		for i, h := range []string{"社区", "人数", "占比"} {
			x.SetCellStr("Sheet1", cellName(1, i+1), h)
		}
		for i, n := range []string{"清风社区", "明月 社区", "远方社区", "合计"} {
			x.SetCellStr("Sheet1", cellName(2+i, 1), n)
		}
		x.SetCellFormula("Sheet1", "B5", "SUM(B2:B4)")
	})
	find := func(name string) (Entry, bool, error) {
		n, ok := map[string]string{"清风社区": "12", "明月 社区": "0"}[name]
		return Entry{ID: name, Values: map[string]string{"count.persons": n}}, ok, nil
	}
	across := Table{Range: "A1:C5", Kind: Place, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, LastRow: 4, Keep: []int{5}, Columns: []Column{
		{Letter: "A", Header: "社区", Element: "community.name", Format: "text"}, {Letter: "B", Header: "人数", Element: "count.persons", Format: "number"}, {Letter: "C", Header: "占比"}}}
	x, report := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", across, records(), find) })
	if a, b, c := value(t, x, "B2"), value(t, x, "B3"), value(t, x, "B4"); a != "12" || b != "0" || c != "" {
		t.Errorf("%q %q %q", a, b, c)
	}
	if len(report.Rows) != 2 || report.Empty[len(report.Empty)-1].Count == 0 {
		t.Errorf("%+v", report)
	}
	down := Table{Range: "A1:C3", Kind: Place, Axis: Down, HeaderRows: []int{1}, FirstRow: 2, LastRow: 2, Columns: []Column{{Row: 2, Header: "人数", Element: "count.persons", Format: "number"}}}
	file = sheet1(t, func(x *excelize.File) {
		for i, h := range []string{"指标", "清风社区", "远方社区"} {
			x.SetCellStr("Sheet1", cellName(1, i+1), h)
		}
		x.SetCellStr("Sheet1", "A2", "人数")
	})
	x, _ = fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", down, records(), find) })
	if a, b := value(t, x, "B2"), value(t, x, "C2"); a != "12" || b != "" {
		t.Errorf("%q %q", a, b)
	}
}

// Totals add up, of the parts alone, and formulas of the sender stay; a workbook
// without styles is filled as well.
func TestFillTotals(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		for i, row := range [][]string{{"社区", "人数", "户数"}, {"青石街道"}, {"清风社区"}, {"明月社区"}, {"合 计"}} {
			for n, v := range row {
				x.SetCellStr("Sheet1", cellName(i+1, n+1), v)
			}
		}
		x.SetCellFormula("Sheet1", "C5", "SUM(C3:C4)")
	})
	file = without(t, file, "xl/styles.xml")
	find := func(name string) (Entry, bool, error) {
		id := map[string]string{"青石街道": "place:990101001", "清风社区": "place:990101001001", "明月社区": "place:990101001002"}[name]
		n := map[string]string{"青石街道": "30", "清风社区": "12", "明月社区": "18"}[name]
		return Entry{ID: id, Values: map[string]string{"count.persons": n, "count.households": "1"}}, id != "", nil
	}
	counted := Table{Range: "A1:C5", Kind: Place, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, LastRow: 4, Keep: []int{5}, Columns: []Column{
		{Letter: "A", Element: "community.name", Format: "text"}, {Letter: "B", Element: "count.persons", Format: "number"}, {Letter: "C", Element: "count.households", Format: "number"}}}
	x, _ := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", counted, records(), find) })
	formula, _ := x.GetCellFormula("Sheet1", "C5")
	if v := value(t, x, "B5"); v != "30" || formula != "SUM(C3:C4)" {
		t.Errorf("%q, %q", v, formula)
	}
	list := Table{Range: "A1:C5", Kind: Place, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, Keep: []int{5}, Columns: counted.Columns}
	var all []Entry
	for _, n := range []string{"1", "2", "3", "4"} {
		all = append(all, Entry{ID: "place:99010100100" + n, Values: map[string]string{"community.name": n, "count.persons": n}})
	}
	blank := sheet1(t, func(x *excelize.File) {
		x.SetCellStr("Sheet1", "A1", "社区")
		x.SetCellStr("Sheet1", "A5", "合计")
	})
	x, _ = fill(t, blank, func(f *Filler) error { return f.Fill("Sheet1", list, records(all...), nil) })
	if v := value(t, x, "B6"); v != "10" || value(t, x, "A6") != "合计" {
		t.Errorf("below a list that grew: %q", v)
	}
}

// without is a workbook that lacks a part.
func without(t *testing.T, file []byte, part string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if f.Name == part {
			continue
		}
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Where a record cannot be read the table is not filled, instead of left empty.
func TestFillFails(t *testing.T) {
	broken := errors.New("broken")
	file := sheet1(t, func(x *excelize.File) {
		x.SetCellStr("Sheet1", "A1", "社区")
		x.SetCellStr("Sheet1", "B1", "清风社区")
		x.SetCellStr("Sheet1", "A2", "人数")
		x.SetCellStr("Sheet1", "A4", "清风社区")
	})
	f, err := NewFiller(bytes.NewReader(file), speller{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	find := func(string) (Entry, bool, error) { return Entry{}, false, broken }
	for _, table := range []Table{
		{Range: "A1:B2", Kind: Place, Axis: Down, HeaderRows: []int{1}, FirstRow: 2, LastRow: 2, Columns: []Column{{Row: 2, Header: "人数", Element: "count.persons"}}},
		{Range: "A3:B4", Kind: Place, Axis: Across, HeaderRows: []int{3}, FirstRow: 4, LastRow: 4, Columns: []Column{{Letter: "A", Element: "community.name"}, {Letter: "B", Element: "count.persons"}}},
	} {
		if err := f.Fill("Sheet1", table, records(), find); !errors.Is(err, broken) {
			t.Errorf("%s: %v", table.Range, err)
		}
	}
}

// The rows of a table are reported where they are in the end, below what a
// table above has put in.
func TestFillRowsBelow(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		for _, cell := range []string{"A1", "A4"} {
			x.SetCellStr("Sheet1", cell, "姓名")
		}
	})
	name := []Column{{Letter: "A", Header: "姓名", Element: "person.name", Format: "text"}}
	above := Table{Range: "A1:A2", Kind: Person, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, Columns: name}
	below := Table{Range: "A4:A5", Kind: Person, Axis: Across, HeaderRows: []int{4}, FirstRow: 5, Columns: name}
	who := func(ids ...string) (out []Entry) {
		for _, id := range ids {
			out = append(out, Entry{ID: id, Values: map[string]string{"person.name": id}})
		}
		return out
	}
	x, report := fill(t, file, func(f *Filler) error {
		if err := f.Fill("Sheet1", below, records(who("丁", "戊")...), nil); err != nil {
			return err
		}
		return f.Fill("Sheet1", above, records(who("甲", "乙", "丙")...), nil)
	})
	if len(report.Rows) != 5 {
		t.Fatalf("%+v", report.Rows)
	}
	for _, r := range report.Rows {
		if v := value(t, x, cellName(r.Row, 1)); v != r.ID {
			t.Errorf("%s of %s is in row %d: %q", r.ID, r.Table, r.Row, v)
		}
	}
}

// Rows that the sender has named in a column that was not understood are left
// alone, whatever the table is taken for.
func TestFillNotOverNames(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		for i, h := range []string{"单位", "姓名"} {
			x.SetCellStr("Sheet1", cellName(1, i+1), h)
		}
		x.SetCellStr("Sheet1", "A2", "望山社区")
	})
	table := Table{Range: "A1:B3", Kind: Person, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, LastRow: 3, Columns: []Column{{Letter: "A", Header: "单位"}, {Letter: "B", Header: "姓名", Element: "person.name", Format: "text"}}}
	x, report := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", table, records(people(2)...), nil) })
	if v := value(t, x, "B2"); v != "" || report.Filled != 0 || len(report.Empty) != 1 {
		t.Errorf("%q %+v", v, report)
	}
}

func TestFillForm(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		x.SetCellStr("Sheet1", "A1", "姓名")
		x.SetCellStr("Sheet1", "C1", "性  别：□男  □女")
		x.SetCellStr("Sheet1", "A2", "出 生 日 期：____年__月__日")
		x.SetCellStr("Sheet1", "A3", "是否独居")
		x.SetCellStr("Sheet1", "B3", "是□ 否□")
		x.SetCellStr("Sheet1", "A4", "备注")
		x.SetCellStr("Sheet1", "B4", "由社区填写")
	})
	form := Table{Range: "A1:D4", Kind: Form, HeaderRows: []int{}, FirstRow: 1, LastRow: 4, Columns: []Column{
		{Cell: "B1", Header: "姓名", Element: "person.name", Format: "text"}, {Cell: "C1", Header: "性别", Element: "person.sex", Inline: true, Format: "choice"},
		{Cell: "B3", Header: "是否独居", Element: "person.lives_alone", Format: "choice"}, {Cell: "B4", Header: "备注", Element: "person.age", Format: "text"}}}
	x, report := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", form, records(people(2)[1:]...), nil) })
	for cell, want := range map[string]string{"B1": "民1", "C1": "性  别：□男  ☑女", "B3": "是☑ 否□", "B4": "由社区填写"} {
		if v := value(t, x, cell); v != want {
			t.Errorf("%s: %q, want %q", cell, v, want)
		}
	}
	if report.Filled != 3 {
		t.Errorf("%d cells", report.Filled)
	}
}

func TestCodesAndDates(t *testing.T) {
	file := sheet1(t, func(x *excelize.File) {
		x.SetCellStr("Sheet1", "A1", "性别（1男 2女）")
		x.SetCellStr("Sheet1", "B1", "出生日期")
		date, _ := x.NewStyle(&excelize.Style{NumFmt: 14})
		x.SetCellStyle("Sheet1", "B2", "B2", date)
	})
	table := Table{Range: "A1:D2", Kind: Person, Axis: Across, HeaderRows: []int{1}, FirstRow: 2, Columns: []Column{
		{Letter: "A", Header: "性别（1男2女）", Element: "person.sex", Format: "code"}, {Letter: "B", Header: "出生日期", Element: "person.birth_date", Format: "date yyyy/mm/dd"},
		{Letter: "C", Header: "出生年月", Element: "person.birth_date", Format: "date yyyymm"}, {Letter: "D", Header: "出生年份", Element: "person.birth_date", Format: "date yyyy"}}}
	x, _ := fill(t, file, func(f *Filler) error { return f.Fill("Sheet1", table, records(people(2)[1:]...), nil) })
	raw, _ := x.GetCellValue("Sheet1", "B2", excelize.Options{RawCellValue: true})
	if value(t, x, "A2") != "2" || raw != "18265" || value(t, x, "C2") != "195001" || value(t, x, "D2") != "1950" {
		t.Errorf("%q %q %q %q", value(t, x, "A2"), raw, value(t, x, "C2"), value(t, x, "D2"))
	}
}

func TestMoved(t *testing.T) {
	for in, want := range map[string]string{
		"B5-C5": "B9-C9", "SUM(B$5:C5)": "SUM(B$5:C9)", `IF(A5="B5",B4,$D5)`: `IF(A9="B5",B4,$D9)`, "LOG10(A5)": "LOG10(A9)",
	} {
		if got := moved(in, 5, 9); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func BenchmarkFill5000(b *testing.B) {
	file := list(b)
	rs := people(5000)
	for b.Loop() {
		fill(b, file, func(f *Filler) error { return f.Fill("Sheet1", listTable(), records(rs...), nil) })
	}
}
