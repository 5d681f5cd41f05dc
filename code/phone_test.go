package code_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestParsePhone(t *testing.T) {
	for in, want := range map[string]struct {
		text string
		kind code.PhoneKind
	}{
		"13900000000": {"13900000000", code.Mobile}, "139 0000 0000": {"13900000000", code.Mobile}, "139-0000-0000": {"13900000000", code.Mobile},
		"+8613900000000": {"13900000000", code.Mobile}, "(+86)13900000000": {"13900000000", code.Mobile}, "+86 139-0000-0000": {"13900000000", code.Mobile}, "008613900000000": {"13900000000", code.Mobile},
		"8613900000000": {"13900000000", code.Mobile}, "１３９００００００００": {"13900000000", code.Mobile}, "'13900000000": {"13900000000", code.Mobile},
		"013900000000": {"13900000000", code.Mobile}, "13900000000.0": {"13900000000", code.Mobile}, "\u202a13900000000\u202c": {"13900000000", code.Mobile},
		"0571-88880000": {"0571-88880000", code.Landline}, "（0571）88880000": {"0571-88880000", code.Landline}, "057188880000": {"0571-88880000", code.Landline},
		"010-66660000": {"010-66660000", code.Landline}, "021 6666 0000": {"021-66660000", code.Landline}, "0570-8880000": {"0570-8880000", code.Landline},
		"+86-571-88880000": {"0571-88880000", code.Landline}, "+86 10 66660000": {"010-66660000", code.Landline},
		"0571-88880000-8001": {"0571-88880000-8001", code.Landline}, "0571-88880000转8001": {"0571-88880000-8001", code.Landline}, "0571-8888 0000 转分机：01": {"0571-88880000-01", code.Landline},
		"88880000": {"88880000", code.LocalPhone}, "8888-0000": {"88880000", code.LocalPhone}, "88880000-123": {"88880000-123", code.LocalPhone}, "8880000": {"8880000", code.LocalPhone},
		"110": {"110", code.ServicePhone}, "12345": {"12345", code.ServicePhone}, "95000": {"95000", code.ServicePhone}, "400-000-0000": {"4000000000", code.ServicePhone}, "4000000000转1": {"4000000000转1", code.ServicePhone},
	} {
		got, err := code.ParsePhone(in)
		if err != nil || got.String() != want.text || got.Kind() != want.kind {
			t.Errorf("ParsePhone(%q) = %q, %d, %v; want %q", in, got, got.Kind(), err, want.text)
		}
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "　": code.ErrEmpty, "无": code.ErrPhoneChar, "1390000000O": code.ErrPhoneChar, "13900000000/13900000001": code.ErrPhoneChar,
		"1390000000": code.ErrPhoneCount, "139000000000": code.ErrPhoneCount, "12900000000": code.ErrPhone, "00000000": code.ErrPhone,
		"0571": code.ErrPhone, "0400-8880000": code.ErrPhone, "0571-00000000": code.ErrPhone, "0011-88880000": code.ErrPhone, "0571-888800001": code.ErrPhone, "+86": code.ErrPhone,
		"1.39E+10": code.ErrPrecision, "---": code.ErrEmpty, "13900000000转": code.ErrPhoneChar,
	} {
		if got, err := code.ParsePhone(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParsePhone(%q) = %q, %v; want %s", in, got, err, want.Code)
		}
	}
	m, _ := code.ParsePhone("13900000000")
	l, _ := code.ParsePhone("0571-88880000-8001")
	if s, ok := m.E164(); !ok || s != "+8613900000000" || m.Spaced() != "139 0000 0000" {
		t.Errorf("%s is %s, %s", m, s, m.Spaced())
	}
	if s, ok := l.E164(); !ok || s != "+8657188880000" || l.AreaCode() != "0571" || l.Ext() != "8001" {
		t.Errorf("%s is %s, area %s, extension %s", l, s, l.AreaCode(), l.Ext())
	}
}

func TestPhoneProperties(t *testing.T) {
	t.Run("number and back", rapid.MakeCheck(func(t *rapid.T) {
		s := rapid.StringMatching(`1[3-9][0-9]{9}|0(10|2[0-9])-[2-9][0-9]{7}(-[0-9]{1,6})?|0[3-9][1-9][0-9]-[2-9][0-9]{6,7}(-[0-9]{1,6})?|[2-8][0-9]{6,7}(-[0-9]{1,6})?`).Draw(t, "phone")
		p, err := code.ParsePhone(s)
		if err != nil || p.String() != s {
			t.Fatalf("%q: %q, %v", s, p, err)
		}
		if full, ok := p.E164(); ok && p.Ext() == "" {
			if q, err := code.ParsePhone(full); err != nil || q != p {
				t.Fatalf("%q is %q is %q, %v", p, full, q, err)
			}
		}
	}))
}
