package record

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gewu/calendar"
	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/flow"
	"gewu/internal/kind"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

const street = "990101001"

type house struct {
	*Service
	db    *store.DB
	clock *time.Time
	units map[string]string
}

func build(t testing.TB, db *store.DB) *house {
	t.Helper()
	clock := time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	now := func() time.Time { mu.Lock(); defer mu.Unlock(); clock = clock.Add(time.Second); return clock }
	ring, err := seal.NewRing(seal.AES)
	must(t, err)
	dict, err := element.Load()
	must(t, err)
	days, err := calendar.Load()
	must(t, err)
	off := office.NewService(db, now)
	system := access.System("test")
	h := &house{db: db, clock: &clock, units: map[string]string{}}
	for _, code := range []string{"99", "9901", "990101", street, street + "001", street + "001001", street + "002", "990101002", "990101002001"} {
		must(t, off.AddPlace(t.Context(), system, office.Place{Code: code, Name: "地" + code}))
	}
	for name, u := range map[string]office.Unit{"街道": {Kind: office.Office, Place: street}, "环卫": {Kind: office.Section, Place: street}, "清风": {Kind: office.Community, Place: street + "001"},
		"网格": {Kind: office.Grid, Place: street + "001001"}, "明月": {Kind: office.Community, Place: street + "002"}, "外街": {Kind: office.Community, Place: "990101002001"}} {
		u.Name = name
		made, err := off.Create(t.Context(), system, u)
		must(t, err)
		h.units[name] = made.ID
	}
	h.Service = NewService(db, ring, kind.World{Dict: dict, Calendar: days}, subject.NewElements(dict), func(context.Context) (*calendar.Calendar, error) { return days, nil }, now)
	text, err := os.ReadFile("../../packs/common/kinds/finding.yaml")
	must(t, err)
	if n, err := h.Publish(t.Context(), access.Identity{Grants: []access.Grant{{Role: access.Admin}}}, "finding.yaml", text); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) staff(unit, place string) access.Identity {
	return access.Identity{ID: "of " + unit, Name: unit + "的人", Unit: h.units[unit], Place: place, Grants: []access.Grant{{Role: access.Staff, Unit: h.units[unit]}}}
}

var clerk = access.Identity{ID: "clerk", Name: "办公室", Place: street, Grants: []access.Grant{{Role: access.Clerk, Place: street}}}

var litter = map[string]any{"category": "environment", "item": "litter", "words": "楼道口有垃圾", "spot": map[string]any{"lon": 120.1, "lat": 30.2}}

func (h *house) do(t *testing.T, who access.Identity, r Record, a Act) Record {
	t.Helper()
	a.Version = r.Version
	out, err := h.Do(t.Context(), who, r.ID, a)
	if err != nil {
		t.Fatalf("%s does %s: %v", who.Name, a.Do, err)
	}
	return out
}

