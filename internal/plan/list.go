package plan

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

// A Page asks for part of a list: what stands behind Cursor, at most Limit.
type Page struct {
	Cursor string // of the page before, "" for the first
	Limit  int    // 50 if 0, 200 at most
}

var errCursor = fault.New(fault.Invalid, "cursor_wrong", "列表位置无效，请回到第一页", "The position in the list is not valid. Go back to the first page.")

func (p Page) limit() int {
	if p.Limit <= 0 {
		return 50
	}
	return min(p.Limit, 200)
}

// keys takes a cursor apart: a sort key and an id.
func (p Page) keys() (key, id string, err error) {
	if p.Cursor == "" {
		return "", "", nil
	}
	key, id, ok := strings.Cut(p.Cursor, "~")
	if !ok || id == "" || len(p.Cursor) > 100 {
		return "", "", errCursor
	}
	return key, id, nil
}

// cut drops the row that was only read to see whether there are more, and
// returns the cursor of the next page.
func cut[T any](rows []T, limit int, key func(T) (string, string)) ([]T, string) {
	if len(rows) <= limit {
		return rows, ""
	}
	rows = rows[:limit]
	k, id := key(rows[limit-1])
	return rows, k + "~" + id
}

// A PlanFilter chooses plans.
type PlanFilter struct {
	State string
	Word  string
	Place string // code prefix
}

// Plans lists plans, newest first.
func (s *Service) Plans(ctx context.Context, who access.Identity, f PlanFilter, page Page) ([]Summary, string, error) {
	key, id, err := page.keys()
	if err != nil {
		return nil, "", err
	}
	q := store.SQL(selectPlan+" FROM plan p WHERE 1=1").
		If(f.State != "", " AND p.state = ?", f.State).
		If(f.Place != "", " AND p.place >= ? AND p.place < ?", f.Place, store.PrefixEnd(f.Place)).
		If(f.Word != "", ` AND (p.title LIKE ? ESCAPE '\' OR p.number LIKE ? ESCAPE '\' OR p.doc_no LIKE ? ESCAPE '\')`, store.Like(f.Word), store.Like(f.Word), store.Like(f.Word)).
		If(id != "", " AND (p.created_at, p.id) < (?, ?)", key, id).
		In(who.Work(), "p.place", inPlan).
		Add(" ORDER BY p.created_at DESC, p.id DESC LIMIT ?", page.limit()+1)
	rows, err := store.All[Summary](ctx, s.db, q)
	if err != nil {
		return nil, "", err
	}
	rows, next := cut(rows, page.limit(), func(p Summary) (string, string) { return string(p.Created), p.ID })
	ids := make([]string, len(rows))
	for i, p := range rows {
		ids[i] = p.ID
	}
	lights, err := s.lightsOf(ctx, ids)
	for i := range rows {
		rows[i].Tasks = lights[rows[i].ID]
	}
	return rows, next, err
}

// A Row is a task in a list.
type Row struct {
	ID        string  `db:"id" json:"id"`
	Plan      string  `db:"plan_id" json:"plan"`
	PlanTitle string  `db:"plan_title" json:"plan_title"`
	Number    string  `db:"number" json:"number" doc:"the plan's"`
	Parent    string  `db:"parent_id" json:"parent"`
	Seq       int     `db:"seq" json:"seq"`
	Path      string  `db:"path" json:"path"`
	Section   string  `db:"section" json:"section"`
	Heading   string  `db:"heading" json:"heading"`
	Text      string  `db:"text" json:"text"`
	Stage     string  `db:"stage_id" json:"stage"`
	From      string  `db:"from_day" json:"from"`
	Due       string  `db:"due" json:"due"`
	DueText   string  `db:"due_text" json:"due_text"`
	State     string  `db:"state" json:"state" enum:"open,closed,dropped"`
	Light     Light   `json:"light" enum:"done,ongoing,soon,overdue"`
	Version   int     `db:"version" json:"version"`
	Parts     []Part  `json:"parts" nullable:"false"`
	Quotas    []Tally `json:"quotas" nullable:"false"`
}

const selectTask = `
	SELECT t.id, t.plan_id, p.title AS plan_title, p.number, t.parent_id, t.seq, t.path, t.section, t.heading, t.text, t.stage_id,
	       t.from_day, t.due, t.due_text, t.state, t.version`

// ofUnits is inTask for a list that has no sub-tasks.
const ofUnits = "t.id IN (SELECT s.task_id FROM assignment s WHERE s.unit_id IN {units} AND s.state <> 'withdrawn')"

