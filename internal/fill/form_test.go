package fill

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

// formBook is a form about one person: labels beside blank cells.
func formBook(t testing.TB) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	s := "Sheet1"
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	style, err := x.NewStyle(&excelize.Style{Border: border})
	must(t, err)
	must(t, x.SetCellStr(s, "A1", "居民基本情况登记表"))
	must(t, x.MergeCell(s, "A1", "D1"))
	for cell, text := range map[string]string{"A2": "姓名", "C2": "性别", "A3": "出生日期", "C3": "联系电话", "A4": "申请理由"} {
		must(t, x.SetCellStr(s, cell, text))
	}
	must(t, x.MergeCell(s, "B4", "D4"))
	must(t, x.SetCellStyle(s, "A2", "D4", style))
	var b bytes.Buffer
	must(t, x.Write(&b))
	return b.Bytes()
}

func TestFormSaysWhereItsCellsCameFrom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		id := h.person(t, "001", "李一", "1945-07-01", "1", nil)
		f, err := h.Add(ctx, h.who, streetCode, "登记表.xlsx", bytes.NewReader(formBook(t)))
		must(t, err)
		// a cell that a person wants left empty is settled
		f, err = h.Correct(ctx, h.who, f.ID, f.Version, Correction{Title: f.Title, Within: f.Within, AsOf: f.AsOf, About: id,
			Columns: []Settled{{Sheet: "Sheet1", At: "B4"}}})
		must(t, err)
		for _, c := range f.Mapping.Sheets[0].Tables[0].Columns {
			if c.Cell == "B4" && (c.Element != "" || c.Score != 1) {
				t.Errorf("left empty: %+v", c)
			}
		}
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "入户走访登记", 1)
		must(t, err)
		for cell, want := range map[string]string{"B2": "person.name", "D2": "person.sex", "B3": "person.birth_date", "D3": "person.phone"} {
			o, ok, err := h.Where(ctx, h.who, f.ID, "Sheet1", cell)
			if err != nil || !ok || o.Element != want || o.Subject != id || o.Source == "" {
				t.Errorf("%s: %+v, %v, %v", cell, o, ok, err)
			}
		}
		for _, cell := range []string{"A2", "B4", "Z9"} {
			if o, ok, err := h.Where(ctx, h.who, f.ID, "Sheet1", cell); ok || err != nil {
				t.Errorf("%s: %+v, %v", cell, o, err)
			}
		}
		list, _, err := h.List(ctx, h.who, "", "")
		must(t, err)
		if len(list) != 1 || list[0].Report.Rows != f.Report.Rows || f.Report.Rows != 1 || len(list[0].Report.Empty) != 0 {
			t.Errorf("list says %+v, the table %+v", list[0].Report, f.Report)
		}
	})
}

// withMembers is the form with a list of the members of the household under it.
func withMembers(t testing.TB) []byte {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(formBook(t)))
	must(t, err)
	defer x.Close()
	style, err := x.GetCellStyle("Sheet1", "A2")
	must(t, err)
	must(t, x.SetCellStr("Sheet1", "A5", "家庭成员情况"))
	must(t, x.MergeCell("Sheet1", "A5", "D5"))
	for cell, text := range map[string]string{"A6": "姓名", "B6": "性别", "C6": "出生日期", "D6": "联系电话"} {
		must(t, x.SetCellStr("Sheet1", cell, text))
	}
	must(t, x.SetCellStyle("Sheet1", "A5", "D10", style))
	var b bytes.Buffer
	must(t, x.Write(&b))
	return b.Bytes()
}

func TestListUnderFormHoldsTheHouseholdOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		home, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Household, Place: streetCode + "001", Values: subject.Values{"household.number": "A1"}, Source: "户口册"})
		must(t, err)
		member := func(name, birth string) string {
			id, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Person, Place: streetCode + "001", Links: subject.Links{Household: home},
				Values: subject.Values{"person.name": name, "person.birth_date": birth, "person.phone": "15400000002"}, Source: "户口册"})
			must(t, err)
			return id
		}
		head := member("李一", "1945-07-01")
		member("李小一", "1975-03-02")
		h.person(t, "001", "外人甲", "1950-01-01", "1", nil)
		alone := h.person(t, "002", "外人乙", "1960-01-01", "2", nil)
		f, err := h.Add(ctx, h.who, streetCode, "登记表.xlsx", bytes.NewReader(withMembers(t)))
		must(t, err)
		if n := len(f.Mapping.Sheets[0].Tables); n != 2 {
			t.Fatalf("%d tables", n)
		}
		for about, want := range map[string]string{head: "李小一", alone: ""} {
			f, err = h.Correct(ctx, h.who, f.ID, f.Version, Correction{Title: f.Title, Within: f.Within, AsOf: f.AsOf, AgeMin: 60, About: about})
			must(t, err)
			f, err = h.Run(ctx, h.who, f.ID, f.Version, "入户走访登记", 1)
			must(t, err)
			x := h.download(t, f.ID)
			for cell, want := range map[string]string{"A7": want, "A8": "", "A9": "", "A10": ""} {
				if v, err := x.GetCellValue("Sheet1", cell); err != nil || v != want {
					t.Errorf("%s holds %q, want %q", cell, v, want)
				}
			}
		}
	})
}
