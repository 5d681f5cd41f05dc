package api

import (
	"context"
	"net/http"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/subject"
)

func (s *server) subjectRoutes() {
	route(s, op(http.MethodGet, "/subjects", "list-subjects", "The base ledger: people, households, dwellings, buildings, organisations or vehicles", "Ledger"), s.listSubjects)
	route(s, created(op(http.MethodPost, "/subjects", "create-subject", "Enter somebody or something", "Ledger")), s.createSubject)
	route(s, op(http.MethodGet, "/subjects/stale", "stale-subjects", "Those whom nobody has confirmed for the longest time", "Ledger"), s.staleSubjects)
	route(s, none(op(http.MethodPost, "/subjects/confirm", "confirm-subjects", "Record that some were found unchanged", "Ledger")), s.confirmSubjects)
	route(s, op(http.MethodGet, "/subjects/{id}", "get-subject", "The page of one; that somebody looked is written down", "Ledger"), s.getSubject)
	route(s, op(http.MethodPatch, "/subjects/{id}", "change-subject", "Correct what is known, or record that it has changed", "Ledger"), s.changeSubject)
	route(s, op(http.MethodGet, "/subjects/{id}/history", "subject-history", "What was changed, newest first", "Ledger"), s.subjectHistory)
	route(s, op(http.MethodGet, "/subjects/{id}/looks", "subject-looks", "Who has looked, newest first", "Ledger"), s.subjectLooks)
	route(s, op(http.MethodPost, "/subjects/{id}/unmask", "unmask-subject", "Show masked elements, for a stated purpose", "Ledger"), s.unmaskSubject)
	route(s, none(op(http.MethodPost, "/subjects/{id}/back", "bring-subject-back", "Take a leaving back that was a mistake", "Ledger")), s.bringBack)
	route(s, none(op(http.MethodPost, "/subjects/{id}/leave", "leave-subject", "Record that it is not there any more", "Ledger")), s.leaveSubject)
	route(s, none(op(http.MethodPost, "/subjects/{id}/move", "move-subject", "Record that it belongs to another household, dwelling, building or owner", "Ledger")), s.moveSubject)
	route(s, none(op(http.MethodPost, "/subjects/{id}/merge", "merge-subjects", "Make one of two records of the same", "Ledger")), s.mergeSubjects)
	route(s, none(op(http.MethodPost, "/subjects/{id}/apart", "part-subjects", "Take a merger back", "Ledger")), s.partSubjects)
	route(s, none(op(http.MethodPost, "/subjects/{id}/erase", "erase-subject", "Forget what is known, for good", "Ledger")), s.eraseSubject)
}

type subjectQuery struct {
	Paging
	Kind      subject.Kind `query:"kind" required:"true" enum:"person,household,dwelling,building,organisation,vehicle"`
	Place     string       `query:"place" maxLength:"15" pattern:"^[0-9]*$" doc:"code; its own and all below"`
	Q         string       `query:"q" maxLength:"60" doc:"name, initials, part of an address, last four of an id or telephone number"`
	AgeMin    int          `query:"age_min" minimum:"0" maximum:"150"`
	AgeMax    int          `query:"age_max" minimum:"0" maximum:"150" doc:"0 for no limit"`
	Tag       string       `query:"tag" maxLength:"20" pattern:"^[a-z]*$" doc:"need for service"`
	State     string       `query:"state" maxLength:"20"`
	Left      bool         `query:"left" doc:"those who have left instead, the last first; q is part of a name"`
	Household string       `query:"household" maxLength:"40"`
	Dwelling  string       `query:"dwelling" maxLength:"40"`
	Building  string       `query:"building" maxLength:"40"`
	Owner     string       `query:"owner" maxLength:"40"`
	AsOf
}

