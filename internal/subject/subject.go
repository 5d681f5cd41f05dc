// Package subject keeps the base ledger of a district: people, households,
// dwellings, buildings, organisations and vehicles. Each is entered once, in
// terms of data elements; tables, counts and records refer to it. What it was
// before is kept, so that the ledger can be had as of any day.
package subject

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"gewu/calendar"
	"gewu/internal/seal"
	"gewu/internal/store"
)

// A Kind is what a subject is.
type Kind string

const (
	Person       Kind = "person"
	Household    Kind = "household"
	Dwelling     Kind = "dwelling"
	Building     Kind = "building"
	Organisation Kind = "organisation"
	Vehicle      Kind = "vehicle"
)

// Kinds are all kinds, those first to which the others refer.
var Kinds = []Kind{Building, Dwelling, Household, Person, Organisation, Vehicle}

// is says in SQL that a subject is of a kind. It is written out: indexes of one
// kind can be used then, and SQLite does not prepare the statement anew each
// time, as it does where a parameter decides which index serves.
func (k Kind) is() string {
	if !slices.Contains(Kinds, k) {
		k = ""
	}
	return "kind = '" + string(k) + "'"
}

// Values are what is known of a subject: element id → value in its canonical
// form. Days are 2006-01-02, codes those of the element's list, yes and no "1"
// and "0", numbers decimal text, telephone numbers and ids without spaces.
type Values map[string]string

// Links are the subjects to which a subject belongs.
type Links struct {
	Household string `db:"household_id" json:"household,omitempty"`
	Dwelling  string `db:"dwelling_id" json:"dwelling,omitempty"`
	Building  string `db:"building_id" json:"building,omitempty"`
	Owner     string `db:"owner_id" json:"owner,omitempty"`
}

// elements are the links as they stand in a change.
func (l *Links) elements() map[string]*string {
	return map[string]*string{householdElement: &l.Household, dwellingElement: &l.Dwelling, buildingElement: &l.Building, ownerElement: &l.Owner}
}

// or takes over from others the links that these lack.
func (l Links) or(others Links) Links {
	return Links{Household: cmp.Or(l.Household, others.Household), Dwelling: cmp.Or(l.Dwelling, others.Dwelling),
		Building: cmp.Or(l.Building, others.Building), Owner: cmp.Or(l.Owner, others.Owner)}
}

// isLink tells whether a change of an element is one of where a subject is.
func isLink(element string) bool {
	return element == placeElement || (&Links{}).elements()[element] != nil
}

// row is a subject as it is stored.
type row struct {
	Seq      int64  `db:"seq"`
	ID       string `db:"id"`
	Kind     Kind   `db:"kind"`
	Place    string `db:"place"`
	Name     string `db:"name"`
	Sort     string `db:"sort"`
	Code     string `db:"code"`
	Address  string `db:"address"`
	Birth    string `db:"birth"`
	Sex      string `db:"sex"`
	State    string `db:"state"`
	Relation string `db:"relation"`
	Links
	IDHash     string             `db:"id_hash"`
	Tags       string             `db:"tags"`
	Since      string             `db:"since"`
	Until      string             `db:"until"`
	Checked    string             `db:"checked"`
	Source     string             `db:"source"`
	Wrapped    string             `db:"wrapped"`
	Plain      store.JSON[Values] `db:"plain"`
	Sealed     string             `db:"sealed"`
	Gone       string             `db:"gone"`
	MergedInto string             `db:"merged_into"`
	Created    store.Moment       `db:"created_at"`
	Updated    store.Moment       `db:"updated_at"`
	Version    int                `db:"version"`
}

const columns = `s.seq, s.id, s.kind, s.place, s.name, s.sort, s.code, s.address, s.birth, s.sex, s.state, s.relation,
	s.household_id, s.dwelling_id, s.building_id, s.owner_id, s.id_hash, s.tags, s.since, s.until, s.checked, s.source,
	s.wrapped, s.plain, s.sealed, s.gone, s.merged_into, s.created_at, s.updated_at, s.version`

// column returns the typed column of an element, nil if it has none.
func (r *row) column(element string) *string {
	switch element {
	case "person.name", "dwelling.room_number", "building.name", "organisation.name":
		return &r.Name
	case "person.birth_date":
		return &r.Birth
	case "person.sex":
		return &r.Sex
	case "person.relation_to_head":
		return &r.Relation
	case "person.residence_kind", "dwelling.occupancy", "organisation.operating_status":
		return &r.State
	case "person.current_address", "household.address", "dwelling.address", "building.address", "organisation.business_address":
		return &r.Address
	case "household.number", "dwelling.code", "organisation.credit_code", "vehicle.plate":
		return &r.Code
	}
	return nil
}

