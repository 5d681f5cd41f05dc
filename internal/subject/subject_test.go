package subject

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/code"
	"gewu/internal/access"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// plainWords stands in for the dictionary: numbers are sealed and masked.
type plainWords struct{}

func (plainWords) Sealed(e string) bool {
	return strings.HasSuffix(e, "id_number") || strings.HasSuffix(e, "phone")
}
func (d plainWords) Mask(e, v string) string {
	if !d.Sealed(e) || len(v) < 8 {
		return v
	}
	return v[:3] + strings.Repeat("*", len(v)-7) + v[len(v)-4:]
}
func (plainWords) Kept(e string, needed calendar.Date) (calendar.Date, bool) {
	switch {
	case e == "person.phone":
		return needed.AddMonths(12), true
	case strings.HasPrefix(e, "subject."):
		return needed, false
	}
	return needed.AddMonths(36), true
}
func (plainWords) Normal(_, v string) (string, error) { return v, nil }

const street1 = "990101001"

type house struct {
	*Service
	db    *store.DB
	at    time.Time
	clock *time.Time
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	at := time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)
	clock := at
	now := func() time.Time { clock = clock.Add(time.Second); return clock }
	ring, err := seal.NewRing(seal.AES)
	if err != nil {
		t.Fatal(err)
	}
	off := office.NewService(db, now)
	system := access.System("test")
	for _, code := range []string{"99", "9901", "990101", "990102", street1, "990101002", "990102001"} {
		if err := off.AddPlace(t.Context(), system, office.Place{Code: code, Name: "地" + code}); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []string{street1, "990101002", "990102001"} {
		for c := 1; c <= 2; c++ {
			code := fmt.Sprintf("%s%03d", s, c)
			for _, p := range []string{code, code + "001"} {
				if err := off.AddPlace(t.Context(), system, office.Place{Code: p, Name: "地" + p}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return &house{Service: NewService(db, ring, plainWords{}, now), db: db, at: at, clock: &clock}
}

func keeper(places ...string) access.Identity {
	who := access.Identity{ID: "keeper", Name: "管一册", Origin: "test"}
	for _, p := range places {
		who.Grants = append(who.Grants, access.Grant{Role: access.Keeper, Place: p})
	}
	return who
}

func (h *house) person(t testing.TB, who access.Identity, place, name string, v Values) string {
	t.Helper()
	all := Values{"person.name": name}
	links := Links{Household: v["household"], Dwelling: v["dwelling"]}
	for e, x := range v {
		if strings.Contains(e, ".") {
			all[e] = x
		}
	}
	id, err := h.Create(t.Context(), who, Entry{Kind: Person, Place: place, Values: all, Links: links, Source: "测试"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func names(lines []Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Name)
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		b, err := h.Create(t.Context(), who, Entry{Kind: Building, Place: street1 + "001001", Values: Values{"building.name": "12幢", "building.address": "柳荫路18号12幢"}})
		if err != nil {
			t.Fatal(err)
		}
		d, err := h.Create(t.Context(), who, Entry{Kind: Dwelling, Place: street1 + "001001", Values: Values{"dwelling.room_number": "2单元501", "dwelling.address": "柳荫路18号12幢2单元501室"}, Links: Links{Building: b}})
		if err != nil {
			t.Fatal(err)
		}
		hh, err := h.Create(t.Context(), who, Entry{Kind: Household, Place: street1 + "001001", Links: Links{Dwelling: d}})
		if err != nil {
			t.Fatal(err)
		}
		h.person(t, who, street1+"001001", "曾小满", Values{"person.id_number": "990101195003070017", "person.birth_date": "1950-03-07", "person.phone": "19900001234",
			"household": hh, "dwelling": d, "person.relation_to_head": "02"})
		h.person(t, who, street1+"001001", "曾禾", Values{"person.birth_date": "2012-07-16", "household": hh, "dwelling": d})
		h.person(t, who, street1+"002", "王满", Values{"person.birth_date": "1966-07-15", "person.current_address": "荷塘街9号", "person.lives_alone": "1"})
		for _, c := range []struct {
			f    Filter
			want string
		}{
			{Filter{}, "王满 曾禾 曾小满"}, // by initials: wm, zh, zxm
			{Filter{Query: "小满"}, "曾小满"},
			{Filter{Query: "满"}, ""}, // one character is a surname
			{Filter{Query: "曾"}, "曾小满 曾禾"},
			{Filter{Query: "zx"}, "曾小满"},
			{Filter{Query: "ZH"}, "曾禾"},
			{Filter{Query: "ＺＨ"}, "曾禾"},
			{Filter{Query: "zeng"}, "曾小满 曾禾"},
			{Filter{Query: "zengxiao"}, "曾小满"},
			{Filter{Query: "柳荫路18号 2单元"}, "曾小满 曾禾"},
			{Filter{Query: "柳荫路18号　501室"}, "曾小满 曾禾"},
			{Filter{Query: "路18号12"}, "曾小满 曾禾"},
			{Filter{Query: "路18弄"}, ""},
			{Filter{Query: "wm"}, "王满"},
			{Filter{Query: "0017"}, "曾小满"},
			{Filter{Query: "1234"}, "曾小满"},
			{Filter{Query: "19900001234"}, "曾小满"},
			{Filter{Query: "990101195003070017"}, "曾小满"},
			{Filter{Query: "荷塘街"}, "王满"},
			{Filter{Query: "荷塘街 9号"}, "王满"},
			{Filter{Query: "荷塘街 8号"}, ""},
			{Filter{Query: "王' OR 1=1 --"}, ""},
			{Filter{Query: `"`}, ""},
			{Filter{Query: "柳荫路18号"}, "曾小满 曾禾"},
			{Filter{Query: "曾禾 柳荫路"}, "曾禾"},
			{Filter{AgeMin: 60}, "王满 曾小满"},
			{Filter{AgeMin: 60, AgeMax: 60}, "王满"},
			{Filter{AgeMax: 13}, "曾禾"}, // 14 tomorrow
			{Filter{Tag: "alone"}, "王满"},
			{Filter{Place: street1 + "002"}, "王满"},
			{Filter{Place: street1 + "002", Query: "曾"}, ""},
			{Filter{Links: Links{Household: hh}}, "曾禾 曾小满"},
		} {
			got, _, err := h.List(t.Context(), who, Person, c.f, Page{})
			if err != nil || names(got) != c.want {
				t.Errorf("%+v: %q, want %q (%v)", c.f, names(got), c.want, err)
			}
		}
		must(t, h.Change(t.Context(), who, d, 0, Edit{Values: Values{"dwelling.address": "松风巷3号"}, Source: "门牌更换"}))
		for q, want := range map[string]string{"松风巷": "曾小满 曾禾", "柳荫路": ""} {
			if got, _, _ := h.List(t.Context(), who, Person, Filter{Query: q}, Page{}); names(got) != want {
				t.Errorf("after a new address, %s: %q", q, names(got))
			}
		}
		must(t, h.Change(t.Context(), who, d, 0, Edit{Values: Values{"dwelling.address": "柳荫路18号12幢2单元501室"}}))
		got, _, _ := h.List(t.Context(), who, Household, Filter{Query: "zxm"}, Page{})
		if names(got) != "曾小满" {
			t.Errorf("household by its head: %q", names(got))
		}
		full, err := h.Get(t.Context(), who, h.find(t, who, "曾小满"), Moment{})
		if err != nil {
			t.Fatal(err)
		}
		for e, want := range map[string]string{"person.age": "76", "person.current_address": "柳荫路18号12幢2单元501室", "building.name": "12幢",
			"household.head_name": "曾小满", "household.member_count": "2", "person.phone": "199****1234", "community.name": "地990101001001"} {
			if full.Values[e] != want {
				t.Errorf("%s: %q, want %q", e, full.Values[e], want)
			}
		}
		if names(full.Members) != "曾禾" {
			t.Errorf("members: %q", names(full.Members))
		}
	})
}

func (h *house) find(t testing.TB, who access.Identity, name string) string {
	t.Helper()
	got, _, err := h.List(t.Context(), who, Person, Filter{Query: name}, Page{})
	if err != nil || len(got) != 1 {
		t.Fatalf("%s: %d found, %v", name, len(got), err)
	}
	return got[0].ID
}

// A correction holds for the past, a change from its day on; what was known at
// an earlier time can be had as well.
func TestAsOf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		a, b := street1+"001", street1+"002"
		id := h.person(t, who, a, "李禾", Values{"person.phone": "19900000001", "person.work_unit": "甲厂"})
		t0 := store.At(*h.clock)
		must(t, h.Change(t.Context(), who, id, 1, Edit{Values: Values{"person.work_unit": "乙厂"}, From: "2026-05-01", Source: "本人"}))
		must(t, h.Change(t.Context(), who, id, 2, Edit{Values: Values{"person.phone": "19900000002"}, Source: "身份证复印件"}))
		must(t, h.Change(t.Context(), who, id, 3, Edit{Place: b, From: "2026-07-01"}))
		if err := h.Change(t.Context(), who, id, 2, Edit{Values: Values{"person.name": "李木"}}); err == nil {
			t.Error("an older version was changed")
		}
		gone := h.person(t, who, a, "周迁", nil)
		must(t, h.Leave(t.Context(), who, gone, 1, "2026-07-10", "迁出"))
		for _, c := range []struct {
			place string
			m     Moment
			want  string
		}{
			{a, Moment{}, ""},
			{b, Moment{}, "李禾 乙厂 19900000002"},
			{a, Moment{On: "2026-06-30"}, "周迁  |李禾 乙厂 19900000002"},
			{b, Moment{On: "2026-06-30"}, ""},
			{a, Moment{On: "2026-04-30"}, "周迁  |李禾 甲厂 19900000002"},
			{a, Moment{On: "2026-07-09"}, "周迁  "},
			{a, Moment{On: "2026-07-10"}, ""},
			{a, Moment{Known: t0}, "李禾 甲厂 19900000001"},
		} {
			var got []string
			err := h.Each(t.Context(), who, Person, Filter{Place: c.place, As: c.m}, func(f Facts) error {
				got = append(got, f.Values["person.name"]+" "+f.Values["person.work_unit"]+" "+f.Values["person.phone"])
				return nil
			})
			slices.Sort(got)
			if err != nil || strings.Join(got, "|") != c.want {
				t.Errorf("%s %+v: %q, want %q (%v)", c.place, c.m, got, c.want, err)
			}
		}
		history, err := h.History(t.Context(), who, id)
		if err != nil || len(history) != 4 || history[3].What != "create" {
			t.Fatalf("%d changes, %v", len(history), err)
		}
		if c := history[1].Changed[0]; c != (ValueChange{"person.phone", "199****0001", "199****0002"}) {
			t.Errorf("%+v", c)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMergeAndApart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		p := street1 + "001"
		n := 0
		home := func() string {
			n++
			id, err := h.Create(t.Context(), who, Entry{Kind: Household, Place: p, Values: Values{"household.number": fmt.Sprintf("A%d", n)}})
			must(t, err)
			return id
		}
		a, b := home(), home()
		h.person(t, who, p, "赵一", Values{"household": a})
		h.person(t, who, p, "赵二", Values{"household": b})
		must(t, h.Change(t.Context(), who, b, 0, Edit{Values: Values{"household.annual_income": "1200000"}}))
		in := func(id string) string {
			l, _, err := h.List(t.Context(), who, Person, Filter{Links: Links{Household: id}}, Page{})
			must(t, err)
			return names(l)
		}
		must(t, h.Merge(t.Context(), who, a, b, 0))
		if in(a) != "赵二 赵一" || in(b) != "" { // ze before zy
			t.Errorf("merged: %q, %q", in(a), in(b))
		}
		full, err := h.Get(t.Context(), who, a, Moment{})
		must(t, err)
		if full.Values["household.annual_income"] != "1200000" {
			t.Errorf("what only the second knew is lost: %v", full.Values)
		}
		if err := h.Merge(t.Context(), who, a, b, 0); err == nil {
			t.Error("merged what is gone")
		}
		must(t, h.Apart(t.Context(), who, b))
		if in(a) != "赵一" || in(b) != "赵二" {
			t.Errorf("apart: %q, %q", in(a), in(b))
		}
		full, err = h.Get(t.Context(), who, a, Moment{})
		must(t, err)
		if full.Values["household.annual_income"] != "" {
			t.Error("the first kept what it had taken over")
		}
		if err := h.Apart(t.Context(), who, b); err == nil {
			t.Error("taken apart twice")
		}
	})
}

// After erasing, neither the ledger, nor its history, nor the journal nor the
// file of the database holds what was known.
func TestErase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		id := h.person(t, who, street1+"001", "钱忘川", Values{"person.phone": "19900007777", "person.work_unit": "忘川厂"})
		must(t, h.Change(t.Context(), who, id, 1, Edit{Values: Values{"person.work_unit": "彼岸厂"}, Source: "本人"}))
		must(t, h.Erase(t.Context(), who, id, 0, "本人申请"))
		if _, err := h.Get(t.Context(), who, id, Moment{}); err == nil {
			t.Error("still has a page")
		}
		for _, q := range []string{"", "钱忘川", "qwc", "7777"} {
			if l, _, _ := h.List(t.Context(), who, Person, Filter{Query: q}, Page{}); len(l) > 0 {
				t.Errorf("%q still finds %v", q, l)
			}
		}
		first := h.person(t, who, street1+"001", "钱忘川", Values{"person.relation_to_head": Head})
		home, err := h.Create(t.Context(), who, Entry{Kind: Household, Place: street1 + "001", Values: Values{"household.number": "A1"}})
		must(t, err)
		must(t, h.Change(t.Context(), who, first, 1, Edit{Links: &Links{Household: home}}))
		if l, _, _ := h.List(t.Context(), who, Household, Filter{Query: "钱忘川"}, Page{}); len(l) != 1 {
			t.Error("the household has no name", l)
		}
		_, err = h.Ask(t.Context(), who, first, Request{Kind: "erase", Asker: "self", Asked: "2026-07-01", Words: "我是钱忘川，请删除"})
		must(t, err)
		must(t, h.Erase(t.Context(), who, first, 0, "本人申请"))
		if l, _, _ := h.List(t.Context(), who, Household, Filter{Query: "钱忘川"}, Page{}); len(l) != 0 {
			t.Error("the household has the name still", l)
		}
		for _, text := range dump(t, db) {
			for _, secret := range []string{"钱忘川", "忘川厂", "彼岸厂", "19900007777"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s is still there: %s", secret, text)
				}
			}
		}
		if err := h.Erase(t.Context(), who, id, 0, "再次"); err == nil {
			t.Error("erased twice")
		}
	})
}

