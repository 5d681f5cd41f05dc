package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
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
)

const street = "990101001"

// byHeader recognises the columns of the first row by a table of headers.
type byHeader map[string]string

func (b byHeader) Recognise(r io.ReaderAt, size int64) (Guess, error) {
	x, err := excelize.OpenReader(io.NewSectionReader(r, 0, size))
	if err != nil {
		return Guess{}, errBook
	}
	defer x.Close()
	g := Guess{Sheet: x.GetSheetName(0), Kind: subject.Kind(b["kind"]), FirstRow: 2}
	head, err := x.GetRows(g.Sheet)
	if err != nil || len(head) == 0 {
		return Guess{}, errBook
	}
	for n, h := range head[0] {
		name, _ := excelize.ColumnNumberToName(n + 1)
		g.Columns = append(g.Columns, Column{Letter: name, Header: h, Element: b[h], Score: .9})
	}
	return g, nil
}

type house struct {
	*Service
	subjects *subject.Service
	who      access.Identity
	now      *time.Time
	tick     *func() // called whenever somebody asks for the time
}

func build(t testing.TB, db *store.DB, headers byHeader) *house {
	t.Helper()
	at := time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)
	tick := new(func())
	now := func() time.Time {
		if *tick != nil {
			(*tick)()
		}
		at = at.Add(time.Second)
		return at
	}
	ring, err := seal.NewRing(seal.AES)
	must(t, err)
	dict, err := element.Load()
	must(t, err)
	files, err := blob.Open(t.TempDir())
	must(t, err)
	elements := subject.NewElements(dict)
	subjects := subject.NewService(db, ring, elements, now)
	off := office.NewService(db, now)
	for code, name := range map[string]string{"99": "云州省", "9901": "云中市", "990101": "云溪县", street: "青石街道", street + "001": "清风社区", street + "002": "明月社区", street + "001001": "清风社区第1网格"} {
		must(t, off.AddPlace(t.Context(), access.System("test"), office.Place{Code: code, Name: name}))
	}
	s := NewService(db, vault.New(files, ring), subjects, headers, elements.Mask, now)
	who := access.Identity{ID: "k", Name: "管一册", Grants: []access.Grant{{Role: access.Keeper, Place: street}}}
	return &house{s, subjects, who, &at, tick}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// book makes a workbook of rows.
func book(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	for n, r := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, n+1)
		must(t, x.SetSheetRow("Sheet1", cell, &r))
	}
	var b bytes.Buffer
	must(t, x.Write(&b))
	return b.Bytes()
}

var people = byHeader{"kind": "person", "姓名": "person.name", "身份证号": "person.id_number", "出生日期": "person.birth_date", "性别": "person.sex", "电话": "person.phone",
	"社区": "community.name", "楼栋": "building.name", "小区": "compound.name", "房号": "dwelling.room_number", "户号": "household.number", "与户主关系": "person.relation_to_head", "备注": "row.remark"}

var peopleRows = [][]any{
	{"序号", "姓名", "身份证号", "出生日期", "性别", "电话", "社区", "小区", "楼栋", "房号", "户号", "与户主关系"},
	{1, "李一", "990101195001010010", "1950-01-01", "男", "15400000001", "清风社区", "柳荫苑", "3幢", "501", "A1", "户主"},
	{2, "王二", "990101195202020020", 19026, "女", "15400000002", "清风", "柳荫苑", "3幢", "501", "A1", "妻"},
	{3, "坏校验", "990101195001010011", "", "", "", "清风社区", "柳荫苑", "3幢", "502", "A2", "户主"},
	{4, "生日不符", "990101196003030035", "1961-03-03", "男", "", "清风社区", "柳荫苑", "3幢", "502", "A2", "户主"},
	{5, "李一", "990101195001010010", "", "", "", "清风社区", "柳荫苑", "3幢", "503", "A3", "户主"},
	{6, "无此社区", "", "", "", "", "远方社区", "", "", "", "", ""},
	{7, "", "", "", "", "15400000003", "明月社区", "", "", "", "", ""},
	{8, "丢精度", 9.9010119500101001e+17, "", "", "", "明月社区", "", "", "", "", ""},
	{9, "赵九", "", "1980年5月", "", "", "明月社区", "", "", "", "", ""},
}

