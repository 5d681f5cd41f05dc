package office

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// How a name was matched to units.
type How string

const (
	None    How = ""        // not matched: somebody has to settle it
	Exact   How = "exact"   // the unit's own name or short form
	Settled How = "settled" // somebody settled it before
	Form    How = "form"    // the same name in another form: 党政办 for 党政办公室
	Group   How = "group"   // 各社区: every unit of a kind
	Guess   How = "guess"   // the only unit that it can be short for; to be looked at
)

// A Match is the units that a name stands for.
type Match struct {
	Units []string
	How   How
}

// A Resolver finds the units of an office by the names that notices use.
type Resolver struct {
	units   []Unit
	exact   map[string][]string
	settled map[string][]string
	form    map[string][]string
	forms   []formed
	own     []string // names of the office's places, which notices put in front or leave out
}

type formed struct {
	unit string
	form []rune
}

// NewResolver prepares the names of units. Places are the office's own and
// those above it; aliases map a name as settled to unit ids.
func NewResolver(units []Unit, places []Place, aliases map[string][]string) *Resolver {
	r := &Resolver{
		units:   units,
		exact:   make(map[string][]string),
		settled: make(map[string][]string),
		form:    make(map[string][]string),
	}
	for _, p := range places {
		r.own = append(r.own, fold(p.Name))
	}
	// The longest first, so that 青石街道 goes before 青石.
	slices.SortFunc(r.own, func(a, b string) int { return len(b) - len(a) })
	for _, u := range units {
		for _, name := range append([]string{u.Name, u.Short}, u.Aliases...) {
			if name == "" {
				continue
			}
			add(r.exact, fold(name), u.ID)
			f := r.formOf(name)
			add(r.form, f, u.ID)
			r.forms = append(r.forms, formed{u.ID, []rune(f)})
		}
	}
	for name, ids := range aliases {
		r.settled[fold(name)] = ids
	}
	return r
}

func add(m map[string][]string, key, id string) {
	if key != "" && !slices.Contains(m[key], id) {
		m[key] = append(m[key], id)
	}
}

// Resolve matches one name. A name that fits several units is not matched:
// choosing is a person's job.
func (r *Resolver) Resolve(name string) Match {
	key := fold(name)
	if key == "" {
		return Match{}
	}
	if ids := r.settled[key]; len(ids) > 0 {
		return Match{ids, Settled}
	}
	if ids := r.exact[key]; len(ids) == 1 {
		return Match{ids, Exact}
	}
	if ids := r.group(key); len(ids) > 0 {
		return Match{ids, Group}
	}
	f := r.formOf(name)
	if ids := r.form[f]; len(ids) == 1 {
		return Match{ids, Form}
	}
	if id := r.guess(f); id != "" {
		return Match{[]string{id}, Guess}
	}
	return Match{}
}

// groups are the words that stand for every unit of a kind.
var groups = []struct {
	word  string
	kinds []Kind
}{
	{"社区", []Kind{Community}}, {"居委会", []Kind{Community}}, {"居民委员会", []Kind{Community}}, {"居委", []Kind{Community}},
	{"村(社区)", []Kind{Village, Community}}, {"社区(村)", []Kind{Village, Community}}, {"村居", []Kind{Village, Community}},
	{"村(居)", []Kind{Village, Community}}, {"村(居)委会", []Kind{Village, Community}}, {"居(村)", []Kind{Village, Community}},
	{"居(村)委会", []Kind{Village, Community}}, {"村、社区", []Kind{Village, Community}}, {"社区、村", []Kind{Village, Community}},
	{"村", []Kind{Village}}, {"村委会", []Kind{Village}}, {"行政村", []Kind{Village}},
	{"网格", []Kind{Grid}}, {"科室", []Kind{Section}}, {"内设机构", []Kind{Section}}, {"办公室", []Kind{Section}}, {"办", []Kind{Section}},
	{"站所", []Kind{Station}}, {"中心", []Kind{Station}}, {"站", []Kind{Station}}, {"所", []Kind{Station}},
	{"科室、站所", []Kind{Section, Station}}, {"办、中心", []Kind{Section, Station}}, {"科室、中心", []Kind{Section, Station}},
	{"办公室、中心", []Kind{Section, Station}}, {"科室站所", []Kind{Section, Station}}, {"部门", []Kind{Section, Station}},
	{"科室、社区", []Kind{Section, Community}}, {"社区、科室", []Kind{Section, Community}},
	{"部门、社区", []Kind{Section, Station, Community}}, {"社区、部门", []Kind{Section, Station, Community}},
}

