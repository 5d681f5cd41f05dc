package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

var (
	errAssignee = fault.New(fault.Invalid, "assignee_wrong", "只能转给本单位的人员，请重新选择", "A task can only be handed to somebody of the same unit. Choose again.")
	errSplit    = fault.New(fault.Invalid, "split_wrong", "请至少填写一项子任务，并为每项选择承办单位", "Give at least one sub-task, each with a unit.")
	errDeep     = fault.New(fault.Conflict, "split_deep", "子任务不能再拆分，请直接办理或退回", "A sub-task cannot be split again. Work on it or return it.")
	errShare    = fault.New(fault.Invalid, "share_wrong", "分配给单位的指标数应为 0 或正数，请核对", "A unit's share is zero or a positive number. Check it.")
	errLeads    = fault.New(fault.Denied, "split_lead_only", "只有牵头单位可以拆分任务", "Only a lead unit can split the task.")
)

// partRow is what every change to a unit's part looks at first.
type partRow struct {
	Part
	task taskRow
}

// working returns a part of an open task on which the identity works, in one
// of the states.
func (s *Service) working(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int, states ...string) (partRow, error) {
	p, err := store.One[Part](ctx, tx, store.SQL(selectPart+" WHERE a.id = ? AND a.state <> 'withdrawn'", id).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return partRow{}, access.ErrMissing
	}
	if err != nil {
		return partRow{}, err
	}
	t, err := s.open(ctx, tx, who, p.Task, 0)
	switch {
	case err != nil:
		return partRow{}, err
	case !who.Works(p.Unit):
		return partRow{}, access.ErrDenied
	case version != 0 && p.Version != version:
		return partRow{}, access.ErrStale
	case !slices.Contains(states, p.State):
		return partRow{}, wrongState("part", p.State)
	}
	return partRow{p, t}, nil
}

// Sign (签收) takes a task on for the unit.
func (s *Service) Sign(ctx context.Context, who access.Identity, id string, version int) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.working(ctx, tx, who, id, version, Assigned)
		if err != nil {
			return err
		}
		// Who signs is in charge until the task is handed to somebody else.
		if _, err := tx.Exec(ctx, "UPDATE assignment SET state = 'signed', signed_at = ?, assignee_id = ?, version = version + 1 WHERE id = ?",
			store.Time(s.now()), who.ID, id); err != nil {
			return err
		}
		if err := s.heard(ctx, tx, p.Unit, p.task); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.sign", p.Task, p.task.Place, nil, map[string]any{"unit": p.UnitName})
	})
}

// Return (退回) sends a task back to the office with a reason: unclear, or not
// the unit's to do.
func (s *Service) Return(ctx context.Context, who access.Identity, id string, version int, reason string) error {
	reason, err := checkWords(reason, 500)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.working(ctx, tx, who, id, version, Assigned, Signed)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE assignment SET state = 'returned', returned_at = ?, reason = ?, version = version + 1 WHERE id = ?",
			store.Time(s.now()), reason, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.return", p.Task, p.task.Place, nil, map[string]any{"unit": p.UnitName, "reason": reason})
	})
}

// Resend answers a returned part: the clerk explains, and the unit has it
// again.
func (s *Service) Resend(ctx context.Context, who access.Identity, id, words string) error {
	words, err := checkWords(words, 500)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := store.One[Part](ctx, tx, store.SQL(selectPart+" WHERE a.id = ?", id).Anywhere())
		if errors.Is(err, store.ErrNone) {
			return access.ErrMissing
		}
		if err != nil {
			return err
		}
		t, err := s.clerks(ctx, tx, who, p.Task, 0)
		if err != nil {
			return err
		}
		if p.State != Returned {
			return wrongState("part", p.State)
		}
		if _, err := tx.Exec(ctx, "UPDATE assignment SET state = 'assigned', signed_at = '', version = version + 1 WHERE id = ?", id); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, Message{Unit: p.Unit, Kind: "resend", Plan: t.Plan, Task: t.ID, Count: 1, Title: words}); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.resend", p.Task, t.Place, nil, map[string]any{"unit": p.UnitName, "words": words})
	})
}

