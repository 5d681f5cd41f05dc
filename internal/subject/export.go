package subject

import (
	"context"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// NoteExport writes down that what is known of some subjects was taken out:
// one event for each, so that everybody's page shows it, and the digest.
func (s *Service) NoteExport(ctx context.Context, tx *store.Tx, who access.Identity, facts []Facts, elements []string, purpose string) error {
	for _, f := range facts {
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

// Known tells where a subject's value of an element came from: the last change
// of it, or the first entry.
func (s *Service) Known(ctx context.Context, who access.Identity, id, element string) (Provenance, error) {
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return Provenance{}, err
	}
	if r.Gone == "erased" {
		return Provenance{}, access.ErrMissing
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
