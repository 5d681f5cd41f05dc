package fill

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

// family enters a head of a household and a member at one dwelling.
func (h *house) family(t testing.TB) (head, member string) {
	t.Helper()
	ctx := t.Context()
	d, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Dwelling, Place: streetCode + "001", Values: subject.Values{"dwelling.room_number": "501", "dwelling.address": "柳荫路1号501室"}, Source: "房屋台账.xlsx 第 7 行"})
	must(t, err)
	home, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Household, Place: streetCode + "001", Values: subject.Values{"household.number": "A1"}, Links: subject.Links{Dwelling: d}})
	must(t, err)
	for n, id := range []*string{&head, &member} {
		v := subject.Values{"person.name": fmt.Sprintf("何%d", n+1), "person.birth_date": fmt.Sprintf("%d-01-01", 1940+30*n), "person.phone": fmt.Sprintf("1540000000%d", n+1)}
		if n == 0 {
			v["person.relation_to_head"] = subject.Head
		}
		*id, err = h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Person, Place: streetCode + "001", Values: v, Links: subject.Links{Household: home}, Source: "人口台账.xlsx 第 9 行"})
		must(t, err)
	}
	return head, member
}

// Who is told of in the row of a member of the household has been looked at as
// well, and each cell came from the record that tells it.
func TestAroundIsNoted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		head, member := h.family(t)
		f, err := h.Add(ctx, h.who, streetCode, "x.xlsx", bytes.NewReader(blank(t, "人员花名册", []string{"序号", "姓名", "家庭住址", "户主姓名", "户主联系电话"})))
		must(t, err)
		f, err = h.Correct(ctx, h.who, f.ID, f.Version, Correction{Title: f.Title, Within: f.Within, AsOf: f.AsOf, AgeMax: 60})
		must(t, err)
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "核对家庭情况", 0)
		must(t, err)
		if got := rowsOf(t, h.download(t, f.ID), 4, 5); got != "1|何2|柳荫路1号501室|何1|15400000001" {
			t.Fatal(got)
		}
		looks, err := h.subjects.Looks(ctx, h.who, head)
		if err != nil || len(looks) != 1 {
			t.Errorf("the head: %+v %v", looks, err)
		}
		for cell, want := range map[string]string{"B4": "人口台账.xlsx 第 9 行", "C4": "房屋台账.xlsx 第 7 行", "E4": "人口台账.xlsx 第 9 行"} {
			o, ok, err := h.Where(ctx, h.who, f.ID, "Sheet1", cell)
			if err != nil || !ok || o.Source != want || o.Subject != member {
				t.Errorf("%s: %+v %v", cell, o, err)
			}
		}
		_, err = h.subjects.Unmask(ctx, h.who, member, []string{"household.head_phone"}, "电话回访")
		must(t, err)
		if looks, err := h.subjects.Looks(ctx, h.who, head); err != nil || len(looks) != 2 {
			t.Errorf("the head: %+v %v", looks, err)
		}
	})
}

// A cell belongs to the table in whose rows it is, where a sheet has several.
func TestWhereOfTwoTables(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		a := h.person(t, "001", "李一", "1945-07-01", "1", nil)
		b, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Building, Place: streetCode + "001", Values: subject.Values{"building.name": "3幢"}})
		must(t, err)
		x, err := excelize.OpenReader(bytes.NewReader(blank(t, "老年人花名册", []string{"姓名", "年龄"})))
		must(t, err)
		y, err := excelize.OpenReader(bytes.NewReader(blank(t, "楼栋清单", []string{"楼栋", "房屋套数"})))
		must(t, err)
		rows, err := y.GetRows("Sheet1")
		must(t, err)
		style, err := x.GetCellStyle("Sheet1", "A3")
		must(t, err)
		for n, r := range rows {
			for c, v := range r {
				cell, _ := excelize.CoordinatesToCellName(c+1, 11+n)
				must(t, x.SetCellStr("Sheet1", cell, v))
			}
		}
		must(t, x.SetCellStyle("Sheet1", "A13", "B18", style))
		must(t, x.MergeCell("Sheet1", "A11", "B11"))
		var file bytes.Buffer
		must(t, x.Write(&file))
		f, err := h.Add(ctx, h.who, streetCode, "x.xlsx", &file)
		must(t, err)
		if n := len(f.Mapping.Sheets[0].Tables); n != 2 {
			t.Fatalf("%d tables: %+v", n, f.Mapping.Sheets[0].Tables)
		}
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "核对基础信息", 0)
		must(t, err)
		out := h.download(t, f.ID)
		for cell, want := range map[string][2]string{"A4": {"person.name", a}, "A14": {"building.name", b}} {
			o, ok, err := h.Where(ctx, h.who, f.ID, "Sheet1", cell)
			if v, _ := out.GetCellValue("Sheet1", cell); err != nil || !ok || v == "" || o.Element != want[0] || o.Subject != want[1] {
				t.Errorf("%s: %+v %v", cell, o, err)
			}
		}
	})
}

// What was reported stays so while the table is corrected to be filled again,
// and who lets a large one out is not who had it filled, whoever brought it.
func TestReportedAndRan(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		for n := range Large + 1 {
			h.person(t, "001", fmt.Sprintf("某%d", n), "1945-07-01", "1", nil)
		}
		both := access.Identity{ID: "both", Name: "管一层", Grants: []access.Grant{{Role: access.Keeper, Place: streetCode}, {Role: access.Leader, Place: streetCode}}}
		f, err := h.Add(ctx, h.who, streetCode, "x.xlsx", bytes.NewReader(blank(t, "花名册", []string{"姓名", "联系电话"})))
		must(t, err)
		f, err = h.Run(ctx, both, f.ID, f.Version, "慰问电话核对", 5)
		must(t, err)
		if f.State != "waiting" || f.RanBy != "管一层" {
			t.Fatalf("%s by %s", f.State, f.RanBy)
		}
		if err := h.Answer(ctx, both, f.ID, f.Version, true, ""); !errors.Is(err, errSelf) {
			t.Errorf("let out by who had it filled: %v", err)
		}
		must(t, h.Answer(ctx, h.boss, f.ID, f.Version, true, ""))
		who, err := store.All[string](ctx, db, store.SQL("SELECT DISTINCT actor_id FROM event WHERE verb = 'subject.export'").Anywhere())
		if err != nil || len(who) != 1 || who[0] != "both" {
			t.Errorf("taken out by %v %v", who, err)
		}
		f, err = h.Get(ctx, h.who, f.ID)
		must(t, err)
		_, err = h.Correct(ctx, h.who, f.ID, f.Version, Correction{Title: f.Title, Sender: "县民政局", Within: f.Within, AsOf: f.AsOf})
		must(t, err)
		burden, err := h.Burdens(ctx, h.who, 2026)
		if err != nil || len(burden) != 1 || burden[0].Minutes != 5 {
			t.Errorf("while it is corrected: %+v %v", burden, err)
		}
		if _, err := h.Add(ctx, h.who, streetCode+"999", "x.xlsx", bytes.NewReader(blank(t, "花名册", []string{"姓名"}))); err == nil || errors.Is(err, store.ErrNone) {
			t.Error("there is no such place:", err)
		}
	})
}
