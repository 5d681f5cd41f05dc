package demo_test

import (
	"testing"
	"time"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/atlas"
	"gewu/internal/blob"
	"gewu/internal/demo"
	"gewu/internal/duty"
	"gewu/internal/holiday"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
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
		ring, err := seal.NewRing(seal.AES)
		if err != nil {
			t.Fatal(err)
		}
		dict, err := element.Load()
		if err != nil {
			t.Fatal(err)
		}
		subjects := subject.NewService(db, ring, subject.NewElements(dict), now)
		if err := demo.Fill(t.Context(), demo.Office{Access: acc, Units: off, Plans: plans, Duties: duties, Subjects: subjects,
			Atlas: atlas.NewService(db, now), People: 300, Seed: 1, Now: now()}); err != nil {
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
