package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

// Publish makes tasks of a draft, gives the plan its number and tells the
// units. It returns the plan and the number of units that were told.
func (s *Service) Publish(ctx context.Context, who access.Identity, id string, version int) (Full, int, error) {
	told := 0
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.managed(ctx, tx, who, id, version, Draft)
		if err != nil {
			return err
		}
		sheet := &p.Sheet.V
		if err := sheet.ready(); err != nil {
			return err
		}
		if err := s.known(ctx, tx, p.Place, sheet); err != nil {
			return err
		}
		number, err := s.nextNumber(ctx, tx, p.Place)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE plan SET number = ?, title = ?, state = 'published', published_at = ?, draft = '', version = version + 1 WHERE id = ?`,
			number, sheet.Title, store.Time(s.now()), id); err != nil {
			return err
		}
		stages := make(map[string]string)
		for i, st := range sheet.Stages {
			stages[st.Key] = store.NewID()
			if _, err := tx.Exec(ctx, "INSERT INTO stage (id, plan_id, seq, name, from_day, to_day) VALUES (?, ?, ?, ?, ?, ?)",
				stages[st.Key], id, i, st.Name, st.From, st.To); err != nil {
				return err
			}
		}
		perUnit := make(map[string]int)
		tasks := 0
		for i, t := range sheet.Tasks {
			if t.Dropped {
				continue
			}
			tasks++
			nt := newTask{
				Plan: id, Place: p.Place, Seq: (i + 1) * 100, Path: t.Path, Section: t.Section, Heading: t.Heading, Text: t.Text,
				At: t.At, Stage: stages[t.Stage], From: t.From, Due: t.Due, DueText: t.DueText, DutyItem: t.Duty.Item, DutyClass: t.Duty.Class,
				Quotas: t.Quotas, Parts: partsOf(t),
			}
			if _, err := s.create(ctx, tx, who, nt); err != nil {
				return err
			}
			for _, part := range nt.Parts {
				perUnit[part.unit]++
			}
		}
		told = len(perUnit)
		for unit, n := range perUnit {
			if err := s.tell(ctx, tx, Message{Unit: unit, Kind: "plan", Plan: id, Count: n, Title: sheet.Title}); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, who, "plan.publish", id, p.Place, nil,
			map[string]any{"number": number, "title": sheet.Title, "tasks": tasks, "units": told})
	})
	if err != nil {
		return Full{}, 0, err
	}
	f, err := s.Get(ctx, who, id)
	return f, told, err
}

var errForeign = fault.New(fault.Invalid, "plan_units_unknown", "以下单位对应的单位已停用或不属于本辖区：{names}。请重新选定后再发布", "These are matched to units that work no more or are none of this area: {names}. Pick again, then publish.")

// known refuses units that the office of the place does not deal with.
func (s *Service) known(ctx context.Context, tx *store.Tx, place string, sheet *Sheet) error {
	us, err := s.units.Known(ctx, tx, place, nil)
	if err != nil {
		return err
	}
	var foreign []string
	for _, t := range sheet.Tasks {
		if t.Dropped {
			continue
		}
		for _, n := range slices.Concat(t.Lead, t.Support) {
			for _, u := range n.Units {
				if _, ok := us[u]; !ok && !slices.Contains(foreign, n.Name) {
					foreign = append(foreign, n.Name)
				}
			}
		}
	}
	if len(foreign) > 0 {
		return errForeign.With("names", some(foreign))
	}
	return nil
}

// nextNumber counts the plans of an office within the year.
func (s *Service) nextNumber(ctx context.Context, tx *store.Tx, place string) (string, error) {
	year := s.today().Year()
	n, err := store.One[int](ctx, tx, store.SQL(`
		INSERT INTO plan_number (place, year, last) VALUES (?, ?, 1)
		ON CONFLICT (place, year) DO UPDATE SET last = plan_number.last + 1
		RETURNING last`, place, year).Anywhere())
	return fmt.Sprintf("%d-%03d", year, n), err
}

// part is a unit that is to be given a task.
type part struct{ unit, role, named string }

// partsOf lists the units of a task once each; who leads does not also
// support.
func partsOf(t SheetTask) []part {
	var out []part
	add := func(list []Named, role string) {
		for _, n := range list {
			for _, u := range n.Units {
				if !slices.ContainsFunc(out, func(p part) bool { return p.unit == u }) {
					out = append(out, part{u, role, n.Name})
				}
			}
		}
	}
	add(t.Lead, Lead)
	add(t.Support, Support)
	return out
}

// newTask is a task to be written.
type newTask struct {
	Plan, Place, Parent          string
	Seq                          int
	Path, Section, Heading, Text string
	At                           []Span
	Stage                        string
	From, Due, DueText           string
	DutyItem, DutyClass          string
	Quotas                       []SheetQuota
	Parts                        []part
}

// create writes a task with its parts and quotas, and returns its id.
func (s *Service) create(ctx context.Context, tx *store.Tx, who access.Identity, t newTask) (string, error) {
	id := store.NewID()
	if t.At == nil {
		t.At = []Span{}
	}
	if t.Heading = strings.TrimSpace(t.Heading); t.Heading == "" {
		t.Heading = firstWords(t.Text, 30)
	}
	if _, err := tx.Exec(ctx, `
		INSERT INTO task (id, plan_id, place, parent_id, seq, path, section, heading, text, spans, stage_id, from_day, due, due_text,
		                  state, duty_item, duty_class, closed_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, '', 1)`,
		id, t.Plan, t.Place, t.Parent, t.Seq, t.Path, t.Section, t.Heading, t.Text, store.JSON[[]Span]{V: t.At}, t.Stage, t.From,
		storedDue(t.Due), t.DueText, t.DutyItem, t.DutyClass); err != nil {
		return "", err
	}
	for i, p := range t.Parts {
		if err := addPart(ctx, tx, t.Plan, id, storedDue(t.Due), i, p); err != nil {
			return "", err
		}
	}
	for i, q := range t.Quotas {
		if err := addQuota(ctx, tx, t.Plan, id, i, q); err != nil {
			return "", err
		}
	}
	units := make([]string, len(t.Parts))
	for i, p := range t.Parts {
		units[i] = p.named
	}
	return id, s.note(ctx, tx, who, "task.create", id, t.Place, nil,
		map[string]any{"path": t.Path, "heading": t.Heading, "due": t.Due, "units": slices.Compact(units)})
}

func addPart(ctx context.Context, tx *store.Tx, plan, task, due string, seq int, p part) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO assignment (id, task_id, plan_id, unit_id, seq, role, named, state, assignee_id, due, signed_at, returned_at,
		                        reason, done_at, reported_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'assigned', '', ?, '', '', '', '', '', 1)
		ON CONFLICT (task_id, unit_id) DO UPDATE SET role = excluded.role, named = excluded.named, seq = excluded.seq, state = 'assigned',
		  assignee_id = '', due = excluded.due, signed_at = '', returned_at = '', reason = '', done_at = '', version = assignment.version + 1`,
		store.NewID(), task, plan, p.unit, seq, p.role, p.named, due)
	return err
}

