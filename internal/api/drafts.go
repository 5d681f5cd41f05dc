package api

import (
	"context"
	"net/http"

	"gewu/internal/access"
	"gewu/internal/plan"
)

func (s *server) draftRoutes() {
	o := op(http.MethodPut, "/plans/{id}/draft", "save-draft", "Keep a corrected draft", "Plans")
	o.MaxBodyBytes = 8 << 20
	route(s, o, s.saveDraft)
	route(s, op(http.MethodPost, "/plans/{id}/names", "settle-name", "Remember which units a name means, and apply it to the draft", "Plans"), s.settleName)
	route(s, op(http.MethodPost, "/plans/{id}/rematch", "rematch-plan", "Look the open names of a draft up again, after a unit was made", "Plans"), s.rematch)
	route(s, op(http.MethodGet, "/plans/{id}/draft/tasks/{key}/reply", "draft-reply", "A reply to the sender about a task that is taken back or not on the duty list", "Plans"), s.draftReply)
	o = op(http.MethodPost, "/plans/{id}/duty-match", "match-duty", "Where a text stands on the duty list", "Plans")
	route(s, o, s.matchDuty)
}

type saved struct {
	Version int `json:"version"`
}

func (s *server) saveDraft(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body plan.Sheet
}) (*tagged[saved], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err = s.Plans.SaveDraft(ctx, who, in.ID, v, in.Body)
	return &tagged[saved]{etag(v), saved{v}}, err
}

type settled struct {
	Name  string   `json:"name" minLength:"1" maxLength:"100"`
	Units []string `json:"units" nullable:"false" maxItems:"500" doc:"unit ids; none forget the name"`
}

func (s *server) settleName(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body settled
}) (*tagged[plan.Full], error) {
	f, err := s.Plans.Settle(ctx, who, in.ID, in.Body.Name, in.Body.Units)
	return &tagged[plan.Full]{etag(f.Version), f}, err
}

func (s *server) rematch(ctx context.Context, who access.Identity, in *ByID) (*tagged[plan.Full], error) {
	f, err := s.Plans.Rematch(ctx, who, in.ID)
	return &tagged[plan.Full]{etag(f.Version), f}, err
}

type letter struct {
	Text string `json:"text" doc:"paragraphs, one a line"`
}

func (s *server) draftReply(ctx context.Context, who access.Identity, in *struct {
	ByID
	Key string `path:"key" maxLength:"40"`
}) (*body[letter], error) {
	text, err := s.Plans.Reply(ctx, who, in.ID, in.Key, langOf(ctx))
	return &body[letter]{letter{text}}, err
}

func (s *server) matchDuty(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body struct {
		Text string `json:"text" maxLength:"20000"`
	}
}) (*body[plan.SheetDuty], error) {
	d, err := s.Plans.MatchDuty(ctx, who, in.ID, in.Body.Text)
	return &body[plan.SheetDuty]{d}, err
}
