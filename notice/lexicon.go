package notice

import (
	"embed"
	"slices"
	"strings"
)

// The words that the rules go by are data: one file for each class of words,
// folded like prose.
//
//go:embed lexicon/*.txt
var lexiconFiles embed.FS

var (
	verbs      = readLexicon("verbs")
	predicates = readLexicon("predicates")
	nameTails  = readLexicon("name_tails")
	unitHeads  = readLexicon("unit_heads")
	notUnits   = readLexicon("not_units")
	softVerbs  = readLexicon("soft_verbs")
	measures   = readLexicon("measures")
	achieve    = readLexicon("achieve")
	topics     = readTable("topics")
	columns    = readTable("columns")
)

// A lexicon finds its words at the beginning or at the end of a text.
type lexicon struct {
	byFirst map[rune][][]rune // longest first
	byLast  map[rune][][]rune
	words   map[string]bool
}

func newLexicon(words []string) lexicon {
	l := lexicon{map[rune][][]rune{}, map[rune][][]rune{}, map[string]bool{}}
	for _, w := range words {
		if l.words[w] {
			continue
		}
		l.words[w] = true
		rs := []rune(w)
		l.byFirst[rs[0]] = append(l.byFirst[rs[0]], rs)
		l.byLast[rs[len(rs)-1]] = append(l.byLast[rs[len(rs)-1]], rs)
	}
	for _, index := range []map[rune][][]rune{l.byFirst, l.byLast} {
		for _, list := range index {
			slices.SortStableFunc(list, func(a, b []rune) int { return len(b) - len(a) })
		}
	}
	return l
}

// prefix is the length of the longest word that rs begins with.
func (l lexicon) prefix(rs []rune) int {
	if len(rs) == 0 {
		return 0
	}
	for _, w := range l.byFirst[rs[0]] {
		if len(w) <= len(rs) && slices.Equal(w, rs[:len(w)]) {
			return len(w)
		}
	}
	return 0
}

// suffix is the length of the longest word that rs ends with.
func (l lexicon) suffix(rs []rune) int {
	if len(rs) == 0 {
		return 0
	}
	for _, w := range l.byLast[rs[len(rs)-1]] {
		if len(w) <= len(rs) && slices.Equal(w, rs[len(rs)-len(w):]) {
			return len(w)
		}
	}
	return 0
}

func (l lexicon) has(rs []rune) bool { return l.words[string(rs)] }

func readLexicon(name string) lexicon {
	var words []string
	for line := range lexiconLines(name) {
		words = append(words, strings.Fields(line)...)
	}
	return newLexicon(words)
}

// readTable reads lines of a kind and a word into a map from word to kind.
func readTable(name string) map[string]string {
	kinds := map[string]string{}
	for line := range lexiconLines(name) {
		kind, word, _ := strings.Cut(line, " ")
		kinds[word] = kind
	}
	return kinds
}

func lexiconLines(name string) func(func(string) bool) {
	data, err := lexiconFiles.ReadFile("lexicon/" + name + ".txt")
	if err != nil {
		panic(err) // the file is part of the program
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}