// ids completes the check digits of the test's ids.
func ids(t testing.TB) [][]any {
	t.Helper()
	out := make([][]any, len(peopleRows))
	for n, r := range peopleRows {
		out[n] = slices.Clone(r)
		if id, ok := r[2].(string); ok && len(id) == 18 {
			good := check(id[:17])
			if strings.HasPrefix(r[1].(string), "坏") {
				good = check(id[:17])[:17] + string("0123456789X"[(strings.IndexByte("0123456789X", check(id[:17])[17])+1)%11])
			}
			out[n][2] = good
		}
	}
	return out
}

func check(body string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}

func TestIntake(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, people)
		ctx := t.Context()
		file := book(t, ids(t)...)
		i, err := h.Add(ctx, h.who, street, "人员.xlsx", bytes.NewReader(file))
		must(t, err)
		if i.Columns[2].Element != "person.id_number" || strings.Contains(i.Columns[2].Sample, "19500101") {
			t.Errorf("%+v", i.Columns[2])
		}
		if _, err := h.Run(ctx, h.who, i.ID, i.Version); err == nil {
			t.Error("run without a dry run")
		}
		// Nothing is known yet: buildings and households are missing.
		i, err = h.Check(ctx, h.who, i.ID, i.Version)
		must(t, err)
		if want := (Tally{Rows: 9, New: 1, Bad: 8}); i.Tally != want {
			t.Errorf("%+v, want %+v", i.Tally, want)
		}
		i, err = h.Correct(ctx, h.who, i.ID, i.Version, Correction{Kind: subject.Person, AsOf: "2026-07-01", Makes: true})
		must(t, err)
		i, err = h.Check(ctx, h.who, i.ID, i.Version)
		must(t, err)
		want := Tally{Rows: 9, New: 3, Bad: 6, Made: 3}
		if i.Tally != want {
			t.Errorf("%+v, want %+v", i.Tally, want)
		}
		if n := count(t, h, subject.Person); n != 0 {
			t.Errorf("a dry run entered %d people", n)
		}
		faults, err := h.Faults(ctx, h.who, i.ID, 0)
		must(t, err)
		var got []string
		for _, f := range faults {
			for _, x := range f.Faults {
				got = append(got, fmt.Sprintf("%d%s %s", f.Row, x.Letter, x.Code))
			}
		}
		if s := strings.Join(got, ", "); s != "4C value_wrong, 5D birth_contradicts, 6 row_twice, 7G place_unknown, 8B name_missing, 9C value_wrong" {
			t.Error(s)
		}
		i, err = h.Run(ctx, h.who, i.ID, i.Version)
		must(t, err)
		if i.State != "done" || i.Tally != want {
			t.Errorf("%s %+v", i.State, i.Tally)
		}
		l, _, err := h.subjects.List(ctx, h.who, subject.Person, subject.Filter{Query: "王二"}, subject.Page{})
		must(t, err)
		if len(l) != 1 || l[0].Birth != "1952-02-02" || l[0].Household == "" || l[0].Relation != "12" {
			t.Errorf("%+v", l)
		}
		for kind, want := range map[subject.Kind]int{subject.Person: 3, subject.Household: 1, subject.Dwelling: 1, subject.Building: 1} {
			if n := count(t, h, kind); n != want {
				t.Errorf("%d of %s, want %d", n, kind, want)
			}
		}

		// The bad rows come back with their reasons.
		var back bytes.Buffer
		must(t, h.Bad(ctx, h.who, i.ID, "zh", &back))
		x, err := excelize.OpenReader(&back)
		must(t, err)
		rows, _ := x.GetRows("Sheet1")
		if len(rows) != 7 || rows[0][12] != "退回原因" || !strings.Contains(rows[2][12], "出生日期与身份证号码不一致") {
			t.Errorf("%v", rows)
		}

		// The same file again changes nothing.
		again, err := h.Add(ctx, h.who, street, "人员.xlsx", bytes.NewReader(file))
		must(t, err)
		again, err = h.Correct(ctx, h.who, again.ID, again.Version, Correction{Kind: subject.Person, AsOf: "2026-07-01", Makes: true})
		must(t, err)
		again, err = h.Check(ctx, h.who, again.ID, again.Version)
		must(t, err)
		again, err = h.Run(ctx, h.who, again.ID, again.Version)
		must(t, err)
		if want := (Tally{Rows: 9, Same: 3, Bad: 6}); again.Tally != want {
			t.Errorf("again: %+v, want %+v", again.Tally, want)
		}
		if _, err := h.Run(ctx, h.who, again.ID, again.Version); err == nil {
			t.Error("run again after the end")
		}

		// A later file changes what has changed, from its day on.
		changed := ids(t)[:3]
		changed[1][5] = "15400009999"
		later, err := h.Add(ctx, h.who, street, "人员8月.xlsx", bytes.NewReader(book(t, changed...)))
		must(t, err)
		later, err = h.Check(ctx, h.who, later.ID, later.Version)
		must(t, err)
		later, err = h.Run(ctx, h.who, later.ID, later.Version)
		must(t, err)
		if want := (Tally{Rows: 2, Changed: 1, Same: 1}); later.Tally != want {
			t.Errorf("later: %+v, want %+v", later.Tally, want)
		}
		if l, _, _ := h.subjects.List(ctx, h.who, subject.Person, subject.Filter{Query: "9999"}, subject.Page{}); len(l) != 1 {
			t.Error("the new telephone does not find its owner")
		}
	})
}

