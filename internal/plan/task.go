package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/duty"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Task is one task with everything that belongs to it.
type Task struct {
	Row
	Place    string   `json:"place"`
	Spans    []Span   `json:"spans" nullable:"false"`
	StageOf  string   `json:"stage_name"`
	DutyItem string   `json:"duty_item"`
	Duty     string   `json:"duty_class" enum:",basic,supporting,returned,unlisted"`
	DutyName string   `json:"duty_name" doc:"number and name of the item of the duty list"`
	Reports  []Report `json:"reports" nullable:"false" doc:"newest first, 100 at most"`
	Urges    []Urge   `json:"urges" nullable:"false"`
	Children []Row    `json:"children" nullable:"false"`
	May      TaskMay  `json:"may"`
}

// TaskMay tells what the reader may do: the buttons of the page.
type TaskMay struct {
	Edit   bool     `json:"edit" doc:"change, decide on the duty list, send returned parts again"`
	Close  bool     `json:"close" doc:"close out or drop"`
	Reopen bool     `json:"reopen"`
	Urge   bool     `json:"urge"`
	Parts  []string `json:"parts" nullable:"false" doc:"ids of the parts that the reader works on"`
}

// taskRow is what every change to a task looks at first.
type taskRow struct {
	Row
	Place     string             `db:"place"`
	Spans     store.JSON[[]Span] `db:"spans"`
	DutyItem  string             `db:"duty_item"`
	Duty      string             `db:"duty_class"`
	PlanState string             `db:"plan_state"`
}

func (s *Service) task(ctx context.Context, src store.Source, who access.Identity, id string) (taskRow, error) {
	t, err := store.One[taskRow](ctx, src, store.SQL(selectTask+`, t.place, t.spans, t.duty_item, t.duty_class, p.state AS plan_state
		FROM task t JOIN plan p ON p.id = t.plan_id WHERE t.id = ?`, id).In(who.Work(), "t.place", inTask))
	if errors.Is(err, store.ErrNone) {
		return t, access.ErrMissing
	}
	t.Due = shownDue(t.Due)
	return t, err
}

// Task returns one task.
func (s *Service) Task(ctx context.Context, who access.Identity, id string) (Task, error) {
	row, err := s.task(ctx, s.db, who, id)
	if err != nil {
		return Task{}, err
	}
	rule, err := s.Rule(ctx)
	if err != nil {
		return Task{}, err
	}
	rows := []Row{row.Row}
	if err := s.complete(ctx, rows, rule); err != nil {
		return Task{}, err
	}
	t := Task{Row: rows[0], Place: row.Place, Spans: orEmpty(row.Spans.V), DutyItem: row.DutyItem, Duty: row.Duty}
	if t.Stage != "" {
		if t.StageOf, err = store.One[string](ctx, s.db, store.SQL("SELECT name FROM stage WHERE id = ?", t.Stage).Anywhere()); err != nil {
			return Task{}, err
		}
	}
	if t.DutyItem != "" {
		item, err := s.duty.Item(ctx, t.Place, t.DutyItem)
		if err != nil && !errors.Is(err, access.ErrMissing) {
			return Task{}, err
		}
		t.DutyName = strings.TrimSpace(item.No + " " + item.Name)
	}
	if t.Reports, err = s.reports(ctx, id); err != nil {
		return Task{}, err
	}
	if t.Urges, err = s.urges(ctx, id); err != nil {
		return Task{}, err
	}
	if t.Children, err = store.All[Row](ctx, s.db, store.SQL(selectTask+
		" FROM task t JOIN plan p ON p.id = t.plan_id WHERE t.parent_id = ? AND t.state <> 'dropped' ORDER BY t.seq, t.id LIMIT 500", id).Anywhere()); err != nil {
		return Task{}, err
	}
	if err := s.complete(ctx, t.Children, rule); err != nil {
		return Task{}, err
	}
	t.May, err = s.may(ctx, who, row, t.Parts)
	return t, err
}

