package subject

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"gewu/internal/seal"
	"gewu/internal/store"
)

// surnames are characters that are read otherwise in a surname than elsewhere.
var surnames = map[rune]string{
	'曾': "zeng", '仇': "qiu", '单': "shan", '解': "xie", '查': "zha", '区': "ou", '朴': "piao", '翟': "zhai", '盖': "ge", '缪': "miao",
	'覃': "qin", '种': "chong", '召': "shao", '乐': "yue", '员': "yun", '重': "chong", '逄': "pang", '佴': "nai", '繁': "po", '冼': "xian",
	'卜': "bu", '长': "zhang", '尉': "yu", '万': "wan", '尹': "yin", '郇': "xun", '谌': "chen", '晁': "chao", '宓': "mi", '芮': "rui", '不': "fou",
	'任': "ren", '纪': "ji", '贾': "jia", '华': "hua", '宁': "ning", '柏': "bai", '应': "ying", '车': "che", '薄': "bo", '石': "shi", '隗': "wei",
}

// also are the first letters by which characters of given names are read as
// well. Readings that nobody uses in a name are left out: they would find
// others than who is meant.
var also = map[rune]string{
	'乐': "ly", '行': "xh", '长': "cz", '重': "zc", '朝': "cz", '茜': "qx", '晟': "sc", '莘': "xs", '盛': "sc", '传': "cz", '炅': "jg", '筠': "yj",
	'单': "ds", '曾': "cz", '予': "y", '兴': "x", '尧': "y", '卓': "z", '祎': "y", '瞿': "q", '濯': "z",
}

var syllables = pinyin.NewArgs()

// syllable is how a character is read, "" where nobody knows.
func syllable(c rune, surname bool) string {
	if s, ok := surnames[c]; surname && ok {
		return s
	}
	if s, ok := readings.Load(c); ok {
		return s.(string)
	}
	read := ""
	if all := pinyin.SinglePinyin(c, syllables); len(all) > 0 {
		read = all[0]
	}
	readings.Store(c, read)
	return read
}

// readings keeps how characters are read, for the library works it out anew each
// time; there are some twenty thousand.
var readings sync.Map

// initials returns the ways in which the first letters of a name's syllables
// may be written, the likeliest first; at most eight.
func initials(name string) []string { return letters(name, true) }

// letters is initials of a name, or of what follows its surname.
func letters(name string, surname bool) []string {
	out := []string{""}
	for i, c := range []rune(name) {
		surname := surname && i == 0
		ways := ""
		switch {
		case c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			ways = string(unicode.ToLower(c))
		case unicode.Is(unicode.Han, c):
			if s := syllable(c, surname); s != "" {
				ways = s[:1]
			}
			for _, l := range also[c] {
				if !surname && !strings.ContainsRune(ways, l) {
					ways += string(l)
				}
			}
		}
		if ways == "" {
			continue
		}
		var next []string
		for _, w := range ways {
			for _, before := range out {
				if len(next) < 8 {
					next = append(next, before+string(w))
				}
			}
		}
		out = next
	}
	return out
}

// spelled is a name written out by its syllables, as far as it is needed to
// find it.
func spelled(name string) string {
	var b strings.Builder
	for i, c := range []rune(name) {
		if unicode.Is(unicode.Han, c) {
			b.WriteString(syllable(c, i == 0))
		} else if c < 0x80 && unicode.IsLetter(c) {
			b.WriteRune(unicode.ToLower(c))
		}
		if b.Len() > 24 {
			break
		}
	}
	return b.String()
}

var digits = regexp.MustCompile(`\d+`)

// sortKey orders people and organisations by how they are read, those of one
// surname together, and whatever is numbered as people count: 2 before 10.
func sortKey(kind Kind, name string) string {
	if kind == Person || kind == Household || kind == Organisation {
		first, n := utf8.DecodeRuneInString(name)
		if name == "" || first == utf8.RuneError {
			return name
		}
		return cmp.Or(syllable(first, true), string(first)) + " " + name[:n] + letters(name[n:], false)[0] + " " + name
	}
	return Order(name)
}

// Order is a text by which what is numbered is ordered as people count: 2 before
// 10.
func Order(name string) string {
	return digits.ReplaceAllStringFunc(name, func(d string) string {
		d = strings.TrimLeft(d, "0")
		return strings.Repeat("0", max(0, 6-len(d))) + d
	})
}

