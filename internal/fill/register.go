package fill

import (
	"context"
	"io"
	"strings"
	"time"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

// Answer lets a large table out, or refuses it. It is somebody else's word than
// that of who filled it; a refusal says why.
func (s *Service) Answer(ctx context.Context, who access.Identity, id string, version int, yes bool, why string) error {
	if why = strings.TrimSpace(why); why == "" && !yes {
		return errRefusal
	}
	drop := ""
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		drop = ""
		f, err := s.one(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case !who.Has(f.Place, access.Leader):
			return access.ErrDenied
		case f.RanByID == who.ID:
			return errSelf
		case f.Version != version:
			return access.ErrStale
		case f.State != "waiting":
			return errState
		}
		f.State, f.Answered, f.Refusal = "refused", who.Name, why
		if yes {
			f.State, f.Refusal = "filled", ""
			rows, err := store.All[string](ctx, tx, store.SQL("SELECT DISTINCT subject_id FROM fill_row WHERE fill_id = ?", f.ID).Anywhere())
			if err != nil {
				return err
			}
			elements, err := store.All[string](ctx, tx, store.SQL("SELECT element FROM fill_element WHERE fill_id = ? ORDER BY element", f.ID).Anywhere())
			if err != nil {
				return err
			}
			var facts []subject.Facts
			for _, r := range rows {
				facts = append(facts, subject.Facts{ID: r, Place: f.Within})
			}
			// The export is that of who asked for it.
			asked := access.Identity{ID: f.RanByID, Name: f.RanBy, Origin: who.Origin}
			if err := s.subjects.NoteExport(ctx, tx, asked, facts, elements, f.Purpose); err != nil {
				return err
			}
		} else {
			drop, f.Out, f.OutKey = f.Out, "", ""
		}
		if err := s.save(ctx, tx, &f); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "fill.answer", f, map[string]any{"yes": yes, "why": f.Refusal})
	})
	if err == nil && drop != "" {
		err = s.vault.Drop(drop)
	}
	return err
}

// Download returns a filled table and its name.
func (s *Service) Download(ctx context.Context, who access.Identity, id string) (io.Reader, string, error) {
	f, err := s.one(ctx, s.db, who, id)
	switch {
	case err != nil:
		return nil, "", err
	case !who.Has(f.Place, access.Keeper):
		return nil, "", access.ErrDenied
	case f.State != "filled":
		return nil, "", errState
	}
	r, err := s.vault.Open(vault.Ref{Hash: f.Out, Wrapped: f.OutKey})
	if err != nil {
		return nil, "", err
	}
	// Who takes the file may be somebody else than who filled it.
	err = s.db.Tx(ctx, func(tx *store.Tx) error { return s.note(ctx, tx, who, "fill.download", f, nil) })
	return r, f.File, err
}

// An Origin says where a cell of a filled table came from.
type Origin struct {
	Element string       `json:"element"`
	Subject string       `json:"subject" doc:"empty for a count"`
	Name    string       `json:"name"`
	Source  string       `json:"source" doc:"what the value is known from"`
	At      store.Moment `json:"at" doc:"when it was recorded"`
	Checked string       `json:"checked" doc:"day on which the record was last confirmed"`
}

// Where tells where a cell came from; ok is false where the program did not
// fill it.
func (s *Service) Where(ctx context.Context, who access.Identity, id, sheet, cell string) (o Origin, ok bool, err error) {
	f, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return o, false, err
	}
	if !who.Has(f.Place, access.Keeper) {
		return o, false, access.ErrDenied
	}
	row, letter, ok := table.SplitCell(cell)
	if !ok {
		return o, false, nil
	}
	if o.Element = formElement(f.Mapping, sheet, cell); o.Element != "" {
		return s.known(ctx, who, f.About, o)
	}
	type whose struct {
		Area    string `db:"area"`
		Subject string `db:"subject_id"`
	}
	// Tables that stand side by side have rows in common.
	rows, err := store.All[whose](ctx, s.db, store.SQL("SELECT area, subject_id FROM fill_row WHERE fill_id = ? AND sheet = ? AND row_no = ? AND col_no = 0 ORDER BY area", id, sheet, row).Anywhere())
	if err != nil {
		return o, false, err
	}
	about := ""
	for _, w := range rows {
		if e := columnElement(f.Mapping, sheet, w.Area, letter); e != "" {
			o.Element, about = e, w.Subject
		}
	}
	if o.Element == "" {
		return o, false, nil
	}
	if place, ok := strings.CutPrefix(about, "place:"); ok {
		o.Name, o.At = place, f.FilledAt
		return o, true, nil
	}
	return s.known(ctx, who, about, o)
}

// known adds what is known of a subject's value.
func (s *Service) known(ctx context.Context, who access.Identity, id string, o Origin) (Origin, bool, error) {
	k, err := s.subjects.Known(ctx, who, id, o.Element)
	if err != nil {
		return o, false, err
	}
	o.Subject, o.Name, o.Source, o.At, o.Checked = id, k.Name, k.Source, k.At, k.Checked
	return o, true, nil
}

// columnElement is what a column of the table in an area of the template asks
// for, "" for nothing.
func columnElement(m table.Mapping, sheet, area, letter string) string {
	for _, sh := range m.Sheets {
		for _, t := range sh.Tables {
			if sh.Name != sheet || t.Range != area {
				continue
			}
			for _, c := range t.Columns {
				if c.Letter == letter && c.Element != "" {
					return c.Element
				}
			}
		}
	}
	return ""
}

