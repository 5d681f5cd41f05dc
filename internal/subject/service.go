package subject

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/seal"
	"gewu/internal/store"
)

var (
	errKind    = fault.New(fault.Invalid, "subject_kind", "不支持“{kind}”这类台账", "There is no ledger of the kind “{kind}”.")
	errPlace   = fault.New(fault.Invalid, "subject_place", "请选择所属社区（村）或网格", "Choose the community, village or grid to which it belongs.")
	errName    = fault.New(fault.Invalid, "subject_name", "请填写{what}", "Fill in the {what}.")
	errForeign = fault.New(fault.Invalid, "subject_element", "“{element}”不属于这类台账", "“{element}” is no element of this ledger.")
	errTwice   = fault.New(fault.Conflict, "subject_twice", "台账中已有相同证件号码或代码的记录，请直接修改该记录", "The ledger already has a record with this number or code. Change that one.")
	errAlike   = fault.New(fault.Conflict, "subject_alike", "台账中已有同名、同址或同号的记录，请先查找；确有两处的，请写明不同的名称、房号或户号", "The ledger already has one of this name, address or number. Look for it first; if there are two, tell them apart by name or number.")
	errEmpty   = fault.New(fault.Invalid, "subject_empty", "请填写户号，或选择住房", "Fill in the number of the household, or choose its dwelling.")
	errEarly   = fault.New(fault.Invalid, "subject_early", "日期早于出生日期或登记的起始日期，请核对", "The day is before the day of birth, or before it was there. Check it.")
	errLink    = fault.New(fault.Invalid, "subject_link", "关联的户、房屋、楼栋或所有人不存在，或不在您的管理范围内", "The household, dwelling, building or owner does not exist, or is outside your area.")
	errSince   = fault.New(fault.Invalid, "subject_since", "起始日期应为不晚于今天的日期，不清楚的留空", "The day since when it is there must not be later than today; leave it empty if it is not known.")
	errPurpose = fault.New(fault.Invalid, "subject_purpose", "请写明查看或导出的用途（4 至 100 字）", "State what it is for (4 to 100 characters).")
	errThen    = fault.New(fault.Missing, "subject_then", "{day} 尚未登记或已不在册", "It was not in the ledger on {day}.")
	errLate    = fault.New(fault.Conflict, "subject_late", "该项自 {day} 起已有更新的登记，请填写不早于该日的变化日期，或作为原登记有误更正", "It was recorded to have changed again on {day}. Give a day that is not earlier, or correct what was wrong.")
	errGone    = fault.New(fault.Conflict, "subject_gone", "该记录已迁出、合并或删除，不能再修改", "This record has left, was merged or was erased, and cannot be changed.")
)

// ErrSeveral is that several subjects are what somebody looks for.
var ErrSeveral = fault.New(fault.Conflict, "subject_several", "台账中有多条记录与此相符，无法确定是哪一条，请先在台账中合并重复记录", "Several records of the ledger match, and it cannot be told which is meant. Merge those that are the same first.")

// A Service keeps the base ledger.
type Service struct {
	db   *store.DB
	ring *seal.Ring
	dict Dictionary
	now  func() time.Time
}

// NewService returns the service.
func NewService(db *store.DB, ring *seal.Ring, dict Dictionary, now func() time.Time) *Service {
	return &Service{db: db, ring: ring, dict: dict, now: now}
}

// CheckKeys refuses keys that do not open what the ledger holds, before
// anything is written under other ones.
func (s *Service) CheckKeys(ctx context.Context) error {
	wrapped, err := store.One[string](ctx, s.db, store.SQL("SELECT wrapped FROM subject WHERE wrapped <> '' ORDER BY seq LIMIT 1").Anywhere())
	if errors.Is(err, store.ErrNone) {
		return nil
	}
	if err == nil {
		_, err = s.ring.Key(wrapped)
	}
	return err
}

var zone = time.FixedZone("UTC+8", 8*60*60)

func (s *Service) today() calendar.Date { return calendar.Of(s.now().In(zone)) }

// scope is whose data somebody may see. The ledger is for those who keep it;
// other roles see the counts that are made from it.
func scope(who access.Identity) store.Scope {
	return store.Scope{Places: who.Places(access.Keeper)}
}

// An Entry is a subject about to be entered.
type Entry struct {
	ID     string // "" for a fresh one
	Kind   Kind
	Place  string
	Values Values
	Links  Links
	Since  string // day, "" if it has always been there
	Source string // where the entry comes from: "户籍台账.xlsx 第 12 行"
	// Checked is the day on which somebody last confirmed it, "" for today.
	Checked string
	// Name is the head's name for a household; other kinds have an element.
	Name string
}

// Create enters a subject and returns its id.
func (s *Service) Create(ctx context.Context, who access.Identity, e Entry) (id string, err error) {
	if !who.Has(e.Place, access.Keeper) {
		return "", access.ErrDenied
	}
	if e.Since != "" {
		if d, err := calendar.Parse(e.Since); err != nil || d.After(s.today()) {
			return "", errSince.With("field", "since")
		}
	}
	if e.Values, err = s.normal(e.Kind, e.Values); err != nil {
		return "", err
	}
	if e.Kind == Person {
		if err := agree(Values{}, e.Values, s.today()); err != nil {
			return "", err
		}
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		e := e // tried again, it begins as it was
		if err := s.CheckPlace(ctx, tx, e.Place); err != nil {
			return err
		}
		if err := s.checkLinks(ctx, tx, who, Links{}, e.Links); err != nil {
			return err
		}
		if err := s.free(ctx, tx, e.Kind, e.Place, e.Values, ""); err != nil {
			return err
		}
		if err := s.alike(ctx, tx, e); err != nil {
			return err
		}
		id, err = s.insert(ctx, tx, who, e)
		return err
	})
	return id, err
}

