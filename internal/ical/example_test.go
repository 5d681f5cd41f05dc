package ical_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"gewu/calendar"
	"gewu/internal/ical"
)

func ExampleWrite() {
	var b strings.Builder
	err := ical.Write(&b, ical.Calendar{Name: "Tasks", Events: []ical.Event{{
		UID: "0192-7@gewu", Day: calendar.On(2026, time.November, 30), Summary: "报送月报",
		Modified: time.Date(2026, time.November, 20, 1, 0, 0, 0, time.UTC),
	}}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	fmt.Print(strings.ReplaceAll(b.String(), "\r\n", "\n"))
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//Gewu//Tasks//ZH
	// CALSCALE:GREGORIAN
	// METHOD:PUBLISH
	// X-WR-CALNAME:Tasks
	// BEGIN:VEVENT
	// UID:0192-7@gewu
	// DTSTAMP:20261120T010000Z
	// LAST-MODIFIED:20261120T010000Z
	// DTSTART;VALUE=DATE:20261130
	// SUMMARY:报送月报
	// TRANSP:TRANSPARENT
	// END:VEVENT
	// END:VCALENDAR
}
