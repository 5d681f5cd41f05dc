package plan_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/internal/access"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// A world is random work in a small tree, written past the service, and the
// model of who may see what.
type world struct {
	plans map[string]string          // id → place, of published plans
	tasks map[string]string          // id → plan
	due   map[string]string          // task → due
	parts map[string]map[string]bool // task → units that have a part
	units []string
}

var worldPlaces = []string{"990101", street, street + "001", "990101002", "990102", "990102001"}

func makeWorld(t *testing.T, o *testOffice, db *store.DB) world {
	w := world{plans: map[string]string{}, tasks: map[string]string{}, due: map[string]string{}, parts: map[string]map[string]bool{}}
	ctx, system := t.Context(), access.System("test")
	for _, code := range worldPlaces {
		o.must(o.units.AddPlace(ctx, system, officePlace(code)))
	}
	for _, u := range o.unit {
		w.units = append(w.units, u)
	}
	slices.Sort(w.units)
	o.must(db.Tx(ctx, func(tx *store.Tx) error {
		exec := func(text string, args ...any) {
			if _, err := tx.Exec(ctx, text, args...); err != nil {
				t.Fatal(err)
			}
		}
		for i, place := range worldPlaces {
			id := fmt.Sprintf("p%d", i)
			w.plans[id] = place
			exec(`INSERT INTO plan (id, place, number, title, sender, doc_no, issued, state, file_name, file_hash, blocks, draft, created_by,
				created_at, published_at, closed_at, version)
				VALUES (?, ?, '', ?, '', '', '', 'published', '', '', '[]', '', ?, ?, '', '', 1)`,
				id, place, "方案"+id, o.who["clerk"].ID, fmt.Sprintf("2026-01-0%dT00:00:00.000Z", i%3+1))
			for j := range 5 {
				task := fmt.Sprintf("%st%d", id, j)
				due := fmt.Sprintf("2026-03-%02d", (i*7+j*j)%9+1)
				w.tasks[task], w.due[task], w.parts[task] = id, due, map[string]bool{}
				exec(`INSERT INTO task (id, plan_id, place, parent_id, seq, path, section, heading, text, spans, stage_id, from_day, due, due_text,
					state, duty_item, duty_class, closed_at, version)
					VALUES (?, ?, ?, '', ?, '', '', ?, '', '[]', '', '', ?, '', 'open', '', '', '', 1)`, task, id, place, j, task, due)
				for k, u := range w.units {
					if (i+j+k)%4 != 0 {
						continue
					}
					state := "signed"
					if (i+j)%5 == 4 {
						state = "withdrawn"
					} else {
						w.parts[task][u] = true
					}
					exec(`INSERT INTO assignment (id, task_id, plan_id, unit_id, seq, role, named, state, assignee_id, due, signed_at, returned_at,
						reason, done_at, reported_at, version) VALUES (?, ?, ?, ?, 0, 'lead', '', ?, '', ?, '', '', '', '', '', 1)`,
						task+"a"+fmt.Sprint(k), task, id, u, state, due)
				}
			}
		}
		return nil
	}))
	return w
}

// sees is the model: a role over the place, or a part of an own unit.
func (w world) sees(who access.Identity, task string) bool {
	if who.Has(w.plans[w.tasks[task]], access.Clerk, access.Leader, access.Auditor) {
		return true
	}
	return slices.ContainsFunc(who.Units(), func(u string) bool { return w.parts[task][u] })
}

// Whatever somebody was granted, lists hold exactly what they may see, page by
// page, once each and in order; and what is not listed is not found either.
func TestScopeProperty(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		w := makeWorld(t, o, db)
		grant := rapid.Custom(func(t *rapid.T) access.Grant {
			role := rapid.SampledFrom(access.Roles).Draw(t, "role")
			if role.ByUnit() {
				return access.Grant{Role: role, Unit: rapid.SampledFrom(w.units).Draw(t, "unit")}
			}
			return access.Grant{Role: role, Place: rapid.SampledFrom(append([]string{"", "99", "77"}, worldPlaces...)).Draw(t, "place")}
		})
		rapid.Check(t, func(rt *rapid.T) {
			who := access.Identity{ID: "x", Grants: rapid.SliceOfN(grant, 0, 3).Draw(rt, "grants")}
			var want []string
			for task := range w.tasks {
				if w.sees(who, task) {
					want = append(want, task)
				}
			}
			slices.SortFunc(want, func(a, b string) int { return strings.Compare(w.due[a]+a, w.due[b]+b) })
			var got []string
			page := plan.Page{Limit: rapid.IntRange(1, 12).Draw(rt, "limit")}
			for {
				rows, next, err := o.Tasks(o.ctx(), who, plan.TaskFilter{}, page)
				if err != nil {
					rt.Fatal(err)
				}
				for _, r := range rows {
					got = append(got, r.ID)
				}
				if page.Cursor = next; next == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("grants %v see %v, want %v", who.Grants, got, want)
			}
			task := rapid.SampledFrom(keys(w.tasks)).Draw(rt, "task")
			_, err := o.Task(o.ctx(), who, task)
			if errors.Is(err, access.ErrMissing) == w.sees(who, task) || err != nil && !errors.Is(err, access.ErrMissing) {
				rt.Fatalf("grants %v open %s: %v", who.Grants, task, err)
			}
			id := rapid.SampledFrom(keys(w.plans)).Draw(rt, "plan")
			seesPlan := who.Has(w.plans[id], access.Clerk, access.Leader, access.Auditor)
			for task, of := range w.tasks {
				seesPlan = seesPlan || of == id && w.sees(who, task)
			}
			_, err = o.Get(o.ctx(), who, id)
			if (err == nil) != seesPlan {
				rt.Fatalf("grants %v open plan %s: %v", who.Grants, id, err)
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
