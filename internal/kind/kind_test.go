package kind

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/calendar"
	"gewu/element"
)

func world(t testing.TB) World {
	t.Helper()
	dict, err := element.Load()
	if err != nil {
		t.Fatal(err)
	}
	days, err := calendar.Load()
	if err != nil {
		t.Fatal(err)
	}
	return World{Dict: dict, Calendar: days}
}

const good = `kind: lamp
name: {zh: 路灯, en: lamp}
title: "{code}"
fields:
  - {id: code, name: {zh: 编号, en: code}, type: text, index: true}
  - id: sort
    name: {zh: 类型, en: sort}
    type: one
    choices: [{code: a, name: {zh: 甲, en: A}}, {code: b, name: {zh: 乙, en: B}}]
  - id: part
    name: {zh: 部件, en: part}
    type: one
    within: sort
    choices: [{code: x, of: [a], name: {zh: 子, en: X}}]
  - id: twice
    name: {zh: 两倍, en: twice}
    type: integer
    compute: half
  - {id: half, name: {zh: 一半, en: half}, type: integer}
states:
  - id: works
    name: {zh: 正常, en: works}
    who: {at: community}
    actions: [{id: remove, name: {zh: 拆除, en: remove}, to: gone, ask: [code]}]
  - {id: gone, name: {zh: 已拆除, en: removed}, end: true}
`

// Each fault is found, where it is.
func TestFaults(t *testing.T) {
	for _, tt := range []struct{ from, to, code, at string }{
		{"", "", "", ""},
		{"kind: lamp", "kind: Lamp", "kind_id", "1:7"},
		{"name: {zh: 路灯, en: lamp}", "name: {zh: 路灯}", "kind_missing", "2:7"},
		{`title: "{code}"`, `title: "{cod}"`, "kind_field", "3:8"},
		{`title: "{code}"`, "titel: code", "kind_key", "3:1"},
		{`title: "{code}"`, "title: [code]", "kind_value", "3:8"},
		{"title: \"{code}\"\n", "", "kind_missing", "1:1"},
		{`title: "{code}"`, "title: &x code", "kind_alias", "3:8"},
		{`type: text, index: true`, "type: photo", "kind_title", "3:8"},
		{`compute: half`, "compute: halve", "kind_expr", "18:14"},
		{"type: text, index: true", "type: txt", "kind_type", "5:48"},
		{"id: code, name", "id: today, name", "kind_reserved", "5:10"},
		{"id: code, name", "id: half, name", "kind_twice", "19:10"},
		{"within: sort", "within: sorts", "kind_field", "13:13"},
		{"within: sort", "within: code", "kind_field_type", "13:13"},
		{"of: [a]", "of: [c]", "kind_choice", "14:30"},
		{"    within: sort\n", "", "kind_within", "13:15"},
		{"type: integer\n    compute: half", "type: integer\n    compute: twice", "kind_cycle", "18:14"},
		{"type: integer}", "type: integer, choices: [{code: a, name: {zh: 甲, en: A}}]}", "kind_choices", "19:5"},
		{"type: integer}", "type: table}", "kind_table", "19:5"},
		{"type: integer}", "type: table, fields: [{id: at, name: {zh: 位置, en: at}, type: point}]}", "kind_track", "19:103"},
		{"type: integer}", "type: person}", "kind_privacy", "1:1"},
		{"type: integer}", "type: text, element: person.phone}", "kind_privacy", "1:1"},
		{"type: integer}", "type: integer, element: person.shoe_size}", "kind_element", "19:66"},
		{"type: integer}", "type: yesno, element: person.phone}", "kind_element_type", "19:48"},
		{"type: integer}", "type: photo, required: \"true\"}", "kind_because", "19:65"},
		{"to: gone", "to: away", "kind_state", "24:60"},
		{"ask: [code]", "ask: [cod]", "kind_field", "24:72"},
		{"ask: [code]", "ask: [twice]", "kind_computed", "24:72"},
		{"    who: {at: community}\n", "", "kind_nobody", "23:15"},
		{"at: community", "at: house", "kind_level", "23:15"},
		{"at: community", "at: community, office: true", "kind_who", "23:10"},
		{"at: community", "not_acted: works", "kind_who", "23:10"},
		{"at: community", "field: code", "kind_field_type", "23:18"},
		{"to: gone", "to: works", "kind_unreachable", "25:5"},
		{", end: true}", "}\n  - {id: end, name: {zh: 完, en: end}, end: true}", "kind_stuck", ""},
		{", end: true}", ", end: true, who: {office: true}}", "kind_end", "25:5"},
		{"fields:", "privacy: {purpose: {zh: 维护, en: upkeep}, basis: 某条例, keep: 3 years}\nfields:", "kind_keep", "4:60"},
		{"fields:", "limit: {days: 5, law: 3}\nfields:", "kind_limit", "4:8"},
		{"fields:", "number: \"{year}-{x}\"\nfields:", "kind_number", "4:9"},
		{"fields:", "near: {field: code, metres: 5}\nfields:", "kind_field_type", "4:15"},
		{"fields:", "public: {fields: [codes]}\nfields:", "kind_field", "4:19"},
		{"fields:", "about: [ghost]\nfields:", "kind_about", "4:9"},
		{"fields:", "fields: [", "kind_yaml", ""},
	} {
		text := strings.Replace(good, tt.from, tt.to, 1)
		if tt.from != "" && text == good {
			t.Fatalf("%q is not there", tt.from)
		}
		_, err := Parse("lamp.yaml", []byte(text), world(t))
		if tt.code == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		all, ok := errors.AsType[Problems](err)
		if !ok || !all.Has(tt.code) {
			t.Errorf("%s → %s: %v", tt.from, tt.to, err)
			continue
		}
		for _, p := range all {
			if s := p.Sentence("zh"); p.Code == tt.code && tt.at != "" && fmt.Sprintf("%d:%d", p.Line, p.Column) != tt.at || strings.Contains(s, "：。") || p.Sentence("en") == "" {
				t.Errorf("%s → %s: %s, want %s", tt.from, tt.to, s, tt.at)
			}
		}
	}
}

// What ships is right, and two kinds are not called the same.
func TestShipped(t *testing.T) {
	files, err := filepath.Glob("../../packs/*/kinds/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		k, err := Parse(filepath.Base(f), text, world(t))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if seen[k.ID] != "" || k.ID+".yaml" != filepath.Base(f) {
			t.Errorf("%s is called %s, as %s", f, k.ID, seen[k.ID])
		}
		seen[k.ID] = f
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("kind: [a\n"))
	f.Add([]byte("&a [*a, *a]"))
	w := world(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		k, err := Parse("x.yaml", text, w)
		if all, ok := errors.AsType[Problems](err); (k == nil) != (err != nil) || err != nil && (!ok || len(all) == 0) {
			t.Errorf("%v %v", k, err)
		}
	})
}