func dump(t testing.TB, db *store.DB) []string {
	t.Helper()
	out, err := store.All[string](t.Context(), db, store.SQL(
		"SELECT name || sort || address || source || plain || sealed || wrapped FROM subject").Anywhere())
	must(t, err)
	more, err := store.All[string](t.Context(), db, store.SQL("SELECT source || doc FROM subject_change").Anywhere())
	must(t, err)
	events, err := store.All[string](t.Context(), db, store.SQL("SELECT before_doc || after_doc FROM event").Anywhere())
	must(t, err)
	return slices.Concat(out, more, events)
}

// Numbers lie nowhere in the open, and who sees one unmasked is written down.
func TestSealedAndUnmasked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		id := h.person(t, who, street1+"001", "孙鸣", Values{"person.phone": "19900005678", "person.id_number": "990101199001010014"})
		must(t, h.Change(t.Context(), who, id, 1, Edit{Values: Values{"person.phone": "19900005679"}}))
		for _, text := range dump(t, db) {
			if strings.Contains(text, "1990000567") || strings.Contains(text, "990101199001010014") {
				t.Errorf("in the open: %s", text)
			}
		}
		full, err := h.Get(t.Context(), who, id, Moment{})
		must(t, err)
		if full.Phone != "199****5679" || !slices.Contains(full.Masked, "person.id_number") {
			t.Errorf("%+v", full)
		}
		for _, purpose := range []string{"", "看看", strings.Repeat("长", 101)} {
			if _, err := h.Unmask(t.Context(), who, id, []string{"person.phone"}, purpose); err == nil {
				t.Errorf("unmasked for %q", purpose)
			}
		}
		v, err := h.Unmask(t.Context(), who, id, []string{"person.phone"}, "联系核对高龄津贴")
		if err != nil || v["person.phone"] != "19900005679" || len(v) != 1 {
			t.Fatal(v, err)
		}
		looks, err := h.Looks(t.Context(), who, id)
		must(t, err)
		if len(looks) != 2 || looks[0].Verb != "subject.unmask" || looks[0].After.V["purpose"] != "联系核对高龄津贴" {
			t.Errorf("%+v", looks)
		}
	})
}

