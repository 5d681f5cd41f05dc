package code_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestParseDate(t *testing.T) {
	day := code.Date{Year: 1950, Month: 1, Day: 2}
	month := code.Date{Year: 1950, Month: 1}
	for in, want := range map[string]code.Date{
		"1950-01-02": day, "1950-1-2": day, "19500102": day, "1950.1.2": day, "1950.01.02": day, "1950/1/2": day,
		"1950年1月2日": day, "1950年01月02日": day, "1950年1月2号": day, "1950年1月2": day, "一九五〇年一月二日": day,
		"１９５０－０１－０２": day, " 1950 年 1 月 2 日 ": day, "'1950-01-02": day, "1950。1。2": day, "1950–01–02": day,
		"1950-01-02 00:00:00": day, "1950-01-02T08:30:00Z": day, "1950/1/2 8:30": day, "19500102 08:30": day,
		"1950-01": month, "195001": month, "1950.01": month, "1950/1": month, "1950年1月": month, "一九五〇年一月": month,
		"1950": {Year: 1950}, "1950年": {Year: 1950},
		"二〇二六年十一月二十三日": {Year: 2026, Month: 11, Day: 23},
		"二〇二六年十月三十日":   {Year: 2026, Month: 10, Day: 30},
		"二〇二六年二月廿八日":   {Year: 2026, Month: 2, Day: 28},
		"2024-02-29":   {Year: 2024, Month: 2, Day: 29},
		"1950.10":      {Year: 1950, Month: 10},
		"1950.2":       {Year: 1950, Month: 2},
	} {
		if got, err := code.ParseDate(in); err != nil || got != want {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "\u3000": code.ErrEmpty,
		"不详": code.ErrDateForm, "1950-01-02-03": code.ErrDateForm, "1950-01/02": code.ErrDateForm, "02/01/1950": code.ErrDateForm,
		"月1950": code.ErrDateForm, "1950年2日": code.ErrDateForm, "19500": code.ErrDateSerial, "123": code.ErrDateForm,
		"195001021": code.ErrDateForm, "1950--02": code.ErrDateForm, "-1950": code.ErrDateForm, "昭和25年": code.ErrDateForm,
		"1950-02-29": code.ErrDateImpossible, "1950-13-01": code.ErrDateImpossible, "19500132": code.ErrDateImpossible,
		"1950-00-01": code.ErrDateImpossible, "1950-01-00": code.ErrDateImpossible, "195000": code.ErrDateImpossible,
		"1900年2月29日": code.ErrDateImpossible,
		"0195-01-02": code.ErrDateYear, "2950-01-02": code.ErrDateYear, "1799": code.ErrDateYear,
		"50.1.2": code.ErrDateTwoDigit, "50年1月2日": code.ErrDateTwoDigit, "500102": code.ErrDateTwoDigit,
		"1950.1": code.ErrDateAmbiguous, "43831": code.ErrDateSerial,
	} {
		if got, err := code.ParseDate(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want %s", in, got, err, want.Code)
		}
	}
}

func TestDateFormat(t *testing.T) {
	d := code.Date{Year: 1950, Month: 1, Day: 2}
	for style, want := range map[code.DateStyle][3]string{
		code.DateISO:     {"1950-01-02", "1950-01", "1950"},
		code.DateCompact: {"19500102", "195001", "1950"},
		code.DateDots:    {"1950.01.02", "1950.01", "1950"},
		code.DateSlashes: {"1950/1/2", "1950/1", "1950"},
		code.DateChinese: {"1950年1月2日", "1950年1月", "1950年"},
	} {
		got := [3]string{d.Format(style), code.Date{Year: 1950, Month: 1}.Format(style), code.Date{Year: 1950}.Format(style)}
		if got != want {
			t.Errorf("style %d: %q, want %q", style, got, want)
		}
	}
	if (code.Date{}).String() != "" {
		t.Error("no date is not empty")
	}
}

func TestSerial(t *testing.T) {
	for _, c := range []struct {
		n    float64
		sys  code.DateSystem
		want string
	}{
		{1, code.Excel1900, "1900-01-01"}, {59, code.Excel1900, "1900-02-28"}, {61, code.Excel1900, "1900-03-01"},
		{18264.75, code.Excel1900, "1950-01-01"}, {46349, code.Excel1900, "2026-11-23"},
		{0, code.Excel1904, "1904-01-01"}, {16802, code.Excel1904, "1950-01-01"}, {44887, code.Excel1904, "2026-11-23"},
	} {
		if got, err := code.DateFromSerial(c.n, c.sys); err != nil || got.String() != c.want {
			t.Errorf("serial %v of %d: %s, %v; want %s", c.n, c.sys, got, err, c.want)
		}
	}
	for _, n := range []float64{0, 60, 60.5, -1, 200_000, math.NaN(), math.Inf(1)} {
		if got, err := code.DateFromSerial(n, code.Excel1900); err == nil {
			t.Errorf("serial %v is %s", n, got)
		}
	}
	if _, ok := (code.Date{Year: 1900, Month: 1}).Serial(code.Excel1900); ok {
		t.Error("a month has a serial")
	}
	if n, ok := (code.Date{Year: 1899, Month: 12, Day: 31}).Serial(code.Excel1900); ok {
		t.Errorf("the day before the first has serial %d", n)
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		birth, on string
		want      int
		ok        bool
	}{
		{"1966-11-23", "2026-11-22", 59, true}, {"1966-11-23", "2026-11-23", 60, true},
		{"2000-02-29", "2026-02-27", 25, true}, {"2000-02-29", "2026-02-28", 26, true}, {"2000-02-29", "2024-02-28", 23, true},
		{"2026-11-24", "2026-11-23", 0, false}, {"1966-11", "2026-11-23", 0, false},
	} {
		birth, _ := code.ParseDate(c.birth)
		on, _ := code.ParseDate(c.on)
		if got, ok := birth.Age(on); got != c.want || ok != c.ok {
			t.Errorf("born %s, on %s: %d, %v", c.birth, c.on, got, ok)
		}
	}
}

// someDay draws whole days from 1800 to 2199.
func someDay() *rapid.Generator[code.Date] {
	return rapid.Custom(func(t *rapid.T) code.Date {
		first := time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)
		return code.DateOf(first.AddDate(0, 0, rapid.IntRange(0, 146096).Draw(t, "day")))
	})
}

