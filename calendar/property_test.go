package calendar_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/calendar"
)

// within draws days that are far enough from the ends of the data for n.
func within(from, to calendar.Date) *rapid.Generator[calendar.Date] {
	return rapid.Custom(func(t *rapid.T) calendar.Date {
		return from.Add(rapid.IntRange(0, to.Sub(from)).Draw(t, "day"))
	})
}

func TestProperties(t *testing.T) {
	c := load(t)
	days := within(calendar.On(2025, time.July, 1), calendar.On(2026, time.June, 30))
	counts := rapid.IntRange(-100, 100)

	t.Run("counting is the inverse of adding", rapid.MakeCheck(func(t *rapid.T) {
		d, n := days.Draw(t, "d"), counts.Draw(t, "n")
		end, err := c.AddWorkdays(d, n)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.WorkdaysBetween(d, end); err != nil || got != n {
			t.Fatalf("from %s to %s: %d, %v; want %d", d, end, got, err, n)
		}
		if is, _ := c.IsWorkday(end); n != 0 && !is {
			t.Fatalf("%s + %d ends on %s, no working day", d, n, end)
		}
	}))
	t.Run("from a working day there and back", rapid.MakeCheck(func(t *rapid.T) {
		d, n := days.Draw(t, "d"), counts.Draw(t, "n")
		if is, _ := c.IsWorkday(d); !is {
			d, _ = c.AddWorkdays(d, 1)
		}
		end, _ := c.AddWorkdays(d, n)
		if back, err := c.AddWorkdays(end, -n); err != nil || back != d {
			t.Fatalf("%s + %d = %s, back to %s, %v", d, n, end, back, err)
		}
	}))
	t.Run("a later start or more days end later", rapid.MakeCheck(func(t *rapid.T) {
		d, n := days.Draw(t, "d"), counts.Draw(t, "n")
		a, _ := c.AddWorkdays(d, n)
		b, _ := c.AddWorkdays(d, n+1)
		later, _ := c.AddWorkdays(d.Add(1), n)
		if !a.Before(b) || n != 0 && later.Before(a) {
			t.Fatalf("%s + %d = %s, + %d = %s, a day later %s", d, n, a, n+1, b, later)
		}
	}))
	t.Run("in steps as at once", rapid.MakeCheck(func(t *rapid.T) {
		d := days.Draw(t, "d")
		m, n := rapid.IntRange(0, 60).Draw(t, "m"), rapid.IntRange(0, 60).Draw(t, "n")
		once, _ := c.AddWorkdays(d, m+n)
		half, _ := c.AddWorkdays(d, m)
		if twice, _ := c.AddWorkdays(half, n); once != twice {
			t.Fatalf("%s + %d + %d = %s, at once %s", d, m, n, twice, once)
		}
	}))
	t.Run("a roll goes on, stricter rolls further, and once is enough", rapid.MakeCheck(func(t *rapid.T) {
		d, n := days.Draw(t, "d"), rapid.IntRange(0, 90).Draw(t, "n")
		plain, _ := c.AddDays(d, n, calendar.RollNone)
		holiday, _ := c.AddDays(d, n, calendar.RollHoliday)
		work, _ := c.AddDays(d, n, calendar.RollNonWork)
		if holiday.Before(plain) || work.Before(holiday) {
			t.Fatal(plain, holiday, work)
		}
		if again, _ := c.AddDays(work, 0, calendar.RollNonWork); again != work {
			t.Fatal(work, again)
		}
	}))
	t.Run("a date survives its forms", rapid.MakeCheck(func(t *rapid.T) {
		d := within(calendar.On(1, time.January, 1), calendar.On(9999, time.December, 31)).Draw(t, "d")
		back, err := calendar.Parse(d.String())
		if err != nil || back != d || calendar.Of(d.Time()) != d || d.Time().Weekday() != d.Weekday() {
			t.Fatal(d, back, err)
		}
	}))
	t.Run("months end in the right month, never on a later day", rapid.MakeCheck(func(t *rapid.T) {
		d, n := days.Draw(t, "d"), counts.Draw(t, "n")
		y, m, day := d.Date()
		y2, m2, day2 := d.AddMonths(n).Date()
		if (y2-y)*12+int(m2-m) != n || day2 > day || day2 < min(day, 28) {
			t.Fatal(d, n, d.AddMonths(n))
		}
	}))
}

func FuzzParseYear(f *testing.F) {
	for _, name := range []string{"data/2025.json", "data/2026.json"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"year":2027}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		y, err := calendar.ParseYear(bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, calendar.ErrFile) {
				t.Fatalf("not a file error: %v", err)
			}
			return
		}
		again, err := json.Marshal(y)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := calendar.ParseYear(bytes.NewReader(again)); err != nil && len(again) < 32<<10 {
			t.Fatalf("written and read again: %v\n%s", err, again)
		}
		if _, err := calendar.New(y); err != nil {
			t.Fatal(err)
		}
	})
}