func addQuota(ctx context.Context, tx *store.Tx, plan, task string, seq int, q SheetQuota) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO quota (id, task_id, plan_id, seq, op, value, high, unit, period, per, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		store.NewID(), task, plan, seq, q.Op, q.Value, q.Max, q.Unit, q.Period, q.Per, q.Text)
	return err
}

func storedDue(day string) string {
	if day == "" {
		return NoDue
	}
	return day
}

func shownDue(day string) string {
	if day == NoDue {
		return ""
	}
	return day
}

// firstWords shortens a text to at most n characters, at a stop if there is
// one.
func firstWords(text string, n int) string {
	r := []rune(strings.TrimSpace(text))
	for i, c := range r {
		if i > 0 && strings.ContainsRune("。；;\n", c) {
			r = r[:i]
			break
		}
	}
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return string(r)
}

// Close ends a plan; its open tasks stay as they are and are no longer chased.
func (s *Service) Close(ctx context.Context, who access.Identity, id string, version int) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.managed(ctx, tx, who, id, version, Published)
		if err != nil {
			return err
		}
		open, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM task WHERE plan_id = ? AND state = 'open'", id).Anywhere())
		if err != nil {
			return err
		}
		if open > 0 {
			return errOpenTasks.With("n", open)
		}
		if _, err := tx.Exec(ctx, "UPDATE plan SET state = 'closed', closed_at = ?, version = version + 1 WHERE id = ?", store.Time(s.now()), id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "plan.close", id, p.Place, nil, nil)
	})
}
