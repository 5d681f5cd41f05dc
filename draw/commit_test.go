package draw_test

import (
	"errors"
	"strings"
	"testing"

	"gewu/draw"
)

func refusedWith(t *testing.T, err error, code string) {
	t.Helper()
	if !errors.Is(err, &draw.Error{Code: code}) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// opened is a draw of mode B in which nobody has committed.
func opened(t *testing.T, rule string) *draw.Bundle {
	t.Helper()
	g := goldens()["b-order"]
	g.opening.PublicNumberRule = rule
	list, err := draw.ReadList(strings.NewReader(g.list))
	if err != nil {
		t.Fatal(err)
	}
	b, err := draw.Open(g.opening, list)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func commit(t *testing.T, b *draw.Bundle, party string) {
	t.Helper()
	c, err := b.Seal(party, secretOf(party))
	if err == nil {
		err = b.Commit(c)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The stages are gone through in order, and nothing that was entered changes.
func TestStages(t *testing.T) {
	b := opened(t, "")
	c, err := b.Seal("notary", secretOf("notary"))
	if err != nil {
		t.Fatal(err)
	}
	refusedWith(t, b.Run(""), draw.CodeCommits)
	refusedWith(t, b.RunSeed("1"), draw.CodeMode)
	refusedWith(t, b.Commit(draw.Commit{Party: "nobody", Digest: c.Digest}), draw.CodeParty)
	refusedWith(t, b.Commit(draw.Commit{Party: "notary"}), draw.CodeHex)
	commit(t, b, "supervisor")
	commit(t, b, "notary")
	refusedWith(t, b.Commit(c), draw.CodeCommitted)
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowParty, Secret: secretOf("notary")}), draw.CodeCommits)
	if b.Stage() != draw.Opened {
		t.Error(b.Stage())
	}
	commit(t, b, "residents")
	if b.Stage() != draw.Sealed || b.Commits[0].Party != "notary" || b.Commits[2].Party != "supervisor" {
		t.Error(b.Stage(), b.Commits)
	}
	seal := b.SealDigest()
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowParty, Secret: secretOf("residents")}), draw.CodeReveal)
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowWrong, Secret: secretOf("notary"), Note: "x"}), draw.CodeAgrees)
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowAbsent}), draw.CodeText)
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: "later"}), draw.CodeChoice)
	for _, p := range []string{"supervisor", "notary"} {
		if err := b.Reveal(draw.Reveal{Party: p, How: draw.HowParty, Secret: secretOf(p)}); err != nil {
			t.Fatal(err)
		}
	}
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowAbsent, Note: "x"}), draw.CodeRevealed)
	refusedWith(t, b.Run(""), draw.CodeReveals)
	if again, err := draw.Parse(string(b.Encode())); err != nil || again.Verify() != nil {
		t.Errorf("half revealed: %v", err)
	}
	if err := b.Reveal(draw.Reveal{Party: "residents", How: draw.HowEnvelope, Secret: secretOf("residents"), Note: "启封"}); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, b.Run("123"), draw.CodeUnasked)
	if err := b.Run(""); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, b.Run(""), draw.CodeDrawn)
	refusedWith(t, b.Commit(c), draw.CodeDrawn)
	refusedWith(t, b.Reveal(draw.Reveal{Party: "notary", How: draw.HowAbsent, Note: "x"}), draw.CodeDrawn)
	if b.SealDigest() != seal {
		t.Error("the seal changed after it was published")
	}
	if err := b.Verify(); err != nil {
		t.Error(err)
	}
}

