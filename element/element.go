// Package element is the dictionary of data elements (数据元): every item that
// a form of a subdistrict office asks for, once, with the names by which
// headers call it, its type and code list, what it is held for, on which legal
// basis and for how long, how it is masked and whether it is stored encrypted.
//
// The dictionary is data: tab-separated files in dictionary/, which ship with
// the program, and files of the same form that a district adds. The whole is
// checked when it is loaded. An element classed sensitive without purpose,
// legal basis and retention is refused, and so is one that records political
// standing, belief, petitions or ties abroad, which no office of this program
// holds.
package element

import (
	"iter"
	"maps"
	"slices"
)

// A Type says what a value of an element is.
type Type string

const (
	Text       Type = "text"
	IDNumber   Type = "idnumber"   // GB 11643
	CreditCode Type = "creditcode" // GB 32100
	Phone      Type = "phone"
	Plate      Type = "plate" // GA 36
	Date       Type = "date"
	Year       Type = "year"
	Age        Type = "age"  // full years
	Code       Type = "code" // an entry of the list that Codes names
	Integer    Type = "integer"
	Decimal    Type = "decimal"
	Money      Type = "money" // yuan
	Boolean    Type = "boolean"
	Address    Type = "address"
)

var types = []Type{Text, IDNumber, CreditCode, Phone, Plate, Date, Year, Age, Code, Integer, Decimal, Money, Boolean, Address}

// A Class says how much care a value needs.
type Class string

const (
	Open      Class = "open"      // tells nothing of a person
	Personal  Class = "personal"  // personal information
	Sensitive Class = "sensitive" // sensitive personal information, art. 28 of the law on it
)

var classes = []Class{Open, Personal, Sensitive}

// masks are the kinds of masking; "" shows the value whole.
var masks = []string{"", "name", "id", "phone", "address", "account", "birth", "plate", "all"}

// An Element is one entry of the dictionary.
type Element struct {
	ID     string // "person.birth_date": what it is of, and what it is
	Zh, En string
	Type   Type
	Codes  string // code list: a standard's number, or "local:" and a list of the dictionary
	Unit   string // in which values are held
	Class  Class
	Mask   string // how it is hidden: name, id, phone, address, account, birth, plate, all
	Sealed bool   // stored encrypted
	// Extended elements are known to the dictionary but are not asked for by
	// the mapping of blank tables unless that is wanted.
	Extended bool

	PurposeZh, PurposeEn string
	Basis                string // legal basis
	Retention            string // how long it is held after it was last needed, ISO 8601: P3Y

	Words []string // further names, as they occur in headers, without spaces
}

// An Entry is one code of a list.
type Entry struct {
	Code   string
	Zh, En string
	Words  []string // other ways to say it
}

// A Dictionary holds elements and their local code lists.
type Dictionary struct {
	elements map[string]Element
	order    []string
	lists    map[string][]Entry
	uses     map[string]use
}

// Element finds an element by its id.
func (d *Dictionary) Element(id string) (Element, bool) {
	e, ok := d.elements[id]
	return e, ok
}

// All yields every element in the order of the files.
func (d *Dictionary) All() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		for _, id := range d.order {
			if !yield(d.elements[id]) {
				return
			}
		}
	}
}

// Entries are the codes of a local list, named with or without "local:"; nil
// where there is none.
func (d *Dictionary) Entries(list string) []Entry {
	return slices.Clone(d.lists[listName(list)])
}

// Lists are the names of the local lists.
func (d *Dictionary) Lists() []string { return slices.Sorted(maps.Keys(d.lists)) }

// Sealed tells whether an element is stored encrypted. One that the dictionary
// does not know is, to be on the safe side.
func (d *Dictionary) Sealed(id string) bool {
	e, ok := d.elements[id]
	return !ok || e.Sealed
}

// Core is the part of the dictionary that blank tables are mapped to: all but
// the extended elements.
func (d *Dictionary) Core() Names { return Names{d, false} }

// Whole is the dictionary with the extended elements.
func (d *Dictionary) Whole() Names { return Names{d, true} }

// Names is a dictionary as a mapping of tables sees it.
type Names struct {
	d        *Dictionary
	extended bool
}

// Names yields each name of each element with the element's id. A name may
// stand for several elements: 姓名 is asked of many.
func (n Names) Names() iter.Seq2[string, string] {
	return func(yield func(name, id string) bool) {
		for e := range n.d.All() {
			if e.Extended && !n.extended {
				continue
			}
			if !yield(e.Zh, e.ID) {
				return
			}
			for _, w := range e.Words {
				if !yield(w, e.ID) {
					return
				}
			}
		}
	}
}

// Type is the type of an element, "" where it is not among the names.
func (n Names) Type(id string) string {
	e, ok := n.d.elements[id]
	if !ok || e.Extended && !n.extended {
		return ""
	}
	return string(e.Type)
}