// Whatever the grants, the data and the moves: nobody is shown, by a list, a
// search, a page, a history or a reading of the past, what lies or lay outside
// their places; and within them nothing is missing.
func TestScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		var all []string
		for _, s := range []string{street1, "990101002", "990102001"} {
			for c := 1; c <= 2; c++ {
				code := fmt.Sprintf("%s%03d", s, c)
				all = append(all, code, code+"001")
			}
		}
		everywhere := keeper("")
		where := map[string]string{}  // id → place now
		before := map[string]string{} // id → place on 2026-06-30
		rounds := 0
		rapid.Check(t, func(t *rapid.T) {
			if rounds++; rounds > 40 { // the ledger grows, forty are enough
				return
			}
			for range rapid.IntRange(1, 3).Draw(t, "people") {
				p := rapid.SampledFrom(all).Draw(t, "place")
				id, err := h.Create(context.Background(), everywhere, Entry{Kind: Person, Place: p, Values: Values{"person.name": "同名者"}})
				if err != nil {
					t.Fatal(err)
				}
				where[id], before[id] = p, p
				if rapid.Bool().Draw(t, "moves") {
					to := rapid.SampledFrom(all).Draw(t, "to")
					if err := h.Change(context.Background(), everywhere, id, 0, Edit{Place: to, From: "2026-07-01"}); err != nil {
						t.Fatal(err)
					}
					where[id] = to
				}
			}
			grants := rapid.SliceOfN(rapid.SampledFrom(append([]string{"99", "9901", "990101", street1, "990102001", "98"}, all...)), 0, 3).Draw(t, "grants")
			who := keeper(grants...)
			within := rapid.SampledFrom(append([]string{"", "990101", street1}, all...)).Draw(t, "within")
			may := func(place string) bool {
				return strings.HasPrefix(place, within) && slices.ContainsFunc(grants, func(g string) bool { return strings.HasPrefix(place, g) })
			}
			check := func(what string, got map[string]bool, places map[string]string) {
				for id, p := range places {
					if got[id] != may(p) {
						t.Fatalf("%s: grants %v within %q, place %s: shown %v", what, grants, within, p, got[id])
					}
				}
			}
			for what, f := range map[string]Filter{"list": {Place: within}, "search": {Place: within, Query: "tm"}, "words": {Place: within, Query: "同名"}} {
				got := map[string]bool{}
				for p := (Page{Limit: rapid.SampledFrom([]int{3, 50, 200}).Draw(t, "limit")}); ; {
					lines, next, err := h.List(context.Background(), who, Person, f, p)
					if err != nil {
						t.Fatal(err)
					}
					for _, l := range lines {
						if got[l.ID] {
							t.Fatal("shown twice")
						}
						got[l.ID] = true
					}
					if p.After = next; next == "" {
						break
					}
				}
				check(what, got, where)
			}
			got := map[string]bool{}
			if err := h.Each(context.Background(), who, Person, Filter{Place: within, As: Moment{On: "2026-06-30"}}, func(f Facts) error {
				got[f.ID] = true
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			check("as of", got, before)
			id := rapid.SampledFrom(keys(where)).Draw(t, "one")
			seen := slices.ContainsFunc(grants, func(g string) bool { return strings.HasPrefix(where[id], g) })
			_, err := h.Get(context.Background(), who, id, Moment{})
			_, err2 := h.History(context.Background(), who, id)
			_, err3 := h.Unmask(context.Background(), who, id, nil, "核对信息")
			err4 := h.Change(context.Background(), who, id, 0, Edit{})
			for _, err := range []error{err, err2, err3, err4} {
				if (err == nil) != seen {
					t.Fatalf("grants %v, place %s: %v", grants, where[id], err)
				}
			}
		})
	})
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func TestRequests(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who, other := keeper(street1), keeper("990102")
		id := h.person(t, who, street1+"001", "吴询", Values{"person.phone": "15400000001"})
		for _, bad := range []Request{{}, {Kind: "sell", Asker: "self", Asked: "2026-07-01"}, {Kind: "show", Asker: "boss", Asked: "2026-07-01"}, {Kind: "show", Asker: "self", Asked: "2026-07-16"}} {
			if _, err := h.Ask(t.Context(), who, id, bad); err == nil {
				t.Errorf("taken: %+v", bad)
			}
		}
		if _, err := h.Ask(t.Context(), other, id, Request{Kind: "show", Asker: "self", Asked: "2026-07-01"}); err == nil {
			t.Error("somebody elsewhere entered a request")
		}
		q, err := h.Ask(t.Context(), who, id, Request{Kind: "erase", Asker: "self", Asked: "2026-07-01"})
		must(t, err)
		if q.Due != "2026-07-31" {
			t.Errorf("due %s", q.Due)
		}
		if l, _ := h.Requests(t.Context(), other, "", ""); len(l) != 0 {
			t.Error("shown elsewhere")
		}
		if err := h.Answer(t.Context(), other, q.ID, 1, true, "已删除"); err == nil {
			t.Error("answered by somebody elsewhere")
		}
		if err := h.Answer(t.Context(), who, q.ID, 1, true, " "); err == nil {
			t.Error("answered without words")
		}
		must(t, h.Answer(t.Context(), who, q.ID, 1, true, "已删除"))
		if _, err := h.Get(t.Context(), who, id, Moment{}); err == nil {
			t.Error("not erased")
		}
		l, err := h.Requests(t.Context(), who, "done", "")
		if err != nil || len(l) != 1 || l[0].Name != "" || l[0].Answer != "已删除" {
			t.Errorf("%+v %v", l, err)
		}
		if err := h.Answer(t.Context(), who, q.ID, 2, false, "再答复"); err == nil {
			t.Error("answered twice")
		}
	})
}

