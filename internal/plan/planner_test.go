package plan_test

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"gewu/internal/access"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// No list reads a whole table or sorts more than it shows: SQLite's own plan
// of each statement is looked at. Small tables that are read whole on purpose
// are named.
func TestListsAreServedByIndexes(t *testing.T) {
	db := storetest.SQLite(t)
	o := newOffice(t, db)
	f := o.published()
	staff := o.who["清风社区"]
	id := o.row(f, "法治讲座").ID
	lists := map[string]func(ctx context.Context) error{
		"my tasks": func(ctx context.Context) error {
			_, _, err := o.Mine(ctx, staff, plan.MineFilter{Unit: staff.Unit}, plan.Page{})
			return err
		},
		"my tasks, next page": func(ctx context.Context) error {
			_, _, err := o.Mine(ctx, staff, plan.MineFilter{Unit: staff.Unit, Role: plan.Support}, plan.Page{Cursor: "2026-03-01~x"})
			return err
		},
		"tasks of the street": func(ctx context.Context) error {
			_, _, err := o.Tasks(ctx, o.who["clerk"], plan.TaskFilter{State: plan.TaskOpen}, plan.Page{})
			return err
		},
		"tasks of the county, late": func(ctx context.Context) error {
			_, _, err := o.Tasks(ctx, o.who["auditor"], plan.TaskFilter{Light: plan.LightOverdue}, plan.Page{Cursor: "2026-03-01~x"})
			return err
		},
		"a task": func(ctx context.Context) error {
			_, err := o.Task(ctx, o.who["clerk"], id)
			return err
		},
		"tasks of a plan": func(ctx context.Context) error {
			_, err := o.PlanTasks(ctx, o.who["clerk"], f.ID)
			return err
		},
		"units of a plan": func(ctx context.Context) error {
			_, err := o.ByUnit(ctx, o.who["clerk"], f.ID, "")
			return err
		},
		"today of a unit": func(ctx context.Context) error {
			_, err := o.Today(ctx, staff)
			return err
		},
		"today of the office": func(ctx context.Context) error {
			_, err := o.Today(ctx, o.who["leader"])
			return err
		},
		"messages": func(ctx context.Context) error {
			_, err := o.Messages(ctx, staff, true)
			return err
		},
		"plans": func(ctx context.Context) error {
			_, _, err := o.Plans(ctx, access.Identity{Grants: []access.Grant{{Role: access.Leader, Place: street}}}, plan.PlanFilter{}, plan.Page{})
			return err
		},
	}
	both := access.Identity{Grants: append(slices.Clone(staff.Grants), access.Grant{Role: access.Clerk, Place: street})}
	lists["feed of a unit"] = func(ctx context.Context) error { _, err := o.Feed(ctx, staff, ""); return err }
	lists["feed of a clerk who works for a unit"] = func(ctx context.Context) error { _, err := o.Feed(ctx, both, ""); return err }
	lists["feed of a leader"] = func(ctx context.Context) error { _, err := o.Feed(ctx, o.who["leader"], ""); return err }
	lists["plans of a unit"] = func(ctx context.Context) error {
		_, _, err := o.Plans(ctx, staff, plan.PlanFilter{}, plan.Page{})
		return err
	}
	lists["tasks of a unit"] = func(ctx context.Context) error {
		_, _, err := o.Tasks(ctx, both, plan.TaskFilter{}, plan.Page{})
		return err
	}
	lists["units of the street"] = func(ctx context.Context) error { _, err := o.ByUnit(ctx, o.who["leader"], "", street); return err }
	lists["table"] = func(ctx context.Context) error {
		_, err := o.WriteTable(ctx, o.who["clerk"], f.ID, "zh", io.Discard)
		return err
	}
	// Read whole on purpose: some hundred rows at most.
	small := []string{"SCAN holiday_year"}
	for name, list := range lists {
		t.Run(name, func(t *testing.T) {
			type statement struct {
				text string
				args []any
			}
			var seen []statement
			ctx := store.WithTrace(t.Context(), func(text string, args []any) { seen = append(seen, statement{text, args}) })
			if err := list(ctx); err != nil {
				t.Fatal(err)
			}
			type step struct {
				ID     int    `db:"id"`
				Parent int    `db:"parent"`
				Unused int    `db:"notused"`
				Detail string `db:"detail"`
			}
			for _, s := range seen {
				steps, err := store.All[step](t.Context(), db, store.SQL("EXPLAIN QUERY PLAN "+s.text, s.args...).Anywhere())
				if err != nil {
					t.Fatal(err)
				}
				for _, st := range steps {
					// An index that is read from end to end serves no list of tasks.
					if strings.HasPrefix(st.Detail, "SCAN t ") {
						t.Errorf("%s\nin %s", st.Detail, s.text)
					}
					if strings.HasPrefix(st.Detail, "SCAN ") && !strings.Contains(st.Detail, "USING INDEX") && !strings.Contains(st.Detail, "USING COVERING INDEX") &&
						!contains(small, st.Detail) && !strings.HasPrefix(st.Detail, "SCAN x") && !strings.HasPrefix(st.Detail, "SCAN (") {
						t.Errorf("%s\nin %s", st.Detail, s.text)
					}
				}
			}
		})
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}
