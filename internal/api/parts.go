package api

import (
	"context"
	"net/http"

	"gewu/internal/access"
	"gewu/internal/plan"
)

func (s *server) partRoutes() {
	route(s, none(op(http.MethodPost, "/parts/{id}/sign", "sign-part", "Sign for a task (签收)", "Parts")), s.signPart)
	route(s, none(op(http.MethodPost, "/parts/{id}/return", "return-part", "Return a task with a reason (退回)", "Parts")), s.returnPart)
	route(s, none(op(http.MethodPost, "/parts/{id}/resend", "resend-part", "Explain a returned task and send it again", "Parts")), s.resendPart)
	route(s, none(op(http.MethodPost, "/parts/{id}/hand", "hand-part", "Hand a task to a colleague (转办)", "Parts")), s.handPart)
	route(s, none(op(http.MethodPost, "/parts/{id}/split", "split-part", "Split a task into sub-tasks for other units", "Parts")), s.splitPart)
	route(s, created(op(http.MethodPost, "/parts/{id}/reports", "report-part", "Report progress", "Parts")), s.reportPart)
}

func (s *server) signPart(ctx context.Context, who access.Identity, in *ChangeOf) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Sign(ctx, who, in.ID, v)
}

func (s *server) returnPart(ctx context.Context, who access.Identity, in *reasoned) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Return(ctx, who, in.ID, v, in.Body.Reason)
}

func (s *server) resendPart(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body words
}) (*empty, error) {
	return nil, s.Plans.Resend(ctx, who, in.ID, in.Body.Words)
}

func (s *server) handPart(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		To string `json:"to" maxLength:"40" doc:"account of a colleague of the same unit"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Hand(ctx, who, in.ID, v, in.Body.To)
}

func (s *server) splitPart(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Children []plan.Child `json:"children" nullable:"false" minItems:"1" maxItems:"100"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Split(ctx, who, in.ID, v, in.Body.Children)
}

type reported struct {
	ID string `json:"id"`
}

func (s *server) reportPart(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body plan.NewReport
}) (*body[reported], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	id, err := s.Plans.Report(ctx, who, in.ID, v, in.Body)
	return &body[reported]{reported{id}}, err
}
