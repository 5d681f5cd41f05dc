package atlas

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// The place of a point is that of trying every border.
func TestLocate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var borders []Border
		for n := range rapid.IntRange(0, 12).Draw(t, "borders") {
			x, y := rapid.IntRange(0, 6).Draw(t, "x"), rapid.IntRange(0, 6).Draw(t, "y")
			w, h := rapid.IntRange(1, 4).Draw(t, "w"), rapid.IntRange(1, 4).Draw(t, "h")
			g, err := geom.UnmarshalWKT(fmt.Sprintf("POLYGON((%d %d,%d %d,%d %d,%d %d,%d %d))", x, y, x+w, y, x+w, y+h, x, y+h, x, y))
			if err != nil {
				t.Fatal(err)
			}
			borders = append(borders, Border{fmt.Sprint(100 + (n*7)%13), g})
		}
		l := NewLocator(borders)
		for range 20 {
			lon, lat := float64(rapid.IntRange(-1, 22).Draw(t, "lon"))/2, float64(rapid.IntRange(-1, 22).Draw(t, "lat"))/2
			var in []string
			for _, b := range borders {
				e := b.Geometry.Envelope()
				if e.Contains(geom.XY{X: lon, Y: lat}) { // they are boxes
					in = append(in, b.Place)
				}
			}
			want := ""
			if len(in) > 0 {
				want = slices.Min(in)
			}
			if got := l.Locate(lon, lat); got != want {
				t.Fatalf("%v %v is in %q, not %q (%v)", lon, lat, want, got, in)
			}
		}
	})
}

// An import names the buildings that the ledger has in another grid.
func TestElsewhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, ids := build(t, db)
		who := keeper(street)
		// The border of the first grid, drawn around the first building of the second.
		if _, err := s.Draw(t.Context(), who, street+"001001", 0, square(110.09, 29.99, .02)); err != nil {
			t.Fatal(err)
		}
		feature := func(id string, at float64) map[string]any {
			return map[string]any{"type": "Feature", "id": id, "properties": map[string]any{}, "geometry": json.RawMessage(square(at, 30, .0005))}
		}
		file, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": []any{
			feature(ids[street+"001002"][0], 110.1), feature(ids[street+"001001"][0], 110.101), feature(ids[street+"002001"][0], 110.5)}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Import(t.Context(), who, street, file)
		if err != nil || strings.Join(got.Elsewhere, " ") != ids[street+"001002"][0] {
			t.Errorf("%+v %v", got, err)
		}
	})
}
