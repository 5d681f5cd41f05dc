package subject

import (
	"strings"
	"testing"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// Who has left is forgotten element by element as their retentions end, old
// values with them; who is there is not.
func TestRetention(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who, p := t.Context(), keeper(street1), street1+"001"
		values := Values{"person.phone": "19900007777", "person.work_unit": "旧厂"} // a year, three years
		stays := h.person(t, who, p, "何常在", values)
		must(t, h.Change(ctx, who, stays, 0, Edit{Values: Values{"person.phone": "19900008888"}, Source: "本人"}))
		leaves := h.person(t, who, p, "何已去", values)
		must(t, h.Leave(ctx, who, leaves, 0, "2026-07-01", "迁出"))
		again := h.person(t, who, p, "何常再", Values{"person.phone": "19900006666"})
		must(t, h.Merge(ctx, who, stays, again, 0))
		forget := func(years int, days int) {
			t.Helper()
			*h.clock = h.clock.AddDate(years, 0, days)
			if _, err := h.Forget(ctx); err != nil {
				t.Fatal(err)
			}
		}
		phone := func(id string) string {
			t.Helper()
			v, err := h.Unmask(ctx, who, id, []string{"person.phone", "person.work_unit"}, "核对信息")
			if err != nil {
				return "gone"
			}
			return v["person.phone"] + " " + v["person.work_unit"]
		}
		forget(0, 0)
		if phone(leaves) != "19900007777 旧厂" {
			t.Errorf("forgotten at once: %s", phone(leaves))
		}
		forget(1, 0) // 2027-07-15: a year since leaving and since the change
		if phone(leaves) != " 旧厂" || phone(stays) != "19900008888 旧厂" {
			t.Errorf("after a year: %q, %q", phone(leaves), phone(stays))
		}
		history, err := h.History(ctx, who, stays)
		must(t, err)
		for _, c := range history {
			for _, v := range c.Changed {
				if v.Element == "person.phone" && v.Before+v.After != "" {
					t.Errorf("the old number is still in the history: %+v", v)
				}
			}
		}
		forget(2, 1)
		if phone(leaves) != "gone" || phone(stays) != "19900008888 旧厂" {
			t.Errorf("after three years: %q, %q", phone(leaves), phone(stays))
		}
		for _, text := range dump(t, db) {
			if strings.Contains(text, "何已去") || strings.Contains(text, "何常再") {
				t.Errorf("still there: %s", text)
			}
		}
		if n, err := h.Forget(ctx); n != 0 || err != nil {
			t.Errorf("something is forgotten every time: %d, %v", n, err)
		}
	})
}

// Survivor and twin that fall due together stop nobody else's retention.
func TestRetentionOfTwins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who, p := t.Context(), keeper(street1), street1+"001"
		a, b := h.person(t, who, p, "何双", nil), h.person(t, who, p, "何双", nil)
		must(t, h.Merge(ctx, who, a, b, 0))
		must(t, h.Leave(ctx, who, a, 0, "2026-07-15", "迁出"))
		*h.clock = h.clock.AddDate(4, 0, 0)
		if _, err := h.Forget(ctx); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{a, b} {
			if _, err := h.Unmask(ctx, who, id, []string{"person.name"}, "核对信息"); err == nil {
				t.Errorf("%s is kept for ever", id)
			}
		}
	})
}
