package subject

import (
	"context"

	"gewu/internal/access"
	"gewu/internal/store"
)

// A Batch reads and writes many subjects in one transaction, or only reads
// where it was opened for looking.
type Batch struct {
	s   *Service
	src store.Source
	tx  *store.Tx
	who access.Identity
}

// Write runs f in one transaction.
func (s *Service) Write(ctx context.Context, who access.Identity, f func(b *Batch, tx *store.Tx) error) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error { return f(&Batch{s, tx, tx, who}, tx) })
}

// Look returns a batch that only reads.
func (s *Service) Look(who access.Identity) *Batch { return &Batch{s, s.db, nil, who} }

// Known is a subject that was found, with what is known of it.
type Known struct {
	row    row
	Values Values
}

// ID is the subject's id.
func (k Known) ID() string { return k.row.ID }

// Place is the subject's place.
func (k Known) Place() string { return k.row.Place }

// Links are the subjects to which it belongs.
func (k Known) Links() Links { return k.row.Links }

// Normal checks values and brings them into canonical form; see [Dictionary].
func (b *Batch) Normal(element, value string) (string, error) { return b.s.dict.Normal(element, value) }

// find returns the one subject that a query finds, ok false where it finds
// none or more than one.
func (b *Batch) find(ctx context.Context, q store.Draft, place string) (k Known, ok bool, err error) {
	rows, err := store.All[row](ctx, b.src, q.In(scope(b.who), place, "").Add(" ORDER BY s.seq LIMIT 2"))
	if err != nil || len(rows) != 1 {
		return k, false, err
	}
	k.row = rows[0]
	k.Values, err = rows[0].values(b.s.ring)
	return k, err == nil, err
}

func (b *Batch) live(where string, args ...any) store.Draft {
	return store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone = '' AND "+where, args...)
}

// PersonByNumber finds somebody of a street by resident id.
func (b *Batch) PersonByNumber(ctx context.Context, place, number string) (Known, bool, error) {
	return b.find(ctx, b.live("s.id_hash = ? AND s.id_hash <> '' AND substr(s.place, 1, 9) = ?", b.s.ring.Hash("id", number), street(place)), "s.place")
}

// PersonByName finds somebody of a community by name and day of birth.
func (b *Batch) PersonByName(ctx context.Context, place, name, birth string) (Known, bool, error) {
	return b.find(ctx, b.live("s.kind = 'person' AND substr(s.place, 1, 12) = ? AND s.sort = ? AND s.birth = ?",
		place[:min(len(place), 12)], sortKey(Person, name), birth), "s.place")
}

// ByCode finds a subject of a street by its code: number of the household or
// dwelling, credit code, plate.
func (b *Batch) ByCode(ctx context.Context, kind Kind, place, code string) (Known, bool, error) {
	return b.find(ctx, b.live("s."+kind.is()+" AND s.code = ? AND s.code <> '' AND substr(s.place, 1, 9) = ?", code, street(place)), "s.place")
}

// ByName finds an organisation of a street by its name.
func (b *Batch) ByName(ctx context.Context, kind Kind, place, name string) (Known, bool, error) {
	return b.find(ctx, b.live("s."+kind.is()+" AND substr(s.place, 1, 9) = ? AND s.sort = ?", street(place), sortKey(kind, name)), "s.place")
}

// Building finds a building of a street by its address, or by the compound and
// its name there.
func (b *Batch) Building(ctx context.Context, place, compound, name, address string) (Known, bool, error) {
	if address != "" {
		k, ok, err := b.find(ctx, b.live("s.kind = 'building' AND substr(s.place, 1, 9) = ? AND s.address = ?", street(place), address), "s.place")
		if ok || err != nil || name == "" {
			return k, ok, err
		}
	}
	d := b.live("s.kind = 'building' AND substr(s.place, 1, 9) = ? AND s.sort = ?", street(place), sortKey(Building, name))
	if compound != "" {
		d = d.Add(" AND s.plain LIKE ?", "%"+`"compound.name":"`+compound+`"`+"%")
	}
	return b.find(ctx, d, "s.place")
}

