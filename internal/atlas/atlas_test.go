package atlas

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

const street = "990101001"

type words struct{}

func (words) Sealed(string) bool                                   { return false }
func (words) Mask(_, v string) string                              { return v }
func (words) Kept(_ string, d calendar.Date) (calendar.Date, bool) { return d, false }
func (words) Normal(_, v string) (string, error)                   { return v, nil }

func keeper(places ...string) access.Identity {
	who := access.Identity{Place: "98"}
	for _, p := range places {
		who.Grants = append(who.Grants, access.Grant{Role: access.Keeper, Place: p})
	}
	return who
}

// square is a polygon with its lower left corner at a point.
func square(x, y, side float64) []byte {
	return fmt.Appendf(nil, `{"type":"Polygon","coordinates":[[[%[1]v,%[2]v],[%[3]v,%[2]v],[%[3]v,%[4]v],[%[1]v,%[4]v],[%[1]v,%[2]v]]]}`, x, y, x+side, y+side)
}

// build makes two communities with two grids each, and in each grid three
// buildings of one home at the points (110+grid/10, 30), spaced by .01.
func build(t testing.TB, db *store.DB) (*Service, map[string][]string) {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC) }
	off := office.NewService(db, now)
	ring, err := seal.NewRing(seal.AES)
	must(t, err)
	subjects := subject.NewService(db, ring, words{}, now)
	s := NewService(db, now)
	system := access.System("test")
	for _, code := range []string{"99", "9901", "990101", street} {
		must(t, off.AddPlace(t.Context(), system, office.Place{Code: code, Name: "地" + code}))
	}
	ids := map[string][]string{}
	features := []map[string]any{}
	n := 0
	for c := 1; c <= 2; c++ {
		community := fmt.Sprintf("%s%03d", street, c)
		must(t, off.AddPlace(t.Context(), system, office.Place{Code: community, Name: "地" + community}))
		for g := 1; g <= 2; g++ {
			grid := fmt.Sprintf("%s%03d", community, g)
			must(t, off.AddPlace(t.Context(), system, office.Place{Code: grid, Name: "地" + grid}))
			for b := range 3 {
				id, err := subjects.Create(t.Context(), system, subject.Entry{Kind: subject.Building, Place: grid, Values: subject.Values{"building.name": fmt.Sprint(b), "building.address": fmt.Sprintf("路%d-%d", n, b)}})
				must(t, err)
				d, err := subjects.Create(t.Context(), system, subject.Entry{Kind: subject.Dwelling, Place: grid, Links: subject.Links{Building: id}, Values: subject.Values{"dwelling.room_number": "1"}})
				must(t, err)
				h, err := subjects.Create(t.Context(), system, subject.Entry{Kind: subject.Household, Place: grid, Links: subject.Links{Dwelling: d}})
				must(t, err)
				for range b { // none, one, two people
					_, err = subjects.Create(t.Context(), system, subject.Entry{Kind: subject.Person, Place: grid, Links: subject.Links{Dwelling: d, Household: h}, Values: subject.Values{"person.name": "甲"}})
					must(t, err)
				}
				if b == 0 { // a shop in the first
					_, err = subjects.Create(t.Context(), system, subject.Entry{Kind: subject.Organisation, Place: grid, Links: subject.Links{Building: id}, Values: subject.Values{"organisation.name": "店"}})
					must(t, err)
				}
				ids[grid] = append(ids[grid], id)
				name := any(id)
				if b == 0 {
					name = fmt.Sprintf("路%d-%d", n, b) // by address
				}
				features = append(features, map[string]any{"type": "Feature", "properties": map[string]any{"building": name},
					"geometry": json.RawMessage(square(110+float64(n)/10+float64(b)/100, 30, .001))})
			}
			n++
		}
	}
	features = append(features, map[string]any{"type": "Feature", "properties": map[string]any{"name": "没有的楼"}, "geometry": json.RawMessage(square(110, 30, .001))},
		map[string]any{"type": "Feature", "properties": map[string]any{"code": street}, "geometry": json.RawMessage(`{"type":"Point","coordinates":[110,30]}`)})
	file, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	must(t, err)
	got, err := s.Import(t.Context(), keeper(street), street, file)
	must(t, err)
	if got.Set != 12 || len(got.Unknown) != 1 || len(got.Wrong) != 1 {
		t.Fatalf("%+v", got)
	}
	if again, err := s.Import(t.Context(), keeper(street), street, file); err != nil || again.Same != 12 || again.Set != 0 {
		t.Fatalf("the same file again: %+v %v", again, err)
	}
	return s, ids
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDrawAndCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, _ := build(t, db)
		who := keeper(street)
		in, err := s.Count(t.Context(), who, square(109.99, 29.9, .2)) // the first two grids, but the points of the third begin at 110.2
		must(t, err)
		if in != (Inside{Buildings: 6, Dwellings: 6, Households: 6, Persons: 6, Organisations: 2}) {
			t.Errorf("%+v", in)
		}
		a, b := street+"001001", street+"001002"
		d, err := s.Draw(t.Context(), who, a, 0, square(110, 29.95, .09))
		if err != nil || d.Version != 1 || len(d.Overlaps) != 0 {
			t.Fatal(d, err)
		}
		d, err = s.Draw(t.Context(), who, b, 0, square(110.05, 29.95, .09))
		if err != nil || !slices.Equal(d.Overlaps, []string{"地" + a}) {
			t.Fatal(d, err)
		}
		d, err = s.Draw(t.Context(), who, b, 1, square(110.09, 29.95, .09)) // side by side
		if err != nil || d.Version != 2 || len(d.Overlaps) != 0 {
			t.Fatal(d, err)
		}
		if _, err := s.Draw(t.Context(), who, b, 1, square(110, 30, .1)); !errors.Is(err, access.ErrStale) {
			t.Errorf("an older line was replaced: %v", err)
		}
		c, err := s.Map(t.Context(), who, "grid", street, Box{})
		if err != nil || len(c.Features) != 2 {
			t.Fatal(len(c.Features), err)
		}
		if c, _ := s.Map(t.Context(), who, "grid", street, Box{100, 20, 110.01, 40}); len(c.Features) != 1 || c.Features[0].ID != a {
			t.Errorf("%+v", c)
		}
		must(t, s.Erase(t.Context(), who, a, 1))
		if err := s.Erase(t.Context(), who, a, 1); !errors.Is(err, access.ErrStale) {
			t.Errorf("erased twice: %v", err)
		}
	})
}

