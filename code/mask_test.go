package code_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestMask(t *testing.T) {
	for m, cases := range map[code.Mask]map[string]string{
		code.MaskAll:  {"": "", "青石": "****", "一二三四五六": "****"},
		code.MaskID64: {"990101199003070015": "990101********0015", "99010119900307001x": "990101********001x", "990101900307001": "990101*******01", "12345678": "********", "张三990101199003070015": "********************"},
		code.MaskID34: {"990101199003070015": "990***********0015"},
		code.MaskID32: {"990101199003070015": "990*************15", " 990101199003070015\n": "990*************15", "990101900307001": "990**********01", "无": "*"},
		code.MaskPhone: {"13900000000": "139****0000", "139 0000 0000": "139****0000", "0571-88880012": "0571-******12", "0571-88880012-8001": "0571-******12-****",
			"88880012": "******12", "12345": "12345", "张三13900000000": "*************", "1390000": "*******"},
		code.MaskName:     {"张三": "张*", "张小三": "张**", "欧阳三": "欧阳*", "欧阳": "欧*", "欧阳小三": "欧阳**", "三": "*", "Li Si": "L****", "阿依·古丽": "阿****"},
		code.MaskNameEnds: {"张三": "张*", "张小三": "张*三", "欧阳小三": "欧**三", "三": "*"},
		code.MaskBirth:    {"1950-01-02": "1950-**-**", "1950年1月2日": "1950-**-**", "19500102": "1950-**-**", "1950.02": "1950-**", "1950": "1950", "50.1.2": "******", "不详": "**"},
		code.MaskAddress: {"青石县白塔街道柳浦社区3幢2单元501室": "青石县白塔街道柳浦社区****", "东江省南州市青石县白塔镇柳浦村12号": "东江省南州市青石县白塔镇柳浦村****",
			"白塔街道菜市场路5号": "白塔街道****", "柳浦新村3幢": "****", "柳浦小区3幢": "****", "东江省青石县幸福路9号": "东江省青石县****", "12号": "****", "白塔街道柳浦花园小区8幢": "白塔街道****",
			"南州市青石区白塔街道柳浦社区居委会旁": "南州市青石区白塔街道柳浦社区居委会****", "白塔街道": "白塔街道****"},
		code.MaskAccount:          {"6200000000000001234": "***************1234", "620000": "******", "6200000000": "******0000"},
		code.MaskPlate:            {"浙A12345": "浙A***45", "浙A·12345": "浙A***45", "浙AD12345": "浙A****45", "电动车一号": "*****"},
		code.Mask("no such mask"): {"abc": "****"},
	} {
		for in, want := range cases {
			if got := m.Apply(in); got != want {
				t.Errorf("%s of %q: %q, want %q", m, in, got, want)
			}
		}
	}
	for _, m := range code.Masks() {
		if got, ok := code.ParseMask(string(m)); !ok || got != m {
			t.Errorf("mask %q is not found by its name", m)
		}
	}
	if m, ok := code.ParseMask("no such mask"); ok || m != code.MaskAll {
		t.Errorf("no mask: %q", m)
	}
}

// hide replaces the places of s that masked hides with other characters of the
// same sort.
func hide(t *rapid.T, s, masked string, other *rapid.Generator[rune]) string {
	r, m := []rune(s), []rune(masked)
	for i := range r {
		if m[i] == '*' {
			r[i] = other.Draw(t, "other")
		}
	}
	return string(r)
}

