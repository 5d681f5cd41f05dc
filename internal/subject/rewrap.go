package subject

import (
	"context"

	"gewu/internal/seal"
	"gewu/internal/store"
)

// Rewrap wraps the keys of all subjects, and of the files that are kept, by the
// newest master key of a ring and returns how many it wrapped. What they
// sealed stays as it is.
func (s *Service) Rewrap(ctx context.Context, ring *seal.Ring) (n int, err error) {
	for _, c := range []struct{ table, key, column string }{
		{"subject", "id", "wrapped"}, {"intake", "id", "wrapped"}, {"fill", "id", "blank_key"}, {"fill", "id", "out_key"}} {
		type row struct {
			ID      string `db:"id"`
			Wrapped string `db:"wrapped"`
		}
		for after := ""; ; {
			rows, err := store.All[row](ctx, s.db, store.SQL("SELECT "+c.key+" AS id, "+c.column+" AS wrapped FROM "+c.table+
				" WHERE "+c.key+" > ? AND "+c.column+" <> '' ORDER BY "+c.key+" LIMIT 1000", after).Anywhere())
			if err != nil {
				return n, err
			}
			if len(rows) == 0 {
				break
			}
			done := 0
			err = s.db.Tx(ctx, func(tx *store.Tx) error {
				done = 0 // tried again, it begins anew
				for _, r := range rows {
					again, changed, err := ring.Rewrap(r.Wrapped)
					if err != nil {
						return err
					}
					if !changed {
						continue
					}
					if _, err := tx.Exec(ctx, "UPDATE "+c.table+" SET "+c.column+" = ? WHERE "+c.key+" = ? AND "+c.column+" = ?", again, r.ID, r.Wrapped); err != nil {
						return err
					}
					done++
				}
				return nil
			})
			if err != nil {
				return n, err
			}
			n, after = n+done, rows[len(rows)-1].ID
		}
	}
	return n, nil
}
