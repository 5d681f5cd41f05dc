package record

import (
	"context"
	"strings"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/flow"
	"gewu/internal/kind"
	"gewu/internal/store"
)

var errPage = fault.New(fault.Invalid, "page_after", "翻页参数不正确，请从第一页重新打开", "The page address is wrong. Open the list from its first page.")

// A Filter narrows a list down; empty fields do not.
type Filter struct {
	Kind  string // needed
	Place string // code prefix
	State string
	Open  bool // not closed yet
	Word  string
	About string
}

// A Page is a part of a list: what follows a position, at most so many.
type Page struct {
	After string
	Limit int // 1 to 200, 0 for 50
}

func (p Page) limit() int {
	if p.Limit < 1 || p.Limit > 200 {
		return 50
	}
	return p.Limit
}

// List returns a page of the records of a kind that somebody may see, the newest
// first, and where the next page begins, "" after the last.
func (s *Service) List(ctx context.Context, who access.Identity, f Filter, p Page) ([]Record, string, error) {
	at, id, ok := strings.Cut(p.After, " ")
	if p.After != "" && !ok {
		return nil, "", errPage
	}
	d := store.SQL("SELECT "+columns+" FROM record r WHERE r.kind = ?", f.Kind).
		If(f.State != "", " AND r.state = ?", f.State).
		If(f.Open, " AND r.closed_at = ''").
		If(f.About != "", " AND r.about_id = ? AND r.about_id <> ''", f.About).
		If(p.After != "", " AND (r.opened_at, r.id) < (?, ?)", at, id)
	if f.Place != "" {
		if len(f.Place) >= 9 {
			d = d.Add(" AND substr(r.place, 1, 9) = ?", f.Place[:9])
		}
		d = d.Add(" AND r.place >= ? AND r.place < ?", f.Place, store.PrefixEnd(f.Place))
	}
	for _, w := range strings.Fields(f.Word) {
		like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
		d = d.Add(" AND (r.title LIKE ? ESCAPE '!' OR r.number LIKE ? ESCAPE '!')", like, like)
	}
	rows, err := store.All[Record](ctx, s.db, d.InLevel(scope(who), "r.place", ofUnits).Add(" ORDER BY r.opened_at DESC, r.id DESC LIMIT ?", p.limit()+1))
	if err != nil || len(rows) <= p.limit() {
		return rows, "", err
	}
	rows = rows[:p.limit()]
	last := rows[len(rows)-1]
	return rows, string(last.Opened) + " " + last.ID, nil
}

// Todo returns the records at which it is somebody's turn, what is due first,
// at most so many.
func (s *Service) Todo(ctx context.Context, who access.Identity, limit int) ([]Record, error) {
	units, args := store.List(who.Units())
	d := store.SQL("SELECT "+columns+" FROM record r WHERE r.id IN (SELECT t.record_id FROM record_turn t WHERE t.unit_id <> '' AND t.unit_id IN "+units+
		" AND t.person_id IN ('', ?)", append(args, who.ID)...)
	for _, role := range []access.Role{access.Clerk, access.Leader} {
		for _, p := range who.Places(role) {
			d = d.Add(" UNION SELECT t.record_id FROM record_turn t WHERE t.role <> '' AND t.role = ? AND t.place >= ? AND t.place < ?", string(role), p, store.PrefixEnd(p))
		}
	}
	return store.All[Record](ctx, s.db, d.Add(")").Anywhere().Add(" ORDER BY CASE WHEN r.step_due = '' THEN '9' ELSE r.step_due END, r.seq LIMIT ?", Page{Limit: limit}.limit()))
}

// A Card is a record with what is known of it and what somebody may do now.
type Card struct {
	Record
	Values  kind.Values   `json:"values" doc:"of the fields that lie open"`
	Hidden  []string      `json:"hidden" nullable:"false" doc:"fields that are filled and shown for a stated purpose alone"`
	Actions []kind.Action `json:"actions" nullable:"false" doc:"that somebody may take now"`
	Verbs   []string      `json:"verbs" nullable:"false" doc:"what else they may do now"`
	Earlier []int         `json:"earlier" nullable:"false" doc:"steps to which it can be returned"`
	Story   flow.Life     `json:"story"`
	Terms   flow.Terms    `json:"terms"`
}

// Get opens a record.
func (s *Service) Get(ctx context.Context, who access.Identity, id string) (Card, error) {
	days, err := s.calendar(ctx)
	if err != nil {
		return Card{}, err
	}
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return Card{}, err
	}
	m, err := s.machine(ctx, s.db, &r)
	if err != nil {
		return Card{}, err
	}
	all, err := s.values(m.Kind, &r)
	if err != nil {
		return Card{}, err
	}
	c := Card{Record: r, Values: kind.Values{}, Hidden: []string{}, Actions: []kind.Action{}, Verbs: []string{}, Earlier: []int{}, Story: r.Life.V}
	for id, v := range all {
		if f, ok := m.Kind.Field(id); ok && f.Sealed {
			c.Hidden = append(c.Hidden, id)
		} else {
			c.Values[id] = v
		}
	}
	sorted(c.Hidden)
	if len(r.Life.V.Steps) == 0 {
		return c, nil
	}
	actor := s.actor(who)
	for _, a := range m.Actions(&r.Life.V, actor, s.may(ctx, s.db, who, &r, all)) {
		if a.Offered(ctx, all, s.facts(&r)) {
			c.Actions = append(c.Actions, a)
		}
	}
	c.Verbs = append(c.Verbs, m.Verbs(&r.Life.V, actor)...)
	c.Earlier = append(c.Earlier, m.Earlier(&r.Life.V)...)
	c.Terms = m.Due(&r.Life.V, days, s.today())
	return c, nil
}
