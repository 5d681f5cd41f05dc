package intake

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"gewu/code"
	"gewu/internal/fault"
	"gewu/internal/subject"
)

// A Fault is one thing that is wrong with a row.
type Fault struct {
	Letter string `json:"letter" doc:"column, empty where the row as a whole is wrong"`
	Code   string `json:"code"`
	Zh     string `json:"zh"`
	En     string `json:"en"`
}

func wrong(letter, code, zh, en string) Fault { return Fault{letter, code, zh, en} }

// asFault says what an error means for a row; ok is false where it is no
// fault of the row.
func asFault(letter string, err error) (Fault, bool) {
	if f := fault.Of(err); f != nil {
		return Fault{letter, f.Code, f.Sentence("zh"), f.Sentence("en")}, true
	}
	if e, ok := errors.AsType[*code.Error](err); ok {
		return Fault{letter, e.Code, e.Sentence("zh"), e.Sentence("en")}, true
	}
	return Fault{}, false
}

// An outcome is what becomes of a row.
type outcome int

const (
	isNew outcome = iota
	isChanged
	isSame
	isOlder // what it says otherwise is known from a later day
	isBad
)

// A reader plans rows one after the other. It remembers what earlier rows of
// the file have made, and who was in them.
type reader struct {
	*Intake
	b      *subject.Batch
	today  time.Time
	dry    bool
	places map[string]string
	seen   memory[int]           // resident id or code → row
	made   memory[string]        // building, dwelling, household → id
	none   map[subject.Kind]bool // kinds of which the street had nobody when the file began
	last   int64                 // who was entered last, as far as this run knows
	tally  Tally
	source string
	letter map[string]string // element → column
}

