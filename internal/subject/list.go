package subject

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

var errPage = fault.New(fault.Invalid, "page_after", "翻页参数不正确，请从第一页重新打开", "The page address is wrong. Open the list from its first page.")

// A Filter narrows a list down; empty fields do not.
type Filter struct {
	Place  string // code prefix
	Query  string // name, initials, part of an address, end of an id or telephone number; all words must match
	AgeMin int    // full years today
	AgeMax int    // 0: no limit
	Tag    string // need for service
	State  string
	Left   bool // those who have left instead, the last first; a query is part of a name
	// Of one household, dwelling, building or owner.
	Links Links
	// As of when, the zero Moment for today. Ages and states are those of then;
	// words are looked for among those of today, of who has left in the names.
	As Moment
}

// lets tells whether a row, as it was on a day, is let through by what a filter
// says of its columns.
func (f Filter) lets(r *row, on calendar.Date) bool {
	if f.AgeMin > 0 || f.AgeMax > 0 {
		age := Age(r.Birth, on)
		if age < 0 || age < f.AgeMin || f.AgeMax > 0 && age > f.AgeMax {
			return false
		}
	}
	return (f.State == "" || r.State == f.State) && (f.Tag == "" || strings.Contains(r.Tags, ","+f.Tag+",")) && f.Links.among(r.Links)
}

// among tells whether of has every link that l names.
func (l Links) among(of Links) bool {
	return (l.Household == "" || l.Household == of.Household) && (l.Dwelling == "" || l.Dwelling == of.Dwelling) &&
		(l.Building == "" || l.Building == of.Building) && (l.Owner == "" || l.Owner == of.Owner)
}

// A Page is a part of a list: what follows a position, at most so many.
type Page struct {
	After string // where the last page ended, "" for the first
	Limit int    // 1 to 200, 0 for 50
}

// A Line is a subject in a list. Numbers are masked.
type Line struct {
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"`
	Place    string   `json:"place"`
	Name     string   `json:"name"`
	Code     string   `json:"code"`
	Address  string   `json:"address"`
	Birth    string   `json:"birth"`
	Age      int      `json:"age" doc:"full years on the day, -1 if unknown"`
	Sex      string   `json:"sex"`
	State    string   `json:"state"`
	Relation string   `json:"relation"`
	Number   string   `json:"number" doc:"masked resident id"`
	Phone    string   `json:"phone" doc:"masked telephone"`
	Tags     []string `json:"tags" nullable:"false"`
	Links
	Checked string `json:"checked"`
}

// emptyPages is how many pages of a past day a list skips in one go in which
// nobody was there yet.
const emptyPages = 20

// List returns a page of the subjects of a kind that somebody may see, and where the next page begins, "" after the last. Without a query
// they are in the order of names; with one in the order in which they were
// entered; of a past day those who are not there any more come last, and a page
// may have fewer lines than it could.
func (s *Service) List(ctx context.Context, who access.Identity, kind Kind, f Filter, p Page) ([]Line, string, error) {
	for range emptyPages {
		rows, next, err := s.page(ctx, who, kind, f, p)
		if err != nil {
			return nil, "", err
		}
		lines, err := s.lines(ctx, who, rows, f)
		if err != nil || len(lines) > 0 || next == "" {
			return lines, next, err
		}
		p.After = next
	}
	return nil, p.After, nil
}

func (s *Service) rows(ctx context.Context, who access.Identity, kind Kind, f Filter, p Page) ([]row, string, error) {
	if !slices.Contains(Kinds, kind) {
		return nil, "", errKind.With("kind", kind)
	}
	if p.Limit < 1 || p.Limit > 200 {
		p.Limit = 50
	}
	places := Narrow(who.Places(access.Keeper), f.Place)
	if len(places) == 0 {
		return nil, "", nil
	}
	if f.Left {
		return s.left(ctx, kind, places, f, p)
	}
	var rows []row
	var err error
	search := strings.TrimSpace(f.Query) != "" || f.Tag != ""
	if search {
		rows, err = s.search(ctx, kind, places, f, p)
	} else {
		rows, err = s.browse(ctx, kind, places, f, p)
	}
	if err != nil || len(rows) <= p.Limit {
		return rows, "", err
	}
	rows = rows[:p.Limit]
	last := rows[p.Limit-1]
	if search {
		return rows, strconv.FormatInt(last.Seq, 10), nil
	}
	return rows, last.Sort + "\n" + last.ID, nil
}