// normal checks values and brings them into canonical form.
func (s *Service) normal(kind Kind, in Values) (Values, error) {
	if !slices.Contains(Kinds, kind) {
		return nil, errKind.With("kind", kind)
	}
	out := make(Values, len(in))
	for e, v := range in {
		if v = strings.TrimSpace(v); v == "" {
			out[e] = ""
			continue
		}
		if KindOf(e) != kind || derived[e] {
			return nil, errForeign.With("element", e)
		}
		n, err := s.dict.Normal(e, v)
		if err != nil {
			return nil, err
		}
		out[e] = n
	}
	return out, nil
}

// naming are the elements without which a subject is nothing.
var naming = map[Kind]struct{ element, zh, en string }{
	Person:       {"person.name", "姓名", "name"},
	Dwelling:     {"dwelling.room_number", "房号", "room number"},
	Building:     {"building.name", "楼栋名称或楼号", "name or number of the building"},
	Organisation: {"organisation.name", "单位名称", "name of the organisation"},
	Vehicle:      {"vehicle.plate", "号牌号码", "number plate"},
}

// insert writes a subject whose values were checked.
func (s *Service) insert(ctx context.Context, tx *store.Tx, who access.Identity, e Entry) (string, error) {
	if len(e.Place) != 12 && len(e.Place) != 15 {
		return "", errPlace.With("field", "place")
	}
	if n, ok := naming[e.Kind]; ok && e.Values[n.element] == "" {
		return "", errName.With("what", fault.Words{Zh: n.zh, En: n.en}).With("element", n.element)
	}
	if e.Kind == Person && e.Links.Household != "" && e.Links.Dwelling == "" {
		h, err := s.byID(ctx, tx, e.Links.Household)
		if err != nil {
			return "", err
		}
		e.Links.Dwelling = h.Dwelling
	}
	key, wrapped, err := s.ring.Make()
	if err != nil {
		return "", err
	}
	now := store.At(s.now())
	r := row{ID: cmp.Or(e.ID, store.NewID()), Kind: e.Kind, Place: e.Place, Name: e.Name, Links: e.Links, Since: e.Since, Source: e.Source,
		Checked: cmp.Or(e.Checked, s.today().String()), Wrapped: wrapped, Created: now, Updated: now, Version: 1}
	if err := r.set(e.Values, key, s.dict, s.ring); err != nil {
		return "", err
	}
	if r.Seq, err = tx.Insert(ctx, "seq", `
		INSERT INTO subject (id, kind, place, name, sort, code, address, birth, sex, state, relation, household_id, dwelling_id,
			building_id, owner_id, id_hash, tags, since, until, checked, source, wrapped, plain, sealed, gone, merged_into,
			created_at, updated_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, '', '', ?, ?, 1)`,
		r.ID, r.Kind, r.Place, r.Name, r.Sort, r.Code, r.Address, r.Birth, r.Sex, r.State, r.Relation, r.Household, r.Dwelling,
		r.Building, r.Owner, r.IDHash, r.Tags, r.Since, r.Checked, r.Source, r.Wrapped, r.Plain, r.Sealed, r.Created, r.Updated); err != nil {
		return "", err
	}
	if err := s.putWords(ctx, tx, &r, e.Values, true); err != nil {
		return "", err
	}
	if err := s.note(ctx, tx, who, "subject.create", &r, map[string]any{"elements": elements(e.Values), "source": e.Source}); err != nil {
		return "", err
	}
	if r.Kind != Person || r.Relation != Head {
		return r.ID, nil
	}
	return r.ID, s.call(ctx, tx, r.Household, func(context.Context) (string, error) { return r.Name, nil }) // the last head is the head
}

// elements names what was entered, not what it was: the journal must not keep
// what is to be erased.
func elements(v Values) []string {
	out := make([]string, 0, len(v))
	for e := range v {
		out = append(out, e)
	}
	slices.Sort(out)
	return out
}

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb string, r *row, after any) error {
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
		Verb: verb, Subject: "subject", SubjectID: r.ID, Place: r.Place, After: after})
}

// Head is the code of the head of a household in GB/T 4761.
const Head = "02"

// one returns a subject that somebody may see.
func (s *Service) one(ctx context.Context, src store.Source, who access.Identity, id string) (row, error) {
	r, err := store.One[row](ctx, src, store.SQL("SELECT "+columns+" FROM subject s WHERE s.id = ?", id).In(scope(who), "s.place", ""))
	if errors.Is(err, store.ErrNone) {
		return r, access.ErrMissing
	}
	return r, err
}

func (s *Service) byID(ctx context.Context, src store.Source, id string) (row, error) {
	return store.One[row](ctx, src, store.SQL("SELECT "+columns+" FROM subject s WHERE s.id = ?", id).Anywhere())
}