// A TaskFilter chooses tasks of the office.
type TaskFilter struct {
	Plan  string
	Unit  string
	Light Light
	State string // "" is open and closed
	Word  string
	Place string
}

// stateIs writes the state out: the index of open tasks serves no parameter.
func stateIs(f TaskFilter) string {
	switch {
	case f.State == TaskOpen, f.State == "" && f.Light != "" && f.Light != LightDone:
		return " AND t.state = 'open'"
	case f.State == TaskClosed:
		return " AND t.state = 'closed'"
	case f.State == TaskDropped:
		return " AND t.state = 'dropped'"
	}
	return " AND t.state IN ('open', 'closed')"
}

// Tasks lists the tasks that somebody may see, by due day. Sub-tasks are shown
// with their parents, in the task itself.
func (s *Service) Tasks(ctx context.Context, who access.Identity, f TaskFilter, page Page) ([]Row, string, error) {
	key, id, err := page.keys()
	if err != nil {
		return nil, "", err
	}
	rule, err := s.Rule(ctx)
	if err != nil {
		return nil, "", err
	}
	light, lightArgs := rule.where(f.Light, "t.state = 'closed'", "t.due")
	q := store.SQL(selectTask+" FROM task t JOIN plan p ON p.id = t.plan_id WHERE t.parent_id = ''").
		If(f.Plan != "", " AND t.plan_id = ?", f.Plan).
		Add(stateIs(f)).
		If(f.Place != "", " AND t.place >= ? AND t.place < ?", f.Place, store.PrefixEnd(f.Place)).
		If(f.Unit != "", " AND EXISTS (SELECT 1 FROM assignment u WHERE u.task_id = t.id AND u.unit_id = ? AND u.state <> 'withdrawn')", f.Unit).
		If(f.Word != "", ` AND (t.heading LIKE ? ESCAPE '\' OR t.text LIKE ? ESCAPE '\')`, store.Like(f.Word), store.Like(f.Word)).
		Add(light, lightArgs...).
		If(id != "", " AND (t.due, t.id) > (?, ?)", key, id)
	// One query for each grant, each served by its own index, beat one query
	// with OR, which reads all tasks: the lists are merged here.
	var rows []Row
	for _, scope := range who.Work().Apart() {
		part, err := store.All[Row](ctx, s.db, q.InLevel(scope, "t.place", ofUnits).Add(" ORDER BY t.due, t.id LIMIT ?", page.limit()+1))
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, part...)
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID)) })
	rows = slices.CompactFunc(rows, func(a, b Row) bool { return a.ID == b.ID })
	rows, next := cut(rows, page.limit(), func(t Row) (string, string) { return t.Due, t.ID })
	return rows, next, s.complete(ctx, rows, rule)
}

// A PlanRow is a task in the list of its plan, with where it stands in the
// document.
type PlanRow struct {
	Row
	At []Span `json:"at" nullable:"false"`
}

// PlanTasks returns all tasks of a plan in the order of the notice.
func (s *Service) PlanTasks(ctx context.Context, who access.Identity, plan string) ([]PlanRow, error) {
	if _, err := s.plan(ctx, s.db, who, plan); err != nil {
		return nil, err
	}
	rule, err := s.Rule(ctx)
	if err != nil {
		return nil, err
	}
	type spanned struct {
		Row
		Spans store.JSON[[]Span] `db:"spans"`
	}
	read, err := store.All[spanned](ctx, s.db, store.SQL(selectTask+`, t.spans FROM task t JOIN plan p ON p.id = t.plan_id
		WHERE t.plan_id = ? AND t.parent_id = '' AND t.state <> 'dropped'`, plan).
		In(who.Work(), "t.place", inTask).Add(" ORDER BY t.seq, t.id LIMIT 2000"))
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(read))
	for i, r := range read {
		rows[i] = r.Row
	}
	if err := s.complete(ctx, rows, rule); err != nil {
		return nil, err
	}
	out := make([]PlanRow, len(rows))
	for i, r := range rows {
		out[i] = PlanRow{r, orEmpty(read[i].Spans.V)}
	}
	return out, nil
}

