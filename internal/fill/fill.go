// Package fill fills the blank tables that departments send from the base
// ledger (一表通): it maps a template, lets a clerk correct the mapping once,
// fills it for a place as of a day, keeps a register of what was reported to
// whom, and counts what tables cost.
package fill

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

var (
	errPurpose = fault.New(fault.Invalid, "fill_purpose", "请写明填报用途（4 至 100 字），系统将留痕备查", "State what the table is for (4 to 100 characters); it is kept on record.")
	errDay     = fault.New(fault.Invalid, "fill_day", "数据截至日期有误，或晚于今天", "The day as of which is wrong or later than today.")
	errColumn  = fault.New(fault.Invalid, "fill_column", "没有这一列，或该数据项不存在，请重新选择", "There is no such column or element. Choose again.")
	errWithin  = fault.New(fault.Invalid, "fill_place", "填报范围不在您的管理范围内，请重新选择", "The place to fill for is outside your area. Choose again.")
	errForm    = fault.New(fault.Invalid, "fill_form", "这是单个对象的登记表，请选择为谁填写", "This is a form about one subject. Choose whom it is about.")
	errState   = fault.New(fault.Conflict, "fill_state", "该表当前状态不能这样办理，请刷新后查看", "The table is not in a state for this. Reload to see how it stands.")
	errSelf    = fault.New(fault.Denied, "fill_self", "较大数量的敏感信息导出须由他人审批，不能自己审批", "A large export of sensitive data is approved by somebody else, not by who asked for it.")
	errRefusal = fault.New(fault.Invalid, "fill_refusal", "请写明不同意的理由", "Say why it is not let out.")
)

// limit is the size of the largest template.
const limit = 20 << 20

// Large is how many people's sealed values one person may take out alone.
const Large = 500

// A Fill is a table that was sent, and how it stands.
type Fill struct {
	ID       string                    `db:"id" json:"id"`
	Place    string                    `db:"place" json:"place"`
	Title    string                    `db:"title" json:"title"`
	Sender   string                    `db:"sender" json:"sender"`
	Due      string                    `db:"due" json:"due"`
	File     string                    `db:"file_name" json:"file"`
	Blank    string                    `db:"blank_hash" json:"-"`
	BlankKey string                    `db:"blank_key" json:"-"`
	Print    string                    `db:"print" json:"-"`
	Stored   store.JSON[table.Mapping] `db:"mapping" json:"-"`
	Mapping  table.Mapping             `json:"mapping"`
	Known    int                       `db:"known" json:"-"`
	Seen     bool                      `json:"seen" doc:"this template was corrected before"`
	Within   string                    `db:"within" json:"within" doc:"whose rows: a place code"`
	AsOf     string                    `db:"as_of" json:"as_of"`
	Recorded bool                      `json:"recorded" doc:"as it was recorded on that day: what was entered or corrected later is left out"`
	RecordDB int                       `db:"recorded" json:"-"`
	AgeMin   int                       `db:"age_min" json:"age_min"`
	AgeMax   int                       `db:"age_max" json:"age_max" doc:"0 for no limit"`
	Only     string                    `db:"narrowed" json:"only" enum:",rented,vacant,alone,disabled,aid,enterprise,shop,registered,migrant" doc:"which of the subjects, empty for all"`
	About    string                    `db:"about" json:"about" doc:"of a form: the subject that it is about"`
	State    string                    `db:"state" json:"state" enum:"mapped,waiting,refused,filled"`
	Purpose  string                    `db:"purpose" json:"purpose"`
	Answered string                    `db:"answered_by" json:"answered_by"`
	Refusal  string                    `db:"refusal" json:"refusal" doc:"why it was not let out"`
	Out      string                    `db:"out_hash" json:"-"`
	OutKey   string                    `db:"out_key" json:"-"`
	ReportDB store.JSON[Report]        `db:"report" json:"-"`
	Report   Report                    `json:"report"`
	Cells    int                       `db:"cells" json:"cells"`
	Machine  int                       `db:"machine" json:"machine" doc:"cells that were filled by machine"`
	Minutes  int                       `db:"minutes" json:"minutes" doc:"that people spent on it"`
	MadeBy   string                    `db:"made_by" json:"made_by"`
	MadeByID string                    `db:"made_by_id" json:"-"`
	RanBy    string                    `db:"ran_by" json:"ran_by" doc:"who had it filled"`
	RanByID  string                    `db:"ran_by_id" json:"-"`
	MadeAt   store.Moment              `db:"made_at" json:"made_at"`
	FilledAt store.Moment              `db:"filled_at" json:"filled_at"`
	Version  int                       `db:"version" json:"version"`
}

