package office

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

var (
	errUnit  = fault.New(fault.Invalid, "unit_incomplete", "请填写单位名称（100 字以内）、类别和所在地方", "Fill in the unit's name (100 characters at most), kind and place.")
	errTaken = fault.New(fault.Conflict, "unit_taken", "“{name}”已经存在，请直接选用，或换一个名称", "“{name}” exists already. Pick it, or use another name.")
	errAlias = fault.New(fault.Invalid, "alias_wrong", "请为“{name}”选择至少一个本辖区内的单位", "Pick at least one unit of this area for “{name}”.")
)

// A Service keeps places and units.
type Service struct {
	db  *store.DB
	now func() time.Time
}

// NewService returns the service.
func NewService(db *store.DB, now func() time.Time) *Service {
	return &Service{db: db, now: now}
}

// county is the part of the tree whose units know each other: a notice of a
// street names bureaus of its county. Above the county it is the whole code.
func county(place string) string { return place[:min(len(place), 6)] }

// Place returns one place.
func (s *Service) Place(ctx context.Context, code string) (Place, error) {
	return placeIn(ctx, s.db, code)
}

func placeIn(ctx context.Context, src store.Source, code string) (Place, error) {
	p, err := store.One[Place](ctx, src, store.SQL("SELECT code, name FROM place WHERE code = ?", code).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return p, access.ErrMissing
	}
	return p, err
}

// Places returns the places whose codes begin with the given one, itself
// included, in the order of codes; grids are left out unless asked for.
func (s *Service) Places(ctx context.Context, within string, grids bool) ([]Place, error) {
	longest := 12
	if grids {
		longest = 15
	}
	return store.All[Place](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE length(code) <= ?", longest).
		In(store.Scope{Places: []string{within}}, "code", "").Add(" ORDER BY code LIMIT 20000"))
}

