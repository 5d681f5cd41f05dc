package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gewu/calendar"
)

func load(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAddWorkdays(t *testing.T) {
	c := load(t)
	tests := []struct {
		from string
		n    int
		want string
	}{
		// Across the holidays of both years, working weekends included.
		{"2026-02-13", 5, "2026-02-27"},
		{"2026-09-18", 3, "2026-09-22"},
		{"2025-09-26", 5, "2025-10-10"},
		{"2026-04-30", 5, "2026-05-11"},
		{"2026-09-24", 7, "2026-10-12"},
		// The first day is not counted, also where it is no working day.
		{"2026-10-03", 1, "2026-10-08"},
		{"2026-11-21", 0, "2026-11-21"},
		{"2026-11-20", 1, "2026-11-23"},
		// Backwards.
		{"2026-02-27", -5, "2026-02-13"},
		{"2026-01-05", -1, "2026-01-04"},
		{"2026-01-01", -1, "2025-12-31"},
		// Across the turn of the year.
		{"2025-12-31", 1, "2026-01-04"},
	}
	for _, tt := range tests {
		got, err := c.AddWorkdays(day(t, tt.from), tt.n)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s + %d working days = %s, %v; want %s", tt.from, tt.n, got, err, tt.want)
		}
	}
}

func TestAddDays(t *testing.T) {
	c := load(t)
	tests := []struct {
		from string
		n    int
		roll calendar.Roll
		want string
	}{
		{"2025-09-21", 15, calendar.RollHoliday, "2025-10-09"},
		{"2025-09-21", 15, calendar.RollNonWork, "2025-10-09"},
		{"2025-09-21", 15, calendar.RollNone, "2025-10-06"},
		{"2026-02-01", 15, calendar.RollNonWork, "2026-02-24"},
		{"2026-01-31", 30, calendar.RollNonWork, "2026-03-02"},
		// An ordinary Saturday.
		{"2026-11-01", 20, calendar.RollHoliday, "2026-11-21"},
		{"2026-11-01", 20, calendar.RollNonWork, "2026-11-23"},
		// A working Saturday is no day of rest.
		{"2026-02-08", 20, calendar.RollNonWork, "2026-02-28"},
		{"2030-01-01", 1, calendar.RollNone, "2030-01-02"},
	}
	for _, tt := range tests {
		got, err := c.AddDays(day(t, tt.from), tt.n, tt.roll)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s + %d days, roll %d = %s, %v; want %s", tt.from, tt.n, tt.roll, got, err, tt.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	c := load(t)
	tests := []struct {
		from string
		n    int
		roll calendar.Roll
		want string
	}{
		{"2026-01-31", 1, calendar.RollNone, "2026-02-28"},
		{"2027-12-31", 2, calendar.RollNone, "2028-02-29"},
		{"2026-03-31", -1, calendar.RollNone, "2026-02-28"},
		{"2024-02-29", 12, calendar.RollNone, "2025-02-28"},
		{"2026-08-15", 5, calendar.RollNone, "2027-01-15"},
		{"2026-09-02", 1, calendar.RollHoliday, "2026-10-08"},
		{"2026-08-31", 3, calendar.RollNonWork, "2026-11-30"},
	}
	for _, tt := range tests {
		got, err := c.AddMonths(day(t, tt.from), tt.n, tt.roll)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s + %d months, roll %d = %s, %v; want %s", tt.from, tt.n, tt.roll, got, err, tt.want)
		}
	}
}

func TestWorkdaysOfMonths(t *testing.T) {
	c := load(t)
	tests := map[int][12]int{
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	}
	for year, months := range tests {
		total := 0
		for i, want := range months {
			n := 0
			for d := calendar.On(year, time.Month(i+1), 1); int(month(d)) == i+1; d = d.Add(1) {
				is, err := c.IsWorkday(d)
				if err != nil {
					t.Fatal(err)
				}
				if is {
					n++
				}
			}
			if n != want {
				t.Errorf("%d-%02d has %d working days, want %d", year, i+1, n, want)
			}
			total += n
		}
		if total != 248 {
			t.Errorf("%d has %d working days, want 248", year, total)
		}
	}
}

func month(d calendar.Date) time.Month { _, m, _ := d.Date(); return m }

func TestYearWithoutData(t *testing.T) {
	c := load(t)
	asks := map[string]func() error{
		"is":        func() error { _, err := c.IsWorkday(day(t, "2027-03-01")); return err },
		"add":       func() error { _, err := c.AddWorkdays(day(t, "2026-12-31"), 1); return err },
		"add none":  func() error { _, err := c.AddWorkdays(day(t, "2027-01-05"), 0); return err },
		"back":      func() error { _, err := c.AddWorkdays(day(t, "2025-01-02"), -1); return err },
		"far":       func() error { _, err := c.AddWorkdays(day(t, "2026-01-02"), 1<<40); return err },
		"between":   func() error { _, err := c.WorkdaysBetween(day(t, "2026-12-01"), day(t, "2027-01-05")); return err },
		"same day":  func() error { _, err := c.WorkdaysBetween(day(t, "2027-01-05"), day(t, "2027-01-05")); return err },
		"roll":      func() error { _, err := c.AddDays(day(t, "2026-12-20"), 20, calendar.RollHoliday); return err },
		"months":    func() error { _, err := c.AddMonths(day(t, "2026-12-20"), 1, calendar.RollNonWork); return err },
		"of a year": func() error { _, err := c.Year(2027); return err },
	}
	for name, ask := range asks {
		t.Run(name, func(t *testing.T) {
			err := ask()
			var e *calendar.Error
			if !errors.Is(err, calendar.ErrYearMissing) || !errors.As(err, &e) || e.Code != "calendar_year_missing" {
				t.Fatalf("got %v", err)
			}
			for _, lang := range []string{"zh", "en"} {
				if s := e.Sentence(lang); !strings.Contains(s, "202") || strings.Contains(s, "%!") {
					t.Errorf("%s: %s", lang, s)
				}
			}
		})
	}
	if _, err := c.IsWorkday(calendar.Date{}); !errors.Is(err, calendar.ErrDate) {
		t.Errorf("no date: %v", err)
	}
}

func TestWith(t *testing.T) {
	c := load(t)
	// A made-up notice that also gives off the last day of the year before.
	next := calendar.Year{
		Year: 2027, Notice: "国办发明电〔2026〕0号", Issued: day(t, "2026-11-30"),
		Off:  []calendar.Span{{Name: "元旦", First: day(t, "2026-12-31"), Last: day(t, "2027-01-02")}},
		Work: []calendar.Date{day(t, "2027-01-03")},
	}
	more, err := c.With(next)
	if err != nil {
		t.Fatal(err)
	}
	got, err := more.AddWorkdays(day(t, "2026-12-30"), 1)
	if err != nil || got != day(t, "2027-01-03") {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := c.IsWorkday(day(t, "2027-01-03")); !errors.Is(err, calendar.ErrYearMissing) {
		t.Errorf("the first calendar has changed: %v", err)
	}
	if n := len(more.Years()); n != 3 {
		t.Errorf("%d years", n)
	}
	next.Work[0] = day(t, "2027-01-04") // a Monday
	if _, err := c.With(next); !errors.Is(err, calendar.ErrFile) {
		t.Errorf("got %v", err)
	}
}
