package notice

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decodeText turns a text file's bytes into a string with \n line ends. It
// reports false for what is no text in UTF-8, UTF-16 with BOM or GB18030.
func decodeText(data []byte) (string, bool) {
	var s string
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		s = decodeWith(utf16.UTF16(utf16.LittleEndian, utf16.UseBOM), data)
	case bytes.IndexByte(data, 0) >= 0:
		return "", false
	case mostlyUTF8(data):
		s = string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	default:
		s = decodeWith(simplifiedchinese.GB18030, data)
	}
	return cleanText(s)
}

func decodeWith(enc encoding.Encoding, data []byte) string {
	b, _ := enc.NewDecoder().Bytes(data) // what cannot be decoded comes out as U+FFFD
	return string(b)
}

// mostlyUTF8 forgives a file that was cut inside a character or has a few bad
// bytes: GB18030 would read all the rest of it as rubbish, without an error.
func mostlyUTF8(data []byte) bool {
	two, more, bad := 0, 0, 0
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n == 2:
			two++
		case n > 2:
			more++
		}
		rest = rest[n:]
	}
	if bad > 0 {
		return more > 20*bad
	}
	return more > 0 || two == 0 || !likeHanzi(data)
}

// likeHanzi tells whether data, valid as UTF-8 with characters of two bytes
// only, is rather a few words of GB18030, as "通知" is. In UTF-8 no Chinese
// character has two bytes; letters with accents do, but stand in words.
func likeHanzi(data []byte) bool {
	hanzi, inWords := 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		if data[i+1] < 0xa1 { // GB 2312 begins there
			return false
		}
		hanzi++
		if i > 0 && isWordRune(rune(data[i-1])) || i+2 < len(data) && isWordRune(rune(data[i+2])) {
			inWords++
		}
		i++
	}
	return 2*inWords <= hanzi
}

// cleanText makes all line ends \n and drops control characters. Text has few
// of those and few undecodable characters; else it is not text.
func cleanText(s string) (string, bool) {
	bad := 0
	clean := func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\x1a': // end of file, in DOS
			return -1
		case unicode.IsControl(r) || r == utf8.RuneError:
			bad++
			return -1
		}
		return r
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	s = strings.Map(clean, s)
	return s, bad == 0 || bad <= len(s)/200+1 && len(s) >= 16
}
