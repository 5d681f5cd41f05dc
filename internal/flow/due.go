package flow

import (
	"time"

	"gewu/calendar"
	"gewu/internal/kind"
)

// A Light says how near the end of a limit is.
type Light string

const (
	Green  Light = "green"
	Yellow Light = "yellow" // the end is near
	Red    Light = "red"    // it is late
)

// A Term is when something is due, zero where there is no limit.
type Term struct {
	Due   calendar.Date `json:"due"` // what was promised
	Law   calendar.Date `json:"law"` // what the law allows
	Light Light         `json:"light,omitempty"`
}

// Terms are those of the present step and of the whole.
type Terms struct {
	Step  Term
	Whole Term
}

var zone = time.FixedZone("UTC+8", 8*60*60)

func day(t time.Time) calendar.Date { return calendar.Of(t.In(zone)) }

// Due returns when the present step and the whole are due, as it looks on a
// day. Days on which the record waited for papers do not count, nor, for the
// whole, those that it spent in states that stop the clock. Of a record that is
// closed the light says whether it was in time.
func (m Machine) Due(l *Life, cal *calendar.Calendar, today calendar.Date) Terms {
	var out Terms
	if len(l.Steps) == 0 {
		return out
	}
	s := m.state(l)
	if s.End {
		today = day(l.Now().At)
	}
	waits := l.Waits
	if s.Limit != nil {
		out.Step = term(s.Limit, day(l.Now().At), l.Now().Extra, waits, cal, today)
	}
	if m.Kind.Limit == nil {
		return out
	}
	for i, step := range l.Steps {
		if in, _ := m.Kind.State(step.State); in.Pause {
			w := Wait{From: step.At}
			if i+1 < len(l.Steps) {
				w.To = l.Steps[i+1].At
			}
			waits = append(waits[:len(waits):len(waits)], w)
		}
	}
	out.Whole = term(m.Kind.Limit, day(l.Steps[0].At), l.Extra, waits, cal, today)
	return out
}

func term(l *kind.Limit, from calendar.Date, extra int, waits []Wait, cal *calendar.Calendar, today calendar.Date) Term {
	c := counter{cal, l.Kind == "natural"}
	for _, w := range waits {
		begin, end := day(w.From), today
		if !w.To.IsZero() {
			end = day(w.To)
		}
		if begin.Before(from) {
			begin = from
		}
		if begin.Before(end) {
			extra += c.between(begin, end)
		}
	}
	t := Term{Due: c.after(from, l.Days+extra), Light: Green}
	if l.Law > 0 {
		t.Law = c.after(from, l.Law+extra)
	}
	switch left := c.between(today, t.Due); {
	case today.After(t.Due):
		t.Light = Red
	case left <= max(l.Warn, 1):
		t.Light = Yellow
	}
	return t
}

// A counter counts working or natural days. Of a year whose holidays nobody has
// entered yet Monday to Friday are working days.
type counter struct {
	cal     *calendar.Calendar
	natural bool
}

func (c counter) working(d calendar.Date) bool {
	works, err := c.cal.IsWorkday(d)
	if err != nil {
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	return works
}

// after is the day so many days after one.
func (c counter) after(d calendar.Date, n int) calendar.Date {
	if c.natural {
		return d.Add(n)
	}
	for n > 0 {
		if d = d.Add(1); c.working(d) {
			n--
		}
	}
	return d
}

// between is how many days come after one until another, that one included; 0
// where it comes first.
func (c counter) between(from, to calendar.Date) int {
	if c.natural {
		return max(0, to.Sub(from))
	}
	n := 0
	for d := from; d.Before(to); {
		if d = d.Add(1); c.working(d) {
			n++
		}
	}
	return n
}
