package subject

import (
	"context"
	"iter"

	"gewu/internal/access"
	"gewu/internal/store"
)

// together is how many subjects are entered in one transaction: enough that
// the commit costs little, few enough that others wait for milliseconds.
const together = 500

// CreateAll enters many subjects, those first to which others are linked, and
// gives each the id that its entry names. It is for what the program itself
// makes: links are not checked.
func (s *Service) CreateAll(ctx context.Context, who access.Identity, entries iter.Seq[Entry]) error {
	next, stop := iter.Pull(entries)
	defer stop()
	for {
		chunk := make([]Entry, 0, together)
		for len(chunk) < together {
			e, ok := next()
			if !ok {
				break
			}
			if !who.Has(e.Place, access.Keeper) {
				return access.ErrDenied
			}
			var err error
			if e.Values, err = s.normal(e.Kind, e.Values); err != nil {
				return err
			}
			chunk = append(chunk, e)
		}
		if len(chunk) == 0 {
			return nil
		}
		err := s.db.Tx(ctx, func(tx *store.Tx) error {
			for _, e := range chunk {
				if _, err := s.insert(ctx, tx, who, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