// offices are the words by which a notice from above means the offices of its
// streets and towns: to the office that it reaches, itself.
var offices = []string{
	"街道", "街道办", "街道办事处", "镇", "乡", "乡镇", "镇街", "街镇", "镇(街道)", "街道(镇)", "街道、镇", "镇、街道", "乡镇(街道)", "街道(乡镇)",
	"乡镇街道", "乡镇、街道", "乡(镇)", "镇(乡)", "镇乡(街道)", "乡(镇、街道)", "街道、乡镇", "镇人民政府", "乡镇人民政府", "镇政府", "乡镇政府",
	"乡镇人民政府(街道办事处)", "街道办事处、镇人民政府", "镇人民政府、街道办事处", "乡镇人民政府、街道办事处", "镇(街)", "街道(镇、乡)",
}

// group finds every unit of a kind for '各社区', '全部社区', '辖区各社区', '6个社区'.
// A group that is limited ('各有关社区') is not matched: who is meant is for a
// person to say.
func (r *Resolver) group(key string) []string {
	key = r.trimOwn(key)
	if slices.Contains(offices, strings.TrimPrefix(key, "各")) {
		return r.kind(Office)
	}
	for _, p := range []string{"辖区内", "辖区", "辖内", "街道", "全街道", "镇", "机关", "所有", "全部", "全体"} {
		key = strings.TrimPrefix(key, p)
	}
	word := key
	switch {
	case strings.HasPrefix(key, "各"):
		word = strings.TrimPrefix(key, "各")
		word = strings.TrimPrefix(word, "个")
	default:
		n := strings.TrimLeftFunc(key, func(c rune) bool { return strings.ContainsRune("0123456789一二三四五六七八九十百两", c) })
		if n == key || !strings.HasPrefix(n, "个") {
			return nil
		}
		word = strings.TrimPrefix(n, "个")
	}
	for _, g := range groups {
		if g.word != word {
			continue
		}
		return r.kind(g.kinds...)
	}
	return nil
}

// kind returns the units of some kinds.
func (r *Resolver) kind(kinds ...Kind) []string {
	var ids []string
	for _, u := range r.units {
		if slices.Contains(kinds, u.Kind) {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

// fold brings a name to one spelling: half-width, no spaces, one kind of
// bracket.
func fold(s string) string {
	s = width.Fold.String(s)
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c), c == '“', c == '”', c == '"':
			return -1
		case c == '〔', c == '[', c == '【':
			return '('
		case c == '〕', c == ']', c == '】':
			return ')'
		}
		return c
	}, s)
}

// trimOwn takes the names of the office's own places from the front.
func (r *Resolver) trimOwn(s string) string {
	for _, own := range r.own {
		if rest := strings.TrimPrefix(s, own); rest != s && rest != "" {
			return r.trimOwn(rest)
		}
	}
	return s
}

// longForms are the endings that notices shorten.
var longForms = []struct{ long, short string }{
	{"居民委员会", ""}, {"村民委员会", ""}, {"社区居委会", "社区"}, {"居委会", ""}, {"村委会", ""},
	{"党政办公室", "党政办"}, {"办公室", "办"}, {"委员会", "委"}, {"服务中心", "中心"}, {"管理局", "局"},
	{"工作站", "站"}, {"分局", "局"}, {"服务站", "站"},
}

// formOf strips what notices leave out or put in: the office's own name, the
// word for its level, and long endings.
func (r *Resolver) formOf(name string) string {
	s := r.trimOwn(fold(name))
	for _, p := range []string{"街道办事处", "街道", "镇人民政府", "镇", "乡", "县", "区", "市"} {
		if rest := strings.TrimPrefix(s, p); rest != s && utf8.RuneCountInString(rest) >= 2 {
			s = rest
			break
		}
	}
	for _, f := range longForms {
		if rest, ok := strings.CutSuffix(s, f.long); ok && rest != "" {
			s = rest + f.short
			break
		}
	}
	return s
}

// guess finds the only unit of whose name f is a shortening: all its
// characters occur there in order, beginning with the same one and ending with
// the same one, as in 市监所 for 市场监督管理所.
func (r *Resolver) guess(f string) string {
	short := []rune(f)
	if len(short) < 2 || strings.HasPrefix(f, "各") {
		return ""
	}
	found := ""
	for _, u := range r.forms {
		if len(u.form) == 0 || u.form[0] != short[0] || u.form[len(u.form)-1] != short[len(short)-1] || !subsequence(short, u.form) {
			continue
		}
		if found != "" && found != u.unit {
			return ""
		}
		found = u.unit
	}
	return found
}

func subsequence(short, long []rune) bool {
	i := 0
	for _, c := range long {
		if i < len(short) && short[i] == c {
			i++
		}
	}
	return i == len(short)
}
