package subject

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"gewu/internal/seal"
	"gewu/internal/store"
)

// surnames are characters that are read otherwise in a surname than elsewhere.
var surnames = map[rune]byte{
	'曾': 'z', '仇': 'q', '单': 's', '解': 'x', '查': 'z', '区': 'o', '朴': 'p', '翟': 'z', '盖': 'g', '缪': 'm',
	'覃': 'q', '种': 'c', '召': 's', '乐': 'y', '员': 'y', '重': 'c', '逄': 'p', '佴': 'n', '繁': 'p', '冼': 'x',
	'卜': 'b', '长': 'z', '尉': 'y', '万': 'w', '尹': 'y', '郇': 'x', '谌': 'c', '晁': 'c', '宓': 'm', '芮': 'r', '不': 'f',
}

var letters = func() pinyin.Args {
	a := pinyin.NewArgs()
	a.Style, a.Heteronym = pinyin.FirstLetter, true
	return a
}()

// initials returns the ways in which the first letters of a name's syllables
// may be written, the likeliest first; at most eight.
func initials(name string) []string {
	out := []string{""}
	for i, c := range []rune(name) {
		var ways []byte
		switch {
		case c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			ways = []byte{byte(unicode.ToLower(c))}
		case unicode.Is(unicode.Han, c):
			if s, ok := surnames[c]; i == 0 && ok {
				ways = []byte{s}
			}
			for _, p := range pinyin.SinglePinyin(c, letters) {
				if p != "" && !strings.Contains(string(ways), p[:1]) {
					ways = append(ways, p[0])
				}
			}
		}
		if len(ways) == 0 {
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

var digits = regexp.MustCompile(`\d+`)

// sortKey orders people and organisations by initials and name, and whatever
// is numbered as people count: 2 before 10.
func sortKey(kind Kind, name string) string {
	if kind == Person || kind == Household || kind == Organisation {
		return initials(name)[0] + " " + name
	}
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
		if c := []rune(r.Name); len(c) > 0 && unicode.Is(unicode.Han, c[0]) {
			out = append(out, string(c[0]))
		}
	}
	out = append(out, runs(r.Name)...)
	out = append(out, runs(cmp.Or(r.Address, home))...)
	if r.Code != "" {
		out = append(out, "c"+strings.ToLower(plain(r.Code)))
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
	case latin.MatchString(typed) && len(typed) <= 8:
		return one(store.Word{Text: "i" + strings.ToLower(typed), Prefix: true}, store.Word{Text: "w" + strings.ToLower(typed)})
	case codes.MatchString(typed):
		return one(store.Word{Text: "c" + strings.ToLower(typed), Prefix: true}, store.Word{Text: "d" + typed})
	}
	var out [][]store.Word
	if c := []rune(typed); len(c) == 1 && unicode.Is(unicode.Han, c[0]) {
		return one(store.Word{Text: typed}, store.Word{Text: "s" + typed})
	}
	for _, w := range runs(typed) {
		out = append(out, []store.Word{{Text: w}})
	}
	return out
}
