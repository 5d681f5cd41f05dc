package subject

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/store"
)

// A counted element counts the subjects of a kind that meet a condition. The
// condition on facts is the definition; the one on columns says the same for
// the state of today, which needs no reading of every record.
type counted struct {
	element string
	kind    Kind
	where   string // "" counts all
	args    func(on calendar.Date) []any
	holds   func(f Facts, on calendar.Date) bool
}

func anyone(Facts, calendar.Date) bool { return true }

func stateIs(states ...string) func(Facts, calendar.Date) bool {
	return func(f Facts, _ calendar.Date) bool {
		for _, e := range columnElements[f.Kind] {
			if r := (&row{}); r.column(e) == &r.State {
				for _, s := range states {
					if f.Values[e] == s {
						return true
					}
				}
			}
		}
		return false
	}
}

// valueIs tells whether an element has a value, "" for any at all.
func valueIs(element, value string) func(Facts, calendar.Date) bool {
	return func(f Facts, _ calendar.Date) bool {
		if value == "" {
			return f.Values[element] != ""
		}
		return f.Values[element] == value
	}
}

// says looks for a value in the document of open values; the document is
// written by one marshaller, so its text is the same each time.
func says(element, value string) string {
	return `s.plain LIKE '%"` + element + `":"` + value + `"%'`
}

func older(element string, years int) counted {
	return counted{element, Person, "s.birth <> '' AND s.birth <= ?",
		func(on calendar.Date) []any { return []any{on.AddMonths(-12 * years).String()} },
		func(f Facts, on calendar.Date) bool { return Age(f.Values["person.birth_date"], on) >= years }}
}

// Codes of local:residence-kind. Who is registered and lives here is a resident
// too.
const (
	registeredHere = "1"
	residentHere   = "2"
	passing        = "3"
)

var countedElements = []counted{
	{"count.persons", Person, "", nil, anyone},
	{"count.persons.registered", Person, "s.state = '" + registeredHere + "'", nil, stateIs(registeredHere)},
	{"count.persons.resident", Person, "s.state IN ('" + registeredHere + "', '" + residentHere + "')", nil, stateIs(registeredHere, residentHere)},
	{"count.persons.migrant", Person, "s.state = '" + passing + "'", nil, stateIs(passing)},
	older("count.persons.age60plus", 60), older("count.persons.age65plus", 65), older("count.persons.age80plus", 80),
	{"count.persons.disabled", Person, "s.tags LIKE '%,disabled,%'", nil, valueIs("person.disability_card_number", "")},
	{"count.persons.lives_alone", Person, "s.tags LIKE '%,alone,%' AND s.birth <> '' AND s.birth <= ?",
		func(on calendar.Date) []any { return []any{on.AddMonths(-12 * 60).String()} },
		func(f Facts, on calendar.Date) bool {
			return f.Values["person.lives_alone"] == "1" && Age(f.Values["person.birth_date"], on) >= 60
		}},
	{"count.persons.pension_insured", Person, says("person.pension_insured", "1"), nil, valueIs("person.pension_insured", "1")},
	{"count.persons.dibao", Person, "EXISTS (SELECT 1 FROM subject h WHERE h.id = s.household_id AND " + strings.Replace(says("household.aid_kind", "1"), "s.", "h.", 1) + ")", nil,
		valueIs("household.aid_kind", "1")},
	{"count.households", Household, "", nil, anyone},
	{"count.households.dibao", Household, says("household.aid_kind", "1"), nil, valueIs("household.aid_kind", "1")},
	{"count.dwellings", Dwelling, "", nil, anyone},
	{"count.dwellings.rented", Dwelling, "s.state = '" + Let + "'", nil, stateIs(Let)},
	{"count.dwellings.vacant", Dwelling, "s.state = '" + Vacant + "'", nil, stateIs(Vacant)},
	{"count.buildings", Building, "", nil, anyone},
	{"count.enterprises", Organisation, says("organisation.kind", "1"), nil, valueIs("organisation.kind", "1")},
	{"count.shops", Organisation, says("organisation.kind", "2"), nil, valueIs("organisation.kind", "2")},
}

// Rest stands for what is in no place of the level that is counted.
const Rest = "rest"

// Counted are the elements that the ledger counts.
func Counted() []string {
	out := []string{}
	for _, c := range countedElements {
		out = append(out, c.element)
	}
	return append(out, "count.grids")
}

