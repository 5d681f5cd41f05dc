package record

import (
	"context"
	"slices"

	"gewu/internal/access"
	"gewu/internal/flow"
	"gewu/internal/kind"
	"gewu/internal/store"
)

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// actor is somebody as a life knows them.
func (s *Service) actor(who access.Identity) flow.Actor {
	return flow.Actor{ID: who.ID, Holds: func(h flow.Holder) bool { return holds(who, h) }}
}

func holds(who access.Identity, h flow.Holder) bool {
	if h.Role != "" {
		return who.Has(h.Place, access.Role(h.Role))
	}
	return who.Works(h.Unit) && (h.Person == "" || h.Person == who.ID)
}

// levels are the digits of a level's codes, and the kinds of units that stand
// for one.
var levels = map[string]struct {
	digits int
	kinds  []string
}{
	"grid": {15, []string{"grid"}}, "community": {12, []string{"community", "village"}},
	"street": {9, []string{"office"}}, "county": {6, []string{"office", "bureau"}},
}

// holders finds whose turn a rule says that it is; nobody where it finds none.
func (s *Service) holders(ctx context.Context, src store.Source, r *Record, life *flow.Life, v kind.Values, w *kind.Who) ([]flow.Holder, error) {
	for ; w != nil; w = w.Else {
		found, err := s.found(ctx, src, r, life, v, w)
		if err != nil {
			return nil, err
		}
		if w.NotActed != "" && life != nil {
			found = slices.DeleteFunc(found, func(h flow.Holder) bool { return h.Unit != "" && slices.Contains(acted(life, w.NotActed), h.Unit) })
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// acted are the units that had a turn in a state and acted.
func acted(life *flow.Life, state string) []string {
	var out []string
	for _, step := range life.Steps {
		for _, t := range step.Turns {
			if step.State == state && t.By != "" {
				out = append(out, t.Unit)
			}
		}
	}
	return out
}

func (s *Service) found(ctx context.Context, src store.Source, r *Record, life *flow.Life, v kind.Values, w *kind.Who) ([]flow.Holder, error) {
	var units []string
	var err error
	switch {
	case w.At != "":
		l := levels[w.At]
		if len(r.Place) < l.digits {
			return nil, nil
		}
		list, args := store.List(l.kinds)
		units, err = store.All[string](ctx, src, store.SQL("SELECT id FROM unit WHERE place = ? AND closed_at = '' AND kind IN "+list, append([]any{r.Place[:l.digits]}, args...)...).
			Anywhere().Add(" ORDER BY kind DESC, seq, id LIMIT 1"))
	case w.Duty != "":
		value, _ := v[w.Duty].(string)
		units, err = store.All[string](ctx, src, store.SQL(`SELECT d.unit_id FROM duty_unit d JOIN unit u ON u.id = d.unit_id AND u.closed_at = ''
			WHERE d.street = ? AND d.kind = ? AND d.field = ? AND d.value = ?`, r.Place[:9], r.Kind, w.Duty, value).Anywhere())
	case w.Field != "":
		units = named(v[w.Field])
		if len(units) > 0 {
			list, args := store.List(units)
			units, err = store.All[string](ctx, src, store.SQL("SELECT id FROM unit WHERE closed_at = '' AND id IN "+list, args...).Anywhere().Add(" ORDER BY seq, id"))
		}
	case w.Entered && r.Unit != "":
		return []flow.Holder{{Unit: r.Unit, Person: r.ByID}}, nil
	case w.Acted != "" && life != nil:
		for i := len(life.Steps) - 1; i >= 0; i-- {
			for _, t := range life.Steps[i].Turns {
				if life.Steps[i].State == w.Acted && t.Of == 0 && t.By != "" {
					return []flow.Holder{t.Holder}, nil
				}
			}
		}
	case w.Office:
		return []flow.Holder{{Role: string(access.Clerk), Place: r.Place[:9]}}, nil
	case w.Leader:
		return []flow.Holder{{Role: string(access.Leader), Place: r.Place[:9]}}, nil
	}
	out := make([]flow.Holder, len(units))
	for i, u := range units {
		out[i] = flow.Holder{Unit: u}
	}
	return out, err
}

// named are the units that a value names: one, or those of a table's rows.
func named(v any) []string {
	switch x := v.(type) {
	case string:
		return []string{x}
	case []kind.Values:
		var out []string
		for _, row := range x {
			for _, y := range row {
				if id, ok := y.(string); ok {
					out = append(out, id)
				}
			}
		}
		return out
	}
	return nil
}

// may tells whether somebody is whom a rule finds.
func (s *Service) may(ctx context.Context, src store.Source, who access.Identity, r *Record, v kind.Values) func(kind.Who) bool {
	return func(w kind.Who) bool {
		found, err := s.holders(ctx, src, r, &r.Life.V, v, &w)
		return err == nil && slices.ContainsFunc(found, func(h flow.Holder) bool { return holds(who, h) })
	}
}
