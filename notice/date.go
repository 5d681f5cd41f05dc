package notice

import (
	"fmt"
	"strings"
)

// A day is a date as a document writes it: parts that it leaves out are zero.
type day struct{ year, month, day int }

// iso is d as an ISO date, "--MM-DD" without a year, "" if d is no whole date.
func (d day) iso() string {
	switch {
	case d.month == 0 || d.day == 0:
		return ""
	case d.year == 0:
		return fmt.Sprintf("--%02d-%02d", d.month, d.day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (d day) valid() bool {
	return d.month >= 0 && d.month <= 12 && d.day >= 0 && d.day <= 31 &&
		(d.day == 0 || d.month == 0 || d.day <= max(lastDay(d.year, d.month), 28)) &&
		(d.year == 0 || d.year >= 1949 && d.year <= 2100)
}

// lastDay is the last day of a month; 28 in February where no year is known.
func lastDay(year, month int) int {
	switch month {
	case 2:
		if year > 0 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// A grain is how exact a date is.
type grain int

const (
	dayGrain    grain = iota
	xunGrain          // 上旬, 中旬, 下旬
	monthEnd          // 月底, 月末
	monthGrain        // 3月
	seasonGrain       // 一季度, 上半年
	yearEnd           // 年底, 年内
	yearGrain         // 2026年
)

// A when is a point of time in a text: the first and last day that it may mean.
type when struct {
	start, end int // runes
	first      day
	last       day
	grain      grain
	written    bool // the year is written
}

// readDay reads a date like 2026年3月5日, 3月5日, 2026-03-05, 2026.3.5 and what
// is left out of it.
func readDay(rs []rune, i int) (d day, end int, ok bool) {
	if d, end, ok = readFigureDate(rs, i); ok {
		return d, end, ok
	}
	end = i
	for {
		n, ok := readNumeral(rs, skipBlank(rs, end))
		if !ok || n.more || n.end >= len(rs) || n.value != float64(int(n.value)) || n.value > 2100 {
			return d, end, end > i && d.valid()
		}
		switch v := int(n.value); {
		case rs[n.end] == '年' && d == (day{}) && v >= 1949:
			d.year = v
		case rs[n.end] == '月' && d.month == 0 && v >= 1 && v <= 12:
			d.month = v
		case (rs[n.end] == '日' || rs[n.end] == '号') && d.month > 0 && d.day == 0 && v >= 1 && v <= 31:
			d.day = v
			return d, n.end + 1, d.valid()
		default:
			return d, end, end > i && d.valid()
		}
		end = n.end + 1
	}
}

// readFigureDate reads 2026-03-05 and 2026.3.5.
func readFigureDate(rs []rune, i int) (d day, end int, ok bool) {
	var v [3]int
	j := i
	for k := range v {
		start := j
		for j < len(rs) && isDigit(rs[j]) && j-start < 4 {
			v[k] = v[k]*10 + int(rs[j]-'0')
			j++
		}
		if j == start || k == 0 && j-start != 4 {
			return d, i, false
		}
		if k < 2 {
			if j >= len(rs) || !strings.ContainsRune("-./", rs[j]) {
				return d, i, false
			}
			j++
		}
	}
	d = day{v[0], v[1], v[2]}
	return d, j, d.valid() && d.month > 0 && d.day > 0
}

func skipBlank(rs []rune, i int) int {
	for i < len(rs) && rs[i] == ' ' {
		i++
	}
	return i
}

// readWhen reads the point of time that begins at rs[i]. year is the year that
// applies where none is written.
func readWhen(rs []rune, i, year int) (w when, ok bool) {
	w.start = i
	d, end, found := day{}, i, false
	if isDigit(rs[i]) || isHanNumeral(rs[i]) {
		d, end, found = readDay(rs, i)
	}
	if !found {
		end = i
		switch {
		case beginsAny(rs[i:], "今年", "本年", "当年"):
			end = i + 2
			if beginsAny(rs[end:], "度") {
				end++
			}
			if end < len(rs) && (isDigit(rs[end]) || isHanNumeral(rs[end])) {
				if m, e, ok := readDay(rs, end); ok && m.year == 0 {
					d, end = m, e
				}
			}
		case beginsWith(rs[i:], "明年"):
			end = i + 2
			if year > 0 {
				d.year = year + 1
			}
		}
		if end == i && !beginsWithSeason(rs[i:]) {
			return w, false
		}
	}
	w.written = d.year > 0
	if d.year == 0 {
		d.year = year
	}
	return w.complete(rs, d, end)
}

func beginsWithSeason(rs []rune) bool {
	if beginsAny(rs, "年底", "年内", "年末", "年底前", "上半年", "下半年", "全年底") {
		return true
	}
	_, _, size := season(rs)
	return size > 0
}

// complete fills in the days that a month, a season or a year stands for.
func (w when) complete(rs []rune, d day, end int) (when, bool) {
	rest := rs[end:]
	switch {
	case d.day > 0:
		w.first, w.last, w.end = d, d, end
		return w, true
	case d.month > 0:
		return w.completeMonth(rest, d, end), true
	}
	if beginsWith(rest, "度") {
		return w, false // 2026年度 names a plan
	}
	from, to, size := season(rest)
	switch {
	case size > 0 && beginsAny(rest[size:], "末", "底"):
		size++
		w.grain = monthEnd
	case size > 0:
		w.grain = seasonGrain
	case beginsAny(rest, "年底", "年末", "年内"):
		from, to, size, w.grain = 1, 12, 2, yearEnd
	case beginsAny(rest, "底", "末", "内") && end > w.start:
		from, to, size, w.grain = 1, 12, 1, yearEnd
	case end > w.start:
		from, to, w.grain = 1, 12, yearGrain
	default:
		return w, false
	}
	w.first = day{d.year, from, 1}
	w.last = day{d.year, to, lastDay(d.year, to)}
	w.end = end + size
	return w, true
}

func (w when) completeMonth(rest []rune, d day, end int) when {
	w.first, w.last, w.end = d, d, end
	w.first.day, w.last.day = 1, lastDay(d.year, d.month)
	w.grain = monthGrain
	switch {
	case beginsAny(rest, "上旬"):
		w.last.day, w.grain = 10, xunGrain
	case beginsAny(rest, "中旬"):
		w.first.day, w.last.day, w.grain = 11, 20, xunGrain
	case beginsAny(rest, "下旬"):
		w.first.day, w.grain = 21, xunGrain
	case beginsAny(rest, "底", "末"):
		w.grain = monthEnd
		w.end++
	case beginsAny(rest, "份"):
		w.end++
	case beginsAny(rest, "初"):
		w.last.day, w.grain = 10, xunGrain
		w.end++
	}
	if w.grain == xunGrain && w.end == end {
		w.end += 2
	}
	return w
}

// season reads 上半年, 下半年, 一季度, 第四季度: the months and its length.
func season(rs []rune) (from, to, size int) {
	switch {
	case beginsWith(rs, "上半年"):
		return 1, 6, 3
	case beginsWith(rs, "下半年"):
		return 7, 12, 3
	}
	i := 0
	if beginsWith(rs, "第") {
		i = 1
	}
	if i >= len(rs) {
		return 0, 0, 0
	}
	q := hanDigit(rs[i])
	if isDigit(rs[i]) {
		q = int(rs[i] - '0')
	}
	if q < 1 || q > 4 || !beginsWith(rs[i+1:], "季度") {
		return 0, 0, 0
	}
	return 3*q - 2, 3 * q, i + 3
}
