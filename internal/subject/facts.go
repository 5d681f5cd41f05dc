package subject

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/store"
)

// derived are the elements that nobody enters: they follow from others.
var derived = map[string]bool{
	"person.age": true, "household.head_name": true, "household.head_id_number": true, "household.head_phone": true,
	"household.member_count": true, "dwelling.vacant": true, "dwelling.rented": true, "dwelling.resident_count": true,
}

// OfHead tells whether an element is one of the head of a household.
func OfHead(element string) bool { return strings.HasPrefix(element, "household.head_") }

// Occupancy codes of dwellings, local:occupancy.
const (
	OwnUse = "1"
	Let    = "2"
	Vacant = "3"
)

// Facts are what is known of a subject, from whichever record tells it: its
// own values, those of its household, dwelling and building, the names of the
// places around it, and what follows from them.
type Facts struct {
	ID     string
	Kind   Kind
	Place  string
	Values Values
	// Links are those of the moment, itself among them; the dwelling and the
	// building are those of the household where it names none itself.
	Links
	// Head is who heads the household, "" where that is not told.
	Head string
	// Checked is the day on which the subject was last confirmed.
	Checked string
	Source  string
}

// About returns what is known of one subject as of a moment.
func (s *Service) About(ctx context.Context, who access.Identity, id string, as Moment) (Facts, error) {
	r, err := s.one(ctx, s.db, who, id)
	if err == nil && r.Gone == "erased" {
		err = access.ErrMissing
	}
	if err != nil {
		return Facts{}, err
	}
	facts, err := s.facts(ctx, who, []row{r}, Filter{As: as})
	if err == nil && len(facts) == 0 {
		err = errThen.With("day", as.On)
	}
	if err != nil {
		return Facts{}, err
	}
	return facts[0], nil
}

// facts puts together what is known of the rows that are meant.
func (s *Service) facts(ctx context.Context, who access.Identity, rows []row, f Filter) ([]Facts, error) {
	on, err := s.day(f.As)
	if err != nil {
		return nil, err
	}
	rows, values, err := s.meant(ctx, who, rows, f, on)
	if err != nil {
		return nil, err
	}
	around, err := s.around(ctx, who, rows, values, f.As)
	if err != nil {
		return nil, err
	}
	out := make([]Facts, len(rows))
	for i := range rows {
		r := &rows[i]
		out[i] = Facts{ID: r.ID, Kind: r.Kind, Place: r.Place, Links: r.Links, Values: values[i], Checked: r.Checked, Source: r.Source}
		around.complete(&out[i], r, on)
	}
	return out, nil
}

// day is the day of a moment.
func (s *Service) day(m Moment) (calendar.Date, error) {
	if m.On == "" {
		return s.today(), nil
	}
	on, err := calendar.Parse(m.On)
	if err != nil {
		return on, errDay
	}
	return on, nil
}

// meant puts rows back to what they were at the moment of a filter, and returns
// those that were there, within somebody's scope and let through by the filter,
// with their values.
func (s *Service) meant(ctx context.Context, who access.Identity, rows []row, f Filter, on calendar.Date) ([]row, []Values, error) {
	values, err := s.then(ctx, rows, f.As)
	if err != nil {
		return nil, nil, err
	}
	kept, of := make([]row, 0, len(rows)), make([]Values, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		if f.As.past() && (!f.As.there(r) || !f.lets(r, on)) {
			continue
		}
		if !who.Has(r.Place, access.Keeper) || !strings.HasPrefix(r.Place, f.Place) {
			continue // it was elsewhere then
		}
		kept, of = append(kept, *r), append(of, values[i])
	}
	return kept, of, nil
}

// surroundings are the records around some subjects.
type surroundings struct {
	who     access.Identity
	rows    map[string]row
	values  map[string]Values
	heads   map[string]string // household → person
	members map[string]int    // household → people
	living  map[string]int    // dwelling → people
	places  map[string]string
}

func newSurroundings(who access.Identity) *surroundings {
	return &surroundings{who: who, rows: map[string]row{}, values: map[string]Values{}, heads: map[string]string{}, members: map[string]int{}, living: map[string]int{}, places: map[string]string{}}
}

