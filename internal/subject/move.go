package subject

import (
	"context"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

var errMove = fault.New(fault.Invalid, "subject_move", "只能把人员迁到户、把户迁到房屋、把房屋和单位归到楼栋、把车辆和房屋归到人员、户或单位", "People move to households, households to dwellings; dwellings and organisations belong to buildings, vehicles and dwellings to people, households or organisations.")

// A Motion is where a subject goes.
type Motion struct {
	To     string // the subject to which it belongs from then on
	Day    string
	Source string
	// Relation is a person's to the head of the household that they join; what
	// they were to the head of the old one does not hold there.
	Relation string
}

// Move records that a subject belongs somewhere else from a day on: a person to
// another household, a household to another dwelling with those members who
// live there, a dwelling or organisation to another building, a vehicle or
// dwelling to another owner. What moves goes to the place of where it moves;
// what is owned stays where it is.
func (s *Service) Move(ctx context.Context, who access.Identity, id string, version int, m Motion) error {
	on, err := calendar.Parse(m.Day)
	if err != nil || on.After(s.today()) {
		return errDay.With("field", "day")
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.mine(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		t, err := s.mine(ctx, tx, who, m.To, 0)
		if err != nil {
			return err
		}
		if err := r.since(on.String()); err != nil {
			return err
		}
		links, ok := r.at(&t)
		if !ok {
			return errMove
		}
		e := Edit{From: on.String(), Source: strings.TrimSpace(m.Source), Links: &links}
		if r.Kind != Vehicle && links.Owner == r.Owner && !strings.HasPrefix(r.Place, t.Place) {
			e.Place = t.Place
		}
		values := Values{}
		if r.Kind == Person && links.Household != r.Household {
			if values, err = s.normal(Person, Values{"person.relation_to_head": m.Relation}); err != nil {
				return err
			}
		}
		home := r.Dwelling
		if err := s.update(ctx, tx, who, r, values, e); err != nil || r.Kind != Household {
			return err
		}
		members, err := s.membersOf(ctx, tx, who, r.ID)
		if err != nil {
			return err
		}
		for _, m := range members {
			if m.Dwelling != "" && m.Dwelling != home {
				continue // who lives elsewhere stays there
			}
			own := m.Links
			own.Dwelling = links.Dwelling
			e := e
			e.Links, e.Place = &own, ""
			if !strings.HasPrefix(m.Place, t.Place) {
				e.Place = t.Place
			}
			// Who joined the household later lives there from then on.
			joined, err := s.lastChange(ctx, tx, &m, e.From, isLink)
			if err != nil {
				return err
			}
			e.From = max(e.From, joined)
			if err := s.update(ctx, tx, who, m, nil, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// at are the links of a subject that belongs to another; false where it cannot.
func (r *row) at(t *row) (Links, bool) {
	l := r.Links
	switch {
	case r.Kind == Person && t.Kind == Household:
		l.Household, l.Dwelling = t.ID, t.Dwelling
	case r.Kind == Household && t.Kind == Dwelling:
		l.Dwelling = t.ID
	case (r.Kind == Dwelling || r.Kind == Organisation) && t.Kind == Building:
		l.Building = t.ID
	case (r.Kind == Vehicle || r.Kind == Dwelling) && (t.Kind == Person || t.Kind == Household || t.Kind == Organisation):
		l.Owner = t.ID
	default:
		return l, false
	}
	return l, true
}
