package code_test

import (
	"testing"

	"gewu/code"
)

func benchmark[T any](b *testing.B, parse func(string) (T, error), s string) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseResidentID(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmark(b, code.ParseResidentID, "990101199003070015") })
	b.Run("full width", func(b *testing.B) { benchmark(b, code.ParseResidentID, wide("990101199003070015")) })
	b.Run("wrong", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := code.ParseResidentID("990101199003070016"); err == nil {
				b.Fatal("passes")
			}
		}
	})
}

func BenchmarkParsePlace(b *testing.B) { benchmark(b, code.ParsePlace, "990106003012") }
func BenchmarkParsePlate(b *testing.B) { benchmark(b, code.ParsePlate, "浙A12345") }
func BenchmarkParsePhone(b *testing.B) { benchmark(b, code.ParsePhone, "13900000000") }

func BenchmarkParseCreditCode(b *testing.B) {
	c, err := code.MakeCreditCode("9", "1", "990106", "MA00QWER")
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, code.ParseCreditCode, c.String())
}

func BenchmarkParseDate(b *testing.B) {
	b.Run("iso", func(b *testing.B) { benchmark(b, code.ParseDate, "1950-01-02") })
	b.Run("chinese", func(b *testing.B) { benchmark(b, code.ParseDate, "1950年1月2日") })
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := code.EthnicGroups.Lookup("汉族"); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkMask(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		code.MaskID32.Apply("990101199003070015")
	}
}
