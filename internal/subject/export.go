package subject

import (
	"cmp"
	"context"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// NoteExport writes down that what is known of some subjects was taken out:
// one event for each, so that everybody's page shows it, and the digest.
func (s *Service) NoteExport(ctx context.Context, tx *store.Tx, who access.Identity, facts []Facts, elements []string, purpose string) error {
	noted := map[string]bool{}
	for _, f := range facts {
		if noted[f.ID] {
			continue
		}
		noted[f.ID] = true
		if err := journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: "subject.export", Subject: "subject", SubjectID: f.ID, Place: f.Place,
			After: map[string]any{"elements": elements, "purpose": purpose}}); err != nil {
			return err
		}
	}
	return nil
}

// A Provenance says where a value came from.
type Provenance struct {
	Name    string
	Source  string
	At      store.Moment
	Checked string
}

// toldBy are the elements from which others follow, where those are not told by
// somebody: age by birth, what is said of a head by what is known of them.
var toldBy = map[string]string{"person.age": "person.birth_date", "household.head_name": "person.name", "household.head_id_number": "person.id_number",
	"household.head_phone": "person.phone", "dwelling.vacant": "dwelling.occupancy", "dwelling.rented": "dwelling.occupancy"}

// Known tells where a subject's value of an element came from, be it known of
// the subject itself or of the household, dwelling or building around it: the
// last change of it, or the first entry.
func (s *Service) Known(ctx context.Context, who access.Identity, id, element string) (Provenance, error) {
	f, err := s.About(ctx, who, id, Moment{})
	if err != nil {
		return Provenance{}, err
	}
	// Where somebody lives is told by their dwelling, unless they told otherwise.
	if home := cmp.Or(f.Values["dwelling.address"], f.Values["household.address"]); (element == "person.current_address" || element == "household.address") && f.Values[element] == home {
		element = "household.address"
		if f.Values["dwelling.address"] == home {
			element = "dwelling.address"
		}
	}
	if around := f.telling(element); around != "" {
		id = around
	}
	element = cmp.Or(toldBy[element], element)
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return Provenance{}, err
	}
	p := Provenance{Name: r.Name, Source: r.Source, At: r.Created, Checked: r.Checked}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return p, err
	}
	rows, err := store.All[changeRow](ctx, s.db, store.SQL(selectChange+" WHERE subject_id = ? ORDER BY id DESC LIMIT 200", id).Anywhere())
	if err != nil {
		return p, err
	}
	for _, c := range rows {
		diff, err := c.open(key)
		if err != nil {
			return p, err
		}
		if _, ok := diff[element]; ok {
			p.Source, p.At = c.Source, c.At
			return p, nil
		}
	}
	return p, nil
}

// telling is the subject that tells an element, "" for the one itself.
func (f Facts) telling(element string) string {
	switch kind := KindOf(element); {
	case OfHead(element):
		return f.Head
	case kind == f.Kind:
		return ""
	case kind == Household:
		return f.Household
	case kind == Dwelling:
		return f.Dwelling
	case kind == Building:
		return f.Building
	}
	return ""
}
