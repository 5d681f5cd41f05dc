package plan

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

// Kinds of an urge.
const (
	KindUrge      = "urge"      // 催办: hurry up
	KindSupervise = "supervise" // 督办: and answer by a day
)

var (
	errUrgeUnits = fault.New(fault.Invalid, "urge_units", "请选择要催办的承办单位（已办结的单位无需催办）", "Choose the units to be urged; those that have finished need not be.")
	errUrgeDays  = fault.New(fault.Invalid, "urge_days", "督办应规定 1 至 60 个工作日的答复时限", "Supervision sets a limit of 1 to 60 working days for the answer.")
	errUrgeWords = fault.New(fault.Invalid, "urge_words", "请填写催办（督办）要求（500 字以内）", "Say what is wanted (500 characters at most).")
	errAnswer    = fault.New(fault.Invalid, "answer_missing", "请填写答复内容（1000 字以内）", "Write the answer (1000 characters at most).")
	errAnswered  = fault.New(fault.Conflict, "urge_answered", "该催办（督办）已经答复", "This has been answered already.")
)

// An Urge is a 催办 or 督办 that one unit was given.
type Urge struct {
	ID       string       `db:"id" json:"id"`
	Task     string       `db:"task_id" json:"task"`
	Unit     string       `db:"unit_id" json:"unit"`
	UnitName string       `db:"unit_name" json:"unit_name"`
	Kind     string       `db:"kind" json:"kind" enum:"urge,supervise"`
	Author   string       `db:"author" json:"author"`
	At       store.Moment `db:"at" json:"at"`
	Words    string       `db:"words" json:"words"`
	AnswerBy string       `db:"answer_by" json:"answer_by" doc:"empty if no answer is asked for"`
	Answered store.Moment `db:"answered_at" json:"answered_at"`
	Answer   string       `db:"answer" json:"answer"`
	Heading  string       `db:"heading" json:"heading" doc:"the task's"`
}

const selectUrge = `
	SELECT g.id, g.task_id, g.unit_id, CASE WHEN u.short <> '' THEN u.short ELSE u.name END AS unit_name, g.kind, g.author, g.at,
	       g.words, g.answer_by, g.answered_at, g.answer, t.heading
	FROM urge g JOIN unit u ON u.id = g.unit_id JOIN task t ON t.id = g.task_id`

// A NewUrge is what somebody enters.
type NewUrge struct {
	Kind     string   `json:"kind" enum:"urge,supervise"`
	Words    string   `json:"words" maxLength:"500"`
	Units    []string `json:"units" nullable:"false" maxItems:"500" doc:"empty: every unit that has not finished"`
	Workdays int      `json:"workdays" minimum:"0" maximum:"60" doc:"limit for the answer; 0: none"`
}

// Urge (催办, 督办) writes down that units were urged, and tells them. It
// returns the number of units.
func (s *Service) Urge(ctx context.Context, who access.Identity, id string, u NewUrge) (int, error) {
	words, err := checkWords(u.Words, 500)
	if err != nil {
		return 0, errUrgeWords
	}
	if u.Kind != KindUrge && u.Kind != KindSupervise || u.Workdays < 0 || u.Workdays > 60 || u.Kind == KindSupervise && u.Workdays == 0 {
		return 0, errUrgeDays
	}
	by := ""
	if u.Workdays > 0 {
		c, err := s.days.Calendar(ctx)
		if err != nil {
			return 0, err
		}
		d, err := c.AddWorkdays(s.today(), u.Workdays)
		if err != nil {
			return 0, err // a year without a calendar: a limit is never guessed
		}
		by = d.String()
	}
	told := 0
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		t, err := s.open(ctx, tx, who, id, 0)
		if err != nil {
			return err
		}
		if !who.Has(t.Place, access.Clerk, access.Leader) {
			return access.ErrDenied
		}
		parts, err := s.parts(ctx, tx, []string{id})
		if err != nil {
			return err
		}
		var names []string
		for _, p := range parts[id] {
			if p.State == Done || len(u.Units) > 0 && !slices.Contains(u.Units, p.Unit) {
				continue
			}
			if _, err := tx.Exec(ctx, `
				INSERT INTO urge (id, task_id, unit_id, kind, account_id, author, at, words, answer_by, answered_at, answer)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')`,
				store.NewID(), id, p.Unit, u.Kind, who.ID, who.Name, store.Time(s.now()), words, by); err != nil {
				return err
			}
			if err := s.tell(ctx, tx, Message{Unit: p.Unit, Kind: u.Kind, Plan: t.Plan, Task: id, Count: 1, Title: t.Heading}); err != nil {
				return err
			}
			names = append(names, p.UnitName)
		}
		if told = len(names); told == 0 {
			return errUrgeUnits
		}
		return s.note(ctx, tx, who, "task."+u.Kind, id, t.Place, nil, map[string]any{"units": names, "words": words, "answer_by": by})
	})
	return told, err
}

// Answer records a unit's answer to being urged.
func (s *Service) Answer(ctx context.Context, who access.Identity, id, words string) error {
	words, err := checkWords(words, 1000)
	if errors.Is(err, errReason) {
		return errAnswer
	} else if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		g, err := store.One[Urge](ctx, tx, store.SQL(selectUrge+" WHERE g.id = ?", id).Anywhere())
		if errors.Is(err, store.ErrNone) {
			return access.ErrMissing
		}
		if err != nil {
			return err
		}
		t, err := s.task(ctx, tx, who, g.Task)
		switch {
		case err != nil:
			return err
		case !who.Works(g.Unit):
			return access.ErrDenied
		case !g.Answered.IsZero():
			return errAnswered
		}
		if _, err := tx.Exec(ctx, "UPDATE urge SET answered_at = ?, answer = ? WHERE id = ?", store.Time(s.now()), words, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "task.answer", g.Task, t.Place, nil, map[string]any{"unit": g.UnitName, "words": firstWords(strings.TrimSpace(words), 60)})
	})
}

func (s *Service) urges(ctx context.Context, task string) ([]Urge, error) {
	return store.All[Urge](ctx, s.db, store.SQL(selectUrge+" WHERE g.task_id = ? ORDER BY g.at DESC, g.id DESC LIMIT 100", task).Anywhere())
}