func count(t testing.TB, h *house, kind subject.Kind) int {
	t.Helper()
	l, _, err := h.subjects.List(t.Context(), h.who, kind, subject.Filter{}, subject.Page{Limit: 200})
	must(t, err)
	return len(l)
}

// A run that is broken off goes on where it stopped and enters nobody twice.
func TestResume(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, people)
		rows := [][]any{{"姓名", "出生日期", "社区"}}
		for n := range 1000 {
			rows = append(rows, []any{fmt.Sprintf("民%d", n), "1980-01-01", "清风社区"})
		}
		i, err := h.Add(t.Context(), h.who, street, "a.xlsx", bytes.NewReader(book(t, rows...)))
		must(t, err)
		i, err = h.Check(t.Context(), h.who, i.ID, i.Version)
		must(t, err)
		if i.Tally.New != 1000 {
			t.Fatalf("%+v", i.Tally)
		}
		ctx, cancel := context.WithCancel(t.Context())
		asked := 0
		*h.tick = func() {
			if asked++; asked == 1500 { // each entry asks for the time twice or so
				cancel()
			}
		}
		broken, err := h.Run(ctx, h.who, i.ID, i.Version)
		*h.tick = nil
		if err == nil || broken.State == "done" || broken.DoneRow == 0 {
			t.Errorf("not broken off in the middle: %s, row %d, %v", broken.State, broken.DoneRow, err)
		}
		i, err = h.Get(t.Context(), h.who, i.ID)
		must(t, err)
		i, err = h.Run(t.Context(), h.who, i.ID, i.Version)
		must(t, err)
		n, err := store.One[int](t.Context(), db, store.SQL("SELECT count(*) FROM subject WHERE kind = 'person'").Anywhere())
		must(t, err)
		if i.State != "done" || i.Tally.New != 1000 || n != 1000 {
			t.Errorf("%s %+v, %d people", i.State, i.Tally, n)
		}
	})
}

