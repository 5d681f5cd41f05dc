package code

import (
	"log/slog"
	"strings"
)

// A Phone is a telephone number of mainland China. It is valid or zero and
// compares with ==. A log shows it masked.
type Phone struct {
	kind              PhoneKind
	area, number, ext string
}

// A PhoneKind is the sort of a telephone number.
type PhoneKind int

const (
	NoPhone      PhoneKind = iota
	Mobile                 // 11 digits: 1, 3 to 9, nine more
	Landline               // area code and 7 or 8 digits
	LocalPhone             // 7 or 8 digits without an area code
	ServicePhone           // 110, 12345, 95xxx, 400 and 800 numbers
)

// ParsePhone reads one number: spaces and hyphens anywhere, brackets round the
// area code, +86 or 0086 before it, an extension behind it (-8001, 转8001).
// Which segments the operators use is not checked; those lists change. It fails
// with ErrEmpty, ErrPrecision, ErrPhone, ErrPhoneChar, or ErrPhoneCount for a
// number that begins like a mobile and has not 11 digits.
func ParsePhone(s string) (Phone, error) {
	var buf [40]byte
	b, ext, at := phoneBytes(buf[:0], s)
	switch {
	case at > 0:
		return Phone{}, wrongAt(CodePhoneChar, at)
	case len(b) == 0:
		return Phone{}, ErrEmpty
	case lost(b):
		return Phone{}, ErrPrecision
	}
	if i := len(b) - 2; i > 0 && string(b[i:]) == ".0" { // 13900000000.0, whole
		b = b[:i]
	}
	country := false
	for _, prefix := range [...]string{"+86", "0086"} {
		if len(b) > len(prefix) && string(b[:len(prefix)]) == prefix {
			b, country = b[len(prefix):], true
		}
	}
	groups := hyphens(b)
	b, groups = ungroup(b, groups)
	if !country && len(b) == 13 && string(b[:3]) == "861" && groups[0] != 7 && groups[0] != 8 { // 86 without its +
		b = b[2:]
	}
	if notDigit(b) > 0 || len(b) == 0 {
		return Phone{}, ErrPhone
	}
	p := classify(b, groups, country)
	if p.kind == NoPhone {
		if len(b) > 6 && b[0] == '1' && b[1] >= '3' && len(ext) == 0 {
			return Phone{}, wrongLen(CodePhoneCount, len(b))
		}
		return Phone{}, ErrPhone
	}
	if ext != "" && p.ext == "" {
		p.ext = ext
	}
	return p, nil
}

// phoneBytes folds s to digits, '+', '.', 'E' and '-', and cuts off an
// extension behind 转 or its like. A character that cannot be is at > 0.
func phoneBytes(b []byte, s string) (_ []byte, ext string, at int) {
	for i, r := range s {
		r = half(r)
		if silent(r) || len(b) == 0 && (r == '\'' || r == '‘' || r == '’') {
			continue
		}
		switch {
		case len(b) >= 32:
			return nil, "", len(b) + 1
		case r >= '0' && r <= '9', r == '.', r == '+' && (len(b) == 0 || b[len(b)-1] == 'E' || string(b) == "-"):
			b = append(b, byte(r))
		case r == 'E' || r == 'e':
			b = append(b, 'E')
		case r == '-' || r == '(' || r == ')' || r == '_' || r == '/' && len(b) == 4:
			if len(b) > 0 && b[len(b)-1] != '-' {
				b = append(b, '-')
			}
		case (r == '转' || r == '#' || r == 'x' || r == 'X' || r == '分') && len(b) > 6:
			if ext, ok := extension(s[i:]); ok {
				return b, ext, 0
			}
			return nil, "", len(b) + 1
		default:
			return nil, "", len(b) + 1
		}
	}
	if n := len(b); n > 0 && b[n-1] == '-' {
		b = b[:n-1]
	}
	return b, "", 0
}

// extension reads the 1 to 6 digits behind 转, 分机, # or x.
func extension(s string) (string, bool) {
	s = strings.TrimLeft(tidy(s), "转分机#X:")
	return s, len(s) <= 6 && digits(s)
}

// hyphens are the lengths of the groups between hyphens.
func hyphens(b []byte) (lens [4]int) {
	g := 0
	for _, c := range b {
		if c == '-' {
			if g++; g == len(lens) {
				return [4]int{}
			}
			continue
		}
		lens[g]++
	}
	return lens
}

// ungroup takes the hyphens out.
func ungroup(b []byte, groups [4]int) ([]byte, [4]int) {
	out := b[:0]
	for _, c := range b {
		if c != '-' {
			out = append(out, c)
		}
	}
	if groups[0] == 0 { // a hyphen behind the country code
		copy(groups[:], groups[1:])
		groups[3] = 0
	}
	return out, groups
}