func TestDigest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		id := h.person(t, who, street1+"001", "郑显", Values{"person.phone": "15400000001"})
		for range 2 {
			_, err := h.Unmask(t.Context(), who, id, []string{"person.phone"}, "电话回访")
			must(t, err)
		}
		boss := func(place string) access.Identity {
			return access.Identity{Grants: []access.Grant{{Role: access.Leader, Place: place}}}
		}
		d, err := h.DigestOf(t.Context(), boss(street1), "2026-07-15")
		if err != nil || len(d) != 1 || d[0].Count != 2 || d[0].People != 1 || d[0].Purpose != "电话回访" ||
			!slices.Equal(d[0].Elements, []string{"person.phone"}) || d[0].Last == "" {
			t.Errorf("%+v %v", d, err)
		}
		for _, c := range []struct {
			who access.Identity
			day string
		}{{boss("990102"), "2026-07-15"}, {boss(street1), "2026-07-14"}, {boss(street1), "2026-07-16"}, {who, "2026-07-15"}} {
			if d, err := h.DigestOf(t.Context(), c.who, c.day); err != nil || len(d) != 0 {
				t.Errorf("%+v %v", d, err)
			}
		}
	})
}

// After a new master key everything opens as before, and nothing needs the old
// one any more.
func TestRewrap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		id := h.person(t, who, street1+"001", "孙鸣", Values{"person.phone": "15400005678"})
		must(t, h.ring.Rotate(seal.SM4))
		n, err := h.Rewrap(t.Context(), h.ring)
		if err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if n, err := h.Rewrap(t.Context(), h.ring); err != nil || n != 0 {
			t.Fatal("wrapped again", n, err)
		}
		v, err := h.Unmask(t.Context(), who, id, []string{"person.phone"}, "核对信息")
		if err != nil || v["person.phone"] != "15400005678" {
			t.Fatal(v, err)
		}
		wrapped, err := store.One[string](t.Context(), db, store.SQL("SELECT wrapped FROM subject").Anywhere())
		if err != nil || !strings.HasPrefix(wrapped, h.ring.Current()+".") {
			t.Fatal(wrapped, err)
		}
	})
}

