package code

import (
	"embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed lists/*.tsv
var listFiles embed.FS

// A List is a code list of a standard. It is read-only and safe for use by many.
type List struct {
	id, zh, en string
	entries    []Entry
	byCode     map[string]int
	byName     map[string]int
	codeLen    int // the longest code
}

// An Entry is one line of a List.
type Entry struct {
	Code   string
	Name   string // Chinese, as the standard has it
	En     string
	Parent string   // code of the wider entry, "" for none
	Others []string // other names and codes that forms use
}

// ID is the standard's number, by which a dictionary refers to the list:
// "GB/T 2261.1".
func (l *List) ID() string { return l.id }

// Title is the list's name, English for "en", else Chinese.
func (l *List) Title(lang string) string {
	if lang == "en" {
		return l.en
	}
	return l.zh
}

// Entries are all entries in the order of the standard.
func (l *List) Entries() []Entry { return slices.Clone(l.entries) }

// ByCode finds an entry by its code as the standard writes it.
func (l *List) ByCode(code string) (Entry, bool) {
	i, ok := l.byCode[code]
	if !ok {
		return Entry{}, false
	}
	return l.entries[i], true
}

// ByName finds an entry by its name or one of the other names, written exactly.
func (l *List) ByName(name string) (Entry, bool) {
	i, ok := l.byName[name]
	if !ok {
		return Entry{}, false
	}
	return l.entries[i], true
}

// Lookup finds an entry by what a form holds: a code, a name, another name, or
// a code and its name together (01汉族, 1-男, 男(1)), in any width and case. It
// is false where the text names no entry or two different ones: unsure is not
// known.
func (l *List) Lookup(s string) (Entry, bool) {
	s = tidy(s)
	if e, ok := l.one(s); ok {
		return e, true
	}
	const between = "-_.,、:()[]<>·"
	for n := min(l.codeLen, len(s)-1); n > 0; n-- {
		if i, ok := l.byCode[s[:n]]; ok && utf8.RuneStart(s[n]) {
			if j, ok := l.byName[strings.Trim(s[n:], between)]; ok && i == j {
				return l.entries[i], true
			}
		}
		if i, ok := l.byCode[strings.Trim(s[len(s)-n:], between)]; ok && utf8.RuneStart(s[len(s)-n]) {
			if j, ok := l.byName[strings.Trim(s[:len(s)-n], between)]; ok && i == j {
				return l.entries[i], true
			}
		}
	}
	if name, code, ok := strings.Cut(strings.TrimSuffix(s, ")"), "("); ok {
		if i, ok := l.byCode[code]; ok {
			if j, ok := l.byName[name]; ok && i == j {
				return l.entries[i], true
			}
		}
	}
	return Entry{}, false
}

func (l *List) one(s string) (Entry, bool) {
	if e, ok := l.ByCode(s); ok {
		return e, true
	}
	return l.ByName(s)
}

// load reads a list's file: code, name, English, parent, other names. A name
// that two entries share finds neither.
func load(file, id, zh, en string) *List {
	l := &List{id: id, zh: zh, en: en, byCode: make(map[string]int), byName: make(map[string]int)}
	text, _ := listFiles.ReadFile("lists/" + file + ".tsv") // embedded; a test reads each
	shared := make(map[string]bool)
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var f [5]string
		copy(f[:], strings.Split(line, "\t"))
		if n == 0 || f[0] == "" {
			continue
		}
		e := Entry{Code: f[0], Name: f[1], En: f[2], Parent: f[3], Others: strings.Fields(f[4])}
		i := len(l.entries)
		l.entries = append(l.entries, e)
		l.byCode[e.Code] = i
		l.codeLen = max(l.codeLen, len(e.Code))
		for _, name := range append([]string{e.Name}, e.Others...) {
			if _, taken := l.byName[tidy(name)]; taken {
				shared[tidy(name)] = true
			}
			l.byName[tidy(name)] = i
		}
	}
	for name := range shared {
		delete(l.byName, name)
	}
	return l
}

// ListOf finds a list by the number of its standard: "GB/T 2261.1". The
// disability kinds and grades both come from GB/T 26341: they are
// "GB/T 26341 kind" and "GB/T 26341 grade".
func ListOf(id string) (*List, bool) {
	for _, l := range Lists() {
		if l.id == id {
			return l, true
		}
	}
	return nil, false
}

// Lists are all lists of this package.
func Lists() []*List {
	return []*List{Sexes, MaritalStatuses, EthnicGroups, EducationLevels, FamilyRelations, FamilyRelationsShort,
		DisabilityKinds, DisabilityGrades, PoliticalStatuses, Provinces, UrbanRural, IndustrySections, SafetyGrades,
		CreditDepartments, CreditKinds}
}