// complete adds lights, parts and quotas to rows, with one query for each.
func (s *Service) complete(ctx context.Context, rows []Row, rule Rule) error {
	ids := make([]string, len(rows))
	for i := range rows {
		r := &rows[i]
		r.Due = shownDue(r.Due)
		r.Light = rule.Of(r.State == TaskClosed, r.Due)
		ids[i] = r.ID
	}
	parts, err := s.parts(ctx, s.db, ids)
	if err != nil {
		return err
	}
	tallies, err := s.tallies(ctx, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Parts = orEmpty(parts[rows[i].ID])
		rows[i].Quotas = orEmpty(tallies[rows[i].ID])
	}
	return nil
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

const selectPart = `
	SELECT a.id, a.task_id, a.unit_id, CASE WHEN u.short <> '' THEN u.short ELSE u.name END AS unit_name, a.role, a.named, a.state,
	       a.assignee_id, coalesce(c.name, '') AS assignee, a.signed_at, a.reason, a.done_at, a.reported_at, a.version
	FROM assignment a JOIN unit u ON u.id = a.unit_id LEFT JOIN account c ON c.id = a.assignee_id`

// parts returns the parts of tasks that were not withdrawn, leads first.
func (s *Service) parts(ctx context.Context, src store.Source, tasks []string) (map[string][]Part, error) {
	out := make(map[string][]Part)
	for chunk := range slices.Chunk(tasks, 500) {
		list, args := store.List(chunk)
		rows, err := store.All[Part](ctx, src, store.SQL(
			selectPart+" WHERE a.task_id IN "+list+" AND a.state <> 'withdrawn' ORDER BY a.role, a.seq, a.id", args...).Anywhere())
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			out[p.Task] = append(out[p.Task], p)
		}
	}
	return out, nil
}

// Mine is a task as the unit sees it that has a part in it.
type Mine struct {
	Row
	Part Part `json:"part"`
}

// A MineFilter chooses the parts of one unit.
type MineFilter struct {
	Unit     string
	Role     string
	State    string // "todo" (the default): assigned or signed; or one of the states
	Light    Light
	Assignee string
}

type mineKey struct {
	ID   string `db:"id"`
	Task string `db:"task_id"`
	Due  string `db:"due"`
}

// Mine lists the tasks of one unit for somebody who works there, by due day.
func (s *Service) Mine(ctx context.Context, who access.Identity, f MineFilter, page Page) ([]Mine, string, error) {
	if !who.Works(f.Unit) {
		return nil, "", access.ErrDenied
	}
	key, id, err := page.keys()
	if err != nil {
		return nil, "", err
	}
	rule, err := s.Rule(ctx)
	if err != nil {
		return nil, "", err
	}
	light, lightArgs := rule.where(f.Light, "a.state = 'done'", "a.due")
	q := store.SQL("SELECT a.id, a.task_id, a.due FROM assignment a WHERE a.unit_id = ?", f.Unit)
	// The predicate of the index assignment_todo, word for word.
	if f.State == "" || f.State == "todo" {
		q = q.Add(" AND a.state IN ('assigned', 'signed')")
	} else {
		q = q.Add(" AND a.state = ?", f.State)
	}
	q = q.If(f.Role != "", " AND a.role = ?", f.Role).
		If(f.Assignee != "", " AND a.assignee_id = ?", f.Assignee).
		Add(light, lightArgs...).
		If(id != "", " AND (a.due, a.id) > (?, ?)", key, id)
	// Works above is the scope: the unit is the caller's own.
	keys, err := store.All[mineKey](ctx, s.db, q.Anywhere().Add(" ORDER BY a.due, a.id LIMIT ?", page.limit()+1))
	if err != nil {
		return nil, "", err
	}
	keys, next := cut(keys, page.limit(), func(k mineKey) (string, string) { return k.Due, k.ID })
	out, err := s.mine(ctx, keys, rule)
	return out, next, err
}

func (s *Service) mine(ctx context.Context, keys []mineKey, rule Rule) ([]Mine, error) {
	out := make([]Mine, 0, len(keys))
	if len(keys) == 0 {
		return out, nil
	}
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = k.Task
	}
	list, args := store.List(ids)
	rows, err := store.All[Row](ctx, s.db, store.SQL(selectTask+
		" FROM task t JOIN plan p ON p.id = t.plan_id WHERE t.id IN "+list, args...).Anywhere())
	if err != nil {
		return nil, err
	}
	if err := s.complete(ctx, rows, rule); err != nil {
		return nil, err
	}
	byID := make(map[string]Row, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	for _, k := range keys {
		m := Mine{Row: byID[k.Task]}
		for _, p := range m.Parts {
			if p.ID == k.ID {
				m.Part = p
			}
		}
		// The unit's list shows how its own part stands.
		m.Light = rule.Of(m.Part.State == Done, m.Due)
		out = append(out, m)
	}
	return out, nil
}
