package subject

import (
	"errors"
	"testing"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// A household moves with its members, to the place of the dwelling; before the
// day everything is where it was. Nothing moves to where it cannot belong.
func TestMove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		a, b := street1+"001", street1+"002001"
		enter := func(k Kind, place string, v Values, l Links) string {
			id, err := h.Create(ctx, who, Entry{Kind: k, Place: place, Values: v, Links: l, Since: "2020-01-01"})
			must(t, err)
			return id
		}
		old := enter(Dwelling, a, Values{"dwelling.room_number": "101", "dwelling.address": "旧路1号"}, Links{})
		home := enter(Household, a, Values{"household.number": "H1"}, Links{Dwelling: old})
		one := enter(Person, a, Values{"person.name": "迁一", "person.relation_to_head": Head}, Links{Household: home, Dwelling: old})
		two := enter(Person, a, Values{"person.name": "迁二"}, Links{Household: home, Dwelling: old})
		fresh := enter(Dwelling, b, Values{"dwelling.room_number": "202", "dwelling.address": "新路2号"}, Links{})
		other := enter(Household, b, Values{"household.number": "H2"}, Links{Dwelling: fresh})
		car := enter(Vehicle, a, Values{"vehicle.plate": "京A00001"}, Links{Owner: home})

		must(t, h.Move(ctx, who, home, 1, Motion{To: fresh, Day: "2026-07-01", Source: "迁居证明"}))
		address := func(id string, as Moment) string {
			c, err := h.Get(ctx, who, id, as)
			must(t, err)
			return c.Place + " " + c.Values["dwelling.address"]
		}
		for _, id := range []string{home, one, two} {
			if got := address(id, Moment{}); got != b+" 新路2号" {
				t.Errorf("today: %s", got)
			}
			if got := address(id, Moment{On: "2026-06-30"}); got != a+" 旧路1号" {
				t.Errorf("in June: %s", got)
			}
		}
		if l, _, err := h.List(ctx, who, Person, Filter{Query: "新路2号"}, Page{}); err != nil || len(l) != 2 {
			t.Errorf("found by the new address: %d, %v", len(l), err)
		}
		// One of them on to another household, in the same dwelling.
		must(t, h.Move(ctx, who, two, 0, Motion{To: other, Day: "2026-07-10"}))
		c, err := h.Get(ctx, who, home, Moment{})
		must(t, err)
		if names(c.Members) != "迁一" {
			t.Errorf("members: %s", names(c.Members))
		}
		must(t, h.Move(ctx, who, car, 0, Motion{To: two, Day: "2026-07-10"}))

		must(t, h.Leave(ctx, who, other, 0, "2026-07-12", "迁出"))
		if c, err := h.Get(ctx, who, two, Moment{}); err != nil || c.Gone != "left" || c.Until != "2026-07-12" {
			t.Errorf("a household left without a member: %q %v", c.Gone, err)
		}
		other = enter(Household, b, Values{"household.number": "H3"}, Links{Dwelling: fresh})

		outside, err := h.Create(ctx, access.System("test"), Entry{Kind: Household, Place: "990101002001", Values: Values{"household.number": "H9"}})
		must(t, err)
		for name, bad := range map[string]error{
			"a person into a dwelling":      h.Move(ctx, who, one, 0, Motion{To: old, Day: "2026-07-10"}),
			"a household into itself":       h.Move(ctx, who, home, 0, Motion{To: home, Day: "2026-07-10"}),
			"to where one keeps nothing":    h.Move(ctx, who, one, 0, Motion{To: outside, Day: "2026-07-10"}),
			"tomorrow":                      h.Move(ctx, who, one, 0, Motion{To: other, Day: "2026-08-01"}),
			"on no day":                     h.Move(ctx, who, one, 0, Motion{To: other}),
			"a record that has changed":     h.Move(ctx, who, home, 1, Motion{To: old, Day: "2026-07-10"}),
			"a household that is not there": h.Move(ctx, who, one, 0, Motion{To: "nope", Day: "2026-07-10"}),
		} {
			if bad == nil {
				t.Errorf("%s: moved", name)
			}
		}
		if err := h.Move(ctx, who, one, 0, Motion{To: old, Day: "2026-07-10"}); !errors.Is(err, errMove) {
			t.Error(err)
		}
	})
}

