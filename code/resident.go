package code

import (
	"log/slog"
	"strings"
	"time"
)

// A ResidentID is an identity number of 18 places after GB 11643-1999: area 6,
// birth date 8, sequence 3, of which the last is odd for men, and a check
// character. The residence permits of people from Hong Kong, Macao and Taiwan
// and, since 2023-12, the permanent residence cards of foreigners have the same
// form. A ResidentID is valid or zero, and compares with ==. A log shows it
// masked.
type ResidentID struct{ c [18]byte }

// A ResidentKind tells whose number it is.
type ResidentKind int

const (
	NoResident ResidentKind = iota
	Citizen                 // 居民身份证
	HongKong                // 香港居民居住证: area 810000
	Macao                   // 澳门居民居住证: area 820000
	Taiwan                  // 台湾居民居住证: area 830000
	Foreigner               // 外国人永久居留身份证 of 2023: 9, province 2, country 3
	Example                 // an area that begins with 99: made up, nobody's
)

var residentKinds = [...]sentence{
	{"", ""}, {"居民身份证", "resident identity card"},
	{"港澳居民居住证（香港）", "residence permit for Hong Kong residents"},
	{"港澳居民居住证（澳门）", "residence permit for Macao residents"},
	{"台湾居民居住证", "residence permit for Taiwan residents"},
	{"外国人永久居留身份证", "foreign permanent resident ID card"},
	{"测试号码", "made-up number"},
}

// Name is the card's name, English for "en", else Chinese.
func (k ResidentKind) Name(lang string) string {
	if k < 0 || int(k) >= len(residentKinds) {
		return ""
	}
	if lang == "en" {
		return residentKinds[k].en
	}
	return residentKinds[k].zh
}

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idChecks = "10X98765432"

func idCheck(b []byte) byte {
	sum := 0
	for i, w := range idWeights {
		sum += w * int(b[i]-'0')
	}
	return idChecks[sum%11]
}

// ParseResidentID reads a number of 18 places. It fails with ErrEmpty,
// ErrPrecision, ErrIDLength, ErrIDChar, ErrIDArea, ErrIDBirthday or ErrIDCheck,
// the first that applies, and with ErrIDOld for a number of 15 digits, which
// UpgradeResidentID reads. Of the area only the province is known here, since
// the counties of old numbers may be gone. It does not know what day it is:
// see BornBy.
func ParseResidentID(s string) (ResidentID, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	b := buf[:min(n, len(buf))]
	if err := idForm(b, n, foreign); err != nil {
		return ResidentID{}, err
	}
	var id ResidentID
	copy(id.c[:], b)
	switch {
	case id.Kind() == NoResident:
		return ResidentID{}, ErrIDArea
	case id.Birth().IsZero():
		return ResidentID{}, ErrIDBirthday
	case idCheck(b) != b[17]:
		if cut(b) {
			return ResidentID{}, ErrPrecision
		}
		return ResidentID{}, ErrIDCheck
	}
	return id, nil
}

// idForm checks the length and the characters.
func idForm(b []byte, n, foreign int) error {
	switch {
	case n == 0:
		return ErrEmpty
	case lost(b):
		return ErrPrecision
	case n == 15 && foreign == 0 && notDigit(b) == 0:
		return ErrIDOld
	case n != 18:
		return wrongLen(CodeIDLength, n)
	case foreign > 0:
		return wrongAt(CodeIDChar, foreign)
	}
	if at := notDigit(b[:17]); at > 0 {
		return wrongAt(CodeIDChar, at)
	}
	if c := b[17]; c != 'X' && (c < '0' || c > '9') {
		return wrongAt(CodeIDChar, 18)
	}
	return nil
}

// ResidentIDFromNumber reads an old number of 15 digits from a cell that holds
// a value instead of text. Any longer one has lost its end: ErrPrecision.
func ResidentIDFromNumber(v float64) (ResidentID, error) {
	const fifteen, sixteen = 1e14, 1e15
	switch {
	case v >= sixteen:
		return ResidentID{}, ErrPrecision
	case v >= fifteen && v == float64(int64(v)):
		return UpgradeResidentID(itoa(int64(v)))
	}
	return ResidentID{}, ErrIDLength
}

// Kind tells whose number it is; NoResident for the zero ResidentID.
func (id ResidentID) Kind() ResidentKind {
	switch area := string(id.c[:6]); {
	case area == "810000":
		return HongKong
	case area == "820000":
		return Macao
	case area == "830000":
		return Taiwan
	case area[:2] == "99":
		return Example
	case area[0] == '9' && province(area[1:3]):
		return Foreigner
	case province(area[:2]) && area[0] < '8':
		return Citizen
	}
	return NoResident
}