// A Report says what was filled and what was left.
type Report struct {
	Rows  int           `json:"rows"`
	Empty []table.Empty `json:"empty" nullable:"false"`
}

// A Service fills tables.
type Service struct {
	db       *store.DB
	vault    vault.Vault
	subjects *subject.Service
	elements subject.Elements
	mapper   *table.Mapper
	now      func() time.Time
}

// NewService returns the service.
func NewService(db *store.DB, v vault.Vault, subjects *subject.Service, elements subject.Elements, now func() time.Time) *Service {
	return &Service{db, v, subjects, elements, table.NewMapper(elements.Dictionary().Core()), now}
}

var zone = time.FixedZone("UTC+8", 8*60*60)

func (s *Service) today() calendar.Date { return calendar.Of(s.now().In(zone)) }

const columns = `f.id, f.place, f.title, f.sender, f.due, f.file_name, f.blank_hash, f.blank_key, f.print, f.mapping, f.known, f.within, f.as_of, f.recorded,
	f.age_min, f.age_max, f.narrowed, f.about, f.state, f.purpose, f.answered_by, f.refusal, f.out_hash, f.out_key, f.report, f.cells, f.machine, f.minutes, f.made_by,
	f.made_by_id, f.ran_by, f.ran_by_id, f.made_at, f.filled_at, f.version`

// scope is whose tables somebody may see: keepers fill them, leaders let large
// ones out.
func scope(who access.Identity) store.Scope {
	return store.Scope{Places: who.Places(access.Keeper, access.Leader)}
}

func (f *Fill) open() {
	f.Mapping, f.Report, f.Seen = f.Stored.V, f.ReportDB.V, f.Known == 1
	f.Recorded = f.RecordDB == 1
	if f.Mapping.Sheets == nil {
		f.Mapping.Sheets = []table.Sheet{}
	}
	if f.Report.Empty == nil {
		f.Report.Empty = []table.Empty{}
	}
}

func (s *Service) one(ctx context.Context, src store.Source, who access.Identity, id string) (Fill, error) {
	f, err := store.One[Fill](ctx, src, store.SQL("SELECT "+columns+" FROM fill f WHERE f.id = ?", id).In(scope(who), "f.place", ""))
	if errors.Is(err, store.ErrNone) {
		return f, access.ErrMissing
	}
	f.open()
	return f, err
}

// Get returns a table.
func (s *Service) Get(ctx context.Context, who access.Identity, id string) (Fill, error) {
	return s.one(ctx, s.db, who, id)
}

// List returns tables, the latest first, before a moment and id where the page
// before ended; their mappings and what was left empty are left out.
func (s *Service) List(ctx context.Context, who access.Identity, state, cursor string) ([]Fill, string, error) {
	at, id, _ := strings.Cut(cursor, " ")
	list, err := store.All[Fill](ctx, s.db, store.SQL("SELECT "+strings.Replace(columns, "f.mapping", "'' AS mapping", 1)+" FROM fill f WHERE 1 = 1").
		If(state != "", " AND f.state = ?", state).If(cursor != "", " AND (f.made_at, f.id) < (?, ?)", at, id).
		InLevel(scope(who), "f.place", "").Add(" ORDER BY f.made_at DESC, f.id DESC LIMIT 51"))
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) > 50 {
		list = list[:50]
		next = string(list[49].MadeAt) + " " + list[49].ID
	}
	for n := range list {
		list[n].ReportDB.V.Empty = nil
		list[n].open()
	}
	return list, next, nil
}

