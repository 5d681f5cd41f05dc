package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/duty"
)

func (s *server) dutyRoutes() {
	route(s, op(http.MethodGet, "/duties", "list-duties", "The duty list of an office", "Duties"), s.listDuties)
	route(s, created(op(http.MethodPost, "/duties", "import-duties", "Read a duty list in from a workbook; a dry run writes nothing", "Duties")), s.importDuties)
	route(s, op(http.MethodGet, "/duties/workbook.xlsx", "export-duties", "The duty list as a workbook, or an empty form", "Duties"), s.exportDuties)
}

// dutyItem is a line of the list as it goes out.
type dutyItem struct {
	ID          string     `json:"id"`
	No          string     `json:"no"`
	Class       duty.Class `json:"class" enum:"basic,supporting,returned"`
	Category    string     `json:"category"`
	Name        string     `json:"name"`
	HigherUnit  string     `json:"higher_unit" doc:"对应上级部门"`
	HigherDuty  string     `json:"higher_duty" doc:"上级部门职责"`
	LocalDuty   string     `json:"local_duty" doc:"街道配合职责"`
	TakenBackBy string     `json:"taken_back_by" doc:"承接部门"`
	Method      string     `json:"method" doc:"工作方式"`
	Note        string     `json:"note"`
}

func dutiesOut(items []duty.Item) []dutyItem {
	out := make([]dutyItem, len(items))
	for n, i := range items {
		out[n] = dutyItem{i.ID, i.No, i.Class, i.Category, i.Name, i.HigherUnit, i.HigherDuty, i.LocalDuty, i.TakenBackBy, i.Method, i.Note}
	}
	return out
}

type dutyQuery struct {
	Placed
	Class string `query:"class" enum:"basic,supporting,returned"`
	Word  string `query:"q" maxLength:"100"`
}

func (s *server) listDuties(ctx context.Context, who access.Identity, in *dutyQuery) (*body[list[dutyItem]], error) {
	items, err := s.Duties.Items(ctx, who, in.Place, duty.Filter{Class: duty.Class(in.Class), Word: in.Word})
	return &body[list[dutyItem]]{list[dutyItem]{Items: dutiesOut(items)}}, err
}

type dutyForm struct {
	File  huma.FormFile `form:"file" required:"true" doc:".xlsx"`
	Place string        `form:"place" required:"true"`
	Dry   bool          `form:"dry" required:"false" doc:"only say what would be read"`
}

type dutyFault struct {
	Sheet    string `json:"sheet"`
	Row      int    `json:"row" doc:"of the sheet, from 1"`
	Sentence string `json:"sentence"`
}

type dutyImport struct {
	Items  []dutyItem  `json:"items" nullable:"false"`
	Faults []dutyFault `json:"faults" nullable:"false" doc:"rows that were left out, and why"`
	Saved  bool        `json:"saved"`
}

func (s *server) importDuties(ctx context.Context, who access.Identity, in *struct {
	RawBody huma.MultipartFormFiles[dutyForm]
}) (*body[dutyImport], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	data, err := io.ReadAll(form.File)
	if err != nil {
		return nil, err
	}
	r, err := s.Duties.Import(ctx, who, form.Place, data, form.Dry)
	if err != nil {
		return nil, err
	}
	out := dutyImport{Items: dutiesOut(r.Items), Faults: []dutyFault{}, Saved: r.Saved}
	for _, f := range r.Faults {
		out.Faults = append(out.Faults, dutyFault{f.Sheet, f.Row, f.Sentence(langOf(ctx))})
	}
	return &body[dutyImport]{out}, nil
}

func (s *server) exportDuties(ctx context.Context, who access.Identity, in *Placed) (*huma.StreamResponse, error) {
	items, err := s.Duties.Items(ctx, who, in.Place, duty.Filter{})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := duty.WriteXLSX(&b, items); err != nil {
		return nil, err
	}
	return download(io.NopCloser(&b), "履职事项清单.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), nil
}
