package api

import (
	"context"
	"net/http"
	"strings"

	"gewu/internal/access"
	"gewu/internal/plan"
	"gewu/internal/subject"
)

func (s *server) searchRoutes() {
	route(s, op(http.MethodGet, "/search", "search", "Plans, tasks and what the base ledger has that hold a word, ten of each at most", "Search"), s.search)
}

type found struct {
	Plans []plan.Summary `json:"plans" nullable:"false"`
	Tasks []plan.Row     `json:"tasks" nullable:"false"`
	// What the ledger calls by the word, as far as somebody keeps it.
	Subjects []subject.Line `json:"subjects" nullable:"false"`
}

func (s *server) search(ctx context.Context, who access.Identity, in *struct {
	Word string `query:"q" required:"true" minLength:"1" maxLength:"100"`
}) (*body[found], error) {
	word := strings.TrimSpace(in.Word)
	f := found{Plans: []plan.Summary{}, Tasks: []plan.Row{}, Subjects: []subject.Line{}}
	if word == "" {
		return &body[found]{f}, nil
	}
	var err error
	if f.Plans, _, err = s.Plans.Plans(ctx, who, plan.PlanFilter{Word: word}, plan.Page{Limit: 10}); err != nil {
		return nil, err
	}
	tasks, _, err := s.Plans.Tasks(ctx, who, plan.TaskFilter{Word: word}, plan.Page{Limit: 10})
	if err != nil {
		return nil, err
	}
	f.Tasks = append(f.Tasks, tasks...)
	for _, kind := range []subject.Kind{subject.Person, subject.Organisation, subject.Building, subject.Household, subject.Vehicle} {
		lines, _, err := s.Subjects.List(ctx, who, kind, subject.Filter{Query: word}, subject.Page{Limit: 10 - len(f.Subjects)})
		if err != nil {
			return nil, err
		}
		if f.Subjects = append(f.Subjects, lines...); len(f.Subjects) == 10 {
			break
		}
	}
	return &body[found]{f}, nil
}
