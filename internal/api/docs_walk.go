package api

import (
	"maps"
	"path"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

type method struct {
	name string
	op   *huma.Operation
}

// methodsOf lists the operations of a path in the order in which they are read.
func methodsOf(p *huma.PathItem) []method {
	var out []method
	for _, m := range []method{{"GET", p.Get}, {"POST", p.Post}, {"PUT", p.Put}, {"PATCH", p.Patch}, {"DELETE", p.Delete}} {
		if m.op != nil {
			out = append(out, m)
		}
	}
	return out
}

// schemaName names what a body is: its schema, or its media type.
func schemaName(content map[string]*huma.MediaType) string {
	for _, kind := range sortedKeys(content) {
		c := content[kind]
		switch {
		case c.Schema == nil:
			return kind
		case c.Schema.Ref != "":
			return path.Base(c.Schema.Ref)
		case kind != "application/json":
			return kind
		}
		return "JSON"
	}
	return ""
}
