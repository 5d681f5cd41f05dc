package api

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"gewu/internal/access"
	"gewu/internal/subject"
)

func (s *server) requestRoutes() {
	route(s, op(http.MethodGet, "/requests", "list-requests", "Requests of people about what is held on them, the most urgent first", "Ledger"), s.listRequests)
	route(s, created(op(http.MethodPost, "/subjects/{id}/requests", "create-request", "Enter a request; its time begins to run", "Ledger")), s.createRequest)
	route(s, none(op(http.MethodPost, "/requests/{id}/answer", "answer-request", "Answer a request: done, or refused with a reason", "Ledger")), s.answerRequest)
	route(s, op(http.MethodGet, "/digest", "get-digest", "Who was shown or given masked data on a day, and what for", "Ledger"), s.getDigest)
	route(s, op(http.MethodGet, "/counts", "get-counts", "Counts of the base ledger, for each place of a level", "Ledger"), s.getCounts)
}

func (s *server) listRequests(ctx context.Context, who access.Identity, in *struct {
	State   string `query:"state" enum:"open,done,refused"`
	Subject string `query:"subject" maxLength:"40"`
}) (*body[list[subject.Request]], error) {
	l, err := s.Subjects.Requests(ctx, who, in.State, in.Subject)
	return &body[list[subject.Request]]{list[subject.Request]{Items: l}}, err
}

type newRequest struct {
	Kind  string `json:"kind" enum:"show,correct,export,erase"`
	Asker string `json:"asker" enum:"self,guardian,agent,kin"`
	Words string `json:"words,omitempty" maxLength:"500"`
	Asked string `json:"asked" maxLength:"10" doc:"day"`
}

func (s *server) createRequest(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body newRequest
}) (*body[subject.Request], error) {
	b := in.Body
	q, err := s.Subjects.Ask(ctx, who, in.ID, subject.Request{Kind: b.Kind, Asker: b.Asker, Words: b.Words, Asked: b.Asked})
	return &body[subject.Request]{q}, err
}

func (s *server) answerRequest(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Done  bool   `json:"done" doc:"false refuses"`
		Words string `json:"words" maxLength:"500"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Subjects.Answer(ctx, who, in.ID, v, in.Body.Done, in.Body.Words)
}

func (s *server) getDigest(ctx context.Context, who access.Identity, in *struct {
	Day string `query:"day" required:"true" maxLength:"10"`
}) (*body[list[subject.Digest]], error) {
	d, err := s.Subjects.DigestOf(ctx, who, in.Day)
	return &body[list[subject.Digest]]{list[subject.Digest]{Items: d}}, err
}

type placeCounts struct {
	Place  string         `json:"place" doc:"code; 'rest' for what is in no place of the level"`
	Counts map[string]int `json:"counts" doc:"element to number"`
}

type countsQuery struct {
	Place string `query:"place" required:"true" pattern:"^[0-9]+$" maxLength:"15"`
	Level int    `query:"level" required:"true" minimum:"9" maximum:"15" multipleOf:"3" doc:"digits of the places' codes"`
	AsOf
	Columns string `query:"columns" maxLength:"1000" pattern:"^[a-z0-9._,]*$" doc:"of a workbook: elements with commas between; left out, all"`
}

func (s *server) getCounts(ctx context.Context, who access.Identity, in *countsQuery) (*body[list[placeCounts]], error) {
	counts, err := s.Subjects.Counts(ctx, who, in.Place, in.Level, s.Subjects.AsOf(in.On, in.Recorded))
	out := []placeCounts{}
	for _, p := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, placeCounts{p, counts[p]})
	}
	return &body[list[placeCounts]]{list[placeCounts]{Items: out}}, err
}
