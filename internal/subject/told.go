package subject

import (
	"cmp"
	"context"
	"slices"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Change is one line of a subject's history.
type Change struct {
	At      store.Moment  `json:"at"`
	What    string        `json:"what" enum:"changed,create,merge,apart"`
	From    string        `json:"from" doc:"day from which it holds, empty for a correction"`
	Actor   string        `json:"actor"`
	Source  string        `json:"source"`
	Changed []ValueChange `json:"changed" nullable:"false"`
}

// ValueChange is what an element was and became, as people call it; masked
// elements are masked.
type ValueChange struct {
	Element string `json:"element"`
	Before  string `json:"before"`
	After   string `json:"after"`
}

// History returns what was changed of a subject, newest first, at most 200, and
// who entered it, merged it and took it apart.
func (s *Service) History(ctx context.Context, who access.Identity, id string) ([]Change, error) {
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return nil, err
	}
	if r.Wrapped == "" {
		return []Change{}, nil
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return nil, err
	}
	rows, err := store.All[changeRow](ctx, s.db, store.SQL(selectChange+" WHERE subject_id = ? ORDER BY id DESC LIMIT 200", id).Anywhere())
	if err != nil {
		return nil, err
	}
	out := make([]Change, 0, len(rows)+1)
	for _, c := range rows {
		diff, err := c.open(key)
		if err != nil {
			return nil, err
		}
		line := Change{At: c.At, What: "changed", From: c.From, Actor: c.Actor, Source: c.Source, Changed: []ValueChange{}}
		for e, v := range diff {
			switch e {
			case mergeElement:
				v[0] = "" // what was taken over, for taking it back
			case movedElement:
				continue
			}
			line.Changed = append(line.Changed, ValueChange{e, s.dict.Mask(e, v[0]), s.dict.Mask(e, v[1])})
		}
		slices.SortFunc(line.Changed, func(a, b ValueChange) int { return cmp.Compare(a.Element, b.Element) })
		out = append(out, line)
	}
	events, err := store.All[journal.Event](ctx, s.db, store.SQL(`
		SELECT id, at, actor, origin, verb, before_doc, after_doc FROM event
		WHERE subject = 'subject' AND subject_id = ? AND verb IN ('subject.create', 'subject.merge', 'subject.apart') ORDER BY id DESC LIMIT 50`, id).Anywhere())
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		line := Change{At: e.At, What: e.Verb[len("subject."):], Actor: e.Actor, Changed: []ValueChange{}}
		if line.What == "create" {
			line.Source, _ = e.After.V["source"].(string)
		}
		out = append(out, line)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(b.At, a.At) })
	return out, s.names(ctx, who, out)
}

// names puts what people call places and subjects where a history has their codes
// and ids; of what somebody may not see nothing is said.
func (s *Service) names(ctx context.Context, who access.Identity, history []Change) error {
	var codes, ids []string
	each := func(f func(element string, v *string)) {
		for i := range history {
			for n := range history[i].Changed {
				c := &history[i].Changed[n]
				f(c.Element, &c.Before)
				f(c.Element, &c.After)
			}
		}
	}
	each(func(e string, v *string) {
		switch {
		case *v == "":
		case e == placeElement:
			codes = append(codes, *v)
		case isLink(e) || e == mergeElement:
			ids = append(ids, *v)
		}
	})
	called := map[string]string{}
	if len(codes) > 0 {
		list, args := store.List(distinct(codes))
		places, err := store.All[struct {
			Code string `db:"code"`
			Name string `db:"name"`
		}](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE code IN "+list, args...).Anywhere())
		if err != nil {
			return err
		}
		for _, p := range places {
			called[p.Code] = p.Name
		}
	}
	if len(ids) > 0 {
		list, args := store.List(distinct(ids))
		linked, err := store.All[Linked](ctx, s.db, store.SQL(selectLinked+list, args...).In(scope(who), "s.place", ""))
		if err != nil {
			return err
		}
		for _, l := range linked {
			called[l.ID] = cmp.Or(l.Address, l.Name, l.Code)
		}
	}
	each(func(e string, v *string) {
		switch {
		case *v == "":
		case e == placeElement:
			*v = cmp.Or(called[*v], *v)
		case isLink(e) || e == mergeElement:
			*v = cmp.Or(called[*v], "…")
		}
	})
	return nil
}
