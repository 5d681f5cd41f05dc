package notice

import "strings"

// A periodOfTime is what "每季度" and its like say: how long the time is in
// which a number is to be reached.
type periodOfTime struct {
	start, end int // runes of the segment
	period     Period
	factor     float64 // 每半月一次 is twice a month
	every      bool    // without a number it still means once
}

var periodWords = []struct {
	word   string
	period Period
	factor float64
	every  bool
}{
	{"每个工作日", Daily, 1, true}, {"每工作日", Daily, 1, true}, {"每日", Daily, 1, true}, {"每天", Daily, 1, true}, {"日均", Daily, 1, false},
	{"每星期", Weekly, 1, true}, {"每周", Weekly, 1, true}, {"周均", Weekly, 1, false},
	{"每半个月", Monthly, 2, true}, {"每半月", Monthly, 2, true}, {"每个月", Monthly, 1, true}, {"每月", Monthly, 1, true}, {"月均", Monthly, 1, false},
	{"每个季度", Quarterly, 1, true}, {"每季度", Quarterly, 1, true}, {"每季", Quarterly, 1, true},
	{"每半年", HalfYear, 1, true}, {"每年度", Yearly, 1, false}, {"每学年", Yearly, 1, false}, {"每年", Yearly, 1, false},
	{"年均", Yearly, 1, false}, {"全年", Yearly, 1, false}, {"一年不少于", Yearly, 1, false}, {"年度内", Yearly, 1, false},
}

// period finds the first period of the segment at or behind rune i.
func (s *segment) period(i int) (periodOfTime, bool) {
	rs := s.runes()
	for ; i < len(rs); i++ {
		switch rs[i] {
		case '每', '日', '周', '月', '年', '全', '一':
		default:
			continue
		}
		for _, w := range periodWords {
			if beginsWith(rs[i:], w.word) {
				end := i + len([]rune(w.word))
				if w.every && beginsAny(rs[end:], "的", "度") && !beginsAny(rs[end:], "的最后", "的第") {
					break
				}
				if w.word == "一年不少于" {
					end -= 3
				} else if w.period == Weekly {
					end += weekday(rs[end:])
				}
				return periodOfTime{i, end, w.period, w.factor, w.every}, true
			}
		}
		if p, ok := oddPeriod(rs, i); ok {
			return p, true
		}
	}
	return periodOfTime{}, false
}

// weekday is the length of the day behind 每周: 每周五, but not 每周一次.
func weekday(rs []rune) int {
	if len(rs) > 1 && strings.ContainsRune("一二三四五六日天", rs[0]) && !strings.ContainsRune("次场期轮回遍篇条天名个查报调评更", rs[1]) {
		return 1
	}
	return 0
}

// oddPeriod reads an interval that is none of the named ones: 每两周, 每3-5年.
func oddPeriod(rs []rune, i int) (periodOfTime, bool) {
	if rs[i] != '每' {
		return periodOfTime{}, false
	}
	f, ok := readFigure(rs, i+1)
	if !ok {
		return periodOfTime{}, false
	}
	named := map[string]Period{"日": Daily, "天": Daily, "个工作日": Daily, "小时": Once, "个小时": Once, "周": Weekly, "个月": Monthly, "个季度": Quarterly, "年": Yearly}
	period, ok := named[f.unit]
	if !ok {
		return periodOfTime{}, false
	}
	if f.value != 1 || f.isRange {
		period = Once
	}
	return periodOfTime{i, f.end, period, 1, period != Yearly}, true
}

// acts are the quotas of a period without a number: each act is done once.
// "每季度一考核一通报" names two acts.
func (s *segment) acts(p periodOfTime) []Quota {
	rs := s.runes()
	q := Quota{Op: Exactly, Value: p.factor, Unit: "次", Period: p.period}
	var out []Quota
	for i := p.end; i+1 < len(rs) && rs[i] == '一'; {
		j := i + 1
		for j < len(rs) && rs[j] != '一' && rs[j] != '、' && j-i < 6 {
			j++
		}
		q.Text = s.p.text(s.start+p.start, s.start+j)
		out = append(out, q)
		if i = j; i < len(rs) && rs[i] == '、' {
			i++
		}
	}
	if out != nil {
		return out
	}
	q.Text = s.p.text(s.start+p.start, s.start+min(len(rs), p.end+14))
	return []Quota{q}
}

// dailyMean reads a mean that stands right before its number: 日均131吨.
func dailyMean(before []rune) (Period, bool) {
	switch {
	case endsWith(before, "日均"):
		return Daily, true
	case endsWith(before, "月均"):
		return Monthly, true
	case endsWith(before, "年均"):
		return Yearly, true
	}
	return Once, false
}
