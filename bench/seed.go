package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gewu/internal/store"
)

const (
	streets   = 10
	unitsEach = 30 // of a street
	perPlan   = 500
)

func street(i int) string { return fmt.Sprintf("9901%02d001", i+1) }
func unitID(s, u int) string {
	return fmt.Sprintf("unit-%02d-%02d", s, u)
}

// seed makes the places and units of ten streets.
func seed(ctx context.Context, db *store.DB) error {
	return db.Tx(ctx, func(tx *store.Tx) error {
		for s := range streets {
			if _, err := tx.Exec(ctx, "INSERT INTO place (code, name) VALUES (?, ?)", street(s), fmt.Sprintf("街道%d", s)); err != nil {
				return err
			}
			for u := range unitsEach {
				if _, err := tx.Exec(ctx, "INSERT INTO unit (id, name, short, kind, place, seq, closed_at, version) VALUES (?, ?, '', 'section', ?, ?, '', 1)",
					unitID(s, u), fmt.Sprintf("科室%d-%d", s, u), street(s), u); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// seedTasks writes tasks, a plan a transaction: each has a lead and a support
// unit and a quota, half of them are done.
func seedTasks(ctx context.Context, db *store.DB, account string, tasks int) error {
	day := time.Now()
	text := strings.Repeat("各社区每季度开展一次矛盾纠纷排查，建立台账，逐项销号。", 3)
	for p := 0; p*perPlan < tasks; p++ {
		s := p % streets
		plan := fmt.Sprintf("plan-%05d", p)
		err := db.Tx(ctx, func(tx *store.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO plan (id, place, number, title, sender, doc_no, issued, state, file_name, file_hash, blocks, draft,
				created_by, created_at, published_at, closed_at, version) VALUES (?, ?, ?, ?, '', '', '', 'published', '', '', '[]', '', ?, ?, ?, '', 1)`,
				plan, street(s), fmt.Sprintf("2026-%03d", p), "平安建设工作方案"+plan, account, store.Time(day), store.Time(day)); err != nil {
				return err
			}
			for i := range perPlan {
				n := p*perPlan + i
				if n >= tasks {
					break
				}
				task := fmt.Sprintf("task-%07d", n)
				due := day.AddDate(0, 0, n%200-60).Format("2006-01-02")
				state := "signed"
				if n%2 == 0 {
					state = "done"
				}
				if _, err := tx.Exec(ctx, `INSERT INTO task (id, plan_id, place, parent_id, seq, path, section, heading, text, spans, stage_id, from_day,
					due, due_text, state, duty_item, duty_class, closed_at, version)
					VALUES (?, ?, ?, '', ?, ?, '', '排查矛盾纠纷', ?, '[]', '', '', ?, '', ?, '', '', '', 1)`,
					task, plan, street(s), i, fmt.Sprint(i), text, due, map[string]string{"signed": "open", "done": "closed"}[state]); err != nil {
					return err
				}
				for k, role := range []string{"lead", "support"} {
					if _, err := tx.Exec(ctx, `INSERT INTO assignment (id, task_id, plan_id, unit_id, seq, role, named, state, assignee_id, due, signed_at,
						returned_at, reason, done_at, reported_at, version) VALUES (?, ?, ?, ?, 0, ?, '', ?, '', ?, ?, '', '', '', '', 1)`,
						fmt.Sprintf("part-%07d-%d", n, k), task, plan, unitID(s, (n/2+k*7)%unitsEach), role, state, due, store.Time(day)); err != nil {
						return err
					}
				}
				if _, err := tx.Exec(ctx, `INSERT INTO quota (id, task_id, plan_id, seq, op, value, high, unit, period, per, text)
					VALUES (?, ?, ?, 0, '>=', 1, 0, '次', 'quarter', 'unit', '每季度一次')`, fmt.Sprintf("quota-%07d", n), task, plan); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
