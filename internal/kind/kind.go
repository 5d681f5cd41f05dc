// Package kind says what an office keeps and handles. A kind is data: the
// fields of its records and their life, written in a YAML file. A vehicle
// ledger is a kind with two states, a housing application one with ten; neither
// needs code. A kind is checked as a whole when it is loaded.
package kind

import (
	"slices"

	"gewu/expr"
)

// A Kind is what its records have in common.
type Kind struct {
	ID      string   `yaml:"kind" json:"kind" pattern:"^[a-z][a-z0-9-]{1,39}$" doc:"the same in every version"`
	Name    Text     `yaml:"name" json:"name"`
	Note    Text     `yaml:"note,omitempty" json:"note,omitzero" doc:"what it is for, in a sentence or two, for those who enter records"`
	About   []About  `yaml:"about,omitempty" json:"about,omitempty" doc:"what of the base ledger a record may be about; left out, it is about its place"`
	Title   string   `yaml:"title" json:"title" doc:"what a record is called in lists, of {field} and words between"`
	Number  string   `yaml:"number,omitempty" json:"number,omitempty" doc:"form of the number, of {year}, {month}, {day}, {place} and {n:4}: counted a year and street"`
	Privacy *Privacy `yaml:"privacy,omitempty" json:"privacy,omitempty" doc:"what personal fields are held for; they are refused without"`
	Enter   *Who     `yaml:"enter,omitempty" json:"enter,omitempty" doc:"who may enter a record; left out, whoever works for a unit of the place"`
	Public  *Public  `yaml:"public,omitempty" json:"public,omitempty" doc:"what residents see and may report without an account"`
	Near    *Near    `yaml:"near,omitempty" json:"near,omitempty" doc:"open records of the kind that are shown before a new one is made"`
	Fields  []Field  `yaml:"fields" json:"fields"`
	Limit   *Limit   `yaml:"limit,omitempty" json:"limit,omitempty" doc:"time for the whole, from when the record was entered"`
	States  []State  `yaml:"states,omitempty" json:"states,omitempty" doc:"its life, the first of them the state of a new record; left out, a record is kept as it is"`

	order []int // computed fields, each behind those that it follows from
}

// Text is something in both languages.
type Text struct {
	Zh string `yaml:"zh" json:"zh"`
	En string `yaml:"en" json:"en"`
}

// About is a kind of subject of the base ledger.
type About string

// Subjects are all of them.
var Subjects = []About{"person", "household", "dwelling", "building", "organisation", "vehicle"}

// Privacy is why personal data is held, on which basis and for how long.
type Privacy struct {
	Purpose Text   `yaml:"purpose" json:"purpose"`
	Basis   string `yaml:"basis" json:"basis" doc:"legal basis, by the name of the law and its article"`
	Keep    string `yaml:"keep" json:"keep" pattern:"^P([0-9]+Y)?([0-9]+M)?$" doc:"how long after a record was closed, ISO 8601"`
}

// Public is what residents see of a kind.
type Public struct {
	Report bool     `yaml:"report,omitempty" json:"report,omitempty" doc:"residents may enter records"`
	Fields []string `yaml:"fields" json:"fields" doc:"ids of the fields that everybody may see"`
}

// Near bounds what counts as the same place and time.
type Near struct {
	Field  string `yaml:"field" json:"field" doc:"id of a point"`
	Metres int    `yaml:"metres" json:"metres" minimum:"1" maximum:"2000"`
}

// A Type says what a field holds.
type Type string

// The types of fields. Points are degrees in CGCS2000, money is in fen.
const (
	Short        Type = "text"
	Long         Type = "long"
	Integer      Type = "integer"
	Decimal      Type = "decimal"
	Money        Type = "money"
	Date         Type = "date"
	Time         Type = "time"
	YesNo        Type = "yesno"
	One          Type = "one"
	Many         Type = "many"
	Place        Type = "place"
	Dwelling     Type = "dwelling"
	Household    Type = "household"
	Person       Type = "person"
	Organisation Type = "organisation"
	Building     Type = "building"
	Vehicle      Type = "vehicle"
	Unit         Type = "unit"
	User         Type = "user"
	Photo        Type = "photo"
	File         Type = "file"
	Point        Type = "point"
	Table        Type = "table"
)

// Types are all types of fields, in the order in which forms offer them.
var Types = []Type{Short, Long, Integer, Decimal, Money, Date, Time, YesNo, One, Many, Point, Photo, File, Place,
	Building, Dwelling, Household, Person, Organisation, Vehicle, Unit, User, Table}

