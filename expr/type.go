package expr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Type is the type of a variable, a column or an expression. Types compare
// with Equal. The zero Type is none.
type Type struct {
	kind string
	elem *Type           // list, map, optional
	key  string          // map: kind of its keys
	cols map[string]Type // row
}

// Types of one value.
var (
	Text    = Type{kind: "text"}
	Integer = Type{kind: "integer"} // 64 bits
	Decimal = Type{kind: "decimal"} // a finite double
	Boolean = Type{kind: "boolean"}
	Date    = Type{kind: "date"} // a calendar.Date; on the wire 2026-01-05
)

// nothing is the type of the elements of [].
var nothing = Type{kind: "nothing"}

// ListOf is a list of values of one type.
func ListOf(elem Type) Type { return Type{kind: "list", elem: &elem} }

// RowOf is one record with the given columns, each of which may be missing.
func RowOf(columns map[string]Type) Type { return Type{kind: "row", cols: maps.Clone(columns)} }

// TableOf is a list of records.
func TableOf(columns map[string]Type) Type { return ListOf(RowOf(columns)) }

func mapOf(key string, value Type) Type { return Type{kind: "map", key: key, elem: &value} }
func optionalOf(t Type) Type            { return Type{kind: "optional", elem: &t} }

// IsZero tells whether t is no type.
func (t Type) IsZero() bool { return t.kind == "" }

// Equal tells whether t and u are the same.
func (t Type) Equal(u Type) bool {
	if t.kind != u.kind || t.key != u.key || (t.elem == nil) != (u.elem == nil) {
		return false
	}
	return (t.elem == nil || t.elem.Equal(*u.elem)) && maps.EqualFunc(t.cols, u.cols, Type.Equal)
}

// String is the short form for people: text, list(text), table(a: date, b: text).
func (t Type) String() string {
	switch {
	case t.isTable():
		return "table" + strings.TrimPrefix(t.elem.String(), "row")
	case t.kind == "map":
		return "map(" + t.key + ", " + t.elem.String() + ")"
	case t.elem != nil:
		return t.kind + "(" + t.elem.String() + ")"
	case t.kind == "row":
		var cols []string
		for _, name := range slices.Sorted(maps.Keys(t.cols)) {
			cols = append(cols, name+": "+t.cols[name].String())
		}
		return "row(" + strings.Join(cols, ", ") + ")"
	}
	return t.kind
}

// short is the first word of String, by which errors name types.
func (t Type) short() string {
	if t.isTable() {
		return "table"
	}
	return t.kind
}

func (t Type) isTable() bool { return t.kind == "list" && t.elem.kind == "row" }

// plain tells the types of one value.
func (t Type) plain() bool {
	switch t.kind {
	case "text", "integer", "decimal", "boolean", "date":
		return true
	}
	return false
}

// MarshalJSON writes "text", {"list": "text"}, {"row": {…}} and {"table": {…}},
// as data files and the browser have it.
func (t Type) MarshalJSON() ([]byte, error) {
	switch {
	case t.plain():
		return json.Marshal(t.kind)
	case t.isTable():
		return json.Marshal(map[string]any{"table": t.elem.cols})
	case t.kind == "list":
		return json.Marshal(map[string]any{"list": t.elem})
	case t.kind == "row":
		return json.Marshal(map[string]any{"row": t.cols})
	}
	return nil, fmt.Errorf("type %s has no written form", t)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *Type) UnmarshalJSON(b []byte) error {
	*t = Type{}
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte{'"'}) {
		if err := json.Unmarshal(b, &t.kind); err != nil {
			return err
		}
		if !t.plain() {
			return &Error{Code: CodeDeclaration, Name: t.kind}
		}
		return nil
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	for kind, raw := range parts {
		var err error
		switch {
		case len(parts) != 1:
			err = &Error{Code: CodeDeclaration, Name: kind}
		case kind == "list":
			t.kind, t.elem = "list", &Type{}
			err = json.Unmarshal(raw, t.elem)
		case kind == "row":
			t.kind = "row"
			err = json.Unmarshal(raw, &t.cols)
		case kind == "table":
			t.kind, t.elem = "list", &Type{kind: "row"}
			err = json.Unmarshal(raw, &t.elem.cols)
		default:
			err = &Error{Code: CodeDeclaration, Name: kind}
		}
		if err != nil {
			return err
		}
	}
	if t.IsZero() {
		return &Error{Code: CodeDeclaration}
	}
	return nil
}

// declarable tells whether t may be declared, and at most so deep.
func (t Type) declarable(depth int) bool {
	switch {
	case depth == 0:
		return false
	case t.kind == "list":
		return t.elem.declarable(depth - 1)
	case t.kind == "row":
		for name, c := range t.cols {
			if !isName(name) || !c.declarable(depth-1) {
				return false
			}
		}
		return len(t.cols) > 0
	}
	return t.plain()
}

// meet is the type that holds the values of both; false where there is none.
func meet(a, b Type) (Type, bool) {
	switch {
	case a.Equal(b):
		return a, true
	case a.kind == "integer" && b.kind == "decimal", a.kind == "decimal" && b.kind == "integer":
		return Decimal, true
	case a.kind == "nothing":
		return b, true
	case b.kind == "nothing":
		return a, true
	case a.kind == "list" && b.kind == "list":
		elem, ok := meet(*a.elem, *b.elem)
		return ListOf(elem), ok
	}
	return Type{}, false
}
