package notice

import (
	"strconv"
	"strings"
)

// A numeral is a number as written, in Arabic or in Chinese figures.
type numeral struct {
	value   float64
	end     int  // index of the rune behind it
	spelled bool // in Chinese figures
	more    bool // followed by 余 or 多: at least
}

const (
	hanDigits  = "〇一二三四五六七八九"
	maxNumeral = 24 // longest run of characters read as one number
)

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func hanDigit(r rune) int {
	if r == '两' {
		return 2
	}
	if i := strings.IndexRune(hanDigits, r); i >= 0 {
		return i / 3
	}
	return -1
}

func isHanNumeral(r rune) bool {
	return hanDigit(r) >= 0 || r == '十' || r == '百' || r == '千'
}

// readNumeral reads the number that begins at rs[i].
func readNumeral(rs []rune, i int) (n numeral, ok bool) {
	switch {
	case i >= len(rs):
		return n, false
	case isDigit(rs[i]):
		n, ok = readArabic(rs, i)
	case beginsWith(rs[i:], "百分之"):
		n, ok = readNumeral(rs, i+3)
		n.spelled = true
		return n, ok
	case isHanNumeral(rs[i]):
		n.value, n.end, ok = readHan(rs, i)
		n.spelled = true
	}
	if !ok {
		return n, false
	}
	return scale(rs, n), true
}

// scale takes in 万, 亿 and the 余 or 多 before or behind them.
func scale(rs []rune, n numeral) numeral {
	for n.end < len(rs) {
		switch rs[n.end] {
		case '余', '多':
			if n.more {
				return n
			}
			n.more = true
		case '万':
			n.value *= 1e4
		case '亿':
			n.value *= 1e8
		case '千', '百':
			if n.spelled {
				return n
			}
			n.value *= map[rune]float64{'千': 1e3, '百': 1e2}[rs[n.end]]
		default:
			return n
		}
		n.end++
	}
	return n
}

func readArabic(rs []rune, i int) (numeral, bool) {
	var digits strings.Builder
	j := i
	for ; j < len(rs) && j-i < maxNumeral; j++ {
		switch r := rs[j]; {
		case isDigit(r):
			digits.WriteRune(r)
		case r == '.' && j+1 < len(rs) && isDigit(rs[j+1]) && !strings.Contains(digits.String(), "."):
			digits.WriteRune(r)
		case r == ',' && groupOfThree(rs[j+1:]) && j-i <= 3:
		default:
			v, err := strconv.ParseFloat(digits.String(), 64)
			return numeral{value: v, end: j}, err == nil
		}
	}
	v, err := strconv.ParseFloat(digits.String(), 64)
	return numeral{value: v, end: j}, err == nil
}

// groupOfThree tells 1,000 from a list of two numbers.
func groupOfThree(rs []rune) bool {
	return len(rs) >= 3 && isDigit(rs[0]) && isDigit(rs[1]) && isDigit(rs[2]) &&
		(len(rs) == 3 || !isDigit(rs[3]))
}

// readHan reads figures like 三, 十二, 一百二十, 二〇二六.
func readHan(rs []rune, i int) (value float64, end int, ok bool) {
	total, section, digit := 0, 0, -1
	run := 0 // figures in a row: 二〇二六 is written digit by digit
	j := i
	for ; j < len(rs) && j-i < maxNumeral; j++ {
		if d := hanDigit(rs[j]); d >= 0 {
			if run++; run > 1 {
				digit = max(digit, 0)*10 + d
			} else {
				digit = d
			}
			continue
		}
		unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[rs[j]]
		if unit == 0 || run > 1 {
			break
		}
		if digit < 0 {
			digit = 1 // 十二
		}
		section += digit * unit
		digit, run = -1, 0
	}
	total += section + max(digit, 0)
	return float64(total), j, j > i
}
