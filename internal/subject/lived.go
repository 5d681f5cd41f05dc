package subject

import (
	"cmp"
	"context"
	"slices"

	"gewu/internal/store"
)

// put adds records as they were at a moment.
func (a *surroundings) put(ctx context.Context, s *Service, rows []row, m Moment) error {
	values, err := s.then(ctx, rows, m)
	if err != nil {
		return err
	}
	for i, r := range rows {
		a.rows[r.ID], a.values[r.ID] = r, values[i]
	}
	return nil
}

// live finds out how many people live in households and dwellings today, and
// the heads of the households.
func (a *surroundings) live(ctx context.Context, s *Service, homes, dwellings []string, m Moment) error {
	type count struct {
		ID string `db:"id"`
		N  int    `db:"n"`
	}
	counts := func(column string, ids []string, to map[string]int) error {
		for chunk := range slices.Chunk(ids, batch) {
			list, args := store.List(chunk)
			got, err := store.All[count](ctx, s.db, store.SQL("SELECT "+column+" AS id, count(*) AS n FROM subject WHERE "+column+" <> '' AND "+column+" IN "+list+
				" AND kind = 'person' AND gone = '' GROUP BY "+column, args...).Anywhere())
			if err != nil {
				return err
			}
			for _, c := range got {
				to[c.ID] = c.N
			}
		}
		return nil
	}
	if err := counts("household_id", homes, a.members); err != nil {
		return err
	}
	if err := counts("dwelling_id", dwellings, a.living); err != nil {
		return err
	}
	for chunk := range slices.Chunk(homes, batch) {
		list, args := store.List(chunk)
		heads, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.household_id <> '' AND s.household_id IN "+list+
			" AND s.kind = 'person' AND s.gone = '' AND s.relation = '"+Head+"' ORDER BY s.seq", args...).Anywhere())
		if err != nil {
			return err
		}
		for _, h := range heads {
			a.heads[h.Household] = h.ID
		}
		if err := a.put(ctx, s, heads, m); err != nil {
			return err
		}
	}
	return nil
}

// lived is live for a moment of the past: whoever lives there today or has
// moved away from there is looked at as they were then.
func (a *surroundings) lived(ctx context.Context, s *Service, homes, dwellings []string, m Moment) error {
	seen := map[string]bool{}
	look := func(column, from string, ids []string) error {
		for chunk := range slices.Chunk(ids, batch) {
			list, args := store.List(chunk)
			rows, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.kind = 'person' AND s.gone IN ('', 'left') AND s."+
				column+" <> '' AND s."+column+" IN "+list, args...).Anywhere().Add(" ORDER BY s.seq"))
			if err != nil {
				return err
			}
			away, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.kind = 'person' AND s.gone IN ('', 'left') AND s.id IN ("+
				"SELECT c.subject_id FROM subject_change c WHERE c."+from+" <> '' AND (c."+from+" IN "+list+
				" OR c."+from+" IN (SELECT m.id FROM subject m WHERE m.merged_into <> '' AND m.merged_into IN "+list+")))",
				append(slices.Clone(args), args...)...).Anywhere().Add(" ORDER BY s.seq"))
			if err != nil {
				return err
			}
			rows = append(rows, away...)
			slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.Seq, b.Seq) })
			rows = slices.CompactFunc(rows, func(a, b row) bool { return a.Seq == b.Seq })
			rows = slices.DeleteFunc(rows, func(r row) bool { return seen[r.ID] })
			values, err := s.then(ctx, rows, m)
			if err != nil {
				return err
			}
			for i, r := range rows {
				seen[r.ID] = true
				if !m.there(&r) {
					continue
				}
				a.members[r.Household]++
				a.living[r.Dwelling]++
				if r.Relation == Head {
					a.heads[r.Household] = r.ID
					a.rows[r.ID], a.values[r.ID] = r, values[i]
				}
			}
		}
		return nil
	}
	if err := look("household_id", "household_from", homes); err != nil {
		return err
	}
	return look("dwelling_id", "dwelling_from", dwellings)
}