// Dwelling finds a dwelling by its building and room, or by its address in a
// street.
func (b *Batch) Dwelling(ctx context.Context, place, building, room, address string) (Known, bool, error) {
	if building != "" && room != "" {
		return b.find(ctx, b.live("s.kind = 'dwelling' AND s.building_id = ? AND s.building_id <> '' AND s.sort = ?", building, sortKey(Dwelling, room)), "s.place")
	}
	if address == "" {
		return Known{}, false, nil
	}
	return b.find(ctx, b.s.db.Found(store.SQL("SELECT "+columns+" FROM subject s"), "subject", "s", addressWords(place, address), 0).
		Add(" WHERE s.gone = '' AND s.kind = 'dwelling' AND s.address = ?", address), "s.place")
}

// addressWords ask for the dwellings of a street that have all words of an
// address.
func addressWords(place, address string) [][]store.Word {
	out := [][]store.Word{{{Text: "kdwelling"}}, {{Text: "p" + street(place)}}}
	for _, w := range runs(address) {
		out = append(out, []store.Word{{Text: w}})
	}
	return out
}

// HouseholdAt finds the household of a dwelling, where there is one.
func (b *Batch) HouseholdAt(ctx context.Context, dwelling string) (Known, bool, error) {
	return b.find(ctx, b.live("s.kind = 'household' AND s.dwelling_id = ? AND s.dwelling_id <> ''", dwelling), "s.place")
}

// None tells whether a street has nobody and nothing of a kind; it says no of a
// larger place.
func (b *Batch) None(ctx context.Context, kind Kind, place string) (bool, error) {
	if len(place) < 9 {
		return false, nil
	}
	one, err := store.All[int](ctx, b.src, store.SQL("SELECT 1 FROM subject WHERE gone = '' AND "+kind.is()+" AND substr(place, 1, 9) = ? LIMIT 1", street(place)).Anywhere())
	return len(one) == 0, err
}

// Last is the number of the subject that was entered last, of any kind and
// anywhere: as long as it stays, nobody else has entered anybody.
func (b *Batch) Last(ctx context.Context) (int64, error) {
	return store.One[int64](ctx, b.src, store.SQL("SELECT COALESCE(MAX(seq), 0) FROM subject").Anywhere())
}

// Create enters a subject whose number no other has.
func (b *Batch) Create(ctx context.Context, e Entry) (string, error) { return b.create(ctx, e, false) }

// Enter is Create for who knows that the number is free.
func (b *Batch) Enter(ctx context.Context, e Entry) (string, error) { return b.create(ctx, e, true) }

func (b *Batch) create(ctx context.Context, e Entry, free bool) (_ string, err error) {
	if !b.who.Has(e.Place, access.Keeper) {
		return "", access.ErrDenied
	}
	if e.Values, err = b.s.normal(e.Kind, e.Values); err != nil {
		return "", err
	}
	if !free {
		if err := b.s.free(ctx, b.tx, e.Kind, e.Place, e.Values, ""); err != nil {
			return "", err
		}
	}
	return b.s.insert(ctx, b.tx, b.who, e)
}

// Confirm records that a subject was found unchanged on a day.
func (b *Batch) Confirm(ctx context.Context, id, day string) error {
	_, err := b.tx.Exec(ctx, "UPDATE subject SET checked = ? WHERE id = ? AND checked < ?", day, id, day)
	return err
}

// Change changes a subject; see [Edit].
func (b *Batch) Change(ctx context.Context, id string, e Edit) error {
	r, err := b.s.mine(ctx, b.tx, b.who, id, 0)
	if err != nil {
		return err
	}
	if e.Place != "" && !b.who.Has(e.Place, access.Keeper) {
		return access.ErrDenied
	}
	values, err := b.s.normal(r.Kind, e.Values)
	if err != nil {
		return err
	}
	return b.s.update(ctx, b.tx, b.who, r, values, e)
}

// Places returns the communities and grids inside a place by their names and
// codes; a name that two of them have is left out.
func (b *Batch) Places(ctx context.Context, within string) (map[string]string, error) {
	type place struct {
		Code string `db:"code"`
		Name string `db:"name"`
	}
	ps, err := store.All[place](ctx, b.src, store.SQL("SELECT code, name FROM place WHERE length(code) IN (12, 15)").
		In(store.Scope{Places: Narrow(b.who.Places(access.Keeper), within)}, "code", "").Add(" ORDER BY code LIMIT 50000"))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, p := range ps {
		out[p.Code] = p.Code
		if _, twice := out[p.Name]; twice {
			out[p.Name] = ""
		} else {
			out[p.Name] = p.Code
		}
	}
	return out, nil
}
