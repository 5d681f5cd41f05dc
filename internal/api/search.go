package api

import (
	"context"
	"net/http"
	"strings"

	"gewu/internal/access"
	"gewu/internal/plan"
)

func (s *server) searchRoutes() {
	route(s, op(http.MethodGet, "/search", "search", "Plans and tasks that hold a word, ten of each at most", "Search"), s.search)
}

type found struct {
	Plans []plan.Summary `json:"plans" nullable:"false"`
	Tasks []plan.Row     `json:"tasks" nullable:"false"`
}

func (s *server) search(ctx context.Context, who access.Identity, in *struct {
	Word string `query:"q" required:"true" minLength:"1" maxLength:"100"`
}) (*body[found], error) {
	word := strings.TrimSpace(in.Word)
	f := found{Plans: []plan.Summary{}, Tasks: []plan.Row{}}
	if word == "" {
		return &body[found]{f}, nil
	}
	var err error
	if f.Plans, _, err = s.Plans.Plans(ctx, who, plan.PlanFilter{Word: word}, plan.Page{Limit: 10}); err != nil {
		return nil, err
	}
	f.Tasks, _, err = s.Plans.Tasks(ctx, who, plan.TaskFilter{Word: word}, plan.Page{Limit: 10})
	return &body[found]{f}, err
}