// Who heads one household does not head the one that they join, unless it is
// said so; what is owned stays where it is.
func TestMoveRelation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		a, b := street1+"001", street1+"002"
		enter := func(k Kind, place string, v Values, l Links) string {
			id, err := h.Create(ctx, who, Entry{Kind: k, Place: place, Values: v, Links: l, Since: "2020-01-01"})
			must(t, err)
			return id
		}
		from, to := enter(Household, a, Values{"household.number": "R1"}, Links{}), enter(Household, b, Values{"household.number": "R2"}, Links{})
		one := enter(Person, a, Values{"person.name": "甲户主", "person.relation_to_head": Head}, Links{Household: from})
		enter(Person, b, Values{"person.name": "乙户主", "person.relation_to_head": Head}, Links{Household: to})
		must(t, h.Move(ctx, who, one, 0, Motion{To: to, Day: "2026-07-01"}))
		c, err := h.Get(ctx, who, one, Moment{})
		must(t, err)
		if got := c.Values["person.relation_to_head"]; got != "" {
			t.Errorf("still %q", got)
		}
		if c, err = h.Get(ctx, who, to, Moment{}); err != nil || c.Name != "乙户主" {
			t.Errorf("the household that was joined is called %q: %v", c.Name, err)
		}
		if c, err = h.Get(ctx, who, one, Moment{On: "2026-06-30"}); err != nil || c.Values["person.relation_to_head"] != Head {
			t.Errorf("in June: %q %v", c.Values["person.relation_to_head"], err)
		}
		must(t, h.Move(ctx, who, one, 0, Motion{To: from, Day: "2026-07-05", Relation: Head}))
		if c, err = h.Get(ctx, who, from, Moment{}); err != nil || c.Name != "甲户主" {
			t.Errorf("the household that is headed is called %q: %v", c.Name, err)
		}
		flat := enter(Dwelling, a, Values{"dwelling.room_number": "301"}, Links{})
		firm := enter(Organisation, b, Values{"organisation.name": "房主公司"}, Links{})
		must(t, h.Move(ctx, who, flat, 0, Motion{To: firm, Day: "2026-07-01"}))
		if c, err = h.Get(ctx, who, flat, Moment{}); err != nil || c.Owner != firm || c.Place != a {
			t.Errorf("owner %q, place %q: %v", c.Owner, c.Place, err)
		}
	})
}

// What is wrong says in which field it is, so that a form can show it there.
func TestFaultsNameTheirField(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who, a := t.Context(), keeper(street1), street1+"001"
		car := Entry{Kind: Vehicle, Place: a, Values: Values{"vehicle.plate": "京A00002"}}
		_, err := h.Create(ctx, who, car)
		must(t, err)
		owned, later := car, car
		owned.Links.Owner = "nope"
		later.Since = "2999-01-01"
		for _, c := range []struct {
			entry       Entry
			word, field string
		}{{car, "element", "vehicle.plate"}, {owned, "field", "links.owner"}, {later, "field", "since"}} {
			_, err := h.Create(ctx, who, c.entry)
			f := fault.Of(err)
			if f == nil || f.Arg(c.word) != c.field {
				t.Errorf("%s: %v", c.field, err)
			}
		}
	})
}

// The page of a record names those that were made one with it.
func TestMergedAreNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		a, b := h.person(t, who, street1+"001", "合一", nil), h.person(t, who, street1+"001", "合二", nil)
		must(t, h.Merge(ctx, who, a, b, 0))
		c, err := h.Get(ctx, who, a, Moment{})
		must(t, err)
		if len(c.Merged) != 1 || c.Merged[0].ID != b || c.Merged[0].Name != "合二" {
			t.Errorf("%+v", c.Merged)
		}
		if c, err = h.Get(ctx, who, b, Moment{}); err != nil || c.Into != a {
			t.Errorf("%q %v", c.Into, err)
		}
	})
}
