package code

import "strings"

// A Place is a place code without padding. Its length is its level and a prefix
// of it is an ancestor:
//
//	33              province             GB/T 2260
//	3301            city                 GB/T 2260
//	330106          county, district     GB/T 2260
//	330106003       street, town         GB/T 10114
//	330106003012    community, village   statistical code, 国统字〔2009〕91号
//	330106003012004 grid                 community + 3 digits, CJ/T 213
//
// The zero Place contains all others. Cities without counties (东莞 441900,
// 中山 442000, 儋州 460400) have their streets directly below: 441900003 is in
// 4419, and 441900 is 4419 with padding.
type Place string

// A Level is a step of the tree of places, from 1 for the province.
type Level int

const (
	NoLevel Level = iota // the root, or no place code
	Province
	City
	County
	Street
	Community
	Grid
)

var (
	levelNames = [...]string{"", "province", "city", "county", "street", "community", "grid"}
	levelEnds  = [...]int{0, 2, 4, 6, 9, 12, 15}
	levelOf    = [...]Level{2: Province, 4: City, 6: County, 9: Street, 12: Community, 15: Grid}
)

// String is the English name: "province" … "grid"; "" for NoLevel.
func (l Level) String() string {
	if l < 0 || int(l) >= len(levelNames) {
		return ""
	}
	return levelNames[l]
}

// Digits is the length of a code of the level.
func (l Level) Digits() int {
	if l < 0 || int(l) >= len(levelEnds) {
		return 0
	}
	return levelEnds[l]
}

// ParsePlace reads a place code of 2, 4, 6, 9, 12 or 15 digits, padded with
// zeros as GB/T 2260 and the statistical tables pad it, or bare: 330100,
// 330100000000 and 3301 are the same place. It fails with ErrEmpty,
// ErrPlaceLength, ErrPlaceChar or ErrPlaceGap, the last where a level other
// than the county is zero and a lower one is not. Whether a place of that code
// exists is not known here: codes change every year.
//
// A code of 15 digits is read as a grid. The police use 15 digits for
// communities too; their source must be known to tell them apart.
func ParsePlace(s string) (Place, error) {
	var buf [15]byte
	n, foreign := squeeze(buf[:], s)
	switch {
	case n == 0:
		return "", ErrEmpty
	case n >= len(levelOf) || levelOf[n] == NoLevel:
		return "", wrongLen(CodePlaceLength, n)
	case foreign > 0:
		return "", wrongAt(CodePlaceChar, foreign)
	}
	b := buf[:n]
	if at := notDigit(b); at > 0 {
		return "", wrongAt(CodePlaceChar, at)
	}
	end, gap := 0, false
	for l := Province; l <= levelOf[n]; l++ {
		if !zeros(b[levelEnds[l-1]:levelEnds[l]]) {
			gap = gap || l > Province && end < levelEnds[l-1] && !(l == Street && end == levelEnds[City])
			end = levelEnds[l]
		}
	}
	if end == 0 || gap {
		return "", ErrPlaceGap
	}
	if end == len(s) {
		return Place(s), nil // as it stands: no copy
	}
	return Place(b[:end]), nil
}

func zeros(b []byte) bool {
	for _, c := range b {
		if c != '0' {
			return false
		}
	}
	return true
}

// Level is the level that the length tells; NoLevel for the root and for what
// is no place code.
func (p Place) Level() Level {
	if len(p) >= len(levelOf) {
		return NoLevel
	}
	return levelOf[len(p)]
}

// Parent is the place one level up, the root for a province. Above a street of
// a city without counties is the city.
func (p Place) Parent() Place {
	l := p.Level()
	if l <= Province {
		return ""
	}
	up := p[:levelEnds[l-1]]
	if l == Street && up[4:] == "00" {
		return up[:4]
	}
	return up
}

// At is the ancestor of the given level or p itself, "" where p has none.
func (p Place) At(l Level) Place {
	for p.Level() > l {
		p = p.Parent()
	}
	if p.Level() != l {
		return ""
	}
	return p
}

// Ancestors are the places that contain p, outermost first, without the root
// and without p.
func (p Place) Ancestors() []Place {
	l := p.Level()
	if l <= Province {
		return nil
	}
	all := make([]Place, 0, l-1)
	for up := Province; up < l; up++ {
		if a := p.At(up); a != "" {
			all = append(all, a)
		}
	}
	return all
}

// Contains tells whether q is p or lies in it.
func (p Place) Contains(q Place) bool { return strings.HasPrefix(string(q), string(p)) }

// Range is the half-open range of texts that holds p and all below it and no
// other place code: lo <= x && x < hi, in byte order. An index serves it on
// every engine. The end of the root's range is "~", which lies behind all
// digits.
func (p Place) Range() (lo, hi string) {
	if p == "" {
		return "", "~"
	}
	last := len(p) - 1
	// The character after '9' is ':', so no carry is needed.
	return string(p), string(p[:last]) + string(rune(p[last]&0x7f)+1)
}

// Padded is the form of 12 digits of the statistical tables, with zeros behind
// a higher level. It is false for a grid, which those tables do not have, for
// the root, and for what is no place code.
func (p Place) Padded() (string, bool) {
	if l := p.Level(); l == NoLevel || l > Community {
		return "", false
	}
	return string(p) + "000000000000"[len(p):], true
}

// GB2260 is the form of six digits of GB/T 2260, with zeros behind a province
// or a city. It is false for places below the county.
func (p Place) GB2260() (string, bool) {
	if l := p.Level(); l == NoLevel || l > County {
		return "", false
	}
	return string(p) + "000000"[len(p):], true
}

// Collecting tells the entries of GB/T 2260 that usually only gather others and
// have no office of their own: 90 for the counties directly under a province,
// 01 and 02 for the districts and the counties of a centrally governed city,
// 01 for the districts of a city.
func (p Place) Collecting() bool {
	central := p.At(Province) == "11" || p.At(Province) == "12" || p.At(Province) == "31" || p.At(Province) == "50"
	switch p.Level() {
	case City:
		return p[2:] == "90" || central && (p[2:] == "01" || p[2:] == "02")
	case County:
		// 21–50 are prefectures, where 01 is a city of its own.
		city := p[2:4] <= "20" || p[2:4] >= "51" && p[2:4] <= "70"
		return p[4:] == "01" && city && !central && p != jiayuguan
	}
	return false
}

// jiayuguan is a city without districts that the statistical table lists with
// 01 at the county's place; its streets are below that code.
const jiayuguan = Place("620201")

// Example tells codes that begin with 99, which no place has.
func (p Place) Example() bool { return strings.HasPrefix(string(p), "99") }
