// Package holiday keeps the calendar of working days as it stands: the years
// that come with the program and those that an administrator has entered from
// the State Council's yearly notice.
package holiday

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"sync/atomic"
	"time"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Service keeps the calendar.
type Service struct {
	db      *store.DB
	now     func() time.Time
	builtin *calendar.Calendar
	current atomic.Pointer[calendar.Calendar] // nil until read, and after a change
	read    atomic.Int64                      // when current was read, Unix seconds
}

// fresh is how long a calendar is used before the store is asked again: another
// server on the same database may have got a year.
const fresh = 60

// NewService returns the service.
func NewService(db *store.DB, now func() time.Time) (*Service, error) {
	c, err := calendar.Load()
	return &Service{db: db, now: now, builtin: c}, err
}

// Calendar returns the calendar with every year that is known.
func (s *Service) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	if c := s.current.Load(); c != nil && s.now().Unix()-s.read.Load() < fresh {
		return c, nil
	}
	rows, err := store.All[string](ctx, s.db, store.SQL("SELECT data FROM holiday_year ORDER BY year").Anywhere())
	if err != nil {
		return nil, err
	}
	years := make([]calendar.Year, 0, len(rows))
	for _, r := range rows {
		y, err := calendar.ParseYear(bytes.NewReader([]byte(r)))
		if err != nil {
			return nil, err
		}
		years = append(years, y)
	}
	c, err := s.builtin.With(years...)
	if err != nil {
		return nil, err
	}
	s.current.Store(c)
	s.read.Store(s.now().Unix())
	return c, nil
}

// Put enters a year, or replaces what was entered for it.
func (s *Service) Put(ctx context.Context, who access.Identity, y calendar.Year) error {
	if !who.Is(access.Admin) {
		return access.ErrDenied
	}
	before, err := s.Calendar(ctx)
	if err != nil {
		return err
	}
	if _, err := before.With(y); err != nil { // not sound
		return err
	}
	data, err := json.Marshal(y)
	if err != nil {
		return err
	}
	old, _ := before.Year(y.Year) // the zero year where there is none
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `
			INSERT INTO holiday_year (year, data, version) VALUES (?, ?, 1)
			ON CONFLICT (year) DO UPDATE SET data = excluded.data, version = holiday_year.version + 1`, y.Year, string(data)); err != nil {
			return err
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "holiday.put", Subject: "holiday", SubjectID: strconv.Itoa(y.Year), Place: who.Place, Before: old, After: y})
	})
	s.current.Store(nil)
	return err
}