// called narrows a query down to those in whose names all words stand; it is for
// the few who have left and have no words to be found by.
func called(d store.Draft, query string) store.Draft {
	for _, w := range strings.Fields(width.Fold.String(query)) {
		d = d.Add(` AND s.name LIKE ? ESCAPE '!'`, "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w)+"%")
	}
	return d
}

// left reads those who have left.
func (s *Service) left(ctx context.Context, kind Kind, places []string, f Filter, p Page) ([]row, string, error) {
	d := called(s.conditions(store.SQL("SELECT "+columns+" FROM subject s WHERE s."+kind.is()+" AND s.until <> '' AND s.gone = 'left'"), f), f.Query)
	if p.After != "" {
		day, at, _ := strings.Cut(p.After, "\n")
		seq, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			return nil, "", errPage
		}
		d = d.Add(" AND (s.until < ? OR s.until = ? AND s.seq < ?)", day, day, seq)
	}
	rows, err := store.All[row](ctx, s.db, d.In(store.Scope{Places: places}, "s.place", "").Add(" ORDER BY s.until DESC, s.seq DESC LIMIT ?", p.Limit+1))
	if err != nil || len(rows) <= p.Limit {
		return rows, "", err
	}
	rows = rows[:p.Limit]
	last := rows[p.Limit-1]
	return rows, last.Until + "\n" + strconv.FormatInt(last.Seq, 10), nil
}

// Narrow returns what remains of a scope inside a place.
func Narrow(scope []string, place string) []string {
	var out []string
	if strings.Trim(place, "0123456789") != "" {
		return nil // no place has such a code
	}
	for _, p := range scope {
		switch {
		case strings.HasPrefix(place, p):
			return []string{place}
		case strings.HasPrefix(p, place):
			out = append(out, p)
		}
	}
	return out
}

// rareAge is an age that less than one in a hundred has.
const rareAge = 90

// conditions appends what a filter says of the columns.
func (s *Service) conditions(d store.Draft, f Filter) store.Draft {
	today := s.today()
	// Many are sixty, and a page of them is soon together in the order of names;
	// few are a hundred, and are found by their birthdays. A planner that takes
	// the birthdays for the many sorts tens of thousands.
	birth := "s.birth || ''"
	if f.AgeMin >= rareAge {
		birth = "s.birth"
	}
	d = d.If(f.AgeMin > 0, " AND s.birth <> '' AND "+birth+" <= ?", today.AddMonths(-12*f.AgeMin).String()).
		If(f.AgeMax > 0, " AND s.birth > ?", today.AddMonths(-12*(f.AgeMax+1)).String()).
		If(f.State != "", " AND s.state = ?", f.State)
	for _, l := range []struct{ column, id string }{
		{"household_id", f.Links.Household}, {"dwelling_id", f.Links.Dwelling}, {"building_id", f.Links.Building}, {"owner_id", f.Links.Owner}} {
		d = d.If(l.id != "", " AND s."+l.column+" <> '' AND s."+l.column+" = ?", l.id)
	}
	return d
}

