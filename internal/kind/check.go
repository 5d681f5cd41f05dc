package kind

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gewu/calendar"
	"gewu/element"
	"gewu/expr"
)

// A World is what a kind refers to.
type World struct {
	Dict     *element.Dictionary
	Calendar *calendar.Calendar // for working days in expressions
}

var (
	ids      = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	names    = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)
	keeps    = regexp.MustCompile(`^P(\d+Y)?(\d+M)?$`)
	braces   = regexp.MustCompile(`\{([^}]*)\}`)
	counting = regexp.MustCompile(`^n(:[1-9])?$`)
	levels   = []string{"grid", "community", "street", "county"}
	// reserved are what expressions know besides the fields, and words of CEL.
	reserved = []string{"today", "opened", "place", "state", "number", "entered_by", "true", "false", "null", "in", "as", "break", "const",
		"continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"}
)

type checker struct {
	*document
	*Kind
	world World
}

func (c *checker) check() {
	if !names.MatchString(c.ID) {
		c.add("kind_id", "kind", c.ID)
	}
	c.text("name", c.Name)
	for i, a := range c.About {
		if !slices.Contains(Subjects, a) {
			c.add("kind_about", fmt.Sprintf("about[%d]", i), string(a))
		}
	}
	if len(c.Fields) == 0 {
		c.add("kind_missing", "fields", "fields")
	}
	c.fields(c.Fields, "fields", false)
	c.number()
	c.privacy()
	c.cycles()
	c.states()
	if c.Enter != nil {
		c.who(c.Enter, "enter")
	}
	if c.Limit != nil {
		c.limit(c.Limit, "limit")
	}
	if c.Near != nil {
		if f, ok := c.Field(c.Near.Field); !ok || f.Type != Point {
			c.add("kind_field_type", "near.field", c.Near.Field)
		}
		if c.Near.Metres < 1 || c.Near.Metres > 2000 {
			c.add("kind_value", "near.metres", "")
		}
	}
	c.title()
}

// title refuses a name of records that is made of what they do not have.
func (c *checker) title() {
	if strings.TrimSpace(c.Title) == "" {
		c.add("kind_missing", "title", "title")
	}
	for _, m := range braces.FindAllStringSubmatch(c.Title, -1) {
		switch f, ok := c.Field(m[1]); {
		case !ok:
			c.add("kind_field", "title", m[1])
		case f.Personal || f.Sealed || slices.Contains([]Type{Photo, File, Point, Table, Person, Household}, f.Type):
			c.add("kind_title", "title", m[1])
		}
	}
}

func (c *checker) text(path string, t Text) {
	if strings.TrimSpace(t.Zh) == "" || strings.TrimSpace(t.En) == "" {
		c.add("kind_missing", path, path+".zh, "+path+".en")
	}
}

func (c *checker) fields(fs []Field, path string, column bool) {
	seen := map[string]bool{}
	for i := range fs {
		f, at := &fs[i], fmt.Sprintf("%s[%d]", path, i)
		switch {
		case !ids.MatchString(f.ID):
			c.add("kind_id", at+".id", f.ID)
		case slices.Contains(reserved, f.ID):
			c.add("kind_reserved", at+".id", f.ID)
		case seen[f.ID]:
			c.add("kind_twice", at+".id", f.ID)
		}
		seen[f.ID] = true
		c.text(at+".name", f.Name)
		if !slices.Contains(Types, f.Type) {
			c.add("kind_type", at+".type", string(f.Type))
			continue
		}
		c.choices(f, at, fs)
		c.bound(f, at)
		switch {
		case column && f.Type == Point:
			c.add("kind_track", at+".type", f.ID)
		case (f.Type == Table) != (len(f.Fields) > 0), column && f.Type == Table:
			c.add("kind_table", at, f.ID)
		default:
			c.fields(f.Fields, at+".fields", true)
		}
		env := c.env(fs, column)
		if f.Required == "true" && f.Type == Photo && (f.Because.Zh == "" || f.Because.En == "") {
			c.add("kind_because", at+".required", f.ID)
		}
		f.required = c.compile(env, f.Required, at+".required", expr.Boolean)
		f.visible = c.compile(env, f.Visible, at+".visible", expr.Boolean)
		f.constraint = c.compile(env, f.Constraint, at+".constraint", expr.Boolean)
		f.preset = c.compile(c.env(nil, false), f.Default, at+".default", typeOf(*f))
		f.compute = c.compile(env, f.Compute, at+".compute", typeOf(*f))
		if typeOf(*f).IsZero() && (f.Compute != "" || f.Default != "") {
			c.add("kind_field_type", at, f.ID)
		}
		if f.Constraint != "" {
			c.text(at+".message", f.Message)
		}
		if f.Index && (f.Type == Table || f.Type == Photo || f.Type == File || f.Type == Long || f.Sealed || column) {
			c.add("kind_field_type", at+".index", f.ID)
		}
	}
}

