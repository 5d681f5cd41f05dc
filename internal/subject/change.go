package subject

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

// An Edit changes what is known of a subject.
type Edit struct {
	Values Values // those that change; "" empties
	// From is the day from which the new values hold; "" says that the old ones
	// were wrong, so that the new ones hold for the past as well.
	From   string
	Source string // what the new values are known from
	Place  string // "" stays
	Links  *Links // nil stays
	// Checked is the day on which it was seen to be so, "" for today.
	Checked string
}

// Change corrects a subject, or records that something about it has changed.
func (s *Service) Change(ctx context.Context, who access.Identity, id string, version int, e Edit) error {
	if e.Source = strings.TrimSpace(e.Source); utf8.RuneCountInString(e.Source) > 200 {
		e.Source = string([]rune(e.Source)[:200])
	}
	if e.From != "" {
		if d, err := calendar.Parse(e.From); err != nil || d.After(s.today()) {
			return errDay.With("field", "from")
		}
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.mine(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		values, err := s.normal(r.Kind, e.Values)
		if err != nil {
			return err
		}
		if r.Kind == Person {
			all, err := r.values(s.ring)
			if err != nil {
				return err
			}
			if err := agree(all, values, s.today()); err != nil {
				return err
			}
			if values["person.current_address"] != "" && r.Dwelling != "" && e.Links == nil {
				return errLiving.With("element", "person.current_address")
			}
		}
		if e.Place != "" && !who.Has(e.Place, access.Keeper) {
			return access.ErrDenied
		}
		if e.Place != "" {
			if err := s.CheckPlace(ctx, tx, e.Place); err != nil {
				return err
			}
		}
		if e.Links != nil {
			if err := s.checkLinks(ctx, tx, who, r.Links, *e.Links); err != nil {
				return err
			}
		}
		return s.update(ctx, tx, who, r, values, e)
	})
}

// mine returns a subject that somebody may change and that is still there.
func (s *Service) mine(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int) (row, error) {
	r, err := s.one(ctx, tx, who, id)
	switch {
	case err != nil:
		return r, err
	case version != 0 && r.Version != version:
		return r, access.ErrStale
	case r.Gone != "":
		return r, errGone
	}
	return r, nil
}

// linkElements are how links and the place stand in a change.
const (
	placeElement     = "subject.place"
	householdElement = "subject.household"
	dwellingElement  = "subject.dwelling"
	buildingElement  = "subject.building"
	ownerElement     = "subject.owner"
)

// update writes changed values that were checked, and keeps the old ones.
func (s *Service) update(ctx context.Context, tx *store.Tx, who access.Identity, r row, values Values, e Edit) error {
	all, err := r.values(s.ring)
	if err != nil {
		return err
	}
	diff := map[string][2]string{}
	put := func(element string, field *string, to string) {
		if *field != to {
			diff[element] = [2]string{*field, to}
			*field = to
		}
	}
	for el, v := range values {
		if old := all[el]; old != v {
			diff[el] = [2]string{old, v}
			all[el] = v
		}
	}
	if e.Place != "" && e.Place != r.Place {
		if len(e.Place) != 12 && len(e.Place) != 15 {
			return errPlace.With("field", "place")
		}
		put(placeElement, &r.Place, e.Place)
	}
	if e.Links != nil {
		to := e.Links.elements()
		for el, field := range r.Links.elements() {
			put(el, field, *to[el])
		}
	}
	r.Checked = max(r.Checked, cmp.Or(e.Checked, s.today().String()))
	if len(diff) == 0 {
		_, err := tx.Exec(ctx, "UPDATE subject SET checked = ?, version = version + 1 WHERE id = ?", r.Checked, r.ID)
		if err == nil {
			err = s.note(ctx, tx, who, "subject.check", &r, map[string]any{"source": e.Source})
		}
		return err
	}
	if err := s.isLatest(ctx, tx, &r, e.From, func(el string) bool { _, ok := diff[el]; return ok }); err != nil {
		return err
	}
	if n, ok := naming[r.Kind]; ok && all[n.element] == "" {
		return errName.With("what", fault.Words{Zh: n.zh, En: n.en}).With("element", n.element)
	}
	if err := s.free(ctx, tx, r.Kind, r.Place, all, r.ID); err != nil {
		return err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return err
	}
	if err := r.set(all, key, s.dict, s.ring); err != nil {
		return err
	}
	if err := s.save(ctx, tx, &r, all); err != nil {
		return err
	}
	if _, moved := diff[string(r.Kind)+".address"]; moved {
		if err := s.readdress(ctx, tx, &r); err != nil {
			return err
		}
	}
	if err := s.keep(ctx, tx, who, &r, e.From, e.Source, diff); err != nil {
		return err
	}
	names := make([]string, 0, len(diff))
	for el := range diff {
		names = append(names, el)
	}
	slices.Sort(names)
	verb := "subject.correct"
	if e.From != "" {
		verb = "subject.change"
	}
	if err := s.note(ctx, tx, who, verb, &r, map[string]any{"elements": names, "from": e.From, "source": e.Source}); err != nil {
		return err
	}
	if r.Kind != Person {
		return nil
	}
	if was, moved := diff[householdElement]; moved {
		if err := s.rename(ctx, tx, was[0]); err != nil {
			return err
		}
	}
	return s.rename(ctx, tx, r.Household)
}

func (s *Service) save(ctx context.Context, tx *store.Tx, r *row, all Values) error {
	if _, err := tx.Exec(ctx, `
		UPDATE subject SET place = ?, name = ?, sort = ?, code = ?, address = ?, birth = ?, sex = ?, state = ?, relation = ?,
			household_id = ?, dwelling_id = ?, building_id = ?, owner_id = ?, id_hash = ?, tags = ?, since = ?, until = ?, checked = ?,
			wrapped = ?, plain = ?, sealed = ?, gone = ?, merged_into = ?, updated_at = ?, version = version + 1 WHERE id = ?`,
		r.Place, r.Name, r.Sort, r.Code, r.Address, r.Birth, r.Sex, r.State, r.Relation, r.Household, r.Dwelling, r.Building, r.Owner,
		r.IDHash, r.Tags, r.Since, r.Until, r.Checked, r.Wrapped, r.Plain, r.Sealed, r.Gone, r.MergedInto, store.Time(s.now()), r.ID); err != nil {
		return err
	}
	if r.Gone != "" {
		return tx.DropWords(ctx, "subject", r.Seq)
	}
	return s.putWords(ctx, tx, r, all, false)
}

// lastChange is the last day from which one of some elements of a subject was
// recorded to have changed, "" where none was.
func (s *Service) lastChange(ctx context.Context, tx *store.Tx, r *row, after string, among func(element string) bool) (string, error) {
	later, err := store.All[changeRow](ctx, tx, store.SQL(selectChange+" WHERE subject_id = ? AND holds_from > ? ORDER BY holds_from DESC, id DESC", r.ID, after).Anywhere())
	if err != nil || len(later) == 0 {
		return "", err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return "", err
	}
	for _, c := range later {
		known, err := c.open(key)
		if err != nil {
			return "", err
		}
		for e := range known {
			if among(e) {
				return c.From, nil
			}
		}
	}
	return "", nil
}

// isLatest refuses what changed before something that is known already: today's
// value would be the older one.
func (s *Service) isLatest(ctx context.Context, tx *store.Tx, r *row, from string, among func(element string) bool) error {
	if from == "" {
		return nil
	}
	day, err := s.lastChange(ctx, tx, r, from, among)
	if err == nil && day != "" {
		return errLate.With("day", day).With("field", "from")
	}
	return err
}