// What a row says is known to those that come a transaction later: the run
// finds what the dry run found.
func TestManyRows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, people)
		ctx := t.Context()
		rows := [][]any{{"姓名", "身份证号", "出生日期", "社区", "楼栋", "房号", "户号"}}
		for n := range 3 * together {
			number := check(fmt.Sprintf("99010119800101%03d", n%990+1))
			rows = append(rows, []any{fmt.Sprintf("民%d", n), number, "", "清风社区", "1幢", fmt.Sprint(n / 2), fmt.Sprintf("H%d", n/2)})
		}
		rows = append(rows, []any{"民0", check("99010119800101001"), "", "清风社区", "1幢", "0", "H0"}, // the first again
			[]any{"无号人", "", "1970-01-01", "清风社区", "1幢", "0", "H0"},
			[]any{"无号人", check("99010119700101001"), "", "清风社区", "1幢", "0", "H0"}) // now with a number
		i, err := h.Add(ctx, h.who, street, "a.xlsx", bytes.NewReader(book(t, rows...)))
		must(t, err)
		i, err = h.Correct(ctx, h.who, i.ID, i.Version, Correction{Kind: subject.Person, AsOf: "2026-07-01", Makes: true})
		must(t, err)
		i, err = h.Check(ctx, h.who, i.ID, i.Version)
		must(t, err)
		dry := i.Tally
		i, err = h.Run(ctx, h.who, i.ID, i.Version)
		must(t, err)
		if i.Tally.Bad != 1 || dry.Bad != 1 || i.Tally.Made != dry.Made || i.Tally.New != 3*together+1 || i.Tally.Changed != 1 {
			t.Errorf("dry run %+v, run %+v", dry, i.Tally)
		}
		if n := i.Tally.Made; n != 1+3*together/2+3*together/2 { // a building, dwellings, households
			t.Errorf("made %d", n)
		}
		people, err := store.One[int](ctx, db, store.SQL("SELECT count(*) FROM subject WHERE kind = 'person'").Anywhere())
		must(t, err)
		if people != 3*together+1 {
			t.Errorf("%d people", people)
		}
	})
}

// Whoever is entered by somebody else while a first register runs is not
// entered twice.
func TestRunBesideOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, people)
		ctx := t.Context()
		rows := [][]any{{"姓名", "身份证号", "社区"}}
		number := func(n int) string { return check(fmt.Sprintf("99010119800101%03d", n)) }
		for n := range 2 * together {
			rows = append(rows, []any{fmt.Sprintf("民%d", n), number(n%900 + 1), "清风社区"})
		}
		i, err := h.Add(ctx, h.who, street, "a.xlsx", bytes.NewReader(book(t, rows...)))
		must(t, err)
		i, err = h.Check(ctx, h.who, i.ID, i.Version)
		must(t, err)
		// Entered between the reader's first look and the first transaction.
		r, err := h.reader(ctx, &i, h.subjects.Look(h.who), false)
		must(t, err)
		if !r.none[subject.Person] {
			t.Fatal("the street has somebody")
		}
		_, err = h.subjects.Create(ctx, h.who, subject.Entry{Kind: subject.Person, Place: street + "001", Values: subject.Values{"person.name": "民7", "person.id_number": number(8)}})
		must(t, err)
		i.State, i.Tally = "running", Tally{}
		must(t, h.write(ctx, h.who, &i, r, []line{{n: 9, cells: []string{"民7", number(8), "清风社区"}}}, false))
		if n := count(t, h, subject.Person); n != 1 {
			t.Errorf("%d people", n)
		}
		if i.Tally.New != 0 || r.none[subject.Person] {
			t.Errorf("%+v", i.Tally)
		}
	})
}

func TestBadFiles(t *testing.T) {
	h := build(t, storetest.SQLite(t), people)
	for name, file := range map[string][]byte{"empty": nil, "a picture": {0x89, 0x50, 0x4e, 0x47, 0}, "cut off": book(t, []any{"姓名"})[:400]} {
		if _, err := h.Add(t.Context(), h.who, street, "x.xlsx", bytes.NewReader(file)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := h.Add(t.Context(), access.Identity{}, street, "x.xlsx", bytes.NewReader(book(t, []any{"姓名"}))); err == nil {
		t.Error("taken from somebody who keeps no ledger")
	}
	i, err := h.Add(t.Context(), h.who, street, "x.xlsx", bytes.NewReader(book(t, []any{"电话"}, []any{"1"})))
	must(t, err)
	if _, err := h.Check(t.Context(), h.who, i.ID, i.Version); err == nil {
		t.Error("checked without names")
	}
	*h.now = h.now.Add(40 * 24 * time.Hour)
	must(t, h.Forget(t.Context()))
	i, err = h.Get(t.Context(), h.who, i.ID)
	must(t, err)
	if i.Wrapped != "" {
		t.Error("the workbook is kept for ever")
	}
	for _, c := range i.Columns {
		if c.Sample != "" {
			t.Errorf("a sample is kept for ever: %+v", c)
		}
	}
}