// A commit is for one party, one list and one draw.
func TestCommitIsBound(t *testing.T) {
	b := opened(t, "")
	mine, err := b.Seal("notary", secretOf("notary"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.Seal("residents", secretOf("notary"))
	if err != nil || other.Digest == mine.Digest {
		t.Error("two parties with one secret have one commit")
	}
	b.Opening.Title += "!"
	if later, err := b.Seal("notary", secretOf("notary")); err != nil || later.Digest == mine.Digest {
		t.Error("two openings have one commit")
	}
}

// Nothing is drawn from nothing, and a party that fails does not stop the draw.
func TestNobodyReveals(t *testing.T) {
	for rule, want := range map[string]string{"": draw.CodeNoSecret, "双色球": ""} {
		b := opened(t, rule)
		for _, p := range parties {
			commit(t, b, p.ID)
		}
		for _, p := range parties {
			if err := b.Reveal(draw.Reveal{Party: p.ID, How: draw.HowAbsent, Note: "未到场"}); err != nil {
				t.Fatal(err)
			}
		}
		number := ""
		if rule != "" {
			refusedWith(t, b.Run(""), draw.CodeNoPublic)
			refusedWith(t, b.Run("12_34"), draw.CodePublic)
			number = "1234"
		}
		err := b.Run(number)
		if want != "" {
			refusedWith(t, err, want)
			continue
		}
		if err != nil || b.Verify() != nil {
			t.Error(err)
		}
	}
}

// Withholding a secret leads to one other result, fixed by the commit, and not
// to a second try.
func TestAbsentIsFixed(t *testing.T) {
	order := func(how string) string {
		b := opened(t, "")
		for _, p := range parties {
			commit(t, b, p.ID)
		}
		for _, p := range parties {
			r := draw.Reveal{Party: p.ID, How: draw.HowParty, Secret: secretOf(p.ID)}
			if p.ID == "supervisor" {
				r = draw.Reveal{Party: p.ID, How: how, Note: "记录"}
				if how == draw.HowEnvelope {
					r.Secret = secretOf(p.ID)
				}
			}
			if err := b.Reveal(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Run(""); err != nil {
			t.Fatal(err)
		}
		return orderOf(b)
	}
	if order(draw.HowAbsent) != order(draw.HowWrong) {
		t.Error("a party may choose between absent and wrong")
	}
	if order(draw.HowAbsent) == order(draw.HowEnvelope) {
		t.Error("the envelope has no effect")
	}
}

func TestSecretsDiffer(t *testing.T) {
	a, b := draw.NewSecret(), draw.NewSecret()
	if len(a) != 64 || a == b {
		t.Error(a, b)
	}
}

// Mode A: seeds and parameters that cannot reach every code are refused.
func TestSeeds(t *testing.T) {
	list, err := draw.ReadList(strings.NewReader(plainList))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		seed   string
		change func(g *draw.Generator)
		code   string
	}{
		"a seed of letters":   {"12a", nil, draw.CodeSeed},
		"none":                {"", nil, draw.CodeSeed},
		"too long":            {"1234567890123456789", nil, draw.CodeSeed},
		"full-width digits":   {"１２３", nil, draw.CodeSeed},
		"zero":                {"000000", nil, draw.CodeSeedZero},
		"the modulus":         {"2147483647", nil, draw.CodeSeedZero},
		"zero with increment": {"0", func(g *draw.Generator) { g.Increment, g.Modulus, g.Multiplier = 1013904223, 1<<32, 1664525 }, ""},
		"a small modulus":     {"1", func(g *draw.Generator) { g.Modulus, g.Multiplier = 7, 3 }, draw.CodeModulus},
		"a short period":      {"1", func(g *draw.Generator) { g.Modulus, g.Multiplier = 2147483647, 1 }, draw.CodeStuck},
		"shuffle, all thrown away": {"2147483646", func(g *draw.Generator) {
			g.Multiplier, g.Order, g.Range = 1, draw.OrderShuffle, draw.RangeReject
		}, draw.CodeStuck},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := draw.LCG()
			if tt.change != nil {
				tt.change(&g)
			}
			b, err := draw.Open(draw.Opening{Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "t", Generator: g}, list)
			if err != nil {
				t.Fatal(err)
			}
			err = b.RunSeed(tt.seed)
			if tt.code == "" && err == nil {
				return
			}
			refusedWith(t, err, tt.code)
			if b.Stage() != draw.Opened || b.Seed != "" {
				t.Error("something was drawn")
			}
		})
	}
}
