package subject

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// derived are the elements that nobody enters: they follow from others.
var derived = map[string]bool{
	"person.age": true, "household.head_name": true, "household.head_id_number": true, "household.head_phone": true,
	"household.member_count": true, "dwelling.vacant": true, "dwelling.rented": true, "dwelling.resident_count": true,
}

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
	// Checked is the day on which the subject was last confirmed.
	Checked string
	Source  string
}

// batch is how many subjects are put together at a time.
const batch = 500

// Each calls f with the facts of every subject of a kind that somebody may see
// and that a filter lets through, as of a moment, in the order of places and
// names. It reads in batches, so that a street of any size fits.
func (s *Service) Each(ctx context.Context, who access.Identity, kind Kind, f Filter, m Moment, each func(Facts) error) error {
	seen := map[string]bool{}
	run := func(rows []row) error {
		rows = slices.DeleteFunc(rows, func(r row) bool { return seen[r.ID] })
		for _, r := range rows {
			seen[r.ID] = true
		}
		facts, err := s.facts(ctx, who, rows, m, f.Place)
		if err != nil {
			return err
		}
		for _, x := range facts {
			if err := each(x); err != nil {
				return err
			}
		}
		return nil
	}
	p := Page{Limit: 200}
	for {
		rows, next, err := s.rows(ctx, who, kind, f, p)
		if err != nil {
			return err
		}
		if err := run(rows); err != nil {
			return err
		}
		if p.After = next; next == "" {
			break
		}
	}
	if m.On == "" && m.Known == "" {
		return nil
	}
	return s.former(ctx, who, kind, f, m, run)
}

// former reads those that a list of today lacks: who has left since the
// moment, and who has moved out of the place.
func (s *Service) former(ctx context.Context, who access.Identity, kind Kind, f Filter, m Moment, run func([]row) error) error {
	places := Narrow(who.Places(access.Keeper), f.Place)
	if len(places) == 0 {
		return nil
	}
	since := cmp.Or(m.On, "0000")
	after := int64(0)
	for {
		left, err := store.All[row](ctx, s.db, s.conditions(store.SQL("SELECT "+columns+` FROM subject s
			WHERE s.kind = ? AND s.until <> '' AND s.until > ? AND s.gone = 'left' AND s.seq > ?`, kind, since, after), f).
			In(store.Scope{Places: places}, "s.place", "").Add(" ORDER BY s.seq LIMIT ?", batch))
		if err != nil {
			return err
		}
		if err := run(left); err != nil {
			return err
		}
		if len(left) < batch {
			break
		}
		after = left[len(left)-1].Seq
	}
	for after = 0; ; {
		moved, err := store.All[row](ctx, s.db, s.conditions(store.SQL("SELECT "+columns+` FROM subject s
			WHERE s.kind = ? AND s.gone IN ('', 'left') AND s.seq > ?`, kind, after), f).
			Add(" AND s.id IN (SELECT c.subject_id FROM subject_change c WHERE c.place_from <> ''").
			In(store.Scope{Places: places}, "c.place_from", "").Add(") ORDER BY s.seq LIMIT ?", batch))
		if err != nil {
			return err
		}
		if err := run(moved); err != nil {
			return err
		}
		if len(moved) < batch {
			return nil
		}
		after = moved[len(moved)-1].Seq
	}
}

// facts puts together what is known of some subjects at a moment.
func (s *Service) facts(ctx context.Context, who access.Identity, rows []row, m Moment, within string) ([]Facts, error) {
	var later map[string][]changeRow
	past := m.On != "" || m.Known != ""
	if past {
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i] = rows[i].ID
		}
		var err error
		if later, err = s.changes(ctx, ids); err != nil {
			return nil, err
		}
	}
	out := make([]Facts, 0, len(rows))
	kept := rows[:0:0]
	for i := range rows {
		r := rows[i]
		if past && !m.there(&r) {
			continue
		}
		v, err := s.at(&r, m, later[r.ID])
		if err != nil {
			return nil, err
		}
		if !who.Has(r.Place, access.Keeper) || !strings.HasPrefix(r.Place, within) {
			continue // it was elsewhere then
		}
		kept = append(kept, r)
		out = append(out, Facts{ID: r.ID, Kind: r.Kind, Place: r.Place, Values: v, Checked: r.Checked, Source: r.Source})
	}
	around, err := s.around(ctx, kept)
	if err != nil {
		return nil, err
	}
	on := s.today()
	if m.On != "" {
		if on, err = calendar.Parse(m.On); err != nil {
			return nil, errDay
		}
	}
	for i := range out {
		around.complete(&out[i], &kept[i], on)
	}
	return out, nil
}

// surroundings are the records around some subjects.
type surroundings struct {
	rows    map[string]row
	values  map[string]Values
	heads   map[string]string // household → person
	members map[string]int    // household → people
	living  map[string]int    // dwelling → people
	places  map[string]string
}

