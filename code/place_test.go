package code_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestParsePlace(t *testing.T) {
	for in, want := range map[string]code.Place{
		"99":                 "99",
		"990000":             "99",
		"990000000000":       "99",
		"9901":               "9901",
		"990100":             "9901",
		"990106":             "990106",
		" ９９０１０６ ":           "990106",
		"'990106003":         "990106003",
		"990106003000":       "990106003",
		"990106003012":       "990106003012",
		"990106003012004":    "990106003012004",
		"990106003012000":    "990106003012",
		"441900":             "4419",
		"441900003":          "441900003",
		"441900003001":       "441900003001",
		"99\u200b0106\u00a0": "990106",
	} {
		if got, err := code.ParsePlace(in); err != nil || got != want {
			t.Errorf("ParsePlace(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]*code.Error{
		"":                 code.ErrEmpty,
		" \u3000":          code.ErrEmpty,
		"990":              code.ErrPlaceLength,
		"99010600301200":   code.ErrPlaceLength,
		"9901060030120045": code.ErrPlaceLength,
		"99o1":             code.ErrPlaceChar,
		"99区1":             code.ErrPlaceChar,
		"00":               code.ErrPlaceGap,
		"000000":           code.ErrPlaceGap,
		"990006":           code.ErrPlaceGap,
		"990000003":        code.ErrPlaceGap,
		"990106000012":     code.ErrPlaceGap,
		"009901":           code.ErrPlaceGap,
	} {
		if got, err := code.ParsePlace(in); !errors.Is(err, want) || got != "" {
			t.Errorf("ParsePlace(%q) = %q, %v; want %s", in, got, err, want.Code)
		}
	}
	var e *code.Error
	if _, err := code.ParsePlace("99o1"); !errors.As(err, &e) || e.At != 3 {
		t.Errorf("the wrong character is at %+v, want 3", e)
	}
}

func TestPlaceTree(t *testing.T) {
	grid := code.Place("990106003012004")
	if got := grid.Ancestors(); !slices.Equal(got, []code.Place{"99", "9901", "990106", "990106003", "990106003012"}) {
		t.Errorf("ancestors of a grid: %q", got)
	}
	street := code.Place("441900003")
	if got := street.Ancestors(); !slices.Equal(got, []code.Place{"44", "4419"}) {
		t.Errorf("ancestors of a street in a city without counties: %q", got)
	}
	if got := street.At(code.County); got != "" {
		t.Errorf("county of such a street: %q", got)
	}
	if got := grid.At(code.Street); got != "990106003" {
		t.Errorf("street of a grid: %q", got)
	}
	if code.Place("99").Parent() != "" || code.Place("").Parent() != "" || code.Place("junk!").Parent() != "" {
		t.Error("a province, the root or no code has a parent")
	}
	for p, want := range map[code.Place]string{"": "", "99": "province", "9901": "city", "990106": "county",
		"990106003": "street", "990106003012": "community", "990106003012004": "grid", "990": ""} {
		if got := p.Level().String(); got != want {
			t.Errorf("level of %q: %q, want %q", p, got, want)
		}
	}
}

func TestPlaceKind(t *testing.T) {
	for p, want := range map[code.Place]code.PlaceKind{
		"990106003": code.StreetOffice, "990106100": code.Town, "990106200": code.Township, "990106400": code.LikeTownship,
		"990106000": code.NoPlaceKind, "990106600": code.NoPlaceKind, "990106": code.NoPlaceKind,
		"990106003001": code.ResidentsCommittee, "990106003200": code.VillagersCommittee,
		"990106003400": code.LikeResidentCommunity, "990106003599": code.LikeVillage, "990106003800": code.NoPlaceKind,
		"990106003012004": code.NoPlaceKind,
	} {
		if got := p.Kind(); got != want {
			t.Errorf("kind of %s: %d, want %d", p, got, want)
		}
	}
	if code.Town.Name("zh") != "镇" || code.Town.Name("en") != "town" || code.PlaceKind(99).Name("zh") != "" {
		t.Error("names of kinds")
	}
	for p, want := range map[code.Place]bool{"1101": true, "1102": true, "110101": false, "3301": false, "330101": true,
		"4290": true, "429001": false, "222401": false, "620201": false, "33": false} {
		if got := p.Collecting(); got != want {
			t.Errorf("%s collects: %v", p, got)
		}
	}
}

func TestPlacePadding(t *testing.T) {
	for p, want := range map[code.Place][2]string{
		"99": {"990000", "990000000000"}, "9901": {"990100", "990100000000"}, "990106": {"990106", "990106000000"},
		"990106003": {"", "990106003000"}, "990106003012": {"", "990106003012"}, "990106003012004": {"", ""}, "": {"", ""},
	} {
		six, _ := p.GB2260()
		twelve, _ := p.Padded()
		if six != want[0] || twelve != want[1] {
			t.Errorf("%q padded: %q, %q", p, six, twelve)
		}
	}
}

// somePlace draws codes in their bare form, cities without counties among them.
func somePlace() *rapid.Generator[code.Place] {
	return rapid.Custom(func(t *rapid.T) code.Place {
		s := rapid.StringMatching(`[1-9][0-9]`).Draw(t, "province")
		for i, next := range []string{`0[1-9]|[1-9][0-9]`, `0[0-9]|[1-9][0-9]`, `00[1-9]|[1-9][0-9]{2}`, `00[1-9]|[1-9][0-9]{2}`, `00[1-9]|[1-9][0-9]{2}`} {
			if rapid.Bool().Draw(t, "stop") && !(i == 3 && s[4:] == "00") {
				break
			}
			s += rapid.StringMatching(next).Draw(t, "part")
		}
		if len(s) == 6 && s[4:] == "00" {
			s = s[:4]
		}
		return code.Place(s)
	})
}

func TestPlaceProperties(t *testing.T) {
	t.Run("text and back", rapid.MakeCheck(func(t *rapid.T) {
		p := somePlace().Draw(t, "p")
		if got, err := code.ParsePlace(string(p)); err != nil || got != p {
			t.Fatalf("ParsePlace(%q) = %q, %v", p, got, err)
		}
		if padded, ok := p.Padded(); ok {
			if got, err := code.ParsePlace(padded); err != nil || got != p {
				t.Fatalf("ParsePlace(%q) = %q, %v; want %q", padded, got, err, p)
			}
		}
	}))
	t.Run("a range holds exactly the descendants", rapid.MakeCheck(func(t *rapid.T) {
		p, q := somePlace().Draw(t, "p"), somePlace().Draw(t, "q")
		if rapid.Bool().Draw(t, "related") {
			p = q.At(rapid.SampledFrom([]code.Level{code.Province, code.City, code.County, code.Street, code.Community}).Draw(t, "level"))
		}
		lo, hi := p.Range()
		below := p == "" || p == q || slices.Contains(q.Ancestors(), p)
		if in := lo <= string(q) && string(q) < hi; in != below || p.Contains(q) != below {
			t.Fatalf("%q in [%q, %q): %v; contains: %v; descendant: %v", q, lo, hi, in, p.Contains(q), below)
		}
	}))
	t.Run("the parent is the next ancestor", rapid.MakeCheck(func(t *rapid.T) {
		p := somePlace().Draw(t, "p")
		all := p.Ancestors()
		if p.Level() == code.Province {
			return
		}
		if p.Parent() != all[len(all)-1] || p.Parent().Level() >= p.Level() || !p.Parent().Contains(p) {
			t.Fatalf("parent of %q is %q, ancestors %q", p, p.Parent(), all)
		}
	}))
}
