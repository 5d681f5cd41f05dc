package subject

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// A list, a page and the counts of a past day show the household as it was:
// its members, its head, what was known of it, who has left since.
func TestTheHouseholdThatWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		p := street1 + "001"
		enter := func(e Entry) string {
			t.Helper()
			e.Since = "2020-01-01"
			id, err := h.Create(ctx, who, e)
			must(t, err)
			return id
		}
		building := enter(Entry{Kind: Building, Place: p, Values: Values{"building.name": "1幢"}})
		dwelling := enter(Entry{Kind: Dwelling, Place: p, Values: Values{"dwelling.room_number": "101", "dwelling.occupancy": Let}, Links: Links{Building: building}})
		home := enter(Entry{Kind: Household, Place: p, Values: Values{"household.number": "H1", "household.annual_income": "10000"}, Links: Links{Dwelling: dwelling}})
		other := enter(Entry{Kind: Household, Place: p, Values: Values{"household.number": "H2"}})
		person := func(name, relation, birth string) string {
			return enter(Entry{Kind: Person, Place: p, Values: Values{"person.name": name, "person.relation_to_head": relation, "person.birth_date": birth},
				Links: Links{Household: home, Dwelling: dwelling}})
		}
		old := person("沈户主", Head, "1966-06-30")
		young := person("沈小树", "20", "1990-01-01")
		gone := person("沈远行", "20", "1992-01-01")
		// In July the head moves out, one leaves the district, the next is head.
		must(t, h.Change(ctx, who, old, 0, Edit{Links: &Links{Household: other}, From: "2026-07-02"}))
		must(t, h.Change(ctx, who, young, 0, Edit{Values: Values{"person.relation_to_head": Head}, From: "2026-07-02"}))
		must(t, h.Leave(ctx, who, gone, 0, "2026-07-05", "迁出"))
		must(t, h.Change(ctx, who, home, 0, Edit{Values: Values{"household.annual_income": "20000"}, From: "2026-07-01"}))
		must(t, h.Change(ctx, who, dwelling, 0, Edit{Values: Values{"dwelling.occupancy": OwnUse}, From: "2026-07-01"}))

		june := Moment{On: "2026-06-30"}
		card, err := h.Get(ctx, who, home, june)
		must(t, err)
		var members []string
		for _, m := range card.Members {
			members = append(members, m.Name)
		}
		slices.Sort(members)
		if got := strings.Join(members, " "); got != "沈小树 沈户主 沈远行" {
			t.Errorf("members in June: %s", got)
		}
		for e, want := range map[string]string{"household.head_name": "沈户主", "household.member_count": "3", "household.annual_income": "10000", "dwelling.rented": "1"} {
			if card.Values[e] != want {
				t.Errorf("June: %s is %q, want %q", e, card.Values[e], want)
			}
		}
		if card, err = h.Get(ctx, who, young, june); err != nil || card.Values["person.relation_to_head"] != "20" || card.Relation != "20" || len(card.Members) != 2 {
			t.Errorf("one of June: %+v %v", card, err)
		}
		if card, err = h.Get(ctx, who, home, Moment{}); err != nil || card.Values["household.head_name"] != "沈小树" || card.Values["household.member_count"] != "1" || len(card.Members) != 1 {
			t.Errorf("today: %+v %v", card, err)
		}
		if _, err := h.Get(ctx, who, home, Moment{On: "2019-12-31"}); err == nil {
			t.Error("a page of a day on which it was not there")
		}

		list := func(kind Kind, f Filter) string {
			t.Helper()
			var all []string
			for page := (Page{Limit: 1}); ; { // small, so that every part has several pages
				l, next, err := h.List(ctx, who, kind, f, page)
				must(t, err)
				for _, x := range l {
					all = append(all, x.Name)
				}
				if page.After = next; next == "" {
					break
				}
			}
			slices.Sort(all)
			return strings.Join(all, " ")
		}
		for _, c := range []struct {
			kind Kind
			f    Filter
			want string
		}{
			{Person, Filter{As: june}, "沈小树 沈户主 沈远行"},
			{Person, Filter{}, "沈小树 沈户主"},
			{Person, Filter{As: june, Links: Links{Household: home}}, "沈小树 沈户主 沈远行"},
			{Person, Filter{As: june, Links: Links{Household: other}}, ""},
			{Person, Filter{As: june, AgeMin: 60}, "沈户主"}, // sixty on that very day
			{Person, Filter{As: Moment{On: "2026-06-29"}, AgeMin: 60}, ""},
			{Dwelling, Filter{As: june, State: Let}, "101"},
			{Dwelling, Filter{State: Let}, ""},
			{Dwelling, Filter{As: june, State: OwnUse}, ""},
		} {
			if got := list(c.kind, c.f); got != c.want {
				t.Errorf("%s %+v: %q, want %q", c.kind, c.f, got, c.want)
			}
		}
		then, err := h.CountBuildings(ctx, who, p, []string{building}, june)
		must(t, err)
		if c := then[building]; c["count.persons"] != 3 || c["count.dwellings.rented"] != 1 || c["count.households"] != 1 {
			t.Errorf("the building in June: %v", c)
		}
		now, err := h.CountBuildings(ctx, who, p, []string{building}, Moment{})
		must(t, err)
		if c := now[building]; c["count.persons"] != 1 || c["count.dwellings.rented"] != 0 {
			t.Errorf("the building today: %v", c)
		}
	})
}

