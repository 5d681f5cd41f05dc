package code

import "strconv"

// UpgradeResidentID reads an old number of 15 digits (GB 11643-1989: area 6,
// yymmdd, sequence 3, no check) and gives the number of 18 places that replaced
// it: the year gets 19 before it and the check character is computed, so a typo
// is not noticed. It fails as ParseResidentID does, and with ErrIDCentury for
// the sequences 996 to 999, which were kept for people over a hundred.
func UpgradeResidentID(s string) (ResidentID, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	b := buf[:min(n, len(buf))]
	switch {
	case n == 0:
		return ResidentID{}, ErrEmpty
	case lost(b):
		return ResidentID{}, ErrPrecision
	case n != 15:
		return ResidentID{}, wrongLen(CodeIDLength, n)
	case foreign > 0:
		return ResidentID{}, wrongAt(CodeIDChar, foreign)
	}
	if at := notDigit(b); at > 0 {
		return ResidentID{}, wrongAt(CodeIDChar, at)
	}
	var id ResidentID
	copy(id.c[:6], b[:6])
	copy(id.c[6:], "19")
	copy(id.c[8:], b[6:])
	switch kind := id.Kind(); {
	case kind != Citizen && kind != Example:
		return ResidentID{}, ErrIDArea
	case id.Birth().IsZero():
		return ResidentID{}, ErrIDBirthday
	case string(b[12:]) >= "996":
		return ResidentID{}, ErrIDCentury
	}
	id.c[17] = idCheck(id.c[:])
	return id, nil
}

// Old is the number of 15 digits from which UpgradeResidentID makes this one.
// It is false where there can be none: who was not born from 1900 to 1999 or
// is no citizen.
func (id ResidentID) Old() (string, bool) {
	kind := id.Kind()
	if id.IsZero() || kind != Citizen && kind != Example || string(id.c[6:8]) != "19" || string(id.c[14:17]) >= "996" {
		return "", false
	}
	return string(id.c[:6]) + string(id.c[8:17]), true
}

// MakeResidentID makes a number that belongs to nobody, for tests and
// demonstrations. The area has six digits of which the first are 99; an odd
// sequence is a man's. It fails with ErrIDArea, ErrIDBirthday where birth is no
// whole day, or ErrIDSequence outside 0 to 999.
func MakeResidentID(area string, birth Date, seq int) (ResidentID, error) {
	var id ResidentID
	switch {
	case len(area) != 6 || !digits(area) || area[:2] != "99":
		return id, ErrIDArea
	case birth.Precision() != ToDay || birth != DateOf(birth.Time()):
		return id, ErrIDBirthday
	case seq < 0 || seq > 999:
		return id, ErrIDSequence
	}
	copy(id.c[:], area)
	copy(id.c[6:], birth.Format(DateCompact))
	copy(id.c[14:], strconv.Itoa(1000 + seq)[1:])
	id.c[17] = idCheck(id.c[:])
	return id, nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
