package code

// A CreditCode is a unified social credit code (GB 32100-2015): registering
// department 1, kind 1, county of the registrar 6, organisation code 9, check
// 1. It is valid or zero and compares with ==.
type CreditCode struct{ c [18]byte }

// creditAlphabet leaves out I, O, S, V and Z; a character's place is its value.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditWeights are the powers of 3 modulo 31.
var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// creditValue has a character's value plus 1; 0 for what is not in the alphabet.
var creditValue = func() (v [128]uint8) {
	for i := range len(creditAlphabet) {
		v[creditAlphabet[i]] = uint8(i + 1)
	}
	return v
}()

// ParseCreditCode reads a unified social credit code. It fails with ErrEmpty,
// ErrPrecision, ErrCreditLength, ErrCreditChar or ErrCreditCheck. Departments
// and kinds that are not known here are accepted, and so are codes whose
// organisation code fails its own check: some were issued so.
func ParseCreditCode(s string) (CreditCode, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	b := buf[:min(n, len(buf))]
	switch {
	case n == 0:
		return CreditCode{}, ErrEmpty
	case lost(b):
		return CreditCode{}, ErrPrecision
	case n != 18:
		return CreditCode{}, wrongLen(CodeCreditLength, n)
	case foreign > 0:
		return CreditCode{}, wrongAt(CodeCreditChar, foreign)
	}
	for i, c := range b {
		if creditValue[c&0x7f] == 0 || i >= 2 && i < 8 && c > '9' {
			return CreditCode{}, wrongAt(CodeCreditChar, i+1)
		}
	}
	if creditCheck(b) != b[17] {
		if cut(b) {
			return CreditCode{}, ErrPrecision
		}
		return CreditCode{}, ErrCreditCheck
	}
	var c CreditCode
	copy(c.c[:], b)
	return c, nil
}

func creditCheck(b []byte) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += w * int(creditValue[b[i]&0x7f]-1)
	}
	return creditAlphabet[(31-sum%31)%31]
}

// Department is the registering department, an entry of [CreditDepartments];
// false where the standard's list has none.
func (c CreditCode) Department() (Entry, bool) { return CreditDepartments.ByCode(string(c.c[:1])) }

// Kind is the kind of organisation, an entry of [CreditKinds]; false where none
// is known.
func (c CreditCode) Kind() (Entry, bool) { return CreditKinds.ByCode(string(c.c[:2])) }

// Area is the county of the registrar; "" for the zero CreditCode and for codes
// that are none of GB/T 2260's form, as 100000 for the national registrar.
func (c CreditCode) Area() Place {
	p, err := ParsePlace(string(c.c[2:8]))
	if err != nil || !province(string(p[:2])) && !p.Example() {
		return ""
	}
	return p
}

// OrgCode is the organisation code inside; false where it fails its own check.
func (c CreditCode) OrgCode() (OrgCode, bool) {
	o, err := ParseOrgCode(string(c.c[8:17]))
	return o, err == nil
}

// IsZero tells whether there is no code.
func (c CreditCode) IsZero() bool { return c == CreditCode{} }

// String is the code in capitals; "" for the zero CreditCode.
func (c CreditCode) String() string {
	if c.IsZero() {
		return ""
	}
	return string(c.c[:])
}

// MarshalText is String.
func (c CreditCode) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText is ParseCreditCode; the empty text is the zero CreditCode.
func (c *CreditCode) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*c = CreditCode{}
		return nil
	}
	*c, err = ParseCreditCode(string(b))
	return err
}

// MakeCreditCode makes a code with a right check, and a right organisation code
// inside, for tests and demonstrations. The area has six digits of which the
// first are 99, so that the code is nobody's; dept and kind are one character
// each, org has eight. It fails with ErrCreditLength or ErrCreditChar.
func MakeCreditCode(dept, kind, area, org string) (CreditCode, error) {
	b := []byte(dept + kind + area + org + "0")
	if len(b) != 17 || len(area) != 6 || len(org) != 8 {
		return CreditCode{}, wrongLen(CodeCreditLength, len(b))
	}
	for i, c := range b {
		if c >= 0x80 || creditValue[c] == 0 || i >= 2 && i < 4 && c != '9' || i >= 4 && i < 8 && c > '9' {
			return CreditCode{}, wrongAt(CodeCreditChar, i+1)
		}
	}
	b[16] = orgCheck(b[8:16])
	b = append(b, 0)
	b[17] = creditCheck(b)
	var c CreditCode
	copy(c.c[:], b)
	return c, nil
}

// An OrgCode is an organisation code (GB 11714-1997): eight digits or letters
// and a check. It is valid or zero and compares with ==.
type OrgCode struct{ c [9]byte }

var orgWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// ParseOrgCode reads an organisation code, with or without the hyphen before
// its check. It fails with ErrEmpty, ErrOrgLength, ErrOrgChar or ErrOrgCheck.
func ParseOrgCode(s string) (OrgCode, error) {
	var buf [32]byte
	n, foreign := squeeze(buf[:], s)
	if n == 10 && buf[8] == '-' {
		buf[8], n = buf[9], 9
	}
	b := buf[:min(n, len(buf))]
	switch {
	case n == 0:
		return OrgCode{}, ErrEmpty
	case n != 9:
		return OrgCode{}, wrongLen(CodeOrgLength, n)
	case foreign > 0:
		return OrgCode{}, wrongAt(CodeOrgChar, foreign)
	}
	for i, c := range b {
		digit, letter := c >= '0' && c <= '9', c >= 'A' && c <= 'Z'
		if !digit && !letter || i == 8 && letter && c != 'X' {
			return OrgCode{}, wrongAt(CodeOrgChar, i+1)
		}
	}
	if orgCheck(b) != b[8] {
		return OrgCode{}, ErrOrgCheck
	}
	var o OrgCode
	copy(o.c[:], b)
	return o, nil
}

func orgCheck(b []byte) byte {
	sum := 0
	for i, w := range orgWeights {
		v := int(b[i] - '0')
		if b[i] >= 'A' {
			v = int(b[i]-'A') + 10
		}
		sum += w * v
	}
	return "0X987654321"[sum%11]
}

// IsZero tells whether there is no code.
func (o OrgCode) IsZero() bool { return o == OrgCode{} }

// String is the printed form with a hyphen before the check: D2143569-X; "" for
// the zero OrgCode.
func (o OrgCode) String() string {
	if o.IsZero() {
		return ""
	}
	return string(o.c[:8]) + "-" + string(o.c[8:])
}

// MarshalText is String.
func (o OrgCode) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText is ParseOrgCode; the empty text is the zero OrgCode.
func (o *OrgCode) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*o = OrgCode{}
		return nil
	}
	*o, err = ParseOrgCode(string(b))
	return err
}
