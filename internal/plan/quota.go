package plan

import (
	"context"
	"slices"
	"strings"
	"time"

	"gewu/calendar"
	"gewu/internal/store"
	"gewu/notice"
)

// A Tally is a quota with what has been reached in the running period.
type Tally struct {
	Quota
	From  string     `json:"from" doc:"first day of the running period, empty for a quota without period"`
	Have  float64    `json:"have"`
	Need  float64    `json:"need"`
	Met   bool       `json:"met"`
	Units []UnitNeed `json:"units" nullable:"false"`
}

// UnitNeed is one unit's part of a tally.
type UnitNeed struct {
	Unit string  `json:"unit"`
	Name string  `json:"name"`
	Have float64 `json:"have"`
	Need float64 `json:"need" doc:"0 where the quota is for all and was not split"`
	Met  bool    `json:"met"`
}

// level tells whether figures of a unit of measure replace each other, as
// percentages and time limits do, instead of adding up.
func level(unit string) bool {
	return slices.Contains([]string{"%", "‰", "个工作日", "工作日", "天", "日", "个月", "月", "小时", "分钟", "周", "年"}, strings.TrimSpace(unit))
}

// met tells whether a figure is enough. A limit from above is kept as long as
// it is not exceeded, once there is a figure.
func met(op notice.Op, have, need float64, any bool) bool {
	if op == notice.AtMost {
		return any && have <= need
	}
	return have >= need
}

// periodStart is the first day of the period that contains a day.
func periodStart(p notice.Period, d calendar.Date) string {
	y, m, _ := d.Date()
	switch p {
	case notice.Daily:
		return d.String()
	case notice.Weekly:
		return d.Add(-(int(d.Weekday()) + 6) % 7).String()
	case notice.Monthly:
		return calendar.On(y, m, 1).String()
	case notice.Quarterly:
		return calendar.On(y, (m-1)/3*3+1, 1).String()
	case notice.HalfYear:
		return calendar.On(y, (m-1)/6*6+1, 1).String()
	case notice.Yearly:
		return calendar.On(y, time.January, 1).String()
	}
	return ""
}

type figureRow struct {
	Quota string  `db:"quota_id"`
	Unit  string  `db:"unit_id"`
	Name  string  `db:"name"`
	Last  float64 `db:"value"`
	Total float64 `db:"total"`
}

type needRow struct {
	Task  string `db:"task_id"`
	Unit  string `db:"unit_id"`
	Name  string `db:"name"`
	Child int    `db:"child"`
	Role  string `db:"role"`
	Kind  string `db:"kind"`
}

// counts tells whether a quota asks something of the unit itself. Units that a
// task was split to stand in for the one that split it.
func (n needRow) counts(q Quota, split bool) bool {
	if n.Task != q.Task || (n.Child == 1) != split {
		return false
	}
	switch q.Per {
	case PerPlace:
		return n.Kind == "community" || n.Kind == "village"
	case PerUnit:
		return n.Role == Lead
	}
	return split && n.Role == Lead
}

type shareRow struct {
	Quota string  `db:"quota_id"`
	Unit  string  `db:"unit_id"`
	Name  string  `db:"name"`
	Value float64 `db:"value"`
}

const unitName = "CASE WHEN u.short <> '' THEN u.short ELSE u.name END AS name"