func (s *Service) reader(ctx context.Context, i *Intake, b *subject.Batch, dry bool) (*reader, error) {
	places, err := b.Places(ctx, i.Place)
	if err != nil {
		return nil, err
	}
	r := &reader{Intake: i, b: b, today: s.now().In(zone), dry: dry, places: places, seen: newMemory[int](), made: newMemory[string](), none: map[subject.Kind]bool{}, letter: map[string]string{}, source: i.File}
	for _, c := range i.Columns {
		if c.Element != "" {
			r.letter[c.Element] = c.Letter
		}
	}
	if i.DoneRow > 0 {
		return r, nil // its own rows are there already
	}
	if r.last, err = b.Last(ctx); err != nil {
		return nil, err
	}
	for _, kind := range subject.Kinds {
		if r.none[kind], err = b.None(ctx, kind, i.Place); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// values reads the cells of a row, by element, and what is wrong with them.
func (r *reader) values(cells []string, system code.DateSystem) (subject.Values, []Fault) {
	v := subject.Values{}
	var faults []Fault
	for _, c := range r.Columns {
		raw := cell(cells, c.Letter)
		if c.Element == "" || raw == "" || strings.HasPrefix(c.Element, "row.") || strings.HasPrefix(c.Element, "form.") || subject.Derived(c.Element) {
			continue
		}
		if strings.HasSuffix(c.Element, "_date") || strings.HasSuffix(c.Element, "_expiry") {
			raw = day(raw, system)
		}
		n, err := r.b.Normal(c.Element, raw)
		if err != nil {
			if f, ok := asFault(c.Letter, err); ok {
				faults = append(faults, f)
				continue
			}
			faults = append(faults, wrong(c.Letter, "value_wrong", "内容不符合该数据项的要求", "The value is not of this element's form."))
			continue
		}
		v[c.Element] = n
	}
	return v, faults
}

// person completes and checks what a row says of somebody.
func (r *reader) person(v subject.Values) (faults []Fault) {
	number := v["person.id_number"]
	if number == "" {
		return nil
	}
	id, err := code.ParseResidentID(number)
	if err != nil {
		return nil // another document, or a fault already noted
	}
	if err := id.BornBy(code.DateOf(r.today)); err != nil {
		f, _ := asFault(r.letter["person.id_number"], err)
		return []Fault{f}
	}
	birth, sex := id.Birth().String(), id.Sex().Code()
	if b := v["person.birth_date"]; b != "" && !strings.HasPrefix(birth, b) && b != birth {
		faults = append(faults, wrong(r.letter["person.birth_date"], "birth_contradicts", "出生日期与身份证号码不一致", "The day of birth contradicts the id number."))
	}
	if x := v["person.sex"]; (x == "1" || x == "2") && x != sex {
		faults = append(faults, wrong(r.letter["person.sex"], "sex_contradicts", "性别与身份证号码不一致", "The sex contradicts the id number."))
	}
	v["person.birth_date"], v["person.sex"] = birth, sex
	return faults
}

// place says where a row's subject belongs.
func (r *reader) place(v subject.Values) (string, []Fault) {
	within := ""
	for _, e := range []string{"community.name", "grid.name", "grid.code"} {
		name := v[e]
		if name == "" {
			continue
		}
		code := r.places[name]
		if code == "" && e == "community.name" {
			for _, suffix := range []string{"社区", "村", "居委会", "村委会", "社区居委会", "村民委员会"} {
				code = cmp.Or(code, r.places[name+suffix], r.places[strings.TrimSuffix(name, suffix)], r.places[strings.TrimSuffix(name, suffix)+"社区"])
			}
		}
		if code == "" && within != "" { // 第1网格 of a community
			for n, c := range r.places {
				if strings.HasPrefix(c, within) && c != within && strings.HasSuffix(n, name) {
					code = cmp.Or(code, c)
				}
			}
		}
		if code == "" {
			return "", []Fault{wrong(r.letter[e], "place_unknown", "辖区内没有这个社区（村）或网格", "There is no such community, village or grid in the area.")}
		}
		within = code
	}
	if within == "" {
		within = r.Place
	}
	if len(within) < 12 {
		return "", []Fault{wrong("", "place_missing", "无法确定所属社区（村）：请增加社区列，或按社区分别导入", "The community is not told: add a column for it, or import each community by itself.")}
	}
	return within, nil
}

// part returns the values of one kind.
func part(v subject.Values, kind subject.Kind) subject.Values {
	out := subject.Values{}
	for e, x := range v {
		if k, _, _ := strings.Cut(e, "."); k == string(kind) || kind == subject.Building && k == "compound" {
			out[e] = x
		}
	}
	return out
}

// plan says what becomes of a row, and lets it become so unless the run is dry.
func (r *reader) plan(ctx context.Context, n int, cells []string, system code.DateSystem) (outcome, []Fault, error) {
	v, faults := r.values(cells, system)
	if r.Kind == subject.Person {
		faults = append(faults, r.person(v)...)
	}
	place, bad := r.place(v)
	faults = append(faults, bad...)
	if len(faults) > 0 {
		return isBad, faults, nil
	}
	own := part(v, r.Kind)
	if name, ok := subject.Naming(r.Kind); ok && own[name] == "" {
		return isBad, []Fault{wrong(r.letter[name], "name_missing", "缺少名称，无法登记", "Without a name it cannot be entered.")}, nil
	}
	key := r.key(own, place)
	if key != "" {
		if first, twice := r.seen.get(key); twice {
			return isBad, []Fault{wrong("", "row_twice", "与第 "+strconv.Itoa(first)+" 行重复", "The same as row "+strconv.Itoa(first)+".")}, nil
		}
		r.seen.put(key, n)
	}
	// Where the street had nobody of the kind, whoever has a number that no
	// earlier row had is new, unless a row without a number was about them.
	nameless := own["person.name"] + " " + own["person.birth_date"]
	_, before := r.made.get(nameless)
	fresh := r.none[r.Kind] && key != "" && !before
	if r.Kind == subject.Person && key == "" {
		r.made.put(nameless, "")
	}
	var old subject.Known
	var found bool
	var err error
	if !fresh {
		if old, found, err = r.byNumber(ctx, own, place); err == nil && !found {
			err = r.b.Free(ctx, r.Kind, place, own)
		}
		if err != nil {
			return r.refused(err)
		}
	}
	// Nothing is made for a row that cannot go in.
	links, bad, err := r.links(ctx, v, own, place)
	if err != nil {
		return r.refused(err)
	}
	if len(bad) > 0 {
		return isBad, bad, nil
	}
	if !found && !fresh {
		if old, found, err = r.byName(ctx, own, place, links); err != nil {
			return r.refused(err)
		}
	}
	source := r.source + " 第 " + strconv.Itoa(n) + " 行"
	if !found {
		if !r.dry {
			_, err = r.b.Create(ctx, subject.Entry{Kind: r.Kind, Place: place, Values: own, Links: links, Source: source, Checked: r.AsOf})
		}
		if err != nil {
			return r.refused(err)
		}
		return isNew, nil, nil
	}
	edit, older, err := r.b.Compare(ctx, old, place, own, links, r.AsOf)
	if err != nil {
		return isBad, nil, err
	}
	outcome := isChanged
	switch {
	case edit.Empty() && older:
		outcome = isOlder
	case edit.Empty():
		outcome = isSame
	}
	switch {
	case r.dry:
	case edit.Empty():
		err = r.b.Confirm(ctx, old.ID(), r.AsOf)
	default:
		edit.Source = source
		err = r.b.Change(ctx, old.ID(), edit)
	}
	if err != nil {
		return r.refused(err)
	}
	return outcome, nil, nil
}

// refused makes a fault of the row of what the ledger refuses.
func (r *reader) refused(err error) (outcome, []Fault, error) {
	if f, ok := asFault("", err); ok {
		return isBad, []Fault{f}, nil
	}
	return isBad, nil, err
}

// key tells two rows about the same from two about different subjects.
func (r *reader) key(own subject.Values, place string) string {
	switch r.Kind {
	case subject.Person:
		return own["person.id_number"]
	case subject.Organisation:
		return own["organisation.credit_code"]
	case subject.Vehicle:
		return own["vehicle.plate"]
	case subject.Household:
		if n := own["household.number"]; n != "" {
			return place + " " + n
		}
	}
	return ""
}

// byNumber finds the subject that a row is about by its number or code.
func (r *reader) byNumber(ctx context.Context, own subject.Values, place string) (subject.Known, bool, error) {
	code := ""
	switch r.Kind {
	case subject.Person:
		if n := own["person.id_number"]; n != "" {
			return r.b.PersonByNumber(ctx, place, n)
		}
	case subject.Organisation:
		code = own["organisation.credit_code"]
	case subject.Vehicle:
		code = own["vehicle.plate"]
	case subject.Household:
		code = own["household.number"]
	case subject.Dwelling:
		code = own["dwelling.code"]
	}
	if code == "" {
		return subject.Known{}, false, nil
	}
	return r.b.ByCode(ctx, r.Kind, place, code)
}

// byName finds the subject that a row is about by its name, for a row with a
// number among those that were entered without one.
func (r *reader) byName(ctx context.Context, own subject.Values, place string, l subject.Links) (subject.Known, bool, error) {
	switch r.Kind {
	case subject.Person:
		return r.b.PersonByName(ctx, place, own["person.name"], own["person.birth_date"], func(k subject.Known) bool {
			switch {
			case own["person.id_number"] != "":
				return k.Values["person.id_number"] == ""
			case own["person.birth_date"] != "":
				return true
			}
			return k.Tells(own, l) // a name alone is nobody's
		})
	case subject.Organisation:
		return r.b.ByName(ctx, r.Kind, place, own["organisation.name"], func(k subject.Known) bool {
			return own["organisation.credit_code"] == "" || k.Values["organisation.credit_code"] == ""
		})
	case subject.Household:
		if own["household.number"] == "" && l.Dwelling != "" {
			return r.b.HouseholdAt(ctx, l.Dwelling)
		}
	case subject.Dwelling:
		return r.b.Dwelling(ctx, place, l.Building, own["dwelling.room_number"], own["dwelling.address"])
	case subject.Building:
		return r.b.Building(ctx, place, own["compound.name"], own["building.name"], own["building.address"])
	}
	return subject.Known{}, false, nil
}
