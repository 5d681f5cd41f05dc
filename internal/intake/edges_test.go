package intake

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

// bring imports a file, checked first, and returns what the dry run found too.
func (h *house) bring(t *testing.T, who access.Identity, place, name string, file []byte, asOf string) (dry, run Intake) {
	t.Helper()
	i, err := h.Add(t.Context(), who, place, name, bytes.NewReader(file))
	must(t, err)
	i, err = h.Correct(t.Context(), who, i.ID, i.Version, Correction{Kind: i.Kind, AsOf: asOf, Makes: true})
	must(t, err)
	dry, err = h.Check(t.Context(), who, i.ID, i.Version)
	must(t, err)
	run, err = h.Run(t.Context(), who, dry.ID, dry.Version)
	must(t, err)
	return dry, run
}

// What is easily forgotten where a file comes again, comes late, or is about
// what somebody else keeps.
func TestEdges(t *testing.T) {
	numbered := check("99010119500101001")
	for name, c := range map[string]struct {
		headers byHeader
		f       func(t *testing.T, h *house)
	}{
		"people without number and birthday come again": {people, func(t *testing.T, h *house) {
			f := book(t, []any{"姓名", "电话", "户号"}, []any{"李一", "15400000001", "A1"}, []any{"李一", "15400000002", "A1"}, []any{"王二", "", ""})
			_, i := h.bring(t, h.who, street+"001", "a.xlsx", f, "2026-07-01")
			if want := (Tally{Rows: 3, New: 3, Made: 1}); i.Tally != want {
				t.Errorf("%+v, want %+v", i.Tally, want)
			}
			dry, i := h.bring(t, h.who, street+"001", "a.xlsx", f, "2026-07-01")
			if want := (Tally{Rows: 3, Same: 3}); i.Tally != want || dry.Tally != want {
				t.Errorf("again: %+v, %+v", dry.Tally, i.Tally)
			}
		}},
		"an older file changes nothing that is known since": {people, func(t *testing.T, h *house) {
			row := func(tel, sex string) []byte {
				return book(t, []any{"姓名", "身份证号", "电话", "性别", "户号"}, []any{"李一", numbered, tel, sex, ""})
			}
			h.bring(t, h.who, street+"001", "b.xlsx", row("15400000006", ""), "2026-06-30")
			dry, i := h.bring(t, h.who, street+"001", "a.xlsx", row("15400000001", ""), "2026-01-31")
			if want := (Tally{Rows: 1, Older: 1}); i.Tally != want || dry.Tally != want {
				t.Errorf("%+v, %+v", dry.Tally, i.Tally)
			}
			l, _, err := h.subjects.List(t.Context(), h.who, subject.Person, subject.Filter{}, subject.Page{})
			must(t, err)
			v, err := h.subjects.Unmask(t.Context(), h.who, l[0].ID, []string{"person.phone"}, "核对信息")
			if err != nil || v["person.phone"] != "15400000006" || l[0].Checked != "2026-06-30" {
				t.Errorf("%v checked %s %v", v, l[0].Checked, err)
			}
			// A change from a day is known as well, even where nobody has confirmed
			// the whole since, and the rest of the row goes in.
			must(t, h.subjects.Change(t.Context(), h.who, l[0].ID, 0, subject.Edit{Values: subject.Values{"person.phone": "15400000007"}, From: "2026-07-10", Checked: "2026-06-30"}))
			_, i = h.bring(t, h.who, street+"001", "c.xlsx", book(t, []any{"姓名", "身份证号", "电话", "户号"}, []any{"李一", numbered, "15400000008", "A9"}), "2026-07-05")
			if want := (Tally{Rows: 1, Changed: 1, Made: 1}); i.Tally != want {
				t.Errorf("%+v", i.Tally)
			}
			v, err = h.subjects.Unmask(t.Context(), h.who, l[0].ID, []string{"person.phone"}, "核对信息")
			if err != nil || v["person.phone"] != "15400000007" {
				t.Errorf("%v %v", v, err)
			}
		}},
		"households are numbered by community": {byHeader{"kind": "household", "户号": "household.number", "社区": "community.name"}, func(t *testing.T, h *house) {
			f := book(t, []any{"户号", "社区"}, []any{"1", "清风社区"}, []any{"1", "明月社区"})
			h.bring(t, h.who, street, "a.xlsx", f, "2026-07-01")
			if _, i := h.bring(t, h.who, street, "a.xlsx", f, "2026-07-01"); i.Tally != (Tally{Rows: 2, Same: 2}) {
				t.Errorf("%+v", i.Tally)
			}
		}},
		"a compound of any name is found again": {byHeader{"kind": "building", "楼栋": "building.name", "小区": "compound.name", "社区": "community.name"}, func(t *testing.T, h *house) {
			f := book(t, []any{"楼栋", "小区", "社区"}, []any{"1幢", "A&B公寓", "清风社区"}, []any{"1幢", `100%_\园`, "清风社区"})
			h.bring(t, h.who, street, "a.xlsx", f, "2026-07-01")
			if _, i := h.bring(t, h.who, street, "a.xlsx", f, "2026-07-01"); i.Tally != (Tally{Rows: 2, Same: 2}) {
				t.Errorf("%+v", i.Tally)
			}
		}},
		"a number that others keep is refused before anything is made": {people, func(t *testing.T, h *house) {
			_, err := h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Person, Place: street + "002", Values: subject.Values{"person.name": "李一", "person.id_number": numbered}})
			must(t, err)
			small := access.Identity{ID: "s", Name: "管一处", Grants: []access.Grant{{Role: access.Keeper, Place: street + "001"}}}
			dry, i := h.bring(t, small, street+"001", "a.xlsx", book(t, []any{"姓名", "身份证号", "户号"}, []any{"李一", numbered, "Z9"}), "2026-07-01")
			if want := (Tally{Rows: 1, Bad: 1}); i.Tally != want || dry.Tally != want {
				t.Errorf("%+v, %+v", dry.Tally, i.Tally)
			}
			if n := count(t, h, subject.Household); n != 0 {
				t.Errorf("%d households", n)
			}
		}},
		"who shares a dwelling belongs to no household by guess, and of two of one name nobody is changed": {people, func(t *testing.T, h *house) {
			f := book(t, []any{"姓名", "身份证号", "小区", "楼栋", "房号", "户号"}, []any{"李一", numbered, "柳荫苑", "3幢", "501", "A1"}, []any{"王二", check("99010119520202002"), "柳荫苑", "3幢", "501", "A2"})
			h.bring(t, h.who, street+"001", "a.xlsx", f, "2026-07-01")
			_, i := h.bring(t, h.who, street+"001", "b.xlsx", book(t, []any{"姓名", "出生日期", "小区", "楼栋", "房号"}, []any{"赵三", "1990-01-01", "柳荫苑", "3幢", "501"}), "2026-07-01")
			if want := (Tally{Rows: 1, New: 1}); i.Tally != want {
				t.Errorf("%+v", i.Tally)
			}
			for range 2 {
				_, err := h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Person, Place: street + "001", Values: subject.Values{"person.name": "同名", "person.birth_date": "1991-01-01"}})
				must(t, err)
			}
			_, i = h.bring(t, h.who, street+"001", "c.xlsx", book(t, []any{"姓名", "出生日期", "电话"}, []any{"同名", "1991-01-01", "15400000001"}), "2026-07-01")
			if want := (Tally{Rows: 1, Bad: 1}); i.Tally != want {
				t.Errorf("%+v", i.Tally)
			}
		}},
		"every bad row comes back": {people, func(t *testing.T, h *house) {
			rows := [][]any{{"姓名", "身份证号"}}
			for n := range 2*atOnce + 105 {
				rows = append(rows, []any{fmt.Sprintf("人%d", n), "123"})
			}
			rows = append(rows, []any{"李一", numbered})
			dry, i := h.bring(t, h.who, street+"001", "a.xlsx", book(t, rows...), "2026-07-01")
			if dry.Tally.Bad != len(rows)-2 {
				t.Errorf("%+v", dry.Tally)
			}
			var b bytes.Buffer
			must(t, h.Bad(t.Context(), h.who, i.ID, "zh", &b))
			x, err := excelize.OpenReader(&b)
			must(t, err)
			defer x.Close()
			if got, _ := x.GetRows("Sheet1"); len(got) != len(rows)-1 {
				t.Errorf("%d of %d", len(got)-1, len(rows)-2)
			}
		}},
		"totals, signatures and notes are nobody": {people, func(t *testing.T, h *house) {
			f := book(t, []any{"姓名", "出生日期", "电话"}, []any{"李一", "1950-01-01", ""}, []any{"合 计", 1, ""}, []any{"填表人：王二", "", "审核人：赵三"}, []any{"注：截至六月底", "", ""}, []any{"小计妹", "1951-01-01", ""})
			if _, i := h.bring(t, h.who, street+"001", "a.xlsx", f, "2026-07-01"); i.Tally != (Tally{Rows: 2, New: 2}) {
				t.Errorf("%+v", i.Tally)
			}
		}},
		"who is at an address is not taken into the household there": {people, func(t *testing.T, h *house) {
			head := []any{"姓名", "出生日期", "小区", "楼栋", "房号"}
			h.bring(t, h.who, street+"001", "老台账.xlsx", book(t, head, []any{"李一", "1950-01-01", "柳荫苑", "3幢", "501"}, []any{"李二", "1951-01-01", "柳荫苑", "3幢", "501"}), "2026-07-01")
			h.bring(t, h.who, street+"001", "租客.xlsx", book(t, head, []any{"赵三", "1990-01-01", "柳荫苑", "3幢", "501"}), "2026-07-01")
			l, _, err := h.subjects.List(t.Context(), h.who, subject.Person, subject.Filter{}, subject.Page{})
			must(t, err)
			if len(l) != 3 || l[0].Household == "" || l[0].Household != l[1].Household || l[2].Household != "" || l[2].Dwelling != l[0].Dwelling {
				t.Errorf("%+v", l)
			}
		}},
		"there is no such place": {people, func(t *testing.T, h *house) {
			if _, err := h.Add(t.Context(), h.who, street+"999", "a.xlsx", bytes.NewReader(book(t, []any{"姓名"}, []any{"李一"}))); err == nil || err.Error() == "" {
				t.Error(err)
			} else if f, ok := asFault("", err); !ok || f.Code != "subject_place" {
				t.Error(err)
			}
		}},
		"a household of two at one dwelling": {people, func(t *testing.T, h *house) {
			// By the number of the household alone its people live where it does.
			h.bring(t, h.who, street+"001", "a.xlsx", book(t, []any{"姓名", "小区", "楼栋", "房号", "户号"}, []any{"李一", "柳荫苑", "3幢", "501", "A1"}), "2026-07-01")
			h.bring(t, h.who, street+"001", "b.xlsx", book(t, []any{"姓名", "户号"}, []any{"王二", "A1"}), "2026-07-01")
			l, _, err := h.subjects.List(t.Context(), h.who, subject.Person, subject.Filter{}, subject.Page{})
			must(t, err)
			if len(l) != 2 || l[0].Dwelling == "" || l[0].Dwelling != l[1].Dwelling {
				t.Errorf("%+v", l)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) { c.f(t, build(t, db, c.headers)) })
		})
	}
}

// The number of a row is that which a spreadsheet shows.
func TestTextRows(t *testing.T) {
	rows, err := cellsOf([]byte("姓名,地址\n\n甲,一路\n\"乙\n丙\",二路\n\n\n丁,三路\n"))
	must(t, err)
	if len(rows) != 7 || rows[2][0] != "甲" || rows[3][0] != "乙\n丙" || rows[6][0] != "丁" {
		t.Errorf("%q", rows)
	}
}
