package calendar

// A Roll says on which days a period must not end (民法典 art. 203: if the last
// day is a statutory holiday, the day after the holiday is the last day). The
// code does not say whether an ordinary weekend is such a holiday; practice
// treats it so, but the law that sets the limit decides.
type Roll uint8

const (
	RollNone    Roll = iota // the period ends where it ends
	RollHoliday             // not on a day off of the yearly notice, moved days included
	RollNonWork             // not on a day that is no working day
)

// AddWorkdays returns the n-th working day after d, before it for negative n.
// The day d itself is not counted, whatever it is; zero working days after d
// is d. It fails with ErrYearMissing if a day on the way has no data.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	if _, err := c.kind(d); err != nil {
		return Date{}, err
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n != 0 {
		d = d.Add(step)
		is, err := c.IsWorkday(d)
		if err != nil {
			return Date{}, err
		}
		if is {
			n--
		}
	}
	return d, nil
}

// WorkdaysBetween counts the working days after from up to and including to,
// the inverse of AddWorkdays. Where to is earlier, it counts those before from
// back to and including to, as a negative number. It fails with
// ErrYearMissing.
func (c *Calendar) WorkdaysBetween(from, to Date) (int, error) {
	for _, d := range []Date{from, to} {
		if _, err := c.kind(d); err != nil {
			return 0, err
		}
	}
	step := 1
	if to.Before(from) {
		step = -1
	}
	n := 0
	for d := from; d != to; {
		d = d.Add(step)
		is, err := c.IsWorkday(d)
		if err != nil {
			return 0, err
		}
		if is {
			n += step
		}
	}
	return n, nil
}

// AddDays returns the last day of a period of n natural days that begins on d:
// d is not counted, and the end moves as roll says. It fails with
// ErrYearMissing if roll needs a year without data; with RollNone it needs
// none. It fails with ErrDate where the end is beyond the year 9999.
func (c *Calendar) AddDays(d Date, n int, roll Roll) (Date, error) {
	return c.roll(d.Add(n), roll)
}

// AddMonths returns the last day of a period of n months that begins on d: the
// matching day, or the month's last day (民法典 art. 202). The end moves and
// fails as for AddDays. A period of years is one of 12 months each.
func (c *Calendar) AddMonths(d Date, n int, roll Roll) (Date, error) {
	return c.roll(d.AddMonths(n), roll)
}

func (c *Calendar) roll(d Date, roll Roll) (Date, error) {
	if d.IsZero() {
		return Date{}, &Error{Code: CodeDate}
	}
	for roll != RollNone {
		k, err := c.kind(d)
		if err != nil {
			return Date{}, err
		}
		rest := k == off || roll == RollNonWork && k == ordinary && isWeekend(d)
		if !rest {
			break
		}
		d = d.Add(1)
	}
	return d, nil
}
