package code_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestParseCreditCode(t *testing.T) {
	made, err := code.MakeCreditCode("9", "1", "990106", "MA00TEST")
	if err == nil {
		t.Fatalf("%s has an S", made)
	}
	made, err = code.MakeCreditCode("9", "1", "990106", "MA00QWER")
	if err != nil {
		t.Fatal(err)
	}
	s := made.String()
	for _, in := range []string{s, strings.ToLower(s), wide(s), s[:2] + " " + s[2:], "'" + s} {
		if got, err := code.ParseCreditCode(in); err != nil || got != made {
			t.Errorf("ParseCreditCode(%q) = %s, %v", in, got, err)
		}
	}
	wrong := []byte(s)
	wrong[12], wrong[13] = wrong[13], wrong[12]
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, s[:17]: code.ErrCreditLength, s + "0": code.ErrCreditLength, "个体户": code.ErrCreditLength,
		s[:8] + "I" + s[9:]: code.ErrCreditChar, s[:8] + "S" + s[9:]: code.ErrCreditChar, s[:3] + "A" + s[4:]: code.ErrCreditChar,
		s[:8] + "码" + s[9:]: code.ErrCreditChar, string(wrong): code.ErrCreditCheck,
		"9.19901E+17": code.ErrPrecision, "919901060000001000": code.ErrPrecision,
	} {
		if got, err := code.ParseCreditCode(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseCreditCode(%q) = %s, %v; want %s", in, got, err, want.Code)
		}
	}
	dept, _ := made.Department()
	kind, _ := made.Kind()
	org, ok := made.OrgCode()
	if dept.Name != "市场监督管理" || kind.Name != "企业" || made.Area() != "990106" || !ok || org.String()[:8] != "MA00QWER" {
		t.Errorf("parts of %s: %s %s %s %s", made, dept.Name, kind.Name, made.Area(), org)
	}
	if none := (code.CreditCode{}); none.String() != "" || none.Area() != "" {
		t.Error("the zero code tells something")
	}
	for _, parts := range [][4]string{{"9", "1", "110101", "MA00QWER"}, {"9", "1", "9901", "MA00QWER"}, {"9", "", "990101", "MA00QWER"}, {"é", "", "990101", "MA00QWER"}} {
		if got, err := code.MakeCreditCode(parts[0], parts[1], parts[2], parts[3]); err == nil {
			t.Errorf("%v made %s", parts, got)
		}
	}
}

func TestParseOrgCode(t *testing.T) {
	// 8*2 = 16, 16 mod 11 = 5, 11-5 = 6
	for in, want := range map[string]string{"00000008-6": "00000008-6", "000000086": "00000008-6", "０００００００８－６": "00000008-6", "0000000a2": "0000000A-2"} {
		if got, err := code.ParseOrgCode(in); err != nil || got.String() != want {
			t.Errorf("ParseOrgCode(%q) = %s, %v", in, got, err)
		}
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "00000008": code.ErrOrgLength, "0000000086": code.ErrOrgLength, "00000008-7": code.ErrOrgCheck,
		"0000-0086": code.ErrOrgChar, "00000008A": code.ErrOrgChar, "0000000构6": code.ErrOrgChar,
	} {
		if got, err := code.ParseOrgCode(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseOrgCode(%q) = %s, %v; want %s", in, got, err, want.Code)
		}
	}
}

// registration makes a number with a right check by trying all.
func registration(body string) string {
	for _, c := range "0123456789" {
		if _, err := code.ParseRegistrationNumber(body + string(c)); err == nil {
			return body + string(c)
		}
	}
	return body
}

func TestParseRegistrationNumber(t *testing.T) {
	for body, want := range map[string]code.Holder{"99010600000001": code.Domestic, "99010640000001": code.Foreign, "99010660000001": code.Individual} {
		s := registration(body)
		got, err := code.ParseRegistrationNumber(" " + s)
		if err != nil || got.String() != s || got.Holder() != want {
			t.Errorf("%s: %s, %d, %v", body, got, got.Holder(), err)
		}
	}
	// ISO 7064 MOD 11,10: nothing but zeros leaves 6, whose complement to 11 is 5.
	if got := registration("00000000000000"); got != "000000000000005" {
		t.Errorf("check of zeros: %s", got)
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "9901060000001": code.ErrRegistrationLength, "99010600000001X": code.ErrRegistrationChar, "注01060000000123": code.ErrRegistrationChar,
		"9.90106E+14": code.ErrPrecision,
	} {
		if got, err := code.ParseRegistrationNumber(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParseRegistrationNumber(%q) = %s, %v; want %s", in, got, err, want.Code)
		}
	}
}

func TestOrganisationProperties(t *testing.T) {
	credit := rapid.Custom(func(t *rapid.T) code.CreditCode {
		c, err := code.MakeCreditCode(rapid.StringMatching(`[1-9ANY]`).Draw(t, "dept"), rapid.StringMatching(`[1-59]`).Draw(t, "kind"),
			"99"+rapid.StringMatching(`[0-9]{4}`).Draw(t, "area"), rapid.StringMatching(`[0-9A-HJ-NPQRTUWXY]{8}`).Draw(t, "org"))
		if err != nil {
			t.Fatal(err)
		}
		return c
	})
	t.Run("credit code and back", rapid.MakeCheck(func(t *rapid.T) {
		c := credit.Draw(t, "c")
		if got, err := code.ParseCreditCode(c.String()); err != nil || got != c {
			t.Fatalf("%s: %s, %v", c, got, err)
		}
		o, ok := c.OrgCode()
		if got, err := code.ParseOrgCode(o.String()); !ok || err != nil || got != o {
			t.Fatalf("%s has %s: %s, %v", c, o, got, err)
		}
	}))
	t.Run("any one wrong character of a credit code is noticed", rapid.MakeCheck(func(t *rapid.T) {
		b := []byte(credit.Draw(t, "c").String())
		i := rapid.IntRange(0, 17).Draw(t, "place")
		was := b[i]
		b[i] = rapid.SampledFrom([]byte("0123456789ABCDEFGHJKLMNPQRTUWXY")).Filter(func(c byte) bool { return c != was }).Draw(t, "char")
		if _, err := code.ParseCreditCode(string(b)); err == nil {
			t.Fatalf("%s passes", b)
		}
	}))
	t.Run("any one wrong digit of a registration number is noticed", rapid.MakeCheck(func(t *rapid.T) {
		b := []byte(registration(rapid.StringMatching(`[0-9]{14}`).Draw(t, "body")))
		if _, err := code.ParseRegistrationNumber(string(b)); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		i := rapid.IntRange(0, 14).Draw(t, "place")
		b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, err := code.ParseRegistrationNumber(string(b)); err == nil {
			t.Fatalf("%s passes", b)
		}
	}))
}
