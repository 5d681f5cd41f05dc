package subject

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Card is everything that is known of a subject, numbers masked.
type Card struct {
	Line
	Version int      `json:"version"`
	Since   string   `json:"since"`
	Until   string   `json:"until"`
	Gone    string   `json:"gone"`
	Source  string   `json:"source"`
	Values  Values   `json:"values"`
	Masked  []string `json:"masked" nullable:"false" doc:"elements that are shown masked"`
	Members []Line   `json:"members" nullable:"false" doc:"people of the household or dwelling"`
	Linked  []Linked `json:"linked" nullable:"false" doc:"to what it belongs, as far as it may be seen"`
	Merged  []Merged `json:"merged" nullable:"false" doc:"records that were made one with this"`
	// Into is the record with which this one was made one.
	Into string `json:"into"`
}

// Linked is a subject to which another belongs.
type Linked struct {
	ID      string `db:"id" json:"id"`
	Kind    Kind   `db:"kind" json:"kind"`
	Name    string `db:"name" json:"name"`
	Code    string `db:"code" json:"code"`
	Address string `db:"address" json:"address"`
}

const selectLinked = "SELECT s.id, s.kind, s.name, s.code, s.address FROM subject s WHERE s.gone <> 'erased' AND s.id IN "

// Merged is a record that was made one with another.
type Merged struct {
	ID   string `db:"id" json:"id"`
	Name string `db:"name" json:"name"`
	Code string `db:"code" json:"code"`
}

// Get opens the page of a subject as of a moment. That somebody looked is
// written down.
func (s *Service) Get(ctx context.Context, who access.Identity, id string, as Moment) (Card, error) {
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return Card{}, err
	}
	if r.Gone == "erased" {
		return Card{}, access.ErrMissing
	}
	facts, err := s.facts(ctx, who, []row{r}, Filter{As: as})
	if err != nil {
		return Card{}, err
	}
	lines, err := s.lines(ctx, who, []row{r}, Filter{As: as})
	if err != nil {
		return Card{}, err
	}
	if len(facts) == 0 || len(lines) == 0 {
		return Card{}, errThen.With("day", as.On)
	}
	full := Card{Line: lines[0], Version: r.Version, Since: r.Since, Until: r.Until, Gone: r.Gone, Source: r.Source,
		Values: Values{}, Masked: []string{}, Members: []Line{}, Into: r.MergedInto}
	if full.Merged, err = store.All[Merged](ctx, s.db, store.SQL("SELECT id, name, code FROM subject s WHERE merged_into <> '' AND merged_into = ? AND gone = 'merged'", r.ID).
		In(scope(who), "s.place", "").Add(" ORDER BY seq LIMIT 50")); err != nil {
		return Card{}, err
	}
	list, args := store.List(distinct([]string{lines[0].Household, lines[0].Dwelling, lines[0].Building, lines[0].Owner}))
	if full.Linked, err = store.All[Linked](ctx, s.db, store.SQL(selectLinked+list, args...).
		In(scope(who), "s.place", "").Add(" ORDER BY kind, seq")); err != nil {
		return Card{}, err
	}
	for e, v := range facts[0].Values {
		m := s.dict.Mask(e, v)
		if m != v {
			full.Masked = append(full.Masked, e)
		}
		full.Values[e] = m
	}
	slices.Sort(full.Masked)
	link := Links{}
	switch {
	case r.Kind == Household || r.Kind == Person:
		link.Household = facts[0].Household
	case r.Kind == Dwelling:
		link.Dwelling = r.ID
	}
	if link != (Links{}) {
		for page := (Page{Limit: 200}); len(full.Members) <= 200; {
			some, next, err := s.List(ctx, who, Person, Filter{Links: link, As: as}, page)
			if err != nil {
				return Card{}, err
			}
			full.Members = append(full.Members, some...)
			if page.After = next; next == "" {
				break
			}
		}
		full.Members = slices.DeleteFunc(full.Members, func(l Line) bool { return l.ID == r.ID })
	}
	return full, s.db.Tx(ctx, func(tx *store.Tx) error { return s.note(ctx, tx, who, "subject.view", &r, nil) })
}

// Unmask shows some elements of a subject as they are. What it is for is
// stated, and written down with who looked.
func (s *Service) Unmask(ctx context.Context, who access.Identity, id string, elements []string, purpose string) (Values, error) {
	purpose = strings.TrimSpace(purpose)
	if n := utf8.RuneCountInString(purpose); n < 4 || n > 100 {
		return nil, errPurpose
	}
	f, err := s.About(ctx, who, id, Moment{})
	if err != nil {
		return nil, err
	}
	out := Values{}
	head := false
	for _, e := range elements {
		if v, ok := f.Values[e]; ok {
			out[e] = v
			head = head || OfHead(e) && f.Head != f.ID
		}
	}
	return out, s.db.Tx(ctx, func(tx *store.Tx) error {
		said := map[string]any{"elements": slices.Sorted(maps.Keys(out)), "purpose": purpose}
		if err := s.note(ctx, tx, who, "subject.unmask", &row{ID: f.ID, Place: f.Place}, said); err != nil || !head {
			return err
		}
		// The head has been looked at as well.
		return s.note(ctx, tx, who, "subject.unmask", &row{ID: f.Head, Place: f.Place}, said)
	})
}

// Looks returns who has looked at a subject, or at a record that was made one
// with it, newest first, at most 100.
func (s *Service) Looks(ctx context.Context, who access.Identity, id string) ([]journal.Event, error) {
	if _, err := s.one(ctx, s.db, who, id); err != nil {
		return nil, err
	}
	return store.All[journal.Event](ctx, s.db, store.SQL(`
		SELECT id, at, actor, origin, verb, before_doc, after_doc FROM event
		WHERE subject = 'subject' AND subject_id IN (SELECT CAST(? AS TEXT) UNION ALL SELECT id FROM subject WHERE merged_into <> '' AND merged_into = ?)
		  AND verb IN ('subject.view', 'subject.unmask', 'subject.export')
		ORDER BY id DESC LIMIT 100`, id, id).Anywhere())
}