func (s *Service) may(ctx context.Context, who access.Identity, t taskRow, parts []Part) (TaskMay, error) {
	published, clerk := t.PlanState == Published, who.Has(t.Place, access.Clerk)
	open := published && t.State == TaskOpen
	m := TaskMay{
		Edit: open && clerk, Close: open && clerk, Reopen: published && clerk && t.State == TaskClosed,
		Urge:  open && who.Has(t.Place, access.Clerk, access.Leader),
		Parts: []string{},
	}
	for _, p := range parts {
		if open && who.Works(p.Unit) {
			m.Parts = append(m.Parts, p.ID)
		}
	}
	if open && !clerk && t.Parent != "" {
		leads, err := s.leadsParent(ctx, s.db, who, t)
		if err != nil {
			return m, err
		}
		m.Close = leads
	}
	return m, nil
}

// History returns what happened to a task, newest first.
func (s *Service) History(ctx context.Context, who access.Identity, id string, below int64) ([]journal.Event, error) {
	if _, err := s.task(ctx, s.db, who, id); err != nil {
		return nil, err
	}
	return journal.History(ctx, s.db, "task", id, below, 50)
}

// open returns a task that is open in a published plan.
func (s *Service) open(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int) (taskRow, error) {
	t, err := s.task(ctx, tx, who, id)
	switch {
	case err != nil:
		return t, err
	case version != 0 && t.Version != version:
		return t, access.ErrStale
	case t.State != TaskOpen:
		return t, wrongState("task", t.State)
	case t.PlanState != Published:
		return t, wrongState("plan", t.PlanState)
	}
	return t, nil
}

// clerks returns an open task that the clerk may change.
func (s *Service) clerks(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int) (taskRow, error) {
	t, err := s.open(ctx, tx, who, id, version)
	if err == nil && !who.Has(t.Place, access.Clerk) {
		return t, access.ErrDenied
	}
	return t, err
}

// An Edit is what a clerk may change in a published task.
type Edit struct {
	Heading string   `json:"heading" maxLength:"200"`
	Text    string   `json:"text" maxLength:"20000"`
	From    string   `json:"from"`
	Due     string   `json:"due"`
	Reason  string   `json:"reason" maxLength:"500" doc:"why; shown in the history"`
	Lead    []string `json:"lead" nullable:"false" doc:"unit ids"`
	Support []string `json:"support" nullable:"false"`
}

var errEditText = fault.New(fault.Invalid, "task_text_missing", "请填写任务内容", "Give the text of the task.")

var errEditLead = fault.New(fault.Invalid, "task_lead_missing", "请至少指定一个牵头单位", "Name at least one lead unit.")

// Edit changes the wording, dates and units of a task. Units that are taken
// away keep what they reported; units that are added are told.
func (s *Service) Edit(ctx context.Context, who access.Identity, id string, version int, e Edit) error {
	if err := checkDays(e.From, e.Due); err != nil {
		return err
	}
	if e.Heading, e.Text = strings.TrimSpace(e.Heading), strings.TrimSpace(e.Text); e.Text == "" {
		return errEditText
	}
	if len(e.Lead) == 0 {
		return errEditLead
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		t, err := s.clerks(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		parts, err := s.parts(ctx, tx, []string{id})
		if err != nil {
			return err
		}
		if e.Heading == "" {
			e.Heading = firstWords(e.Text, 30)
		}
		if _, err := tx.Exec(ctx, "UPDATE task SET heading = ?, text = ?, from_day = ?, due = ?, version = version + 1 WHERE id = ?",
			e.Heading, e.Text, e.From, storedDue(e.Due), id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE assignment SET due = ? WHERE task_id = ?", storedDue(e.Due), id); err != nil {
			return err
		}
		if err := s.replaceParts(ctx, tx, t, parts[id], e); err != nil {
			return err
		}
		before := map[string]any{"heading": t.Heading, "text": t.Text, "from": t.From, "due": t.Due, "units": unitNames(parts[id])}
		if parts, err = s.parts(ctx, tx, []string{id}); err != nil {
			return err
		}
		after := map[string]any{"heading": e.Heading, "text": e.Text, "from": e.From, "due": e.Due, "units": unitNames(parts[id])}
		before, after = changed(before, after)
		if e.Reason != "" {
			after["reason"] = e.Reason
		}
		return s.note(ctx, tx, who, "task.edit", id, t.Place, before, after)
	})
}

// changed keeps what differs.
func changed(before, after map[string]any) (map[string]any, map[string]any) {
	b, a := map[string]any{}, map[string]any{}
	for k, v := range after {
		if fmt.Sprint(before[k]) != fmt.Sprint(v) {
			b[k], a[k] = before[k], v
		}
	}
	return b, a
}