func (s *Service) around(ctx context.Context, rows []row) (*surroundings, error) {
	a := &surroundings{rows: map[string]row{}, values: map[string]Values{}, heads: map[string]string{}, members: map[string]int{}, living: map[string]int{}, places: map[string]string{}}
	var homes, dwellings []string
	places := map[string]bool{}
	for _, r := range rows {
		a.rows[r.ID] = r
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
	type count struct {
		ID string `db:"id"`
		N  int    `db:"n"`
	}
	counts := func(column string, ids []string, to map[string]int) error {
		for chunk := range slices.Chunk(distinct(ids), batch) {
			list, args := store.List(chunk)
			got, err := store.All[count](ctx, s.db, store.SQL("SELECT "+column+" AS id, count(*) AS n FROM subject WHERE "+column+" <> '' AND "+column+" IN "+list+
				" AND kind = 'person' AND gone = '' GROUP BY "+column, args...).Anywhere())
			if err != nil {
				return err
			}
			for _, c := range got {
				to[c.ID] = c.N
			}
		}
		return nil
	}
	if err := counts("household_id", homes, a.members); err != nil {
		return nil, err
	}
	if err := counts("dwelling_id", dwellings, a.living); err != nil {
		return nil, err
	}
	for chunk := range slices.Chunk(distinct(homes), batch) {
		list, args := store.List(chunk)
		heads, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.household_id <> '' AND s.household_id IN "+list+
			" AND s.kind = 'person' AND s.gone = '' AND s.relation = '"+head+"' ORDER BY s.seq", args...).Anywhere())
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			a.rows[h.ID], a.heads[h.Household] = h, h.ID
		}
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
			for _, r := range more {
				a.rows[r.ID] = r
			}
		}
	}
	for id, r := range a.rows {
		if r.Gone == "erased" || r.Wrapped == "" {
			a.values[id] = Values{}
			continue
		}
		v, err := r.values(s.ring)
		if err != nil {
			return nil, err
		}
		a.values[id] = v
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

// complete adds to a subject's own values what the records around it tell.
func (a *surroundings) complete(f *Facts, r *row, on calendar.Date) {
	v := f.Values
	add := func(id string) {
		for e, x := range a.values[id] {
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
		h := a.values[a.heads[home]]
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

// A Card is everything that is known of a subject, numbers masked.
type Card struct {
	Line
	Version int      `json:"version"`
	Since   string   `json:"since"`
	Until   string   `json:"until"`
	Gone    string   `json:"gone"`
	Source  string   `json:"source"`
	Values  Values   `json:"values"`
	Masked  []string `json:"masked" nullable:"false" doc:"elements that are shown masked"`
	Members []Line   `json:"members" nullable:"false" doc:"people of the household or dwelling"`
}

// Get opens the page of a subject. That somebody looked is written down.
func (s *Service) Get(ctx context.Context, who access.Identity, id string) (Card, error) {
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return Card{}, err
	}
	if r.Gone == "erased" {
		return Card{}, access.ErrMissing
	}
	facts, err := s.facts(ctx, who, []row{r}, Moment{}, "")
	if err != nil {
		return Card{}, err
	}
	lines, err := s.lines(ctx, []row{r})
	if err != nil {
		return Card{}, err
	}
	full := Card{Line: lines[0], Version: r.Version, Since: r.Since, Until: r.Until, Gone: r.Gone, Source: r.Source,
		Values: Values{}, Masked: []string{}, Members: []Line{}}
	for e, v := range facts[0].Values {
		m := s.dict.Mask(e, v)
		if m != v {
			full.Masked = append(full.Masked, e)
		}
		full.Values[e] = m
	}
	slices.Sort(full.Masked)
	link := Links{}
	switch {
	case r.Kind == Household:
		link.Household = r.ID
	case r.Household != "":
		link.Household = r.Household
	case r.Kind == Dwelling:
		link.Dwelling = r.ID
	}
	if link != (Links{}) {
		if full.Members, _, err = s.List(ctx, who, Person, Filter{Links: link}, Page{Limit: 200}); err != nil {
			return Card{}, err
		}
		full.Members = slices.DeleteFunc(full.Members, func(l Line) bool { return l.ID == r.ID })
	}
	return full, s.db.Tx(ctx, func(tx *store.Tx) error { return s.note(ctx, tx, who, "subject.view", &r, nil) })
}

// Unmask shows some elements of a subject as they are. What it is for is
// stated, and written down with who looked.
func (s *Service) Unmask(ctx context.Context, who access.Identity, id string, elements []string, purpose string) (Values, error) {
	purpose = strings.TrimSpace(purpose)
	if n := utf8.RuneCountInString(purpose); n < 4 || n > 100 {
		return nil, errPurpose
	}
	r, err := s.one(ctx, s.db, who, id)
	if err != nil {
		return nil, err
	}
	if r.Gone == "erased" {
		return nil, access.ErrMissing
	}
	facts, err := s.facts(ctx, who, []row{r}, Moment{}, "")
	if err != nil {
		return nil, err
	}
	out := Values{}
	for _, e := range elements {
		if v, ok := facts[0].Values[e]; ok {
			out[e] = v
		}
	}
	return out, s.db.Tx(ctx, func(tx *store.Tx) error {
		return s.note(ctx, tx, who, "subject.unmask", &r, map[string]any{"elements": slices.Sorted(maps.Keys(out)), "purpose": purpose})
	})
}

// Looks returns who has looked at a subject, newest first, at most 100.
func (s *Service) Looks(ctx context.Context, who access.Identity, id string) ([]journal.Event, error) {
	if _, err := s.one(ctx, s.db, who, id); err != nil {
		return nil, err
	}
	return store.All[journal.Event](ctx, s.db, store.SQL(`
		SELECT id, at, actor, origin, verb, before_doc, after_doc FROM event
		WHERE subject = 'subject' AND subject_id = ? AND verb IN ('subject.view', 'subject.unmask', 'subject.export')
		ORDER BY id DESC LIMIT 100`, id).Anywhere())
}
