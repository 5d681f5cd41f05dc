package api

import (
	"context"
	"net/http"
	"strings"

	"gewu/internal/access"
	"gewu/internal/office"
)

type credentials struct {
	Username string `json:"username" maxLength:"100"`
	Password string `json:"password" maxLength:"400"`
}

// user is the person who is signed in.
type user struct {
	ID       string         `json:"id"`
	Username string         `json:"username"`
	Name     string         `json:"name"`
	Unit     string         `json:"unit"`
	UnitName string         `json:"unit_name"`
	Grants   []access.Grant `json:"grants" nullable:"false"`
	Must     bool           `json:"must_change_password"`
}

// can tells which parts of the application somebody has use for.
type can struct {
	Plans  bool `json:"plans" doc:"sees plans"`
	Import bool `json:"import" doc:"reads notices in"`
	Mine   bool `json:"mine" doc:"has tasks of a unit"`
	Stats  bool `json:"stats" doc:"sees how units stand"`
	Duty   bool `json:"duty" doc:"sees the duty list"`
	Units  bool `json:"units" doc:"keeps units"`
	Admin  bool `json:"admin" doc:"keeps accounts and the calendar"`
	Ledger bool `json:"ledger" doc:"keeps the base ledger and fills tables from it"`
	Tables bool `json:"tables" doc:"fills tables, or lets large ones out"`
	Map    bool `json:"map" doc:"sees the map"`
	Digest bool `json:"digest" doc:"sees who was shown masked data"`
}

type sessionView struct {
	User    user           `json:"user"`
	Office  string         `json:"office" doc:"name of the place of the person's unit"`
	Places  []office.Place `json:"places" nullable:"false" doc:"choices of the place switch"`
	Units   []office.Unit  `json:"units" nullable:"false" doc:"units for which the person works"`
	Can     can            `json:"can"`
	Waiting int            `json:"waiting" doc:"unread messages"`
}

func (s *server) sessionRoutes() {
	open(s, created(op(http.MethodPost, "/session", "sign-in", "Sign in", "Session")), s.signIn)
	open(s, op(http.MethodGet, "/session", "get-session", "Who is signed in, and what for", "Session"), s.getSession)
	open(s, none(op(http.MethodDelete, "/session", "sign-out", "Sign out", "Session")), s.signOut)
	open(s, none(op(http.MethodPut, "/session/password", "change-password", "Change one's password", "Session")), s.changePassword)
}

func (s *server) signIn(ctx context.Context, in *struct{ Body credentials }) (*body[sessionView], error) {
	who, err := s.Access.SignIn(ctx, in.Body.Username, in.Body.Password, originOf(ctx))
	if err != nil {
		return nil, err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return nil, err
	}
	s.remember(ctx, who)
	return s.session(ctx, who)
}

func (s *server) getSession(ctx context.Context, _ *struct{}) (*body[sessionView], error) {
	who, err := identityOf(ctx)
	if err != nil {
		return nil, err
	}
	return s.session(ctx, who)
}

func (s *server) session(ctx context.Context, who access.Identity) (*body[sessionView], error) {
	v := sessionView{User: user{
		ID: who.ID, Username: who.Username, Name: who.Name, Unit: who.Unit, UnitName: who.UnitName, Grants: who.Grants, Must: who.MustChange}}
	var err error
	if v.Places, err = s.Units.Own(ctx, who); err != nil {
		return nil, err
	}
	home, err := s.Units.Place(ctx, who.Place)
	if err != nil {
		return nil, err
	}
	v.Office = home.Name
	v.Units = []office.Unit{}
	for _, id := range who.Units() {
		u, err := s.Units.Unit(ctx, id)
		if err != nil {
			return nil, err
		}
		u.Aliases = []string{}
		v.Units = append(v.Units, u)
	}
	looks := who.Is(access.Clerk, access.Leader, access.Auditor)
	v.Can = can{
		Plans: looks || who.Is(access.Staff), Import: who.Is(access.Clerk), Mine: who.Is(access.Staff), Stats: looks,
		Duty: true, Units: who.Is(access.Clerk, access.Admin), Admin: who.Is(access.Admin),
		Ledger: who.Is(access.Keeper), Tables: who.Is(access.Keeper, access.Leader), Map: looks || who.Is(access.Keeper, access.Admin), Digest: who.Is(access.Leader, access.Auditor),
	}
	v.Waiting, err = s.Plans.Waiting(ctx, who)
	return &body[sessionView]{v}, err
}

func (s *server) signOut(ctx context.Context, _ *struct{}) (*empty, error) {
	return nil, s.sessions.Destroy(ctx)
}

type passwords struct {
	Old string `json:"old" maxLength:"400"`
	New string `json:"new" maxLength:"400"`
}

func (s *server) changePassword(ctx context.Context, in *struct{ Body passwords }) (*empty, error) {
	who, err := identityOf(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.Access.ChangePassword(ctx, who, in.Body.Old, strings.TrimRight(in.Body.New, "\r\n")); err != nil {
		return nil, err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return nil, err
	}
	// This session goes on; those on other machines end.
	who, err = s.Access.Identify(ctx, who.ID, originOf(ctx))
	if err == nil {
		s.remember(ctx, who)
	}
	return nil, err
}

func (s *server) remember(ctx context.Context, who access.Identity) {
	s.sessions.Put(ctx, "account", who.ID)
	s.sessions.Put(ctx, "stamp", who.Stamp)
}