// Subject tells whether a field refers to the base ledger.
func (t Type) Subject() bool {
	return slices.Contains([]Type{Building, Dwelling, Household, Person, Organisation, Vehicle}, t)
}

// A Field is one thing that is asked for.
type Field struct {
	ID         string   `yaml:"id" json:"id" pattern:"^[a-z][a-z0-9_]{0,39}$"`
	Name       Text     `yaml:"name" json:"name"`
	Hint       Text     `yaml:"hint,omitempty" json:"hint,omitzero"`
	Type       Type     `yaml:"type" json:"type"`
	Element    string   `yaml:"element,omitempty" json:"element,omitempty" doc:"data element that it is: entered once, known everywhere"`
	Personal   bool     `yaml:"personal,omitempty" json:"personal,omitempty" doc:"it tells of a person; so does a field of such an element"`
	Sealed     bool     `yaml:"sealed,omitempty" json:"sealed,omitempty" doc:"stored encrypted and shown for a stated purpose alone; so is a field of such an element"`
	Choices    []Choice `yaml:"choices,omitempty" json:"choices,omitempty" doc:"of one and many"`
	Codes      string   `yaml:"codes,omitempty" json:"codes,omitempty" doc:"of one and many: a code list of the dictionary instead of choices"`
	Within     string   `yaml:"within,omitempty" json:"within,omitempty" doc:"field on whose value the choices depend"`
	Fields     []Field  `yaml:"fields,omitempty" json:"fields,omitempty" doc:"of a table: its columns"`
	Max        int      `yaml:"max,omitempty" json:"max,omitempty" minimum:"0" doc:"characters, photos, files or rows at most"`
	Required   Expr     `yaml:"required,omitempty" json:"required,omitempty" doc:"true, or CEL"`
	Because    Text     `yaml:"because,omitempty" json:"because,omitzero" doc:"of a photo that is required: what law or rule requires it"`
	Visible    Expr     `yaml:"visible,omitempty" json:"visible,omitempty" doc:"CEL: it is asked for where this holds"`
	Constraint Expr     `yaml:"constraint,omitempty" json:"constraint,omitempty" doc:"CEL: what a value must meet"`
	Message    Text     `yaml:"message,omitempty" json:"message,omitzero" doc:"what to say where it does not"`
	Default    Expr     `yaml:"default,omitempty" json:"default,omitempty" doc:"CEL: what a new record begins with"`
	Compute    Expr     `yaml:"compute,omitempty" json:"compute,omitempty" doc:"CEL: it follows from other fields, and nobody enters it"`
	Index      bool     `yaml:"index,omitempty" json:"index,omitempty" doc:"lists are filtered and sorted by it"`

	required, visible, constraint, preset, compute *expr.Program
}

// A Choice is one value of a field that offers some.
type Choice struct {
	Code string   `yaml:"code" json:"code" pattern:"^[a-z0-9][a-z0-9_-]{0,39}$"`
	Name Text     `yaml:"name" json:"name"`
	Of   []string `yaml:"of,omitempty" json:"of,omitempty" doc:"it is offered where the field that this one is within has one of these values"`
}

// An Expr is an expression in CEL over the record's fields; see package expr.
type Expr string

// A State is a step in the life of a record.
type State struct {
	ID      string   `yaml:"id" json:"id" pattern:"^[a-z][a-z0-9_-]{0,39}$"`
	Name    Text     `yaml:"name" json:"name"`
	End     bool     `yaml:"end,omitempty" json:"end,omitempty" doc:"the record is closed"`
	Pause   bool     `yaml:"pause,omitempty" json:"pause,omitempty" doc:"the time limit of the whole stands still, while papers are being supplied"`
	Who     *Who     `yaml:"who,omitempty" json:"who,omitempty" doc:"whose turn it is"`
	Mode    Mode     `yaml:"mode,omitempty" json:"mode,omitempty" doc:"of several: one of them is enough, or all must act; left out, one"`
	Limit   *Limit   `yaml:"limit,omitempty" json:"limit,omitempty" doc:"time for this step"`
	May     []Verb   `yaml:"may,omitempty" json:"may,omitempty" doc:"what else those whose turn it is may do"`
	Actions []Action `yaml:"actions,omitempty" json:"actions,omitempty"`
}

// A Mode says how many of several must act.
type Mode string