func unitNames(parts []Part) []string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = p.UnitName
	}
	return out
}

func (s *Service) replaceParts(ctx context.Context, tx *store.Tx, t taskRow, old []Part, e Edit) error {
	var want []part
	for _, u := range e.Lead {
		want = append(want, part{unit: u, role: Lead})
	}
	for _, u := range e.Support {
		if !slices.Contains(e.Lead, u) {
			want = append(want, part{unit: u, role: Support})
		}
	}
	for _, o := range old {
		if !slices.ContainsFunc(want, func(w part) bool { return w.unit == o.Unit }) {
			if _, err := tx.Exec(ctx, "UPDATE assignment SET state = 'withdrawn', version = version + 1 WHERE id = ?", o.ID); err != nil {
				return err
			}
		}
	}
	added := []string{}
	for _, w := range want {
		if !slices.ContainsFunc(old, func(o Part) bool { return o.Unit == w.unit }) {
			added = append(added, w.unit)
		}
	}
	known, err := s.units.Known(ctx, tx, t.Place, added)
	if err != nil {
		return err
	}
	for i, w := range want {
		at := slices.IndexFunc(old, func(o Part) bool { return o.Unit == w.unit })
		if at >= 0 && old[at].State != Returned {
			if _, err := tx.Exec(ctx, "UPDATE assignment SET role = ?, seq = ? WHERE id = ?", w.role, i, old[at].ID); err != nil {
				return err
			}
			continue
		}
		if at >= 0 {
			w.named = old[at].Named
		} else {
			u := known[w.unit]
			w.named = u.Label()
		}
		if err := addPart(ctx, tx, t.Plan, t.ID, storedDue(e.Due), i, w); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, Message{Unit: w.unit, Kind: "task", Plan: t.Plan, Task: t.ID, Count: 1, Title: e.Heading}); err != nil {
			return err
		}
	}
	return nil
}

var errUnfinished = fault.New(fault.Conflict, "task_unfinished", "牵头单位尚未全部办结（{units}），如确需提前销号，请说明理由", "Not every lead unit has finished ({units}). To close the task out early, give the reason.")

// CloseOut (销号) ends a task. Before all lead units have finished it takes a
// reason.
func (s *Service) CloseOut(ctx context.Context, who access.Identity, id string, version int, reason string) error {
	if err := limitWords(reason, 500); err != nil {
		return err
	}
	return s.end(ctx, who, id, version, TaskClosed, strings.TrimSpace(reason), func(parts []Part) error {
		var open []string
		for _, p := range parts {
			if p.Role == Lead && p.State != Done {
				open = append(open, p.UnitName)
			}
		}
		if len(open) > 0 && strings.TrimSpace(reason) == "" {
			return errUnfinished.With("units", some(open))
		}
		return nil
	})
}

// Drop (作废) takes a task out of the plan, with a reason.
func (s *Service) Drop(ctx context.Context, who access.Identity, id string, version int, reason string) error {
	reason, err := checkWords(reason, 500)
	if err != nil {
		return err
	}
	return s.end(ctx, who, id, version, TaskDropped, reason, func([]Part) error { return nil })
}

func (s *Service) end(ctx context.Context, who access.Identity, id string, version int, state, reason string, check func([]Part) error) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		t, err := s.open(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		if err := s.mayEnd(ctx, tx, who, t); err != nil {
			return err
		}
		parts, err := s.parts(ctx, tx, []string{id})
		if err != nil {
			return err
		}
		if err := check(parts[id]); err != nil {
			return err
		}
		children, err := store.All[string](ctx, tx, store.SQL("SELECT id FROM task WHERE parent_id = ? AND state = 'open' ORDER BY seq, id", id).Anywhere())
		if err != nil {
			return err
		}
		// What is ended is off every unit's list, that of its sub-tasks too; what
		// is dropped counts for nobody, not for those either who had finished.
		for _, where := range []string{"id = ?", "parent_id = ? AND state = 'open'"} {
			if _, err := tx.Exec(ctx, `
				UPDATE assignment SET state = CASE WHEN ? = 'closed' THEN 'done' ELSE 'withdrawn' END,
				       done_at = CASE WHEN done_at = '' THEN ? ELSE done_at END, version = version + 1
				WHERE state <> 'withdrawn' AND (state <> 'done' OR ? = 'dropped') AND task_id IN (SELECT id FROM task WHERE `+where+")",
				state, store.Time(s.now()), state, id); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "UPDATE task SET state = ?, closed_at = ?, version = version + 1 WHERE "+where, state, store.Time(s.now()), id); err != nil {
				return err
			}
		}
		verb := map[string]string{TaskClosed: "task.close", TaskDropped: "task.drop"}[state]
		for _, ended := range append(children, id) {
			if err := s.note(ctx, tx, who, verb, ended, t.Place, nil, map[string]any{"reason": reason}); err != nil {
				return err
			}
		}
		return nil
	})
}

