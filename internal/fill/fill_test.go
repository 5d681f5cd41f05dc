package fill

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

const streetCode = "990101001"

type house struct {
	*Service
	who, boss access.Identity
	clock     *time.Time
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	at := time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)
	now := func() time.Time { at = at.Add(time.Second); return at }
	ring, err := seal.NewRing(seal.AES)
	must(t, err)
	dict, err := element.Load()
	must(t, err)
	files, err := blob.Open(t.TempDir())
	must(t, err)
	elements := subject.NewElements(dict)
	subjects := subject.NewService(db, ring, elements, now)
	off := office.NewService(db, now)
	for code, name := range map[string]string{"99": "云州省", "9901": "云中市", "990101": "云溪县", streetCode: "青石街道", streetCode + "001": "清风社区", streetCode + "002": "明月社区"} {
		must(t, off.AddPlace(t.Context(), access.System("test"), office.Place{Code: code, Name: name}))
	}
	who := access.Identity{ID: "k", Name: "管一册", Place: streetCode, Grants: []access.Grant{{Role: access.Keeper, Place: streetCode}}}
	boss := access.Identity{ID: "l", Name: "顾长河", Place: streetCode, Grants: []access.Grant{{Role: access.Leader, Place: streetCode}}}
	return &house{NewService(db, vault.New(files, ring), subjects, elements, now), who, boss, &at}
}

func (h *house) person(t testing.TB, place, name, birth, sex string, more subject.Values) string {
	t.Helper()
	v := subject.Values{"person.name": name, "person.birth_date": birth, "person.sex": sex, "person.phone": "15400000001"}
	for e, x := range more {
		v[e] = x
	}
	id, err := h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Person, Place: streetCode + place, Values: v, Source: "人口台账.xlsx 第 9 行"})
	must(t, err)
	return id
}

// blank makes a framed workbook: a title, header rows, and five blank rows.
func blank(t testing.TB, title string, head []string, below ...string) []byte {
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
	last, _ := excelize.CoordinatesToCellName(len(head), 1)
	must(t, x.SetCellStr(s, "A1", title))
	must(t, x.MergeCell(s, "A1", last))
	for n, h := range head {
		cell, _ := excelize.CoordinatesToCellName(n+1, 3)
		must(t, x.SetCellStr(s, cell, h))
	}
	end, _ := excelize.CoordinatesToCellName(len(head), 8)
	must(t, x.SetCellStyle(s, "A3", end, style))
	must(t, x.SetCellStr(s, "A2", "填报单位："))
	for n, b := range below {
		must(t, x.SetCellStr(s, fmt.Sprintf("A%d", 4+n), b))
	}
	var b bytes.Buffer
	must(t, x.Write(&b))
	return b.Bytes()
}

func (h *house) download(t testing.TB, id string) *excelize.File {
	t.Helper()
	return h.downloadAs(t, h.who, id)
}

func (h *house) downloadAs(t testing.TB, who access.Identity, id string) *excelize.File {
	t.Helper()
	r, _, err := h.Download(t.Context(), who, id)
	must(t, err)
	b, err := io.ReadAll(r)
	must(t, err)
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	t.Cleanup(func() { x.Close() })
	return x
}

func rowsOf(t testing.TB, x *excelize.File, from, to int) string {
	t.Helper()
	rows, err := x.GetRows("Sheet1")
	must(t, err)
	var out []string
	for n := from; n <= to && n <= len(rows); n++ {
		out = append(out, strings.Join(rows[n-1], "|"))
	}
	return strings.Join(out, "\n")
}

func TestFillPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		a := h.person(t, "001", "李一", "1945-07-01", "1", nil)
		h.person(t, "001", "王二", "1946-07-01", "2", subject.Values{"person.current_address": "柳荫路2号"})
		h.person(t, "001", "赵三", "1946-07-02", "2", nil) // 80 after 30 June and 1 July
		h.person(t, "002", "孙四", "1930-01-01", "1", nil)
		file := blank(t, "清风社区80周岁以上老年人花名册（截至2026年7月1日）", []string{"序号", "姓名", "性别", "年龄", "联系电话", "家庭住址", "领取人签字"})
		f, err := h.Add(ctx, h.who, streetCode, "花名册.xlsx", bytes.NewReader(file))
		must(t, err)
		if f.Within != streetCode+"001" || f.AgeMin != 80 || f.AsOf != "2026-07-01" || f.Seen {
			t.Errorf("proposed %s, %d, %s", f.Within, f.AgeMin, f.AsOf)
		}
		for _, bad := range []string{"", "上报"} {
			if _, err := h.Run(ctx, h.who, f.ID, f.Version, bad, 0); !errors.Is(err, errPurpose) {
				t.Errorf("filled for %q: %v", bad, err)
			}
		}
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "发放高龄津贴核对", 3)
		must(t, err)
		if f.State != "filled" {
			t.Fatal(f.State)
		}
		want := "1|李一|男|81|15400000001\n2|王二|女|80|15400000001|柳荫路2号"
		x := h.download(t, f.ID)
		if got := rowsOf(t, x, 4, 5); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		if v, _ := x.GetCellValue("Sheet1", "A2"); v != "填报单位：青石街道" {
			t.Error(v)
		}
		o, ok, err := h.Where(ctx, h.who, f.ID, "Sheet1", "B4")
		if err != nil || !ok || o.Subject != a || o.Element != "person.name" || o.Source != "人口台账.xlsx 第 9 行" {
			t.Errorf("%+v %v %v", o, ok, err)
		}
		looks, err := h.subjects.Looks(ctx, h.who, a)
		must(t, err)
		if len(looks) != 1 || looks[0].After.V["purpose"] != "发放高龄津贴核对" {
			t.Errorf("%+v", looks)
		}

		// A correction at the source stands in the next table; the element that was
		// wrongly recognised is settled once.
		must(t, h.subjects.Change(ctx, h.who, a, 0, subject.Edit{Values: subject.Values{"person.phone": "15400009999"}, Source: "本人"}))
		f, err = h.Correct(ctx, h.who, f.ID, f.Version, Correction{Title: f.Title, Sender: "县民政局", Within: streetCode, AsOf: "2026-07-15", AgeMin: 80,
			Columns: []Settled{{Sheet: "Sheet1", At: "F", Element: "person.registered_address"}}})
		must(t, err)
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "发放高龄津贴核对", 1)
		must(t, err)
		if got := rowsOf(t, h.download(t, f.ID), 4, 8); strings.Contains(got, "柳荫路") || !strings.Contains(got, "15400009999") || strings.Count(got, "\n") != 3 {
			t.Error(got)
		}
		again, err := h.Add(ctx, h.who, streetCode, "同一张表.xlsx", bytes.NewReader(file))
		must(t, err)
		if !again.Seen || again.Mapping.Sheets[0].Tables[0].Columns[5].Element != "person.registered_address" {
			t.Errorf("not remembered: %+v", again.Mapping.Sheets[0].Tables[0].Columns[5])
		}
		already, err := h.Already(ctx, h.who, again.ID)
		must(t, err)
		if len(already) == 0 || already[0].Sender != "县民政局" {
			t.Errorf("%+v", already)
		}
		burden, err := h.Burdens(ctx, h.who, 2026)
		must(t, err)
		if len(burden) != 1 || burden[0].Tables != 1 || burden[0].Minutes != 1 || burden[0].Machine == 0 || burden[0].Machine > burden[0].Cells {
			t.Errorf("%+v", burden)
		}
		if _, _, err := h.Download(ctx, h.boss, f.ID); !errors.Is(err, access.ErrDenied) {
			t.Errorf("a leader took the table: %v", err)
		}
		other := access.Identity{Grants: []access.Grant{{Role: access.Keeper, Place: "990102"}}}
		if _, err := h.Get(ctx, other, f.ID); !errors.Is(err, access.ErrMissing) {
			t.Errorf("seen from elsewhere: %v", err)
		}
		if _, err := h.Correct(ctx, h.who, f.ID, f.Version, Correction{Within: "990102", AsOf: "2026-07-01"}); !errors.Is(err, errWithin) {
			t.Errorf("filled for elsewhere: %v", err)
		}
	})
}

func TestFillCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		h.person(t, "001", "李一", "1945-07-01", "1", nil)
		h.person(t, "001", "王二", "2001-07-01", "2", nil)
		h.person(t, "002", "孙四", "1930-01-01", "1", nil)
		file := blank(t, "各社区人口统计表", []string{"社区名称", "总人口数", "60岁以上人数", "备注"}, "清风社区", "明月社区", "远方社区")
		f, err := h.Add(t.Context(), h.who, streetCode, "统计.xlsx", bytes.NewReader(file))
		must(t, err)
		f, err = h.Run(t.Context(), h.who, f.ID, f.Version, "季度人口统计", 0)
		must(t, err)
		if got := rowsOf(t, h.download(t, f.ID), 4, 6); got != "清风社区|2|1\n明月社区|1|1\n远方社区" {
			t.Errorf("%s\n%+v", got, f.Mapping.Sheets[0].Tables[0])
		}
		if f.State != "filled" {
			t.Error(f.State)
		}
	})
}

// A table of buildings counts who lives in each; one of let dwellings lists
// those alone.
func TestFillBuildings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		for n, occupancy := range []string{subject.Let, subject.OwnUse} {
			b, err := h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Building, Place: streetCode + "001", Values: subject.Values{"building.name": fmt.Sprintf("%d幢", n+1)}})
			must(t, err)
			d, err := h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Dwelling, Place: streetCode + "001", Links: subject.Links{Building: b},
				Values: subject.Values{"dwelling.room_number": fmt.Sprintf("%d01", n+1), "dwelling.occupancy": occupancy, "dwelling.area": "88.5"}})
			must(t, err)
			for range n + 1 {
				_, err = h.subjects.Create(t.Context(), h.who, subject.Entry{Kind: subject.Person, Place: streetCode + "001", Links: subject.Links{Dwelling: d}, Values: subject.Values{"person.name": "甲", "person.birth_date": "1940-01-01"}})
				must(t, err)
			}
		}
		fill := func(file []byte, rows int) string {
			f, err := h.Add(t.Context(), h.who, streetCode, "x.xlsx", bytes.NewReader(file))
			must(t, err)
			f, err = h.Run(t.Context(), h.who, f.ID, f.Version, "楼栋情况统计", 0)
			must(t, err)
			return rowsOf(t, h.download(t, f.ID), 4, 3+rows)
		}
		if got := fill(blank(t, "楼栋情况登记表", []string{"序号", "楼栋", "常住人口", "60岁以上人数", "房屋套数"}), 2); got != "1|1幢|0|1|1\n2|2幢|0|2|1" {
			t.Error(got)
		}
		if got := fill(blank(t, "出租房屋登记表", []string{"序号", "房号", "建筑面积", "备注"}), 2); got != "1|101|88.5" {
			t.Error(got)
		}
	})
}

// What the rows are about can be said by a person where it was taken for
// something else, and is remembered with the template.
func TestRowsAreSettled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		_, err := h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Building, Place: streetCode + "001", Values: subject.Values{"building.name": "3幢", "building.address": "柳荫路1号3幢"}})
		must(t, err)
		file := blank(t, "情况表", []string{"序号", "名称", "位置"})
		f, err := h.Add(ctx, h.who, streetCode, "x.xlsx", bytes.NewReader(file))
		must(t, err)
		said := Correction{Title: f.Title, Within: streetCode, AsOf: f.AsOf, Rows: []Rows{{Sheet: "Sheet1", Kind: table.Building}},
			Columns: []Settled{{Sheet: "Sheet1", At: "B", Element: "building.name"}, {Sheet: "Sheet1", At: "C", Element: "building.address"}}}
		wrong := said
		wrong.Rows = []Rows{{Sheet: "Sheet1", Table: 7, Kind: table.Building}}
		if _, err := h.Correct(ctx, h.who, f.ID, f.Version, wrong); !errors.Is(err, errColumn) {
			t.Errorf("the rows of no table were settled: %v", err)
		}
		f, err = h.Correct(ctx, h.who, f.ID, f.Version, said)
		must(t, err)
		f, err = h.Run(ctx, h.who, f.ID, f.Version, "核对楼栋信息", 0)
		must(t, err)
		if got := rowsOf(t, h.download(t, f.ID), 4, 4); got != "1|3幢|柳荫路1号3幢" {
			t.Error(got)
		}
		again, err := h.Add(ctx, h.who, streetCode, "y.xlsx", bytes.NewReader(file))
		must(t, err)
		if again.Mapping.Sheets[0].Tables[0].Kind != table.Building {
			t.Errorf("not remembered: %s", again.Mapping.Sheets[0].Tables[0].Kind)
		}
	})
}

