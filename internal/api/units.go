package api

import (
	"context"
	"net/http"
	"strings"

	"gewu/internal/access"
	"gewu/internal/office"
)

func (s *server) unitRoutes() {
	route(s, op(http.MethodGet, "/places", "list-places", "Places at and below one", "Units"), s.listPlaces)
	route(s, none(op(http.MethodPut, "/places/{code}", "put-place", "Make or rename a place", "Units")), s.putPlace)
	route(s, op(http.MethodGet, "/units", "list-units", "Units that an office of a place deals with, its own first", "Units"), s.listUnits)
	route(s, created(op(http.MethodPost, "/units", "create-unit", "Make a unit", "Units")), s.createUnit)
	route(s, op(http.MethodPut, "/units/{id}", "update-unit", "Change or close a unit", "Units"), s.updateUnit)
	route(s, none(op(http.MethodPut, "/places/{code}/names", "settle-unit-name", "Remember which units a name means for the office of a place", "Units")), s.settleUnitName)
	route(s, op(http.MethodGet, "/units/{id}/people", "list-unit-people", "People who work for a unit", "Units"), s.unitPeople)
}

type Placed struct {
	Place string `query:"place" required:"true" pattern:"^[0-9]+$" maxLength:"15"`
}

// near tells whether a place is within what somebody deals with: their own
// county, or a place that they were granted.
func near(who access.Identity, place string) bool {
	return strings.HasPrefix(place, who.Place[:min(len(who.Place), 6)]) || who.Has(place, access.Roles...)
}

func (s *server) listPlaces(ctx context.Context, who access.Identity, in *struct {
	Placed
	Grids bool `query:"grids" doc:"with the grids too"`
}) (*body[list[office.Place]], error) {
	if !near(who, in.Place) {
		return nil, access.ErrMissing
	}
	ps, err := s.Units.Places(ctx, in.Place, in.Grids)
	return &body[list[office.Place]]{list[office.Place]{Items: ps}}, err
}

func (s *server) putPlace(ctx context.Context, who access.Identity, in *struct {
	Code string `path:"code" maxLength:"15"`
	Body struct {
		Name string `json:"name" maxLength:"50"`
	}
}) (*empty, error) {
	return nil, s.Units.AddPlace(ctx, who, office.Place{Code: in.Code, Name: in.Body.Name})
}

func (s *server) listUnits(ctx context.Context, who access.Identity, in *Placed) (*body[list[office.Unit]], error) {
	if !near(who, in.Place) {
		return nil, access.ErrMissing
	}
	us, err := s.Units.Units(ctx, in.Place)
	return &body[list[office.Unit]]{list[office.Unit]{Items: us}}, err
}

type newUnit struct {
	Name  string      `json:"name" maxLength:"100"`
	Short string      `json:"short" maxLength:"30"`
	Kind  office.Kind `json:"kind" enum:"bureau,office,section,station,community,village,grid,enterprise,other"`
	Place string      `json:"place" pattern:"^[0-9]+$" maxLength:"15"`
}

func (s *server) createUnit(ctx context.Context, who access.Identity, in *struct{ Body newUnit }) (*tagged[office.Unit], error) {
	u, err := s.Units.Create(ctx, who, office.Unit{Name: in.Body.Name, Short: in.Body.Short, Kind: in.Body.Kind, Place: in.Body.Place})
	return &tagged[office.Unit]{etag(u.Version), u}, err
}

type changedUnit struct {
	Name   string      `json:"name" maxLength:"100"`
	Short  string      `json:"short" maxLength:"30"`
	Kind   office.Kind `json:"kind" enum:"bureau,office,section,station,community,village,grid,enterprise,other"`
	Place  string      `json:"place" maxLength:"15"`
	Seq    int         `json:"seq" minimum:"0" maximum:"1000000"`
	Closed bool        `json:"closed" doc:"the unit works no more"`
}

func (s *server) updateUnit(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body changedUnit
}) (*tagged[office.Unit], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	u, err := s.Units.Update(ctx, who, office.Unit{ID: in.ID, Name: b.Name, Short: b.Short, Kind: b.Kind, Place: b.Place, Seq: b.Seq, Version: v}, b.Closed)
	return &tagged[office.Unit]{etag(u.Version), u}, err
}

func (s *server) settleUnitName(ctx context.Context, who access.Identity, in *struct {
	Code string `path:"code" pattern:"^[0-9]+$" maxLength:"15"`
	Body settled
}) (*empty, error) {
	return nil, s.Units.Settle(ctx, who, in.Code, in.Body.Name, in.Body.Units)
}

func (s *server) unitPeople(ctx context.Context, who access.Identity, in *ByID) (*body[list[access.Colleague]], error) {
	u, err := s.Units.Unit(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if !who.Works(u.ID) && !who.Has(u.Place, access.Roles...) {
		return nil, access.ErrMissing
	}
	ps, err := s.Access.Colleagues(ctx, in.ID)
	return &body[list[access.Colleague]]{list[access.Colleague]{Items: ps}}, err
}