// tallies returns the quotas of tasks with what was reached. A sub-task has
// those of the task that it was split from.
func (s *Service) tallies(ctx context.Context, tasks []string) (map[string][]Tally, error) {
	out := make(map[string][]Tally)
	today := s.today()
	for chunk := range slices.Chunk(tasks, 500) {
		if err := s.tallyChunk(ctx, chunk, today, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) tallyChunk(ctx context.Context, tasks []string, today calendar.Date, out map[string][]Tally) error {
	list, ids := store.List(tasks)
	type owner struct {
		For string `db:"for_task"` // the task, or the sub-task that shares its quota
		Quota
	}
	quotas, err := store.All[owner](ctx, s.db, store.SQL(`
		SELECT t.id AS for_task, q.id, q.task_id, q.op, q.value, q.high, q.unit, q.period, q.per, q.text
		FROM task t JOIN quota q ON q.task_id = CASE WHEN t.parent_id = '' THEN t.id ELSE t.parent_id END
		WHERE t.id IN `+list+" ORDER BY t.id, q.seq", ids...).Anywhere())
	if err != nil || len(quotas) == 0 {
		return err
	}
	var roots []string
	for _, q := range quotas {
		if !slices.Contains(roots, q.Task) {
			roots = append(roots, q.Task)
		}
	}
	list, ids = store.List(roots)
	starts := make([]any, 0, 6)
	for _, p := range []notice.Period{notice.Daily, notice.Weekly, notice.Monthly, notice.Quarterly, notice.HalfYear, notice.Yearly} {
		starts = append(starts, periodStart(p, today))
	}
	figures, err := store.All[figureRow](ctx, s.db, store.SQL(`
		SELECT x.quota_id, x.unit_id, `+unitName+`, x.value, x.total FROM (
			SELECT f.quota_id, f.unit_id, f.value,
			       sum(f.value) OVER (PARTITION BY f.quota_id, f.unit_id) AS total,
			       row_number() OVER (PARTITION BY f.quota_id, f.unit_id ORDER BY f.on_day DESC, f.report_id DESC) AS n
			FROM figure f JOIN quota q ON q.id = f.quota_id
			WHERE f.on_day >= CASE q.period WHEN 'day' THEN ? WHEN 'week' THEN ? WHEN 'month' THEN ? WHEN 'quarter' THEN ?
			      WHEN 'half-year' THEN ? WHEN 'year' THEN ? ELSE '' END`, starts...).
		Add(" AND q.task_id IN "+list+`
		) x JOIN unit u ON u.id = x.unit_id WHERE x.n = 1 ORDER BY u.seq, u.id`, ids...).Anywhere())
	if err != nil {
		return err
	}
	needs, err := store.All[needRow](ctx, s.db, store.SQL(`
		SELECT CASE WHEN t.parent_id = '' THEN t.id ELSE t.parent_id END AS task_id, a.unit_id, `+unitName+`,
		       CASE WHEN t.parent_id = '' THEN 0 ELSE 1 END AS child, a.role, u.kind
		FROM task t JOIN assignment a ON a.task_id = t.id JOIN unit u ON u.id = a.unit_id
		WHERE a.state <> 'withdrawn' AND t.state <> 'dropped' AND t.id IN (
			SELECT id FROM task WHERE id IN `+list+` UNION SELECT id FROM task WHERE parent_id IN `+list+`)
		ORDER BY u.seq, u.id`, append(slices.Clone(ids), ids...)...).Anywhere())
	if err != nil {
		return err
	}
	shares, err := store.All[shareRow](ctx, s.db, store.SQL(`
		SELECT h.quota_id, h.unit_id, `+unitName+`, h.value
		FROM quota_share h JOIN quota q ON q.id = h.quota_id JOIN unit u ON u.id = h.unit_id
		WHERE q.task_id IN `+list+" ORDER BY u.seq, u.id", ids...).Anywhere())
	if err != nil {
		return err
	}
	for _, q := range quotas {
		out[q.For] = append(out[q.For], tally(q.Quota, figures, needs, shares, today))
	}
	return nil
}

// tally adds up one quota.
func tally(q Quota, figures []figureRow, needs []needRow, shares []shareRow, today calendar.Date) Tally {
	t := Tally{Quota: q, From: periodStart(q.Period, today), Need: q.Value, Units: []UnitNeed{}}
	row := func(unit, name string) *UnitNeed {
		for i := range t.Units {
			if t.Units[i].Unit == unit {
				return &t.Units[i]
			}
		}
		t.Units = append(t.Units, UnitNeed{Unit: unit, Name: name})
		return &t.Units[len(t.Units)-1]
	}
	split := slices.ContainsFunc(needs, func(n needRow) bool { return n.Task == q.Task && n.Child == 1 })
	each := q.Per != PerTotal
	for _, n := range needs {
		if n.counts(q, split) {
			if r := row(n.Unit, n.Name); each {
				r.Need = q.Value
			}
		}
	}
	for _, h := range shares {
		if h.Quota == q.ID {
			row(h.Unit, h.Name).Need = h.Value
		}
	}
	reported := map[string]bool{}
	for _, f := range figures {
		if f.Quota != q.ID {
			continue
		}
		r := row(f.Unit, f.Name)
		r.Have = f.Total
		if level(q.Unit) {
			r.Have = f.Last
		}
		reported[f.Unit] = true
	}
	for i := range t.Units {
		u := &t.Units[i]
		u.Met = u.Need > 0 && met(q.Op, u.Have, u.Need, reported[u.Unit])
		if level(q.Unit) {
			continue
		}
		t.Have += u.Have
	}
	switch {
	case level(q.Unit):
		t.Have = worst(q.Op, t.Units, reported)
		t.Met = len(reported) > 0 && met(q.Op, t.Have, t.Need, true)
	case each:
		t.Need = 0
		for _, u := range t.Units {
			t.Need += u.Need
		}
		t.Met = len(t.Units) > 0 && !slices.ContainsFunc(t.Units, func(u UnitNeed) bool { return u.Need > 0 && !u.Met })
	default:
		t.Met = met(q.Op, t.Have, t.Need, len(reported) > 0)
	}
	return t
}

// worst is the figure that decides where figures do not add up: the lowest of
// those that must be high, the highest of those that must be low.
func worst(op notice.Op, units []UnitNeed, reported map[string]bool) float64 {
	w, first := 0.0, true
	for _, u := range units {
		if !reported[u.Unit] {
			continue
		}
		if first || op == notice.AtMost && u.Have > w || op != notice.AtMost && u.Have < w {
			w, first = u.Have, false
		}
	}
	return w
}
