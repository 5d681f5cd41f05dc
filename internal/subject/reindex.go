package subject

import (
	"context"

	"gewu/internal/store"
)

// Reindex writes the sort keys and words of all subjects anew where those that
// are stored were made by another rule, and returns how many it wrote. It goes
// from the last entered to the first, so that one which was broken off is found
// by the first.
func (s *Service) Reindex(ctx context.Context) (n int, err error) {
	first, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone = '' AND s.name <> '' AND s.kind IN ('person', 'organisation') ORDER BY s.seq LIMIT 1").Anywhere())
	if err != nil || len(first) == 0 || first[0].Sort == sortKey(first[0].Kind, first[0].Name) {
		return 0, err
	}
	for before := int64(1) << 62; ; {
		done, next := 0, before
		err := s.db.Tx(ctx, func(tx *store.Tx) error {
			rows, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+" FROM subject s WHERE s.seq < ? ORDER BY s.seq DESC LIMIT ?", before, batch).Anywhere())
			if err != nil {
				return err
			}
			done = len(rows)
			for i := range rows {
				if err := s.reindex(ctx, tx, &rows[i]); err != nil {
					return err
				}
			}
			if done > 0 {
				next = rows[done-1].Seq
			}
			return nil
		})
		if err != nil || done == 0 {
			return n, err
		}
		n, before = n+done, next
	}
}

func (s *Service) reindex(ctx context.Context, tx *store.Tx, r *row) error {
	r.Sort = sortKey(r.Kind, r.Name)
	if _, err := tx.Exec(ctx, "UPDATE subject SET sort = ? WHERE id = ?", r.Sort, r.ID); err != nil || r.Gone != "" {
		return err
	}
	all, err := r.values(s.ring)
	if err != nil {
		return err
	}
	return s.putWords(ctx, tx, r, all, false)
}
