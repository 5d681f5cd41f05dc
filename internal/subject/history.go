package subject

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"gewu/calendar"
	"gewu/internal/seal"
	"gewu/internal/store"
)

// A Moment says as of when the ledger is wanted.
type Moment struct {
	// On is the day whose state is wanted, "" for today's.
	On string
	// Known is the time whose knowledge is wanted: what was recorded later is
	// not taken into account. "" is now.
	Known store.Moment
}

func (m Moment) past() bool { return m != (Moment{}) }

// AsOf is the moment of a day, the zero Moment for today and ""; recorded leaves
// out what was entered or corrected after it.
func (s *Service) AsOf(day string, recorded bool) Moment {
	if day == s.today().String() {
		day = ""
	}
	m := Moment{On: day}
	if d, err := calendar.Parse(day); err == nil && recorded {
		y, month, n := d.Date()
		m.Known = store.At(time.Date(y, month, n+1, 0, 0, 0, 0, zone).Add(-time.Millisecond))
	}
	return m
}

type changeRow struct {
	ID      int64        `db:"id"`
	Subject string       `db:"subject_id"`
	At      store.Moment `db:"at"`
	From    string       `db:"holds_from"`
	Actor   string       `db:"actor"`
	Source  string       `db:"source"`
	Doc     string       `db:"doc"`
}

const selectChange = "SELECT id, subject_id, at, holds_from, actor, source, doc FROM subject_change"

func (c changeRow) open(key seal.Key) (map[string][2]string, error) {
	doc, err := key.Open(c.Doc, "change "+c.Subject)
	if err != nil {
		return nil, err
	}
	var diff map[string][2]string
	return diff, json.Unmarshal(doc, &diff)
}

// changes returns what was changed of subjects, newest first.
func (s *Service) changes(ctx context.Context, ids []string) (map[string][]changeRow, error) {
	out := map[string][]changeRow{}
	for chunk := range slices.Chunk(ids, 500) {
		list, args := store.List(chunk)
		rows, err := store.All[changeRow](ctx, s.db, store.SQL(selectChange+" WHERE subject_id IN "+list+" ORDER BY subject_id, id DESC", args...).Anywhere())
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			out[c.Subject] = append(out[c.Subject], c)
		}
	}
	return out, nil
}

// undone tells whether a change is not part of what is wanted.
func (m Moment) undone(c changeRow) bool {
	return m.Known != "" && c.At > m.Known || m.On != "" && c.From > m.On
}

// there tells whether a subject was there at a moment.
func (m Moment) there(r *row) bool {
	if m.Known != "" && r.Created > m.Known {
		return false
	}
	if m.On == "" {
		return r.Gone == "" || m.Known != "" && r.Updated > m.Known
	}
	if r.Kind == Person && r.Birth > m.On {
		return false // not born yet
	}
	return r.Gone != "merged" && r.Gone != "erased" && r.Since <= m.On && (r.Until == "" || r.Until > m.On)
}

// then puts rows back to what they were at a moment and returns the values of
// each.
func (s *Service) then(ctx context.Context, rows []row, m Moment) ([]Values, error) {
	var later map[string][]changeRow
	if m.past() {
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i] = rows[i].ID
		}
		var err error
		if later, err = s.changes(ctx, ids); err != nil {
			return nil, err
		}
	}
	out := make([]Values, len(rows))
	for i := range rows {
		r := &rows[i]
		if r.Gone == "erased" || r.Wrapped == "" {
			out[i] = Values{}
			continue
		}
		v, err := s.at(r, m, later[r.ID])
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, s.follow(ctx, rows, later)
}

// follow lets rows that were put back belong to the records with which those
// they belonged to have been made one since.
func (s *Service) follow(ctx context.Context, rows []row, later map[string][]changeRow) error {
	for range 8 { // one that was merged may have been merged again
		var ids []string
		for i := range rows {
			if len(later[rows[i].ID]) > 0 {
				for _, to := range rows[i].Links.elements() {
					ids = append(ids, *to)
				}
			}
		}
		into := map[string]string{}
		for chunk := range slices.Chunk(distinct(ids), batch) {
			list, args := store.List(chunk)
			merged, err := store.All[struct {
				ID   string `db:"id"`
				Into string `db:"merged_into"`
			}](ctx, s.db, store.SQL("SELECT id, merged_into FROM subject WHERE gone = 'merged' AND id IN "+list, args...).Anywhere())
			if err != nil {
				return err
			}
			for _, m := range merged {
				into[m.ID] = m.Into
			}
		}
		if len(into) == 0 {
			return nil
		}
		for i := range rows {
			for _, to := range rows[i].Links.elements() {
				*to = cmp.Or(into[*to], *to)
			}
		}
	}
	return nil
}

// at puts a subject back to what it was at a moment: what changed later is
// undone, newest first. A correction holds for the past as well; it is undone
// only where the knowledge of an earlier time is wanted.
func (s *Service) at(r *row, m Moment, later []changeRow) (Values, error) {
	all, err := r.values(s.ring)
	if err != nil || len(later) == 0 {
		return all, err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return nil, err
	}
	for _, c := range later {
		if !m.undone(c) {
			continue
		}
		diff, err := c.open(key)
		if err != nil {
			return nil, err
		}
		for e, v := range diff {
			switch e {
			case placeElement:
				r.Place = v[0]
			case householdElement, dwellingElement, buildingElement, ownerElement:
				*r.Links.elements()[e] = v[0]
			case untilElement:
				r.Until, r.Gone = v[0], ""
				if v[0] != "" {
					r.Gone = "left"
				}
			default:
				all[e] = v[0]
			}
		}
	}
	for _, e := range columnElements[r.Kind] {
		*r.column(e) = all[e]
	}
	r.Tags = tags(all)
	return all, nil
}