// Add takes a template for the office of a place and maps it. A template that
// was corrected before comes with its corrections.
func (s *Service) Add(ctx context.Context, who access.Identity, place, name string, file io.Reader) (Fill, error) {
	if !who.Has(place, access.Keeper) {
		return Fill{}, access.ErrDenied
	}
	ref, err := s.vault.Put(file, limit)
	if err != nil {
		return Fill{}, err
	}
	blank, err := s.vault.Open(ref)
	if err != nil {
		return Fill{}, err
	}
	wb, err := table.Read(blank, blank.Size())
	if err != nil {
		return Fill{}, err
	}
	f := Fill{ID: store.NewID(), Place: place, File: name, Blank: ref.Hash, BlankKey: ref.Wrapped, Mapping: s.mapper.Map(wb),
		Within: place, AsOf: s.today().String(), State: "mapped", MadeBy: who.Name, MadeByID: who.ID, MadeAt: store.At(s.now()), Version: 1}
	f.Print = fingerprint(f.Mapping)
	if err := s.propose(ctx, who, &f); err != nil {
		return Fill{}, err
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if err := s.subjects.CheckPlace(ctx, tx, place); err != nil {
			return err
		}
		known, err := store.One[store.JSON[table.Mapping]](ctx, tx, store.SQL("SELECT mapping FROM fill_known WHERE street = ? AND print = ?", street(place), f.Print).Anywhere())
		switch {
		case err == nil:
			f.Mapping, f.Known = known.V, 1
		case !errors.Is(err, store.ErrNone):
			return err
		}
		f.Stored.V = f.Mapping
		if _, err := tx.Exec(ctx, `
			INSERT INTO fill (id, place, title, sender, due, file_name, blank_hash, blank_key, print, mapping, known, within, as_of, age_min, age_max, narrowed, about,
				state, purpose, answered_by, out_hash, out_key, report, cells, machine, minutes, made_by, made_by_id, made_at, filled_at, version)
			VALUES (?, ?, ?, '', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 'mapped', '', '', '', '', '{}', 0, 0, 0, ?, ?, ?, '', 1)`,
			f.ID, f.Place, f.Title, f.File, f.Blank, f.BlankKey, f.Print, f.Stored, f.Known, f.Within, f.AsOf, f.AgeMin, f.AgeMax, f.Only, f.MadeBy, f.MadeByID, f.MadeAt); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "fill.add", f, map[string]any{"file": name, "title": f.Title})
	})
	f.open()
	return f, err
}

func street(place string) string { return place[:min(len(place), 9)] }

// propose takes title and scope from what the mapping found.
func (s *Service) propose(ctx context.Context, who access.Identity, f *Fill) error {
	for _, sheet := range f.Mapping.Sheets {
		for _, t := range sheet.Tables {
			if f.Title == "" {
				f.Title = t.Title
			}
			if t.Scope.AsOf != "" && t.Scope.AsOf <= f.AsOf {
				f.AsOf = t.Scope.AsOf
			}
			if t.Scope.AgeMin != nil {
				f.AgeMin = *t.Scope.AgeMin
			}
			if t.Scope.AgeMax != nil {
				f.AgeMax = *t.Scope.AgeMax
			}
			code, err := s.placeOf(ctx, who, f.Place, t.Scope.Place)
			if err != nil {
				return err
			}
			f.Within = cmp.Or(code, f.Within)
		}
	}
	if f.Title == "" {
		f.Title = strings.TrimSuffix(f.File, ".xlsx")
	}
	f.Only = narrowed(f.Title)
	return nil
}

