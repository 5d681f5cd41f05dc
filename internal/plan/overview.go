package plan

import (
	"context"
	"strings"
	"time"

	"gewu/internal/access"
	"gewu/internal/store"
)

// UnitLights is how one unit stands.
type UnitLights struct {
	Unit     string `db:"unit_id" json:"unit"`
	Name     string `db:"name" json:"name"`
	Kind     string `db:"kind" json:"kind"`
	Unsigned int    `db:"unsigned" json:"unsigned" doc:"not signed for yet"`
	Returned int    `db:"returned" json:"returned"`
	Lights
}

// ByUnit counts parts by unit: those of one plan, or, without one, those of
// the office of a place and the units below it.
func (s *Service) ByUnit(ctx context.Context, who access.Identity, plan, place string) ([]UnitLights, error) {
	rule, err := s.Rule(ctx)
	if err != nil {
		return nil, err
	}
	counts, args := rule.counts("a.state = 'done'", "a.due")
	q := store.SQL(`SELECT a.unit_id, `+unitName+`, u.kind,
		coalesce(sum(CASE WHEN a.state = 'assigned' THEN 1 ELSE 0 END), 0) AS unsigned,
		coalesce(sum(CASE WHEN a.state = 'returned' THEN 1 ELSE 0 END), 0) AS returned, `+counts, args...).
		Add(" FROM assignment a JOIN unit u ON u.id = a.unit_id WHERE a.state <> 'withdrawn'")
	if plan != "" {
		if _, err := s.plan(ctx, s.db, who, plan); err != nil {
			return nil, err
		}
		q = q.Add(" AND a.plan_id = ?", plan)
	} else {
		if !who.Has(place, access.Clerk, access.Leader, access.Auditor) {
			return nil, access.ErrDenied
		}
		q = q.Add(" AND u.place >= ? AND u.place < ?", place, store.PrefixEnd(place))
	}
	// In a plan that one may see, how every unit stands is no secret; across
	// plans the office's own scope was checked above.
	return store.All[UnitLights](ctx, s.db, q.Anywhere().Add(
		" GROUP BY a.unit_id, u.name, u.short, u.kind, u.place, u.seq ORDER BY u.place, u.seq, a.unit_id LIMIT 1000"))
}

// Today is what somebody has to do: the parts of their units, and what waits
// for the office.
type Today struct {
	Rule     Rule      `json:"rule"`
	Late     []Mine    `json:"late" nullable:"false"`
	Due      []Mine    `json:"due" nullable:"false" doc:"today"`
	Week     []Mine    `json:"week" nullable:"false" doc:"within the warning time"`
	Unsigned []Mine    `json:"unsigned" nullable:"false" doc:"newly arrived, to be signed for"`
	Urges    []Urge    `json:"urges" nullable:"false" doc:"to be answered"`
	Counts   Counts    `json:"counts"`
	Office   *ToOffice `json:"office,omitempty" doc:"for clerks and leaders"`
}

// Counts are the numbers behind the lists of Today, which show ten each.
type Counts struct {
	Unsigned int `db:"unsigned" json:"unsigned"`
	Lights
}

// ToOffice is what waits for the office itself.
type ToOffice struct {
	Drafts   []Summary `json:"drafts" nullable:"false"`
	Returned []Part    `json:"returned" nullable:"false" doc:"sent back by units"`
	Finished []Row     `json:"finished" nullable:"false" doc:"every lead unit has finished: to be closed out"`
	Late     []Row     `json:"late" nullable:"false"`
	Lights   Lights    `json:"lights" doc:"open tasks, and those closed out this year"`
}

const few = 10 // rows of each list on the work page

// Today collects what somebody has to do.
func (s *Service) Today(ctx context.Context, who access.Identity) (Today, error) {
	rule, err := s.Rule(ctx)
	if err != nil {
		return Today{}, err
	}
	t := Today{Rule: rule, Late: []Mine{}, Due: []Mine{}, Week: []Mine{}, Unsigned: []Mine{}, Urges: []Urge{}}
	if units := who.Units(); len(units) > 0 {
		if err := s.todayOf(ctx, units, rule, &t); err != nil {
			return t, err
		}
	}
	if places := who.Places(access.Clerk, access.Leader); len(places) > 0 {
		t.Office, err = s.toOffice(ctx, who, rule)
	}
	return t, err
}

