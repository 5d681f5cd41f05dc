package notice

import (
	"strings"
	"time"
)

// sinceIssue reads a limit that runs from the date of the document itself:
// "本文印发后3个月内".
func (y years) sinceIssue(p prose, i int) (l limit, end int, ok bool) {
	rs := p.runes
	if y.issued == "" || rs[i] != '印' && rs[i] != '发' || !beginsAny(rs[i:], "印发", "发布") {
		return l, 0, false
	}
	j := i + 2
	switch {
	case beginsWith(rs[j:], "之日起"):
		j += 3
	case beginsWith(rs[j:], "后"):
		j++
	default:
		return l, 0, false
	}
	f, ok := readFigure(rs, j)
	if !ok || !beginsWith(rs[f.end:], "内") {
		return l, 0, false
	}
	issued, err := time.Parse(time.DateOnly, y.issued)
	if err != nil {
		return l, 0, false
	}
	var to time.Time
	switch n := int(min(f.value, 1000)); f.unit {
	case "日", "天":
		to = issued.AddDate(0, 0, n)
	case "个月":
		to = addMonths(issued, n)
	case "年":
		to = addMonths(issued, 12*n)
	default:
		return l, 0, false
	}
	for start := i; start > 0 && i-start < 4 && !strings.ContainsRune(segmentEnds, rs[start-1]); start-- {
		i = start
	}
	return limit{at: i, due: Due{To: to.Format(time.DateOnly), Text: p.text(i, f.end+1)}}, f.end + 1, true
}

// addMonths keeps within the month that is n months later.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	return first.AddDate(0, 0, min(t.Day(), lastDay(first.Year(), int(first.Month())))-1)
}
