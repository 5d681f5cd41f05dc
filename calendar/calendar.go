package calendar

import (
	"embed"
	"fmt"
	"maps"
	"slices"
)

// A Calendar knows the days off and the working weekends of some years. It
// never changes after it is made and may be shared.
type Calendar struct {
	years map[int]Year
	days  map[Date]kind // the days that are not as their weekday says
}

type kind uint8

const (
	ordinary kind = iota // as the weekday says
	off                  // a day off by notice
	work                 // a weekend that is worked
)

//go:embed data/*.json
var data embed.FS

// Load returns the calendar of the years that come with the program.
func Load() (*Calendar, error) {
	files, err := data.ReadDir("data")
	if err != nil {
		return nil, fmt.Errorf("built-in calendar: %w", err)
	}
	var years []Year
	for _, f := range files {
		r, err := data.Open("data/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("built-in calendar: %w", err)
		}
		y, err := ParseYear(r)
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("built-in calendar %s: %w", f.Name(), err)
		}
		years = append(years, y)
	}
	return New(years...)
}

// New makes a calendar of the given years. It fails with ErrFile if one of
// them is not sound.
func New(years ...Year) (*Calendar, error) {
	return (&Calendar{}).With(years...)
}

// With returns a calendar that also has the given years. A year that c has
// already is replaced, as by a notice that changes an earlier one. It fails
// with ErrFile.
func (c *Calendar) With(years ...Year) (*Calendar, error) {
	all := maps.Clone(c.years)
	if all == nil {
		all = map[int]Year{}
	}
	for _, y := range years {
		if err := y.check(); err != nil {
			return nil, err
		}
		all[y.Year] = y
	}
	n := &Calendar{years: all, days: map[Date]kind{}}
	// In order, so that a notice that reaches back into December wins.
	for _, year := range slices.Sorted(maps.Keys(all)) {
		for _, s := range all[year].Off {
			for d := s.First; !d.After(s.Last); d = d.Add(1) {
				n.days[d] = off
			}
		}
		for _, d := range all[year].Work {
			n.days[d] = work
		}
	}
	return n, nil
}

// Years returns what the calendar knows, earliest year first.
func (c *Calendar) Years() []Year {
	var ys []Year
	for _, year := range slices.Sorted(maps.Keys(c.years)) {
		ys = append(ys, c.years[year])
	}
	return ys
}

// Year returns the data of one year; it fails with ErrYearMissing.
func (c *Calendar) Year(year int) (Year, error) {
	y, ok := c.years[year]
	if !ok {
		return Year{}, &Error{Code: CodeYearMissing, Year: year}
	}
	return y, nil
}

// IsWorkday says whether d is a working day. It fails with ErrYearMissing, and
// with ErrDate for no date.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	k, err := c.kind(d)
	if err != nil {
		return false, err
	}
	return k == work || k == ordinary && !isWeekend(d), nil
}

func (c *Calendar) kind(d Date) (kind, error) {
	if d.IsZero() {
		return 0, &Error{Code: CodeDate}
	}
	if _, err := c.Year(d.Year()); err != nil {
		return 0, err
	}
	return c.days[d], nil
}
