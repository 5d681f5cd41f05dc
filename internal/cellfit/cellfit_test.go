package cellfit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLines(t *testing.T) {
	// At 12 points an ideograph is 16 pixels wide: 11 of them in 185 pixels.
	tests := map[string]struct {
		text string
		want int
	}{
		"empty":            {"", 1},
		"one line":         {strings.Repeat("字", 11), 1},
		"one more":         {strings.Repeat("字", 12), 2},
		"half width":       {strings.Repeat("1", 19), 1},
		"a long number":    {strings.Repeat("1", 42), 3},
		"words stay whole": {"supporting departments", 2},
		"own breaks":       {"一\n二\n三", 3},
		"full-width marks": {"（一）“加强”……工作！", 2},
	}
	for name, tt := range tests {
		if got := Lines(tt.text, 185, 12); got != tt.want {
			t.Errorf("%s: %d lines, want %d", name, got, tt.want)
		}
	}
}

func TestLinesGrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("街道 abc12，。\n")), 0, 200, -1).Draw(t, "text")
		px := rapid.Float64Range(1, 400).Draw(t, "px")
		n := Lines(text, px, 12)
		if n < 1+strings.Count(text, "\n") || Lines(text+"字", px, 12) < n || Lines(text, px*2, 12) > n {
			t.Fatalf("%q in %.0f: %d lines", text, px, n)
		}
	})
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  一\r\n二 ": "一\n二", "a\x00b\x1bc": "abc", "全\u3000角": "全\u3000角", "x\xffy": "x\ufffdy",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if n := len([]rune(Clean(strings.Repeat("长", 40000)))); n > 32767 {
		t.Errorf("%d characters", n)
	}
}

func TestRisky(t *testing.T) {
	for s, want := range map[string]bool{"=1": true, "+1": true, "-": true, "@x": true, "": false, "一、=1": false} {
		if Risky(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
