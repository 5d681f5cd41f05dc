package record

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/flow"
	"gewu/internal/journal"
	"gewu/internal/kind"
	"gewu/internal/store"
)

// An Entry is a record about to be entered.
type Entry struct {
	// ID is one of the caller's making, so that what is sent twice arrives once;
	// "" for a fresh one.
	ID     string
	Kind   string
	Place  string
	About  string // subject of the base ledger
	Values map[string]any
}

// Enter enters a record. What somebody has entered under an id already is
// returned as it is.
func (s *Service) Enter(ctx context.Context, who access.Identity, e Entry) (Record, error) {
	days, err := s.calendar(ctx)
	if err != nil {
		return Record{}, err
	}
	var out Record
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if e.ID != "" {
			before, err := store.One[Record](ctx, tx, store.SQL("SELECT "+columns+" FROM record r WHERE r.id = ?", e.ID).Anywhere())
			switch {
			case err == nil && before.ByID == who.ID:
				out = before
				return nil
			case err == nil:
				return errTaken
			case !errors.Is(err, store.ErrNone):
				return err
			}
		}
		k, n, err := s.Kind(ctx, tx, e.Kind, 0)
		if err != nil {
			return err
		}
		if err := s.mayEnter(ctx, tx, who, e.Place); err != nil {
			return err
		}
		if err := s.checkAbout(ctx, tx, k, e.About); err != nil {
			return err
		}
		id := e.ID
		if id == "" {
			id = store.NewID()
		}
		r := Record{ID: id, Kind: k.ID, KindNo: n, Place: e.Place, About: e.About, Opened: store.At(s.now()), Changed: store.At(s.now()),
			By: who.Name, ByID: who.ID, Unit: who.Unit, Version: 1}
		if len(k.States) > 0 {
			r.State = k.States[0].ID
		}
		v := k.Presets(ctx, s.facts(&r))
		if err := s.take(ctx, k, &r, v, e.Values, nil); err != nil {
			return err
		}
		if r.Number, err = s.number(ctx, tx, k, e.Place); err != nil {
			return err
		}
		m := flow.Machine{Kind: k}
		if len(k.States) > 0 {
			to, err := s.holders(ctx, tx, &r, nil, v, k.States[0].Who)
			if err != nil {
				return err
			}
			if r.Life.V, err = m.Start(s.actor(who), s.now(), to); err != nil {
				return err
			}
		}
		r.times(m, days, s.today())
		if err := s.set(k, &r, v); err != nil {
			return err
		}
		if _, err := tx.Insert(ctx, "seq", `
			INSERT INTO record (id, kind, kind_version, number, place, title, state, about_id, opened_at, changed_at, closed_at, step_due, due, law_due,
				entered_by, entered_by_id, entered_unit, doc, sealed, wrapped, life, version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
			r.ID, r.Kind, r.KindNo, r.Number, r.Place, r.Title, r.State, r.About, r.Opened, r.Changed, r.Closed, r.StepDue, r.Due, r.LawDue,
			r.By, r.ByID, r.Unit, r.Doc, r.Sealed, r.Wrapped, r.Life); err != nil {
			return err
		}
		if err := s.turns(ctx, tx, &r); err != nil {
			return err
		}
		out = r
		return s.note(ctx, tx, who, "record.enter", &r, map[string]any{"kind": r.Kind, "fields": fieldsOf(e.Values)})
	})
	return out, err
}

// take brings what somebody has entered into the values of a record and judges
// the whole. Of a nil ask everything may be entered and is asked for.
func (s *Service) take(ctx context.Context, k *kind.Kind, r *Record, v kind.Values, in map[string]any, ask []string) error {
	clean, faults := k.Clean(in, s.codes)
	for id, x := range clean {
		f, _ := k.Field(id)
		text, isText := x.(string)
		switch {
		case f == nil:
		case x == nil:
			delete(v, id)
		case f.Element != "" && isText:
			n, err := s.elements.Normal(f.Element, text)
			if wrong := fault.Of(err); wrong != nil {
				faults = append(faults, kind.Fault{Field: id, Code: wrong.Code, Zh: wrong.Sentence("zh"), En: wrong.Sentence("en")})
			} else if err != nil {
				return err
			}
			v[id] = n
		default:
			v[id] = x
		}
	}
	judged, err := k.Judge(ctx, v, s.facts(r), ask)
	if err != nil {
		return err
	}
	if faults = append(faults, judged...); len(faults) > 0 {
		return Wrong(faults)
	}
	r.Title = title(k, v)
	return nil
}

// Wrong are the faults of what somebody has entered.
type Wrong []kind.Fault

func (w Wrong) Error() string { return fmt.Sprintf("%d fields are wrong: %v", len(w), []kind.Fault(w)) }

// Unwrap is the sentence for the whole.
func (w Wrong) Unwrap() error { return errValues.With("n", len(w)) }

func (s *Service) facts(r *Record) kind.Facts {
	return kind.Facts{Today: s.today(), Opened: calendar.Of(r.Opened.Time().In(zone)), Place: r.Place, State: r.State, Number: r.Number, EnteredBy: r.ByID}
}

// mayEnter lets those enter a record for a place who work there, or for an
// office above it.
func (s *Service) mayEnter(ctx context.Context, tx *store.Tx, who access.Identity, place string) error {
	if len(place) < 9 {
		return errPlace.With("field", "place")
	}
	n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", place).Anywhere())
	switch {
	case err != nil:
		return err
	case n == 0:
		return errPlace.With("field", "place")
	case who.Has(place, access.Clerk), who.Is(access.Staff) && who.Place != "" && strings.HasPrefix(place, who.Place):
		return nil
	}
	return access.ErrDenied
}

// checkAbout refuses a subject of another kind, or of none.
func (s *Service) checkAbout(ctx context.Context, tx *store.Tx, k *kind.Kind, about string) error {
	if about == "" {
		return nil
	}
	of, err := store.All[string](ctx, tx, store.SQL("SELECT kind FROM subject WHERE id = ? AND gone = ''", about).Anywhere())
	if err != nil {
		return err
	}
	for _, a := range k.About {
		if len(of) == 1 && of[0] == string(a) {
			return nil
		}
	}
	return errAbout.With("field", "about")
}

var marks = regexp.MustCompile(`\{(year|month|day|place|n)(?::([1-9]))?\}`)

// number is the next number of a kind in a street and year.
func (s *Service) number(ctx context.Context, tx *store.Tx, k *kind.Kind, place string) (string, error) {
	if k.Number == "" {
		return "", nil
	}
	year, month, day := s.today().Date()
	street := place[:9]
	n, err := store.One[int](ctx, tx, store.SQL(`INSERT INTO record_count (kind, street, year, n) VALUES (?, ?, ?, 1)
		ON CONFLICT (kind, street, year) DO UPDATE SET n = record_count.n + 1 RETURNING n`, k.ID, street, year).Anywhere())
	if err != nil {
		return "", err
	}
	return marks.ReplaceAllStringFunc(k.Number, func(m string) string {
		part := marks.FindStringSubmatch(m)
		switch part[1] {
		case "year":
			return strconv.Itoa(year)
		case "month":
			return fmt.Sprintf("%02d", month)
		case "day":
			return fmt.Sprintf("%02d", day)
		case "place":
			return place
		}
		width, _ := strconv.Atoi(part[2]) // none is 0
		return fmt.Sprintf("%0*d", width, n)
	}), nil
}

func fieldsOf(v map[string]any) []string {
	out := make([]string, 0, len(v))
	for id := range v {
		out = append(out, id)
	}
	return sorted(out)
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb string, r *Record, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: verb, Subject: "record", SubjectID: r.ID, Place: r.Place, After: after})
}

// reason is what somebody gives as one.
func reason(words string, needed bool) (string, error) {
	words = strings.TrimSpace(words)
	if n := utf8.RuneCountInString(words); n > 500 || needed && n == 0 {
		return "", errNote.With("field", "note")
	}
	return words, nil
}
