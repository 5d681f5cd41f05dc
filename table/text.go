package table

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold makes texts comparable: full-width letters, digits and signs become
// half-width, letters lower case, spaces and invisible characters fall away.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		switch r {
		case '〔', '【', '[', '﹝', '{':
			return '('
		case '〕', '】', ']', '﹞', '}':
			return ')'
		case '㎡':
			return r
		case '–', '—', '－', '~', '〜', '～', '―', '﹣', '−', '‐':
			return '-'
		case '﹕', '︰', '∶':
			return ':'
		}
		return unicode.ToLower(r)
	}, s)
}

// bare is a text as it stands in a header path: without spaces and breaks.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// A phrase is a header word taken apart.
type phrase struct {
	raw    string   // folded, before the brackets
	text   string   // folded, numbering and marks dropped, brackets and their content dropped
	joined string   // text with the brackets' content in its place, where that says something
	inside []string // what stood in brackets and is neither unit nor hint
	hints  []string // what stood in brackets, all of it
	unit   string   // as written
	part   bool     // 其中：
}

var (
	numbering = regexp.MustCompile(`^(\([0-9一二三四五六七八九十]+\)|[0-9]{1,2}[.、](?:[^0-9]|$)|[一二三四五六七八九十]{1,3}、|[①-⑳]|[*★☆▲●※])`)
	// idle bracket content says how to write, not what.
	idle    = regexp.MustCompile(`^(必填|选填|如|请|按|填|可|格式|例|与.*一致|精确|详|手填|下拉|选择|单选|多选|必选|盖章|公章|签字|签名|签章|自动|勿|不填|无需|以.*为准|保留|具体到|具体|到.*号|若|没有|无则|数字|大写|小写|阿拉伯|文本|注明|同|应|限|参照|参考|见|据|根据|从|须|需|可不|18位|11位|15位|数值|写|代码|单位:|门牌.*|省.*|市.*县.*|街道.*|乡镇.*|区县.*|含.*岁|含本数|专职|含$|小写|或(护照|其他|军官证|港澳|居住证|户口).*|户口本.*|以身份证.*|岁以上|接上页|续|公民身份证|身份证$|实足$|阳历|公历|农历|新历|打|划|在.*打|法人$|岁$|周岁$|全称|市场主体|电话号码|手机|座机|手机号$|手机号码$|元整|人民币|年/?月|年-月|yyyy|xxxx|\d{4}[年./-]|\d{6,8}$)`)
	options = regexp.MustCompile(`[□√×]|^[^()]+[/、,，;；|][^()]+|^\d[^\d]|是否|有/无|是/否`)
)

// parse takes a header word apart.
func parse(raw string) phrase {
	s := fold(raw)
	p := phrase{}
	for {
		m := numbering.FindString(s)
		if m == "" {
			break
		}
		// a number with a point takes one more character to look ahead
		if m[0] >= '0' && m[0] <= '9' {
			cut := strings.IndexAny(m, ".、")
			_, size := utf8.DecodeRuneInString(m[cut:])
			m = m[:cut+size]
		}
		s = s[len(m):]
	}
	s = strings.TrimRight(s, ":*★☆▲※")
	for _, mark := range []string{"其中:", "其中,", "其中"} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			s, p.part = rest, true
			break
		}
	}
	var b, all strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '(')
		if open < 0 {
			b.WriteString(s)
			all.WriteString(s)
			break
		}
		b.WriteString(s[:open])
		all.WriteString(s[:open])
		end := strings.IndexByte(s[open:], ')')
		if end < 0 {
			end = len(s) - open
		}
		if inner := s[open+1 : open+end]; p.bracket(inner) {
			all.WriteString(inner)
		}
		s = s[min(open+end+1, len(s)):]
	}
	p.raw = b.String()
	p.text, p.joined = plain(p.raw), plain(all.String())
	if p.unit == "" {
		p.tail()
	}
	return p
}

// tail takes a unit that stands behind a word without brackets: 建筑面积㎡.
func (p *phrase) tail() {
	for _, u := range []string{"㎡", "m²", "m2", "平方米", "万元", "元/月", "元"} {
		cut := plain(u)
		if rest, ok := strings.CutSuffix(p.text, cut); ok && p.text == p.joined && len(rest) >= 2*len("字") && !strings.HasSuffix(rest, "单") && !strings.HasSuffix(rest, "公") {
			p.unit, p.text, p.joined = u, rest, rest
			return
		}
	}
}

// plain drops the signs between words.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/、-:"“”'.,·|\_*★☆△▲※#`, r) {
			return -1
		}
		return r
	}, s)
}

// bracket sorts what stood in brackets; it tells whether that is a part of the
// name.
func (p *phrase) bracket(s string) bool {
	if s == "" {
		return false
	}
	p.hints = append(p.hints, s)
	if u := unitOf(s); u != "" {
		p.unit = u
		return false
	}
	if idle.MatchString(s) || options.MatchString(s) {
		return false
	}
	p.inside = append(p.inside, s)
	return true
}

// units are the units that stand in brackets behind a header.
var units = set("元 万元 亿元 千元 百元 元/月 元/人 元/人月 元/年 元/人/月 元/月人 元/户 元/户月 元/月/户 万元/年 元/平方米 ㎡ m² m2 平方米 平米 平方 km² km2 平方公里 平方千米 亩 公顷 人 户 个 栋 幢 套 间 家 层 部 台 辆 次 名 处 件 天 日 小时 时 h 周岁 岁 % 百分比 百分点 年 月 米 m cm 厘米 公里 座 所 条 片 场 期 份 吨 公斤 人次 户次 座位 平方/人 ㎡/人 平方米/人 人/户 万人 万户 台/部 部/台 套/户 户/人 栋/幢 幢/栋 套/间 间/套 元/人·月 元/户·月 元/月·人 元/月·户 元/年·人 元/㎡ 元/平方米·月 元/㎡·月 人/次 亩/人 万元/亩 kw kg 公斤/亩")

// set is a set of words that are written with spaces between them.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

func unitOf(s string) string {
	s = strings.TrimPrefix(s, "单位:")
	if units[s] {
		return s
	}
	return ""
}
