package subject

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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
	return r.ID, s.rename(ctx, tx, r.Household)
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

// lastChange is the last day from which one of some elements of a subject was
// recorded to have changed, "" where none was.
func (s *Service) lastChange(ctx context.Context, tx *store.Tx, r *row, after string, among func(element string) bool) (string, error) {
	later, err := store.All[changeRow](ctx, tx, store.SQL(selectChange+" WHERE subject_id = ? AND holds_from > ? ORDER BY holds_from DESC, id DESC", r.ID, after).Anywhere())
	if err != nil || len(later) == 0 {
		return "", err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return "", err
	}
	for _, c := range later {
		known, err := c.open(key)
		if err != nil {
			return "", err
		}
		for e := range known {
			if among(e) {
				return c.From, nil
			}
		}
	}
	return "", nil
}

// isLatest refuses what changed before something that is known already: today's
// value would be the older one.
func (s *Service) isLatest(ctx context.Context, tx *store.Tx, r *row, from string, among func(element string) bool) error {
	if from == "" {
		return nil
	}
	day, err := s.lastChange(ctx, tx, r, from, among)
	if err == nil && day != "" {
		return errLate.With("day", day).With("field", "from")
	}
	return err
}

// rename gives a household the name of who heads it now, none where nobody
// does. The name follows from the people, so it is no change of the household.
func (s *Service) rename(ctx context.Context, tx *store.Tx, household string) error {
	if household == "" {
		return nil
	}
	h, err := s.byID(ctx, tx, household)
	if errors.Is(err, store.ErrNone) || err == nil && (h.Gone != "" || h.Kind != Household) {
		return nil
	}
	if err != nil {
		return err
	}
	heads, err := store.All[string](ctx, tx, store.SQL("SELECT name FROM subject WHERE household_id <> '' AND household_id = ? AND kind = 'person' AND gone = '' AND relation = '"+Head+"' ORDER BY seq DESC LIMIT 1", household).Anywhere())
	if err != nil {
		return err
	}
	name := ""
	if len(heads) > 0 {
		name = heads[0]
	}
	if h.Name == name {
		return nil
	}
	values, err := h.values(s.ring)
	if err != nil {
		return err
	}
	h.Name, h.Sort = name, sortKey(Household, name)
	if _, err := tx.Exec(ctx, "UPDATE subject SET name = ?, sort = ? WHERE id = ?", h.Name, h.Sort, h.ID); err != nil {
		return err
	}
	return s.putWords(ctx, tx, &h, values, false)
}

// putWords makes a subject found by its words.
func (s *Service) putWords(ctx context.Context, tx *store.Tx, r *row, all Values, fresh bool) error {
	home := ""
	if id := cmp.Or(r.Dwelling, r.Building); r.Address == "" && id != "" {
		var err error
		if home, err = store.One[string](ctx, tx, store.SQL("SELECT address FROM subject WHERE id = ?", id).Anywhere()); err != nil && !errors.Is(err, store.ErrNone) {
			return err
		}
	}
	return tx.PutWords(ctx, "subject", r.Seq, fresh, r.words(all, home, s.ring))
}

// readdress lets those who belong to a dwelling or building be found by its
// new address.
func (s *Service) readdress(ctx context.Context, tx *store.Tx, r *row) error {
	rows, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+` FROM subject s WHERE s.gone = '' AND s.address = '' AND s.id IN (
		SELECT id FROM subject WHERE dwelling_id = ? AND dwelling_id <> ''
		UNION ALL SELECT id FROM subject WHERE building_id = ? AND building_id <> '')`, r.ID, r.ID).Anywhere())
	if err != nil {
		return err
	}
	for i := range rows {
		all, err := rows[i].values(s.ring)
		if err != nil {
			return err
		}
		if err := s.putWords(ctx, tx, &rows[i], all, false); err != nil {
			return err
		}
	}
	return nil
}

// street is the part of the tree in which somebody is entered once. Across
// streets the same person may be registered in one and live in another.
func street(place string) string { return place[:min(len(place), 9)] }

func community(place string) string { return place[:min(len(place), 12)] }

