package atlas

import (
	"context"

	"github.com/peterstace/simplefeatures/geom"
	"github.com/peterstace/simplefeatures/rtree"

	"gewu/internal/store"
)

// A Locator tells in which border a point lies. It is made once for many
// points.
type Locator struct {
	tree   *rtree.RTree
	places []string
	lines  []geom.Geometry
}

// A Border is the line of a place, a polygon or several.
type Border struct {
	Place    string
	Geometry geom.Geometry
}

// NewLocator returns the locator of some borders.
func NewLocator(borders []Border) *Locator {
	l := &Locator{}
	items := make([]rtree.BulkItem, 0, len(borders))
	for _, b := range borders {
		lo, hi, ok := b.Geometry.Envelope().MinMaxXYs()
		if !ok {
			continue
		}
		items = append(items, rtree.BulkItem{Box: rtree.Box{MinX: lo.X, MinY: lo.Y, MaxX: hi.X, MaxY: hi.Y}, RecordID: len(l.places)})
		l.places = append(l.places, b.Place)
		l.lines = append(l.lines, b.Geometry)
	}
	l.tree = rtree.BulkLoad(items)
	return l
}

// Locate returns the place in whose border a point lies, in degrees, the first
// by its code where borders overlap, "" where there is none. A point on a line
// lies in both.
func (l *Locator) Locate(lon, lat float64) string {
	found := ""
	p := geom.NewPoint(geom.Coordinates{XY: geom.XY{X: lon, Y: lat}}).AsGeometry()
	// The callback never fails, so neither does the search.
	_ = l.tree.RangeSearch(rtree.Box{MinX: lon, MinY: lat, MaxX: lon, MaxY: lat}, func(n int) error {
		if (found == "" || l.places[n] < found) && geom.Intersects(l.lines[n], p) {
			found = l.places[n]
		}
		return nil
	})
	return found
}

// locator reads the borders of a layer inside a place.
func (s *Service) locator(ctx context.Context, src store.Source, layer, within string) (*Locator, error) {
	rows, err := store.All[row](ctx, src, store.SQL("SELECT about, layer, place, '' AS name, lon, lat, geometry, version FROM shape WHERE layer = ?", layer).
		In(store.Scope{Places: []string{within}}, "place", "").Add(" ORDER BY place LIMIT 20000"))
	if err != nil {
		return nil, err
	}
	borders := make([]Border, 0, len(rows))
	for _, r := range rows {
		g, err := geom.UnmarshalGeoJSON([]byte(r.Geometry))
		if err != nil {
			return nil, err
		}
		borders = append(borders, Border{r.Place, g})
	}
	return NewLocator(borders), nil
}
