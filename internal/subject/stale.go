package subject

import (
	"context"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/store"
)

// Stale returns those of a kind inside a place that nobody has confirmed for
// the longest time, before a day, at most so many: what somebody can verify on
// a round. Numbers are masked.
func (s *Service) Stale(ctx context.Context, who access.Identity, kind Kind, place, before string, limit int) ([]Line, error) {
	if !slices.Contains(Kinds, kind) {
		return nil, errKind.With("kind", kind)
	}
	if limit < 1 || limit > 200 {
		limit = 40
	}
	var out []row
	for _, p := range Narrow(who.Places(access.Keeper), place) {
		d := store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone = '' AND s."+kind.is()+" AND s.checked < ?", before)
		if len(p) >= 9 {
			d = d.Add(" AND substr(s.place, 1, 9) = ?", p[:9])
		}
		rows, err := store.All[row](ctx, s.db, d.In(store.Scope{Places: []string{p}}, "s.place", "").Add(" ORDER BY s.checked, s.place, s.address, s.seq LIMIT ?", limit))
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	slices.SortStableFunc(out, func(a, b row) int { return strings.Compare(a.Checked, b.Checked) })
	return s.lines(ctx, who, out[:min(len(out), limit)], Filter{})
}

// Confirm records that subjects were found unchanged today.
func (s *Service) Confirm(ctx context.Context, who access.Identity, ids []string, source string) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			r, err := s.mine(ctx, tx, who, id, 0)
			if err != nil {
				return err
			}
			if err := s.update(ctx, tx, who, r, nil, Edit{Source: source}); err != nil {
				return err
			}
		}
		return nil
	})
}
