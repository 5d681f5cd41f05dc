package notice

import (
	"strconv"
	"strings"
)

// formatNumber prints n in a format of ST_NumberFormat (ECMA-376-1 17.18.59).
// Where a format has no sign for n, and in formats of other languages, Word
// prints decimal.
func formatNumber(n int, format string) string {
	if custom, ok := strings.CutPrefix(format, "custom:"); ok {
		first, _, _ := strings.Cut(custom, ",")
		return zeroPadded(n, min(len(strings.TrimSpace(first)), 10)) // "001, 002, 003, ..."
	}
	switch format {
	case "none", "bullet":
		return ""
	case "chineseCountingThousand", "taiwaneseCountingThousand":
		return counted(n, "零一二三四五六七八九", "十百千", "万")
	case "japaneseCounting":
		return countedPlain(n)
	case "chineseCounting", "taiwaneseCounting":
		if n < 100 {
			return counted(n, "零一二三四五六七八九", "十百千", "万")
		}
		return digits(n, "○一二三四五六七八九")
	case "ideographDigital", "japaneseDigitalTenThousand":
		return digits(n, "〇一二三四五六七八九")
	case "taiwaneseDigital":
		return digits(n, "○一二三四五六七八九")
	case "chineseLegalSimplified":
		return counted(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
	case "ideographLegalTraditional":
		return counted(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
	case "ideographTraditional":
		return oneOf(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return oneOf(n, "子丑寅卯辰巳午未申酉戌亥")
	case "ideographEnclosedCircle":
		return oneOf(n, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return oneOf(n, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
	case "decimalEnclosedFullstop":
		return oneOf(n, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛")
	case "decimalEnclosedParen":
		return oneOf(n, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇")
	case "decimalFullWidth", "decimalFullWidth2":
		return digits(n, "０１２３４５６７８９")
	case "decimalZero":
		return zeroPadded(n, 2)
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	}
	return strconv.Itoa(n)
}

// oneOf takes the nth sign of a row of signs.
func oneOf(n int, signs string) string {
	if row := []rune(signs); n >= 1 && n <= len(row) {
		return string(row[n-1])
	}
	return strconv.Itoa(n)
}

// digits writes n with other digits, place by place.
func digits(n int, signs string) string {
	row := []rune(signs)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return row[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

// counted writes n as it is spoken: 一百零五, 十二, 一万零三十.
func counted(n int, signs, units, myriad string) string {
	if n < 0 || n >= 100_000_000 {
		return strconv.Itoa(n)
	}
	sign, unit := []rune(signs), []rune(units)
	if n == 0 {
		return string(sign[0])
	}
	var b strings.Builder
	group := func(n int, gap bool) {
		for i, place := range []int{1000, 100, 10, 1} {
			digit := n / place % 10
			if digit == 0 {
				gap = gap || b.Len() > 0
				continue
			}
			if gap && b.Len() > 0 {
				b.WriteRune(sign[0])
			}
			gap = false
			// 十二, not 一十二; in capitals 壹拾贰.
			if place != 10 || digit != 1 || b.Len() > 0 || sign[1] != '一' {
				b.WriteRune(sign[digit])
			}
			if i < 3 {
				b.WriteRune(unit[2-i])
			}
		}
	}
	if n >= 10_000 {
		group(n/10_000, false)
		b.WriteString(myriad)
	}
	group(n%10_000, false)
	return b.String()
}

// countedPlain writes n the Japanese way, without 零 and without 一 before a
// unit: 百五, 千二百.
func countedPlain(n int) string {
	if n <= 0 || n >= 10_000 {
		return digits(n, "〇一二三四五六七八九")
	}
	var b strings.Builder
	for i, place := range []int{1000, 100, 10, 1} {
		digit := n / place % 10
		if digit == 0 {
			continue
		}
		if digit > 1 || place == 1 {
			b.WriteRune([]rune("一二三四五六七八九")[digit-1])
		}
		if i < 3 {
			b.WriteRune([]rune("千百十")[i])
		}
	}
	return b.String()
}

func zeroPadded(n, width int) string {
	s := strconv.Itoa(n)
	if n < 0 || len(s) >= width {
		return s
	}
	return strings.Repeat("0", width-len(s)) + s
}

// letters writes A … Z, AA, BB … ZZ, AAA (not AB as a spreadsheet does).
func letters(n int, first byte) string {
	if n < 1 || n > 780 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+byte((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 4999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}
