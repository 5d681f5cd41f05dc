package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/plan"
)

func (s *server) planRoutes() {
	route(s, op(http.MethodGet, "/today", "get-today", "What somebody has to do today", "Tasks"), s.today)
	route(s, op(http.MethodGet, "/plans", "list-plans", "Plans, newest first", "Plans"), s.listPlans)
	route(s, created(op(http.MethodPost, "/plans", "import-plan", "Read a notice in", "Plans")), s.importPlan)
	route(s, op(http.MethodGet, "/plans/{id}", "get-plan", "A plan with its document", "Plans"), s.getPlan)
	route(s, none(op(http.MethodDelete, "/plans/{id}", "discard-plan", "Discard a draft", "Plans")), s.discardPlan)
	route(s, op(http.MethodPost, "/plans/{id}/publish", "publish-plan", "Publish: number the plan and tell the units", "Plans"), s.publishPlan)
	route(s, none(op(http.MethodPost, "/plans/{id}/close", "close-plan", "End a plan whose tasks are all closed out", "Plans")), s.closePlan)
	route(s, op(http.MethodGet, "/plans/{id}/tasks", "list-plan-tasks", "All tasks of a plan in the order of the notice", "Plans"), s.planTasks)
	route(s, op(http.MethodGet, "/plans/{id}/units", "list-plan-units", "How each unit stands in a plan", "Plans"), s.planUnits)
	route(s, op(http.MethodGet, "/plans/{id}/file", "get-plan-file", "The notice as it came", "Plans"), s.planFile)
	route(s, op(http.MethodGet, "/plans/{id}/table.xlsx", "get-plan-table", "The task table as a workbook", "Plans"), s.planTable)
	route(s, op(http.MethodGet, "/stats/units", "list-unit-stats", "How the units of an office stand over all plans", "Plans"), s.unitStats)
}

func (s *server) today(ctx context.Context, who access.Identity, _ *struct{}) (*body[plan.Today], error) {
	t, err := s.Plans.Today(ctx, who)
	return &body[plan.Today]{t}, err
}

type planQuery struct {
	Paging
	State string `query:"state" enum:"draft,published,closed"`
	Word  string `query:"q" maxLength:"100"`
	Place string `query:"place" pattern:"^[0-9]*$" maxLength:"15"`
}

func (s *server) listPlans(ctx context.Context, who access.Identity, in *planQuery) (*body[list[plan.Summary]], error) {
	items, next, err := s.Plans.Plans(ctx, who, plan.PlanFilter{State: in.State, Word: in.Word, Place: in.Place}, in.plan())
	return &body[list[plan.Summary]]{list[plan.Summary]{items, next}}, err
}

type noticeForm struct {
	File  huma.FormFile `form:"file" required:"true" doc:".docx, .txt or .md"`
	Place string        `form:"place" required:"true" doc:"code of the office's place"`
}

func (s *server) importPlan(ctx context.Context, who access.Identity, in *struct {
	RawBody huma.MultipartFormFiles[noticeForm]
}) (*tagged[plan.Full], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	data, err := io.ReadAll(io.LimitReader(form.File, plan.MaxFile+1))
	if err != nil {
		return nil, err
	}
	p, err := s.Plans.Import(ctx, who, form.Place, form.File.Filename, data)
	if err != nil {
		return nil, err
	}
	return s.planOut(ctx, who, p.ID)
}

func (s *server) planOut(ctx context.Context, who access.Identity, id string) (*tagged[plan.Full], error) {
	f, err := s.Plans.Get(ctx, who, id)
	return &tagged[plan.Full]{etag(f.Version), f}, err
}

func (s *server) getPlan(ctx context.Context, who access.Identity, in *ByID) (*tagged[plan.Full], error) {
	return s.planOut(ctx, who, in.ID)
}

type ChangeOf struct {
	ByID
	Based
}

func (s *server) discardPlan(ctx context.Context, who access.Identity, in *ChangeOf) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Discard(ctx, who, in.ID, v)
}

type published struct {
	Plan plan.Full `json:"plan"`
	Told int       `json:"told" doc:"units that were told"`
}

func (s *server) publishPlan(ctx context.Context, who access.Identity, in *ChangeOf) (*tagged[published], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	f, told, err := s.Plans.Publish(ctx, who, in.ID, v)
	return &tagged[published]{etag(f.Version), published{f, told}}, err
}

func (s *server) closePlan(ctx context.Context, who access.Identity, in *ChangeOf) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Close(ctx, who, in.ID, v)
}

type ruled[T any] struct {
	Items []T       `json:"items" nullable:"false"`
	Rule  plan.Rule `json:"rule" doc:"what the lights mean today"`
}

func (s *server) planTasks(ctx context.Context, who access.Identity, in *ByID) (*body[ruled[plan.PlanRow]], error) {
	rows, err := s.Plans.PlanTasks(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	rule, err := s.Plans.Rule(ctx)
	return &body[ruled[plan.PlanRow]]{ruled[plan.PlanRow]{rows, rule}}, err
}

func (s *server) planUnits(ctx context.Context, who access.Identity, in *ByID) (*body[ruled[plan.UnitLights]], error) {
	return s.lights(ctx, who, in.ID, "")
}

func (s *server) unitStats(ctx context.Context, who access.Identity, in *struct {
	Place string `query:"place" required:"true" pattern:"^[0-9]+$" maxLength:"15"`
}) (*body[ruled[plan.UnitLights]], error) {
	return s.lights(ctx, who, "", in.Place)
}

func (s *server) lights(ctx context.Context, who access.Identity, id, place string) (*body[ruled[plan.UnitLights]], error) {
	rows, err := s.Plans.ByUnit(ctx, who, id, place)
	if err != nil {
		return nil, err
	}
	rule, err := s.Plans.Rule(ctx)
	return &body[ruled[plan.UnitLights]]{ruled[plan.UnitLights]{rows, rule}}, err
}

func (s *server) planFile(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	f, name, err := s.Plans.File(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return download(f, name, "application/octet-stream"), nil
}

// download sends a file to be saved, never to be shown within the site.
func download(f io.ReadCloser, name, kind string) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer f.Close()
		ctx.SetHeader("Content-Type", kind)
		ctx.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
		io.Copy(ctx.BodyWriter(), f) // the client has gone where this fails
	}}
}

func (s *server) planTable(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	var b bytes.Buffer
	name, err := s.Plans.WriteTable(ctx, who, in.ID, langOf(ctx), &b)
	if err != nil {
		return nil, err
	}
	return download(io.NopCloser(&b), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), nil
}
