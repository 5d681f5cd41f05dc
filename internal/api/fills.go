package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/fill"
)

func (s *server) fillRoutes() {
	route(s, op(http.MethodGet, "/fills", "list-fills", "Tables that departments sent, the latest first", "Tables"), s.listFills)
	o := created(op(http.MethodPost, "/fills", "add-fill", "Send a blank table; its columns are recognised", "Tables"))
	o.MaxBodyBytes = 21 << 20
	route(s, o, s.addFill)
	route(s, op(http.MethodGet, "/fills/{id}", "get-fill", "How a table stands", "Tables"), s.getFill)
	route(s, op(http.MethodPut, "/fills/{id}", "correct-fill", "Settle a table: its columns, for whom, as of when", "Tables"), s.correctFill)
	route(s, op(http.MethodPost, "/fills/{id}/run", "run-fill", "Fill a table from the base ledger, for a stated purpose", "Tables"), s.runFill)
	route(s, none(op(http.MethodPost, "/fills/{id}/answer", "answer-fill", "Let a large table out, or refuse it", "Tables")), s.answerFill)
	route(s, op(http.MethodGet, "/fills/{id}/file", "get-fill-file", "The filled table", "Tables"), s.fillFile)
	route(s, op(http.MethodGet, "/fills/{id}/where", "get-fill-cell", "Where a cell of a filled table came from", "Tables"), s.fillCell)
	route(s, op(http.MethodGet, "/fills/{id}/already", "list-already-reported", "Which elements of a table were reported before, and to whom", "Tables"), s.already)
	route(s, op(http.MethodGet, "/burden", "get-burden", "What tables cost in a year, by month and sender", "Tables"), s.burden)
}

func (s *server) listFills(ctx context.Context, who access.Identity, in *struct {
	State  string `query:"state" enum:"mapped,waiting,refused,filled"`
	Cursor string `query:"cursor" maxLength:"100"`
}) (*body[list[fill.Fill]], error) {
	l, next, err := s.Fills.List(ctx, who, in.State, in.Cursor)
	return &body[list[fill.Fill]]{list[fill.Fill]{l, next}}, err
}

func (s *server) addFill(ctx context.Context, who access.Identity, in *struct {
	RawBody huma.MultipartFormFiles[placedFile]
}) (*tagged[fill.Fill], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	f, err := s.Fills.Add(ctx, who, form.Place, form.File.Filename, form.File)
	return &tagged[fill.Fill]{etag(f.Version), f}, err
}

func (s *server) getFill(ctx context.Context, who access.Identity, in *ByID) (*tagged[fill.Fill], error) {
	f, err := s.Fills.Get(ctx, who, in.ID)
	return &tagged[fill.Fill]{etag(f.Version), f}, err
}

func (s *server) correctFill(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body fill.Correction
}) (*tagged[fill.Fill], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	f, err := s.Fills.Correct(ctx, who, in.ID, v, in.Body)
	return &tagged[fill.Fill]{etag(f.Version), f}, err
}

func (s *server) runFill(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Purpose string `json:"purpose" maxLength:"100"`
		Minutes int    `json:"minutes,omitempty" minimum:"0" maximum:"10000" doc:"that people spent on the table"`
	}
}) (*tagged[fill.Fill], error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	f, err := s.Fills.Run(ctx, who, in.ID, v, in.Body.Purpose, in.Body.Minutes)
	return &tagged[fill.Fill]{etag(f.Version), f}, err
}

func (s *server) answerFill(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Yes bool   `json:"yes"`
		Why string `json:"why,omitempty" maxLength:"200" doc:"of a refusal"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Fills.Answer(ctx, who, in.ID, v, in.Body.Yes, in.Body.Why)
}

func (s *server) fillFile(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	r, name, err := s.Fills.Download(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return download(io.NopCloser(r), name, xlsx), nil
}

var errNotOurs = fault.New(fault.Missing, "cell_not_filled", "该单元格不是由系统填写的", "The program did not fill this cell.")

func (s *server) fillCell(ctx context.Context, who access.Identity, in *struct {
	ByID
	Sheet string `query:"sheet" required:"true" maxLength:"100"`
	Cell  string `query:"cell" required:"true" maxLength:"12"`
}) (*body[fill.Origin], error) {
	o, ok, err := s.Fills.Where(ctx, who, in.ID, in.Sheet, in.Cell)
	if err == nil && !ok {
		err = errNotOurs
	}
	return &body[fill.Origin]{o}, err
}

func (s *server) already(ctx context.Context, who access.Identity, in *ByID) (*body[list[fill.Reported]], error) {
	l, err := s.Fills.Already(ctx, who, in.ID)
	if l == nil {
		l = []fill.Reported{}
	}
	return &body[list[fill.Reported]]{list[fill.Reported]{Items: l}}, err
}

func (s *server) burden(ctx context.Context, who access.Identity, in *struct {
	Year int `query:"year" required:"true" minimum:"2000" maximum:"2100"`
}) (*body[list[fill.Burden]], error) {
	l, err := s.Fills.Burdens(ctx, who, in.Year)
	return &body[list[fill.Burden]]{list[fill.Burden]{Items: l}}, err
}
