package api

import (
	"context"
	"net/http"

	"gewu/calendar"
	"gewu/internal/access"
)

func (s *server) holidayRoutes() {
	route(s, op(http.MethodGet, "/holidays", "list-holidays", "Years of the calendar of working days", "Holidays"), s.listHolidays)
	route(s, none(op(http.MethodPut, "/holidays/{year}", "put-holidays", "Enter a year from the State Council's notice", "Holidays")), s.putHolidays)
}

type daySpan struct {
	Name  string `json:"name" maxLength:"40"`
	First string `json:"first" format:"date"`
	Last  string `json:"last" format:"date"`
}

type holidayYear struct {
	Year   int       `json:"year"`
	Notice string    `json:"notice" maxLength:"100" doc:"number of the notice"`
	Issued string    `json:"issued" format:"date"`
	Off    []daySpan `json:"off" nullable:"false" maxItems:"40"`
	Work   []string  `json:"work" nullable:"false" maxItems:"40" doc:"weekend days that are worked"`
}

func (s *server) listHolidays(ctx context.Context, _ access.Identity, _ *struct{}) (*body[list[holidayYear]], error) {
	c, err := s.Holidays.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	l := list[holidayYear]{Items: []holidayYear{}}
	for _, y := range c.Years() {
		out := holidayYear{Year: y.Year, Notice: y.Notice, Issued: y.Issued.String(), Off: []daySpan{}, Work: []string{}}
		for _, s := range y.Off {
			out.Off = append(out.Off, daySpan{s.Name, s.First.String(), s.Last.String()})
		}
		for _, d := range y.Work {
			out.Work = append(out.Work, d.String())
		}
		l.Items = append(l.Items, out)
	}
	return &body[list[holidayYear]]{l}, nil
}

func (s *server) putHolidays(ctx context.Context, who access.Identity, in *struct {
	Year int `path:"year" minimum:"2000" maximum:"2200"`
	Body holidayYear
}) (*empty, error) {
	y := calendar.Year{Year: in.Year, Notice: in.Body.Notice}
	var err error
	if y.Issued, err = calendar.Parse(in.Body.Issued); err != nil {
		return nil, err
	}
	for _, o := range in.Body.Off {
		span := calendar.Span{Name: o.Name}
		if span.First, err = calendar.Parse(o.First); err != nil {
			return nil, err
		}
		if span.Last, err = calendar.Parse(o.Last); err != nil {
			return nil, err
		}
		y.Off = append(y.Off, span)
	}
	for _, w := range in.Body.Work {
		d, err := calendar.Parse(w)
		if err != nil {
			return nil, err
		}
		y.Work = append(y.Work, d)
	}
	return nil, s.Holidays.Put(ctx, who, y)
}
