// Package intake brings the workbooks that an office already has into the base
// ledger. The columns of a sheet are recognised and can be corrected; a dry run
// says of every row what would become of it and what is wrong with it, before
// a row is written; good rows go in, bad ones come back as a workbook with the
// reasons. A run that was broken off goes on where it stopped, and the same
// file again changes nothing.
package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
)

var (
	errDay     = fault.New(fault.Invalid, "intake_day", "请填写数据截至日期，且不晚于今天", "Fill in the day of the data; it must not be later than today.")
	errColumns = fault.New(fault.Invalid, "intake_columns", "请至少指定{what}所在的列，且同一数据项只能对应一列", "Say which column holds the {what}; one element stands in one column only.")
	errState   = fault.New(fault.Conflict, "intake_state", "该文件已经导入完成，如需再次导入请重新上传", "This file has been imported. Upload it again to import it again.")
	errCheck   = fault.New(fault.Conflict, "intake_unchecked", "请先试运行检查，再正式导入", "Make a dry run first.")
	errKind    = fault.New(fault.Invalid, "intake_kind", "没有识别出这张表登记的是什么，请选择：人员、户、房屋、楼栋、单位或车辆", "What the rows are about was not recognised. Choose: people, households, dwellings, buildings, organisations or vehicles.")
)

// Limit is the size of the largest workbook.
const Limit = 60 << 20

// A Column is a column of the sheet.
type Column struct {
	Letter  string  `json:"letter"`
	Header  string  `json:"header"`
	Element string  `json:"element" doc:"empty where it is not imported"`
	Score   float64 `json:"score" doc:"0 to 1, how sure; 1 once a person has said so"`
	Sample  string  `json:"sample" doc:"a value of the column, masked"`
}

// A Tally says what became, or would become, of the rows.
type Tally struct {
	Rows    int `json:"rows"`
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Older   int `json:"older" doc:"nothing was changed, for the ledger knows what the rows say otherwise from a later day"`
	Bad     int `json:"bad"`
	Made    int `json:"made" doc:"buildings, dwellings and households made on the way"`
}

// An Intake is a workbook on its way into the ledger.
type Intake struct {
	ID       string               `db:"id" json:"id"`
	Place    string               `db:"place" json:"place"`
	Kind     subject.Kind         `db:"kind" json:"kind"`
	File     string               `db:"file_name" json:"file"`
	Hash     string               `db:"file_hash" json:"-"`
	Wrapped  string               `db:"wrapped" json:"-"`
	Sheet    string               `db:"sheet" json:"sheet"`
	FirstRow int                  `db:"first_row" json:"first_row"`
	Stored   store.JSON[[]Column] `db:"columns" json:"-"`
	Columns  []Column             `json:"columns" nullable:"false"`
	AsOf     string               `db:"as_of" json:"as_of"`
	Makes    bool                 `json:"makes"`
	MakesDB  int                  `db:"makes" json:"-"`
	State    string               `db:"state" json:"state" enum:"mapped,checked,running,done"`
	DoneRow  int                  `db:"done_row" json:"done_row"`
	TallyDB  store.JSON[Tally]    `db:"tally" json:"-"`
	Tally    Tally                `json:"tally"`
	MadeBy   string               `db:"made_by" json:"made_by"`
	MadeAt   store.Moment         `db:"made_at" json:"made_at"`
	Version  int                  `db:"version" json:"version"`
}

// A Guess is what a recogniser makes of a workbook: the sheet with rows to
// import, what a row is about, its columns, and where its rows begin.
type Guess struct {
	Sheet    string
	Kind     subject.Kind
	FirstRow int
	Columns  []Column
}

// A Recogniser looks at a workbook.
type Recogniser interface {
	Recognise(r io.ReaderAt, size int64) (Guess, error)
}

// A Service brings workbooks in.
type Service struct {
	db       *store.DB
	files    vault.Vault
	subjects *subject.Service
	eye      Recogniser
	mask     func(element, value string) string
	now      func() time.Time
}

// NewService returns the service.
func NewService(db *store.DB, files vault.Vault, subjects *subject.Service, eye Recogniser, mask func(element, value string) string, now func() time.Time) *Service {
	return &Service{db, files, subjects, eye, mask, now}
}

var zone = time.FixedZone("UTC+8", 8*60*60)

func (s *Service) today() calendar.Date { return calendar.Of(s.now().In(zone)) }

const selectIntake = `
	SELECT i.id, i.place, i.kind, i.file_name, i.file_hash, i.wrapped, i.sheet, i.first_row, i.columns, i.as_of, i.makes, i.state, i.done_row,
	       i.tally, i.made_by, i.made_at, i.version FROM intake i WHERE 1 = 1`

func scope(who access.Identity) store.Scope { return store.Scope{Places: who.Places(access.Keeper)} }

func (i *Intake) ref() vault.Ref { return vault.Ref{Hash: i.Hash, Wrapped: i.Wrapped} }

func (i *Intake) open() {
	i.Columns, i.Tally, i.Makes = i.Stored.V, i.TallyDB.V, i.MakesDB == 1
	if i.Columns == nil {
		i.Columns = []Column{}
	}
}

