package subject

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"gewu/internal/access"
	"gewu/internal/store"
)

// batch is how many subjects are put together at a time.
const batch = 500

// Each calls f with the facts of every subject of a kind that somebody may see
// and that a filter lets through, in the order of places and
// names. It reads in batches, so that a street of any size fits.
func (s *Service) Each(ctx context.Context, who access.Identity, kind Kind, f Filter, each func(Facts) error) error {
	p := Page{Limit: 200}
	for {
		rows, next, err := s.page(ctx, who, kind, f, p)
		if err != nil {
			return err
		}
		facts, err := s.facts(ctx, who, rows, f)
		if err != nil {
			return err
		}
		for _, x := range facts {
			if err := each(x); err != nil {
				return err
			}
		}
		if p.After = next; next == "" {
			return nil
		}
	}
}

// The parts of a list of the past, one after the other: who is there today,
// who has left since, and who has moved away within the ledger.
var parts = []string{"now", "left", "moved"}

// page returns the rows among which are those that a filter lets through at a
// moment, and where the next page begins. Each subject is in one page alone.
func (s *Service) page(ctx context.Context, who access.Identity, kind Kind, f Filter, p Page) ([]row, string, error) {
	if !f.As.past() {
		return s.rows(ctx, who, kind, f, p)
	}
	// What may have been otherwise then is looked at when the past is known.
	wide := Filter{Place: f.Place, Query: f.Query, AgeMin: f.AgeMin, Links: f.Links, As: f.As}
	part, after, ok := strings.Cut(cmp.Or(p.After, "now:"), ":")
	at := slices.Index(parts, part)
	if !ok || at < 0 {
		return nil, "", errPage
	}
	var rows []row
	var next string
	var err error
	if part == "now" {
		rows, next, err = s.rows(ctx, who, kind, wide, Page{after, p.Limit})
	} else {
		rows, next, err = s.former(ctx, who, kind, wide, part, Page{after, p.Limit})
	}
	switch {
	case err != nil:
		return nil, "", err
	case next != "":
		return rows, part + ":" + next, nil
	case at+1 < len(parts):
		return rows, parts[at+1] + ":", nil
	}
	return rows, "", nil
}

// former reads those that a list of today lacks: who has left since the
// moment, or who has moved out of the place, the household or the dwelling.
func (s *Service) former(ctx context.Context, who access.Identity, kind Kind, f Filter, part string, p Page) ([]row, string, error) {
	places := Narrow(who.Places(access.Keeper), f.Place)
	if len(places) == 0 {
		return nil, "", nil
	}
	if p.Limit < 1 || p.Limit > 200 {
		p.Limit = 50
	}
	after := int64(0)
	if p.After != "" {
		var err error
		if after, err = strconv.ParseInt(p.After, 10, 64); err != nil {
			return nil, "", errPage
		}
	}
	var q store.Query
	if part == "left" {
		d := store.SQL("SELECT "+columns+" FROM subject s WHERE s."+kind.is()+" AND s.gone = 'left' AND s.seq > ?", after)
		if f.As.Known == "" {
			d = d.Add(" AND s.until <> '' AND s.until > ?", f.As.On)
		} else { // that they had left may have been recorded later
			d = d.Add(" AND (s.until > ? OR s.id IN (SELECT c.subject_id FROM subject_change c WHERE c.at > ?))", f.As.On, f.As.Known)
		}
		q = called(s.conditions(d, f), f.Query).In(store.Scope{Places: places}, "s.place", "")
	} else {
		const merged = "(SELECT CAST(? AS TEXT) UNION ALL SELECT m.id FROM subject m WHERE m.merged_into <> '' AND m.merged_into = ?)"
		// A link names one subject alone; where somebody was then is looked at
		// before anybody sees them.
		d := called(store.SQL("SELECT "+columns+" FROM subject s WHERE s."+kind.is()+" AND s.gone IN ('', 'left') AND s.seq > ?", after), f.Query).
			Add(" AND s.id IN (SELECT c.subject_id FROM subject_change c WHERE ")
		switch {
		case f.Links.Household != "":
			q = d.Add("c.household_from <> '' AND c.household_from IN "+merged, f.Links.Household, f.Links.Household).Anywhere()
		case f.Links.Dwelling != "":
			q = d.Add("c.dwelling_from <> '' AND c.dwelling_from IN "+merged, f.Links.Dwelling, f.Links.Dwelling).Anywhere()
		case f.Links != (Links{}):
			q = d.Add("c.holds_from <> '' AND c.holds_from > ?", f.As.On).If(f.As.Known != "", " OR c.at > ?", f.As.Known).Anywhere()
		default:
			q = d.Add("c.place_from <> ''").In(store.Scope{Places: places}, "c.place_from", "")
		}
		q = q.Add(")")
	}
	rows, err := store.All[row](ctx, s.db, q.Add(" ORDER BY s.seq LIMIT ?", p.Limit+1))
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next = strconv.FormatInt(rows[p.Limit-1].Seq, 10)
	}
	if part == "moved" {
		rows = slices.DeleteFunc(rows, func(r row) bool { return listed(&r, places, f) })
	}
	return rows, next, nil
}

// listed tells whether a row is in one of the parts before the last.
func listed(r *row, places []string, f Filter) bool {
	if !slices.ContainsFunc(places, func(p string) bool { return strings.HasPrefix(r.Place, p) }) || !f.Links.among(r.Links) {
		return false
	}
	return r.Gone == "" || r.Until > f.As.On || f.As.Known != ""
}