// province tells the first two digits of GB/T 2260.
func province(two string) bool {
	switch two[0] {
	case '1':
		return two[1] >= '1' && two[1] <= '5'
	case '2':
		return two[1] >= '1' && two[1] <= '3'
	case '3':
		return two[1] >= '1' && two[1] <= '7'
	case '4':
		return two[1] >= '1' && two[1] <= '6'
	case '5':
		return two[1] >= '0' && two[1] <= '4'
	case '6':
		return two[1] >= '1' && two[1] <= '5'
	case '7':
		return two[1] == '1'
	case '8':
		return two[1] == '1' || two[1] == '2'
	}
	return false
}

// Birth is the date of birth; the zero Date for the zero ResidentID.
func (id ResidentID) Birth() Date {
	n := 0
	for _, c := range id.c[6:14] {
		n = n*10 + int(c) - '0'
	}
	d, err := NewDate(n/10000, time.Month(n/100%100), n%100)
	if err != nil || d.Precision() != ToDay {
		return Date{}
	}
	return d
}

// Sex is Male or Female by the last digit of the sequence; SexUnknown for the
// zero ResidentID.
func (id ResidentID) Sex() Sex {
	switch {
	case id.IsZero():
		return SexUnknown
	case (id.c[16]-'0')%2 == 1:
		return Male
	}
	return Female
}

// Area is the county of first registration as its code was then, or the
// province where a foreigner applied; "" for the zero ResidentID.
func (id ResidentID) Area() Place {
	switch id.Kind() {
	case NoResident:
		return ""
	case Foreigner:
		return Place(id.c[1:3])
	}
	p, err := ParsePlace(string(id.c[:6]))
	if err != nil {
		return Place(id.c[:2])
	}
	return p
}

// Nationality is the three-digit country code of GB/T 2659 on a foreigner's
// card; "" on others.
func (id ResidentID) Nationality() string {
	if id.Kind() != Foreigner {
		return ""
	}
	return string(id.c[3:6])
}

// BornBy fails with ErrIDFuture where the date of birth lies after the given
// day, mostly today.
func (id ResidentID) BornBy(today Date) error {
	if id.Birth().Compare(today) > 0 {
		return ErrIDFuture
	}
	return nil
}

// Agree fails with ErrIDNotBirth or ErrIDNotSex where the number contradicts
// what stands beside it. A month or a year is compared as far as it goes; no
// date, and a sex that is neither male nor female, agree with all.
func (id ResidentID) Agree(birth Date, sex Sex) error {
	switch {
	case !id.Birth().Agrees(birth):
		return ErrIDNotBirth
	case (sex == Male || sex == Female) && !id.IsZero() && sex != id.Sex():
		return ErrIDNotSex
	}
	return nil
}

// MayBeCut tells a number that ends in 000, as one in a thousand does and each
// that a spreadsheet cut. Of those cut one in eleven still passes the check, so
// an import from a spreadsheet asks about such a number.
func (id ResidentID) MayBeCut() bool { return !id.IsZero() && cut(id.c[:]) }

// IsZero tells whether there is no number.
func (id ResidentID) IsZero() bool { return id == ResidentID{} }

// String is the whole number with a capital X; "" for the zero ResidentID.
func (id ResidentID) String() string {
	if id.IsZero() {
		return ""
	}
	return string(id.c[:])
}

// Spaced is the number in groups for reading aloud: 990101 19900307 001X.
func (id ResidentID) Spaced() string {
	if id.IsZero() {
		return ""
	}
	return strings.Join([]string{string(id.c[:6]), string(id.c[6:14]), string(id.c[14:])}, " ")
}

// Tail is the last n characters, by which people find each other's numbers.
func (id ResidentID) Tail(n int) string {
	if id.IsZero() {
		return ""
	}
	return string(id.c[18-max(0, min(n, 18)):])
}

// LogValue keeps numbers out of logs.
func (id ResidentID) LogValue() slog.Value { return slog.StringValue(MaskID32.Apply(id.String())) }

// MarshalText is String.
func (id ResidentID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText is ParseResidentID; the empty text is the zero ResidentID.
func (id *ResidentID) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*id = ResidentID{}
		return nil
	}
	*id, err = ParseResidentID(string(b))
	return err
}
