package code

// A DisabilityCard is the number of a 残疾人证: the resident number, one digit
// for the kind and one for the grade of the disability, as the lists
// [DisabilityKinds] and [DisabilityGrades] have them. Source: the federation's
// rule that is printed on the card, 首次办证20位; the suffix B and a digit of a
// replaced card is common practice and is accepted.
type DisabilityCard struct {
	ID       ResidentID
	Kind     int // 1 to 7
	Grade    int // 1, the gravest, to 4
	Replaced int // how often the card was replaced; 0 for the first
}

// ParseDisabilityCard fails with the errors of ParseResidentID for its first 18
// places and with ErrDisabilityCard for the rest.
func ParseDisabilityCard(s string) (DisabilityCard, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	b := buf[:min(n, len(buf))]
	switch {
	case n == 0:
		return DisabilityCard{}, ErrEmpty
	case lost(b):
		return DisabilityCard{}, ErrPrecision
	case foreign > 0 || n != 20 && n != 22:
		return DisabilityCard{}, ErrDisabilityCard
	}
	id, err := ParseResidentID(string(b[:18]))
	if err != nil {
		return DisabilityCard{}, err
	}
	c := DisabilityCard{ID: id, Kind: int(b[18]) - '0', Grade: int(b[19]) - '0'}
	if c.Kind < 1 || c.Kind > 7 || c.Grade < 1 || c.Grade > 4 {
		return DisabilityCard{}, ErrDisabilityCard
	}
	if n == 22 {
		if c.Replaced = int(b[21]) - '0'; b[20] != 'B' || c.Replaced < 1 || c.Replaced > 9 {
			return DisabilityCard{}, ErrDisabilityCard
		}
	}
	return c, nil
}

// IsZero tells whether there is no card.
func (c DisabilityCard) IsZero() bool { return c == DisabilityCard{} }

// String is the whole number; "" for the zero DisabilityCard.
func (c DisabilityCard) String() string {
	if c.IsZero() {
		return ""
	}
	b := append([]byte(c.ID.String()), byte('0'+c.Kind%10), byte('0'+c.Grade%10))
	if c.Replaced > 0 {
		b = append(b, 'B', byte('0'+c.Replaced%10))
	}
	return string(b)
}
