// Package record keeps the records of kinds: enters them, leads them through
// their lives and lists them. A record keeps the version of its kind with which
// it began. Who may see one are those who oversee its place, and the units that
// have had to do with it.
package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/flow"
	"gewu/internal/journal"
	"gewu/internal/kind"
	"gewu/internal/seal"
	"gewu/internal/store"
)

var (
	errKind   = fault.New(fault.Invalid, "record_kind", "没有“{kind}”这种事项", "There is no kind “{kind}”.")
	errValues = fault.New(fault.Invalid, "record_values", "{n} 项内容需要修改", "{n} fields need to be corrected.")
	errPlace  = fault.New(fault.Invalid, "record_place", "请选择所在社区（村）或网格", "Choose the community, village or grid.")
	errTaken  = fault.New(fault.Conflict, "record_taken", "该编号的记录已由他人登记，请重新登记一条", "Somebody else has entered a record under this id. Enter yours anew.")
	errAbout  = fault.New(fault.Invalid, "record_about", "这种事项不登记在该对象下", "Records of this kind are not about that.")
	errNote   = fault.New(fault.Invalid, "record_note", "请写明理由（500 字以内）", "State the reason (500 characters at most).")
	errSame   = fault.New(fault.Denied, "record_same", "复查须由未参与处置的人办理", "A recheck is done by somebody who has not handled it.")
	errTo     = fault.New(fault.Invalid, "record_to", "请选择办理单位", "Choose the unit that is to act.")
)

// A Service keeps records.
type Service struct {
	db       *store.DB
	ring     *seal.Ring
	world    kind.World
	elements Elements
	calendar func(context.Context) (*calendar.Calendar, error)
	now      func() time.Time

	mu     sync.Mutex
	parsed map[version]*kind.Kind
}

// Elements normalises values that are data elements.
type Elements interface {
	Normal(element, value string) (string, error)
}

type version struct {
	kind string
	n    int
}

// NewService returns the service. The calendar is that by which limits count.
func NewService(db *store.DB, ring *seal.Ring, world kind.World, elements Elements, days func(context.Context) (*calendar.Calendar, error), now func() time.Time) *Service {
	return &Service{db: db, ring: ring, world: world, elements: elements, calendar: days, now: now, parsed: map[version]*kind.Kind{}}
}

var zone = time.FixedZone("UTC+8", 8*60*60)

func (s *Service) today() calendar.Date { return calendar.Of(s.now().In(zone)) }

// A Record is one thing that is kept or handled.
type Record struct {
	Seq     int64                      `db:"seq" json:"-"`
	ID      string                     `db:"id" json:"id"`
	Kind    string                     `db:"kind" json:"kind"`
	KindNo  int                        `db:"kind_version" json:"kind_version"`
	Number  string                     `db:"number" json:"number"`
	Place   string                     `db:"place" json:"place"`
	Title   string                     `db:"title" json:"title"`
	State   string                     `db:"state" json:"state"`
	About   string                     `db:"about_id" json:"about"`
	Opened  store.Moment               `db:"opened_at" json:"opened"`
	Changed store.Moment               `db:"changed_at" json:"changed"`
	Closed  store.Moment               `db:"closed_at" json:"closed"`
	StepDue string                     `db:"step_due" json:"step_due" doc:"day on which the present step is due"`
	Due     string                     `db:"due" json:"due" doc:"day that was promised for the whole"`
	LawDue  string                     `db:"law_due" json:"law_due" doc:"day until which the law allows"`
	By      string                     `db:"entered_by" json:"entered_by"`
	ByID    string                     `db:"entered_by_id" json:"-"`
	Unit    string                     `db:"entered_unit" json:"entered_unit"`
	Doc     store.JSON[map[string]any] `db:"doc" json:"-"`
	Sealed  string                     `db:"sealed" json:"-"`
	Wrapped string                     `db:"wrapped" json:"-"`
	Life    store.JSON[flow.Life]      `db:"life" json:"-"`
	Version int                        `db:"version" json:"version"`
}

const columns = `r.seq, r.id, r.kind, r.kind_version, r.number, r.place, r.title, r.state, r.about_id, r.opened_at, r.changed_at, r.closed_at,
	r.step_due, r.due, r.law_due, r.entered_by, r.entered_by_id, r.entered_unit, r.doc, r.sealed, r.wrapped, r.life, r.version`

// scope is whose records somebody may see.
func scope(who access.Identity) store.Scope {
	return store.Scope{Places: who.Places(access.Clerk, access.Leader, access.Auditor), Units: who.Units()}
}

const ofUnits = "EXISTS (SELECT 1 FROM record_unit u WHERE u.record_id = r.id AND u.unit_id IN {units})"

func (s *Service) one(ctx context.Context, src store.Source, who access.Identity, id string) (Record, error) {
	r, err := store.One[Record](ctx, src, store.SQL("SELECT "+columns+" FROM record r WHERE r.id = ?", id).In(scope(who), "r.place", ofUnits))
	if errors.Is(err, store.ErrNone) {
		return r, access.ErrMissing
	}
	return r, err
}

