package notice

import (
	"strconv"
	"strings"
)

// symbolText is the character that w:sym prints (17.3.3.30). Symbol fonts have
// their signs in the private use area; the boxes and ticks of forms are told
// apart, others are left out.
func symbolText(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n < 0x20 || n > 0x10ffff {
		return ""
	}
	return symbolRune(font, rune(n))
}

func symbolRune(font string, n rune) string {
	if n < 0xf000 || n > 0xf0ff {
		return string(n)
	}
	signs := wingdings
	switch strings.ToLower(font) {
	case "wingdings":
	case "wingdings 2":
		signs = wingdings2
	case "symbol":
		signs = symbolFont
	default:
		return ""
	}
	if r, ok := signs[byte(n)]; ok {
		return string(r)
	}
	return ""
}

var (
	wingdings = map[byte]rune{
		0x6c: '●', 0x6e: '■', 0x6f: '□', 0x71: '□', 0x75: '◆', 0xa1: '○', 0xa7: '▪', 0xa8: '□',
		0xd8: '➢', 0xe0: '→', 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑',
	}
	wingdings2 = map[byte]rune{
		0x4f: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xa3: '□',
	}
	symbolFont = map[byte]rune{
		0xa3: '≤', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×', 0xb7: '•', 0xb8: '÷', 0xb9: '≠', 0xbb: '≈',
	}
)

// hasSymbols tells whether text has a character of a symbol font, U+F000 to
// U+F0FF: old files write them as plain text.
func hasSymbols(text []byte) bool {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == 0xef && text[i+1] >= 0x80 && text[i+1] <= 0x83 {
			return true
		}
	}
	return false
}

func withoutSymbols(text []byte, font string) string {
	var b strings.Builder
	for _, r := range string(text) {
		b.WriteString(symbolRune(font, r))
	}
	return b.String()
}