func (s *Service) one(ctx context.Context, src store.Source, who access.Identity, id string) (Intake, error) {
	i, err := store.One[Intake](ctx, src, store.SQL(selectIntake+" AND i.id = ?", id).In(scope(who), "i.place", ""))
	if errors.Is(err, store.ErrNone) {
		return i, access.ErrMissing
	}
	i.open()
	return i, err
}

// Get returns an intake.
func (s *Service) Get(ctx context.Context, who access.Identity, id string) (Intake, error) {
	return s.one(ctx, s.db, who, id)
}

// List returns the latest fifty.
func (s *Service) List(ctx context.Context, who access.Identity) ([]Intake, error) {
	list, err := store.All[Intake](ctx, s.db, store.SQL(selectIntake).InLevel(scope(who), "i.place", "").Add(" ORDER BY i.made_at DESC, i.id DESC LIMIT 50"))
	for n := range list {
		list[n].open()
	}
	return list, err
}

// Add takes a workbook, or a table as text, for a place and recognises its columns.
func (s *Service) Add(ctx context.Context, who access.Identity, place, name string, file io.Reader) (Intake, error) {
	if !who.Has(place, access.Keeper) {
		return Intake{}, access.ErrDenied
	}
	book, done, err := asWorkbook(file)
	if err != nil {
		return Intake{}, err
	}
	defer done()
	ref, err := s.files.Put(book, Limit)
	if err != nil {
		return Intake{}, err
	}
	f, err := s.files.Open(ref)
	if err != nil {
		return Intake{}, err
	}
	g, err := s.eye.Recognise(f, f.Size())
	if err != nil {
		return Intake{}, err
	}
	i := Intake{ID: store.NewID(), Place: place, Kind: g.Kind, File: name, Hash: ref.Hash, Wrapped: ref.Wrapped, Sheet: g.Sheet, FirstRow: g.FirstRow,
		Columns: g.Columns, AsOf: s.today().String(), State: "mapped", MadeBy: who.Name, MadeAt: store.At(s.now()), Version: 1}
	if err := s.samples(&i); err != nil {
		return Intake{}, err
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if err := s.subjects.CheckPlace(ctx, tx, place); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			INSERT INTO intake (id, place, kind, file_name, file_hash, wrapped, sheet, first_row, columns, as_of, makes, state, done_row, tally, made_by, made_at, version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'mapped', 0, '{}', ?, ?, 1)`,
			i.ID, i.Place, i.Kind, i.File, i.Hash, i.Wrapped, i.Sheet, i.FirstRow, store.JSON[[]Column]{V: i.Columns}, i.AsOf, i.MadeBy, i.MadeAt); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "intake.add", i, map[string]any{"file": name})
	})
	return i, err
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb string, i Intake, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: verb, Subject: "intake", SubjectID: i.ID, Place: i.Place, After: after})
}

// A Correction is what a person says of an intake.
type Correction struct {
	Kind    subject.Kind      `json:"kind" enum:"person,household,dwelling,building,organisation,vehicle"`
	Columns map[string]string `json:"columns" doc:"letter to element; empty leaves a column out"`
	AsOf    string            `json:"as_of" doc:"day of the data: changed values hold from it"`
	Makes   bool              `json:"makes" doc:"make buildings, dwellings and households that are not known yet"`
}

// Correct settles the columns; a dry run made before is void.
func (s *Service) Correct(ctx context.Context, who access.Identity, id string, version int, c Correction) (Intake, error) {
	var out Intake
	on, err := calendar.Parse(c.AsOf)
	if err != nil || on.After(s.today()) {
		return out, errDay
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		i, err := s.one(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case i.Version != version:
			return access.ErrStale
		case i.State == "running" || i.State == "done":
			return errState
		}
		seen := map[string]bool{}
		for n := range i.Columns {
			col := &i.Columns[n]
			if e, said := c.Columns[col.Letter]; said {
				col.Element, col.Score = e, 1
			}
			if col.Element != "" && seen[col.Element] {
				return errColumns.With("what", col.Header)
			}
			seen[col.Element] = true
		}
		i.Kind, i.AsOf, i.Makes, i.State, i.Tally = c.Kind, on.String(), c.Makes, "mapped", Tally{}
		if err := s.save(ctx, tx, &i); err != nil {
			return err
		}
		out = i
		return s.note(ctx, tx, who, "intake.correct", i, map[string]any{"kind": i.Kind, "columns": c.Columns})
	})
	return out, err
}

func (s *Service) save(ctx context.Context, tx *store.Tx, i *Intake) error {
	makes := 0
	if i.Makes {
		makes = 1
	}
	_, err := tx.Exec(ctx, `
		UPDATE intake SET kind = ?, columns = ?, as_of = ?, makes = ?, state = ?, done_row = ?, tally = ?, version = version + 1 WHERE id = ?`,
		i.Kind, store.JSON[[]Column]{V: i.Columns}, i.AsOf, makes, i.State, i.DoneRow, store.JSON[Tally]{V: i.Tally}, i.ID)
	i.Version++
	return err
}