// Hand (转办) puts a colleague of the same unit in charge.
func (s *Service) Hand(ctx context.Context, who access.Identity, id string, version int, to string) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.working(ctx, tx, who, id, version, Assigned, Signed)
		if err != nil {
			return err
		}
		name, err := store.One[string](ctx, tx, store.SQL(`
			SELECT a.name FROM account a JOIN role_grant g ON g.account_id = a.id
			WHERE a.id = ? AND a.disabled_at = '' AND g.role = 'staff' AND g.unit_id = ?`, to, p.Unit).Anywhere())
		if errors.Is(err, store.ErrNone) {
			return errAssignee
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE assignment SET assignee_id = ?, version = version + 1 WHERE id = ?", to, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.hand", p.Task, p.task.Place,
			map[string]any{"person": p.Person}, map[string]any{"unit": p.UnitName, "person": name})
	})
}

// A Child is a sub-task to be made: the same work for other units, or a part
// of it.
type Child struct {
	Heading string   `json:"heading" maxLength:"200"`
	Text    string   `json:"text" maxLength:"5000"`
	Units   []string `json:"units" nullable:"false" minItems:"1" maxItems:"500" doc:"each gets a sub-task of its own"`
	Due     string   `json:"due"`
	// Shares are the units' shares of the parent's quotas, by quota and unit.
	Shares []Share `json:"shares,omitempty" nullable:"false"`
}

// A Share is what one unit has to reach of a quota.
type Share struct {
	Quota string  `json:"quota"`
	Unit  string  `json:"unit"`
	Value float64 `json:"value" minimum:"0"`
}

// Split makes sub-tasks of a lead unit's task for other units, as a rule those
// of lower places. Figures that they report count to the quotas of the task.
func (s *Service) Split(ctx context.Context, who access.Identity, id string, version int, children []Child) error {
	if len(children) == 0 {
		return errSplit
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.working(ctx, tx, who, id, version, Assigned, Signed)
		switch {
		case err != nil:
			return err
		case p.task.Parent != "":
			return errDeep
		case p.Role != Lead:
			return errLeads
		}
		seq, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM task WHERE parent_id = ?", p.Task).Anywhere())
		if err != nil {
			return err
		}
		var names, asked []string
		for _, c := range children {
			asked = append(asked, c.Units...)
		}
		known, err := s.units.Known(ctx, tx, p.task.Place, asked)
		if err != nil {
			return err
		}
		for _, c := range children {
			if c.Heading, c.Text = strings.TrimSpace(c.Heading), strings.TrimSpace(c.Text); len(c.Units) == 0 || c.Heading == "" {
				return errSplit
			}
			if c.Due == "" {
				c.Due = p.task.Due
			}
			if err := checkDays("", c.Due); err != nil {
				return err
			}
			for _, unit := range c.Units {
				u := known[unit]
				seq++
				names = append(names, u.Label())
				child, err := s.create(ctx, tx, who, newTask{
					Plan: p.task.Plan, Place: p.task.Place, Parent: p.Task, Seq: seq, Path: fmt.Sprintf("%s-%d", p.task.Path, seq),
					Section: p.task.Section, Heading: c.Heading, Text: c.Text, Stage: p.task.Stage, Due: c.Due,
					Parts: []part{{unit, Lead, u.Label()}},
				})
				if err != nil {
					return err
				}
				if err := s.tell(ctx, tx, Message{Unit: unit, Kind: "task", Plan: p.task.Plan, Task: child, Count: 1, Title: c.Heading}); err != nil {
					return err
				}
			}
			if err := writeShares(ctx, tx, p.Task, c.Shares); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "UPDATE assignment SET state = 'signed', signed_at = CASE WHEN signed_at = '' THEN ? ELSE signed_at END, version = version + 1 WHERE id = ?",
			store.Time(s.now()), id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.split", p.Task, p.task.Place, nil, map[string]any{"unit": p.UnitName, "units": names})
	})
}

func writeShares(ctx context.Context, tx *store.Tx, task string, shares []Share) error {
	for _, h := range shares {
		if h.Value < 0 || h.Value > 1e15 {
			return errShare
		}
		// The quota must be the task's own.
		n, err := tx.Exec(ctx, `
			INSERT INTO quota_share (quota_id, unit_id, value)
			SELECT q.id, u.id, CAST(? AS DOUBLE PRECISION) FROM quota q, unit u WHERE q.id = ? AND q.task_id = ? AND u.id = ?
			ON CONFLICT (quota_id, unit_id) DO UPDATE SET value = excluded.value`, h.Value, h.Quota, task, h.Unit)
		if err != nil {
			return err
		}
		if n == 0 {
			return access.ErrMissing
		}
	}
	return nil
}
