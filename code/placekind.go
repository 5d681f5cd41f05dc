package code

import "strconv"

// A PlaceKind is what the digits of a street's or a community's code tell about
// the sort of place.
type PlaceKind int

const (
	NoPlaceKind           PlaceKind = iota // another level, or digits without a meaning
	StreetOffice                           // 街道: digits 7–9 001–099
	Town                                   // 镇: 100–199
	Township                               // 乡: 200–399
	LikeTownship                           // 类似乡级, as development zones and farms: 400–599
	ResidentsCommittee                     // 居委会: digits 10–12 001–199
	VillagersCommittee                     // 村委会: 200–399
	LikeResidentCommunity                  // 类似居委会: 400–499
	LikeVillage                            // 类似村委会: 500–599
)

var placeKinds = [...]sentence{
	{"", ""}, {"街道", "street"}, {"镇", "town"}, {"乡", "township"}, {"类似乡级单位", "unit like a township"},
	{"居民委员会", "residents' committee"}, {"村民委员会", "villagers' committee"},
	{"类似居民委员会", "unit like a residents' committee"}, {"类似村民委员会", "unit like a villagers' committee"},
}

// Name is the kind's name, English for "en", else Chinese; "" for NoPlaceKind.
func (k PlaceKind) Name(lang string) string {
	if k < 0 || int(k) >= len(placeKinds) {
		return ""
	}
	if lang == "en" {
		return placeKinds[k].en
	}
	return placeKinds[k].zh
}

// Kind reads the sort of place from the last three digits of a street's code
// (GB/T 10114) or a community's (statistical code). The codes 498 and 598 have
// no meaning of their own here.
func (p Place) Kind() PlaceKind {
	l := p.Level()
	if l != Street && l != Community {
		return NoPlaceKind
	}
	n, err := strconv.Atoi(string(p[len(p)-3:]))
	if err != nil || n < 1 || n > 599 {
		return NoPlaceKind
	}
	if l == Street {
		switch {
		case n < 100:
			return StreetOffice
		case n < 200:
			return Town
		case n < 400:
			return Township
		}
		return LikeTownship
	}
	switch {
	case n < 200:
		return ResidentsCommittee
	case n < 400:
		return VillagersCommittee
	case n < 500:
		return LikeResidentCommunity
	}
	return LikeVillage
}
