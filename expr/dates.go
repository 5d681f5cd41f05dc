package expr

import (
	"errors"
	"strconv"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"gewu/calendar"
)

func dateOf(v ref.Val) calendar.Date { return v.(day).date }

// farthest is how many days or months a date can be moved by: from the first
// day of the calendar to the last and a little more.
const farthest = 4_000_000

// moved is the date, or the failure of one beyond the years 1 to 9999.
func moved(at int, d calendar.Date) (ref.Val, *Error) {
	if d.IsZero() {
		return nil, failAt(CodeDate, "", at)
	}
	return day{date: d}, nil
}

func addDays(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	return shiftDays(at, dateOf(args[0]), num(args[1]))
}

func subtractDays(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := num(args[1])
	return shiftDays(at, dateOf(args[0]), -max(n, -farthest-1))
}

func shiftDays(at int, d calendar.Date, n int64) (ref.Val, *Error) {
	if n < -farthest || n > farthest {
		return nil, failAt(CodeDate, "", at)
	}
	return moved(at, d.Add(int(n)))
}

func subtractDates(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Int(dateOf(args[0]).Sub(dateOf(args[1]))), nil
}

func days(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Int(dateOf(args[1]).Sub(dateOf(args[0]))), nil
}

func dateOfText(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	d, err := calendar.Parse(str(args[0]))
	if err != nil {
		return nil, failAt(CodeDate, "", at)
	}
	return day{date: d}, nil
}

func dateOfParts(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	y, m, d := num(args[0]), num(args[1]), num(args[2])
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return nil, failAt(CodeDate, "", at)
	}
	date := calendar.On(int(y), time.Month(m), int(d))
	if _, month, _ := date.Date(); int64(month) != m { // 30 February is not 2 March
		return nil, failAt(CodeDate, "", at)
	}
	return moved(at, date)
}

func textOfDate(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.String(dateOf(args[0]).String()), nil
}

func year(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Int(dateOf(args[0]).Year()), nil
}

func month(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	_, m, _ := dateOf(args[0]).Date()
	return types.Int(m), nil
}

func dayOfMonth(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	_, _, d := dateOf(args[0]).Date()
	return types.Int(d), nil
}

// weekday is 1 for Monday to 7 for Sunday.
func weekday(_ *run, _ int, args []ref.Val) (ref.Val, *Error) {
	return types.Int((dateOf(args[0]).Weekday()+6)%7 + 1), nil
}

func addMonths(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := num(args[1])
	if n < -farthest || n > farthest {
		return nil, failAt(CodeDate, "", at)
	}
	return moved(at, dateOf(args[0]).AddMonths(int(n)))
}

func age(_ *run, at int, args []ref.Val) (ref.Val, *Error) {
	n, ok := calendar.Age(dateOf(args[0]), dateOf(args[1]))
	if !ok {
		return nil, failAt(CodeRange, "age", at)
	}
	return types.Int(n), nil
}

// unknownYear is the failure of a year without holidays.
func unknownYear(at int, err error) *Error {
	var e *calendar.Error
	if errors.As(err, &e) && e.Code == calendar.CodeYearMissing {
		return failAt(CodeCalendar, strconv.Itoa(e.Year), at)
	}
	return failAt(CodeDate, "", at)
}

// workdays counts those after from up to and including to, as calendar does.
func workdays(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	from, to := dateOf(args[0]), dateOf(args[1])
	if err := r.charge(at, abs(to.Sub(from))); err != nil {
		return nil, err
	}
	n, err := r.env.days.WorkdaysBetween(from, to)
	if err != nil {
		return nil, unknownYear(at, err)
	}
	return types.Int(n), nil
}

func isWorkday(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	is, err := r.env.days.IsWorkday(dateOf(args[0]))
	if err != nil {
		return nil, unknownYear(at, err)
	}
	return types.Bool(is), nil
}

func addWorkdays(r *run, at int, args []ref.Val) (ref.Val, *Error) {
	n := num(args[1])
	if n < -farthest || n > farthest {
		return nil, failAt(CodeDate, "", at)
	}
	if err := r.charge(at, abs(int(n))); err != nil {
		return nil, err
	}
	d, err := r.env.days.AddWorkdays(dateOf(args[0]), int(n))
	if err != nil {
		return nil, unknownYear(at, err)
	}
	return moved(at, d)
}

func abs(n int) int { return max(n, -n) }