func (s *Service) around(ctx context.Context, who access.Identity, rows []row, values []Values, m Moment) (*surroundings, error) {
	a := newSurroundings(who)
	var homes, dwellings []string
	places := map[string]bool{}
	for i, r := range rows {
		a.rows[r.ID], a.values[r.ID] = r, values[i]
		switch r.Kind {
		case Household:
			homes = append(homes, r.ID)
		case Dwelling:
			dwellings = append(dwellings, r.ID)
		case Person:
			homes = append(homes, r.Household)
		}
		for _, n := range []int{9, 12, 15} {
			if len(r.Place) >= n {
				places[r.Place[:n]] = true
			}
		}
	}
	live := a.live
	if m.past() {
		live = a.lived
	}
	if err := live(ctx, s, distinct(homes), distinct(dwellings), m); err != nil {
		return nil, err
	}
	// A person leads to a household and a dwelling, a dwelling to a building.
	for range 3 {
		var ids []string
		for _, r := range a.rows {
			for _, id := range []string{r.Household, r.Dwelling, r.Building} {
				if _, ok := a.rows[id]; !ok && id != "" {
					ids = append(ids, id)
				}
			}
		}
		if len(ids) == 0 {
			break
		}
		for chunk := range slices.Chunk(distinct(ids), batch) {
			list, args := store.List(chunk)
			more, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.id IN "+list, args...).Anywhere())
			if err != nil {
				return nil, err
			}
			if err := a.put(ctx, s, more, m); err != nil {
				return nil, err
			}
		}
	}
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(places)), batch) {
		list, args := store.List(chunk)
		got, err := store.All[struct {
			Code string `db:"code"`
			Name string `db:"name"`
		}](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE code IN "+list, args...).Anywhere())
		if err != nil {
			return nil, err
		}
		for _, p := range got {
			a.places[p.Code] = p.Name
		}
	}
	return a, nil
}

func distinct(ids []string) []string {
	out := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(out)
	return slices.Compact(out)
}

// whereabouts are what a record outside somebody's area tells of those inside
// it: where they live.
var whereabouts = map[string]bool{"dwelling.address": true, "dwelling.room_number": true, "building.address": true, "building.name": true, "compound.name": true, "household.address": true}

// complete adds to a subject's own values what the records around it tell.
func (a *surroundings) complete(f *Facts, r *row, on calendar.Date) {
	v := f.Values
	add := func(id string) {
		kept := a.who.Has(a.rows[id].Place, access.Keeper)
		for e, x := range a.values[id] {
			if !kept && !whereabouts[e] {
				continue
			}
			if _, own := v[e]; !own && KindOf(e) != f.Kind && KindOf(e) != Person {
				v[e] = x
			}
		}
	}
	home := r.Household
	if r.Kind == Household {
		home = r.ID
	}
	house := cmp.Or(r.Dwelling, a.rows[home].Dwelling)
	if r.Kind == Dwelling {
		house = r.ID
	}
	building := cmp.Or(r.Building, a.rows[house].Building)
	if r.Kind == Building {
		building = r.ID
	}
	f.Links = Links{Household: home, Dwelling: house, Building: building, Owner: r.Owner}
	for _, id := range []string{home, house, building} {
		if id != "" && id != r.ID {
			add(id)
		}
	}
	put := func(element, value string) {
		if value != "" && v[element] == "" {
			v[element] = value
		}
	}
	if r.Kind == Person {
		if n := Age(r.Birth, on); r.Birth != "" && n >= 0 {
			v["person.age"] = strconv.Itoa(n)
		}
		put("person.current_address", cmp.Or(v["dwelling.address"], v["household.address"]))
	}
	if home != "" {
		var h Values
		if a.who.Has(a.rows[a.heads[home]].Place, access.Keeper) {
			h, f.Head = a.values[a.heads[home]], a.heads[home]
		}
		put("household.head_name", h["person.name"])
		put("household.head_id_number", h["person.id_number"])
		put("household.head_phone", h["person.phone"])
		if n := a.members[home]; n > 0 {
			put("household.member_count", strconv.Itoa(n))
		}
		put("household.address", v["dwelling.address"])
	}
	if house != "" {
		switch v["dwelling.occupancy"] {
		case Let:
			put("dwelling.rented", "1")
			put("dwelling.vacant", "0")
		case Vacant:
			put("dwelling.rented", "0")
			put("dwelling.vacant", "1")
		case OwnUse:
			put("dwelling.rented", "0")
			put("dwelling.vacant", "0")
		}
		if r.Kind == Dwelling {
			put("dwelling.resident_count", strconv.Itoa(a.living[house]))
		}
	}
	for n, e := range map[int]string{9: "street.name", 12: "community.name", 15: "grid.name"} {
		if len(r.Place) >= n {
			put(e, a.places[r.Place[:n]])
		}
	}
	if len(r.Place) == 15 {
		put("grid.code", r.Place)
	}
}
