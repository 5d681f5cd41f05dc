package fill

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/table"
)

// placeOf finds the place that a title names, "" if it names none of the area.
func (s *Service) placeOf(ctx context.Context, who access.Identity, around, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	best, longest := "", 0
	places, err := s.places(ctx, who, around)
	for _, p := range places {
		if strings.HasSuffix(name, p.Name) && len(p.Name) > longest {
			best, longest = p.Code, len(p.Name)
		}
	}
	return best, err
}

type place struct {
	Code string `db:"code"`
	Name string `db:"name"`
}

func (s *Service) places(ctx context.Context, who access.Identity, within string) ([]place, error) {
	ps, err := store.All[place](ctx, s.db, store.SQL("SELECT code, name FROM place WHERE length(code) >= 6").
		In(store.Scope{Places: subject.Narrow(who.Places(access.Keeper), within)}, "code", "").Add(" ORDER BY code LIMIT 20000"))
	return ps, err
}

// byPlace yields the counts of places, and finds those of a place by its name.
func (s *Service) byPlace(ctx context.Context, who access.Identity, f Fill, t table.Table) (iter.Seq2[table.Entry, error], table.Find, error) {
	m := s.subjects.AsOf(f.AsOf, f.Recorded)
	names := map[string]string{}
	all, err := s.places(ctx, who, f.Within)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		if _, twice := names[p.Name]; twice {
			names[p.Name] = ""
		} else {
			names[p.Name] = p.Code
		}
	}
	counts := map[int]map[string]map[string]int{}
	record := func(code string) (table.Entry, error) {
		level := len(code)
		if counts[level] == nil {
			c, err := s.subjects.Counts(ctx, who, f.Within, level, m)
			if err != nil {
				return table.Entry{}, err
			}
			counts[level] = c
		}
		v := map[string]string{}
		for e, n := range counts[level][code] {
			v[e] = strconv.Itoa(n)
		}
		for _, p := range all {
			if strings.HasPrefix(code, p.Code) {
				switch len(p.Code) {
				case 9:
					v["street.name"] = p.Name
				case 12:
					v["community.name"] = p.Name
				case 15:
					v["grid.name"], v["grid.code"] = p.Name, p.Code
				}
			}
		}
		return table.Entry{ID: "place:" + code, Values: v}, nil
	}
	level := 12
	for _, c := range t.Columns {
		if strings.HasPrefix(c.Element, "grid.") {
			level = 15
		}
	}
	records := func(yield func(table.Entry, error) bool) {
		for _, p := range all {
			if len(p.Code) != level {
				continue
			}
			if r, err := record(p.Code); !yield(r, err) || err != nil {
				return
			}
		}
	}
	find := func(name string) (table.Entry, bool, error) {
		code := names[name]
		for _, tail := range []string{"社区", "村", "居委会", "村委会"} {
			if code == "" {
				code = names[name+tail]
			}
			if code == "" {
				code = names[strings.TrimSuffix(name, tail)]
			}
		}
		if code == "" {
			return table.Entry{}, false, nil
		}
		r, err := record(code)
		return r, err == nil, err
	}
	return records, find, nil
}

// lines are what the blanks around a table ask for: who fills it, and when.
func (s *Service) lines(ctx context.Context, who access.Identity, f Fill) (table.Entry, error) {
	v := map[string]string{"form.filled_by": who.Name, "form.date": s.today().String()}
	places, err := s.places(ctx, who, "")
	for _, p := range places {
		switch {
		case p.Code == f.Place:
			v["form.unit"] = p.Name
			fallthrough
		case strings.HasPrefix(f.Within, p.Code):
			switch len(p.Code) {
			case 9:
				v["street.name"] = p.Name
			case 12:
				v["community.name"] = p.Name
			case 15:
				v["grid.name"], v["grid.code"] = p.Name, p.Code
			}
		}
	}
	return table.Entry{Values: v}, err
}
