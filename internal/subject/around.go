package subject

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gewu/internal/access"
	"gewu/internal/store"
)

// rename gives a household the name of who heads it now, none where nobody
// does. The name follows from the people, so it is no change of the household.
func (s *Service) rename(ctx context.Context, tx *store.Tx, household string) error {
	return s.call(ctx, tx, household, func(ctx context.Context) (string, error) {
		heads, err := store.All[string](ctx, tx, store.SQL("SELECT name FROM subject WHERE household_id <> '' AND household_id = ? AND kind = 'person' AND gone = '' AND relation = '"+Head+"' ORDER BY seq DESC LIMIT 1", household).Anywhere())
		if err != nil || len(heads) == 0 {
			return "", err
		}
		return heads[0], nil
	})
}

// call gives a household a name.
func (s *Service) call(ctx context.Context, tx *store.Tx, household string, head func(context.Context) (string, error)) error {
	if household == "" {
		return nil
	}
	h, err := s.byID(ctx, tx, household)
	if errors.Is(err, store.ErrNone) || err == nil && (h.Gone != "" || h.Kind != Household) {
		return nil
	}
	if err != nil {
		return err
	}
	name, err := head(ctx)
	if err != nil || h.Name == name {
		return err
	}
	values, err := h.values(s.ring)
	if err != nil {
		return err
	}
	h.Name, h.Sort = name, sortKey(Household, name)
	if _, err := tx.Exec(ctx, "UPDATE subject SET name = ?, sort = ? WHERE id = ?", h.Name, h.Sort, h.ID); err != nil {
		return err
	}
	return s.putWords(ctx, tx, &h, values, false)
}

// putWords makes a subject found by its words.
func (s *Service) putWords(ctx context.Context, tx *store.Tx, r *row, all Values, fresh bool) error {
	home := ""
	if id := cmp.Or(r.Dwelling, r.Building); r.Address == "" && id != "" {
		var err error
		if home, err = store.One[string](ctx, tx, store.SQL("SELECT address FROM subject WHERE id = ?", id).Anywhere()); err != nil && !errors.Is(err, store.ErrNone) {
			return err
		}
	}
	return tx.PutWords(ctx, "subject", r.Seq, fresh, r.words(all, home, s.ring))
}

// readdress lets those who belong to a dwelling or building be found by its
// new address.
func (s *Service) readdress(ctx context.Context, tx *store.Tx, r *row) error {
	rows, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+` FROM subject s WHERE s.gone = '' AND s.address = '' AND s.id IN (
		SELECT id FROM subject WHERE dwelling_id = ? AND dwelling_id <> ''
		UNION ALL SELECT id FROM subject WHERE building_id = ? AND building_id <> '')`, r.ID, r.ID).Anywhere())
	if err != nil {
		return err
	}
	for i := range rows {
		all, err := rows[i].values(s.ring)
		if err != nil {
			return err
		}
		if err := s.putWords(ctx, tx, &rows[i], all, false); err != nil {
			return err
		}
	}
	return nil
}

// street is the part of the tree in which somebody is entered once. Across
// streets the same person may be registered in one and live in another.
func street(place string) string { return place[:min(len(place), 9)] }

func community(place string) string { return place[:min(len(place), 12)] }

// free refuses a number or code that another subject of the street has.
func (s *Service) free(ctx context.Context, src store.Source, kind Kind, place string, v Values, self string) error {
	n := 0
	var err error
	number := "person.id_number"
	switch {
	case kind == Person && v["person.id_number"] != "":
		n, err = store.One[int](ctx, src, store.SQL(`
			SELECT count(*) FROM subject WHERE id_hash = ? AND id_hash <> '' AND gone = '' AND id <> ? AND substr(place, 1, 9) = ?`,
			s.ring.Hash("id", v["person.id_number"]), self, street(place)).Anywhere())
	case kind == Vehicle || kind == Organisation && v["organisation.credit_code"] != "":
		if number = "vehicle.plate"; kind == Organisation {
			number = "organisation.credit_code"
		}
		n, err = store.One[int](ctx, src, store.SQL(
			"SELECT count(*) FROM subject WHERE "+kind.is()+" AND code = ? AND code <> '' AND gone = '' AND id <> ? AND substr(place, 1, 9) = ?",
			v[number], self, street(place)).Anywhere())
	}
	if err == nil && n > 0 {
		return errTwice.With("element", number)
	}
	return err
}

// alike refuses to enter by hand what is there already by its name, address or
// number. A workbook is looked up instead.
func (s *Service) alike(ctx context.Context, tx *store.Tx, e Entry) error {
	d := store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone = '' AND s."+e.Kind.is()+" AND substr(s.place, 1, 12) = ?", community(e.Place))
	element := ""
	var same func(v Values, l Links) bool
	switch number, name := e.Values["household.number"], sortKey(e.Kind, e.Values[naming[e.Kind].element]); {
	case e.Kind == Household && number == "" && e.Links.Dwelling == "":
		return errEmpty.With("element", "household.number")
	case e.Kind == Household && number != "":
		element, d = "household.number", d.Add(" AND s.code = ? AND s.code <> ''", number)
		same = func(Values, Links) bool { return true }
	case e.Kind == Building:
		element, d = "building.name", d.Add(" AND s.sort = ?", name)
		same = func(v Values, _ Links) bool {
			return v["compound.name"] == e.Values["compound.name"] && v["building.address"] == e.Values["building.address"]
		}
	case e.Kind == Dwelling:
		element, d = "dwelling.room_number", d.Add(" AND s.sort = ?", name)
		same = func(v Values, l Links) bool {
			return l.Building == e.Links.Building && (l.Building != "" || v["dwelling.address"] == e.Values["dwelling.address"])
		}
	default:
		return nil
	}
	rows, err := store.All[row](ctx, tx, d.Anywhere().Add(" ORDER BY s.seq LIMIT ?", few))
	if err != nil {
		return err
	}
	for i := range rows {
		v, err := rows[i].values(s.ring)
		if err != nil {
			return err
		}
		if same(v, rows[i].Links) {
			return errAlike.With("element", element)
		}
	}
	return nil
}

// since refuses a day on which a subject was not there yet.
func (r *row) since(day string) error {
	if day != "" && (day < r.Since || r.Kind == Person && day < r.Birth) {
		return errEarly.With("field", "day")
	}
	return nil
}

// CheckPlace refuses a place that is not there.
func (s *Service) CheckPlace(ctx context.Context, tx *store.Tx, place string) error {
	n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", place).Anywhere())
	if err == nil && n == 0 {
		return errPlace.With("field", "place")
	}
	return err
}

// checkLinks refuses new links to what is not there or outside the caller's
// area. Those that stay are as they are: an owner may have died since.
func (s *Service) checkLinks(ctx context.Context, tx *store.Tx, who access.Identity, old, l Links) error {
	for _, x := range []struct {
		name    string
		was, id string
		kind    []Kind
	}{{"household", old.Household, l.Household, []Kind{Household}}, {"dwelling", old.Dwelling, l.Dwelling, []Kind{Dwelling}},
		{"building", old.Building, l.Building, []Kind{Building}}, {"owner", old.Owner, l.Owner, []Kind{Person, Organisation, Household}}} {
		if x.id == "" || x.id == x.was {
			continue
		}
		r, err := s.one(ctx, tx, who, x.id)
		if errors.Is(err, access.ErrMissing) || err == nil && (r.Gone != "" || !slices.Contains(x.kind, r.Kind)) {
			return errLink.With("field", "links."+x.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
