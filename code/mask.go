package code

import "strings"

// A Mask is a way to hide a value from people who need not know all of it.
// Masks are practice, not law: the Personal Information Protection Law asks for
// the least that the purpose needs (art. 6). Apply shows at most what the mask
// names, whatever the text is: a text that is too short or of another form is
// hidden whole. The number of characters stays, except where a mask says
// otherwise; spaces around the text do not count.
type Mask string

const (
	// MaskAll hides everything and the length too: ****.
	MaskAll Mask = "all"
	// MaskID64 keeps the first 6 and last 4 of an identity number. It leaves
	// only the birthday to guess, which the check character helps to confirm:
	// for screens of people who work on the case, never for lists.
	MaskID64 Mask = "id-6-4"
	// MaskID34 keeps the first 3 and last 4: the ordinary one on screens, enough to
	// tell two people apart at the counter and to find by the tail.
	MaskID34 Mask = "id"
	// MaskID32 keeps the first 3 and last 2: the most that a public list shows.
	MaskID32 Mask = "id-3-2"
	// MaskPhone keeps 3 and 4 of a mobile, 138****0000; the area code and the
	// last 2 of a landline, 0571-******00; the last 2 of a local number. Service
	// numbers are nobody's and stay.
	MaskPhone Mask = "phone"
	// MaskName keeps the surname: 张*, 欧阳**. Of a name with a dot or in other
	// letters it keeps the first character.
	MaskName Mask = "name"
	// MaskNameEnds keeps the first and the last character of three or more: 张*三.
	// It tells more than MaskName; public lists use it where names repeat.
	MaskNameEnds Mask = "name-ends"
	// MaskBirth keeps the year of a date: 1950-**-**, whichever way it is written.
	MaskBirth Mask = "birth"
	// MaskAddress keeps an address down to the community and hides the rest and
	// its length: 青石县白塔街道柳浦社区****.
	MaskAddress Mask = "address"
	// MaskAccount keeps the last 4 of a bank account or card.
	MaskAccount Mask = "account"
	// MaskPlate keeps province, office letter and the last 2 of a plate.
	MaskPlate Mask = "plate"
)

// Masks are all masks, by which a dictionary checks its names.
func Masks() []Mask {
	return []Mask{MaskAll, MaskID34, MaskID64, MaskID32, MaskPhone, MaskName, MaskNameEnds, MaskBirth, MaskAddress, MaskAccount, MaskPlate}
}

// ParseMask finds a mask by its name; false where there is none.
func ParseMask(name string) (Mask, bool) {
	for _, m := range Masks() {
		if string(m) == name {
			return m, true
		}
	}
	return MaskAll, false
}

// Apply hides s. The empty text stays empty. A Mask that is not one of Masks
// hides all.
func (m Mask) Apply(s string) string {
	s = strings.TrimFunc(s, silent)
	if s == "" {
		return ""
	}
	switch m {
	case MaskID64:
		return maskID(s, 6, 4)
	case MaskID34:
		return maskID(s, 3, 4)
	case MaskID32:
		return maskID(s, 3, 2)
	case MaskPhone:
		return maskPhone(s)
	case MaskName:
		return maskName(s)
	case MaskNameEnds:
		return maskEnds(s)
	case MaskBirth:
		return maskBirth(s)
	case MaskAddress:
		return maskAddress(s)
	case MaskAccount:
		return keep([]rune(s), 0, 4, 6)
	case MaskPlate:
		if p, err := ParsePlate(s); err == nil {
			return keep([]rune(p.text), 2, 2, 3)
		}
		return stars([]rune(s))
	}
	return "****"
}

// keep shows head and tail of r and hides the rest; it hides all where fewer
// than hidden characters would be hidden.
func keep(r []rune, head, tail, hidden int) string {
	if len(r) < head+tail+hidden {
		return stars(r)
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}

func stars(r []rune) string { return strings.Repeat("*", len(r)) }

// maskID works on 18 characters and on 15; anything else is no such number.
func maskID(s string, head, tail int) string {
	r := []rune(s)
	for i, c := range r {
		if c = half(c); (c < '0' || c > '9') && (i != 17 || c != 'X' && c != 'x') {
			return stars(r)
		}
	}
	switch len(r) {
	case 18:
		return keep(r, head, tail, 8)
	case 15: // no century and no check: the last digits are the sequence
		return keep(r, min(head, 6), min(tail, 2), 7)
	}
	return stars(r)
}

func maskPhone(s string) string {
	p, err := ParsePhone(s)
	if err != nil {
		return stars([]rune(s))
	}
	number := []rune(p.number)
	switch p.kind {
	case ServicePhone:
		return p.number
	case Mobile:
		return keep(number, 3, 4, 4) + extStars("转", p.ext)
	case Landline:
		return p.area + "-" + keep(number, 0, 2, 5) + extStars("-", p.ext)
	}
	return keep(number, 0, 2, 5) + extStars("-", p.ext)
}

func maskBirth(s string) string {
	d, err := ParseDate(s)
	if err != nil {
		return stars([]rune(s))
	}
	iso := d.String()
	return iso[:4] + strings.Map(func(r rune) rune {
		if r == '-' {
			return r
		}
		return '*'
	}, iso[4:])
}

func extStars(sep, ext string) string {
	if ext == "" {
		return ""
	}
	return sep + strings.Repeat("*", len(ext))
}

// compoundSurnames are the surnames of two characters that are still common.
const compoundSurnames = " 欧阳 上官 司马 司徒 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 端木 轩辕 " +
	"独孤 呼延 闻人 澹台 濮阳 钟离 太叔 申屠 西门 拓跋 百里 东郭 第五 赫连 万俟 "

func maskName(s string) string {
	r := []rune(s)
	if len(r) == 1 {
		return "*"
	}
	surname := 1
	if len(r) > 2 && strings.Contains(compoundSurnames, " "+string(r[:2])+" ") {
		surname = 2
	}
	return string(r[:surname]) + strings.Repeat("*", len(r)-surname)
}

func maskEnds(s string) string {
	r := []rune(s)
	if len(r) < 3 {
		return maskName(s)
	}
	return keep(r, 1, 1, 1)
}