// words are what a subject is found by; home is the address of the dwelling or
// building to which it belongs. Hashes are written in digits of 16, because
// words know no case.
func (r *row) words(all Values, home string, ring *seal.Ring) []string {
	var out []string
	for _, n := range []int{6, 9, 12, 15} {
		if len(r.Place) >= n {
			out = append(out, "p"+r.Place[:n])
		}
	}
	out = append(out, "k"+string(r.Kind))
	if r.Kind == Person || r.Kind == Organisation || r.Kind == Household {
		for _, i := range initials(r.Name) {
			out = append(out, "i"+i)
		}
		if r.Kind != Organisation {
			out = append(out, "y"+spelled(r.Name))
		}
		if c := []rune(r.Name); len(c) > 0 && unicode.Is(unicode.Han, c[0]) {
			out = append(out, string(c[0]))
		}
	}
	out = append(out, runs(r.Name)...)
	out = append(out, runs(cmp.Or(r.Address, home))...)
	if r.Code != "" {
		code := strings.ToLower(plain(r.Code))
		out = append(out, "c"+code)
		if _, n := utf8.DecodeRuneInString(code); r.Kind == Vehicle && n > 1 {
			out = append(out, "c"+code[n:]) // few write the province
		}
	}
	for _, t := range strings.Split(strings.Trim(r.Tags, ","), ",") {
		if t != "" {
			out = append(out, "n"+t)
		}
	}
	for e, v := range all {
		if numbers[e] {
			out = append(out, whole(ring, v))
			if len(v) > 4 {
				out = append(out, tail(ring, v[len(v)-4:]))
			}
		}
	}
	seen := make(map[string]bool, len(out))
	kept := out[:0]
	for _, w := range out {
		if !seen[w] {
			seen[w] = true
			kept = append(kept, w)
		}
	}
	return kept
}

// numbers are the elements by whose last four digits people are looked up.
var numbers = map[string]bool{
	"person.id_number": true, "person.phone": true, "dwelling.owner_phone": true, "dwelling.owner_id_number": true,
	"organisation.contact_phone": true, "organisation.principal_phone": true, "organisation.legal_representative_phone": true,
	"vehicle.owner_phone": true,
}

func whole(ring *seal.Ring, v string) string {
	return fmt.Sprintf("h%x", ring.Hash("whole", strings.ToUpper(v)))
}
func tail(ring *seal.Ring, v string) string {
	return fmt.Sprintf("t%x", ring.Hash("tail", strings.ToUpper(v))[:8])
}

// plain drops what separates the parts of a code.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// runs cuts a text into pairs of Chinese characters, numbers and words.
func runs(text string) []string {
	var out []string
	var run []rune
	sort := 0 // 1 Chinese, 2 digits, 3 letters
	flush := func() {
		switch {
		case sort == 1 && len(run) == 1:
			out = append(out, "s"+string(run))
		case sort == 1:
			for i := 0; i+1 < len(run); i++ {
				out = append(out, string(run[i:i+2]))
			}
		case sort == 2:
			out = append(out, "d"+string(run))
		case sort == 3:
			out = append(out, "w"+strings.ToLower(string(run)))
		}
		run, sort = run[:0], 0
	}
	for _, c := range text {
		s := 0
		switch {
		case unicode.Is(unicode.Han, c):
			s = 1
		case c >= '0' && c <= '9':
			s = 2
		case c < 0x80 && unicode.IsLetter(c):
			s = 3
		}
		if s != sort {
			flush()
		}
		if sort = s; s != 0 {
			run = append(run, c)
		}
	}
	flush()
	return out
}

var (
	ends  = regexp.MustCompile(`^\d{3}[0-9Xx]$`)
	long  = regexp.MustCompile(`^(\d{11}|\d{14}[0-9Xx]|\d{17}[0-9Xx])$`)
	latin = regexp.MustCompile(`^[A-Za-z]+$`)
	codes = regexp.MustCompile(`^[0-9A-Za-z]{5,20}$`)
	plate = regexp.MustCompile(`^\p{Han}[A-Za-z][0-9A-Za-z]{4,6}\p{Han}?$`)
)

// groups turns one typed word into what it may mean: each group must be met by
// one of its words.
func groups(typed string, ring *seal.Ring) [][]store.Word {
	one := func(ws ...store.Word) [][]store.Word { return [][]store.Word{ws} }
	switch {
	case plate.MatchString(typed):
		return one(store.Word{Text: "c" + strings.ToLower(typed)})
	case ends.MatchString(typed):
		return one(store.Word{Text: tail(ring, typed)}, store.Word{Text: "d" + typed}, store.Word{Text: "c" + strings.ToLower(typed)})
	case long.MatchString(typed):
		return one(store.Word{Text: whole(ring, typed)}, store.Word{Text: "c" + strings.ToLower(typed)})
	case latin.MatchString(typed) && len(typed) <= 24:
		typed = strings.ToLower(typed)
		return one(store.Word{Text: "i" + typed, Prefix: true}, store.Word{Text: "y" + typed, Prefix: true}, store.Word{Text: "w" + typed})
	case codes.MatchString(typed):
		return one(store.Word{Text: "c" + strings.ToLower(typed), Prefix: true}, store.Word{Text: "d" + typed})
	}
	var out [][]store.Word
	if c := []rune(typed); len(c) == 1 && unicode.Is(unicode.Han, c[0]) {
		return one(store.Word{Text: typed}, store.Word{Text: "s" + typed})
	}
	parts := runs(typed)
	for i, w := range parts {
		c := strings.TrimPrefix(w, "s")
		switch {
		case c == w || len(parts) == 1:
			out = append(out, []store.Word{{Text: w}})
		case i > 0: // 号 of 31号: what follows it need not have been typed
			out = append(out, []store.Word{{Text: w}, {Text: c, Prefix: true}})
		}
		// One that stands first may follow another that was not typed: the rest
		// finds it.
	}
	return out
}
