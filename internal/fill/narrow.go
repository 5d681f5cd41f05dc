package fill

import (
	"slices"
	"strings"

	"gewu/internal/subject"
)

// narrowings are what titles say of the subjects that are wanted: the words in
// a title, and what a subject must be. A title that names two narrows nothing.
var narrowings = []struct {
	only  string
	words []string
	holds func(x subject.Facts) bool
}{
	{"rented", []string{"出租房", "出租屋", "租赁房", "租住房"}, func(x subject.Facts) bool {
		return x.Kind != subject.Dwelling || x.Values["dwelling.occupancy"] == subject.Let
	}},
	{"vacant", []string{"空置房", "空置住房", "空关房"}, func(x subject.Facts) bool {
		return x.Kind != subject.Dwelling || x.Values["dwelling.occupancy"] == subject.Vacant
	}},
	{"alone", []string{"独居"}, func(x subject.Facts) bool { return x.Kind != subject.Person || x.Values["person.lives_alone"] == "1" }},
	{"disabled", []string{"残疾人"}, func(x subject.Facts) bool {
		return x.Kind != subject.Person || x.Values["person.disability_card_number"] != ""
	}},
	{"aid", []string{"低保", "救助对象", "低收入", "特困"}, func(x subject.Facts) bool {
		return x.Kind != subject.Person && x.Kind != subject.Household || x.Values["household.aid_kind"] != ""
	}},
	{"enterprise", []string{"企业"}, func(x subject.Facts) bool {
		return x.Kind != subject.Organisation || x.Values["organisation.kind"] == "1"
	}},
	{"shop", []string{"个体"}, func(x subject.Facts) bool {
		return x.Kind != subject.Organisation || x.Values["organisation.kind"] == "2"
	}},
	{"registered", []string{"户籍人口", "户籍居民"}, func(x subject.Facts) bool {
		return x.Kind != subject.Person || x.Values["person.residence_kind"] == "1"
	}},
	{"migrant", []string{"流动人口", "外来人口"}, func(x subject.Facts) bool {
		return x.Kind != subject.Person || x.Values["person.residence_kind"] == "3"
	}},
}

func narrowed(title string) string {
	found := ""
	for _, n := range narrowings {
		if slices.ContainsFunc(n.words, func(w string) bool { return strings.Contains(title, w) }) {
			if found != "" {
				return ""
			}
			found = n.only
		}
	}
	return found
}

func meets(only string, x subject.Facts) bool {
	for _, n := range narrowings {
		if n.only == only {
			return n.holds(x)
		}
	}
	return true
}