// AsOf is the moment as of which the ledger is asked for.
type AsOf struct {
	On       string `query:"on" maxLength:"10" doc:"day as of which; left out, today"`
	Recorded bool   `query:"recorded" doc:"as it was recorded by the end of that day; what was entered or corrected later is left out"`
}

func (s *server) listSubjects(ctx context.Context, who access.Identity, in *subjectQuery) (*body[list[subject.Line]], error) {
	lines, next, err := s.Subjects.List(ctx, who, in.Kind, subject.Filter{
		Place: in.Place, Query: in.Q, AgeMin: in.AgeMin, AgeMax: in.AgeMax, Tag: in.Tag, State: in.State, Left: in.Left,
		Links: subject.Links{Household: in.Household, Dwelling: in.Dwelling, Building: in.Building, Owner: in.Owner}, As: s.Subjects.AsOf(in.On, in.Recorded),
	}, subject.Page{After: in.Cursor, Limit: in.Limit})
	if lines == nil {
		lines = []subject.Line{}
	}
	return &body[list[subject.Line]]{list[subject.Line]{lines, next}}, err
}

func (s *server) staleSubjects(ctx context.Context, who access.Identity, in *struct {
	Kind   subject.Kind `query:"kind" required:"true" enum:"person,household,dwelling,building,organisation,vehicle"`
	Place  string       `query:"place" maxLength:"15" pattern:"^[0-9]*$" doc:"code; its own and all below"`
	Before string       `query:"before" required:"true" maxLength:"10" doc:"day before which they were last confirmed"`
	Limit  int          `query:"limit" minimum:"0" maximum:"200" doc:"0 for 40"`
}) (*body[list[subject.Line]], error) {
	lines, err := s.Subjects.Stale(ctx, who, in.Kind, in.Place, in.Before, in.Limit)
	return &body[list[subject.Line]]{list[subject.Line]{Items: lines}}, err
}

func (s *server) confirmSubjects(ctx context.Context, who access.Identity, in *struct {
	Body struct {
		IDs    []string `json:"ids" nullable:"false" minItems:"1" maxItems:"200"`
		Source string   `json:"source,omitempty" maxLength:"200" doc:"how it was verified"`
	}
}) (*empty, error) {
	return nil, s.Subjects.Confirm(ctx, who, in.Body.IDs, in.Body.Source)
}

type newSubject struct {
	Kind   subject.Kind   `json:"kind" enum:"person,household,dwelling,building,organisation,vehicle"`
	Place  string         `json:"place" pattern:"^[0-9]+$" maxLength:"15"`
	Values subject.Values `json:"values" doc:"element id to value"`
	Links  subject.Links  `json:"links,omitzero"`
	Since  string         `json:"since,omitempty" maxLength:"10"`
	Source string         `json:"source,omitempty" maxLength:"200"`
}

type made struct {
	ID string `json:"id"`
}

func (s *server) createSubject(ctx context.Context, who access.Identity, in *struct{ Body newSubject }) (*body[made], error) {
	b := in.Body
	id, err := s.Subjects.Create(ctx, who, subject.Entry{Kind: b.Kind, Place: b.Place, Values: b.Values, Links: b.Links, Since: b.Since, Source: b.Source})
	return &body[made]{made{id}}, err
}

type subjectByID struct {
	ByID
	AsOf
}

func (s *server) getSubject(ctx context.Context, who access.Identity, in *subjectByID) (*tagged[subject.Card], error) {
	f, err := s.Subjects.Get(ctx, who, in.ID, s.Subjects.AsOf(in.On, in.Recorded))
	return &tagged[subject.Card]{etag(f.Version), f}, err
}

type changedSubject struct {
	Values subject.Values `json:"values,omitempty" doc:"elements that change; an empty value empties"`
	From   string         `json:"from,omitempty" maxLength:"10" doc:"day from which the new values hold; left out, the old ones were wrong"`
	Source string         `json:"source,omitempty" maxLength:"200" doc:"what it is known from"`
	Place  string         `json:"place,omitempty" maxLength:"15" pattern:"^[0-9]*$" doc:"moves it to another community or grid"`
	Links  *subject.Links `json:"links,omitempty" doc:"all of them, where one changes"`
}

