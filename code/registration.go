package code

// A RegistrationNumber is the number on business licences before the unified
// code (GS 15-2006): registrar 6, sequence 8, check 1. It is valid or zero and
// compares with ==.
type RegistrationNumber struct{ c [15]byte }

// ParseRegistrationNumber reads a registration number of 15 digits. Older ones
// of 13 have no check and are refused. It fails with ErrEmpty, ErrPrecision,
// ErrRegistrationLength, ErrRegistrationChar or ErrRegistrationCheck.
func ParseRegistrationNumber(s string) (RegistrationNumber, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	b := buf[:min(n, len(buf))]
	switch {
	case n == 0:
		return RegistrationNumber{}, ErrEmpty
	case lost(b):
		return RegistrationNumber{}, ErrPrecision
	case n != 15:
		return RegistrationNumber{}, wrongLen(CodeRegistrationLength, n)
	case foreign > 0:
		return RegistrationNumber{}, wrongAt(CodeRegistrationChar, foreign)
	}
	if at := notDigit(b); at > 0 {
		return RegistrationNumber{}, wrongAt(CodeRegistrationChar, at)
	}
	if registrationCheck(b) != b[14] {
		return RegistrationNumber{}, ErrRegistrationCheck
	}
	var r RegistrationNumber
	copy(r.c[:], b)
	return r, nil
}

// registrationCheck is ISO 7064 MOD 11,10.
func registrationCheck(b []byte) byte {
	p := 10
	for _, c := range b[:14] {
		s := (p + int(c-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return byte('0' + (11-p)%10)
}

// A Holder is the sort of business that a registration number belongs to.
type Holder int

const (
	NoHolder   Holder = iota
	Domestic          // 内资企业: sequence begins with 0 to 3
	Foreign           // 外资企业: 4, 5
	Individual        // 个体工商户: 6 to 9
)

// Holder tells the sort of business by the first digit of the sequence.
func (r RegistrationNumber) Holder() Holder {
	switch c := r.c[6]; {
	case r.IsZero():
		return NoHolder
	case c <= '3':
		return Domestic
	case c <= '5':
		return Foreign
	}
	return Individual
}

// IsZero tells whether there is no number.
func (r RegistrationNumber) IsZero() bool { return r == RegistrationNumber{} }

// String is the whole number; "" for the zero RegistrationNumber.
func (r RegistrationNumber) String() string {
	if r.IsZero() {
		return ""
	}
	return string(r.c[:])
}

// MarshalText is String.
func (r RegistrationNumber) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText is ParseRegistrationNumber; the empty text is the zero
// RegistrationNumber.
func (r *RegistrationNumber) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*r = RegistrationNumber{}
		return nil
	}
	*r, err = ParseRegistrationNumber(string(b))
	return err
}
