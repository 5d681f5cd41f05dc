package calendar_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"gewu/calendar"
)

func TestDateForms(t *testing.T) {
	type form struct {
		Due calendar.Date `json:"due"`
	}
	d := calendar.On(2026, time.January, 5)
	b, err := json.Marshal(form{d})
	if err != nil || string(b) != `{"due":"2026-01-05"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var back form
	if err := json.Unmarshal(b, &back); err != nil || back.Due != d {
		t.Errorf("%v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"due":""}`), &back); err != nil || !back.Due.IsZero() {
		t.Errorf("%v, %v", back, err)
	}
	if got := d.Chinese(); got != "2026年1月5日" {
		t.Error(got)
	}
	if w := calendar.On(2026, time.November, 23).Weekday(); w != time.Monday {
		t.Error(w)
	}
}

func TestParse(t *testing.T) {
	for _, s := range []string{"0001-01-01", "2024-02-29", "9999-12-31"} {
		if d, err := calendar.Parse(s); err != nil || d.String() != s {
			t.Errorf("%s: %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2026-1-5", "2026-02-30", "20260105", "0000-12-31", "2026-01-05T00:00:00Z", "2026年1月5日"} {
		if _, err := calendar.Parse(s); !errors.Is(err, calendar.ErrDate) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestScan(t *testing.T) {
	want := calendar.On(2026, time.May, 1)
	for _, src := range []any{"2026-05-01", []byte("2026-05-01"), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)} {
		var d calendar.Date
		if err := d.Scan(src); err != nil || d != want {
			t.Errorf("%v: %v, %v", src, d, err)
		}
	}
	d := want
	if err := d.Scan(nil); err != nil || !d.IsZero() {
		t.Errorf("NULL: %v, %v", d, err)
	}
	if v, err := d.Value(); v != nil || err != nil {
		t.Errorf("no date is stored as %v, %v", v, err)
	}
	if v, err := want.Value(); v != "2026-05-01" || err != nil {
		t.Errorf("stored as %v, %v", v, err)
	}
	if err := d.Scan(int64(7)); !errors.Is(err, calendar.ErrDate) {
		t.Errorf("number: %v", err)
	}
}

func TestOutOfRange(t *testing.T) {
	last := calendar.On(9999, time.December, 31)
	for name, d := range map[string]calendar.Date{
		"after the last":   last.Add(1),
		"far":              last.Add(1 << 62),
		"before the first": calendar.On(1, time.January, 1).Add(-1),
		"month":            last.AddMonths(1),
		"months":           last.AddMonths(-1 << 62),
		"year 0":           calendar.On(0, time.January, 1),
		"no date":          calendar.Date{}.Add(1),
	} {
		if !d.IsZero() {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestAge(t *testing.T) {
	tests := []struct {
		birth, on string
		want      int
		ok        bool
	}{
		{"1950-06-15", "2026-06-14", 75, true},
		{"1950-06-15", "2026-06-15", 76, true},
		{"2026-06-15", "2026-06-15", 0, true},
		{"2026-06-16", "2026-06-15", 0, false},
		// Born on a leap day: full on the first of March, in leap years on the day.
		{"2008-02-29", "2026-02-28", 17, true},
		{"2008-02-29", "2026-03-01", 18, true},
		{"2008-02-29", "2028-02-28", 19, true},
		{"2008-02-29", "2028-02-29", 20, true},
		{"0001-01-01", "9999-12-31", 9998, true},
	}
	for _, tt := range tests {
		if got, ok := calendar.Age(day(t, tt.birth), day(t, tt.on)); got != tt.want || ok != tt.ok {
			t.Errorf("born %s, on %s: %d, %t; want %d, %t", tt.birth, tt.on, got, ok, tt.want, tt.ok)
		}
	}
	if _, ok := calendar.Age(calendar.Date{}, day(t, "2026-01-01")); ok {
		t.Error("no birth has an age")
	}
}
