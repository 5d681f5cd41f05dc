package subject

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/store"
)

// Whoever is in the ledger is needed. From the day on which a subject has left,
// and a value has been replaced, its retention runs: that of each data element,
// as the dictionary states it. What is past it is dropped; with the element that
// names the subject goes everything.

// dueDay is the first day on which one of some elements is past its retention,
// "" if none ever is.
func (s *Service) dueDay(values Values, from calendar.Date) string {
	first := ""
	for e := range values {
		if d, ok := s.dict.Kept(e, from); ok && (first == "" || d.String() < first) {
			first = d.String()
		}
	}
	return first
}

// past returns those elements that are past their retention today.
func (s *Service) past(values Values, from calendar.Date) []string {
	var out []string
	for _, e := range slices.Sorted(maps.Keys(values)) {
		if d, ok := s.dict.Kept(e, from); ok && !d.After(s.today()) {
			out = append(out, e)
		}
	}
	return out
}

// Forget drops what is past its retention, and returns how many subjects lost
// something.
func (s *Service) Forget(ctx context.Context) (int, error) {
	n := 0
	for {
		some, err := s.forgetSubjects(ctx)
		if n += some; err != nil {
			return n, err
		}
		more, err := s.forgetChanges(ctx)
		if err != nil {
			return n, err
		}
		if some < batch && more < batch {
			return n, nil
		}
	}
}

func (s *Service) forgetSubjects(ctx context.Context) (n int, err error) {
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		rows, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+" FROM subject s WHERE s.due <> '' AND s.due <= ? ORDER BY s.due, s.seq LIMIT ?",
			s.today().String(), batch).Anywhere())
		n = len(rows)
		for i := 0; i < n && err == nil; i++ {
			err = s.forget(ctx, tx, &rows[i])
		}
		return err
	})
	return n, err
}

func (s *Service) forget(ctx context.Context, tx *store.Tx, r *row) error {
	who := access.System("retention")
	// One that was erased before it may have taken this one along.
	now, err := s.byID(ctx, tx, r.ID)
	if err != nil || now.Gone == "erased" {
		return err
	}
	r = &now
	from, err := calendar.Parse(cmp.Or(r.Until, string(r.Updated)[:10]))
	if err != nil || r.Gone != "left" && r.Gone != "merged" || r.Wrapped == "" {
		_, err := tx.Exec(ctx, "UPDATE subject SET due = '' WHERE id = ?", r.ID)
		return err
	}
	all, err := r.values(s.ring)
	if err != nil {
		return err
	}
	gone := s.past(all, from)
	for _, e := range gone {
		delete(all, e)
	}
	if len(all) == 0 || slices.Contains(gone, naming[r.Kind].element) {
		return s.erase(ctx, tx, who, r.ID, 0, "保存期限届满")
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return err
	}
	if err := r.set(all, key, s.dict, s.ring); err != nil {
		return err
	}
	updated := r.Updated
	if err := s.save(ctx, tx, r, nil); err != nil {
		return err
	}
	// The day of a merger, from which its retention runs, stays what it was.
	if _, err := tx.Exec(ctx, "UPDATE subject SET due = ?, updated_at = ? WHERE id = ?", s.dueDay(all, from), updated, r.ID); err != nil {
		return err
	}
	return s.note(ctx, tx, who, "subject.expire", r, map[string]any{"elements": gone})
}

// forgetChanges drops old values that are past their retention.
func (s *Service) forgetChanges(ctx context.Context) (n int, err error) {
	type held struct {
		changeRow
		Wrapped string `db:"wrapped"`
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		rows, err := store.All[held](ctx, tx, store.SQL(`SELECT c.id, c.subject_id, c.at, c.holds_from, c.actor, c.source, c.doc, s.wrapped
			FROM subject_change c JOIN subject s ON s.id = c.subject_id WHERE c.due <> '' AND c.due <= ? ORDER BY c.due, c.id LIMIT ?`,
			s.today().String(), batch).Anywhere())
		if err != nil {
			return err
		}
		n = len(rows)
		for _, c := range rows {
			from, err := calendar.Parse(string(c.At)[:10])
			if err != nil {
				return err
			}
			key, err := s.ring.Key(c.Wrapped)
			if err != nil {
				return err
			}
			diff, err := c.open(key)
			if err != nil {
				return err
			}
			// That it changed stays, so that an earlier day shows nothing, and not
			// the value of a later one.
			old := told(diff)
			for _, e := range s.past(old, from) {
				diff[e] = [2]string{}
				delete(old, e)
			}
			doc, err := json.Marshal(diff)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "UPDATE subject_change SET doc = ?, due = ? WHERE id = ?", key.Seal(doc, "change "+c.Subject), s.dueDay(old, from), c.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// told are the elements of which a change tells a value, before or after it.
func told(diff map[string][2]string) Values {
	out := Values{}
	for e, v := range diff {
		if v != [2]string{} {
			out[e] = v[0]
		}
	}
	return out
}