func (s *server) changeSubject(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body changedSubject
}) (*tagged[subject.Card], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	if err := s.Subjects.Change(ctx, who, in.ID, v, subject.Edit{Values: b.Values, From: b.From, Source: b.Source, Place: b.Place, Links: b.Links}); err != nil {
		return nil, err
	}
	return s.getSubject(ctx, who, &subjectByID{ByID: ByID{in.ID}})
}

func (s *server) subjectHistory(ctx context.Context, who access.Identity, in *ByID) (*body[list[subject.Change]], error) {
	h, err := s.Subjects.History(ctx, who, in.ID)
	return &body[list[subject.Change]]{list[subject.Change]{Items: h}}, err
}

type look struct {
	At       store.Moment `json:"at"`
	Name     string       `json:"name"`
	What     string       `json:"what" enum:"view,unmask,export"`
	Purpose  string       `json:"purpose"`
	Elements []string     `json:"elements" nullable:"false"`
}

func (s *server) subjectLooks(ctx context.Context, who access.Identity, in *ByID) (*body[list[look]], error) {
	events, err := s.Subjects.Looks(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	out := make([]look, len(events))
	for i, e := range events {
		l := look{At: e.At, Name: e.Actor, What: e.Verb[len("subject."):], Elements: []string{}}
		l.Purpose, _ = e.After.V["purpose"].(string)
		if names, ok := e.After.V["elements"].([]any); ok {
			for _, n := range names {
				if name, ok := n.(string); ok {
					l.Elements = append(l.Elements, name)
				}
			}
		}
		out[i] = l
	}
	return &body[list[look]]{list[look]{Items: out}}, nil
}

type unmasked struct {
	Values subject.Values `json:"values"`
}

func (s *server) unmaskSubject(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body struct {
		Elements []string `json:"elements" nullable:"false" minItems:"1" maxItems:"50"`
		Purpose  string   `json:"purpose" maxLength:"100"`
	}
}) (*body[unmasked], error) {
	store.Secret(ctx)
	v, err := s.Subjects.Unmask(ctx, who, in.ID, in.Body.Elements, in.Body.Purpose)
	return &body[unmasked]{unmasked{v}}, err
}

func (s *server) bringBack(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Source string `json:"source" maxLength:"200" minLength:"1"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Subjects.Back(ctx, who, in.ID, v, in.Body.Source)
}

func (s *server) leaveSubject(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Day    string `json:"day" maxLength:"10"`
		Source string `json:"source,omitempty" maxLength:"200"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Subjects.Leave(ctx, who, in.ID, v, in.Body.Day, in.Body.Source)
}

func (s *server) moveSubject(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		To       string `json:"to" maxLength:"40"`
		Day      string `json:"day" maxLength:"10" doc:"from which it holds"`
		Source   string `json:"source,omitempty" maxLength:"200"`
		Relation string `json:"relation,omitempty" maxLength:"10" doc:"of a person to the head of the household that they join"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	return nil, s.Subjects.Move(ctx, who, in.ID, v, subject.Motion{To: b.To, Day: b.Day, Source: b.Source, Relation: b.Relation})
}

func (s *server) mergeSubjects(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Other string `json:"other" maxLength:"40" doc:"the record that goes"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Subjects.Merge(ctx, who, in.ID, in.Body.Other, v)
}

func (s *server) partSubjects(ctx context.Context, who access.Identity, in *ByID) (*empty, error) {
	return nil, s.Subjects.Apart(ctx, who, in.ID)
}

func (s *server) eraseSubject(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Reason string `json:"reason" maxLength:"200"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Subjects.Erase(ctx, who, in.ID, v, in.Body.Reason)
}
