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

// A Moment reads a stored time.
type Moment struct{ time.Time }

// Scan reads the stored form; NULL and "" are the zero time.
func (m *Moment) Scan(v any) error {
	var s string
	switch v := v.(type) {
	case nil:
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return fmt.Errorf("a stored time is text, not %T", v)
	}
	if s == "" {
		m.Time = time.Time{}
		return nil
	}
	t, err := time.Parse(timeForm, s)
	m.Time = t
	return err
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
