package code

import "strings"

// addressSteps are the marks that end the name of a place, outermost first.
var addressSteps = [...][]string{
	{"特别行政区", "自治区", "省"},
	{"自治州", "地区", "市", "盟"},
	{"自治县", "自治旗", "林区", "新区", "县", "旗", "区", "市"},
	{"街道办事处", "街道", "镇", "乡"},
	{"社区居委会", "居民委员会", "村民委员会", "居委会", "村委会", "社区", "村"},
}

// longestName is the length in characters beyond which a mark is no longer the
// end of the name that began there.
const longestName = 12

// maskAddress shows the leading place names down to the community.
func maskAddress(s string) string {
	rest, shown, town := s, 0, false
	for step, marks := range addressSteps {
		if step == len(addressSteps)-1 && !town {
			break // a 村 that is in no street or town is mostly a compound's name
		}
		if n := placeName(rest, marks, addressSteps[step+1:]); n > 0 {
			shown += n
			rest = rest[n:]
			town = town || step == 3
		}
	}
	return s[:shown] + "****"
}

// placeName is the length of the name at the start of s that ends in one of the
// marks; 0 where what comes first is an inner place, a road, a house or a
// compound.
func placeName(s string, marks []string, inner [][]string) int {
	count := 0
	for i, r := range s {
		if count++; count > longestName {
			return 0
		}
		if n := markAt(s, i, marks); n > 0 && count > 1 {
			if compound(s[:i], s[i:i+n]) {
				return 0
			}
			return i + n
		}
		if addressStop(s[i:], r) {
			return 0
		}
		for _, step := range inner {
			if markAt(s, i, step) > 0 && count > 1 {
				return 0
			}
		}
	}
	return 0
}

// markAt is the length of the mark that stands in s at i; 0 for none.
func markAt(s string, i int, marks []string) int {
	for _, m := range marks {
		if strings.HasPrefix(s[i:], m) && !strings.HasPrefix(s[i:], "市场") {
			return len(m)
		}
	}
	return 0
}

// compound tells 小区, 园区, 新村 and the like, which name homes.
func compound(before, mark string) bool {
	switch mark {
	case "区":
		for _, end := range [...]string{"小", "园", "社", "院", "住宅", "生活", "家属", "住"} {
			if strings.HasSuffix(before, end) {
				return true
			}
		}
	case "村":
		for _, end := range [...]string{"新", "花园", "公寓", "度假"} {
			if strings.HasSuffix(before, end) {
				return true
			}
		}
	}
	return false
}

// addressStop tells the characters at which the part that finds a home begins.
func addressStop(s string, r rune) bool {
	if half(r) < 0x80 || strings.ContainsRune("路巷弄里号幢栋座楼室单组队一二三四五六七八九十〇零", r) {
		return true
	}
	return r == '街' && !strings.HasPrefix(s, "街道") || r == '小' && strings.HasPrefix(s, "小区")
}
