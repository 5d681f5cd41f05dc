// Package atlas keeps the lines on the map: the borders of communities and
// grids and the outlines of buildings, in degrees of CGCS2000 (EPSG:4490, which
// for an office's purposes is that of GPS). It draws, reads and writes GeoJSON
// (RFC 7946), and counts what lies inside a line.
package atlas

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/peterstace/simplefeatures/geom"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

var (
	errLine  = fault.New(fault.Invalid, "shape_line", "边界线有误：须为首尾相接、不自相交的多边形，且位于中国境内的经纬度范围。请重新绘制", "The line is wrong: it must be a closed polygon that does not cross itself, in degrees within China. Draw it again.")
	errLarge = fault.New(fault.TooLarge, "shape_large", "图形过大：单个图形最多 20000 个点，文件最多 20000 个图形", "Too large: a shape has 20,000 points at most, a file 20,000 shapes.")
	errFile  = fault.New(fault.Invalid, "shape_file", "文件不是 GeoJSON 要素集（FeatureCollection），请从制图软件重新导出", "The file is no GeoJSON FeatureCollection. Export it again from the mapping program.")
	errPlace = fault.New(fault.Invalid, "shape_place", "只能为社区（村）、网格和街道绘制边界", "Borders are drawn for streets, communities, villages and grids.")
)

// A Service keeps shapes.
type Service struct {
	db  *store.DB
	now func() time.Time
}

// NewService returns the service.
func NewService(db *store.DB, now func() time.Time) *Service { return &Service{db, now} }

