package duty

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// A Service keeps the lists of offices.
type Service struct {
	db  *store.DB
	now func() time.Time

	mu      sync.Mutex
	indexes map[string]cached // by place; an index is dear to build and read at each import
}

type cached struct {
	stamp int64 // the event that wrote the list
	index *Index
}

// NewService returns the service.
func NewService(db *store.DB, now func() time.Time) *Service {
	return &Service{db: db, now: now, indexes: make(map[string]cached)}
}

type itemRow struct {
	ID  string           `db:"id"`
	Doc store.JSON[Item] `db:"doc"`
}

// A Filter chooses items.
type Filter struct {
	Class Class
	Word  string
}

// Items returns the list of the office of a place, in its order.
func (s *Service) Items(ctx context.Context, who access.Identity, place string, f Filter) ([]Item, error) {
	if !sees(who, place) {
		return nil, access.ErrMissing
	}
	items, err := items(ctx, s.db, place)
	if err != nil {
		return nil, err
	}
	// A list has some hundred items: choosing here is one way for both engines.
	return slices.DeleteFunc(items, func(i Item) bool {
		return f.Class != "" && i.Class != f.Class ||
			f.Word != "" && !strings.Contains(i.Name+" "+i.Category+" "+i.HigherUnit+" "+i.TakenBackBy, f.Word)
	}), nil
}

// sees: the list of an office is known to those who work at or below it and to
// those who look after it from above.
func sees(who access.Identity, place string) bool {
	return strings.HasPrefix(who.Place, place) || who.Has(place, access.Roles...)
}

func items(ctx context.Context, src store.Source, place string) ([]Item, error) {
	rows, err := store.All[itemRow](ctx, src, store.SQL("SELECT id, doc FROM duty_item WHERE place = ? ORDER BY seq LIMIT 5000", place).Anywhere())
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.Doc.V
		out[i].ID = r.ID
	}
	return out, err
}

// Item returns one item of the list of the office of a place.
func (s *Service) Item(ctx context.Context, place, id string) (Item, error) {
	r, err := store.One[itemRow](ctx, s.db, store.SQL("SELECT id, doc FROM duty_item WHERE id = ? AND place = ?", id, place).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return Item{}, access.ErrMissing
	}
	r.Doc.V.ID = r.ID
	return r.Doc.V, err
}

// Index returns the index for matching tasks to the list of an office, nil if
// it has none.
func (s *Service) Index(ctx context.Context, place string) (*Index, error) {
	// Asked before the items: what is cached may be newer than its stamp, never
	// older. Another server on the same database may have written the list.
	stamp, err := store.One[int64](ctx, s.db, store.SQL(
		"SELECT coalesce(max(id), 0) FROM event WHERE subject = 'place' AND subject_id = ? AND verb = 'duty.import'", place).Anywhere())
	if err != nil || stamp == 0 {
		return nil, err
	}
	s.mu.Lock()
	c, ok := s.indexes[place]
	s.mu.Unlock()
	if ok && c.stamp == stamp {
		return c.index, nil
	}
	list, err := items(ctx, s.db, place)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	c = cached{stamp, NewIndex(list)}
	s.mu.Lock()
	s.indexes[place] = c
	s.mu.Unlock()
	return c.index, nil
}

// An Import is what came of reading a list in.
type Import struct {
	Items  []Item
	Faults []Fault
	Saved  bool
}

// Import reads a list from a workbook. A dry run writes nothing. Rows with
// faults are left out and named; the others replace the office's list.
func (s *Service) Import(ctx context.Context, who access.Identity, place string, workbook []byte, dry bool) (Import, error) {
	if !who.Has(place, access.Clerk, access.Admin) {
		return Import{}, access.ErrDenied
	}
	list, faults, err := ReadXLSX(bytes.NewReader(workbook))
	if err != nil {
		return Import{}, err
	}
	in := Import{Items: list, Faults: faults}
	if dry {
		return in, nil
	}
	in.Saved = true
	return in, s.Replace(ctx, who, place, list)
}

// Replace puts a new list in place of the office's. Items that keep class and
// name keep their ids, so that decisions made by them still point somewhere.
func (s *Service) Replace(ctx context.Context, who access.Identity, place string, list []Item) error {
	if !who.Has(place, access.Clerk, access.Admin) {
		return access.ErrDenied
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", place).Anywhere())
		if err != nil {
			return err
		}
		if n == 0 {
			return access.ErrMissing
		}
		old, err := items(ctx, tx, place)
		if err != nil {
			return err
		}
		ids := make(map[string]string, len(old))
		for _, i := range old {
			ids[string(i.Class)+i.Name] = i.ID
		}
		if _, err := tx.Exec(ctx, "DELETE FROM duty_item WHERE place = ?", place); err != nil {
			return err
		}
		for n, i := range list {
			key := string(i.Class) + i.Name
			i.ID = ids[key]
			delete(ids, key)
			if i.ID == "" {
				i.ID = store.NewID()
			}
			if _, err := tx.Exec(ctx, "INSERT INTO duty_item (id, place, seq, no, class, category, name, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				i.ID, place, n, i.No, i.Class, i.Category, i.Name, store.JSON[Item]{V: i}); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "duty.import", Subject: "place", SubjectID: place, Place: place,
			Before: map[string]any{"items": len(old)}, After: map[string]any{"items": len(list)}})
	})
}
