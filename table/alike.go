package table

import "strings"

// Headers say one thing in many ways: 检验有效期截止时间 and 检验有效期至,
// 企业人数 and 单位人数. A word is brought to one form by putting one of such
// words for all of them; a header whose form is that of a name asks for the
// same element.

// alike lists words that may stand for each other, the first of each line for
// all, and where in a word they may: anywhere, or at its end alone.
var alikeAnywhere, alikeAtEnd = readAlike()

// An exchange puts one word for others.
type exchange struct{ to, from string }

func readAlike() (anywhere, atEnd []exchange) {
	for line := range lexiconLines("alike.tsv") {
		where, words, _ := strings.Cut(line, "\t")
		list := strings.Fields(words)
		for _, from := range list[1:] {
			e := exchange{list[0], from}
			if e.to == "-" {
				e.to = ""
			}
			if where == "end" {
				atEnd = append(atEnd, e)
			} else {
				anywhere = append(anywhere, e)
			}
		}
	}
	return anywhere, atEnd
}

// alikeForm is the form that a word shares with those that say the same; ""
// where too little is left of it.
func alikeForm(w string) string {
	const longest = 60 // bytes; no header word is longer
	if len(w) > longest {
		return ""
	}
	for _, e := range alikeAnywhere {
		w = strings.ReplaceAll(w, e.from, e.to)
	}
	for _, e := range alikeAtEnd {
		if rest, ok := strings.CutSuffix(w, e.from); ok && rest != "" {
			w = rest + e.to
			break
		}
	}
	if len(w) < len("两字") {
		return ""
	}
	return w
}
