package table

import (
	"embed"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// A Dictionary is what the mapping has to know of data elements.
type Dictionary interface {
	// Names yields each name of each element with the element's id; a name may
	// stand for several elements.
	Names() iter.Seq2[string, string]
	// Type is text, idnumber, creditcode, phone, plate, date, year, age, code,
	// integer, decimal, money, boolean or address, and "" where there is no
	// such element.
	Type(id string) string
}

// The words that the rules go by are data.
//
//go:embed lexicon
var lexiconFiles embed.FS

// A party is somebody whom a column may be about.
type party struct {
	base string // of the ids: dwelling.owner; "" where no element is about it
}

// A vocabulary finds elements, attributes and parties by their words.
type vocabulary struct {
	types   func(string) string
	words   map[string][]string // folded word → ids
	forms   map[string][]string // form that words share → ids, see alike.go
	attrs   map[string]string   // folded word → attribute of a person: the id behind "person."
	parties map[string]*party
	longest int // length of the longest party word in runes
	self    map[string]bool
	neutral map[string]bool
	titles  map[Kind]map[string]int
	narrow  map[string]string // word, or form that words share → the kinds of row in which it is understood
}

func newVocabulary(d Dictionary) *vocabulary {
	v := &vocabulary{
		types: d.Type, words: map[string][]string{}, forms: map[string][]string{}, attrs: map[string]string{}, parties: map[string]*party{},
		self: lexicon("self.txt"), neutral: lexicon("neutral.txt"), titles: map[Kind]map[string]int{}, narrow: map[string]string{},
	}
	for line := range lexiconLines("parties.tsv") {
		base, words, _ := strings.Cut(line, "\t")
		p := &party{strings.TrimPrefix(base, "-")}
		for w := range strings.FieldsSeq(words) {
			v.parties[w] = p
			v.longest = max(v.longest, len([]rune(w)))
		}
	}
	for name, id := range d.Names() {
		p := parse(name)
		for _, w := range []string{p.text, p.joined} {
			if w == "" {
				continue
			}
			if !slices.Contains(v.words[w], id) {
				v.words[w] = append(v.words[w], id)
			}
			if form := alikeForm(w); form != "" && !slices.Contains(v.forms[form], id) {
				v.forms[form] = append(v.forms[form], id)
			}
			if attr, ok := strings.CutPrefix(id, "person."); ok && v.attrs[w] == "" && !v.ofParty(id) {
				v.attrs[w] = attr
			}
		}
	}
	forms := map[string]string{}
	for line := range lexiconLines("narrow.tsv") {
		kinds, words, _ := strings.Cut(line, "\t")
		for w := range strings.FieldsSeq(words) {
			v.narrow[w] = kinds
			if form := alikeForm(w); form != "" {
				forms[form] = kinds
			}
		}
	}
	for form, kinds := range forms {
		if _, ok := v.narrow[form]; !ok {
			v.narrow[form] = kinds
		}
	}
	for line := range lexiconLines("kinds.tsv") {
		kind, rest, _ := strings.Cut(line, "\t")
		word, weight, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(weight)
		if err != nil {
			continue
		}
		if v.titles[Kind(kind)] == nil {
			v.titles[Kind(kind)] = map[string]int{}
		}
		v.titles[Kind(kind)][word] = n
	}
	return v
}

// ofParty tells whether an element is about somebody beside the person.
func (v *vocabulary) ofParty(id string) bool {
	for _, p := range v.parties {
		if p.base != "" && strings.HasPrefix(id, p.base+"_") {
			return true
		}
	}
	return false
}

// lexicon reads a file of words.
func lexicon(name string) map[string]bool {
	words := map[string]bool{}
	for line := range lexiconLines(name) {
		for w := range strings.FieldsSeq(line) {
			words[w] = true
		}
	}
	return words
}

// lexiconLines yields the lines of a file but remarks and blank ones.
func lexiconLines(name string) iter.Seq[string] {
	data, err := lexiconFiles.ReadFile("lexicon/" + name)
	return func(yield func(string) bool) {
		if err != nil {
			return
		}
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// of is the element that asks an attribute of a party, "" where the dictionary
// has none.
func (v *vocabulary) of(p *party, attr string) string {
	if p.base == "" {
		return ""
	}
	id := p.base + "_" + attr
	if v.types(id) != "" {
		return id
	}
	if attr == "name" && v.types(p.base) != "" {
		return p.base
	}
	return ""
}

// idleWords may stand in a header without a meaning of their own.
var idleWords = []string{"详细", "具体", "目前", "当前", "常用", "有效", "填写", "准确", "的", "居民", "登记", "现有", "信息"}

// find looks a word up as it stands, then without its idle words, then by the
// form that it shares with others.
func (v *vocabulary) find(w string) (ids []string, sure float64) {
	if ids = v.words[w]; len(ids) > 0 {
		return ids, 0.96
	}
	for _, idle := range idleWords {
		if strings.Contains(w, idle) {
			if ids = v.words[strings.Replace(w, idle, "", 1)]; len(ids) > 0 {
				return ids, 0.88
			}
		}
	}
	if form := alikeForm(w); form != "" {
		return v.forms[form], 0.84
	}
	return nil, 0
}

// attr is the attribute that a word asks of a person.
func (v *vocabulary) attr(w string) string {
	if a := v.attrs[w]; a != "" {
		return a
	}
	for _, idle := range idleWords {
		if strings.Contains(w, idle) {
			if a := v.attrs[strings.Replace(w, idle, "", 1)]; a != "" {
				return a
			}
		}
	}
	if len(v.words[w]) > 0 {
		return "" // a name of something else
	}
	for _, id := range v.forms[alikeForm(w)] {
		if attr, ok := strings.CutPrefix(id, "person."); ok && !v.ofParty(id) {
			return attr
		}
	}
	return ""
}

// party finds the party that a word begins with, and what is left of the word.
func (v *vocabulary) party(w string) (p *party, rest string) {
	rs := []rune(w)
	for n := min(len(rs), v.longest); n > 0; n-- {
		if p := v.parties[string(rs[:n])]; p != nil {
			return p, strings.TrimPrefix(string(rs[n:]), "的")
		}
	}
	return nil, w
}

// selfWord cuts a word for whom a table of people is about off the front.
func (v *vocabulary) selfWord(w string) (rest string, ok bool) {
	rs := []rune(w)
	for n := min(len(rs), 8); n > 1; n-- {
		if v.self[string(rs[:n])] {
			return strings.TrimPrefix(string(rs[n:]), "的"), true
		}
	}
	return w, false
}
