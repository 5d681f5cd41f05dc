package code_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"gewu/code"
)

func TestParsePlate(t *testing.T) {
	for in, want := range map[string]struct {
		text   string
		kind   code.PlateKind
		colour code.Colour
	}{
		"浙A00000": {"浙A00000", code.OrdinaryPlate, code.NoColour}, "浙a·0z00q": {"浙A0Z00Q", code.OrdinaryPlate, code.NoColour},
		" 浙Ａ－０００００ ": {"浙A00000", code.OrdinaryPlate, code.NoColour}, "浙A.00000": {"浙A00000", code.OrdinaryPlate, code.NoColour},
		"浙AD00000": {"浙AD00000", code.NewEnergySmall, code.Green}, "浙AFA0000": {"浙AFA0000", code.NewEnergySmall, code.Green}, "浙AK00000": {"浙AK00000", code.NewEnergySmall, code.Green},
		"浙A00000D": {"浙A00000D", code.NewEnergyLarge, code.YellowGreen},
		"浙A0000学":  {"浙A0000学", code.DrivingSchool, code.Yellow}, "浙A0000挂": {"浙A0000挂", code.Trailer, code.Yellow}, "浙A0000警": {"浙A0000警", code.Police, code.White},
		"粤Z0000港": {"粤Z0000港", code.HongKongCross, code.Black}, "粤Z0000澳": {"粤Z0000澳", code.MacaoCross, code.Black}, "沪A0000领": {"沪A0000领", code.ConsulatePlate, code.Black},
	} {
		got, err := code.ParsePlate(in)
		if err != nil || got.String() != want.text || got.Kind() != want.kind || got.Colour() != want.colour {
			t.Errorf("ParsePlate(%q) = %q, %d, %q, %v", in, got, got.Kind(), got.Colour().Name("zh"), err)
		}
	}
	for in, want := range map[string]*code.Error{
		"": code.ErrEmpty, "·": code.ErrEmpty, "A00000": code.ErrPlate, "浙": code.ErrPlate, "浙A0000": code.ErrPlate, "浙000000": code.ErrPlate,
		"华A00000": code.ErrPlate, "浙A000000": code.ErrPlate, "浙A0000车": code.ErrPlate, "浙AL00000": code.ErrPlate, "浙AD000A0": code.ErrPlate,
		"浙AO0000": code.ErrPlateChar, "浙AI0000": code.ErrPlateChar, "\xff浙A00000": code.ErrPlate, "临时牌照": code.ErrPlate,
	} {
		if got, err := code.ParsePlate(in); !errors.Is(err, want) || !got.IsZero() {
			t.Errorf("ParsePlate(%q) = %q, %v; want %s", in, got, err, want.Code)
		}
	}
	p, _ := code.ParsePlate("浙A00000")
	if e, ok := p.Province(); !ok || e.Name != "浙江省" || p.Dotted() != "浙A·00000" || (code.Plate{}).Dotted() != "" {
		t.Errorf("%s is of %s, %s", p, e.Name, p.Dotted())
	}
	if _, ok := (code.Plate{}).Province(); ok {
		t.Error("no plate has a province")
	}
}

func TestPlateProperties(t *testing.T) {
	t.Run("plate and back", rapid.MakeCheck(func(t *rapid.T) {
		s := rapid.StringMatching(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学挂警港澳领]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])`).Draw(t, "plate")
		p, err := code.ParsePlate(s)
		if err != nil || p.String() != s {
			t.Fatalf("%q: %q, %v", s, p, err)
		}
		if q, err := code.ParsePlate(p.Dotted()); err != nil || q != p {
			t.Fatalf("%q: %q, %v", p.Dotted(), q, err)
		}
		if _, ok := p.Province(); !ok {
			t.Fatalf("%q has no province", p)
		}
	}))
}
