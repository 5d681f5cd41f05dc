package intake

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"gewu/code"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
	"gewu/internal/subject"
)

// together is how many rows are written in one transaction.
const together = 300

// atOnce is how many faulty rows of a dry run are written together.
const atOnce = 1000

// Check makes a dry run: nothing is written but what was found.
func (s *Service) Check(ctx context.Context, who access.Identity, id string, version int) (Intake, error) {
	i, err := s.one(ctx, s.db, who, id)
	switch {
	case err != nil:
		return i, err
	case i.Version != version:
		return i, access.ErrStale
	case i.State == "running" || i.State == "done":
		return i, errState
	}
	if err := complete(i); err != nil {
		return i, err
	}
	r, err := s.reader(ctx, &i, s.subjects.Look(who), true)
	if err != nil {
		return i, err
	}
	if err := s.db.Tx(ctx, func(tx *store.Tx) error { return s.dropFaults(ctx, tx, id) }); err != nil {
		return i, err
	}
	found := map[int][]Fault{}
	flush := func() error {
		err := s.db.Tx(ctx, func(tx *store.Tx) error {
			for n, faults := range found {
				if err := s.keep(ctx, tx, id, n, faults); err != nil {
					return err
				}
			}
			return nil
		})
		clear(found)
		return err
	}
	err = s.each(i, func(n int, cells []string, system code.DateSystem) error {
		o, faults, err := r.plan(ctx, n, cells, system)
		if err != nil {
			return err
		}
		r.count(o)
		if len(faults) > 0 {
			found[n] = faults
		}
		if len(found) == atOnce {
			if err := flush(); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return i, err
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		now, err := s.one(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if now.Version != version {
			return access.ErrStale
		}
		now.State, now.Tally = "checked", r.tally
		if err := s.save(ctx, tx, &now); err != nil {
			return err
		}
		i = now
		return s.note(ctx, tx, who, "intake.check", i, r.tally)
	})
	return i, err
}

func (r *reader) count(o outcome) {
	r.tally.Rows++
	switch o {
	case isNew:
		r.tally.New++
	case isChanged:
		r.tally.Changed++
	case isSame:
		r.tally.Same++
	case isOlder:
		r.tally.Older++
	case isBad:
		r.tally.Bad++
	}
}

func (s *Service) keep(ctx context.Context, tx *store.Tx, id string, n int, faults []Fault) error {
	_, err := tx.Exec(ctx, "INSERT INTO intake_fault (intake_id, row_no, faults) VALUES (?, ?, ?) ON CONFLICT (intake_id, row_no) DO UPDATE SET faults = excluded.faults",
		id, n, store.JSON[[]Fault]{V: faults})
	return err
}

func (s *Service) dropFaults(ctx context.Context, tx *store.Tx, id string) error {
	_, err := tx.Exec(ctx, "DELETE FROM intake_fault WHERE intake_id = ?", id)
	return err
}

// needed is what a row cannot go in without.
var needed = map[subject.Kind]fault.Words{
	subject.Person: {Zh: "姓名", En: "name"}, subject.Household: {Zh: "户号", En: "number of the household"}, subject.Dwelling: {Zh: "房号", En: "room number"},
	subject.Building: {Zh: "楼栋", En: "building"}, subject.Organisation: {Zh: "单位名称", En: "name of the organisation"}, subject.Vehicle: {Zh: "号牌号码", En: "number plate"}}

// complete refuses an intake whose rows nobody could enter.
func complete(i Intake) error {
	if i.Kind == "" {
		return errKind
	}
	name, ok := subject.Naming(i.Kind)
	if !ok {
		name = "household.number"
	}
	for _, c := range i.Columns {
		if c.Element == name || i.Kind == subject.Household && strings.HasPrefix(c.Element, "dwelling.") {
			return nil
		}
	}
	return errColumns.With("what", needed[i.Kind])
}

func (s *Service) each(i Intake, f func(n int, cells []string, system code.DateSystem) error) error {
	file, err := s.files.Open(i.ref())
	if err != nil {
		return err
	}
	return rows(file, i.Sheet, i.FirstRow, f)
}

type line struct {
	n      int
	cells  []string
	system code.DateSystem
}

// Run brings the good rows in, some hundred in a transaction with the number
// of the last one, so that a run which was broken off goes on behind it.
func (s *Service) Run(ctx context.Context, who access.Identity, id string, version int) (Intake, error) {
	i, err := s.one(ctx, s.db, who, id)
	switch {
	case err != nil:
		return i, err
	case i.Version != version:
		return i, access.ErrStale
	case i.State == "done":
		return i, errState
	case i.State == "mapped":
		return i, errCheck
	}
	if i.State == "checked" {
		i.Tally, i.DoneRow, i.State = Tally{}, 0, "running"
	}
	r, err := s.reader(ctx, &i, s.subjects.Look(who), false)
	if err != nil {
		return i, err
	}
	var chunk []line
	flush := func(last bool) error {
		if len(chunk) == 0 && !last {
			return nil
		}
		lines := chunk
		chunk = chunk[:0]
		return s.write(ctx, who, &i, r, lines, last)
	}
	err = s.each(i, func(n int, cells []string, system code.DateSystem) error {
		if n <= i.DoneRow {
			return nil
		}
		chunk = append(chunk, line{n, append([]string(nil), cells...), system})
		if len(chunk) < together {
			return nil
		}
		return flush(false)
	})
	if err == nil {
		err = flush(true)
	}
	return i, err
}

func (s *Service) write(ctx context.Context, who access.Identity, i *Intake, r *reader, lines []line, last bool) error {
	var after Intake
	var entered int64
	err := s.subjects.Write(ctx, who, func(b *subject.Batch, tx *store.Tx) error {
		after = *i
		now, err := s.one(ctx, tx, who, i.ID)
		if err != nil {
			return err
		}
		if now.Version != i.Version {
			return access.ErrStale // somebody else runs it
		}
		if now.State == "checked" { // what the dry run found need not hold any more
			if err := s.dropFaults(ctx, tx, i.ID); err != nil {
				return err
			}
		}
		r.Intake, r.b, r.tally = &after, b, after.Tally
		r.seen.drop()
		r.made.drop()
		if last, err := b.Last(ctx); err != nil {
			return err
		} else if last != r.last { // somebody else enters people at the same time
			clear(r.none)
		}
		for _, l := range lines {
			o, faults, err := r.plan(ctx, l.n, l.cells, l.system)
			if err != nil {
				return err
			}
			r.count(o)
			if len(faults) > 0 {
				if err := s.keep(ctx, tx, i.ID, l.n, faults); err != nil {
					return err
				}
			}
			after.DoneRow = l.n
		}
		after.Tally = r.tally
		if last {
			after.State = "done"
			if err := s.note(ctx, tx, who, "intake.run", after, r.tally); err != nil {
				return err
			}
		}
		if err := s.save(ctx, tx, &after); err != nil {
			return err
		}
		entered, err = b.Last(ctx)
		return err
	})
	if err == nil {
		*i, r.last = after, entered
		r.seen.keep()
		r.made.keep()
	}
	return err
}

// Faults returns the faulty rows behind a row, at most 200.
func (s *Service) Faults(ctx context.Context, who access.Identity, id string, after int) ([]RowFaults, error) {
	if _, err := s.one(ctx, s.db, who, id); err != nil {
		return nil, err
	}
	rows, err := store.All[RowFaults](ctx, s.db, store.SQL("SELECT row_no, faults FROM intake_fault WHERE intake_id = ? AND row_no > ? ORDER BY row_no LIMIT 200", id, after).Anywhere())
	for n := range rows {
		rows[n].Faults = rows[n].Stored.V
	}
	return rows, err
}

// RowFaults is what is wrong with a row.
type RowFaults struct {
	Row    int                 `db:"row_no" json:"row"`
	Stored store.JSON[[]Fault] `db:"faults" json:"-"`
	Faults []Fault             `json:"faults" nullable:"false"`
}

// Bad writes a workbook of the bad rows as they were, with the reasons in a
// last column, to be corrected and sent again.
func (s *Service) Bad(ctx context.Context, who access.Identity, id, lang string, w io.Writer) error {
	i, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return err
	}
	var bad []RowFaults // of the rows that are still to come, in their order
	over := false
	next := func(n int) ([]Fault, error) {
		for !over {
			for len(bad) > 0 && bad[0].Row < n {
				bad = bad[1:]
			}
			if len(bad) > 0 {
				if bad[0].Row == n {
					return bad[0].Faults, nil
				}
				return nil, nil
			}
			var err error
			if bad, err = s.Faults(ctx, who, id, n-1); err != nil {
				return nil, err
			}
			over = len(bad) == 0
		}
		return nil, nil
	}
	x := excelize.NewFile()
	defer x.Close()
	sw, err := x.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	reason := "退回原因"
	if lang == "en" {
		reason = "Reason"
	}
	width := 0
	for _, c := range i.Columns {
		n, err := excelize.ColumnNameToNumber(c.Letter)
		if err == nil {
			width = max(width, n)
		}
	}
	head := make([]any, width+1)
	for _, c := range i.Columns {
		n, _ := excelize.ColumnNameToNumber(c.Letter)
		_, name, found := strings.Cut(c.Header, "/")
		if !found {
			name = c.Header
		}
		head[n-1] = name
	}
	head[width] = reason
	if err := sw.SetRow("A1", head); err != nil {
		return err
	}
	at := 2
	err = s.each(i, func(n int, cells []string, _ code.DateSystem) error {
		faults, err := next(n)
		if err != nil || len(faults) == 0 {
			return err
		}
		row := make([]any, width+1)
		for c := range row[:width] {
			if c < len(cells) {
				row[c] = cells[c]
			}
		}
		var why []string
		for _, f := range faults {
			text := f.Zh
			if lang == "en" {
				text = f.En
			}
			if f.Letter != "" {
				text = f.Letter + ": " + text
			}
			why = append(why, text)
		}
		row[width] = strings.Join(why, "\n")
		name, _ := excelize.CoordinatesToCellName(1, at)
		at++
		return sw.SetRow(name, row)
	})
	if err != nil {
		return err
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	if err := s.db.Tx(ctx, func(tx *store.Tx) error { return s.note(ctx, tx, who, "intake.bad_rows", i, nil) }); err != nil {
		return err
	}
	return x.Write(w)
}

// retention is how long an uploaded workbook is kept.
const retention = 30 * 24 * time.Hour

// Forget drops workbooks that were uploaded long ago, their keys, and the
// samples that were taken out of them.
func (s *Service) Forget(ctx context.Context) error {
	for {
		old, err := store.All[Intake](ctx, s.db, store.SQL(selectIntake+" AND i.wrapped <> '' AND i.made_at < ?", store.Time(s.now().Add(-retention))).Anywhere().Add(" ORDER BY i.made_at LIMIT 200"))
		if err != nil || len(old) == 0 {
			return err
		}
		err = s.db.Tx(ctx, func(tx *store.Tx) error {
			for _, i := range old {
				i.open()
				for n := range i.Columns {
					i.Columns[n].Sample = ""
				}
				if _, err := tx.Exec(ctx, "UPDATE intake SET wrapped = '', columns = ? WHERE id = ?", store.JSON[[]Column]{V: i.Columns}, i.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, i := range old {
			if err := s.files.Drop(i.Hash); err != nil {
				return err
			}
		}
	}
}
