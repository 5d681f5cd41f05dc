package subject

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// The counts of a past day, put right from those of today, are those of reading
// everybody as they were; whoever came, left, moved, joined another household
// or has changed since, and whosever household has.
func TestCountsOfThen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		system := keeper("")
		ctx := context.Background()
		var people, homes []string
		rounds := 0
		rapid.Check(t, func(t *rapid.T) {
			if rounds++; rounds > 30 {
				return
			}
			pick := func(from ...string) string { return rapid.SampledFrom(from).Draw(t, "of") }
			one := func(from []string) string { return rapid.SampledFrom(from).Draw(t, "one") }
			place := pick(street1+"001", street1+"001001", street1+"002", "990101002001")
			since := pick("", "2020-01-01", "2026-06-15", "2026-07-05")
			home, err := h.Create(ctx, system, Entry{Kind: Household, Place: place, Since: since, Values: Values{"household.number": store.NewID(), "household.aid_kind": pick("", "1")}})
			if err != nil {
				t.Fatal(err)
			}
			person, err := h.Create(ctx, system, Entry{Kind: Person, Place: place, Since: since, Links: Links{Household: home},
				Values: Values{"person.name": "李", "person.birth_date": pick("", "1946-06-20", "1966-07-01", "2001-01-01"), "person.residence_kind": pick("1", "2", "3"), "person.lives_alone": pick("", "1")}})
			if err != nil {
				t.Fatal(err)
			}
			people, homes = append(people, person), append(homes, home)
			for range rapid.IntRange(0, 3).Draw(t, "acts") {
				day := pick("2026-06-10", "2026-06-20", "2026-07-01", "2026-07-10")
				var err error
				switch pick("move", "leave", "values", "household", "aid", "correct") {
				case "move":
					err = h.Change(ctx, system, one(people), 0, Edit{Place: pick(street1+"001", street1+"002001", "990101002001"), From: day})
				case "leave":
					err = h.Leave(ctx, system, one(people), 0, day, "")
				case "values":
					err = h.Change(ctx, system, one(people), 0, Edit{Values: Values{"person.residence_kind": pick("1", "2", "3"), "person.lives_alone": pick("0", "1")}, From: day})
				case "household":
					err = h.Change(ctx, system, one(people), 0, Edit{Links: &Links{Household: one(homes)}, From: day})
				case "aid":
					err = h.Change(ctx, system, one(homes), 0, Edit{Values: Values{"household.aid_kind": pick("", "1", "2")}, From: day})
				case "correct":
					err = h.Change(ctx, system, one(people), 0, Edit{Values: Values{"person.birth_date": pick("1940-01-01", "1970-01-01")}})
				}
				_ = err // somebody who has left is not changed
			}
			for _, on := range []string{"2026-06-15", "2026-06-30", "2026-07-12"} {
				within := pick(street1, street1+"001", "990101")
				level := rapid.SampledFrom([]int{12, 15}).Draw(t, "level")
				fast, err := h.Counts(ctx, system, within, level, Moment{On: on})
				if err != nil {
					t.Fatal(err)
				}
				slow, err := h.Counts(ctx, system, within, level, Moment{On: on, Known: "9999-12-31T00:00:00.000000Z"})
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(slow, fast); d != "" {
					t.Fatalf("%s by %d digits on %s (-read +put right):\n%s", within, level, on, d)
				}
			}
		})
		if len(people) == 0 {
			t.Fatal(fmt.Sprint(rounds, " rounds and nobody"))
		}
	})
}