// columnElements are the elements that have a column, by kind.
var columnElements = map[Kind][]string{
	Person:       {"person.name", "person.birth_date", "person.sex", "person.relation_to_head", "person.residence_kind", "person.current_address"},
	Household:    {"household.number", "household.address"},
	Dwelling:     {"dwelling.room_number", "dwelling.occupancy", "dwelling.address", "dwelling.code"},
	Building:     {"building.name", "building.address"},
	Organisation: {"organisation.name", "organisation.operating_status", "organisation.business_address", "organisation.credit_code"},
	Vehicle:      {"vehicle.plate"},
}

// values puts together what is known, opening what is sealed.
func (r *row) values(ring *seal.Ring) (Values, error) {
	out := make(Values, len(r.Plain.V)+12)
	for e, v := range r.Plain.V {
		out[e] = v
	}
	for _, e := range columnElements[r.Kind] {
		if v := *r.column(e); v != "" {
			out[e] = v
		}
	}
	if r.Sealed == "" {
		return out, nil
	}
	key, err := ring.Key(r.Wrapped)
	if err != nil {
		return nil, err
	}
	doc, err := key.Open(r.Sealed, r.ID)
	if err != nil {
		return nil, err
	}
	var sealed Values
	if err := json.Unmarshal(doc, &sealed); err != nil {
		return nil, err
	}
	for e, v := range sealed {
		out[e] = v
	}
	return out, nil
}

// set takes the values apart again.
func (r *row) set(all Values, sealedBy seal.Key, dict Dictionary, ring *seal.Ring) error {
	r.Plain.V = Values{}
	sealed := Values{}
	for _, e := range columnElements[r.Kind] {
		*r.column(e) = ""
	}
	for e, v := range all {
		if v == "" {
			continue
		}
		if c := r.column(e); c != nil {
			*c = v
		} else if dict.Sealed(e) {
			sealed[e] = v
		} else {
			r.Plain.V[e] = v
		}
	}
	r.IDHash = ""
	if id := all["person.id_number"]; id != "" {
		r.IDHash = ring.Hash("id", id)
	}
	if r.Kind == Vehicle {
		r.Name = r.Code
	}
	r.Sort = sortKey(r.Kind, r.Name)
	r.Tags = tags(all)
	r.Sealed = ""
	if len(sealed) > 0 {
		doc, err := json.Marshal(sealed)
		if err != nil {
			return err
		}
		r.Sealed = sealedBy.Seal(doc, r.ID)
	}
	return nil
}

// Dictionary is what a ledger has to know of elements.
type Dictionary interface {
	// Sealed tells whether an element is stored encrypted.
	Sealed(element string) bool
	// Mask hides what a screen shows only to those who said what for.
	Mask(element, value string) string
	// Normal brings a value into canonical form, or says what is wrong with it.
	Normal(element, value string) (string, error)
	// Kept is the day until which an element is held that was last needed on a
	// day; false if it is held as long as its subject.
	Kept(element string, needed calendar.Date) (calendar.Date, bool)
}

// KindOf is the kind to which an element belongs: the word before its dot. A
// compound is told of its buildings.
func KindOf(element string) Kind {
	k, _, _ := strings.Cut(element, ".")
	if k == "compound" {
		return Building
	}
	return Kind(k)
}

// Derived tells whether an element follows from others, so that nobody enters
// it.
func Derived(element string) bool { return derived[element] }

// Naming is the element without which a subject of a kind cannot be entered.
func Naming(kind Kind) (element string, ok bool) {
	n, ok := naming[kind]
	return n.element, ok
}

// A need for service is told by what is known, it is not a label that somebody
// puts on a person.
var needs = []struct{ tag, element, value string }{
	{"alone", "person.lives_alone", "1"},
	{"disabled", "person.disability_card_number", ""},
	{"aid", "household.aid_kind", ""},
	{"guardian", "person.guardian_name", ""},
}

func tags(v Values) string {
	var out []string
	for _, n := range needs {
		if got := v[n.element]; got != "" && (n.value == "" || got == n.value) {
			out = append(out, n.tag)
		}
	}
	if len(out) == 0 {
		return ""
	}
	slices.Sort(out)
	return "," + strings.Join(out, ",") + ","
}
