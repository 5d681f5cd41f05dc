package calendar

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// A Date is a day without a time and without a time zone, from 0001-01-01 to
// 9999-12-31. Dates compare with ==. The zero Date means "no date": it is the
// empty text, JSON "" and SQL NULL.
type Date struct {
	n int32 // days since 0000-12-31; 0 for no date
}

const (
	maxDay = 3652059 // 9999-12-31
	iso    = "2006-01-02"
)

// On returns the given day; values out of range roll over as in [time.Date].
// A day outside the years 1 to 9999 is the zero Date.
func On(year int, month time.Month, day int) Date {
	// The origin is chosen so that 0001-01-01 is 1.
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return fromDays(t.Unix()/86400 + 719163)
}

// Of returns the day of t in t's own zone.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return On(y, m, d)
}

// Parse reads a day in ISO form, "2026-01-05", and nothing else. It fails with
// ErrDate.
func Parse(s string) (Date, error) {
	t, err := time.Parse(iso, s)
	if err != nil || t.Year() < 1 {
		return Date{}, &Error{Code: CodeDate, Detail: s}
	}
	return Of(t), nil
}

func fromDays(n int64) Date {
	if n < 1 || n > maxDay {
		return Date{}
	}
	return Date{int32(n)}
}

// IsZero says whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Time returns the beginning of the day in UTC, the zero Time for no date.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Unix((int64(d.n)-719163)*86400, 0).UTC()
}

// Date returns the parts of d, all zero for no date.
func (d Date) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.Time().Date()
}

// Year returns the year of d, 0 for no date.
func (d Date) Year() int { y, _, _ := d.Date(); return y }

// Weekday returns the day of the week of d; that of no date means nothing.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Before says whether d is earlier than e; no date is earlier than all others.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After says whether d is later than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare orders dates for slices.SortFunc.
func (d Date) Compare(e Date) int { return int(d.n) - int(e.n) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.n) - int(e.n) }

// Add returns the n-th day after d, before it for negative n. It is the zero
// Date if d is, or if it would lie outside the years 1 to 9999.
func (d Date) Add(n int) Date {
	if d.IsZero() || n > maxDay || n < -maxDay {
		return Date{}
	}
	return fromDays(int64(d.n) + int64(n))
}

// AddMonths returns the matching day n months later, or that month's last day
// where it has no such day (民法典 art. 202). Limits as for [Date.Add].
func (d Date) AddMonths(n int) Date {
	if d.IsZero() || n > 12*9999 || n < -12*9999 {
		return Date{}
	}
	y, m, day := d.Date()
	first := On(y, m+time.Month(n), 1)
	if first.IsZero() {
		return Date{}
	}
	y, m, _ = first.Date()
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return On(y, m, min(day, last))
}

// Age is the full years (周岁) of somebody born on birth, on the given day. The
// birthday itself completes the year; who was born on 29 February completes it
// on the first of March in common years. It is false where one of the dates is
// none or the birth lies after the day.
func Age(birth, on Date) (int, bool) {
	if birth.IsZero() || on.IsZero() || birth.After(on) {
		return 0, false
	}
	by, bm, bd := birth.Date()
	y, m, d := on.Date()
	age := y - by
	if m < bm || m == bm && d < bd {
		age--
	}
	return age, true
}

// String is the ISO form, "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(iso)
}

// Chinese is the form of official documents, 2026年1月5日: Arabic digits, no
// leading zeros (GB/T 9704-2012, 成文日期).
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Date()
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// MarshalText makes a Date its ISO form in text and JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form, or nothing for no date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

// Value stores a Date as its ISO form, no date as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what Value stores, and the time.Time that drivers make of a
// column of type DATE.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		*d = Of(v)
		return nil
	}
	return &Error{Code: CodeDate, Detail: fmt.Sprint(src)}
}
