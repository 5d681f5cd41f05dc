package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/atlas"
)

func (s *server) atlasRoutes() {
	route(s, op(http.MethodGet, "/map/settings", "get-map-settings", "What the map of this office may show behind the lines", "Map"), s.mapSettings)
	route(s, op(http.MethodGet, "/map", "get-map", "Lines of a layer of the map, as GeoJSON (EPSG:4490)", "Map"), s.getMap)
	route(s, op(http.MethodPost, "/map/inside", "count-inside", "How much of the base ledger lies inside a polygon", "Map"), s.countInside)
	o := op(http.MethodPost, "/map/import", "import-map", "Read borders and outlines from a GeoJSON file", "Map")
	o.MaxBodyBytes = 40 << 20
	route(s, o, s.importMap)
	route(s, op(http.MethodPut, "/places/{code}/border", "draw-border", "Draw the border of a place", "Map"), s.drawBorder)
	route(s, none(op(http.MethodDelete, "/places/{code}/border", "erase-border", "Take the border of a place off the map", "Map")), s.eraseBorder)
}

type mapSettings struct {
	Tianditu string `json:"tianditu" doc:"key for tiles of Tianditu; empty where the office has none, and then none are asked for"`
}

func (s *server) mapSettings(context.Context, access.Identity, *struct{}) (*body[mapSettings], error) {
	return &body[mapSettings]{mapSettings{s.Tianditu}}, nil
}

func (s *server) getMap(ctx context.Context, who access.Identity, in *struct {
	Layer string  `query:"layer" required:"true" enum:"street,community,grid,building"`
	Place string  `query:"place" required:"true" pattern:"^[0-9]+$" maxLength:"15"`
	West  float64 `query:"west"`
	South float64 `query:"south"`
	East  float64 `query:"east"`
	North float64 `query:"north"`
}) (*body[atlas.Collection], error) {
	c, err := s.Atlas.Map(ctx, who, in.Layer, in.Place, atlas.Box{West: in.West, South: in.South, East: in.East, North: in.North})
	return &body[atlas.Collection]{c}, err
}

type drawnLine struct {
	Geometry json.RawMessage `json:"geometry" doc:"GeoJSON Polygon or MultiPolygon"`
}

func (s *server) countInside(ctx context.Context, who access.Identity, in *struct{ Body drawnLine }) (*body[atlas.Inside], error) {
	n, err := s.Atlas.Count(ctx, who, in.Body.Geometry)
	return &body[atlas.Inside]{n}, err
}

func (s *server) drawBorder(ctx context.Context, who access.Identity, in *struct {
	Code    string `path:"code" pattern:"^[0-9]+$" maxLength:"15"`
	IfMatch string `header:"If-Match" doc:"version of the border that is replaced; left out, there was none"`
	Body    drawnLine
}) (*tagged[atlas.Drawn], error) {
	v := 0
	if in.IfMatch != "" {
		var err error
		if v, err = (Based{in.IfMatch}).version(); err != nil {
			return nil, err
		}
	}
	d, err := s.Atlas.Draw(ctx, who, in.Code, v, in.Body.Geometry)
	return &tagged[atlas.Drawn]{etag(d.Version), d}, err
}

func (s *server) eraseBorder(ctx context.Context, who access.Identity, in *struct {
	Code string `path:"code" pattern:"^[0-9]+$" maxLength:"15"`
	Based
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Atlas.Erase(ctx, who, in.Code, v)
}

func (s *server) importMap(ctx context.Context, who access.Identity, in *struct {
	Place   string `query:"place" required:"true" pattern:"^[0-9]+$" maxLength:"15"`
	RawBody huma.MultipartFormFiles[fileForm]
}) (*body[atlas.Imported], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	file, err := io.ReadAll(io.LimitReader(form.File, 40<<20))
	if err != nil {
		return nil, err
	}
	r, err := s.Atlas.Import(ctx, who, in.Place, file)
	return &body[atlas.Imported]{r}, err
}
