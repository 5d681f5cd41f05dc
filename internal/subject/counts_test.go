package subject

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// What is counted by columns is what is counted by reading every record.
func TestCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		system := keeper("")
		rounds := 0
		rapid.Check(t, func(t *rapid.T) {
			if rounds++; rounds > 15 {
				return
			}
			ctx := context.Background()
			pick := func(from ...string) string { return rapid.SampledFrom(from).Draw(t, "of") }
			place := street1 + pick("001", "001001", "002")
			home, err := h.Create(ctx, system, Entry{Kind: Household, Place: place, Values: Values{"household.number": store.NewID(), "household.aid_kind": pick("", "1", "2")}})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range []Entry{
				{Kind: Person, Place: place, Links: Links{Household: home}, Values: Values{"person.name": "李", "person.birth_date": pick("", "1940-01-01", "1961-07-15", "1966-07-15", "1966-07-16", "2001-01-01"),
					"person.residence_kind": pick("", "1", "2", "3"), "person.lives_alone": pick("", "0", "1"), "person.pension_insured": pick("", "0", "1"), "person.disability_card_number": pick("", "1")}},
				{Kind: Dwelling, Place: place, Values: Values{"dwelling.room_number": store.NewID(), "dwelling.occupancy": pick("", OwnUse, Let, Vacant)}},
				{Kind: Organisation, Place: place, Values: Values{"organisation.name": "甲", "organisation.kind": pick("", "1", "2", "3")}},
				{Kind: Building, Place: place, Values: Values{"building.name": store.NewID()}},
			} {
				if _, err := h.Create(ctx, system, e); err != nil {
					t.Fatal(err)
				}
			}
			sum := map[int]int{}
			for _, level := range []int{9, 12, 15} {
				now, err := h.Counts(ctx, system, street1, level, Moment{})
				if err != nil {
					t.Fatal(err)
				}
				read, err := h.Counts(ctx, system, street1, level, Moment{On: h.today().String()})
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(read, now); d != "" {
					t.Fatalf("level %d (-read +counted):\n%s", level, d)
				}
				for _, c := range now {
					sum[level] += c["count.persons"]
				}
				if sum[level] != sum[9] {
					t.Fatalf("%d people by places of %d digits, %d in the street", sum[level], level, sum[9])
				}
			}
		})
		// A leader sees numbers, and nobody behind them.
		leader := access.Identity{Grants: []access.Grant{{Role: access.Leader, Place: street1}}}
		c, err := h.Counts(t.Context(), leader, street1, 9, Moment{})
		must(t, err)
		if c[street1]["count.persons"] == 0 || c[street1]["count.grids"] != 2 {
			t.Error(fmt.Sprint(c))
		}
		if l, _, _ := h.List(t.Context(), leader, Person, Filter{}, Page{}); len(l) > 0 {
			t.Error("a leader is shown people")
		}
		if _, err := h.Counts(t.Context(), leader, "990101", 9, Moment{}); err == nil {
			t.Error("counted beyond the grant")
		}
	})
}
