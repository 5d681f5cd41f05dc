package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gewu/internal/access"
	"gewu/internal/ical"
	"gewu/internal/plan"
	"gewu/internal/store"
)

func (s *server) fileRoutes() {
	route(s, created(op(http.MethodPost, "/files", "add-file", "Send a file that a report will carry", "Files")), s.addFile)
	route(s, op(http.MethodGet, "/files/{id}", "get-file", "A file of a report", "Files"), s.getFile)
	route(s, created(op(http.MethodPost, "/feed", "make-feed", "Make the address of one's calendar feed; an older one stops working", "Files")), s.makeFeed)
	open(s, op(http.MethodGet, "/feeds/{token}", "get-feed", "Time limits as an iCalendar feed", "Files"), s.feed)
}

type fileForm struct {
	File huma.FormFile `form:"file" required:"true"`
}

func (s *server) addFile(ctx context.Context, who access.Identity, in *struct {
	RawBody huma.MultipartFormFiles[fileForm]
}) (*body[plan.Attachment], error) {
	form := in.RawBody.Data()
	defer form.File.Close()
	a, err := s.Plans.AddFile(ctx, who, form.File.Filename, form.File)
	return &body[plan.Attachment]{a}, err
}

func (s *server) getFile(ctx context.Context, who access.Identity, in *ByID) (*huma.StreamResponse, error) {
	f, a, err := s.Plans.OpenFile(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return download(f, a.Name, a.Type), nil
}

type feedAddress struct {
	Path string `json:"path" doc:"of the feed, to be put behind the site's address; whoever has it can read the time limits"`
}

func (s *server) makeFeed(ctx context.Context, who access.Identity, _ *struct{}) (*body[feedAddress], error) {
	store.Secret(ctx)
	token, err := s.Access.NewFeed(ctx, who)
	return &body[feedAddress]{feedAddress{Prefix + "/feeds/" + token + ".ics"}}, err
}

func (s *server) feed(ctx context.Context, in *struct {
	Token string `path:"token" maxLength:"100"`
}) (*huma.StreamResponse, error) {
	who, err := s.Access.FeedIdentity(ctx, strings.TrimSuffix(in.Token, ".ics"), originOf(ctx))
	if err != nil {
		return nil, err
	}
	c, err := s.Plans.Feed(ctx, who, strings.TrimSuffix(s.BaseURL, "/"))
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "text/calendar; charset=utf-8")
		if err := ical.Write(ctx.BodyWriter(), c); err != nil {
			s.Log.Error("write feed", "err", err)
		}
	}}, nil
}