func (c *checker) choices(f *Field, at string, beside []Field) {
	if f.Type != One && f.Type != Many {
		if len(f.Choices) > 0 || f.Codes != "" || f.Within != "" {
			c.add("kind_choices", at, f.ID)
		}
		return
	}
	if (len(f.Choices) > 0) == (f.Codes != "") {
		c.add("kind_choices", at, f.ID)
	}
	if f.Codes != "" && c.world.Dict != nil && len(c.world.Dict.Entries(f.Codes)) == 0 {
		c.add("kind_codes", at+".codes", f.Codes)
	}
	var outer *Field
	if f.Within != "" {
		if i := slices.IndexFunc(beside, func(x Field) bool { return x.ID == f.Within }); i < 0 {
			c.add("kind_field", at+".within", f.Within)
		} else if outer = &beside[i]; outer.Type != One || len(outer.Choices) == 0 || outer.ID == f.ID {
			c.add("kind_field_type", at+".within", f.Within)
			outer = nil
		}
	}
	seen := map[string]bool{}
	for i, x := range f.Choices {
		in := fmt.Sprintf("%s.choices[%d]", at, i)
		if !names.MatchString(x.Code) {
			c.add("kind_id", in+".code", x.Code)
		}
		if seen[x.Code] {
			c.add("kind_twice", in+".code", x.Code)
		}
		seen[x.Code] = true
		c.text(in+".name", x.Name)
		if (f.Within != "") != (len(x.Of) > 0) {
			c.add("kind_within", in, x.Code)
		}
		for n, of := range x.Of {
			if outer != nil && !slices.ContainsFunc(outer.Choices, func(o Choice) bool { return o.Code == of }) {
				c.add("kind_choice", fmt.Sprintf("%s.of[%d]", in, n), of)
			}
		}
	}
}

// bound takes over what the dictionary says of a field's element.
func (c *checker) bound(f *Field, at string) {
	if f.Element == "" || c.world.Dict == nil {
		return
	}
	e, ok := c.world.Dict.Element(f.Element)
	if !ok {
		c.add("kind_element", at+".element", f.Element)
		return
	}
	if !slices.Contains(fits[e.Type], f.Type) {
		c.add("kind_element_type", at+".type", string(e.Type))
	}
	f.Personal = f.Personal || e.Class != element.Open
	f.Sealed = f.Sealed || e.Sealed
}

// fits are the types of fields that hold values of a type of element.
var fits = map[element.Type][]Type{
	element.Text: {Short, Long}, element.IDNumber: {Short}, element.CreditCode: {Short}, element.Phone: {Short}, element.Plate: {Short},
	element.Date: {Date}, element.Year: {Integer}, element.Age: {Integer}, element.Code: {One, Many}, element.Integer: {Integer},
	element.Decimal: {Decimal, Integer}, element.Money: {Money}, element.Boolean: {YesNo}, element.Address: {Short, Long},
}

func (c *checker) number() {
	if c.Number == "" {
		return
	}
	counts := 0
	for _, m := range braces.FindAllStringSubmatch(c.Number, -1) {
		switch {
		case counting.MatchString(m[1]):
			counts++
		case !slices.Contains([]string{"year", "month", "day", "place"}, m[1]):
			counts = 99
		}
	}
	if counts != 1 {
		c.add("kind_number", "number", c.Number)
	}
}

// privacy refuses personal fields that nobody has said a purpose for.
func (c *checker) privacy() {
	personal := map[string]bool{}
	for _, f := range c.Fields {
		told := f.Personal || f.Type == Person || f.Type == Household
		for _, x := range f.Fields {
			told = told || x.Personal || x.Type == Person || x.Type == Household
		}
		if told {
			personal[f.ID] = true
		}
	}
	if p := c.Privacy; p != nil {
		c.text("privacy.purpose", p.Purpose)
		if strings.TrimSpace(p.Basis) == "" {
			c.add("kind_missing", "privacy.basis", "basis")
		}
		if p.Keep == "P" || !keeps.MatchString(p.Keep) {
			c.add("kind_keep", "privacy.keep", p.Keep)
		}
	} else if len(personal) > 0 || slices.Contains(c.About, "person") || slices.Contains(c.About, "household") {
		c.add("kind_privacy", "privacy", strings.Join(slices.Sorted(maps.Keys(personal)), ", "))
	}
	if c.Public == nil {
		return
	}
	for i, id := range c.Public.Fields {
		at := fmt.Sprintf("public.fields[%d]", i)
		switch _, ok := c.Field(id); {
		case !ok:
			c.add("kind_field", at, id)
		case personal[id]:
			c.add("kind_public", at, id)
		}
	}
}