func TestWrongLines(t *testing.T) {
	s, _ := build(t, storetest.SQLite(t))
	who := keeper(street)
	for name, line := range map[string]string{
		"nothing": ``, "no JSON": `]`, "no polygon": `{"type":"Point","coordinates":[110,30]}`,
		"open":             `{"type":"Polygon","coordinates":[[[110,30],[111,30],[111,31]]]}`,
		"crosses itself":   `{"type":"Polygon","coordinates":[[[110,30],[111,31],[111,30],[110,31],[110,30]]]}`,
		"latitude first":   `{"type":"Polygon","coordinates":[[[30,110],[31,110],[31,111],[30,111],[30,110]]]}`,
		"in metres":        `{"type":"Polygon","coordinates":[[[12245143,3503549],[12245243,3503549],[12245243,3503649],[12245143,3503549]]]}`,
		"empty":            `{"type":"Polygon","coordinates":[]}`,
		"no numbers":       `{"type":"Polygon","coordinates":[[["a","b"]]]}`,
		"not even numbers": `{"type":"Polygon","coordinates":[[[1e999,30],[111,30],[111,31],[1e999,30]]]}`,
	} {
		if _, err := s.Draw(t.Context(), who, street+"001", 0, []byte(line)); !errors.Is(err, errLine) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct {
		who   access.Identity
		place string
		want  error
	}{{who, "990101", errPlace}, {who, street + "009", access.ErrMissing}, {keeper("990102"), street + "001", access.ErrDenied}, {access.Identity{}, street + "001", access.ErrMissing}} {
		if _, err := s.Draw(t.Context(), c.who, c.place, 0, square(110, 30, 1)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.place, err, c.want)
		}
	}
	if _, err := s.Import(t.Context(), who, street, []byte(`{"type":"Feature"}`)); !errors.Is(err, errFile) {
		t.Error(err)
	}
}

// No map tile shows, and no count counts, a building outside somebody's places.
func TestScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ids := build(t, db)
		grids := []string{street + "001001", street + "001002", street + "002001", street + "002002"}
		rapid.Check(t, func(t *rapid.T) {
			grants := rapid.SliceOfN(rapid.SampledFrom(append([]string{street, street + "001", street + "002", "98"}, grids...)), 0, 2).Draw(t, "grants")
			who := keeper(grants...)
			want, people := 0, 0
			seen := map[string]bool{}
			for _, g := range grids {
				if slices.ContainsFunc(grants, func(p string) bool { return strings.HasPrefix(g, p) }) {
					want += 3
					people += 3
					for _, id := range ids[g] {
						seen[id] = true
					}
				}
			}
			c, err := s.Map(context.Background(), who, "building", "", Box{})
			if err != nil || len(c.Features) != want {
				t.Fatalf("%d of %d buildings, %v", len(c.Features), want, err)
			}
			for _, f := range c.Features {
				if !strings.HasPrefix(f.Properties.Address, "路") {
					t.Fatalf("%s has the address %q", f.ID, f.Properties.Address)
				}
				if !seen[f.ID] {
					t.Fatalf("%s shown to %v", f.ID, grants)
				}
			}
			in, err := s.Count(context.Background(), who, square(109, 29, 3))
			if err != nil || in.Buildings != want || in.Persons != people {
				t.Fatalf("%+v, want %d buildings and %d people (%v)", in, want, people, err)
			}
		})
	})
}

func FuzzPolygon(f *testing.F) {
	f.Add(square(110, 30, 1))
	f.Add([]byte(`{"type":"MultiPolygon","coordinates":[[[[110,30],[111,30],[111,31],[110,30]]]]}`))
	f.Add([]byte(`{"type":"Polygon","coordinates":[[[110,30],[111,31],[111,30],[110,31],[110,30]]]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := polygon(raw)
		if err != nil {
			return
		}
		if _, ok := g.PointOnSurface().XY(); !ok {
			t.Fatal("a line without a point inside")
		}
	})
}
