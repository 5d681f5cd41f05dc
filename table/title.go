package table

import (
	"regexp"
	"strings"
)

var inBrackets = regexp.MustCompile(`\([^()]*\)`)

var (
	unitText   = regexp.MustCompile(`(金额|面积|人数|数量|计量|资金|人口|费用)?(?:计量)?单位[:：]\s*([^\s　,，;；:：）)]+)`)
	titleWords = regexp.MustCompile(`(表|册|台账|名单|清单|统计|汇总|情况|登记簿|一览|登记|档案|明细|月报|季报|信息|记录|簿|卡|底数|名录|报告)(\(.*\))?$`)
	tableNo    = regexp.MustCompile(`^((附件|附表)[0-9一二三四五六七八九十]*|(附|表)[0-9一二三四五六七八九十]+)(-[0-9]+)?[:：.、]?`)
)

// titles finds the title above a table and, below it, a caption of its own.
func (t *tabling) titles(first bool) (title, caption string) {
	var candidates []item
	for _, it := range t.above {
		f := inBrackets.ReplaceAllString(fold(it.text), "")
		switch {
		case annex.MatchString(f), isNote(f), unitText.MatchString(f) && len([]rune(f)) < 16:
		case strings.Contains(f, ":") && !annexTitle(f) || dateTail.MatchString(f), blanks(it.text):
		default:
			candidates = append(candidates, it)
		}
	}
	best := -1
	for i, it := range candidates {
		if numberMark.MatchString(fold(it.text)) && !tableNo.MatchString(fold(it.text)) {
			continue
		}
		if !first && i > 0 {
			break
		}
		if best < 0 || t.rank(it) > t.rank(candidates[best]) {
			best = i
		}
	}
	if best >= 0 && first {
		title = cleanTitle(candidates[best].text)
		if best+1 < len(candidates) {
			for _, it := range candidates[best+1:] {
				f := fold(it.text)
				if numberMark.MatchString(f) || sectionLike(f) && !strings.HasPrefix(f, "(") {
					caption = cleanCaption(it.text)
				}
			}
		}
		return title, caption
	}
	for _, it := range candidates {
		f := fold(it.text)
		if first && !numberMark.MatchString(f) {
			continue
		}
		if strings.HasPrefix(f, "(") && !numberMark.MatchString(f) || len([]rune(f)) > 40 {
			continue
		}
		caption = cleanCaption(it.text)
	}
	return "", caption
}

// rank is how much a text looks like a title.
func (t *tabling) rank(it item) int {
	n := 0
	f := fold(it.text)
	if titleWords.MatchString(f) {
		n += 3
	}
	if it.area.width() > 2 {
		n++
	}
	st := t.s.styleAt(it.area.top, it.area.left)
	if st.bold {
		n++
	}
	if st.size >= 14 {
		n += 2
	}
	if strings.HasPrefix(f, "(") {
		n -= 3
	}
	return n
}

func blanks(s string) bool { return strings.Contains(s, "____") && !titleWords.MatchString(fold(s)) }

func annexTitle(f string) bool { return tableNo.MatchString(f) && titleWords.MatchString(f) }

func cleanTitle(s string) string {
	b := bare(s)
	if m := tableNo.FindString(b); m != "" && m != b && (!strings.HasPrefix(b, "表") || len(m) > len("表")) {
		b = b[len(m):]
	}
	return b
}

func cleanCaption(s string) string {
	b := bare(s)
	f := fold(s)
	if m := numberMark.FindString(f); m != "" {
		n := len([]rune(m))
		if rs := []rune(b); len(rs) > n {
			b = string(rs[n:])
		}
	}
	return strings.Trim(b, ":：")
}