// mayEnd: the clerk ends any task; a unit those that it split off its own.
func (s *Service) mayEnd(ctx context.Context, tx *store.Tx, who access.Identity, t taskRow) error {
	if who.Has(t.Place, access.Clerk) {
		return nil
	}
	leads, err := s.leadsParent(ctx, tx, who, t)
	if err == nil && !leads {
		return access.ErrDenied
	}
	return err
}

// leadsParent tells whether somebody works for a unit that leads the task from
// which a sub-task was split.
func (s *Service) leadsParent(ctx context.Context, src store.Source, who access.Identity, t taskRow) (bool, error) {
	if t.Parent == "" {
		return false, nil
	}
	parts, err := s.parts(ctx, src, []string{t.Parent})
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(parts[t.Parent], func(p Part) bool { return p.Role == Lead && who.Works(p.Unit) }), nil
}

var errParentEnded = fault.New(fault.Conflict, "parent_ended", "所属任务已销号或作废，请先恢复所属任务，再恢复子任务", "The task to which this belongs has been closed out or dropped. Reopen that one first.")

// Reopen takes a close-out back. The lead units have to finish again.
func (s *Service) Reopen(ctx context.Context, who access.Identity, id string, version int, reason string) error {
	reason, err := checkWords(reason, 500)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		t, err := s.task(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case !who.Has(t.Place, access.Clerk):
			return access.ErrDenied
		case t.Version != version:
			return access.ErrStale
		case t.State != TaskClosed:
			return wrongState("task", t.State)
		case t.PlanState != Published:
			return wrongState("plan", t.PlanState)
		}
		if t.Parent != "" {
			if parent, err := s.task(ctx, tx, who, t.Parent); err != nil {
				return err
			} else if parent.State != TaskOpen {
				return errParentEnded
			}
		}
		if _, err := tx.Exec(ctx, "UPDATE task SET state = 'open', closed_at = '', version = version + 1 WHERE id = ?", id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE assignment SET state = CASE WHEN signed_at = '' THEN 'assigned' ELSE 'signed' END, done_at = '', version = version + 1
			WHERE task_id = ? AND role = 'lead' AND state = 'done'`, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.reopen", id, t.Place, nil, map[string]any{"reason": reason})
	})
}

var errDutyItem = fault.New(fault.Invalid, "duty_item_wrong", "所选事项不在本单位的履职事项清单中，或类别不符，请重新选择", "The item that was picked is not on this office's duty list, or is of another class. Pick again.")

// DecideDuty records where a published task stands on the duty list.
func (s *Service) DecideDuty(ctx context.Context, who access.Identity, id string, version int, class, item string) error {
	if !slices.Contains([]string{"", string(duty.Basic), string(duty.Supporting), string(duty.Returned), Unlisted}, class) {
		return errSheet.With("what", class)
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		t, err := s.clerks(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		if item != "" {
			n, err := store.One[int](ctx, tx, store.SQL(
				"SELECT count(*) FROM duty_item WHERE id = ? AND place = ? AND class = ?", item, t.Place, class).Anywhere())
			if err != nil {
				return err
			}
			if n == 0 {
				return errDutyItem
			}
		}
		if _, err := tx.Exec(ctx, "UPDATE task SET duty_class = ?, duty_item = ?, version = version + 1 WHERE id = ?", class, item, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.duty", id, t.Place, map[string]any{"class": t.Duty, "item": t.DutyItem}, map[string]any{"class": class, "item": item})
	})
}