// formElement is what a cell of a form asks for, "" where it is in none.
func formElement(m table.Mapping, sheet, cell string) string {
	for _, sh := range m.Sheets {
		for _, t := range sh.Tables {
			for _, c := range t.Columns {
				if sh.Name == sheet && t.Kind == table.Form && c.Cell == cell {
					return c.Element
				}
			}
		}
	}
	return ""
}

// Reported says when an element of a table was last reported by this office,
// and to whom.
type Reported struct {
	Element string       `db:"element" json:"element"`
	Title   string       `db:"title" json:"title"`
	Sender  string       `db:"sender" json:"sender"`
	At      store.Moment `db:"filled_at" json:"at"`
	Times   int          `db:"times" json:"times" doc:"in the last twelve months"`
}

// reported says of a table that it was let out; while it is corrected to be
// filled again, what was reported stays so.
const reported = "f.out_hash <> '' AND f.state IN ('filled', 'mapped')"

// Already returns, for each element that a table asks for, when it was last
// reported in the twelve months before.
func (s *Service) Already(ctx context.Context, who access.Identity, id string) ([]Reported, error) {
	f, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var elements []string
	for _, sh := range f.Mapping.Sheets {
		for _, t := range sh.Tables {
			for _, c := range t.Columns {
				if c.Element != "" && c.Element != "row.number" && !seen[c.Element] {
					seen[c.Element] = true
					elements = append(elements, c.Element)
				}
			}
		}
	}
	list, args := store.List(elements)
	since := store.Time(s.now().AddDate(-1, 0, 0))
	return store.All[Reported](ctx, s.db, store.SQL(`
		SELECT x.element, x.title, x.sender, x.filled_at, x.times FROM (
			SELECT e.element, f.title, f.sender, f.filled_at, count(*) OVER (PARTITION BY e.element) AS times,
			       row_number() OVER (PARTITION BY e.element ORDER BY f.filled_at DESC, f.id DESC) AS n
			FROM fill_element e JOIN fill f ON f.id = e.fill_id
			WHERE e.element IN `+list+" AND f.id <> ? AND "+reported+" AND substr(f.place, 1, 9) = ? AND f.filled_at >= ?",
		append(args, f.ID, street(f.Place), since)...).In(scope(who), "f.place", "").Add(") x WHERE x.n = 1 ORDER BY x.element"))
}

// A Burden is what the tables of a sender cost in a month.
type Burden struct {
	Month   string `db:"month" json:"month"`
	Sender  string `db:"sender" json:"sender"`
	Tables  int    `db:"tables" json:"tables"`
	Cells   int    `db:"cells" json:"cells"`
	Machine int    `db:"machine" json:"machine"`
	Minutes int    `db:"minutes" json:"minutes"`
}

// Burdens sums up the tables that were filled in a year, by month and sender.
func (s *Service) Burdens(ctx context.Context, who access.Identity, year int) ([]Burden, error) {
	from, to := time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone)
	type line struct {
		At      store.Moment `db:"filled_at"`
		Sender  string       `db:"sender"`
		Cells   int          `db:"cells"`
		Machine int          `db:"machine"`
		Minutes int          `db:"minutes"`
	}
	rows, err := store.All[line](ctx, s.db, store.SQL("SELECT f.filled_at, f.sender, f.cells, f.machine, f.minutes FROM fill f WHERE "+reported+" AND f.filled_at >= ? AND f.filled_at < ?",
		store.Time(from), store.Time(to)).In(scope(who), "f.place", "").Add(" ORDER BY f.filled_at, f.id LIMIT 100000"))
	if err != nil {
		return nil, err
	}
	out := []Burden{}
	index := map[[2]string]int{}
	for _, r := range rows {
		k := [2]string{r.At.Time().In(zone).Format("2006-01"), r.Sender}
		i, ok := index[k]
		if !ok {
			i = len(out)
			index[k] = i
			out = append(out, Burden{Month: k[0], Sender: k[1]})
		}
		b := &out[i]
		b.Tables++
		b.Cells += r.Cells
		b.Machine += r.Machine
		b.Minutes += r.Minutes
	}
	return out, nil
}

// retention is how long blank and filled tables are kept.
const retention = 400 * 24 * time.Hour

// Forget drops tables that are older than a year and a month.
func (s *Service) Forget(ctx context.Context) error {
	for {
		old, err := store.All[Fill](ctx, s.db, store.SQL("SELECT "+columns+" FROM fill f WHERE f.made_at < ? AND (f.blank_key <> '' OR f.out_key <> '')", store.Time(s.now().Add(-retention))).
			Anywhere().Add(" ORDER BY f.made_at LIMIT 200"))
		if err != nil || len(old) == 0 {
			return err
		}
		err = s.db.Tx(ctx, func(tx *store.Tx) error {
			for _, f := range old {
				if _, err := tx.Exec(ctx, "UPDATE fill SET blank_key = '', out_key = '' WHERE id = ?", f.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, f := range old {
			if err := s.vault.Drop(f.Blank, f.Out); err != nil {
				return err
			}
		}
	}
}