// fingerprint is the same for the same template: it leaves out what was
// recognised and keeps what the sender wrote.
func fingerprint(m table.Mapping) string {
	type column struct{ At, Header string }
	var all []any
	for _, sheet := range m.Sheets {
		for _, t := range sheet.Tables {
			var cs []column
			for _, c := range append(append([]table.Column{}, t.Columns...), t.Lines...) {
				cs = append(cs, column{c.Letter + c.Cell + string(rune(c.Row)), c.Header})
			}
			all = append(all, sheet.Name, t.Range, t.HeaderRows, cs)
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:16])
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb string, f Fill, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: verb, Subject: "fill", SubjectID: f.ID, Place: f.Place, After: after})
}

// A Settled column is what a person says that a column asks for.
type Settled struct {
	Sheet   string `json:"sheet"`
	Table   int    `json:"table" doc:"number of the table on its sheet, from 0"`
	At      string `json:"at" doc:"letter, row or cell of the column"`
	Element string `json:"element" doc:"empty for none"`
	Format  string `json:"format,omitempty" doc:"left out, it stays"`
}

// A Correction is what a person says of a table.
type Correction struct {
	Title    string    `json:"title" maxLength:"200"`
	Sender   string    `json:"sender" maxLength:"100"`
	Due      string    `json:"due" maxLength:"10"`
	Within   string    `json:"within" maxLength:"15"`
	AsOf     string    `json:"as_of" maxLength:"10"`
	Recorded bool      `json:"recorded,omitempty" doc:"as it was recorded on that day"`
	AgeMin   int       `json:"age_min" minimum:"0" maximum:"150"`
	AgeMax   int       `json:"age_max" minimum:"0" maximum:"150"`
	Only     string    `json:"only,omitempty" enum:",rented,vacant,alone,disabled,aid,enterprise,shop,registered,migrant"`
	About    string    `json:"about,omitempty" maxLength:"40"`
	Columns  []Settled `json:"columns" nullable:"false" maxItems:"2000"`
	Rows     []Rows    `json:"rows,omitempty" maxItems:"200"`
}

// Rows are what a person says that the rows of a table are about, or what a
// form is about.
type Rows struct {
	Sheet string     `json:"sheet"`
	Table int        `json:"table" doc:"number of the table on its sheet, from 0"`
	Kind  table.Kind `json:"kind" enum:"person,household,dwelling,building,organisation,vehicle,place"`
}

// Correct settles a table. What was said of its columns is remembered for the
// same template.
func (s *Service) Correct(ctx context.Context, who access.Identity, id string, version int, c Correction) (Fill, error) {
	var out Fill
	on, err := calendar.Parse(c.AsOf)
	if err != nil || on.After(s.today()) {
		return out, errDay
	}
	if c.Due != "" {
		if _, err := calendar.Parse(c.Due); err != nil {
			return out, errDay
		}
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		f, err := s.mine(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		// Whoever keeps the office's ledger may take its filled tables, so they hold
		// the office's area at most.
		if !who.Has(c.Within, access.Keeper) || !strings.HasPrefix(c.Within, f.Place) {
			return errWithin
		}
		for _, x := range c.Columns {
			if !s.settle(&f.Mapping, x) {
				return errColumn
			}
		}
		for _, x := range c.Rows {
			if !settleRows(&f.Mapping, x) {
				return errColumn
			}
		}
		f.Title, f.Sender, f.Due, f.Within, f.AsOf, f.Recorded, f.AgeMin, f.AgeMax, f.Only, f.About = strings.TrimSpace(c.Title), strings.TrimSpace(c.Sender), c.Due, c.Within, on.String(), c.Recorded, c.AgeMin, c.AgeMax, c.Only, c.About
		if f.State == "waiting" {
			f.Out, f.OutKey = "", "" // nobody has had it
		}
		f.State, f.Answered, f.Refusal = "mapped", "", ""
		if len(c.Columns)+len(c.Rows) > 0 {
			f.Known = 1
			if _, err := tx.Exec(ctx, `INSERT INTO fill_known (street, print, mapping) VALUES (?, ?, ?) ON CONFLICT (street, print) DO UPDATE SET mapping = excluded.mapping`,
				street(f.Place), f.Print, store.JSON[table.Mapping]{V: f.Mapping}); err != nil {
				return err
			}
		}
		if err := s.save(ctx, tx, &f); err != nil {
			return err
		}
		f.open()
		out = f
		return s.note(ctx, tx, who, "fill.correct", f, map[string]any{"columns": c.Columns, "rows": c.Rows, "within": c.Within, "as_of": c.AsOf, "recorded": c.Recorded})
	})
	return out, err
}

// mine returns a table that somebody may fill, in the version that they saw.
func (s *Service) mine(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int) (Fill, error) {
	f, err := s.one(ctx, tx, who, id)
	switch {
	case err != nil:
		return f, err
	case !who.Has(f.Place, access.Keeper):
		return f, access.ErrDenied
	case f.Version != version:
		return f, access.ErrStale
	}
	return f, nil
}

// settle puts an element into a mapping; false where there is no such column or
// element.
func (s *Service) settle(m *table.Mapping, x Settled) bool {
	e, known := s.elements.Dictionary().Element(x.Element)
	if x.Element != "" && !known {
		return false
	}
	for i := range m.Sheets {
		if m.Sheets[i].Name != x.Sheet || x.Table < 0 || x.Table >= len(m.Sheets[i].Tables) {
			continue
		}
		t := &m.Sheets[i].Tables[x.Table]
		for _, list := range [][]table.Column{t.Columns, t.Lines} {
			for n := range list {
				if at(list[n]) != x.At {
					continue
				}
				c := &list[n]
				c.Element, c.Score = x.Element, 1
				switch {
				case x.Format != "":
					c.Format = x.Format
				case x.Element == "":
					c.Format = "" // a person wants it left empty: that is settled too
				case c.Format == "":
					c.Format = table.FormatOf(string(e.Type))
				}
				return true
			}
		}
	}
	return false
}

// settleRows puts a kind into a mapping; false where there is no such table.
func settleRows(m *table.Mapping, x Rows) bool {
	for i := range m.Sheets {
		if m.Sheets[i].Name != x.Sheet || x.Table < 0 || x.Table >= len(m.Sheets[i].Tables) {
			continue
		}
		if t := &m.Sheets[i].Tables[x.Table]; t.Kind == table.Form {
			t.About = x.Kind
		} else {
			t.Kind = x.Kind
		}
		return true
	}
	return false
}

// at is where a column is: its letter, cell or row.
func at(c table.Column) string {
	switch {
	case c.Letter != "":
		return c.Letter
	case c.Cell != "":
		return c.Cell
	}
	return strconv.Itoa(c.Row)
}

func (s *Service) save(ctx context.Context, tx *store.Tx, f *Fill) error {
	f.Stored.V, f.ReportDB.V, f.RecordDB = f.Mapping, f.Report, 0
	if f.Recorded {
		f.RecordDB = 1
	}
	_, err := tx.Exec(ctx, `
		UPDATE fill SET title = ?, sender = ?, due = ?, mapping = ?, known = ?, within = ?, as_of = ?, recorded = ?, age_min = ?, age_max = ?, narrowed = ?, about = ?, state = ?,
			purpose = ?, answered_by = ?, refusal = ?, out_hash = ?, out_key = ?, report = ?, cells = ?, machine = ?, minutes = ?, ran_by = ?, ran_by_id = ?, filled_at = ?, version = version + 1 WHERE id = ?`,
		f.Title, f.Sender, f.Due, f.Stored, f.Known, f.Within, f.AsOf, f.RecordDB, f.AgeMin, f.AgeMax, f.Only, f.About, f.State,
		f.Purpose, f.Answered, f.Refusal, f.Out, f.OutKey, f.ReportDB, f.Cells, f.Machine, f.Minutes, f.RanBy, f.RanByID, f.FilledAt, f.ID)
	f.Version++
	return err
}
