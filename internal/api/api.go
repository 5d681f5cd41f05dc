// Package api is the door for programs and for the browser application: REST
// under /api/v1, described by an OpenAPI 3.1 document that is made from this
// code. Handlers decode, call a service and encode; what happens is in the
// services.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"path"
	"reflect"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gewu/internal/access"
	"gewu/internal/atlas"
	"gewu/internal/duty"
	"gewu/internal/fault"
	"gewu/internal/fill"
	"gewu/internal/holiday"
	"gewu/internal/intake"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/subject"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// An Office is the services behind the API.
type Office struct {
	DB       *store.DB
	Access   *access.Service
	Units    *office.Service
	Plans    *plan.Service
	Duties   *duty.Service
	Holidays *holiday.Service
	Subjects *subject.Service
	Elements subject.Elements
	Atlas    *atlas.Service
	Intakes  *intake.Service
	Fills    *fill.Service
	Log      *slog.Logger
	BaseURL  string // as people type it, "https://gewu.example.gov.cn"; cookies are marked secure if it is https
	Version  string
	Tianditu string // key for the background tiles of the map; without it nothing outside is asked
}

type server struct {
	Office
	sessions *scs.SessionManager
	api      huma.API
}

// New returns the handler of everything under /api/v1.
func New(o Office) http.Handler {
	s, mux := build(o)
	return s.wrap(mux)
}

// Document returns the OpenAPI document.
func Document(version string) ([]byte, error) {
	s, _ := build(Office{Log: slog.Default(), Version: version})
	return s.api.OpenAPI().MarshalJSON()
}

// The library asks variables of its package for errors; they are set before
// anybody can read them.
func init() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return inputProblem(ctx.Context(), status, errs)
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return inputProblem(context.Background(), status, errs)
	}
}

// bodyTime is how long a request may take to arrive: the largest file over a
// line of one megabit a second.
const bodyTime = 5 * time.Minute

func build(o Office) (*server, *http.ServeMux) {
	s := &server{Office: o, sessions: sessions(o)}
	mux := http.NewServeMux()
	config := huma.DefaultConfig("格务 Gewu", o.Version)
	config.Info.Description = "Notices become tasks; tasks get done and can be proved. Errors are RFC 9457 problems with a stable `code` and a sentence in the language of Accept-Language (zh, en). Lists are paged by `next`. Creates take an Idempotency-Key, updates an If-Match with the version."
	config.OpenAPIPath = Prefix + "/openapi"
	config.SchemasPath = Prefix + "/schemas"
	config.DocsPath = ""     // the built-in page loads scripts from outside hosts
	config.CreateHooks = nil // no $schema in bodies
	config.RejectUnknownQueryParameters = true
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", typeName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	s.api = humago.New(mux, config)
	s.sessionRoutes()
	s.planRoutes()
	s.draftRoutes()
	s.taskRoutes()
	s.partRoutes()
	s.fileRoutes()
	s.unitRoutes()
	s.accountRoutes()
	s.dutyRoutes()
	s.holidayRoutes()
	s.searchRoutes()
	s.subjectRoutes()
	s.elementRoutes()
	s.requestRoutes()
	s.copyRoutes()
	s.atlasRoutes()
	s.intakeRoutes()
	s.fillRoutes()
	return s, mux
}

// typeName is the name of a type in the OpenAPI document. Packages that name
// their types for use beside the package's name have it put before.
func typeName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch pkg := path.Base(t.PkgPath()); pkg {
	case "intake", "fill", "table":
		if prefix := strings.ToUpper(pkg[:1]) + pkg[1:]; !strings.HasPrefix(name, prefix) {
			return prefix + name
		}
	}
	return name
}

var errMustChange = fault.New(fault.Denied, "password_must_change", "请先设置新密码，再继续使用", "Choose a new password first.")

// route registers a handler for somebody who is signed in.
func route[In, Out any](s *server, op huma.Operation, h func(ctx context.Context, who access.Identity, in *In) (*Out, error)) {
	op.Security = []map[string][]string{{"session": {}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden)
	open(s, op, func(ctx context.Context, in *In) (*Out, error) {
		who, err := identityOf(ctx)
		if err != nil {
			return nil, err
		}
		if who.MustChange {
			return nil, errMustChange
		}
		return h(ctx, who, in)
	})
}

// open registers a handler for anybody.
func open[In, Out any](s *server, op huma.Operation, h func(ctx context.Context, in *In) (*Out, error)) {
	op.Path = Prefix + op.Path
	op.BodyReadTimeout = bodyTime
	if op.Method == http.MethodPost {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
			Description: "a request that is sent again with the same key has no second effect and gets the first answer"})
	}
	huma.Register(s.api, op, func(ctx context.Context, in *In) (*Out, error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, problem(ctx, s.Log, err)
		}
		return out, nil
	})
}

// op describes an operation in one line.
func op(method, path, id, summary, tag string) huma.Operation {
	return huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Tags: []string{tag}}
}

// created answers with 201.
func created(o huma.Operation) huma.Operation {
	o.DefaultStatus = http.StatusCreated
	return o
}

// none answers with 204.
func none(o huma.Operation) huma.Operation {
	o.DefaultStatus = http.StatusNoContent
	return o
}

// empty is the output of an operation that answers with 204.
type empty struct{}

// body is an output that is one JSON document.
type body[T any] struct{ Body T }

// tagged is a document with its version as the ETag.
type tagged[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// list is a page of a list.
type list[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next" doc:"cursor of the next page, empty on the last"`
}

// Paging is how lists are asked for.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"100" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"50 if left out"`
}

func (p Paging) plan() plan.Page { return plan.Page{Cursor: p.Cursor, Limit: p.Limit} }

// Based carries the version that a change is based on.
type Based struct {
	IfMatch string `header:"If-Match" required:"true" doc:"the ETag that the change is based on"`
}

// ByID is a path with an id.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}
