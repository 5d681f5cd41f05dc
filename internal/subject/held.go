package subject

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

var errCopy = fault.New(fault.Conflict, "request_copy", "只有查阅和复制转移的申请可以导出，且须在办结后 30 天内", "Only requests to be shown or given the data come with a copy, within 30 days of their answer.")

// copyDays is how long after the answer the copy can be had.
const copyDays = 30

// Held is one thing that is held on somebody.
type Held struct {
	Element string
	Value   string
	Source  string       // what it is known from
	At      store.Moment // when it was recorded
}

// Copy is what somebody is given who asked what is held on them: article 45 of
// the 个人信息保护法.
type Copy struct {
	Request Request
	Held    []Held
	Looks   []journal.Event // who was shown what, newest first
}

// CopyOf returns what is held on whom a request is about, as it is, and nobody
// else's data. That it was taken out is written down with the request as its
// purpose.
func (s *Service) CopyOf(ctx context.Context, who access.Identity, request string) (Copy, error) {
	q, err := store.One[Request](ctx, s.db, store.SQL(selectRequest+" WHERE q.id = ?", request).In(scope(who), "s.place", ""))
	switch {
	case errors.Is(err, store.ErrNone):
		return Copy{}, access.ErrMissing
	case err != nil:
		return Copy{}, err
	case q.Kind != "show" && q.Kind != "export", q.State == "refused",
		q.State == "done" && q.DoneAt < store.At(s.now().Add(-copyDays*24*time.Hour)):
		return Copy{}, errCopy
	}
	// Of a record that was made one with another, the other tells.
	r, err := s.survivor(ctx, s.db, q.Subject)
	if err == nil {
		r, err = s.one(ctx, s.db, who, r.ID)
	}
	if err == nil && (r.Gone == "erased" || r.Wrapped == "") {
		err = access.ErrMissing
	}
	if err != nil {
		return Copy{}, err
	}
	facts, err := s.facts(ctx, who, []row{r}, Filter{})
	if err != nil || len(facts) == 0 {
		return Copy{}, errors.Join(err, access.ErrMissing)
	}
	changes, err := s.changes(ctx, []string{r.ID})
	if err != nil {
		return Copy{}, err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return Copy{}, err
	}
	last := map[string]changeRow{}
	for _, c := range changes[r.ID] { // newest first
		diff, err := c.open(key)
		if err != nil {
			return Copy{}, err
		}
		for e := range diff {
			if _, ok := last[e]; !ok {
				last[e] = c
			}
		}
	}
	out := Copy{Request: q}
	var elements []string
	for _, e := range slices.Sorted(maps.Keys(facts[0].Values)) {
		// The owner's telephone and the head's number are other people's.
		if KindOf(e) != r.Kind || facts[0].Values[e] == "" {
			continue
		}
		h := Held{Element: e, Value: facts[0].Values[e], Source: r.Source, At: r.Created}
		if c, ok := last[e]; ok {
			h.Source, h.At = c.Source, c.At
		}
		out.Held = append(out.Held, h)
		elements = append(elements, e)
	}
	if out.Looks, err = s.Looks(ctx, who, r.ID); err != nil {
		return Copy{}, err
	}
	purpose := fmt.Sprintf("答复%s的个人信息申请", q.Asked)
	return out, s.db.Tx(ctx, func(tx *store.Tx) error { return s.NoteExport(ctx, tx, who, facts, elements, purpose) })
}
