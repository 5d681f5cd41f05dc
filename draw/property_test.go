package draw_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/draw"
)

func codes(n int) string {
	var b strings.Builder
	b.WriteString("code\n")
	for i := range n {
		fmt.Fprintf(&b, "%c\n", 'A'+byte(i))
	}
	return b.String()
}

// drawn draws the order of list in mode B with one secret for each party.
func drawn(t testing.TB, list string, hash string, secrets ...string) *draw.Bundle {
	t.Helper()
	l, err := draw.ReadList(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	o := draw.Opening{Mode: draw.ModeB, Number: 1, Date: "2026-06-01", Title: "t", Generator: draw.DRBG(hash)}
	for i := range secrets {
		o.Parties = append(o.Parties, draw.Party{ID: fmt.Sprintf("p%d", i), Name: "n"})
	}
	b, err := draw.Open(o, l)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range secrets {
		c, err := b.Seal(o.Parties[i].ID, s)
		if err == nil {
			err = b.Commit(c)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range secrets {
		if err := b.Reveal(draw.Reveal{Party: o.Parties[i].ID, How: draw.HowParty, Secret: s}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Run(""); err != nil {
		t.Fatal(err)
	}
	return b
}

func orderOf(b *draw.Bundle) string {
	var s strings.Builder
	for rank := 1; rank <= b.Len(); rank++ {
		s.WriteString(b.At(rank).Code)
	}
	return s.String()
}

// secrets makes the same secrets in every run.
func secrets(r *rand.Rand) string {
	var s [32]byte
	for i := range s {
		s[i] = byte(r.Uint32())
	}
	return fmt.Sprintf("%x", s)
}

// chiSquare compares counts with equal shares; it returns the statistic and the
// value that a fair draw exceeds once in a hundred thousand (Wilson and
// Hilferty's approximation).
func chiSquare(counts []int, total int) (is, most float64) {
	want := float64(total) / float64(len(counts))
	for _, c := range counts {
		is += (float64(c) - want) * (float64(c) - want) / want
	}
	df := float64(len(counts) - 1)
	const z = 4.265 // of one in 100,000
	h := 2 / (9 * df)
	return is, df * math.Pow(1-h+z*math.Sqrt(h), 3)
}

// Over many secrets each of the 24 orders of four codes is as likely as any
// other, with either hash.
func TestUniformOrders(t *testing.T) {
	for _, hash := range []string{"sha256", "sm3"} {
		r := rand.New(rand.NewPCG(1, 2))
		seen := map[string]int{}
		const total = 12_000
		for range total {
			seen[orderOf(drawn(t, codes(4), hash, secrets(r), secrets(r)))]++
		}
		if len(seen) != 24 {
			t.Fatalf("%s: %d orders of 24", hash, len(seen))
		}
		var counts []int
		for _, c := range seen {
			counts = append(counts, c)
		}
		if is, most := chiSquare(counts, total); is > most {
			t.Errorf("%s: chi-square %.1f, at most %.1f", hash, is, most)
		}
	}
}

// Over many seeds each code has each rank as often, in either mode.
func TestUniformRanks(t *testing.T) {
	const n, total = 10, 5000
	list, err := draw.ReadList(strings.NewReader(codes(n)))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	modes := map[string]func() *draw.Bundle{
		"B": func() *draw.Bundle { return drawn(t, codes(n), "sha256", secrets(r), secrets(r)) },
	}
	for _, order := range []string{draw.OrderPick, draw.OrderShuffle} {
		g := draw.LCG()
		g.Order = order
		modes["A "+order] = func() *draw.Bundle {
			b, err := draw.Open(draw.Opening{Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "t", Generator: g}, list)
			if err == nil {
				err = b.RunSeed(fmt.Sprintf("%06d", 1+r.IntN(999_999)))
			}
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	for name, next := range modes {
		counts := make([]int, n*n)
		for range total {
			for rank, code := range orderOf(next()) {
				counts[rank*n+int(code-'A')]++
			}
		}
		// Ranks and codes are both used up by each draw, so there are
		// (n-1)² degrees of freedom and the statistic is a little smaller
		// than that of n² free cells.
		if is, most := chiSquare(counts, total*n); is > most {
			t.Errorf("mode %s: chi-square %.1f, at most %.1f", name, is, most)
		}
	}
}

// A shuffle that leaves a place out, or draws from all for each rank, is not
// uniform; the statistic above finds both.
func TestChiSquareFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	naive := map[string]int{}
	const total = 12_000
	for range total {
		a := []byte("ABCD")
		for i := range a {
			j := r.IntN(len(a))
			a[i], a[j] = a[j], a[i]
		}
		naive[string(a)]++
	}
	var counts []int
	for _, c := range naive {
		counts = append(counts, c)
	}
	if is, most := chiSquare(counts, total); is < most {
		t.Errorf("the naive shuffle passes: %.1f, at most %.1f", is, most)
	}
}

// Changing one bit of any party's secret changes the whole order: of a thousand
// codes hardly one keeps its rank.
func TestAnyRevealChangesAll(t *testing.T) {
	list := strings.SplitN(bigList(t, 1000), "\n", 2)[1]
	var only strings.Builder
	only.WriteString("code\n")
	for line := range strings.Lines(list) {
		code, _, _ := strings.Cut(line, ",")
		only.WriteString(code + "\n")
	}
	r := rand.New(rand.NewPCG(7, 8))
	base := []string{secrets(r), secrets(r), secrets(r)}
	first := drawn(t, only.String(), "sha256", base...)
	for party := range base {
		changed := append([]string(nil), base...)
		last := changed[party][63]
		flip := map[bool]string{true: "1", false: "0"}[last == '0']
		changed[party] = changed[party][:63] + flip
		second := drawn(t, only.String(), "sha256", changed...)
		same := 0
		for rank := 1; rank <= 1000; rank++ {
			if first.At(rank).Code == second.At(rank).Code {
				same++
			}
		}
		// One is expected; more than ten happens once in ten million draws.
		if same > 10 {
			t.Errorf("party %d: %d codes of 1000 keep their rank", party, same)
		}
	}
}

// No party but the last to reveal can tell the result before: with one secret
// still sealed every outcome stays open, and equally likely, whatever the
// others know and choose.
func TestNobodyKnowsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for sealed := range 3 {
		known := []string{secrets(r), secrets(r), secrets(r)}
		counts := make([]int, 5)
		const total = 3000
		for range total {
			known[sealed] = secrets(r) // the others see the commit only, never this
			counts[orderOf(drawn(t, codes(5), "sha256", known...))[0]-'A']++
		}
		if is, most := chiSquare(counts, total); is > most {
			t.Errorf("party %d sealed: chi-square %.1f, at most %.1f", sealed, is, most)
		}
	}
}

// Whatever list and rules: every code has one rank, no pool gives more than it
// has, nobody with a lower rank is passed over, and the file reads back to the
// same bytes.
func TestAllotment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		types := rapid.IntRange(1, 3).Draw(t, "types")
		groups := []string{"g1", "g2"}
		var rules draw.Rules
		for i := range types {
			ty := draw.Type{Type: fmt.Sprintf("T%d", i), Homes: rapid.IntRange(0, 8).Draw(t, "homes"), Waiting: rapid.IntRange(0, 4).Draw(t, "waiting")}
			left := ty.Homes
			for _, g := range groups {
				n := rapid.IntRange(0, left).Draw(t, "reserved")
				left -= n
				ty.Reserved = append(ty.Reserved, draw.Reserve{Group: g, Homes: n, Rest: rapid.SampledFrom([]string{"open", "keep"}).Draw(t, "rest")})
			}
			rules.Types = append(rules.Types, ty)
		}
		n := rapid.IntRange(1, 30).Draw(t, "codes")
		entries := make([]draw.Entry, n)
		for i := range entries {
			entries[i] = draw.Entry{
				Code: fmt.Sprintf("C%02d", i), Type: fmt.Sprintf("T%d", rapid.IntRange(0, types-1).Draw(t, "type")),
				Group: rapid.SampledFrom([]string{"", "g1", "g2"}).Draw(t, "group"),
			}
		}
		list, err := draw.NewList(entries)
		if err != nil {
			t.Fatal(err)
		}
		b, err := draw.Open(draw.Opening{Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "t", Generator: draw.LCG(), Rules: rules}, list)
		if err == nil {
			err = b.RunSeed(fmt.Sprint(rapid.IntRange(1, 999_999).Draw(t, "seed")))
		}
		if err != nil {
			t.Fatal(err)
		}
		checkAllotment(t, b, entries, rules)
		again, err := draw.Parse(string(b.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Verify(); err != nil {
			t.Fatal(err)
		}
	})
}

func checkAllotment(t *rapid.T, b *draw.Bundle, entries []draw.Entry, rules draw.Rules) {
	byCode := map[string]draw.Entry{}
	for _, e := range entries {
		byCode[e.Code] = e
	}
	given := map[string]int{}
	var places []draw.Place
	for rank := 1; rank <= b.Len(); rank++ {
		p := b.At(rank)
		e, known := byCode[p.Code]
		if !known {
			t.Fatalf("%s has two ranks, or none on the list", p.Code)
		}
		delete(byCode, p.Code)
		if p.Type != e.Type || p.Outcome == draw.OutcomeHome && p.Pool != "" && p.Pool != e.Group {
			t.Fatalf("%+v for %+v", p, e)
		}
		if p.Outcome != draw.OutcomeNone {
			key := p.Type + "/" + p.Pool
			if p.Outcome == draw.OutcomeWait {
				key = p.Type + " waits"
			}
			given[key]++
			if p.Outcome == draw.OutcomeWait && p.Place != given[key] {
				t.Fatalf("%+v is number %d", p, given[key])
			}
		}
		places = append(places, p)
	}
	if len(byCode) > 0 {
		t.Fatalf("without a rank: %v", byCode)
	}
	for _, ty := range rules.Types {
		open := ty.Homes
		waiting, without := given[ty.Type+" waits"], 0
		for _, p := range places {
			if p.Type == ty.Type && p.Outcome == draw.OutcomeNone {
				without++
			}
		}
		if waiting > ty.Waiting || without > 0 && waiting < ty.Waiting {
			t.Fatalf("%s: %d of %d wait, %d go without", ty.Type, waiting, ty.Waiting, without)
		}
		for _, r := range ty.Reserved {
			open -= r.Homes
			got := given[ty.Type+"/"+r.Group]
			if got > r.Homes || r.Rest == draw.RestOpen && got < r.Homes && waiting+without > 0 {
				t.Fatalf("%s of %s: %d of %d homes given, %d wait", r.Group, ty.Type, got, r.Homes, waiting)
			}
		}
		if got := given[ty.Type+"/"]; got > open || got < open && waiting+without > 0 {
			t.Fatalf("%s: %d of %d open homes given, %d wait", ty.Type, got, open, waiting)
		}
		// Nobody of the same type and group with a worse rank fares better.
		order := map[string]int{draw.OutcomeHome: 0, draw.OutcomeRest: 1, draw.OutcomeWait: 2, draw.OutcomeNone: 3}
		worst := map[string]int{}
		for _, p := range places {
			if p.Type != ty.Type {
				continue
			}
			g := ""
			for _, e := range entries {
				if e.Code == p.Code {
					g = e.Group
				}
			}
			if order[p.Outcome] < worst[g] {
				t.Fatalf("%+v fares better than one of the same group before", p)
			}
			worst[g] = order[p.Outcome]
		}
	}
}
