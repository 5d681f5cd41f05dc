package subject

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// What is easily forgotten where records are merged, moved, erased and dated.
func TestEdges(t *testing.T) {
	p, q := street1+"001", street1+"002"
	for name, f := range map[string]func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string){
		"the history of a merged record tells no number": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲"}, Links{})
			b := enter(Person, p, Values{"person.name": "甲", "person.phone": "13800001234"}, Links{})
			must(t, h.Merge(t.Context(), who, a, b, 0))
			l, err := h.History(t.Context(), who, b)
			must(t, err)
			if s := fmt.Sprint(l); strings.Contains(s, "13800001234") {
				t.Error(s)
			}
		},
		"who is erased is erased with their twins, whichever was asked for": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a, b := enter(Person, p, Values{"person.name": "甲"}, Links{}), enter(Person, p, Values{"person.name": "甲"}, Links{})
			ask, err := h.Ask(t.Context(), who, b, Request{Kind: "erase", Asker: "self", Asked: "2026-07-01"})
			must(t, err)
			must(t, h.Merge(t.Context(), who, a, b, 0))
			must(t, h.Answer(t.Context(), who, ask.ID, 1, true, "已删除"))
			for _, id := range []string{a, b} {
				if v, err := h.Unmask(t.Context(), who, id, []string{"person.name"}, "核对信息"); err == nil {
					t.Error(v)
				}
			}
		},
		"a request on who is erased already can be closed": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲"}, Links{})
			ask, err := h.Ask(t.Context(), who, a, Request{Kind: "erase", Asker: "self", Asked: "2026-07-01"})
			must(t, err)
			must(t, h.Erase(t.Context(), who, a, 0, "已另行申请"))
			must(t, h.Answer(t.Context(), who, ask.ID, 1, true, "已删除"))
		},
		"a request goes with whom it is about": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲"}, Links{})
			ask, err := h.Ask(t.Context(), keeper(p), a, Request{Kind: "show", Asker: "self", Asked: "2026-07-01"})
			must(t, err)
			must(t, h.Change(t.Context(), who, a, 0, Edit{Place: q, From: "2026-07-10"}))
			old, err := h.Requests(t.Context(), keeper(p), "open", "")
			must(t, err)
			now, err := h.Requests(t.Context(), keeper(q), "open", "")
			must(t, err)
			if len(old) != 0 || len(now) != 1 || !errors.Is(h.Answer(t.Context(), keeper(p), ask.ID, 1, true, "已提供"), access.ErrMissing) {
				t.Errorf("the old place sees %d, the new one %d", len(old), len(now))
			}
		},
		"a household elsewhere tells where somebody lives, and nothing of its head": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			d := enter(Dwelling, q, Values{"dwelling.room_number": "1", "dwelling.address": "远路1号", "dwelling.owner_phone": "13800009999"}, Links{})
			home := enter(Household, q, Values{"household.number": "H1", "household.annual_income": "9999"}, Links{Dwelling: d})
			enter(Person, q, Values{"person.name": "户主", "person.phone": "13800001234", "person.relation_to_head": Head}, Links{Household: home})
			a := enter(Person, p, Values{"person.name": "外住"}, Links{Household: home, Dwelling: d})
			v, err := h.Unmask(t.Context(), keeper(p), a, []string{"household.head_name", "household.head_phone", "household.annual_income", "dwelling.owner_phone", "dwelling.address"}, "核对信息")
			must(t, err)
			if len(v) != 1 || v["dwelling.address"] != "远路1号" {
				t.Error(v)
			}
		},
		"a household is called after who heads it now": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			home, other := enter(Household, p, Values{"household.number": "H1"}, Links{}), enter(Household, p, Values{"household.number": "H2"}, Links{})
			called := func() string {
				c, err := h.Get(t.Context(), who, home, Moment{})
				must(t, err)
				return c.Name
			}
			a := enter(Person, p, Values{"person.name": "何先", "person.relation_to_head": Head}, Links{Household: home})
			if called() != "何先" {
				t.Error(called())
			}
			must(t, h.Move(t.Context(), who, a, 0, Motion{To: other, Day: "2026-07-01"}))
			if called() != "" {
				t.Errorf("after the head moved: %q", called())
			}
			b := enter(Person, p, Values{"person.name": "何后", "person.relation_to_head": Head}, Links{Household: home})
			must(t, h.Leave(t.Context(), who, b, 0, "2026-07-02", ""))
			if called() != "" {
				t.Errorf("after the head left: %q", called())
			}
			x, y := enter(Person, p, Values{"person.name": "何在", "person.relation_to_head": Head}, Links{Household: home}), enter(Person, p, Values{"person.name": "何在", "person.relation_to_head": Head}, Links{Household: home})
			must(t, h.Merge(t.Context(), who, x, y, 0))
			*h.clock = h.clock.AddDate(4, 0, 0)
			_, err := h.Forget(t.Context())
			must(t, err)
			if called() != "何在" {
				t.Errorf("after a twin of the head was forgotten: %q", called())
			}
		},
		"what was heads another household is not taken over": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			home, other := enter(Household, p, Values{"household.number": "H1"}, Links{}), enter(Household, p, Values{"household.number": "H2"}, Links{})
			enter(Person, p, Values{"person.name": "真户主", "person.relation_to_head": Head}, Links{Household: home})
			a := enter(Person, p, Values{"person.name": "甲"}, Links{Household: home})
			b := enter(Person, p, Values{"person.name": "甲", "person.relation_to_head": Head}, Links{Household: other})
			must(t, h.Merge(t.Context(), who, a, b, 0))
			if c, err := h.Get(t.Context(), who, home, Moment{}); err != nil || c.Name != "真户主" {
				t.Errorf("%q %v", c.Name, err)
			}
		},
		"nothing changes before what is known to have changed later, or tomorrow": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲", "person.work_unit": "A"}, Links{})
			must(t, h.Change(t.Context(), who, a, 0, Edit{Values: Values{"person.work_unit": "C"}, From: "2026-07-10"}))
			if err := h.Change(t.Context(), who, a, 0, Edit{Values: Values{"person.work_unit": "B"}, From: "2026-07-01"}); !errors.Is(err, errLate) {
				t.Error(err)
			}
			if err := h.Change(t.Context(), who, a, 0, Edit{Values: Values{"person.work_unit": "Z"}, From: "2099-07-01"}); !errors.Is(err, errDay) {
				t.Error(err)
			}
			must(t, h.Change(t.Context(), who, a, 0, Edit{Values: Values{"person.phone": "1"}, From: "2026-07-01"})) // of something else
		},
		"nobody is counted before they were born, and a year of birth is enough for an age": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			h.person(t, who, p, "婴", Values{"person.birth_date": "2026-05-01"})
			h.person(t, who, p, "老", Values{"person.birth_date": "1950"})
			for on, want := range map[string]int{"2024-01-01": 1, "2026-06-01": 2} {
				c, err := h.Counts(t.Context(), who, street1, 12, Moment{On: on})
				must(t, err)
				if c[p]["count.persons"] != want || c[p]["count.persons.age60plus"] != 1 {
					t.Errorf("%s: %v", on, c[p])
				}
			}
			if l, _, err := h.List(t.Context(), who, Person, Filter{AgeMin: 60}, Page{}); err != nil || names(l) != "老" || l[0].Age != 76 {
				t.Errorf("%+v %v", l, err)
			}
		},
		"what somebody owned": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			old, fresh := enter(Person, p, Values{"person.name": "旧主"}, Links{}), enter(Person, p, Values{"person.name": "新主"}, Links{})
			car := enter(Vehicle, p, Values{"vehicle.plate": "京A00001"}, Links{Owner: old})
			must(t, h.Move(t.Context(), who, car, 0, Motion{To: fresh, Day: "2026-07-01"}))
			if l, _, err := h.List(t.Context(), who, Vehicle, Filter{Links: Links{Owner: old}, As: Moment{On: "2026-06-30"}}, Page{}); err != nil || len(l) != 1 {
				t.Errorf("%d %v", len(l), err)
			}
		},
		"nobody is entered where there is no place, or into what is gone": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			if _, err := h.Create(t.Context(), who, Entry{Kind: Person, Place: street1 + "999", Values: Values{"person.name": "甲"}}); !errors.Is(err, errPlace) {
				t.Error(err)
			}
			d := enter(Dwelling, p, Values{"dwelling.room_number": "1"}, Links{})
			must(t, h.Erase(t.Context(), who, d, 0, "误录"))
			if _, err := h.Create(t.Context(), who, Entry{Kind: Person, Place: p, Values: Values{"person.name": "乙"}, Links: Links{Dwelling: d}}); !errors.Is(err, errLink) {
				t.Error(err)
			}
		},
		"two records made one keep the links of both, and apart each has its own": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			d := enter(Dwelling, p, Values{"dwelling.room_number": "1"}, Links{})
			home := enter(Household, p, Values{"household.number": "H2"}, Links{Dwelling: d})
			a := enter(Person, p, Values{"person.name": "丙"}, Links{})
			b := enter(Person, p, Values{"person.name": "丙", "person.phone": "13800001234", "person.relation_to_head": Head}, Links{Household: home})
			must(t, h.Merge(t.Context(), who, a, b, 0))
			c, err := h.Get(t.Context(), who, a, Moment{})
			must(t, err)
			if hc, err := h.Get(t.Context(), who, home, Moment{}); err != nil || c.Household != home || c.Dwelling != d || hc.Name != "丙" {
				t.Errorf("%+v, %q %v", c.Links, hc.Name, err)
			}
			must(t, h.Apart(t.Context(), who, b))
			c, err = h.Get(t.Context(), who, a, Moment{})
			must(t, err)
			e, err := h.Get(t.Context(), who, b, Moment{})
			must(t, err)
			if c.Links != (Links{}) || e.Household != home || c.Phone != "" || e.Phone == "" {
				t.Errorf("%+v %+v", c.Line, e.Line)
			}
		},
		"what is forgotten of a merged record stays with the other": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲"}, Links{})
			b := enter(Person, p, Values{"person.name": "甲", "person.phone": "13800001234"}, Links{})
			must(t, h.Merge(t.Context(), who, a, b, 0))
			*h.clock = h.clock.AddDate(1, 1, 0)
			_, err := h.Forget(t.Context())
			must(t, err)
			must(t, h.Apart(t.Context(), who, b))
			v, err := h.Unmask(t.Context(), who, a, []string{"person.phone"}, "核对信息")
			if err != nil || v["person.phone"] != "13800001234" {
				t.Errorf("%v %v", v, err)
			}
		},
		"merged households have one name, and apart each its own": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			x, y := enter(Household, p, Values{"household.number": "1"}, Links{}), enter(Household, p, Values{"household.number": "2"}, Links{})
			a := enter(Person, p, Values{"person.name": "何主", "person.relation_to_head": Head}, Links{Household: y})
			must(t, h.Merge(t.Context(), who, x, y, 0))
			called := func(id string) string {
				c, err := h.Get(t.Context(), who, id, Moment{})
				must(t, err)
				return c.Name
			}
			if called(x) != "何主" {
				t.Errorf("%q", called(x))
			}
			events, err := store.All[string](t.Context(), h.db, store.SQL("SELECT verb FROM event WHERE subject_id = ? ORDER BY id", a).Anywhere())
			if err != nil || fmt.Sprint(events) != "[subject.create subject.correct]" {
				t.Errorf("what became of who lived there: %v %v", events, err)
			}
			must(t, h.Apart(t.Context(), who, y))
			if called(x) != "" || called(y) != "何主" {
				t.Errorf("%q %q", called(x), called(y))
			}
		},
		"who left a household before it was merged was of it": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			x, y, z := enter(Household, p, Values{"household.number": "1"}, Links{}), enter(Household, p, Values{"household.number": "2"}, Links{}), enter(Household, p, Values{"household.number": "3"}, Links{})
			a := enter(Person, p, Values{"person.name": "先走", "person.relation_to_head": Head}, Links{Household: y})
			must(t, h.Move(t.Context(), who, a, 0, Motion{To: z, Day: "2026-07-01"}))
			must(t, h.Merge(t.Context(), who, x, y, 0))
			l, _, err := h.List(t.Context(), who, Person, Filter{Links: Links{Household: x}, As: Moment{On: "2026-06-01"}}, Page{})
			if err != nil || names(l) != "先走" {
				t.Errorf("%v %v", l, err)
			}
			c, err := h.Get(t.Context(), who, x, Moment{On: "2026-06-01"})
			if err != nil || c.Name != "先走" || c.Values["household.member_count"] != "1" || len(c.Members) != 1 {
				t.Errorf("%+v %v", c, err)
			}
		},
		"a household of the past is called after who headed it then, and stands where it stood": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			d := enter(Dwelling, p, Values{"dwelling.room_number": "1", "dwelling.address": "旧路1号"}, Links{})
			home := enter(Household, p, Values{"household.number": "5"}, Links{Dwelling: d})
			a := enter(Person, p, Values{"person.name": "旧户主", "person.relation_to_head": Head}, Links{Household: home})
			b := enter(Person, p, Values{"person.name": "新户主"}, Links{Household: home})
			must(t, h.Change(t.Context(), who, a, 0, Edit{From: "2026-07-05", Values: Values{"person.relation_to_head": "20"}}))
			must(t, h.Change(t.Context(), who, b, 0, Edit{From: "2026-07-05", Values: Values{"person.relation_to_head": Head}}))
			must(t, h.Change(t.Context(), who, d, 0, Edit{From: "2026-07-05", Values: Values{"dwelling.address": "新路1号"}}))
			for on, want := range map[string]string{"2026-07-01": "旧户主 旧路1号", "2026-07-06": "新户主 新路1号"} {
				l, _, err := h.List(t.Context(), who, Household, Filter{As: Moment{On: on}}, Page{})
				if err != nil || len(l) != 1 || l[0].Name+" "+l[0].Address != want {
					t.Errorf("%s: %+v %v", on, l, err)
				}
			}
		},
		"who lives elsewhere stays there when the household moves, who joined later goes along": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			d1, d2, d3 := enter(Dwelling, p, Values{"dwelling.room_number": "1"}, Links{}), enter(Dwelling, p, Values{"dwelling.room_number": "2"}, Links{}), enter(Dwelling, p, Values{"dwelling.room_number": "3"}, Links{})
			home, other := enter(Household, p, Values{"household.number": "1"}, Links{Dwelling: d1}), enter(Household, p, Values{"household.number": "2"}, Links{Dwelling: d2})
			away := enter(Person, p, Values{"person.name": "住别处"}, Links{Household: home, Dwelling: d2})
			late := enter(Person, p, Values{"person.name": "后到"}, Links{Household: other})
			must(t, h.Move(t.Context(), who, late, 0, Motion{To: home, Day: "2026-07-10"}))
			must(t, h.Move(t.Context(), who, home, 0, Motion{To: d3, Day: "2026-07-01"}))
			for id, want := range map[string]string{away: d2, late: d3} {
				if c, err := h.Get(t.Context(), who, id, Moment{}); err != nil || c.Dwelling != want {
					t.Errorf("%s %v", c.Name, err)
				}
			}
			if c, err := h.Get(t.Context(), who, late, Moment{On: "2026-07-05"}); err != nil || c.Dwelling != d2 {
				t.Error("before they joined they lived where they lived", err)
			}
		},
		"an owner who has died keeps nobody from adding a building": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			own := enter(Person, p, Values{"person.name": "房东"}, Links{})
			b := enter(Building, p, Values{"building.name": "9"}, Links{})
			d := enter(Dwelling, p, Values{"dwelling.room_number": "1"}, Links{Owner: own})
			must(t, h.Leave(t.Context(), who, own, 0, "2026-07-10", "身故"))
			must(t, h.Change(t.Context(), who, d, 0, Edit{Links: &Links{Owner: own, Building: b}}))
		},
		"nobody leaves before they came or moved": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			home := enter(Household, p, Values{"household.number": "1"}, Links{})
			a := enter(Person, p, Values{"person.name": "甲"}, Links{})
			must(t, h.Move(t.Context(), who, a, 0, Motion{To: home, Day: "2026-07-10"}))
			if err := h.Leave(t.Context(), who, a, 0, "2026-07-05", ""); !errors.Is(err, errLate) {
				t.Error(err)
			}
			if err := h.Leave(t.Context(), who, a, 0, "2019-01-01", ""); !errors.Is(err, errEarly) {
				t.Error(err)
			}
			must(t, h.Leave(t.Context(), who, a, 0, "2026-07-11", ""))
		},
		"the copy for a record that was merged tells all of it, and all looks": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "问", "person.phone": "13800001234"}, Links{})
			b := enter(Person, p, Values{"person.name": "问"}, Links{})
			ask, err := h.Ask(t.Context(), who, b, Request{Kind: "show", Asker: "self", Asked: "2026-07-01"})
			must(t, err)
			_, err = h.Unmask(t.Context(), who, b, []string{"person.name"}, "电话回访")
			must(t, err)
			must(t, h.Merge(t.Context(), who, a, b, 0))
			c, err := h.CopyOf(t.Context(), who, ask.ID)
			if err != nil || len(c.Held) != 2 || len(c.Looks) != 1 {
				t.Errorf("%+v %v", c, err)
			}
		},
		"the name of who heads it is no change of a household that others keep": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			home := enter(Household, q, Values{"household.number": "1"}, Links{})
			a := enter(Person, p, Values{"person.name": "甲"}, Links{Household: home})
			before, err := h.Get(t.Context(), who, home, Moment{})
			must(t, err)
			must(t, h.Change(t.Context(), keeper(p), a, 0, Edit{Values: Values{"person.relation_to_head": Head}}))
			c, err := h.Get(t.Context(), who, home, Moment{})
			if err != nil || c.Name != "甲" || c.Version != before.Version {
				t.Errorf("%q %d %d %v", c.Name, before.Version, c.Version, err)
			}
		},
		"a leaving that was a mistake is taken back, with the household": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			home := enter(Household, p, Values{"household.number": "1"}, Links{})
			a := enter(Person, p, Values{"person.name": "何主", "person.relation_to_head": Head, "person.phone": "13800001234"}, Links{Household: home})
			gone := enter(Person, p, Values{"person.name": "早走"}, Links{Household: home})
			must(t, h.Leave(t.Context(), who, gone, 0, "2026-06-01", ""))
			if err := h.Back(t.Context(), who, a, 0, "误登"); !errors.Is(err, errBack) {
				t.Error(err)
			}
			must(t, h.Leave(t.Context(), who, home, 0, "2026-07-01", ""))
			first, next, err := h.List(t.Context(), who, Person, Filter{Left: true}, Page{Limit: 1})
			must(t, err)
			second, last, err := h.List(t.Context(), who, Person, Filter{Left: true}, Page{Limit: 1, After: next})
			if err != nil || names(first) != "何主" || names(second) != "早走" || last != "" {
				t.Errorf("who has left: %v %v %q %v", first, second, last, err)
			}
			if l, _, err := h.List(t.Context(), who, Person, Filter{Left: true, Query: "早"}, Page{}); err != nil || names(l) != "早走" {
				t.Errorf("%v %v", l, err)
			}
			if l, _, err := h.List(t.Context(), who, Person, Filter{Left: true, Query: "_"}, Page{}); err != nil || len(l) != 0 {
				t.Errorf("%v %v", l, err)
			}
			must(t, h.Back(t.Context(), who, home, 0, "误登"))
			c, err := h.Get(t.Context(), who, home, Moment{})
			if err != nil || c.Name != "何主" || c.Gone != "" || c.Until != "" || len(c.Members) != 1 {
				t.Errorf("%+v %v", c, err)
			}
			if l, _, err := h.List(t.Context(), who, Person, Filter{Query: "1234"}, Page{}); err != nil || names(l) != "何主" {
				t.Errorf("%v %v", l, err)
			}
			*h.clock = h.clock.AddDate(20, 0, 0)
			_, err = h.Forget(t.Context())
			must(t, err)
			if _, err := h.Get(t.Context(), who, a, Moment{}); err != nil {
				t.Error("its retention had begun to run:", err)
			}
			l, _, err := h.List(t.Context(), who, Person, Filter{As: Moment{On: "2026-07-05"}}, Page{})
			if err != nil || names(l) != "何主" {
				t.Errorf("they were there all the time: %v %v", l, err)
			}
		},
		"two with different numbers are not one": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			a := enter(Person, p, Values{"person.name": "甲", "person.id_number": "N1"}, Links{})
			b := enter(Person, p, Values{"person.name": "甲", "person.id_number": "N2"}, Links{})
			if err := h.Merge(t.Context(), who, a, b, 0); !errors.Is(err, errTwo) {
				t.Error(err)
			}
		},
		"nothing is entered twice by hand, and no household of nothing": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			b := enter(Building, p, Values{"building.name": "1幢", "building.address": "一路1号"}, Links{})
			enter(Dwelling, p, Values{"dwelling.room_number": "101"}, Links{Building: b})
			enter(Household, p, Values{"household.number": "H1"}, Links{})
			for _, e := range []Entry{
				{Kind: Building, Values: Values{"building.name": "1幢", "building.address": "一路1号"}},
				{Kind: Dwelling, Values: Values{"dwelling.room_number": "101"}, Links: Links{Building: b}},
				{Kind: Household, Values: Values{"household.number": "H1"}},
			} {
				e.Place = p
				if _, err := h.Create(t.Context(), who, e); !errors.Is(err, errAlike) {
					t.Errorf("%s: %v", e.Kind, err)
				}
				e.Place = q
				if _, err := h.Create(t.Context(), who, e); err != nil {
					t.Errorf("%s elsewhere: %v", e.Kind, err)
				}
			}
			if _, err := h.Create(t.Context(), who, Entry{Kind: Household, Place: p}); !errors.Is(err, errEmpty) {
				t.Error(err)
			}
		},
		"a history calls places and homes by their names, and says who entered and merged": func(t *testing.T, h *house, who access.Identity, enter func(Kind, string, Values, Links) string) {
			d1, d2 := enter(Dwelling, p, Values{"dwelling.room_number": "1", "dwelling.address": "一路1号"}, Links{}), enter(Dwelling, q, Values{"dwelling.room_number": "2", "dwelling.address": "二路2号"}, Links{})
			home := enter(Household, p, Values{"household.number": "H1"}, Links{Dwelling: d1})
			must(t, h.Move(t.Context(), who, home, 0, Motion{To: d2, Day: "2026-07-01"}))
			twin := enter(Household, q, Values{"household.number": "H2"}, Links{})
			must(t, h.Merge(t.Context(), who, home, twin, 0))
			l, err := h.History(t.Context(), who, home)
			must(t, err)
			s := fmt.Sprint(l)
			if len(l) != 3 || l[0].What != "merge" || l[2].What != "create" || !strings.Contains(s, "{subject.dwelling 一路1号 二路2号}") || !strings.Contains(s, "{subject.place 地"+p+" 地"+q+"}") {
				t.Error(s)
			}
			if l, err := h.History(t.Context(), keeper(q), home); err != nil || strings.Contains(fmt.Sprint(l), "一路1号") {
				t.Errorf("a home outside the area is named: %v %v", l, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				h := build(t, db)
				who := keeper(street1)
				f(t, h, who, func(k Kind, place string, v Values, l Links) string {
					t.Helper()
					id, err := h.Create(t.Context(), who, Entry{Kind: k, Place: place, Values: v, Links: l, Since: "2020-01-01"})
					must(t, err)
					return id
				})
			})
		})
	}
}