// Sealed values of many people leave the house by two people's word.
func TestLarge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		must(t, h.subjects.CreateAll(ctx, h.who, func(yield func(subject.Entry) bool) {
			for n := range Large + 1 {
				if !yield(subject.Entry{Kind: subject.Person, Place: streetCode + "001", Values: subject.Values{"person.name": fmt.Sprintf("民%d", n), "person.phone": "15400000001"}}) {
					return
				}
			}
		}))
		names := blank(t, "居民名单", []string{"序号", "姓名", "性别"})
		f, err := h.Add(ctx, h.who, streetCode, "a.xlsx", bytes.NewReader(names))
		must(t, err)
		if f, err = h.Run(ctx, h.who, f.ID, f.Version, "社区活动通知", 0); err != nil || f.State != "filled" {
			t.Fatalf("names alone: %s, %v", f.State, err)
		}
		phones := blank(t, "居民通讯录", []string{"序号", "姓名", "联系电话"})
		f, err = h.Add(ctx, h.who, streetCode, "b.xlsx", bytes.NewReader(phones))
		must(t, err)
		if f, err = h.Run(ctx, h.who, f.ID, f.Version, "社区活动通知", 0); err != nil || f.State != "waiting" {
			t.Fatalf("telephones: %s, %v", f.State, err)
		}
		if _, _, err := h.Download(ctx, h.who, f.ID); !errors.Is(err, errState) {
			t.Errorf("taken before it was let out: %v", err)
		}
		if err := h.Answer(ctx, h.who, f.ID, f.Version, true, ""); !errors.Is(err, access.ErrDenied) {
			t.Errorf("let out by who asked: %v", err)
		}
		both := h.who
		both.Grants = append(both.Grants, access.Grant{Role: access.Leader, Place: streetCode})
		if err := h.Answer(ctx, both, f.ID, f.Version, true, ""); !errors.Is(err, errSelf) {
			t.Errorf("let out by oneself: %v", err)
		}
		if err := h.Answer(ctx, h.boss, f.ID, f.Version, false, " "); !errors.Is(err, errRefusal) {
			t.Errorf("refused without a word: %v", err)
		}
		must(t, h.Answer(ctx, h.boss, f.ID, f.Version, false, "只需户主联系电话"))
		f, err = h.Get(ctx, h.who, f.ID)
		must(t, err)
		if f.State != "refused" || f.Refusal != "只需户主联系电话" {
			t.Errorf("%s %q", f.State, f.Refusal)
		}
		if f, err = h.Run(ctx, h.who, f.ID, f.Version, "社区活动通知", 0); err != nil || f.State != "waiting" || f.Refusal != "" {
			t.Fatalf("once more: %s %q, %v", f.State, f.Refusal, err)
		}
		d, err := h.subjects.DigestOf(ctx, h.boss, "2026-07-15")
		must(t, err)
		before := total(d)
		must(t, h.Answer(ctx, h.boss, f.ID, f.Version, true, ""))
		if x := h.download(t, f.ID); rowsOf(t, x, 504, 504) == "" {
			t.Error("not all rows")
		}
		d, err = h.subjects.DigestOf(ctx, h.boss, "2026-07-15")
		must(t, err)
		if total(d) != before+Large+1 {
			t.Errorf("the digest shows %d more", total(d)-before)
		}
	})
}

func total(d []subject.Digest) (n int) {
	for _, x := range d {
		n += x.Count
	}
	return n
}

func TestBadTemplates(t *testing.T) {
	h := build(t, storetest.SQLite(t))
	for name, file := range map[string]string{"empty": "", "text": "姓名,电话", "old": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		if _, err := h.Add(t.Context(), h.who, streetCode, name, strings.NewReader(file)); err == nil {
			t.Errorf("%s was taken", name)
		} else if e := new(table.Error); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Add(t.Context(), h.boss, streetCode, "x", bytes.NewReader(blank(t, "x", []string{"姓名"}))); !errors.Is(err, access.ErrDenied) {
		t.Errorf("taken from a leader: %v", err)
	}
}
