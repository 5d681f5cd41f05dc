package subject

import (
	"context"
	"strings"
	"time"

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

// Source is what it was first known from.
func (k Known) Source() string { return k.row.Source }

// Links are the subjects to which it belongs.
func (k Known) Links() Links { return k.row.Links }

// Tells tells whether all of some values and links is known.
func (k Known) Tells(v Values, l Links) bool {
	for e, x := range v {
		if k.Values[e] != x {
			return false
		}
	}
	for e, to := range l.elements() {
		if *to != "" && *to != *k.row.Links.elements()[e] {
			return false
		}
	}
	return true
}

// Empty tells whether an edit changes nothing.
func (e Edit) Empty() bool { return len(e.Values) == 0 && e.Place == "" && e.Links == nil }

// Normal checks values and brings them into canonical form; see [Dictionary].
func (b *Batch) Normal(element, value string) (string, error) { return b.s.dict.Normal(element, value) }

// few is how many subjects of one name are looked at to find one of them.
const few = 50

// find returns the one subject that a query finds and that is meant, ok false
// where there is none. Of several nobody knows which is meant: that is refused.
func (b *Batch) find(ctx context.Context, q store.Draft, meant func(Known) bool) (k Known, ok bool, err error) {
	rows, err := store.All[row](ctx, b.src, q.In(scope(b.who), "s.place", "").Add(" ORDER BY s.seq LIMIT ?", few))
	if err != nil {
		return k, false, err
	}
	for i := range rows {
		next := Known{row: rows[i]}
		if next.Values, err = rows[i].values(b.s.ring); err != nil {
			return k, false, err
		}
		if meant != nil && !meant(next) {
			continue
		}
		if ok {
			return k, false, ErrSeveral
		}
		k, ok = next, true
	}
	return k, ok, nil
}

func (b *Batch) live(where string, args ...any) store.Draft {
	return store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone = '' AND "+where, args...)
}

// PersonByNumber finds somebody of a street by resident id.
func (b *Batch) PersonByNumber(ctx context.Context, place, number string) (Known, bool, error) {
	return b.find(ctx, b.live("s.id_hash = ? AND s.id_hash <> '' AND substr(s.place, 1, 9) = ?", b.s.ring.Hash("id", number), street(place)), nil)
}

// PersonByName finds somebody of a community by name and day of birth who is
// meant.
func (b *Batch) PersonByName(ctx context.Context, place, name, birth string, meant func(Known) bool) (Known, bool, error) {
	return b.find(ctx, b.live("s.kind = 'person' AND substr(s.place, 1, 12) = ? AND s.sort = ? AND s.birth = ?",
		community(place), sortKey(Person, name), birth), meant)
}

// ByCode finds a subject of a street by its code: that of a dwelling, credit
// code, plate; a household of a community by its number, which others may have
// elsewhere.
func (b *Batch) ByCode(ctx context.Context, kind Kind, place, code string) (Known, bool, error) {
	d := b.live("s."+kind.is()+" AND s.code = ? AND s.code <> ''", code)
	if kind == Household {
		return b.find(ctx, d.Add(" AND substr(s.place, 1, 12) = ?", community(place)), nil)
	}
	return b.find(ctx, d.Add(" AND substr(s.place, 1, 9) = ?", street(place)), nil)
}

// ByName finds an organisation of a street by its name that is meant.
func (b *Batch) ByName(ctx context.Context, kind Kind, place, name string, meant func(Known) bool) (Known, bool, error) {
	return b.find(ctx, b.live("s."+kind.is()+" AND substr(s.place, 1, 9) = ? AND s.sort = ?", street(place), sortKey(kind, name)), meant)
}

// Building finds a building of a street by its address, or by the compound and
// its name there.
func (b *Batch) Building(ctx context.Context, place, compound, name, address string) (Known, bool, error) {
	if address != "" {
		k, ok, err := b.find(ctx, b.live("s.kind = 'building' AND substr(s.place, 1, 9) = ? AND s.address = ?", street(place), address), nil)
		if ok || err != nil || name == "" {
			return k, ok, err
		}
	}
	return b.find(ctx, b.live("s.kind = 'building' AND substr(s.place, 1, 9) = ? AND s.sort = ?", street(place), sortKey(Building, name)),
		func(k Known) bool { return compound == "" || k.Values["compound.name"] == compound })
}

// Dwelling finds a dwelling by its building and room, or by its address in a
// street.
func (b *Batch) Dwelling(ctx context.Context, place, building, room, address string) (Known, bool, error) {
	if building != "" && room != "" {
		return b.find(ctx, b.live("s.kind = 'dwelling' AND s.building_id = ? AND s.building_id <> '' AND s.sort = ?", building, sortKey(Dwelling, room)), nil)
	}
	if address == "" {
		return Known{}, false, nil
	}
	return b.find(ctx, b.s.db.Found(store.SQL("SELECT "+columns+" FROM subject s"), "subject", "s", addressWords(place, address), 0).
		Add(" WHERE s.gone = '' AND s.kind = 'dwelling' AND s.address = ?", address), nil)
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
	return b.find(ctx, b.live("s.kind = 'household' AND s.dwelling_id = ? AND s.dwelling_id <> ''", dwelling), nil)
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

// Free refuses a number or code that another subject of the street has, whether
// or not it may be seen.
func (b *Batch) Free(ctx context.Context, kind Kind, place string, v Values) error {
	return b.s.free(ctx, b.src, kind, place, v, "")
}

// Create enters a subject whose number is known to be free.
func (b *Batch) Create(ctx context.Context, e Entry) (_ string, err error) {
	if !b.who.Has(e.Place, access.Keeper) {
		return "", access.ErrDenied
	}
	if e.Values, err = b.s.normal(e.Kind, e.Values); err != nil {
		return "", err
	}
	return b.s.insert(ctx, b.tx, b.who, e)
}

// Compare returns what a subject has to be changed by to be what somebody saw on
// a day: values, a place and links, empty ones of which say nothing. What is
// known from a later day stays as it is; older is true where that left something.
func (b *Batch) Compare(ctx context.Context, k Known, place string, v Values, l Links, day string) (e Edit, older bool, err error) {
	e = Edit{Values: Values{}, From: day, Checked: day}
	newer, err := b.newer(ctx, k, day)
	if err != nil {
		return e, false, err
	}
	stays := func(element, now string) bool {
		if newer(element) || now != "" && k.row.Checked > day { // somebody has confirmed the whole of it since
			older = true
			return true
		}
		return false
	}
	for el, x := range v {
		if k.Values[el] != x && !stays(el, k.Values[el]) {
			e.Values[el] = x
		}
	}
	if at := k.row.Place; !strings.HasPrefix(at, place) && !stays(placeElement, at) {
		e.Place = place
	}
	to := k.row.Links
	for el, field := range l.elements() {
		if now := to.elements()[el]; *field != "" && *field != *now && !stays(el, *now) {
			*now = *field
		}
	}
	if to != k.row.Links {
		e.Links = &to
	}
	return e, older, nil
}

// newer tells of which elements of a subject a change is known that is later
// than a day.
func (b *Batch) newer(ctx context.Context, k Known, day string) (func(element string) bool, error) {
	rows, err := store.All[changeRow](ctx, b.src, store.SQL(selectChange+" WHERE subject_id = ? AND (holds_from > ? OR holds_from = '') ORDER BY id DESC LIMIT 200", k.row.ID, day).Anywhere())
	later := map[string]bool{}
	is := func(e string) bool { return later[e] }
	if err != nil || len(rows) == 0 {
		return is, err
	}
	key, err := b.s.ring.Key(k.row.Wrapped)
	if err != nil {
		return nil, err
	}
	for _, c := range rows {
		if c.From == "" && c.At.Time().In(zone).Format(time.DateOnly) <= day {
			continue
		}
		diff, err := c.open(key)
		if err != nil {
			return nil, err
		}
		for e := range diff {
			later[e] = true
		}
	}
	return is, nil
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