// Names are found by how people read them, not by how a character was read
// somewhere once, and stand beside their namesakes.
func TestNames(t *testing.T) {
	for name, want := range map[string]string{"彭建": "pj", "潘静": "pj", "白静雯": "bjw", "方景行": "fjx fjh", "丁毅": "dy", "廖俊杰": "ljj", "曾乐": "zl zy",
		"单长风": "szf scf", "仇英": "qy", "欧阳明": "oym", "Anna李": "annal", "": ""} {
		if got := strings.Join(initials(name), " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	list := []string{"曹春梅", "陈春生", "陈川", "程川", "程春梅", "仇英", "曾禾", "曾小满", "赵一"}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b string) int { return strings.Compare(sortKey(Person, a), sortKey(Person, b)) })
	if want := []string{"曹春梅", "陈川", "陈春生", "程川", "程春梅", "仇英", "曾禾", "曾小满", "赵一"}; !slices.Equal(sorted, want) {
		t.Errorf("%v", sorted)
	}
}

// What was written by another rule is written anew, once, also where that was
// broken off.
func TestReindex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		who := keeper(street1)
		for n := range batch + 10 {
			h.person(t, who, street1+"001", fmt.Sprintf("曾%d", n), nil)
		}
		must(t, db.Tx(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(t.Context(), "UPDATE subject SET sort = 'old' WHERE seq <= 5"); err != nil {
				return err
			}
			return tx.DropWords(t.Context(), "subject", 1)
		}))
		for _, want := range []int{batch + 10, 0} {
			if n, err := h.Reindex(t.Context()); err != nil || n != want {
				t.Errorf("%d %v, want %d", n, err, want)
			}
		}
		l, _, err := h.List(t.Context(), who, Person, Filter{Query: "zeng"}, Page{Limit: 1})
		if err != nil || len(l) != 1 || l[0].Name != "曾0" {
			t.Errorf("%+v %v", l, err)
		}
		wrong, err := store.One[int](t.Context(), db, store.SQL("SELECT count(*) FROM subject WHERE sort = 'old'").Anywhere())
		if err != nil || wrong != 0 {
			t.Errorf("%d are as they were (%v)", wrong, err)
		}
	})
}