func (s *Service) todayOf(ctx context.Context, units []string, rule Rule, t *Today) error {
	list, args := store.List(units)
	pick := func(where string, more ...any) ([]Mine, error) {
		keys, err := store.All[mineKey](ctx, s.db, store.SQL("SELECT a.id, a.task_id, a.due FROM assignment a WHERE a.unit_id IN "+list, args...).
			Add(" AND a.state IN ('assigned', 'signed')"+where, more...).Anywhere().Add(" ORDER BY a.due, a.id LIMIT ?", few))
		if err != nil {
			return nil, err
		}
		return s.mine(ctx, keys, rule)
	}
	var err error
	if t.Late, err = pick(" AND a.due < ?", rule.Today); err != nil {
		return err
	}
	if t.Due, err = pick(" AND a.due = ?", rule.Today); err != nil {
		return err
	}
	if t.Week, err = pick(" AND a.due > ? AND a.due <= ?", rule.Today, rule.SoonBy); err != nil {
		return err
	}
	if t.Unsigned, err = pick(" AND a.state = 'assigned'"); err != nil {
		return err
	}
	if t.Urges, err = store.All[Urge](ctx, s.db, store.SQL(selectUrge+` WHERE g.answered_at = '' AND t.state = 'open'
		AND EXISTS (SELECT 1 FROM assignment a WHERE a.task_id = g.task_id AND a.unit_id = g.unit_id AND a.state <> 'withdrawn')
		AND g.unit_id IN `+list, args...).
		Anywhere().Add(" ORDER BY g.at DESC LIMIT ?", few)); err != nil {
		return err
	}
	counts, countArgs := rule.counts("a.state = 'done'", "a.due")
	t.Counts, err = store.One[Counts](ctx, s.db, store.SQL(`
		SELECT coalesce(sum(CASE WHEN a.state = 'assigned' THEN 1 ELSE 0 END), 0) AS unsigned, `+counts, countArgs...).
		Add(" FROM assignment a WHERE a.state IN ('assigned', 'signed', 'done') AND a.unit_id IN "+list, args...).Anywhere())
	return err
}

func (s *Service) toOffice(ctx context.Context, who access.Identity, rule Rule) (*ToOffice, error) {
	o := &ToOffice{Drafts: []Summary{}}
	scope := store.Scope{Places: who.Places(access.Clerk, access.Leader)}
	var err error
	if who.Is(access.Clerk) {
		if o.Drafts, err = store.All[Summary](ctx, s.db, store.SQL(selectPlan+" FROM plan p WHERE p.state = 'draft'").
			In(store.Scope{Places: who.Places(access.Clerk)}, "p.place", "").Add(" ORDER BY p.created_at DESC LIMIT ?", few)); err != nil {
			return nil, err
		}
	}
	if o.Returned, err = store.All[Part](ctx, s.db, store.SQL(
		strings.Replace(selectPart, "FROM assignment a", "FROM task t JOIN assignment a ON a.task_id = t.id", 1)+
			" WHERE a.state = 'returned' AND t.state = 'open'").
		In(scope, "t.place", "").Add(" ORDER BY a.returned_at LIMIT ?", few)); err != nil {
		return nil, err
	}
	if o.Finished, err = store.All[Row](ctx, s.db, store.SQL(selectTask+` FROM task t JOIN plan p ON p.id = t.plan_id
		WHERE t.state = 'open' AND t.parent_id = ''
		AND EXISTS (SELECT 1 FROM assignment a WHERE a.task_id = t.id AND a.role = 'lead' AND a.state = 'done')
		AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.task_id = t.id AND a.role = 'lead' AND a.state NOT IN ('done', 'withdrawn'))`).
		InLevel(scope, "t.place", "").Add(" ORDER BY t.due, t.id LIMIT ?", few)); err != nil {
		return nil, err
	}
	if o.Late, err = store.All[Row](ctx, s.db, store.SQL(selectTask+` FROM task t JOIN plan p ON p.id = t.plan_id
		WHERE t.state = 'open' AND t.parent_id = '' AND t.due < ?`, rule.Today).
		InLevel(scope, "t.place", "").Add(" ORDER BY t.due, t.id LIMIT ?", few)); err != nil {
		return nil, err
	}
	for _, rows := range [][]Row{o.Finished, o.Late} {
		if err := s.complete(ctx, rows, rule); err != nil {
			return nil, err
		}
	}
	o.Lights, err = s.officeLights(ctx, scope, rule)
	return o, err
}

// officeLights counts the open tasks of an office and those closed out this
// year: each count reads an index of just these.
func (s *Service) officeLights(ctx context.Context, scope store.Scope, rule Rule) (Lights, error) {
	counts, args := rule.counts("1=0", "t.due")
	l, err := store.One[Lights](ctx, s.db, store.SQL("SELECT "+counts, args...).
		Add(" FROM task t WHERE t.state = 'open' AND t.parent_id = ''").InLevel(scope, "t.place", ""))
	if err != nil {
		return l, err
	}
	year := store.Time(time.Date(s.today().Year(), time.January, 1, 0, 0, 0, 0, zone))
	l.Done, err = store.One[int](ctx, s.db, store.SQL(
		"SELECT count(*) FROM task t WHERE t.state = 'closed' AND t.parent_id = '' AND t.closed_at >= ?", year).InLevel(scope, "t.place", ""))
	return l, err
}
