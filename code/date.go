package code

import (
	"fmt"
	"time"
)

// A Date is a date as forms hold it: a day, or only a month or a year of one.
// The years are 1800 to 2199. The zero Date means "no date". Dates compare with
// ==.
type Date struct {
	Year  int
	Month time.Month // 0 where only the year is known
	Day   int        // 0 where only the month or the year is known
}

const (
	minYear = 1800
	maxYear = 2199
)

// A Precision tells how much of a date is known.
type Precision int

const (
	NoDate Precision = iota
	ToYear
	ToMonth
	ToDay
)

// NewDate checks a day, a month (day 0) or a year (month and day 0). It fails
// with ErrDateYear or ErrDateImpossible.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, month, day}
	switch {
	case year < minYear || year > maxYear:
		return Date{}, ErrDateYear
	case month == 0 && day == 0:
		return d, nil
	case month < 1 || month > 12 || day < 0 || day > daysIn(year, month):
		return Date{}, ErrDateImpossible
	}
	return d, nil
}

func daysIn(year int, m time.Month) int {
	switch m {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// DateOf is the day of t in t's own zone; the zero Date outside 1800 to 2199.
func DateOf(t time.Time) Date {
	d, _ := NewDate(t.Year(), t.Month(), t.Day())
	return d
}

// Precision tells how much of d is known.
func (d Date) Precision() Precision {
	switch {
	case d == Date{}:
		return NoDate
	case d.Month == 0:
		return ToYear
	case d.Day == 0:
		return ToMonth
	}
	return ToDay
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO form of what is known: 1950-01-02, 1950-01, 1950; "" for no
// date.
func (d Date) String() string { return d.Format(DateISO) }

// A DateStyle is a way to write dates.
type DateStyle int

const (
	DateISO     DateStyle = iota // 1950-01-02, 1950-01, 1950
	DateCompact                  // 19500102, 195001, 1950
	DateDots                     // 1950.01.02, 1950.01, 1950
	DateSlashes                  // 1950/1/2, 1950/1, 1950
	DateChinese                  // 1950年1月2日, 1950年1月, 1950年; GB/T 9704: no leading zeros
)

var dateLayouts = [...][ToDay + 1]string{
	DateISO:     {"", "%04d", "%04d-%02d", "%04d-%02d-%02d"},
	DateCompact: {"", "%04d", "%04d%02d", "%04d%02d%02d"},
	DateDots:    {"", "%04d", "%04d.%02d", "%04d.%02d.%02d"},
	DateSlashes: {"", "%04d", "%04d/%d", "%04d/%d/%d"},
	DateChinese: {"", "%d年", "%d年%d月", "%d年%d月%d日"},
}

// Format writes what is known of d; an unknown style is DateISO.
func (d Date) Format(style DateStyle) string {
	if style < 0 || int(style) >= len(dateLayouts) {
		style = DateISO
	}
	p := d.Precision()
	parts := [...]any{d.Year, int(d.Month), d.Day}
	return fmt.Sprintf(dateLayouts[style][p], parts[:p]...)
}

// Time is midnight UTC of the first day that d may be; the zero Time for no
// date.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Agrees tells whether d and e can be the same day: what both know is equal.
// Nothing contradicts no date.
func (d Date) Agrees(e Date) bool {
	switch min(d.Precision(), e.Precision()) {
	case NoDate:
		return true
	case ToYear:
		return d.Year == e.Year
	case ToMonth:
		return d.Year == e.Year && d.Month == e.Month
	}
	return d == e
}

// Compare orders dates by their first possible day, then the vaguer first.
func (d Date) Compare(e Date) int {
	for _, c := range [...][2]int{{d.Year, e.Year}, {int(d.Month), int(e.Month)}, {d.Day, e.Day}} {
		if c[0] != c[1] {
			return max(-1, min(1, c[0]-c[1]))
		}
	}
	return 0
}

// Age is the full years 周岁 of somebody born on d, on the given day; the
// birthday itself completes the year, and who was born on 29 February completes
// it on the 28th in common years (Civil Code art. 202). It is false where one
// of the dates is no day or the birth lies later.
func (d Date) Age(on Date) (int, bool) {
	if d.Precision() != ToDay || on.Precision() != ToDay || d.Compare(on) > 0 {
		return 0, false
	}
	years := on.Year - d.Year
	if on.Month < d.Month || on.Month == d.Month && on.Day < min(d.Day, daysIn(on.Year, d.Month)) {
		years--
	}
	return years, true
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads any form that ParseDate reads, and the empty text.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}