// browse reads each place by the index of its level and merges.
func (s *Service) browse(ctx context.Context, kind Kind, places []string, f Filter, p Page) ([]row, error) {
	var out []row
	sort, id, ok := strings.Cut(p.After, "\n")
	if p.After != "" && !ok {
		return nil, errPage
	}
	for _, place := range places {
		d := store.SQL("SELECT " + columns + " FROM subject s WHERE s.gone = '' AND s." + kind.is())
		// A grid is looked for in its community.
		if n := min(len(place), 12); n == 6 || n == 9 || n == 12 {
			d = d.Add(" AND substr(s.place, 1, "+strconv.Itoa(n)+") = ?", place[:n])
		}
		d = s.conditions(d, f).If(p.After != "", " AND (s.sort, s.id) > (?, ?)", sort, id)
		rows, err := store.All[row](ctx, s.db, d.In(store.Scope{Places: []string{place}}, "s.place", "").
			Add(" ORDER BY s.sort, s.id LIMIT ?", p.Limit+1))
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	if len(places) > 1 {
		slices.SortFunc(out, func(a, b row) int {
			if c := strings.Compare(a.Sort, b.Sort); c != 0 {
				return c
			}
			return strings.Compare(a.ID, b.ID)
		})
		out = out[:min(len(out), p.Limit+1)]
	}
	return out, nil
}

// search reads by words. The places are among the words, so that a common name
// of a large district costs a small office nothing.
func (s *Service) search(ctx context.Context, kind Kind, places []string, f Filter, p Page) ([]row, error) {
	g := [][]store.Word{{{Text: "k" + string(kind)}}}
	var around []store.Word
	for _, place := range places {
		switch len(place) {
		case 6, 9, 12, 15:
			around = append(around, store.Word{Text: "p" + place})
		default: // a province or city: the condition on the column does it
			around = nil
		}
		if around == nil {
			break
		}
	}
	if around != nil {
		g = append(g, around)
	}
	if f.Tag != "" {
		g = append(g, []store.Word{{Text: "n" + f.Tag}})
	}
	found := 0
	// Chinese keyboards type wide letters and digits.
	for i, w := range strings.Fields(width.Fold.String(f.Query)) {
		if i == 8 {
			break
		}
		more := groups(w, s.ring)
		found += len(more)
		g = append(g, more...)
	}
	if found == 0 && f.Tag == "" {
		return nil, nil // nothing but punctuation
	}
	after := int64(0)
	if p.After != "" {
		var err error
		if after, err = strconv.ParseInt(p.After, 10, 64); err != nil {
			return nil, errPage
		}
	}
	d := s.db.Found(store.SQL("SELECT "+columns+" FROM subject s"), "subject", "s", g, after).Add(" WHERE s.gone = ''")
	return store.All[row](ctx, s.db, s.conditions(d, f).
		In(store.Scope{Places: places}, "s.place", "").Add(" ORDER BY "+s.db.FoundKey()+" LIMIT ?", p.Limit+1))
}

// lines makes lines of rows as they were at a moment, with the addresses of the
// dwellings.
func (s *Service) lines(ctx context.Context, who access.Identity, rows []row, f Filter) ([]Line, error) {
	on, err := s.day(f.As)
	if err != nil {
		return nil, err
	}
	rows, values, err := s.meant(ctx, who, rows, f, on)
	if err != nil {
		return nil, err
	}
	at, err := s.addresses(ctx, rows, f.As)
	if err != nil {
		return nil, err
	}
	if f.As.past() {
		if err := s.nameThen(ctx, rows, f.As); err != nil {
			return nil, err
		}
	}
	out := make([]Line, len(rows))
	for i := range rows {
		r, v := &rows[i], values[i]
		l := Line{ID: r.ID, Kind: r.Kind, Place: r.Place, Name: r.Name, Code: r.Code, Address: r.Address, Birth: r.Birth, Age: Age(r.Birth, on),
			Sex: r.Sex, State: r.State, Relation: r.Relation, Tags: []string{}, Links: r.Links, Checked: r.Checked}
		if l.Address == "" {
			l.Address = at[r.Dwelling+r.Building]
		}
		if t := strings.Trim(r.Tags, ","); t != "" {
			l.Tags = strings.Split(t, ",")
		}
		if n := v["person.id_number"]; n != "" {
			l.Number = s.dict.Mask("person.id_number", n)
		}
		for _, e := range []string{"person.phone", "organisation.contact_phone", "dwelling.owner_phone", "vehicle.owner_phone"} {
			if n := v[e]; n != "" {
				l.Phone = s.dict.Mask(e, n)
			}
		}
		out[i] = l
	}
	return out, nil
}

// Age is the number of full years on a day, -1 if the day of birth is unknown
// or still to come.
func Age(birth string, on calendar.Date) int {
	switch len(birth) { // of a year or month the first day counts, as in an order of texts
	case 4:
		birth += "-01-01"
	case 7:
		birth += "-01"
	}
	b, err := calendar.Parse(birth)
	if err != nil {
		return -1
	}
	if age, ok := calendar.Age(b, on); ok {
		return age
	}
	return -1
}

// nameThen gives households the names of those who headed them at a moment.
func (s *Service) nameThen(ctx context.Context, rows []row, m Moment) error {
	var homes []string
	for _, r := range rows {
		if r.Kind == Household {
			homes = append(homes, r.ID)
		}
	}
	if len(homes) == 0 {
		return nil
	}
	a := newSurroundings(access.Identity{})
	if err := a.lived(ctx, s, homes, nil, m); err != nil {
		return err
	}
	for i, r := range rows {
		if r.Kind == Household {
			rows[i].Name = a.values[a.heads[r.ID]]["person.name"]
		}
	}
	return nil
}

// addresses returns the addresses of the dwellings and buildings to which rows
// belong that have none of their own, as they were at a moment, by dwelling and
// building.
func (s *Service) addresses(ctx context.Context, rows []row, m Moment) (map[string]string, error) {
	var ids []string
	for _, r := range rows {
		if id := cmp.Or(r.Dwelling, r.Building); r.Address == "" && id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	of := map[string]string{}
	for chunk := range slices.Chunk(ids, 500) {
		list, args := store.List(chunk)
		homes, err := store.All[row](ctx, s.db, store.SQL("SELECT "+columns+" FROM subject s WHERE s.id IN "+list, args...).Anywhere())
		if err != nil {
			return nil, err
		}
		if m.past() {
			if _, err := s.then(ctx, homes, m); err != nil {
				return nil, err
			}
		}
		for _, h := range homes {
			of[h.ID] = h.Address
		}
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r.Dwelling+r.Building] = of[cmp.Or(r.Dwelling, r.Building)]
	}
	return out, nil
}
