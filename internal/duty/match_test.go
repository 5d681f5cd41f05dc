package duty_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/internal/duty"
)

// A clause is a made-up task with the items that cover it, none for "-".
type clause struct {
	text string
	want []string
}

func clauses(t *testing.T, name string) []clause {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{"-": true}
	for _, it := range duty.Demo() {
		ids[it.ID] = true
	}
	var out []clause
	for line := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, want, _ := strings.Cut(line, "\t")
		c := clause{text: text}
		for id := range strings.SplitSeq(want, "|") {
			if !ids[id] {
				t.Fatalf("%s: no item %q", name, id)
			}
			if id != "-" {
				c.want = append(c.want, id)
			}
		}
		out = append(out, c)
	}
	return out
}

// An accuracy is what came of matching a set of clauses. Unlisted means that
// the best score is under Listed.
type accuracy struct {
	on, top1, top3   int // clauses on the list, right at first, right among three
	off, said, right int // clauses not on the list, said to be so, rightly
	accepted         int // right at first and over the line
}

func measure(t *testing.T, x *duty.Index, cs []clause) accuracy {
	var a accuracy
	for _, c := range cs {
		ms := x.Match(c.text, 3)
		unlisted := len(ms) == 0 || ms[0].Score < duty.Listed
		if unlisted {
			a.said++
		}
		if c.want == nil {
			a.off++
			if unlisted {
				a.right++
			} else {
				t.Logf("taken for listed: %s → %s %.2f %v", c.text, ms[0].Item.ID, ms[0].Score, ms[0].Shared)
			}
			continue
		}
		a.on++
		at := slices.IndexFunc(ms, func(m duty.Match) bool { return slices.Contains(c.want, m.Item.ID) })
		if at == 0 {
			a.top1++
		}
		if at >= 0 {
			a.top3++
		}
		if at == 0 && !unlisted {
			a.accepted++
		}
		if at != 0 || unlisted {
			t.Logf("wrong or unlisted: %s → %v, want %v", c.text, brief(ms), c.want)
		}
	}
	return a
}

func brief(ms []duty.Match) (s []string) {
	for _, m := range ms {
		s = append(s, fmt.Sprintf("%s %.2f", m.Item.ID, m.Score))
	}
	return s
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

// The figures that count are those of clauses_held.tsv. Both sets and the list
// have one author: lists and notices of other offices will do worse.
func TestAccuracy(t *testing.T) {
	x := duty.NewIndex(duty.Demo())
	tests := []struct {
		file                          string
		top1, top3, precision, recall float64 // floors
	}{
		{"clauses_dev.tsv", 0.95, 0.98, 0.87, 0.95},
		{"clauses_held.tsv", 0.83, 0.92, 0.70, 0.78},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			a := measure(t, x, clauses(t, tt.file))
			top1, top3 := ratio(a.top1, a.on), ratio(a.top3, a.on)
			precision, recall := ratio(a.right, a.said), ratio(a.right, a.off)
			t.Logf("on the list: %d clauses, first right %d (%.1f %%), among three %d (%.1f %%), right and over the line %d (%.1f %%)",
				a.on, a.top1, 100*top1, a.top3, 100*top3, a.accepted, 100*ratio(a.accepted, a.on))
			t.Logf("not on the list: %d clauses, said %d, precision %.1f %%, recall %.1f %%", a.off, a.said, 100*precision, 100*recall)
			if top1 < tt.top1 || top3 < tt.top3 || precision < tt.precision || recall < tt.recall {
				t.Errorf("below the floors %+v", tt)
			}
		})
	}
}

func TestMatchFindsItself(t *testing.T) {
	items := duty.Demo()
	x := duty.NewIndex(items)
	for _, it := range items {
		if ms := x.Match(it.Name, 1); len(ms) == 0 || ms[0].Item.ID != it.ID || ms[0].Score < 0.9 {
			t.Errorf("%s %s: %v", it.ID, it.Name, brief(ms))
		}
	}
}

func TestMatchBounds(t *testing.T) {
	items := duty.Demo()
	x := duty.NewIndex(items)
	var all []rune
	for _, it := range items {
		all = append(all, []rune(it.Name)...)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.SampledFrom(all), rapid.Rune())).Draw(t, "text")
		n := rapid.IntRange(-1, 80).Draw(t, "n")
		ms := x.Match(text, n)
		if len(ms) > max(n, 0) {
			t.Fatalf("%d matches, asked for %d", len(ms), n)
		}
		for i, m := range ms {
			if !(m.Score > 0 && m.Score <= 1) || i > 0 && m.Score > ms[i-1].Score {
				t.Fatalf("scores %v", brief(ms))
			}
		}
	})
	for _, text := range []string{"", "。", "加强工作", "2026年12月"} {
		if ms := x.Match(text, 3); len(ms) != 0 {
			t.Errorf("%q: %v", text, brief(ms))
		}
	}
	if ms := duty.NewIndex(nil).Match("低保", 3); len(ms) != 0 {
		t.Errorf("empty list: %v", brief(ms))
	}
}

func BenchmarkMatch(b *testing.B) {
	x := duty.NewIndex(duty.Demo())
	for b.Loop() {
		x.Match("每月对辖区小区电梯运行安全进行检查，建立电梯检验台账。", 3)
	}
}

func ExampleIndex_Match() {
	x := duty.NewIndex(duty.Demo())
	for _, m := range x.Match("对网吧、KTV等娱乐场所开展执法检查", 1) {
		fmt.Println(m.Item.Class, m.Item.No, m.Score >= duty.Listed, m.Shared)
	}
	// Output: returned 14 true [网吧 娱乐场所]
}