const (
	Any Mode = "any" // 或签: one is enough
	All Mode = "all" // 会签: all must agree
)

// A Verb is what those whose turn it is may do besides the actions of a state.
type Verb string

const (
	Transfer   Verb = "transfer"   // 转办: somebody else does it
	Delegate   Verb = "delegate"   // 委派: somebody else does it and gives it back
	Add        Verb = "add"        // 加签: somebody else has to agree as well
	Return     Verb = "return"     // 退回: to an earlier step
	Extend     Verb = "extend"     // 延期: more time, if a leader grants it
	Supplement Verb = "supplement" // 补正: the clock stands still until papers are there
)

// Verbs are all of them.
var Verbs = []Verb{Transfer, Delegate, Add, Return, Extend, Supplement}

// An Action leads a record from one state to another.
type Action struct {
	ID   string   `yaml:"id" json:"id" pattern:"^[a-z][a-z0-9_-]{0,39}$"`
	Name Text     `yaml:"name" json:"name"`
	To   string   `yaml:"to" json:"to" doc:"id of a state"`
	Ask  []string `yaml:"ask,omitempty" json:"ask,omitempty" doc:"ids of the fields that the step asks for"`
	When Expr     `yaml:"when,omitempty" json:"when,omitempty" doc:"CEL: the action is offered where this holds"`
	Note bool     `yaml:"note,omitempty" json:"note,omitempty" doc:"a reason must be given"`
	Who  *Who     `yaml:"who,omitempty" json:"who,omitempty" doc:"who may, if not those whose turn it is"`

	when *expr.Program
}

// Who finds the unit that has to act. The first of the fields that is set
// decides; where it finds nobody, Else does.
type Who struct {
	At       string `yaml:"at,omitempty" json:"at,omitempty" enum:"grid,community,street,county" doc:"the unit of the record's place at a level"`
	Duty     string `yaml:"duty,omitempty" json:"duty,omitempty" doc:"field of choices: the unit that the street has made responsible for its value"`
	Field    string `yaml:"field,omitempty" json:"field,omitempty" doc:"field that names a unit, or a table with one such column"`
	Entered  bool   `yaml:"entered,omitempty" json:"entered,omitempty" doc:"who entered the record"`
	Acted    string `yaml:"acted,omitempty" json:"acted,omitempty" doc:"who acted in a state"`
	NotActed string `yaml:"not_acted,omitempty" json:"not_acted,omitempty" doc:"nobody who acted in this state: a recheck is somebody else's"`
	Office   bool   `yaml:"office,omitempty" json:"office,omitempty" doc:"the clerks of the street"`
	Leader   bool   `yaml:"leader,omitempty" json:"leader,omitempty" doc:"the leaders of the street"`
	Else     *Who   `yaml:"else,omitempty" json:"else,omitempty"`
}

// A Limit is how long something may take.
type Limit struct {
	Days  int    `yaml:"days" json:"days" minimum:"1" doc:"that the office has promised"`
	Law   int    `yaml:"law,omitempty" json:"law,omitempty" minimum:"1" doc:"that the law allows; not less than what was promised"`
	Basis string `yaml:"basis,omitempty" json:"basis,omitempty" doc:"of what the law allows"`
	Kind  string `yaml:"kind,omitempty" json:"kind,omitempty" enum:"working,natural" doc:"left out, working days"`
	Warn  int    `yaml:"warn,omitempty" json:"warn,omitempty" minimum:"1" doc:"yellow from so many days before the end; left out, one"`
}

// Field returns a field by its id, or a column by that of its table, a dot and
// its own.
func (k *Kind) Field(id string) (*Field, bool) {
	table, column, of := cut(id)
	for i := range k.Fields {
		f := &k.Fields[i]
		switch {
		case f.ID != table:
		case !of:
			return f, true
		default:
			for n := range f.Fields {
				if f.Fields[n].ID == column {
					return &f.Fields[n], true
				}
			}
		}
	}
	return nil, false
}

// State returns a state by its id.
func (k *Kind) State(id string) (*State, bool) {
	for i := range k.States {
		if k.States[i].ID == id {
			return &k.States[i], true
		}
	}
	return nil, false
}

// Action returns an action of a state by its id.
func (s *State) Action(id string) (*Action, bool) {
	for i := range s.Actions {
		if s.Actions[i].ID == id {
			return &s.Actions[i], true
		}
	}
	return nil, false
}
