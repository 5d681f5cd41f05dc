package fill

import (
	"context"
	"errors"
	"iter"

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
		about, err := s.subjects.Get(ctx, who, f.About, s.subjects.AsOf(f.AsOf))
		if err != nil {
			yield(table.Entry{}, err)
			return
		}
		members := map[string]bool{}
		for _, m := range about.Members {
			members[m.ID] = true
		}
		f.AgeMin, f.AgeMax, f.Only = 0, 0, "" // those hold for whom the form is about
		err = s.each(ctx, who, f, subject.Person, func(x subject.Facts) error {
			if members[x.ID] && !yield(s.entry(x, t, p), nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(table.Entry{}, err)
		}
	}
}
