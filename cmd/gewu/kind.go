package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"gewu/calendar"
	"gewu/element"
	"gewu/internal/kind"
)

type kindCommands struct {
	Check  kindCheck  `cmd:"" help:"Check files that define kinds of records."`
	Schema kindSchema `cmd:"" help:"Print the JSON Schema of such files, for editors."`
}

// kindCheck is gewu kind check.
type kindCheck struct {
	Files []string `arg:"" help:"YAML files."`
}

// Run prints what is wrong, a line for each fault with file, line and column.
func (cmd kindCheck) Run(_ context.Context, c *console) error {
	dict, err := element.Load()
	if err != nil {
		return err
	}
	days, err := calendar.Load()
	if err != nil {
		return err
	}
	failed := false
	for _, path := range cmd.Files {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		k, err := kind.Parse(path, text, kind.World{Dict: dict, Calendar: days})
		if problems, ok := errors.AsType[kind.Problems](err); ok {
			failed = true
			fmt.Fprintln(c.err, problems.Sentence(c.lang))
			continue
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(c.out, c.say("%s：%s，%d 个字段，%d 个状态，没有发现问题\n", "%s: %s, %d fields, %d states, no faults found\n"),
			path, c.say(k.Name.Zh, k.Name.En), len(k.Fields), len(k.States)); err != nil {
			return err
		}
	}
	if failed {
		return errShown
	}
	return nil
}

// kindSchema is gewu kind schema.
type kindSchema struct{}

// Run prints the schema.
func (kindSchema) Run(_ context.Context, c *console) error {
	r, root := schemaOfKinds()
	out := json.NewEncoder(c.out)
	out.SetIndent("", "  ")
	return out.Encode(map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Gewu kind", "$ref": root.Ref, "$defs": r.Map()})
}

func schemaOfKinds() (huma.Registry, *huma.Schema) {
	r := huma.NewMapRegistry("#/$defs/", huma.DefaultSchemaNamer)
	root := r.Schema(reflect.TypeFor[kind.Kind](), true, "Kind")
	defs := r.Map()
	for _, e := range []struct {
		of, property string
		values       any
	}{{"Field", "type", kind.Types}, {"State", "mode", []kind.Mode{kind.Any, kind.All}}} {
		defs[e.of].Properties[e.property].Enum = texts(e.values)
	}
	defs["State"].Properties["may"].Items.Enum = texts(kind.Verbs)
	defs["Kind"].Properties["about"].Items.Enum = texts(kind.Subjects)
	return r, root
}

// texts are the values of a list of texts of some type.
func texts(list any) []any {
	v := reflect.ValueOf(list)
	out := make([]any, v.Len())
	for i := range out {
		out[i] = v.Index(i).String()
	}
	return out
}
