package calendar_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/calendar"
)

func TestParseYearFaults(t *testing.T) {
	const head = `{"year":2027,"notice":"某号","issued":"2026-11-01",`
	const off = `"off":[{"name":"元旦","first":"2027-01-01","last":"2027-01-03"}]`
	tests := map[string]struct{ in, says string }{
		"empty":                {"", "EOF"},
		"no notice":            {`{"year":2027,` + off + `}`, "notice"},
		"unknown field":        {head + off + `,"halfday":[]}`, "halfday"},
		"something after":      {head + off + `}{}`, "after"},
		"no days off":          {head + `"work":[]}`, "no days off"},
		"ends exchanged":       {head + `"off":[{"first":"2027-01-03","last":"2027-01-01"}]}`, "not a run"},
		"a month typed wrong":  {head + `"off":[{"first":"2027-01-01","last":"2027-11-03"}]}`, "not a run"},
		"other year":           {head + `"off":[{"first":"2026-05-01","last":"2026-05-05"}]}`, "belong"},
		"next year":            {head + off + `,"work":["2028-01-08"]}`, "belong"},
		"off and worked":       {head + off + `,"work":["2027-01-03"]}`, "twice"},
		"worked on a weekday":  {head + off + `,"work":["2027-01-04"]}`, "Monday"},
		"not a date":           {head + off + `,"work":["2027-02-30"]}`, "2027-02-30"},
		"larger than allowed":  {head + off + `}` + strings.Repeat(" ", 70000), ""},
		"empty day among work": {head + off + `,"work":[""]}`, "belong"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := calendar.ParseYear(strings.NewReader(tt.in))
			if !errors.Is(err, calendar.ErrFile) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want a file error that says %q", err, tt.says)
			}
		})
	}
	if y, err := calendar.ParseYear(strings.NewReader(head + off + `,"work":["2027-01-09"]}`)); err != nil || y.Year != 2027 {
		t.Errorf("a sound file: %v, %v", y, err)
	}
}

func TestLoadFile(t *testing.T) {
	y, err := calendar.LoadFile("data/2026.json")
	if err != nil || y.Notice != "国办发明电〔2025〕7号" {
		t.Errorf("%v, %v", y, err)
	}
	if _, err := calendar.LoadFile(filepath.Join(t.TempDir(), "none.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