// Counts returns the counts of each place of a level, in digits of its code,
// inside a place: place code → element → number. What lies inside it but in none
// of these, people of a community who are in no grid, is counted under [Rest];
// the entry is missing where there is nothing. Places and elements without
// anything to count are 0; an element that the ledger does not count is left
// out. Any keeper, clerk, leader or auditor of the place may ask: a count
// shows nobody.
func (s *Service) Counts(ctx context.Context, who access.Identity, within string, level int, m Moment) (map[string]map[string]int, error) {
	if !who.Has(within, access.Keeper, access.Clerk, access.Leader, access.Auditor) {
		return nil, access.ErrDenied
	}
	out := map[string]map[string]int{}
	places, err := store.All[string](ctx, s.db, store.SQL("SELECT code FROM place WHERE length(code) = ?", level).
		In(store.Scope{Places: []string{within}}, "code", "").Add(" ORDER BY code LIMIT 20000"))
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		out[p] = map[string]int{"count.grids": 0}
		for _, c := range countedElements {
			out[p][c.element] = 0
		}
	}
	grids, err := store.All[string](ctx, s.db, store.SQL("SELECT code FROM place WHERE length(code) = 15").
		In(store.Scope{Places: []string{within}}, "code", "").Add(" ORDER BY code LIMIT 100000"))
	if err != nil {
		return nil, err
	}
	for _, g := range grids {
		if c := out[g[:min(level, 15)]]; c != nil {
			c["count.grids"]++
		}
	}
	rest := map[string]int{}
	at := func(place string) map[string]int {
		if p := out[place[:min(level, len(place))]]; p != nil {
			return p
		}
		return rest
	}
	if m.past() {
		err = s.countThen(ctx, within, level, m, at)
	} else {
		err = s.countNow(ctx, within, level, s.today(), at)
	}
	if slices.ContainsFunc(slices.Collect(maps.Values(rest)), func(n int) bool { return n != 0 }) {
		out[Rest] = rest
		for _, e := range Counted() {
			rest[e] += 0 // a number for each
		}
	}
	return out, err
}

type countLine struct {
	Place   string `db:"at_place"`
	Element int    `db:"element"`
	N       int    `db:"n"`
}

// countNow counts those that are there today, by their ages on a day.
func (s *Service) countNow(ctx context.Context, within string, level int, on calendar.Date, to func(place string) map[string]int) error {
	at := "substr(s.place, 1, " + strconv.Itoa(level) + ")"
	for i, c := range countedElements {
		d := store.SQL("SELECT " + at + " AS at_place, " + strconv.Itoa(i) + " AS element, count(*) AS n FROM subject s WHERE s.gone = '' AND s." + c.kind.is())
		if c.where != "" {
			var args []any
			if c.args != nil {
				args = c.args(on)
			}
			d = d.Add(" AND ("+c.where+")", args...)
		}
		if n := min(len(within), 12); n == 6 || n == 9 || n == 12 {
			d = d.Add(" AND substr(s.place, 1, "+strconv.Itoa(n)+") = ?", within[:n])
		}
		lines, err := store.All[countLine](ctx, s.db, d.In(store.Scope{Places: []string{within}}, "s.place", "").Add(" GROUP BY "+at))
		if err != nil {
			return err
		}
		for _, l := range lines {
			to(l.Place)[c.element] += l.N
		}
	}
	return nil
}

// CountBuildings returns the counts of some buildings inside a place as of a
// moment: building → element → number.
func (s *Service) CountBuildings(ctx context.Context, who access.Identity, within string, ids []string, m Moment) (map[string]map[string]int, error) {
	out := map[string]map[string]int{}
	for _, id := range ids {
		out[id] = map[string]int{}
		for _, c := range countedElements {
			if c.kind == Dwelling || c.kind == Person || c.kind == Household {
				out[id][c.element] = 0
			}
		}
	}
	if m.past() {
		return out, s.tally(ctx, who, []Kind{Dwelling, Household, Person}, within, m, func(f Facts) map[string]int { return out[f.Building] })
	}
	on := s.today()
	for chunk := range slices.Chunk(ids, batch) {
		list, args := store.List(chunk)
		for i, c := range countedElements {
			at, join := "d.building_id", " JOIN subject d ON d.id = s.dwelling_id AND s.dwelling_id <> '' AND d.building_id <> '' AND d.building_id IN "+list
			switch c.kind {
			case Dwelling:
				at, join = "s.building_id", ""
			case Person, Household:
			default:
				continue
			}
			var d store.Draft
			if join != "" {
				d = store.SQL("SELECT "+at+" AS at_place, "+strconv.Itoa(i)+" AS element, count(*) AS n FROM subject s"+join+" WHERE s.gone = '' AND s."+c.kind.is(), args...)
			} else {
				d = store.SQL("SELECT "+at+" AS at_place, "+strconv.Itoa(i)+" AS element, count(*) AS n FROM subject s WHERE s.building_id <> '' AND s.building_id IN "+list+" AND s.gone = '' AND s."+c.kind.is(), args...)
			}
			if c.where != "" {
				var more []any
				if c.args != nil {
					more = c.args(on)
				}
				d = d.Add(" AND ("+c.where+")", more...)
			}
			lines, err := store.All[countLine](ctx, s.db, d.In(store.Scope{Places: Narrow(who.Places(access.Keeper), within)}, "s.place", "").Add(" GROUP BY "+at))
			if err != nil {
				return nil, err
			}
			for _, l := range lines {
				out[l.Place][c.element] = l.N
			}
		}
	}
	return out, nil
}

// countThen counts those of today, and puts right those who were not there on
// the day, were elsewhere, or of whom something else was known.
func (s *Service) countThen(ctx context.Context, within string, level int, m Moment, to func(place string) map[string]int) error {
	// The program itself reads, on behalf of somebody who sees numbers alone.
	reader := access.Identity{Grants: []access.Grant{{Role: access.Keeper}}}
	if m.Known != "" {
		return s.tally(ctx, reader, Kinds, within, m, func(f Facts) map[string]int { return to(f.Place) })
	}
	on, err := s.day(m)
	if err != nil {
		return err
	}
	if err := s.countNow(ctx, within, level, on, to); err != nil {
		return err
	}
	add := func(rows []row, as Moment, n int) error {
		facts, err := s.facts(ctx, reader, rows, Filter{Place: within, As: as})
		for _, f := range facts {
			for _, c := range countedElements {
				if c.kind == f.Kind && c.holds(f, on) {
					to(f.Place)[c.element] += n
				}
			}
		}
		return err
	}
	for after := int64(0); ; {
		rows, err := s.otherThen(ctx, within, m.On, after)
		if err != nil {
			return err
		}
		today := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.Gone != "" })
		if err := add(today, Moment{}, -1); err != nil {
			return err
		}
		if err := add(slices.Clone(rows), m, 1); err != nil {
			return err
		}
		if len(rows) < batch {
			return nil
		}
		after = rows[len(rows)-1].Seq
	}
}

// otherThen returns those of a place, of today or of a day, who were not on that
// day what they are today: who came or left since, or of whom or of whose
// household something has changed.
func (s *Service) otherThen(ctx context.Context, within, day string, after int64) ([]row, error) {
	const changed = "(SELECT c.subject_id FROM subject_change c WHERE c.holds_from <> '' AND c.holds_from > ?"
	end := store.PrefixEnd(within)
	// Where they were is looked at when they are put back.
	return store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.gone IN ('', 'left') AND s.seq > ?", after).
		Add(" AND (s.place >= ? AND s.place < ? OR s.id IN "+changed+" AND c.place_from >= ? AND c.place_from < ?))", within, end, day, within, end).
		Add(" AND (s.since <> '' AND s.since > ? OR s.birth > ? OR s.until <> '' AND s.until > ? OR s.id IN "+changed+
			") OR s.kind = 'person' AND s.household_id <> '' AND s.household_id IN "+changed+"))", day, day, day, day, day).
		Anywhere().Add(" ORDER BY s.seq LIMIT ?", batch))
}

// tally adds each subject of a moment to the counts to which it belongs, nil
// for none.
func (s *Service) tally(ctx context.Context, who access.Identity, kinds []Kind, within string, m Moment, to func(Facts) map[string]int) error {
	on, err := s.day(m)
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		err := s.Each(ctx, who, kind, Filter{Place: within, As: m}, func(f Facts) error {
			p := to(f)
			if p == nil {
				return nil
			}
			for _, c := range countedElements {
				if c.kind == kind && c.holds(f, on) {
					p[c.element]++
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
