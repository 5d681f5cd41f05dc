package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/intake"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *server) intakeRoutes() {
	route(s, op(http.MethodGet, "/intakes", "list-intakes", "Workbooks of base data, the latest first", "Ledger"), s.listIntakes)
	o := created(op(http.MethodPost, "/intakes", "add-intake", "Send a workbook of base data; its columns are recognised", "Ledger"))
	o.MaxBodyBytes = intake.Limit + 1<<20
	route(s, o, s.addIntake)
	route(s, op(http.MethodGet, "/intakes/{id}", "get-intake", "How a workbook stands", "Ledger"), s.getIntake)
	route(s, op(http.MethodPut, "/intakes/{id}", "correct-intake", "Settle what the rows are about and what the columns hold", "Ledger"), s.correctIntake)
	route(s, op(http.MethodPost, "/intakes/{id}/check", "check-intake", "Make a dry run", "Ledger"), s.checkIntake)
	route(s, op(http.MethodPost, "/intakes/{id}/run", "run-intake", "Bring the good rows in; a run that was broken off goes on", "Ledger"), s.runIntake)
	route(s, op(http.MethodGet, "/intakes/{id}/faults", "list-intake-faults", "What is wrong with which row", "Ledger"), s.intakeFaults)
	route(s, op(http.MethodGet, "/intakes/{id}/bad.xlsx", "get-bad-rows", "The bad rows with the reasons, as a workbook", "Ledger"), s.badRows)
}

func (s *server) listIntakes(ctx context.Context, who access.Identity, _ *struct{}) (*body[list[intake.Intake]], error) {
	l, err := s.Intakes.List(ctx, who)
	return &body[list[intake.Intake]]{list[intake.Intake]{Items: l}}, err
}

type placedFile struct {
	File  huma.FormFile `form:"file" required:"true" doc:".xlsx"`
	Place string        `form:"place" required:"true" doc:"code of the place"`
}

func (s *server) addIntake(ctx context.Context, who access.Identity, in *struct {
	RawBody huma.MultipartFormFiles[placedFile]
}) (*tagged[intake.Intake], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	i, err := s.Intakes.Add(ctx, who, form.Place, form.File.Filename, form.File)
	return &tagged[intake.Intake]{etag(i.Version), i}, err
}

func (s *server) getIntake(ctx context.Context, who access.Identity, in *ByID) (*tagged[intake.Intake], error) {
	i, err := s.Intakes.Get(ctx, who, in.ID)
	return &tagged[intake.Intake]{etag(i.Version), i}, err
}

func (s *server) correctIntake(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body intake.Correction
}) (*tagged[intake.Intake], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	i, err := s.Intakes.Correct(ctx, who, in.ID, v, in.Body)
	return &tagged[intake.Intake]{etag(i.Version), i}, err
}

func (s *server) checkIntake(ctx context.Context, who access.Identity, in *ChangeOf) (*tagged[intake.Intake], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	i, err := s.Intakes.Check(ctx, who, in.ID, v)
	return &tagged[intake.Intake]{etag(i.Version), i}, err
}

func (s *server) runIntake(ctx context.Context, who access.Identity, in *ChangeOf) (*tagged[intake.Intake], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	i, err := s.Intakes.Run(ctx, who, in.ID, v)
	return &tagged[intake.Intake]{etag(i.Version), i}, err
}

func (s *server) intakeFaults(ctx context.Context, who access.Identity, in *struct {
	ByID
	After int `query:"after" minimum:"0" doc:"row behind which to begin"`
}) (*body[list[intake.RowFaults]], error) {
	l, err := s.Intakes.Faults(ctx, who, in.ID, in.After)
	return &body[list[intake.RowFaults]]{list[intake.RowFaults]{Items: l}}, err
}

func (s *server) badRows(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	i, err := s.Intakes.Get(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := s.Intakes.Bad(ctx, who, in.ID, langOf(ctx), &b); err != nil {
		return nil, err
	}
	name := "退回-" + i.File
	if langOf(ctx) == "en" {
		name = "bad-rows-" + i.File
	}
	return download(io.NopCloser(&b), name, xlsx), nil
}