// Own returns the places for which the identity has one of the roles, and
// that of its unit: the choices of the place switch.
func (s *Service) Own(ctx context.Context, who access.Identity) ([]Place, error) {
	codes := who.Places(access.Clerk, access.Leader, access.Auditor, access.Keeper, access.Admin)
	if slices.Contains(codes, "") {
		return store.All[Place](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE length(code) <= 9 ORDER BY code LIMIT 500").Anywhere())
	}
	if len(codes) == 0 {
		codes = []string{who.Place}
	}
	list, args := store.List(codes)
	return store.All[Place](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE code IN "+list+" ORDER BY code", args...).Anywhere())
}

const selectUnit = "SELECT id, name, short, kind, place, seq, closed_at, version FROM unit"

// Units returns the working units of the county to which a place belongs,
// those of the place first, with what they are also called there.
func (s *Service) Units(ctx context.Context, place string) ([]Unit, error) {
	return units(ctx, s.db, place)
}

func units(ctx context.Context, src store.Source, place string) ([]Unit, error) {
	// At and below the place, and above it up to the county: another street's
	// sections are not meant when a notice says 党政办.
	above, args := store.List(slices.DeleteFunc(ancestors(place), func(code string) bool { return len(code) < 6 }))
	us, err := store.All[Unit](ctx, src, store.SQL(selectUnit+" WHERE closed_at = '' AND (place >= ? AND place < ?", place, store.PrefixEnd(place)).
		Add(" OR place IN "+above+")", args...).Anywhere().Add(" ORDER BY place, seq, name LIMIT 20000"))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(us, func(a, b Unit) int {
		return boolInt(!strings.HasPrefix(a.Place, place)) - boolInt(!strings.HasPrefix(b.Place, place))
	})
	aliases, err := aliasesOf(ctx, src, place)
	if err != nil {
		return nil, err
	}
	for i := range us {
		us[i].Aliases = []string{}
		for name, ids := range aliases {
			if slices.Contains(ids, us[i].ID) {
				us[i].Aliases = append(us[i].Aliases, name)
			}
		}
		slices.Sort(us[i].Aliases)
	}
	return us, nil
}

// ancestors are the codes of the places above one, the widest first.
func ancestors(place string) []string {
	var out []string
	for _, n := range []int{2, 4, 6, 9, 12} {
		if len(place) > n {
			out = append(out, place[:n])
		}
	}
	return out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// aliasesOf returns the names settled by the office of a place.
func aliasesOf(ctx context.Context, src store.Source, place string) (map[string][]string, error) {
	type row struct {
		Name string `db:"name"`
		Unit string `db:"unit_id"`
	}
	rows, err := store.All[row](ctx, src, store.SQL("SELECT name, unit_id FROM unit_alias WHERE place = ? ORDER BY name, unit_id LIMIT 10000", place).Anywhere())
	out := make(map[string][]string)
	for _, r := range rows {
		out[r.Name] = append(out[r.Name], r.Unit)
	}
	return out, err
}

// Resolver returns the resolver for notices that reach the office of a place.
func (s *Service) Resolver(ctx context.Context, src store.Source, place string) (*Resolver, error) {
	us, err := units(ctx, src, place)
	if err != nil {
		return nil, err
	}
	for i := range us {
		us[i].Aliases = nil // the settled names are looked at first, and may mean several units
	}
	list, args := store.List(append(ancestors(place), place))
	places, err := store.All[Place](ctx, src, store.SQL("SELECT code, name FROM place WHERE code IN "+list, args...).Anywhere())
	if err != nil {
		return nil, err
	}
	aliases, err := aliasesOf(ctx, src, place)
	if err != nil {
		return nil, err
	}
	return NewResolver(us, places, aliases), nil
}

// Unit returns one unit.
func (s *Service) Unit(ctx context.Context, id string) (Unit, error) {
	u, err := store.One[Unit](ctx, s.db, store.SQL(selectUnit+" WHERE id = ?", id).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return u, access.ErrMissing
	}
	return u, err
}

// mayMake: administrators and clerks keep the units of their place. They may
// also make the county's bureaus that a notice names, but not change them:
// other streets have them too.
func mayMake(who access.Identity, place string) bool {
	return who.Has(place, access.Admin, access.Clerk) ||
		len(place) == 6 && slices.ContainsFunc(who.Places(access.Admin, access.Clerk), func(own string) bool { return county(own) == place })
}

var errUnknown = fault.New(fault.Invalid, "unit_unknown", "所选单位已停用或不属于本辖区，请重新选择", "A unit that was picked works no more, or is none of this area. Pick again.")

// Known returns, by id, the working units that the office of a place deals
// with. It fails where one of the given ids is none of them.
func (s *Service) Known(ctx context.Context, src store.Source, place string, ids []string) (map[string]Unit, error) {
	us, err := units(ctx, src, place)
	if err != nil {
		return nil, err
	}
	known := make(map[string]Unit, len(us))
	for _, u := range us {
		known[u.ID] = u
	}
	for _, id := range ids {
		if _, ok := known[id]; !ok {
			return nil, errUnknown
		}
	}
	return known, nil
}

var (
	placeForm = regexp.MustCompile(`^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15})$`)
	errPlace  = fault.New(fault.Invalid, "place_wrong", "地方代码应为 2、4、6、9、12 或 15 位数字，并填写名称", "A place has a code of 2, 4, 6, 9, 12 or 15 digits, and a name.")
)

// AddPlace makes a place, or renames it.
func (s *Service) AddPlace(ctx context.Context, who access.Identity, p Place) error {
	if p.Name = strings.TrimSpace(p.Name); p.Name == "" || len(p.Name) > 150 || !placeForm.MatchString(p.Code) {
		return errPlace
	}
	if !who.Has(p.Code, access.Admin) {
		return access.ErrDenied
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		var before any // nil where the place is new
		old, err := placeIn(ctx, tx, p.Code)
		if err == nil {
			before = old
		} else if !errors.Is(err, access.ErrMissing) {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO place (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name", p.Code, p.Name); err != nil {
			return err
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "place.put", Subject: "place", SubjectID: p.Code, Place: p.Code, Before: before, After: p})
	})
}

// Create makes a unit. Its ID, Version and Aliases are given by the service;
// a Seq of 0 puts it last.
func (s *Service) Create(ctx context.Context, who access.Identity, u Unit) (Unit, error) {
	if err := check(&u); err != nil {
		return u, err
	}
	if !mayMake(who, u.Place) {
		return u, access.ErrDenied
	}
	u.ID, u.Version, u.Aliases = store.NewID(), 1, []string{}
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		if err := free(ctx, tx, u); err != nil {
			return err
		}
		if u.Seq == 0 {
			last, err := store.One[int](ctx, tx, store.SQL("SELECT coalesce(max(seq), 0) FROM unit WHERE place = ?", u.Place).Anywhere())
			if err != nil {
				return err
			}
			u.Seq = last + 10
		}
		if _, err := tx.Exec(ctx, `
			INSERT INTO unit (id, name, short, kind, place, seq, closed_at, version) VALUES (?, ?, ?, ?, ?, ?, '', 1)`,
			u.ID, u.Name, u.Short, u.Kind, u.Place, u.Seq); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "unit.create", u, nil, u)
	})
	return u, err
}