// A finding from its report to its end, by those whose turn it is, and nobody
// else.
func TestFinding(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		grid, community, cleaner := h.staff("网格", street+"001001"), h.staff("清风", street+"001"), h.staff("环卫", street)
		must(t, db.Tx(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO duty_unit (street, kind, field, value, unit_id) VALUES (?, 'finding', 'category', 'environment', ?)", street, h.units["环卫"])
			return err
		}))
		r, err := h.Enter(ctx, grid, Entry{Kind: "finding", Place: street + "001001", Values: litter})
		must(t, err)
		if r.Number != "2026-00001" || r.Title != "暴露垃圾：楼道口有垃圾" || r.State != "reported" || r.StepDue != "2026-07-16" || r.Due != "2026-08-05" {
			t.Errorf("%+v", r)
		}
		turn := func(want string) {
			t.Helper()
			for _, who := range []access.Identity{grid, community, cleaner, clerk, h.staff("明月", street+"002"), h.staff("外街", "990101002001")} {
				l, err := h.Todo(ctx, who, 0)
				must(t, err)
				if (len(l) == 1) != (who.Name == want) {
					t.Errorf("%s has %d to do, it is the turn of %s", who.Name, len(l), want)
				}
			}
		}
		turn("清风的人")
		if _, err := h.Do(ctx, grid, r.ID, Act{Version: 1, Do: "accept"}); !errors.Is(err, flow.ErrTurn) {
			t.Errorf("out of turn: %v", err)
		}
		if _, err := h.Do(ctx, community, r.ID, Act{Version: 1, Do: "reject"}); !errors.Is(err, errNote) {
			t.Errorf("without a reason: %v", err)
		}
		r = h.do(t, community, r, Act{Do: "accept", Values: map[string]any{"urgent": true}})
		if _, err := h.Do(ctx, clerk, r.ID, Act{Version: 1, Do: "dispatch"}); !errors.Is(err, access.ErrStale) {
			t.Errorf("as it was before: %v", err)
		}
		turn("办公室")
		r = h.do(t, clerk, r, Act{Do: "dispatch"})
		turn("环卫的人")
		if _, err := h.Do(ctx, cleaner, r.ID, Act{Version: r.Version, Do: "done"}); err == nil {
			t.Error("done without what was done")
		} else if w, ok := errors.AsType[Wrong](err); !ok || w[0].Field != "result" || !errors.Is(err, errValues) {
			t.Error(err)
		}
		if _, err := h.Do(ctx, cleaner, r.ID, Act{Version: r.Version, Do: "done", Values: map[string]any{"words": "改写"}}); err == nil {
			t.Error("what was reported was written over")
		}
		r = h.do(t, cleaner, r, Act{Do: "delegate", Unit: h.units["明月"]})
		turn("明月的人")
		r = h.do(t, h.staff("明月", street+"002"), r, Act{Do: GiveBack})
		r = h.do(t, cleaner, r, Act{Do: "extend", Days: 3, Note: "连日下雨"})
		r = h.do(t, clerk, r, Act{Do: Grant})
		if r.StepDue != "2026-07-29" || r.Due != "2026-08-10" {
			t.Errorf("with three days more: %s, %s", r.StepDue, r.Due)
		}
		r = h.do(t, cleaner, r, Act{Do: "done", Values: map[string]any{"result": "已清运"}})
		turn("网格的人")
		r = h.do(t, grid, r, Act{Do: "fail", Note: "还有残留"})
		turn("环卫的人")
		r = h.do(t, cleaner, r, Act{Do: "done"})
		r = h.do(t, grid, r, Act{Do: "pass", Values: map[string]any{"passed": true}})
		turn("")
		if r.State != "closed" || r.Closed == "" {
			t.Errorf("%+v", r)
		}
		c, err := h.Get(ctx, grid, r.ID)
		if err != nil || len(c.Actions) != 0 || c.Values["result"] != "已清运" || c.Values["spot"] != (kind.Spot{Lon: 120.1, Lat: 30.2}) || len(c.Story.Steps) != 7 {
			t.Errorf("%+v %v", c, err)
		}
		if c, err := h.Get(ctx, clerk, r.ID); err != nil || len(c.Actions) != 1 || c.Actions[0].ID != "reopen" {
			t.Errorf("%+v %v", c.Actions, err)
		}
		// Who has had to do with it sees it still, others do not.
		if _, err := h.Get(ctx, h.staff("外街", "990101002001"), r.ID); !errors.Is(err, access.ErrMissing) {
			t.Errorf("seen from elsewhere: %v", err)
		}
		if l, _, err := h.List(ctx, h.staff("明月", street+"002"), Filter{Kind: "finding"}, Page{}); err != nil || len(l) != 1 {
			t.Errorf("%d %v", len(l), err)
		}
	})
}

// A recheck is done by somebody else, even where the same person works for both
// units.
func TestRecheck(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		both := h.staff("清风", street+"001")
		both.Grants = append(both.Grants, access.Grant{Role: access.Staff, Unit: h.units["网格"]})
		r, err := h.Enter(t.Context(), both, Entry{Kind: "finding", Place: street + "001001", Values: litter})
		must(t, err)
		r = h.do(t, both, r, Act{Do: "accept"})
		r = h.do(t, clerk, r, Act{Do: "dispatch"}) // nobody is responsible for litter: the community
		r = h.do(t, both, r, Act{Do: "done", Values: map[string]any{"result": "已清运"}})
		if _, err := h.Do(t.Context(), both, r.ID, Act{Version: r.Version, Do: "pass"}); !errors.Is(err, errSame) {
			t.Errorf("rechecked by who handled it: %v", err)
		}
		h.do(t, h.staff("网格", street+"001001"), r, Act{Do: "pass"})
	})
}

// What is sent twice arrives once, whoever sends it at the same time; numbers
// have no gaps.
func TestOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		grid := h.staff("网格", street+"001001")
		id := store.NewID()
		var wg sync.WaitGroup
		ids := make([]string, 50)
		for n := range ids {
			wg.Go(func() {
				r, err := h.Enter(t.Context(), grid, Entry{ID: id, Kind: "finding", Place: street + "001001", Values: litter})
				if err != nil {
					t.Error(err)
				}
				ids[n] = r.ID + r.Number
			})
		}
		wg.Wait()
		if slices.Sort(ids); ids[0] != id+"2026-00001" || ids[49] != ids[0] {
			t.Errorf("%v", slices.Compact(ids))
		}
		other := h.staff("清风", street+"001")
		if _, err := h.Enter(t.Context(), other, Entry{ID: id, Kind: "finding", Place: street + "001", Values: litter}); !errors.Is(err, errTaken) {
			t.Errorf("somebody else has entered under the same id: %v", err)
		}
		for n := range 3 {
			r, err := h.Enter(t.Context(), other, Entry{Kind: "finding", Place: street + "001", Values: litter})
			if want := fmt.Sprintf("2026-%05d", n+2); err != nil || r.Number != want {
				t.Errorf("%s, want %s: %v", r.Number, want, err)
			}
		}
	})
}

