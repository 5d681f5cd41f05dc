// Package ical writes the days on which tasks are due as an iCalendar file
// (RFC 5545), which phones and office calendars subscribe to.
//
// Every event is a whole day without a time zone, takes up no time of the day
// (it is a deadline, not a meeting), and has the same bytes as long as it has
// not changed, so that a subscription can be answered with "not modified".
package ical

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"gewu/calendar"
)

// A Calendar is one file of events.
type Calendar struct {
	Name   string // as the calendar program lists it
	Events []Event
}

// An Event is one task on the day it is due.
type Event struct {
	UID         string // the same for the same task for ever; required
	Day         calendar.Date
	Summary     string
	Description string
	URL         string    // where the task can be seen; "" for none
	Modified    time.Time // last change of the task
	// Done puts a tick before the summary. The event stays, since programs
	// differ in what they do with one that disappears.
	Done bool
	// RemindDays is how many days before Day the program reminds, at nine in
	// the morning; 0 for no reminder, which is also what a done task gets.
	RemindDays int
}

// product names the writer, as RFC 5545 section 3.7.3 asks for.
const product = "-//Gewu//Tasks//ZH"

// Write writes c. It fails where an event has no UID or no day.
func Write(w io.Writer, c Calendar) error {
	cal := ics.NewCalendarFor("Gewu")
	cal.SetProductId(product)
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	if c.Name != "" {
		cal.SetXWRCalName(clean(c.Name))
	}
	for i, e := range c.Events {
		if e.UID == "" || e.Day.IsZero() {
			return fmt.Errorf("write calendar: event %d (%q) has no UID or no day", i, e.Summary)
		}
		cal.AddVEvent(e.component())
	}
	// Through a buffer: the library does not report every failed write.
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (e Event) component() *ics.VEvent {
	v := ics.NewEvent(oneLine(e.UID))
	modified := e.Modified
	if modified.IsZero() {
		modified = e.Day.Time()
	}
	v.SetDtStampTime(modified)
	v.SetModifiedAt(modified)
	v.SetAllDayStartAt(e.Day.Time())
	summary := oneLine(e.Summary)
	if e.Done {
		summary = "✓ " + summary
	}
	v.SetSummary(summary)
	if e.Description != "" {
		v.SetDescription(clean(e.Description))
	}
	if e.URL != "" {
		v.SetURL(oneLine(e.URL))
	}
	v.SetTimeTransparency(ics.TransparencyTransparent)
	if e.RemindDays > 0 && !e.Done {
		a := v.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetProperty(ics.ComponentPropertyDescription, summary)
		// From the day's first hour back to nine o'clock of an earlier day.
		a.SetTrigger(fmt.Sprintf("-PT%dH", 24*e.RemindDays-9))
	}
	return v
}

// clean drops what a TEXT value must not hold (RFC 5545 section 3.3.11:
// controls other than tab and line break) and bytes that are not UTF-8.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(clean(s)), " ")
}
