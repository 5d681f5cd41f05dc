package notice

import (
	"math"
	"strings"
)

// A figure is a number with its unit of measure.
type figure struct {
	start, end int // runes, unit included
	value, max float64
	unit       string
	isRange    bool
	spelled    bool   // in Chinese figures
	more       bool   // 余, 多
	rate       string // "/日" behind the unit
}

// readFigure reads the figure that begins at rs[i].
func readFigure(rs []rune, i int) (figure, bool) {
	n, ok := readNumeral(rs, i)
	if !ok {
		return figure{}, false
	}
	f := figure{start: i, value: n.value, spelled: n.spelled, more: n.more}
	percent := beginsWith(rs[i:], "百分之")
	end := n.end
	if beginsWith(rs[end:], "分之") {
		return fraction(rs, f, end)
	}
	if beginsWith(rs[end:], "%") {
		percent = true
		end++
	}
	if end < len(rs) && strings.ContainsRune("-至到", rs[end]) {
		if m, ok := readNumeral(rs, end+1); ok && m.value > n.value {
			f.max, f.isRange = m.value, true
			end = m.end
			percent = percent || beginsWith(rs[end:], "%")
			if beginsWith(rs[end:], "%") {
				end++
			}
		}
	}
	if percent {
		f.unit, f.end = "%", end
		return f, true
	}
	end = skipBlank(rs, end)
	size := measures.prefix(rs[end:])
	if size == 0 {
		return figure{}, false
	}
	f.unit, f.end = string(rs[end:end+size]), end+size
	if f.end+1 < len(rs) && rs[f.end] == '/' && strings.ContainsRune("日天月年", rs[f.end+1]) {
		f.rate = string(rs[f.end : f.end+2])
		f.end += 2
	}
	if !f.spelled && f.end < len(rs) && (rs[f.end] == '余' || rs[f.end] == '多') && f.unit != "个" {
		f.more = true
	}
	return f, true
}

// fraction reads 三分之一 as a percentage.
func fraction(rs []rune, f figure, end int) (figure, bool) {
	m, ok := readNumeral(rs, end+2)
	if !ok || f.value <= 0 || f.spelled && m.value > f.value {
		return figure{}, false
	}
	f.end, f.unit = m.end, "%"
	f.value = math.Round(m.value/f.value*1e4) / 100
	return f, true
}

// figures finds the figures in rs between i and end. Counts like 第3次 are
// none.
func figures(rs []rune, i, end int) []figure {
	var out []figure
	for i < end {
		if !isDigit(rs[i]) && !isHanNumeral(rs[i]) && rs[i] != '百' {
			i++
			continue
		}
		f, ok := readFigure(rs[:end], i)
		if !ok {
			i = skipNumeral(rs, i, end)
			continue
		}
		if !partOfWord(rs, f) {
			out = append(out, f)
		}
		i = f.end
	}
	return out
}

func skipNumeral(rs []rune, i, end int) int {
	if n, ok := readNumeral(rs[:end], i); ok {
		return n.end
	}
	return i + 1
}

// partOfWord tells whether a figure is a count (第3次), a word (一次性, 同一) or
// part of a longer number.
func partOfWord(rs []rune, f figure) bool {
	if f.start > 0 {
		switch r := rs[f.start-1]; {
		case r == '第', r == '.', r == '+', r == '×', r == '/', isDigit(r), isHanNumeral(r), r >= 'A' && r <= 'z':
			return true
		case r == '同' || r == '某' || r == '任' || r == '另' || r == '唯' || r == '统' || r == '专' || r == '逐':
			return f.spelled
		}
	}
	if endsAny(rs[:f.start], "最后", "上", "下", "进", "之") && f.spelled && f.value == 1 {
		return true
	}
	rest := rs[f.end:]
	switch f.unit {
	case "次":
		return beginsAny(rest, "性", "会议", "序")
	case "人":
		return f.spelled && beginsAny(rest, "一")
	case "项", "条", "件", "张", "种", "对", "面", "批", "部", "门", "组", "片", "级", "本", "位":
		return f.spelled && f.value == 1 && !beginsAny(rest, "以")
	case "年", "月", "日":
		return beginsAny(rest, "月", "级", "度", "来", "前") && f.unit == "年"
	case "轮":
		return f.spelled && beginsAny(rest, "车", "驱") // 三轮车
	case "天", "期":
		return beginsAny(rest, "气", "间", "限")
	}
	return false
}
