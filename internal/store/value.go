package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// timeForm has a fixed width, so that times sort as text.
const timeForm = "2006-01-02T15:04:05.000Z"

// Time is how a moment is stored: UTC, milliseconds, fixed width. The zero
// time is stored as "".
func Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeForm)
}

// A Moment is a time in its stored form, which is also how it goes out as
// JSON; "" is no time at all.
type Moment string

// At is the moment of a time.
func At(t time.Time) Moment { return Moment(Time(t)) }

// IsZero tells whether there is no time.
func (m Moment) IsZero() bool { return m == "" }

// Time returns the time, the zero time where there is none.
func (m Moment) Time() time.Time {
	t, _ := time.Parse(timeForm, string(m)) // written by Time alone
	return t
}

// JSON is a value that is stored as one JSON document.
type JSON[T any] struct{ V T }

// Value writes the document.
func (j JSON[T]) Value() (driver.Value, error) {
	b, err := json.Marshal(j.V)
	return string(b), err
}

// Scan reads the document; NULL and "" leave the zero value.
func (j *JSON[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return json.Unmarshal([]byte(v), &j.V)
	case []byte:
		return json.Unmarshal(v, &j.V)
	}
	return fmt.Errorf("a stored document is text, not %T", v)
}

// NewID returns an id that sorts by the time it was made (UUIDv7).
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