// Who may enter, where, and what.
func TestEnter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		grid := h.staff("网格", street+"001001")
		for name, tt := range map[string]struct {
			who access.Identity
			e   Entry
			err error
		}{
			"elsewhere":               {grid, Entry{Kind: "finding", Place: street + "002", Values: litter}, access.ErrDenied},
			"no such place":           {clerk, Entry{Kind: "finding", Place: street + "009", Values: litter}, errPlace},
			"a whole county":          {clerk, Entry{Kind: "finding", Place: "990101", Values: litter}, errPlace},
			"no such kind":            {clerk, Entry{Kind: "ghost", Place: street + "001", Values: litter}, errKind},
			"about somebody":          {clerk, Entry{Kind: "finding", Place: street + "001", About: "x", Values: litter}, errAbout},
			"without words":           {clerk, Entry{Kind: "finding", Place: street + "001", Values: map[string]any{"category": "safety"}}, errValues},
			"of another category":     {clerk, Entry{Kind: "finding", Place: street + "001", Values: map[string]any{"category": "safety", "item": "litter", "words": "x"}}, errValues},
			"an auditor enters none":  {access.Identity{Grants: []access.Grant{{Role: access.Auditor, Place: street}}}, Entry{Kind: "finding", Place: street + "001", Values: litter}, access.ErrDenied},
			"whoever oversees enters": {clerk, Entry{Kind: "finding", Place: street + "001", Values: litter}, nil},
		} {
			if _, err := h.Enter(t.Context(), tt.who, tt.e); !errors.Is(err, tt.err) {
				t.Errorf("%s: %v, want %v", name, err, tt.err)
			}
		}
	})
}

// A record goes on by the kind as it was when it began.
func TestVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		admin := access.Identity{Grants: []access.Grant{{Role: access.Admin}}}
		text, err := os.ReadFile("../../packs/common/kinds/finding.yaml")
		must(t, err)
		if n, err := h.Publish(ctx, admin, "finding.yaml", text); n != 1 || err != nil {
			t.Errorf("the same again is version %d %v", n, err)
		}
		old, err := h.Enter(ctx, clerk, Entry{Kind: "finding", Place: street + "001", Values: litter})
		must(t, err)
		if n, err := h.Publish(ctx, admin, "finding.yaml", []byte(strings.Replace(string(text), "- {id: reject,", "- {id: skip, name: {zh: 直接处置, en: handle}, to: handling}\n      - {id: reject,", 1))); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := h.Publish(ctx, clerk, "finding.yaml", text); !errors.Is(err, access.ErrDenied) {
			t.Errorf("published by a clerk: %v", err)
		}
		fresh, err := h.Enter(ctx, clerk, Entry{Kind: "finding", Place: street + "001", Values: litter})
		must(t, err)
		community := h.staff("清风", street+"001")
		if _, err := h.Do(ctx, community, old.ID, Act{Version: 1, Do: "skip"}); !errors.Is(err, flow.ErrVerb) {
			t.Errorf("an action of a later version: %v", err)
		}
		if r := h.do(t, community, old, Act{Do: "accept"}); r.State != "dispatch" || r.KindNo != 1 {
			t.Errorf("%s", r.State)
		}
		if r := h.do(t, community, fresh, Act{Do: "skip"}); r.State != "handling" || r.KindNo != 2 {
			t.Errorf("%s", r.State)
		}
	})
}

// Sealed fields do not lie open, and are shown as hidden.
func TestSealed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx := t.Context()
		_, err := h.Publish(ctx, access.Identity{Grants: []access.Grant{{Role: access.Admin}}}, "tip.yaml", []byte(`kind: tip
name: {zh: 举报, en: tip}
title: "{what}"
privacy: {purpose: {zh: 核实, en: checking}, basis: 某条例, keep: P1Y}
fields:
  - {id: what, name: {zh: 内容, en: what}, type: text}
  - {id: phone, name: {zh: 电话, en: telephone}, type: text, element: person.phone}
  - {id: who, name: {zh: 姓名, en: name}, type: text, sealed: true}
`))
		must(t, err)
		if _, err := h.Enter(ctx, clerk, Entry{Kind: "tip", Place: street + "001", Values: map[string]any{"what": "夜间倾倒", "phone": "154000"}}); !errors.Is(err, errValues) {
			t.Errorf("a telephone number of six digits: %v", err)
		}
		r, err := h.Enter(ctx, clerk, Entry{Kind: "tip", Place: street + "001", Values: map[string]any{"what": "夜间倾倒", "phone": "154 0000 0001", "who": "何举报"}})
		must(t, err)
		c, err := h.Get(ctx, clerk, r.ID)
		if err != nil || len(c.Values) != 1 || strings.Join(c.Hidden, " ") != "phone who" {
			t.Errorf("%+v %v", c, err)
		}
		for _, table := range []string{"record", "event"} {
			column := map[string]string{"record": "doc || title || sealed || life", "event": "after_doc"}[table]
			all, err := store.All[string](ctx, db, store.SQL("SELECT "+column+" FROM "+table).Anywhere())
			if s := strings.Join(all, " "); err != nil || strings.Contains(s, "15400000001") || strings.Contains(s, "何举报") {
				t.Errorf("%s tells: %s %v", table, s, err)
			}
		}
	})
}