// What is known of somebody does not contradict their number, and what a slip
// of the pen makes is refused.
func TestAgree(t *testing.T) {
	today := calendar.On(2026, 7, 15)
	id := "990101195003070010" // a man, by the digit before the last; the check digit is worked out below
	for _, last := range "0123456789X" {
		if _, err := code.ParseResidentID(id[:17] + string(last)); err == nil {
			id = id[:17] + string(last)
		}
	}
	for _, tt := range []struct {
		now, change Values
		err         error
		birth, sex  string
	}{
		{Values{}, Values{"person.id_number": id}, nil, "1950-03-07", "1"},
		{Values{}, Values{"person.id_number": id, "person.birth_date": "1950"}, nil, "1950-03-07", "1"},
		{Values{}, Values{"person.id_number": id, "person.birth_date": "1950-03-08"}, errBirth, "", ""},
		{Values{}, Values{"person.id_number": id, "person.sex": "2"}, errSex, "", ""},
		{Values{"person.id_number": id}, Values{"person.birth_date": "1952-09-03"}, errBirth, "", ""},
		{Values{"person.id_number": id}, Values{"person.birth_date": ""}, nil, "1950-03-07", ""},
		{Values{"person.id_number": id, "person.sex": "2"}, Values{"person.phone": "1"}, nil, "", ""},
		{Values{}, Values{"person.birth_date": "2030-01-01"}, errBorn, "", ""},
		{Values{}, Values{"person.birth_date": "1952-09-03", "person.sex": "2"}, nil, "1952-09-03", "2"},
		{Values{}, Values{"person.id_number": "护照E1", "person.birth_date": "1952-09-03"}, nil, "1952-09-03", ""},
	} {
		err := agree(tt.now, tt.change, today)
		if !errors.Is(err, tt.err) || err == nil && (tt.change["person.birth_date"] != tt.birth || tt.change["person.sex"] != tt.sex) {
			t.Errorf("%v and %v: %v", tt.now, tt.change, err)
		}
	}
}
