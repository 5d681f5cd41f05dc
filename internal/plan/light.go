package plan

import (
	"context"

	"gewu/internal/store"
)

// SoonWorkdays is the warning time: work that falls due within so many working
// days is yellow.
const SoonWorkdays = 5

// A Light tells how work stands against its time limit.
type Light string

const (
	LightDone    Light = "done"    // green
	LightOngoing Light = "ongoing" // green: under way, time enough
	LightSoon    Light = "soon"    // yellow
	LightOverdue Light = "overdue" // red
)

// A Rule is what the lights mean today; pages state it.
type Rule struct {
	Today    string `json:"today"`
	SoonBy   string `json:"soon_by" doc:"due until this day is yellow"`
	Workdays int    `json:"workdays" doc:"length of the warning time in working days"`
	// Natural says that the State Council's arrangement for the days ahead is
	// not entered, so that natural days (workdays + 2) are counted instead.
	Natural bool `json:"natural"`
}

// Rule returns today's rule.
func (s *Service) Rule(ctx context.Context) (Rule, error) {
	today := s.today()
	r := Rule{Today: today.String(), Workdays: SoonWorkdays}
	c, err := s.days.Calendar(ctx)
	if err != nil {
		return r, err
	}
	by, err := c.AddWorkdays(today, SoonWorkdays)
	if err != nil {
		// The only error is a year without data: a wrong colour must not stop
		// the work, but the page has to say it.
		r.Natural = true
		by = today.Add(SoonWorkdays + 2)
	}
	r.SoonBy = by.String()
	return r, nil
}

// Of gives the light of work that is finished or has a due day.
func (r Rule) Of(finished bool, due string) Light {
	switch {
	case finished:
		return LightDone
	case due == "" || due > r.SoonBy:
		return LightOngoing
	case due < r.Today:
		return LightOverdue
	}
	return LightSoon
}

// counts is the select list that counts rows by light; finished and due are
// SQL expressions.
func (r Rule) counts(finished, due string) (string, []any) {
	return `
		coalesce(sum(CASE WHEN ` + finished + ` THEN 1 ELSE 0 END), 0) AS done,
		coalesce(sum(CASE WHEN NOT (` + finished + `) AND ` + due + ` > ? THEN 1 ELSE 0 END), 0) AS ongoing,
		coalesce(sum(CASE WHEN NOT (` + finished + `) AND ` + due + ` >= ? AND ` + due + ` <= ? THEN 1 ELSE 0 END), 0) AS soon,
		coalesce(sum(CASE WHEN NOT (` + finished + `) AND ` + due + ` < ? THEN 1 ELSE 0 END), 0) AS overdue`,
		[]any{r.SoonBy, r.Today, r.SoonBy, r.Today}
}

// where limits a query to one light.
func (r Rule) where(l Light, finished, due string) (string, []any) {
	switch l {
	case LightDone:
		return " AND " + finished, nil
	case LightOngoing:
		return " AND NOT (" + finished + ") AND " + due + " > ?", []any{r.SoonBy}
	case LightSoon:
		return " AND NOT (" + finished + ") AND " + due + " >= ? AND " + due + " <= ?", []any{r.Today, r.SoonBy}
	case LightOverdue:
		return " AND NOT (" + finished + ") AND " + due + " < ?", []any{r.Today}
	}
	return "", nil
}

// lightsOf counts the tasks of plans, sub-tasks not included.
func (s *Service) lightsOf(ctx context.Context, plans []string) (map[string]Lights, error) {
	out := make(map[string]Lights)
	if len(plans) == 0 {
		return out, nil
	}
	r, err := s.Rule(ctx)
	if err != nil {
		return nil, err
	}
	type row struct {
		Plan string `db:"plan_id"`
		Lights
	}
	list, ids := store.List(plans)
	counts, args := r.counts("state = 'closed'", "due")
	rows, err := store.All[row](ctx, s.db, store.SQL("SELECT plan_id, "+counts, args...).
		Add(" FROM task WHERE parent_id = '' AND state <> 'dropped' AND plan_id IN "+list+" GROUP BY plan_id", ids...).Anywhere())
	for _, row := range rows {
		out[row.Plan] = row.Lights
	}
	return out, err
}