// free refuses a number or code that another subject of the street has.
func (s *Service) free(ctx context.Context, src store.Source, kind Kind, place string, v Values, self string) error {
	n := 0
	var err error
	number := "person.id_number"
	switch {
	case kind == Person && v["person.id_number"] != "":
		n, err = store.One[int](ctx, src, store.SQL(`
			SELECT count(*) FROM subject WHERE id_hash = ? AND id_hash <> '' AND gone = '' AND id <> ? AND substr(place, 1, 9) = ?`,
			s.ring.Hash("id", v["person.id_number"]), self, street(place)).Anywhere())
	case kind == Vehicle || kind == Organisation && v["organisation.credit_code"] != "":
		if number = "vehicle.plate"; kind == Organisation {
			number = "organisation.credit_code"
		}
		n, err = store.One[int](ctx, src, store.SQL(
			"SELECT count(*) FROM subject WHERE "+kind.is()+" AND code = ? AND code <> '' AND gone = '' AND id <> ? AND substr(place, 1, 9) = ?",
			v[number], self, street(place)).Anywhere())
	}
	if err == nil && n > 0 {
		return errTwice.With("element", number)
	}
	return err
}

// CheckPlace refuses a place that is not there.
func (s *Service) CheckPlace(ctx context.Context, tx *store.Tx, place string) error {
	n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", place).Anywhere())
	if err == nil && n == 0 {
		return errPlace.With("field", "place")
	}
	return err
}