// A Feature is a shape as it goes out: a GeoJSON feature.
type Feature struct {
	Type       string          `json:"type" enum:"Feature"`
	ID         string          `json:"id" doc:"place code, or id of the building"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties Properties      `json:"properties"`
}

// Properties are what a map shows of a shape.
type Properties struct {
	Layer   string  `json:"layer" enum:"street,community,grid,building"`
	Place   string  `json:"place"`
	Name    string  `json:"name"`
	Address string  `json:"address,omitempty" doc:"of a building"`
	Lon     float64 `json:"lon"`
	Lat     float64 `json:"lat"`
	Version int     `json:"version"`
}

// A Collection is a set of features.
type Collection struct {
	Type     string    `json:"type" enum:"FeatureCollection"`
	Features []Feature `json:"features" nullable:"false"`
	More     bool      `json:"more" doc:"there are more than a map can show; look at a smaller place"`
}

// A Box bounds what a map shows; the zero box bounds nothing.
type Box struct{ West, South, East, North float64 }

// most is how many shapes a map shows of a layer.
const most = 5000

// layerOf is the layer of a place, by the length of its code.
func layerOf(place string) string {
	return map[int]string{9: "street", 12: "community", 15: "grid"}[len(place)]
}

// scope is whose shapes somebody may see. Borders are no secret inside an
// office; the outlines of buildings belong to the base ledger.
func scope(who access.Identity, layer string) store.Scope {
	if layer == "building" {
		return store.Scope{Places: who.Places(access.Keeper, access.Clerk, access.Leader, access.Auditor)}
	}
	return store.Scope{Places: append(who.Places(access.Roles...), who.Place)}
}

type row struct {
	About    string  `db:"about"`
	Layer    string  `db:"layer"`
	Place    string  `db:"place"`
	Name     string  `db:"name"`
	Address  string  `db:"address"`
	Lon      float64 `db:"lon"`
	Lat      float64 `db:"lat"`
	Geometry string  `db:"geometry"`
	Version  int     `db:"version"`
}

func (r row) feature() Feature {
	return Feature{"Feature", r.About, json.RawMessage(r.Geometry), Properties{r.Layer, r.Place, r.Name, r.Address, r.Lon, r.Lat, r.Version}}
}

// Map returns the shapes of a layer inside a place and a box.
func (s *Service) Map(ctx context.Context, who access.Identity, layer, place string, b Box) (Collection, error) {
	address, join := "''", "JOIN place p ON p.code = h.about"
	if layer == "building" {
		address, join = "p.address", "JOIN subject p ON p.id = h.about AND p.gone = ''"
	}
	d := store.SQL("SELECT h.about, h.layer, h.place, p.name, "+address+" AS address, h.lon, h.lat, h.geometry, h.version FROM shape h "+join+
		" WHERE h.layer = ? AND h.place >= ? AND h.place < ?", layer, place, store.PrefixEnd(place)).
		If(b != (Box{}), " AND h.east >= ? AND h.west <= ? AND h.north >= ? AND h.south <= ?", b.West, b.East, b.South, b.North)
	rows, err := store.All[row](ctx, s.db, d.In(scope(who, layer), "h.place", "").Add(" ORDER BY h.place, h.about LIMIT ?", most+1))
	if err != nil {
		return Collection{}, err
	}
	c := Collection{Type: "FeatureCollection", Features: []Feature{}, More: len(rows) > most}
	for _, r := range rows[:min(len(rows), most)] {
		c.Features = append(c.Features, r.feature())
	}
	return c, nil
}

// polygon reads a line that somebody drew: a polygon or several, valid, inside
// China's range of degrees.
func polygon(raw []byte) (geom.Geometry, error) {
	if len(raw) > 2<<20 {
		return geom.Geometry{}, errLarge
	}
	g, err := geom.UnmarshalGeoJSON(raw)
	if err != nil || g.IsEmpty() || !g.IsPolygon() && !g.IsMultiPolygon() {
		return g, errLine
	}
	g = g.ForceCoordinatesType(geom.DimXY)
	lo, hi, ok := g.Envelope().MinMaxXYs()
	if !ok || lo.X < 73 || hi.X > 136 || lo.Y < 3 || hi.Y > 54 {
		return g, errLine
	}
	if g.DumpCoordinates().Length() > 20000 {
		return g, errLarge
	}
	return g, nil
}

// Drawn is what became of a line that was drawn.
type Drawn struct {
	Version  int      `json:"version"`
	Overlaps []string `json:"overlaps" nullable:"false" doc:"names of places of the same level that it overlaps by more than a hundredth of its area"`
	Outside  string   `json:"outside" doc:"name of the place that it belongs to, where more than a hundredth of its area lies outside of that"`
}

// Draw sets the border of a place; version 0 draws the first.
func (s *Service) Draw(ctx context.Context, who access.Identity, place string, version int, geojson []byte) (Drawn, error) {
	g, err := polygon(geojson)
	if err != nil {
		return Drawn{}, err
	}
	if layerOf(place) == "" {
		return Drawn{}, errPlace
	}
	out := Drawn{Overlaps: []string{}}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		out = Drawn{Overlaps: []string{}}
		if n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM place WHERE code = ?", place).Anywhere()); err != nil {
			return err
		} else if n == 0 || len(who.Places(access.Roles...)) == 0 {
			return access.ErrMissing
		}
		if !who.Has(place, access.Keeper, access.Admin) {
			return access.ErrDenied
		}
		if out.Version, err = s.put(ctx, tx, place, layerOf(place), place, version, g); err != nil {
			return err
		}
		if out.Overlaps, err = s.overlaps(ctx, tx, place, g); err != nil {
			return err
		}
		if out.Outside, err = s.outside(ctx, tx, place, g); err != nil {
			return err
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "place.draw", Subject: "place", SubjectID: place, Place: place, After: map[string]any{"version": out.Version, "square_degrees": g.Area()}})
	})
	return out, err
}

func (s *Service) put(ctx context.Context, tx *store.Tx, about, layer, place string, version int, g geom.Geometry) (int, error) {
	text, err := g.MarshalJSON()
	if err != nil {
		return 0, err
	}
	lo, hi, _ := g.Envelope().MinMaxXYs()
	in, _ := g.PointOnSurface().XY()
	if version == 0 {
		n, err := tx.Exec(ctx, `
			INSERT INTO shape (about, layer, place, west, south, east, north, lon, lat, geometry, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
			ON CONFLICT (about) DO NOTHING`, about, layer, place, lo.X, lo.Y, hi.X, hi.Y, in.X, in.Y, string(text))
		if err == nil && n == 0 {
			err = access.ErrStale
		}
		return 1, err
	}
	n, err := tx.Exec(ctx, `
		UPDATE shape SET place = ?, west = ?, south = ?, east = ?, north = ?, lon = ?, lat = ?, geometry = ?, version = version + 1
		WHERE about = ? AND version = ?`, place, lo.X, lo.Y, hi.X, hi.Y, in.X, in.Y, string(text), about, version)
	if err == nil && n == 0 {
		err = access.ErrStale
	}
	return version + 1, err
}

// overlaps names the neighbours of the same level whose area a line takes.
func (s *Service) overlaps(ctx context.Context, tx *store.Tx, place string, g geom.Geometry) ([]string, error) {
	lo, hi, _ := g.Envelope().MinMaxXYs()
	around := place[:min(len(place)-3, 9)] // grids of a neighbouring community too
	rows, err := store.All[row](ctx, tx, store.SQL(`
		SELECT h.about, h.layer, h.place, p.name, h.lon, h.lat, h.geometry, h.version FROM shape h JOIN place p ON p.code = h.about
		WHERE h.layer = ? AND h.place >= ? AND h.place < ? AND h.about <> ? AND h.east >= ? AND h.west <= ? AND h.north >= ? AND h.south <= ?
		ORDER BY h.about LIMIT 1000`, layerOf(place), around, store.PrefixEnd(around), place, lo.X, hi.X, lo.Y, hi.Y).Anywhere())
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, r := range rows {
		other, err := geom.UnmarshalGeoJSON([]byte(r.Geometry))
		if err != nil {
			return nil, err
		}
		both, err := geom.Intersection(g, other)
		if err != nil {
			continue // two borders that the library cannot cut; the map shows them
		}
		if both.Area() > g.Area()/100 {
			out = append(out, r.Name)
		}
	}
	return out, nil
}

// outside names the place above, where more than a hundredth of a line's area
// lies outside of its border.
func (s *Service) outside(ctx context.Context, tx *store.Tx, place string, g geom.Geometry) (string, error) {
	above, err := store.One[row](ctx, tx, store.SQL(`SELECT h.about, h.layer, h.place, p.name, h.lon, h.lat, h.geometry, h.version
		FROM shape h JOIN place p ON p.code = h.about WHERE h.about = ?`, place[:len(place)-3]).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	border, err := geom.UnmarshalGeoJSON([]byte(above.Geometry))
	if err != nil {
		return "", err
	}
	rest, err := geom.Difference(g, border)
	if err != nil || rest.Area() <= g.Area()/100 {
		return "", nil // what the library cannot cut is seen on the map
	}
	return above.Name, nil
}

// Erase takes a border off the map.
func (s *Service) Erase(ctx context.Context, who access.Identity, place string, version int) error {
	if !who.Has(place, access.Keeper, access.Admin) {
		return access.ErrDenied
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(ctx, "DELETE FROM shape WHERE about = ? AND version = ?", place, version)
		if err == nil && n == 0 {
			err = access.ErrStale
		}
		if err != nil {
			return err
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{Verb: "place.erase_line", Subject: "place", SubjectID: place, Place: place})
	})
}

// Inside is how much lies inside a line.
type Inside struct {
	Buildings     int `db:"buildings" json:"buildings"`
	Dwellings     int `db:"dwellings" json:"dwellings"`
	Households    int `db:"households" json:"households"`
	Persons       int `db:"persons" json:"persons"`
	Organisations int `db:"organisations" json:"organisations"`
}

// Count returns how much of the base ledger lies inside a line, as far as it
// stands in buildings that are on the map.
func (s *Service) Count(ctx context.Context, who access.Identity, geojson []byte) (Inside, error) {
	g, err := polygon(geojson)
	if err != nil {
		return Inside{}, err
	}
	lo, hi, _ := g.Envelope().MinMaxXYs()
	type point struct {
		About string  `db:"about"`
		Lon   float64 `db:"lon"`
		Lat   float64 `db:"lat"`
	}
	points, err := store.All[point](ctx, s.db, store.SQL(`
		SELECT about, lon, lat FROM shape h WHERE h.layer = 'building' AND h.lon >= ? AND h.lon <= ? AND h.lat >= ? AND h.lat <= ?`, lo.X, hi.X, lo.Y, hi.Y).
		In(scope(who, "building"), "h.place", "").Add(" ORDER BY about LIMIT 100000"))
	if err != nil {
		return Inside{}, err
	}
	var ids []string
	for _, p := range points {
		if geom.Intersects(g, geom.NewPoint(geom.Coordinates{XY: geom.XY{X: p.Lon, Y: p.Lat}}).AsGeometry()) {
			ids = append(ids, p.About)
		}
	}
	var in Inside
	for chunk := range slices.Chunk(ids, 500) {
		list, args := store.List(chunk)
		n, err := store.One[Inside](ctx, s.db, store.SQL(`
			SELECT (SELECT count(*) FROM subject b WHERE b.gone = '' AND b.id IN `+list+`) AS buildings,
			       (SELECT count(*) FROM subject d WHERE d.gone = '' AND d.kind = 'dwelling' AND d.building_id <> '' AND d.building_id IN `+list+`) AS dwellings,
			       (SELECT count(*) FROM subject d JOIN subject h ON h.dwelling_id = d.id AND h.dwelling_id <> '' WHERE h.gone = '' AND h.kind = 'household' AND d.building_id <> '' AND d.building_id IN `+list+`) AS households,
			       (SELECT count(*) FROM subject d JOIN subject h ON h.dwelling_id = d.id AND h.dwelling_id <> '' WHERE h.gone = '' AND h.kind = 'person' AND d.building_id <> '' AND d.building_id IN `+list+`) AS persons,
			       (SELECT count(*) FROM subject o WHERE o.gone = '' AND o.kind = 'organisation' AND o.building_id <> '' AND o.building_id IN `+list+`) AS organisations`,
			slices.Concat(args, args, args, args, args)...).Anywhere())
		if err != nil {
			return in, err
		}
		in.Buildings += n.Buildings
		in.Dwellings += n.Dwellings
		in.Households += n.Households
		in.Persons += n.Persons
		in.Organisations += n.Organisations
	}
	return in, nil
}