// free refuses a name that another working unit of the place has.
func free(ctx context.Context, tx *store.Tx, u Unit) error {
	n, err := store.One[int](ctx, tx, store.SQL(
		"SELECT count(*) FROM unit WHERE place = ? AND name = ? AND closed_at = '' AND id <> ?", u.Place, u.Name, u.ID).Anywhere())
	if err != nil {
		return err
	}
	if n > 0 {
		return errTaken.With("name", u.Name)
	}
	n, err = store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", u.Place).Anywhere())
	if err == nil && n == 0 {
		return errUnit
	}
	return err
}

func check(u *Unit) error {
	u.Name, u.Short = strings.TrimSpace(u.Name), strings.TrimSpace(u.Short)
	if u.Name == "" || len(u.Name) > 300 || len(u.Short) > 90 || !slices.Contains(Kinds, u.Kind) || u.Place == "" {
		return errUnit
	}
	return nil
}

// Update changes the name, short form, kind and order of a unit, or closes it.
func (s *Service) Update(ctx context.Context, who access.Identity, u Unit, closed bool) (Unit, error) {
	if err := check(&u); err != nil {
		return u, err
	}
	version := u.Version
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		before, err := store.One[Unit](ctx, tx, store.SQL(selectUnit+" WHERE id = ?", u.ID).Anywhere())
		if errors.Is(err, store.ErrNone) {
			return access.ErrMissing
		}
		if err != nil {
			return err
		}
		if !who.Has(before.Place, access.Admin, access.Clerk) {
			return access.ErrDenied
		}
		if before.Version != version {
			return access.ErrStale
		}
		u.Place = before.Place // the tree moves by redistricting, not by an edit
		if err := free(ctx, tx, u); err != nil {
			return err
		}
		end := ""
		if closed {
			end = store.Time(s.now())
		}
		u.Version = version + 1
		if _, err := tx.Exec(ctx, "UPDATE unit SET name = ?, short = ?, kind = ?, seq = ?, closed_at = ?, version = ? WHERE id = ?",
			u.Name, u.Short, u.Kind, u.Seq, end, u.Version, u.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "unit.update", u, before, u)
	})
	if u.Aliases == nil {
		u.Aliases = []string{}
	}
	return u, err
}

// Settle remembers, for the office of a place, which units a name means; no
// units forget it.
func (s *Service) Settle(ctx context.Context, who access.Identity, place, name string, ids []string) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error { return s.SettleIn(ctx, tx, who, place, name, ids) })
}

// SettleIn is Settle in the caller's transaction.
func (s *Service) SettleIn(ctx context.Context, tx *store.Tx, who access.Identity, place, name string, ids []string) error {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > 300 {
		return errAlias.With("name", name)
	}
	if !who.Has(place, access.Clerk, access.Admin) {
		return access.ErrDenied
	}
	if _, err := placeIn(ctx, tx, place); err != nil {
		return err
	}
	if _, err := s.Known(ctx, tx, place, ids); errors.Is(err, errUnknown) {
		return errAlias.With("name", name)
	} else if err != nil {
		return err
	}
	aliases, err := aliasesOf(ctx, tx, place)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM unit_alias WHERE place = ? AND name = ?", place, name); err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := tx.Exec(ctx, "INSERT INTO unit_alias (place, name, unit_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", place, name, id); err != nil {
			return err
		}
	}
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
		Verb: "unit.settle", Subject: "place", SubjectID: place, Place: place,
		Before: map[string]any{"name": name, "units": aliases[name]}, After: map[string]any{"name": name, "units": ids}})
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb string, u Unit, before, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
		Verb: verb, Subject: "unit", SubjectID: u.ID, Place: u.Place, Before: before, After: after})
}
