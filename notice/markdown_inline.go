package notice

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	escaped   = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	imageMark = regexp.MustCompile(`!\[[^\[\]]*\](?:\([^()\s]*(?:\s+"[^"]*")?\)|\[[^\[\]]*\])`)
	linkMark  = regexp.MustCompile(`\[([^\[\]]*)\](?:\([^()\s]*(?:\s+"[^"]*")?\)|\[[^\[\]]*\])`)
	noteMark  = regexp.MustCompile(`\[\^[^\[\]\s]+\]`)
	autoLink  = regexp.MustCompile(`<((?:https?://|mailto:)[^<>\s]+)>`)
	breakTag  = regexp.MustCompile(`(?i)<br\s*/?>`)
	otherTag  = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*\s*/?>`)
)

// inlineText is the text of a line without its marks: emphasis, code, links,
// pictures, tags. An escaped mark is an ordinary character.
func inlineText(s string) string {
	if strings.ContainsAny(s, "\\*_~`[<&\ue07c") {
		s = escaped.ReplaceAllStringFunc(s, func(m string) string { return string(0xe000 + rune(m[1])) })
		if strings.ContainsAny(s, "[<") {
			s = imageMark.ReplaceAllString(s, "")
			s = linkMark.ReplaceAllString(s, "$1")
			s = noteMark.ReplaceAllString(s, "")
			s = autoLink.ReplaceAllString(s, "$1")
			s = breakTag.ReplaceAllString(s, "\n")
			s = otherTag.ReplaceAllString(s, "")
		}
		s = unmark(s, "`", false)
		for _, mark := range []string{"***", "**", "__", "~~"} {
			s = unmark(s, mark, mark == "__")
		}
		s = unmark(s, "*", true)
		s = unmark(s, "_", true)
		s = html.UnescapeString(s)
		s = strings.Map(func(r rune) rune {
			if r > 0xe020 && r < 0xe07f {
				return r - 0xe000
			}
			return r
		}, s)
	}
	s = strings.ReplaceAll(s, "\t", " ")
	return strings.TrimFunc(s, unprinted)
}

// unmark takes out pairs of a mark with text between them. CommonMark looks at
// the punctuation around a mark too, which goes wrong with Chinese text; here a
// mark only has to touch the text that it marks and, with ofWord, not to stand
// inside a word.
func unmark(s, mark string, ofWord bool) string {
	if !strings.Contains(s, mark) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, mark)
		if i < 0 {
			break
		}
		after := s[i+len(mark):]
		n := strings.Index(after, mark)
		if n < 0 {
			break
		}
		if n == 0 || !opens(s[:i], after, ofWord) || !closes(after[:n], after[n+len(mark):], ofWord) {
			b.WriteString(s[:i+len(mark)])
			s = after
			continue
		}
		b.WriteString(s[:i] + after[:n])
		s = after[n+len(mark):]
	}
	b.WriteString(s)
	return b.String()
}

func opens(before, after string, ofWord bool) bool {
	first, _ := utf8.DecodeRuneInString(after)
	last, _ := utf8.DecodeLastRuneInString(before)
	return !unicode.IsSpace(first) && !(ofWord && isWordRune(last))
}

func closes(before, after string, ofWord bool) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return !unicode.IsSpace(last) && !(ofWord && isWordRune(first))
}
