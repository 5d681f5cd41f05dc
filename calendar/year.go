package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// A Year is what the State Council's notice says of one year.
type Year struct {
	Year   int    `json:"year"`
	Notice string `json:"notice"` // number of the notice, 国办发明电〔2025〕7号
	Issued Date   `json:"issued"` // day of the notice
	Off    []Span `json:"off"`    // days off, weekends inside included
	Work   []Date `json:"work"`   // Saturdays and Sundays that are worked
}

// A Span is a run of days off.
type Span struct {
	Name  string `json:"name"` // the holiday, 春节
	First Date   `json:"first"`
	Last  Date   `json:"last"` // included
}

const (
	maxFile = 64 << 10 // bytes; a year takes under two kilobytes
	maxSpan = 31       // days; the longest so far is nine
)

// ParseYear reads the file of one year, in the form that the package's comment
// gives. It fails with ErrFile and says what is wrong.
func ParseYear(r io.Reader) (Year, error) {
	var y Year
	limited := &io.LimitedReader{R: r, N: maxFile + 1}
	dec := json.NewDecoder(limited)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&y); err != nil {
		return Year{}, fileError("%v", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Year{}, fileError("there is something after the year's data")
	}
	if limited.N <= 0 {
		return Year{}, fileError("it is larger than %d bytes", maxFile)
	}
	if err := y.check(); err != nil {
		return Year{}, err
	}
	return y, nil
}

// LoadFile reads the file of one year from disk.
func LoadFile(path string) (Year, error) {
	f, err := os.Open(path)
	if err != nil {
		return Year{}, fmt.Errorf("load calendar: %w", err)
	}
	defer f.Close()
	y, err := ParseYear(f)
	if err != nil {
		return Year{}, fmt.Errorf("load calendar %s: %w", path, err)
	}
	return y, nil
}

// check finds what a clerk mistypes: days of another year, the ends of a run
// exchanged, a day given twice, a day of work that is no weekend.
func (y Year) check() error {
	if y.Year < 1950 || y.Year > 9000 {
		return fileError("year %d is out of range", y.Year)
	}
	if y.Notice == "" || y.Issued.IsZero() {
		return fileError("the number and the date of the notice are missing")
	}
	if len(y.Off) == 0 {
		return fileError("no days off")
	}
	seen := map[Date]bool{}
	for _, s := range y.Off {
		if n := s.Last.Sub(s.First); n < 0 || n >= maxSpan {
			return fileError("%s to %s is not a run of 1 to %d days", s.First, s.Last, maxSpan)
		}
		for d := s.First; !d.After(s.Last); d = d.Add(1) {
			if err := y.take(seen, d); err != nil {
				return err
			}
		}
	}
	for _, d := range y.Work {
		if err := y.take(seen, d); err != nil {
			return err
		}
		if !isWeekend(d) {
			return fileError("%s is listed as a working weekend but is a %s", d, d.Weekday())
		}
	}
	return nil
}

func (y Year) take(seen map[Date]bool, d Date) error {
	// Days of December before: see the package's comment.
	if d.Before(On(y.Year-1, time.December, 1)) || d.Year() > y.Year {
		return fileError("%q does not belong to the notice for %d", d, y.Year)
	}
	if seen[d] {
		return fileError("%s is listed twice", d)
	}
	seen[d] = true
	return nil
}

func fileError(format string, args ...any) error {
	return &Error{Code: CodeFile, Detail: fmt.Sprintf(format, args...)}
}

func isWeekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
