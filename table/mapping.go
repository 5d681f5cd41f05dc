package table

import "strconv"

// A Mapping is what a workbook asks for: its sheets with their tables.
type Mapping struct {
	Sheets []Sheet `json:"sheets"`
}

// A Sheet is one sheet of a workbook. A hidden one has no tables.
type Sheet struct {
	Name   string  `json:"name"`
	Hidden bool    `json:"hidden"`
	Tables []Table `json:"tables"`
}

// A Table is a block of cells to be filled.
type Table struct {
	Range      string   `json:"range"` // headers, prepared rows, totals
	Kind       Kind     `json:"kind"`
	About      Kind     `json:"about,omitempty"` // of a form: what it is about
	Axis       Axis     `json:"axis"`
	Title      string   `json:"title"`
	Scope      Scope    `json:"scope"`
	HeaderRows []int    `json:"header_rows"`
	FirstRow   int      `json:"first_row"`
	LastRow    LastRow  `json:"last_row"`
	Keep       []int    `json:"keep"` // rows among the data that are never written
	Columns    []Column `json:"columns"`
	Lines      []Column `json:"lines"`
}

// A Kind is what one row of a table is about.
type Kind string

const (
	Person       Kind = "person"
	Household    Kind = "household"
	Dwelling     Kind = "dwelling"
	Building     Kind = "building"
	Organisation Kind = "organisation"
	Vehicle      Kind = "vehicle"
	Place        Kind = "place"  // a community, grid, compound
	Record       Kind = "record" // a visit, application, hazard, facility, post
	Form         Kind = "form"   // one record, labels beside cells
	Unknown      Kind = "unknown"
)

// An Axis tells where an element lies.
type Axis string

const (
	Across Axis = "across" // an element a column
	Down   Axis = "down"   // an element a row, each column a place
)

// LastRow is the last row to fill; 0 means that the list grows, and is written
// as "grows".
type LastRow int

// Column is what one column, row, cell or line asks for. Of Letter, Row and
// Cell one is set.
type Column struct {
	Letter  string  `json:"letter,omitempty"`
	Row     int     `json:"row,omitempty"`
	Cell    string  `json:"cell,omitempty"`
	Header  string  `json:"header"`
	Element string  `json:"element"` // "" where it is not known
	Inline  bool    `json:"inline,omitempty"`
	Score   float64 `json:"score"` // 0..1: how sure
	Unit    string  `json:"unit,omitempty"`
	Format  string  `json:"format"` // how a value is to be written, see format.go
}

// A Scope is what the title and the lines above a table say of its rows, as a
// proposal. Days are ISO days, "" where there is none.
type Scope struct {
	Place  string `json:"place"`
	AgeMin *int   `json:"age_min"`
	AgeMax *int   `json:"age_max"`
	From   string `json:"from"`
	AsOf   string `json:"as_of"`
}

// MarshalJSON writes a number, or "grows".
func (r LastRow) MarshalJSON() ([]byte, error) {
	if r == 0 {
		return []byte(`"grows"`), nil
	}
	return strconv.AppendInt(nil, int64(r), 10), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *LastRow) UnmarshalJSON(b []byte) error {
	if string(b) == `"grows"` {
		*r = 0
		return nil
	}
	n, err := strconv.Atoi(string(b))
	*r = LastRow(n)
	return err
}
