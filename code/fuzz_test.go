package code_test

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"gewu/code"
)

// Whatever is written into a form: nothing panics, what is read is written back
// and read again as the same, what is refused has a code and a sentence.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "990101199003070015", "990101900307001", "9.9E17", "990106003012", "浙A·12345", "浙AD12345", "0571-88880000转8001",
		"+86 139 0000 0000", "1950年1月2日", "二〇二六年十一月二十三日", "1950.1", "00000008-6", "\xff\xfe", "１３９", "男（1）", "01汉族",
		"青石县白塔街道柳浦社区3幢", "9901011990030700154" + "3B1", "---", "x转", "十十十"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		again(t, s, code.ParseResidentID)
		again(t, s, code.UpgradeResidentID)
		again(t, s, code.ParseDisabilityCard)
		again(t, s, code.ParseCreditCode)
		again(t, s, code.ParseOrgCode)
		again(t, s, code.ParseRegistrationNumber)
		again(t, s, code.ParsePlate)
		again(t, s, code.ParsePhone)
		again(t, s, code.ParseDate)
		if p, err := code.ParsePlace(s); err == nil {
			if q, err := code.ParsePlace(string(p)); err != nil || q != p {
				t.Fatalf("place %q is %q is %q, %v", s, p, q, err)
			}
		}
		p := code.Place(s) // unchecked
		p.Ancestors()
		p.Range()
		p.Padded()
		p.GB2260()
		p.Kind()
		p.Collecting()
		for _, m := range code.Masks() {
			if got := m.Apply(s); utf8.ValidString(s) && !utf8.ValidString(got) {
				t.Fatalf("%s of %q: %q", m, s, got)
			}
		}
		for _, l := range code.Lists() {
			l.Lookup(s)
		}
		code.LostPrecision(s)
	})
}

// again reads s, writes it, and reads that.
func again[T interface {
	comparable
	fmt.Stringer
	IsZero() bool
}](t *testing.T, s string, parse func(string) (T, error)) {
	t.Helper()
	v, err := parse(s)
	if err != nil {
		e, ok := err.(*code.Error)
		if !ok || e.Sentence("zh") == (&code.Error{}).Sentence("zh") || !v.IsZero() {
			t.Fatalf("%q: %T %v, %v", s, err, err, v)
		}
		return
	}
	if id, ok := any(v).(code.ResidentID); ok { // the old form is written in the new one
		if got, err := code.ParseResidentID(id.String()); err != nil || got != id {
			t.Fatalf("%q is %v is %v, %v", s, v, got, err)
		}
		return
	}
	if got, err := parse(v.String()); err != nil || got != v {
		t.Fatalf("%q is %v is %v, %v", s, v, got, err)
	}
}