func TestDateProperties(t *testing.T) {
	t.Run("text and back", rapid.MakeCheck(func(t *rapid.T) {
		d := someDay().Draw(t, "d")
		switch rapid.IntRange(0, 2).Draw(t, "precision") {
		case 0:
			d.Day = 0
		case 1:
			d.Day, d.Month = 0, 0
		}
		s := d.Format(code.DateStyle(rapid.IntRange(0, 4).Draw(t, "style")))
		if got, err := code.ParseDate(s); err != nil || got != d {
			t.Fatalf("ParseDate(%q) = %+v, %v; want %+v", s, got, err, d)
		}
	}))
	t.Run("serial and back", rapid.MakeCheck(func(t *rapid.T) {
		d := someDay().Draw(t, "d")
		sys := rapid.SampledFrom([]code.DateSystem{code.Excel1900, code.Excel1904}).Draw(t, "system")
		n, ok := d.Serial(sys)
		if !ok {
			first := code.Date{Year: 1900, Month: 1, Day: 1}
			if sys == code.Excel1904 {
				first.Year = 1904
			}
			if d.Compare(first) >= 0 {
				t.Fatalf("%s has no serial", d)
			}
			return
		}
		if got, err := code.DateFromSerial(float64(n)+rapid.Float64Range(0, 0.99).Draw(t, "time"), sys); err != nil || got != d {
			t.Fatalf("%s is %d is %s, %v", d, n, got, err)
		}
	}))
}
