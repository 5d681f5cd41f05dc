package code

import (
	"math"
	"time"
)

// A DateSystem is the day from which a workbook counts.
type DateSystem int

const (
	Excel1900 DateSystem = iota // 1 is 1900-01-01; 60 is 29 February 1900, which never was
	Excel1904                   // 0 is 1904-01-01; workbooks from old Macintoshes
)

// DateFromSerial is the day that a workbook stores as the number n; the
// fraction is the time of day and is dropped. It fails with ErrDateImpossible
// for 0 and 60 of the 1900 system and with ErrDateYear for what lies before the
// system's first day or after 2199.
func DateFromSerial(n float64, sys DateSystem) (Date, error) {
	if math.IsNaN(n) || n < 0 || n >= 200_000 {
		return Date{}, ErrDateYear
	}
	days := int(n)
	origin := time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	if sys == Excel1900 {
		origin = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case days == 0 || days == 60:
			return Date{}, ErrDateImpossible
		case days < 60:
			days++
		}
	}
	t := origin.AddDate(0, 0, days)
	return NewDate(t.Year(), t.Month(), t.Day())
}

// Serial is the number that a workbook stores for the day d. It is false for a
// month, a year, no date, and a day before the system's first.
func (d Date) Serial(sys DateSystem) (int, bool) {
	if d.Precision() != ToDay {
		return 0, false
	}
	days := int(d.Time().Unix() / 86400) // since 1970, exact at midnight
	if sys == Excel1904 {
		days += 24107
		return days, days >= 0
	}
	if days += 25569; days < 61 {
		days--
	}
	return days, days >= 1
}
