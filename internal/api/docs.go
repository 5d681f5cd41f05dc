package api

import (
	_ "embed"
	"net/http"
	"sync"

	"html/template"
)

//go:embed docs.html
var docsHTML string

// Docs is the human page of the API, made from the OpenAPI document: nothing
// is fetched from anywhere.
func Docs(version string) http.Handler {
	page := template.Must(template.New("docs").Parse(docsHTML))
	var once sync.Once
	var view docsView
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { view = describe(version) })
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page.Execute(w, view) // the reader has gone where this fails
	})
}

type docsView struct {
	Title, Version, Description string
	Groups                      []docsGroup
}

type docsGroup struct {
	Name string
	Ops  []docsOp
}

type docsOp struct {
	Method, Path, ID, Summary string
	Params                    []docsParam
	Body, Answer              string
}

type docsParam struct{ Name, In, Doc string }

func describe(version string) docsView {
	s, _ := build(Office{Version: version})
	doc := s.api.OpenAPI()
	v := docsView{Title: doc.Info.Title, Version: doc.Info.Version, Description: doc.Info.Description}
	group := func(name string) *docsGroup {
		for i := range v.Groups {
			if v.Groups[i].Name == name {
				return &v.Groups[i]
			}
		}
		v.Groups = append(v.Groups, docsGroup{Name: name})
		return &v.Groups[len(v.Groups)-1]
	}
	for _, path := range sortedKeys(doc.Paths) {
		item := doc.Paths[path]
		for _, m := range methodsOf(item) {
			o := docsOp{Method: m.name, Path: path, ID: m.op.OperationID, Summary: m.op.Summary}
			for _, p := range m.op.Parameters {
				o.Params = append(o.Params, docsParam{p.Name, p.In, p.Description})
			}
			if m.op.RequestBody != nil {
				o.Body = schemaName(m.op.RequestBody.Content)
			}
			for status, r := range m.op.Responses {
				if status < "300" {
					o.Answer = status + " " + schemaName(r.Content)
				}
			}
			g := group(m.op.Tags[0])
			g.Ops = append(g.Ops, o)
		}
	}
	return v
}