// checkLinks refuses new links to what is not there or outside the caller's
// area. Those that stay are as they are: an owner may have died since.
func (s *Service) checkLinks(ctx context.Context, tx *store.Tx, who access.Identity, old, l Links) error {
	for _, x := range []struct {
		name    string
		was, id string
		kind    []Kind
	}{{"household", old.Household, l.Household, []Kind{Household}}, {"dwelling", old.Dwelling, l.Dwelling, []Kind{Dwelling}},
		{"building", old.Building, l.Building, []Kind{Building}}, {"owner", old.Owner, l.Owner, []Kind{Person, Organisation, Household}}} {
		if x.id == "" || x.id == x.was {
			continue
		}
		r, err := s.one(ctx, tx, who, x.id)
		if errors.Is(err, access.ErrMissing) || err == nil && (r.Gone != "" || !slices.Contains(x.kind, r.Kind)) {
			return errLink.With("field", "links."+x.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

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

// An Edit changes what is known of a subject.
type Edit struct {
	Values Values // those that change; "" empties
	// From is the day from which the new values hold; "" says that the old ones
	// were wrong, so that the new ones hold for the past as well.
	From   string
	Source string // what the new values are known from
	Place  string // "" stays
	Links  *Links // nil stays
	// Checked is the day on which it was seen to be so, "" for today.
	Checked string
}

// Change corrects a subject, or records that something about it has changed.
func (s *Service) Change(ctx context.Context, who access.Identity, id string, version int, e Edit) error {
	if e.Source = strings.TrimSpace(e.Source); utf8.RuneCountInString(e.Source) > 200 {
		e.Source = string([]rune(e.Source)[:200])
	}
	if e.From != "" {
		if d, err := calendar.Parse(e.From); err != nil || d.After(s.today()) {
			return errDay.With("field", "from")
		}
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.mine(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		values, err := s.normal(r.Kind, e.Values)
		if err != nil {
			return err
		}
		if e.Place != "" && !who.Has(e.Place, access.Keeper) {
			return access.ErrDenied
		}
		if e.Place != "" {
			if err := s.CheckPlace(ctx, tx, e.Place); err != nil {
				return err
			}
		}
		if e.Links != nil {
			if err := s.checkLinks(ctx, tx, who, r.Links, *e.Links); err != nil {
				return err
			}
		}
		return s.update(ctx, tx, who, r, values, e)
	})
}

// mine returns a subject that somebody may change and that is still there.
func (s *Service) mine(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int) (row, error) {
	r, err := s.one(ctx, tx, who, id)
	switch {
	case err != nil:
		return r, err
	case version != 0 && r.Version != version:
		return r, access.ErrStale
	case r.Gone != "":
		return r, errGone
	}
	return r, nil
}

// linkElements are how links and the place stand in a change.
const (
	placeElement     = "subject.place"
	householdElement = "subject.household"
	dwellingElement  = "subject.dwelling"
	buildingElement  = "subject.building"
	ownerElement     = "subject.owner"
)

// update writes changed values that were checked, and keeps the old ones.
func (s *Service) update(ctx context.Context, tx *store.Tx, who access.Identity, r row, values Values, e Edit) error {
	all, err := r.values(s.ring)
	if err != nil {
		return err
	}
	diff := map[string][2]string{}
	put := func(element string, field *string, to string) {
		if *field != to {
			diff[element] = [2]string{*field, to}
			*field = to
		}
	}
	for el, v := range values {
		if old := all[el]; old != v {
			diff[el] = [2]string{old, v}
			all[el] = v
		}
	}
	if e.Place != "" && e.Place != r.Place {
		if len(e.Place) != 12 && len(e.Place) != 15 {
			return errPlace.With("field", "place")
		}
		put(placeElement, &r.Place, e.Place)
	}
	if e.Links != nil {
		to := e.Links.elements()
		for el, field := range r.Links.elements() {
			put(el, field, *to[el])
		}
	}
	r.Checked = max(r.Checked, cmp.Or(e.Checked, s.today().String()))
	if len(diff) == 0 {
		_, err := tx.Exec(ctx, "UPDATE subject SET checked = ?, version = version + 1 WHERE id = ?", r.Checked, r.ID)
		if err == nil {
			err = s.note(ctx, tx, who, "subject.check", &r, map[string]any{"source": e.Source})
		}
		return err
	}
	if err := s.isLatest(ctx, tx, &r, e.From, func(el string) bool { _, ok := diff[el]; return ok }); err != nil {
		return err
	}
	if n, ok := naming[r.Kind]; ok && all[n.element] == "" {
		return errName.With("what", fault.Words{Zh: n.zh, En: n.en}).With("element", n.element)
	}
	if err := s.free(ctx, tx, r.Kind, r.Place, all, r.ID); err != nil {
		return err
	}
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return err
	}
	if err := r.set(all, key, s.dict, s.ring); err != nil {
		return err
	}
	if err := s.save(ctx, tx, &r, all); err != nil {
		return err
	}
	if _, moved := diff[string(r.Kind)+".address"]; moved {
		if err := s.readdress(ctx, tx, &r); err != nil {
			return err
		}
	}
	if err := s.keep(ctx, tx, who, &r, e.From, e.Source, diff); err != nil {
		return err
	}
	names := make([]string, 0, len(diff))
	for el := range diff {
		names = append(names, el)
	}
	slices.Sort(names)
	verb := "subject.correct"
	if e.From != "" {
		verb = "subject.change"
	}
	if err := s.note(ctx, tx, who, verb, &r, map[string]any{"elements": names, "from": e.From, "source": e.Source}); err != nil {
		return err
	}
	if r.Kind != Person {
		return nil
	}
	if was, moved := diff[householdElement]; moved {
		if err := s.rename(ctx, tx, was[0]); err != nil {
			return err
		}
	}
	return s.rename(ctx, tx, r.Household)
}

func (s *Service) save(ctx context.Context, tx *store.Tx, r *row, all Values) error {
	if _, err := tx.Exec(ctx, `
		UPDATE subject SET place = ?, name = ?, sort = ?, code = ?, address = ?, birth = ?, sex = ?, state = ?, relation = ?,
			household_id = ?, dwelling_id = ?, building_id = ?, owner_id = ?, id_hash = ?, tags = ?, since = ?, until = ?, checked = ?,
			wrapped = ?, plain = ?, sealed = ?, gone = ?, merged_into = ?, updated_at = ?, version = version + 1 WHERE id = ?`,
		r.Place, r.Name, r.Sort, r.Code, r.Address, r.Birth, r.Sex, r.State, r.Relation, r.Household, r.Dwelling, r.Building, r.Owner,
		r.IDHash, r.Tags, r.Since, r.Until, r.Checked, r.Wrapped, r.Plain, r.Sealed, r.Gone, r.MergedInto, store.Time(s.now()), r.ID); err != nil {
		return err
	}
	if r.Gone != "" {
		return tx.DropWords(ctx, "subject", r.Seq)
	}
	return s.putWords(ctx, tx, r, all, false)
}