// The worklist begins with whom nobody has confirmed for the longest time; who
// is confirmed leaves it; nobody else's is shown or confirmed.
func TestStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		enter := func(name, place, checked string) string {
			id, err := h.Create(ctx, access.System("test"), Entry{Kind: Person, Place: place, Values: Values{"person.name": name}, Checked: checked})
			must(t, err)
			return id
		}
		a := enter("甲", street1+"001", "2024-05-01")
		enter("乙", street1+"002", "2023-05-01")
		enter("丙", street1+"001", "2026-07-01")
		outside := enter("丁", "990101002001", "2020-01-01")
		stale := func(place string, limit int) string {
			l, err := h.Stale(ctx, who, Person, place, "2026-01-01", limit)
			must(t, err)
			return names(l)
		}
		if got := stale("", 0); got != "乙 甲" {
			t.Errorf("%q", got)
		}
		if got := stale("", 1) + "," + stale(street1+"001", 0); got != "乙,甲" {
			t.Errorf("%q", got)
		}
		must(t, h.Confirm(ctx, who, []string{a}, "入户走访"))
		if got := stale("", 0); got != "乙" {
			t.Errorf("after confirming: %q", got)
		}
		if err := h.Confirm(ctx, who, []string{outside}, ""); err == nil {
			t.Error("confirmed outside one's area")
		}
		history, err := h.History(ctx, who, a)
		if err != nil || len(history) != 1 || history[0].What != "create" {
			t.Errorf("confirming is no change: %v %v", history, err)
		}
	})
}

// As it was recorded on a day: what was entered, corrected or learnt later is
// left out, though it holds for the day.
func TestAsRecorded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who, p := t.Context(), keeper(street1), street1+"001"
		enter := func(name string) string {
			id, err := h.Create(ctx, who, Entry{Kind: Person, Place: p, Values: Values{"person.name": name, "person.work_unit": "旧厂"}, Since: "2020-01-01"})
			must(t, err)
			return id
		}
		a, left, moved := enter("甲"), enter("已走"), enter("已迁")
		*h.clock = h.clock.AddDate(0, 1, 0) // 15 August
		late := enter("后录")
		must(t, h.Change(ctx, who, a, 0, Edit{Values: Values{"person.work_unit": "新厂"}}))
		must(t, h.Leave(ctx, who, left, 0, "2026-07-01", ""))
		must(t, h.Change(ctx, keeper("990101"), moved, 0, Edit{Place: "990101002001", From: "2026-07-01"})) // out of the keeper's area
		for recorded, want := range map[bool]string{false: "甲 后录", true: "甲 已走 已迁"} {
			as := h.AsOf("2026-07-20", recorded)
			var got []string
			for after := ""; ; {
				l, next, err := h.List(ctx, who, Person, Filter{As: as}, Page{After: after, Limit: 1})
				must(t, err)
				for _, x := range l {
					got = append(got, x.Name)
				}
				if after = next; next == "" {
					break
				}
			}
			slices.Sort(got)
			if w := strings.Fields(want); !slices.Equal(got, slices.Sorted(slices.Values(w))) {
				t.Errorf("recorded %v: %v, want %s", recorded, got, want)
			}
			found := 0
			for after := ""; ; {
				l, next, err := h.List(ctx, who, Person, Filter{As: as, Query: "已"}, Page{After: after})
				must(t, err)
				found += len(l)
				if after = next; next == "" {
					break
				}
			}
			if found != strings.Count(want, "已") {
				t.Errorf("recorded %v: %d by a part of the name", recorded, found)
			}
			if l, _, err := h.List(ctx, who, Person, Filter{As: h.AsOf("2026-06-30", recorded), Query: "已走"}, Page{}); err != nil || len(l) != map[bool]int{false: 1, true: 0}[recorded] {
				t.Errorf("recorded %v: who has left since, by name: %v %v", recorded, l, err)
			}
			c, err := h.Counts(ctx, who, street1, 12, as)
			if err != nil || c[p]["count.persons"] != len(strings.Fields(want)) {
				t.Errorf("recorded %v: counted %d %v", recorded, c[p]["count.persons"], err)
			}
			f, err := h.Get(ctx, who, a, as)
			if w := map[bool]string{false: "新厂", true: "旧厂"}[recorded]; err != nil || f.Values["person.work_unit"] != w {
				t.Errorf("recorded %v: %s %v", recorded, f.Values["person.work_unit"], err)
			}
		}
		if _, err := h.Get(ctx, who, late, h.AsOf("2026-07-20", true)); !errors.Is(err, errThen) {
			t.Errorf("who was entered later: %v", err)
		}
	})
}