func TestMaskProperties(t *testing.T) {
	digit := rapid.RuneFrom([]rune("0123456789"))
	plain := rapid.RuneFrom([]rune("安平康宁福寿禄喜青石白塔柳浦"))
	for _, c := range []struct {
		name   string
		values *rapid.Generator[string]
		other  *rapid.Generator[rune]
		hidden int // at the least
		masks  []code.Mask
	}{
		{"resident numbers", rapid.StringMatching(`[0-9]{17}[0-9X]`), digit, 8, []code.Mask{code.MaskID64, code.MaskID34, code.MaskID32}},
		{"old resident numbers", rapid.StringMatching(`[0-9]{15}`), digit, 7, []code.Mask{code.MaskID64, code.MaskID34, code.MaskID32}},
		{"mobiles", rapid.StringMatching(`1[3-9][0-9]{9}`), digit, 4, []code.Mask{code.MaskPhone}},
		{"accounts", rapid.StringMatching(`[0-9]{8,25}`), digit, 4, []code.Mask{code.MaskAccount}},
		{"names", rapid.StringOfN(plain, 1, 6, -1), plain, 1, []code.Mask{code.MaskName, code.MaskNameEnds}},
		{"plates", rapid.StringMatching(`浙[A-H][0-9]{5}`), digit, 3, []code.Mask{code.MaskPlate}},
	} {
		t.Run(c.name, rapid.MakeCheck(func(t *rapid.T) {
			s := c.values.Draw(t, "value")
			m := rapid.SampledFrom(c.masks).Draw(t, "mask")
			masked := m.Apply(s)
			if utf8.RuneCountInString(masked) != utf8.RuneCountInString(s) || strings.Count(masked, "*") < c.hidden {
				t.Fatalf("%s of %q: %q", m, s, masked)
			}
			r := []rune(s)
			for i, x := range []rune(masked) {
				if x != '*' && x != r[i] {
					t.Fatalf("%s of %q: %q shows what is not there", m, s, masked)
				}
			}
			if other := hide(t, s, masked, c.other); m.Apply(other) != masked {
				t.Fatalf("%s tells %q from %q: %q, %q", m, s, other, masked, m.Apply(other))
			}
		}))
	}
	t.Run("of a birthday the year stays", rapid.MakeCheck(func(t *rapid.T) {
		d, e := someDay().Draw(t, "d"), someDay().Draw(t, "e")
		e.Year = d.Year
		if e.Month == 2 {
			e.Day = min(e.Day, 28)
		}
		style := rapid.SampledFrom([]code.DateStyle{code.DateISO, code.DateCompact, code.DateChinese}).Draw(t, "style")
		if one, other := code.MaskBirth.Apply(d.Format(style)), code.MaskBirth.Apply(e.String()); one != other {
			t.Fatalf("%s and %s: %q, %q", d, e, one, other)
		}
	}))
	t.Run("addresses end where the home begins", rapid.MakeCheck(func(t *rapid.T) {
		home := rapid.StringMatching(`(柳浦路[0-9]{1,3}号|[1-9]幢[0-9]单元[0-9]{3}室|柳浦小区[1-9]幢|[0-9]{1,3}号)`).Draw(t, "home")
		place := rapid.SampledFrom([]string{"", "青石县", "青石县白塔街道", "青石县白塔镇柳浦村", "东江省南州市青石区白塔街道柳浦社区"}).Draw(t, "place")
		if got := code.MaskAddress.Apply(place + home); got != place+"****" {
			t.Fatalf("%q: %q", place+home, got)
		}
	}))
	t.Run("no mask shows what is of another form", rapid.MakeCheck(func(t *rapid.T) {
		s := rapid.StringOfN(plain, 1, 30, -1).Draw(t, "text")
		for _, m := range []code.Mask{code.MaskAll, code.MaskID64, code.MaskID34, code.MaskID32, code.MaskPhone, code.MaskBirth, code.MaskAddress, code.MaskPlate} {
			if got := m.Apply(s); strings.Trim(got, "*") != "" {
				t.Fatalf("%s of %q: %q", m, s, got)
			}
		}
	}))
}

// A character that the tables of Go do not know yet is one all the same: 𮯰 is
// in GB 18030-2022 and in names.
func TestMaskRareCharacter(t *testing.T) {
	if got := code.MaskName.Apply("𮯰三"); got != "𮯰*" {
		t.Errorf("got %q", got)
	}
	if got := code.MaskNameEnds.Apply("张三𮯰"); got != "张*𮯰" {
		t.Errorf("got %q", got)
	}
}
