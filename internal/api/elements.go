package api

import (
	"context"
	"net/http"

	"gewu/code"
	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/subject"
)

func (s *server) elementRoutes() {
	route(s, op(http.MethodGet, "/elements", "list-elements", "The dictionary of data elements", "Ledger"), s.listElements)
}

type elementView struct {
	ID        string     `json:"id"`
	Zh        string     `json:"zh"`
	En        string     `json:"en"`
	Kind      string     `json:"kind" doc:"what it is of: person, household, dwelling, building, organisation, vehicle, or another word"`
	Type      string     `json:"type" enum:"text,idnumber,creditcode,phone,plate,date,year,age,code,integer,decimal,money,boolean,address"`
	Unit      string     `json:"unit"`
	Codes     []codeView `json:"codes" nullable:"false" doc:"what may be chosen; none where any text is allowed"`
	Class     string     `json:"class" enum:"open,personal,sensitive"`
	Masked    bool       `json:"masked" doc:"shown whole only for a stated purpose"`
	Derived   bool       `json:"derived" doc:"follows from others; nobody enters it"`
	Extended  bool       `json:"extended" doc:"seldom asked for"`
	PurposeZh string     `json:"purpose_zh"`
	PurposeEn string     `json:"purpose_en"`
	Basis     string     `json:"basis" doc:"legal basis"`
	Retention string     `json:"retention" doc:"ISO 8601 duration"`
}

type codeView struct {
	Code string `json:"code"`
	Zh   string `json:"zh"`
	En   string `json:"en"`
}

func (s *server) listElements(context.Context, access.Identity, *struct{}) (*body[list[elementView]], error) {
	x := s.Elements
	d := x.Dictionary()
	out := []elementView{}
	for e := range d.All() {
		v := elementView{ID: e.ID, Zh: e.Zh, En: e.En, Kind: string(subject.KindOf(e.ID)), Type: string(e.Type), Unit: e.Unit, Codes: []codeView{},
			Class: string(e.Class), Masked: x.Masked(e.ID), Derived: subject.Derived(e.ID), Extended: e.Extended,
			PurposeZh: e.PurposeZh, PurposeEn: e.PurposeEn, Basis: e.Basis, Retention: e.Retention}
		if e.Type == element.Code {
			v.Codes = codesOf(d, e)
		}
		out = append(out, v)
	}
	return &body[list[elementView]]{list[elementView]{Items: out}}, nil
}

func codesOf(d *element.Dictionary, e element.Element) []codeView {
	out := []codeView{}
	if l, ok := code.ListOf(e.Codes); ok {
		for _, n := range l.Entries() {
			out = append(out, codeView{n.Code, n.Name, n.En})
		}
		return out
	}
	for _, n := range d.Entries(e.Codes) {
		out = append(out, codeView{n.Code, n.Zh, n.En})
	}
	return out
}
