package code

import (
	"strings"
	"time"
)

// ParseDate reads a date as forms write it, and keeps how much of it was
// written:
//
//	1950-01-02  1950/1/2  1950.1.2  19500102  1950年1月2日  一九五〇年一月二日
//	1950-01     1950/1    1950.02   195001    1950年1月
//	1950                                      1950年
//
// A time of day behind a day is dropped. It fails with ErrEmpty, ErrDateForm,
// ErrDateImpossible, ErrDateYear, with ErrDateTwoDigit for 50.1.2, with
// ErrDateAmbiguous for 1950.1 (a spreadsheet shows 1950.10 so), and with
// ErrDateSerial for a bare number of five digits.
func ParseDate(s string) (Date, error) {
	var buf [32]byte
	b, ok := dateBytes(buf[:0], s)
	if !ok {
		return Date{}, ErrDateForm
	}
	if len(b) == 0 {
		return Date{}, ErrEmpty
	}
	if digits(b) {
		return compactDate(b)
	}
	return partedDate(b)
}

// dateBytes folds s to ASCII: digits, 'Y' 'M' 'D' for 年 月 日, and the
// separators '-' '/' '.'. A time of day is cut off. It is false for a text that
// cannot be a date.
func dateBytes(b []byte, s string) ([]byte, bool) {
	started := false
	for _, r := range s {
		r = half(r)
		if started && (r == ' ' || r == 'T' || r == 't') && len(b) > 0 && isTime(b, s) {
			return b, true
		}
		if silent(r) || !started && (r == '\'' || r == '‘' || r == '’') {
			continue
		}
		started = true
		if len(b) > 16 {
			return nil, false
		}
		switch {
		case r >= '0' && r <= '9', r == '-', r == '/', r == '.':
			b = append(b, byte(r))
		case r == '年':
			b = append(b, 'Y')
		case r == '月':
			b = append(b, 'M')
		case r == '日' || r == '号':
			b = append(b, 'D')
		case r == '·' || r == '。' || r == '、':
			b = append(b, '.')
		default:
			var known bool
			if b, known = hanDigit(b, r); !known {
				return nil, false
			}
		}
	}
	return b, true
}

// isTime tells whether what is read in b is a whole day and s ends in a time.
func isTime(b []byte, s string) bool {
	sep := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			sep++
		}
	}
	if last := b[len(b)-1]; sep < 2 && len(b) != 8 || last != 'D' && (last < '0' || last > '9') {
		return false
	}
	i := strings.LastIndexAny(s, " Tt")
	if i < 0 {
		return false
	}
	tail := strings.TrimSpace(s[i+1:])
	for _, layout := range [...]string{"15:04:05", "15:04", "15:04:05.999999999", "15:04:05Z07:00"} {
		if _, err := time.Parse(layout, tail); err == nil {
			return true
		}
	}
	return false
}

// hanDigit appends a Chinese digit. 十 is 10, 1 or 0 by its neighbours: it is
// written as 'X' and resolved by number.
func hanDigit(b []byte, r rune) ([]byte, bool) {
	const han = "零一二三四五六七八九"
	switch r {
	case '〇', '○':
		return append(b, '0'), true
	case '元':
		return nil, false // 元年 is a year of an era
	case '十':
		return append(b, 'X'), true
	case '廿':
		return append(b, '2', 'X'), true
	}
	if i := strings.IndexRune(han, r); i >= 0 {
		return append(b, '0'+byte(i/len("零"))), true
	}
	return b, false
}

// number reads 1 to 4 digits, or 十, 十二, 二十, 二十三 in the form 'X', 'X2',
// '2X', '2X3'.
func number(b []byte) (n int, ok bool) {
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			if i > 0 && b[i-1] == 'X' {
				n += int(c - '0')
			} else {
				n = n*10 + int(c-'0')
			}
		case c == 'X' && i == 0:
			n = 10
		case c == 'X' && i == 1 && b[0] != '0':
			n *= 10
		default:
			return 0, false
		}
	}
	return n, len(b) > 0 && len(b) <= 4
}

func compactDate(b []byte) (Date, error) {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	switch len(b) {
	case 4:
		return NewDate(n, 0, 0)
	case 5:
		return Date{}, ErrDateSerial
	case 6:
		if y := n / 100; y >= minYear && y <= maxYear {
			return exact(y, n%100, 0, ToMonth)
		}
		return Date{}, ErrDateTwoDigit
	case 8:
		return exact(n/10000, n/100%100, n%100, ToDay)
	}
	return Date{}, ErrDateForm
}

// exact is NewDate for a date of the given precision: a zero that was written
// is no unknown.
func exact(year, month, day int, p Precision) (Date, error) {
	if year >= minYear && year <= maxYear && (p >= ToMonth && month == 0 || p == ToDay && day == 0) {
		return Date{}, ErrDateImpossible
	}
	return NewDate(year, time.Month(month), day)
}

func partedDate(b []byte) (Date, error) {
	var nums [3]int
	var lens [3]int
	var seps [4]byte
	parts, start := 0, 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && (b[i] >= '0' && b[i] <= '9' || b[i] == 'X') {
			continue
		}
		if i == len(b) && start == i {
			break // the last character was a separator
		}
		n, ok := number(b[start:i])
		if !ok || parts == len(nums) {
			return Date{}, ErrDateForm
		}
		nums[parts], lens[parts] = n, i-start
		if i < len(b) {
			seps[parts] = b[i]
		}
		parts++
		start = i + 1
	}
	if !dateSeparators(seps, parts) {
		return Date{}, ErrDateForm
	}
	if lens[0] <= 2 && parts > 1 {
		if parts == 3 && lens[2] == 4 {
			return Date{}, ErrDateForm // day and month first: which is which?
		}
		return Date{}, ErrDateTwoDigit
	}
	if lens[0] != 4 || lens[1] > 3 || lens[2] > 3 {
		return Date{}, ErrDateForm
	}
	if parts == 2 && seps[0] == '.' && lens[1] == 1 && nums[1] == 1 {
		return Date{}, ErrDateAmbiguous
	}
	return exact(nums[0], nums[1], nums[2], Precision(parts))
}

// dateSeparators tells whether the marks behind the parts belong together.
func dateSeparators(seps [4]byte, parts int) bool {
	if seps[0] == 'Y' {
		switch parts {
		case 1:
			return true
		case 2:
			return seps[1] == 'M'
		}
		return seps[1] == 'M' && (seps[2] == 'D' || seps[2] == 0)
	}
	if seps[0] == 'M' || seps[0] == 'D' || parts < 2 {
		return false
	}
	for i := 1; i < parts-1; i++ {
		if seps[i] != seps[0] {
			return false
		}
	}
	return seps[parts-1] == 0
}