// Publish makes a version of a kind, if it says anything else than the last one,
// and returns its number.
func (s *Service) Publish(ctx context.Context, who access.Identity, file string, text []byte) (int, error) {
	k, err := kind.Parse(file, text, s.world)
	if err != nil {
		return 0, err
	}
	if !who.Has("", access.Admin) {
		return 0, access.ErrDenied
	}
	n := 0
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		last, err := store.All[struct {
			N    int    `db:"version"`
			Text string `db:"text"`
		}](ctx, tx, store.SQL("SELECT version, text FROM kind_version WHERE kind = ? ORDER BY version DESC LIMIT 1", k.ID).Anywhere())
		if err != nil {
			return err
		}
		if n = 1; len(last) > 0 {
			if n = last[0].N; last[0].Text == string(text) {
				return nil
			}
			n++
		}
		if _, err := tx.Exec(ctx, "INSERT INTO kind_version (kind, version, text, made_by, made_at) VALUES (?, ?, ?, ?, ?)", k.ID, n, string(text), who.Name, store.Time(s.now())); err != nil {
			return err
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: "kind.publish", Subject: "kind", SubjectID: k.ID, After: map[string]any{"version": n}})
	})
	return n, err
}

// Kind returns a kind as it was in a version, 0 for the last, and its number.
func (s *Service) Kind(ctx context.Context, src store.Source, id string, n int) (*kind.Kind, int, error) {
	d := store.SQL("SELECT version, text FROM kind_version WHERE kind = ?", id)
	if n > 0 {
		s.mu.Lock()
		k := s.parsed[version{id, n}]
		s.mu.Unlock()
		if k != nil {
			return k, n, nil
		}
		d = d.Add(" AND version = ?", n)
	}
	v, err := store.One[struct {
		N    int    `db:"version"`
		Text string `db:"text"`
	}](ctx, src, d.Anywhere().Add(" ORDER BY version DESC LIMIT 1"))
	if errors.Is(err, store.ErrNone) {
		return nil, 0, errKind.With("kind", id)
	}
	if err != nil {
		return nil, 0, err
	}
	s.mu.Lock()
	k := s.parsed[version{id, v.N}]
	s.mu.Unlock()
	if k != nil {
		return k, v.N, nil
	}
	if k, err = kind.Parse(id, []byte(v.Text), s.world); err != nil {
		return nil, 0, fmt.Errorf("kind %s, version %d: %w", id, v.N, err)
	}
	s.mu.Lock()
	s.parsed[version{id, v.N}] = k
	s.mu.Unlock()
	return k, v.N, nil
}

func (s *Service) machine(ctx context.Context, src store.Source, r *Record) (flow.Machine, error) {
	k, _, err := s.Kind(ctx, src, r.Kind, r.KindNo)
	return flow.Machine{Kind: k}, err
}

// values opens what is known of a record.
func (s *Service) values(k *kind.Kind, r *Record) (kind.Values, error) {
	all := maps.Clone(r.Doc.V)
	if all == nil {
		all = map[string]any{}
	}
	if r.Sealed != "" {
		key, err := s.ring.Key(r.Wrapped)
		if err != nil {
			return nil, err
		}
		doc, err := key.Open(r.Sealed, "record "+r.ID)
		if err != nil {
			return nil, err
		}
		var sealed map[string]any
		if err := json.Unmarshal(doc, &sealed); err != nil {
			return nil, err
		}
		maps.Copy(all, sealed)
	}
	return k.Restore(all, s.codes), nil
}

// codes are those of a list of the dictionary.
func (s *Service) codes(list string) []string {
	var out []string
	for _, e := range s.world.Dict.Entries(list) {
		out = append(out, e.Code)
	}
	return out
}

// set puts values away: sealed fields under the record's own key.
func (s *Service) set(k *kind.Kind, r *Record, v kind.Values) error {
	doc, sealed := map[string]any{}, map[string]any{}
	for id, x := range v {
		if f, ok := k.Field(id); ok && f.Sealed {
			sealed[id] = x
		} else {
			doc[id] = x
		}
	}
	r.Doc.V, r.Sealed = doc, ""
	if len(sealed) == 0 {
		return nil
	}
	key, wrapped, err := s.ring.Make()
	if r.Wrapped != "" {
		key, err = s.ring.Key(r.Wrapped)
		wrapped = r.Wrapped
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(sealed)
	if err != nil {
		return err
	}
	r.Wrapped, r.Sealed = wrapped, key.Seal(text, "record "+r.ID)
	return nil
}

// title is what a record is called in lists.
func title(k *kind.Kind, v kind.Values) string {
	out := k.Title
	for i := range k.Fields {
		f := &k.Fields[i]
		if mark := "{" + f.ID + "}"; strings.Contains(out, mark) {
			out = strings.ReplaceAll(out, mark, said(f, v[f.ID]))
		}
	}
	out = strings.Join(strings.Fields(strings.Trim(out, "：:，, ")), " ")
	if r := []rune(out); len(r) > 80 {
		out = string(r[:79]) + "…"
	}
	return out
}

// said is a value as a title has it.
func said(f *kind.Field, v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case bool:
		return map[bool]string{true: "是", false: "否"}[x]
	case string:
		for _, c := range f.Choices {
			if c.Code == x {
				return c.Name.Zh
			}
		}
		return x
	}
	return fmt.Sprint(v)
}