func classify(b []byte, groups [4]int, country bool) Phone {
	n := len(b)
	switch {
	case n == 11 && b[0] == '1' && b[1] >= '3':
		return Phone{kind: Mobile, number: string(b)}
	case n == 12 && b[0] == '0' && b[1] == '1' && b[2] >= '3': // 0 before a mobile, as once dialled
		return Phone{kind: Mobile, number: string(b[1:])}
	case n == 10 && (string(b[:3]) == "400" || string(b[:3]) == "800") && groups[0] != 7 && groups[0] != 8:
		return Phone{kind: ServicePhone, number: string(b)}
	}
	if country && b[0] != '0' && n >= 9 { // +86 571 …
		b = append([]byte{'0'}, b...)
		n++
		groups[0]++
	}
	if b[0] == '0' {
		return landline(b, groups)
	}
	switch {
	case service(b):
		return Phone{kind: ServicePhone, number: string(b)}
	case b[0] == '1':
		return Phone{}
	case groups[0] >= 7 && groups[0] <= 8 && groups[2] == 0 && groups[1] > 0 && groups[1] <= 6:
		return Phone{kind: LocalPhone, number: string(b[:groups[0]]), ext: string(b[groups[0]:])}
	case n == 7 || n == 8:
		return Phone{kind: LocalPhone, number: string(b)}
	}
	return Phone{}
}

// landline splits at the area code: 010 and 02x have three digits, the others
// four. A third group between hyphens is the extension. No area has 0400 or
// 0800, so that +86 400 … is always the service.
func landline(b []byte, groups [4]int) Phone {
	area := 4
	if len(b) > 2 && (b[1] == '1' || b[1] == '2') {
		area = 3
	}
	if len(b) < area+7 || b[1] == '0' || string(b[1:4]) == "400" || string(b[1:4]) == "800" || area == 3 && b[1] == '1' && b[2] != '0' {
		return Phone{}
	}
	end := len(b)
	if groups[0] == area && (groups[1] == 7 || groups[1] == 8) && groups[3] == 0 {
		end = area + groups[1]
	}
	number, ext := b[area:end], b[end:]
	if len(number) > 8 || number[0] == '0' || number[0] == '1' || len(ext) > 6 {
		return Phone{}
	}
	return Phone{kind: Landline, area: string(b[:area]), number: string(number), ext: string(ext)}
}

// service tells the short numbers: 1xx, 12345 and its like, 95xxx and 96xxx.
func service(b []byte) bool {
	switch len(b) {
	case 3:
		return b[0] == '1' && b[1] <= '2'
	case 5, 6:
		return b[0] == '1' && (b[1] == '0' || b[1] == '2') && len(b) == 5 || b[0] == '9' && (b[1] == '5' || b[1] == '6')
	}
	return false
}

// Kind is the sort of number; NoPhone for the zero Phone.
func (p Phone) Kind() PhoneKind { return p.kind }

// AreaCode is the landline's area code with its 0; "" for others.
func (p Phone) AreaCode() string { return p.area }

// Ext is the extension, or "".
func (p Phone) Ext() string { return p.ext }

// IsZero tells whether there is no number.
func (p Phone) IsZero() bool { return p.kind == NoPhone }

// String is the number for storing and comparing: 13900000000, 0571-88880000,
// 0571-88880000-8001; "" for the zero Phone.
func (p Phone) String() string {
	s := p.number
	if p.area != "" {
		s = p.area + "-" + s
	}
	if p.ext != "" && p.kind != Mobile && p.kind != ServicePhone {
		s += "-" + p.ext
	} else if p.ext != "" {
		s += "转" + p.ext
	}
	return s
}

// E164 is the number for machines: +8613900000000, +8657188880000. It is false
// without an area code and for service numbers.
func (p Phone) E164() (string, bool) {
	switch p.kind {
	case Mobile:
		return "+86" + p.number, true
	case Landline:
		return "+86" + p.area[1:] + p.number, true
	}
	return "", false
}

// Spaced groups a mobile for reading aloud: 139 0000 0000; others are String.
func (p Phone) Spaced() string {
	if p.kind != Mobile || p.ext != "" {
		return p.String()
	}
	return p.number[:3] + " " + p.number[3:7] + " " + p.number[7:]
}

// LogValue keeps numbers out of logs.
func (p Phone) LogValue() slog.Value { return slog.StringValue(MaskPhone.Apply(p.String())) }

// MarshalText is String.
func (p Phone) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is ParsePhone; the empty text is the zero Phone.
func (p *Phone) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*p = Phone{}
		return nil
	}
	*p, err = ParsePhone(string(b))
	return err
}
