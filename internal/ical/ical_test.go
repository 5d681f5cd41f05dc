package ical_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/internal/ical"
)

var changed = time.Date(2026, time.November, 20, 9, 12, 0, 0, time.FixedZone("", 8*3600))

func write(t interface{ Fatal(...any) }, c ical.Calendar) string {
	var b bytes.Buffer
	if err := ical.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	got := write(t, ical.Calendar{Name: "青石街道任务", Events: []ical.Event{{
		UID: "task-1@gewu", Day: calendar.On(2026, time.November, 30),
		Summary: "报送清理整治\r\n情况", Description: "牵头：城管办；配合：各社区,执法队\n第二行\\",
		URL: "https://gewu.example/tasks/1", Modified: changed, RemindDays: 1,
	}, {
		UID: "task-2@gewu", Day: calendar.On(2026, time.December, 1), Summary: "入户登记", Done: true, RemindDays: 3,
	}}})
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gewu//Tasks//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"X-WR-CALNAME:青石街道任务",
		"BEGIN:VEVENT", "UID:task-1@gewu", "DTSTAMP:20261120T011200Z", "LAST-MODIFIED:20261120T011200Z",
		"DTSTART;VALUE=DATE:20261130", "SUMMARY:报送清理整治 情况",
		`DESCRIPTION:牵头：城管办；配合：各社区\,执法队\n第二行\\`,
		"URL:https://gewu.example/tasks/1", "TRANSP:TRANSPARENT",
		"BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:报送清理整治 情况", "TRIGGER:-PT15H", "END:VALARM",
		"END:VEVENT",
		"BEGIN:VEVENT", "UID:task-2@gewu", "DTSTAMP:20261201T000000Z", "LAST-MODIFIED:20261201T000000Z",
		"DTSTART;VALUE=DATE:20261201", "SUMMARY:✓ 入户登记", "TRANSP:TRANSPARENT", "END:VEVENT",
		"END:VCALENDAR", "",
	}, "\r\n")
	if unfold(got) != want {
		t.Errorf("got\n%s\nwant\n%s", unfold(got), want)
	}
}

// unfold undoes folding as RFC 5545 section 3.1 says.
func unfold(s string) string { return strings.ReplaceAll(s, "\r\n ", "") }

func TestFolding(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("街道办事处 a<>,;:\\\"\n\r\x00\u3000✓𠮷\u2028")), 0, 300, -1)
	rapid.Check(t, func(t *rapid.T) {
		summary, description := text.Draw(t, "summary"), text.Draw(t, "description")
		got := write(t, ical.Calendar{Name: summary, Events: []ical.Event{{
			UID: "u", Day: calendar.On(2026, time.May, 1), Summary: summary, Description: description, URL: "https://x/" + summary,
		}}})
		for line := range strings.SplitSeq(got, "\r\n") {
			if len(line) > 75 {
				t.Fatalf("%d octets: %q", len(line), line)
			}
			if !utf8.ValidString(line) {
				t.Fatalf("a character is split: %q", line)
			}
			if strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("control in %q", line)
			}
		}
		back, err := ics.ParseCalendar(strings.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		// The library that parses also unescapes, but "\\n" and the like
		// wrongly; what stands in the file is compared instead.
		if n := len(back.Events()); n != 1 {
			t.Fatalf("%d events", n)
		}
		escaped := strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(
			strings.NewReplacer("\r\n", "\n", "\r", "", "\x00", "").Replace(description))
		if description != "" && !strings.Contains(unfold(got), "\r\nDESCRIPTION:"+escaped+"\r\n") {
			t.Fatalf("%q is not in\n%s", escaped, unfold(got))
		}
	})
}

func TestRefused(t *testing.T) {
	for _, e := range []ical.Event{{UID: "u"}, {Day: calendar.On(2026, time.May, 1)}} {
		if err := ical.Write(&bytes.Buffer{}, ical.Calendar{Events: []ical.Event{e}}); err == nil {
			t.Errorf("%+v is accepted", e)
		}
	}
	if err := ical.Write(broken{}, ical.Calendar{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a failed write gives %v", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }
