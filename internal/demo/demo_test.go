package demo_test

import (
	"testing"
	"time"

	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/demo"
	"gewu/internal/duty"
	"gewu/internal/holiday"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// The demo is made on any day of the year, also where the holidays of the next
// year are not known yet.
func TestFill(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := func() time.Time { return time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) }
		files, err := blob.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		days, err := holiday.NewService(db, now)
		if err != nil {
			t.Fatal(err)
		}
		acc, off, duties := access.NewService(db, now), office.NewService(db, now), duty.NewService(db, now)
		plans := plan.NewService(db, files, off, duties, days, now)
		if err := demo.Fill(t.Context(), acc, off, plans, duties, now()); err != nil {
			t.Fatal(err)
		}
		leader, err := acc.SignIn(t.Context(), "leader", demo.Password, "test")
		if err != nil {
			t.Fatal(err)
		}
		ps, _, err := plans.Plans(t.Context(), leader, plan.PlanFilter{}, plan.Page{})
		if err != nil {
			t.Fatal(err)
		}
		if len(ps) != 2 {
			t.Fatalf("%d plans, want a published one and a draft", len(ps))
		}
		l := ps[1].Tasks
		if l.Overdue == 0 || l.Soon == 0 || l.Ongoing == 0 {
			t.Errorf("the demo has not every light: %+v", l)
		}
	})
}
