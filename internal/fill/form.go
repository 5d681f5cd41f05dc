package fill

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"

	"gewu/internal/access"
	"gewu/internal/subject"
	"gewu/table"
)

func hasForm(m table.Mapping) bool {
	for _, sheet := range m.Sheets {
		for _, t := range sheet.Tables {
			if t.Kind == table.Form {
				return true
			}
		}
	}
	return false
}

// beside yields the records of a list that belongs to a form: the other people
// of the household or dwelling that the form is about. A list of anything else
// stays empty, for nothing says which of a whole street would belong to it.
func (s *Service) beside(ctx context.Context, who access.Identity, f Fill, t table.Table, p *product) iter.Seq2[table.Entry, error] {
	if f.About == "" {
		return func(yield func(table.Entry, error) bool) { yield(table.Entry{}, errForm) }
	}
	if subject.Kind(t.Kind) != subject.Person {
		return none
	}
	return func(yield func(table.Entry, error) bool) {
		about, err := s.subjects.About(ctx, who, f.About, s.subjects.AsOf(f.AsOf, f.Recorded))
		if err != nil {
			yield(table.Entry{}, err)
			return
		}
		with := subject.Links{Household: about.Household}
		if about.Kind == subject.Dwelling {
			with = subject.Links{Dwelling: about.ID}
		}
		if with == (subject.Links{}) {
			return
		}
		err = s.subjects.Each(ctx, who, subject.Person, subject.Filter{Place: f.Within, Links: with, As: s.subjects.AsOf(f.AsOf, f.Recorded)}, func(x subject.Facts) error {
			if x.ID != f.About && !yield(s.entry(x, t, p), nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(table.Entry{}, err)
		}
	}
}

// about yields the one subject that a form is about, where it is of the kind
// and in the place that the form is filled for.
func (s *Service) about(ctx context.Context, who access.Identity, f Fill, t table.Table, kind subject.Kind, p *product) iter.Seq2[table.Entry, error] {
	return func(yield func(table.Entry, error) bool) {
		m := s.subjects.AsOf(f.AsOf, f.Recorded)
		x, err := s.subjects.About(ctx, who, f.About, m)
		if err != nil {
			yield(table.Entry{}, err)
			return
		}
		if x.Kind != kind || !strings.HasPrefix(x.Place, f.Within) {
			yield(table.Entry{}, errForm)
			return
		}
		if kind == subject.Building {
			counts, err := s.subjects.CountBuildings(ctx, who, f.Within, []string{x.ID}, m)
			if err != nil {
				yield(table.Entry{}, err)
				return
			}
			for e, n := range counts[x.ID] {
				x.Values[e] = strconv.Itoa(n)
			}
		}
		yield(s.entry(x, t, p), nil)
	}
}
