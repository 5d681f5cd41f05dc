package draw

import (
	"fmt"
	"strings"
)

// A Bundle is one draw: what was fixed before, what chance gave, and the
// result. It goes through its stages and never back.
type Bundle struct {
	Opening      Opening
	List         *List
	Seed         string // mode A, once drawn
	Commits      []Commit
	Reveals      []Reveal
	PublicNumber string

	result  []string          // lines, header first; nil until drawn
	digests map[string]string // as read
	parts   map[string]string // digests of what was read
	file    Digest            // of the bytes that were read
}

// A Stage is how far a draw has come.
type Stage int

// Stages.
const (
	Opened Stage = iota // the list is fixed; mode B: commits are missing
	Sealed              // mode B: all have committed
	Drawn
)

// Stage tells how far the draw has come.
func (b *Bundle) Stage() Stage {
	switch {
	case b.result != nil:
		return Drawn
	case b.Opening.Mode == ModeB && len(b.Commits) == len(b.Opening.Parties):
		return Sealed
	}
	return Opened
}

// Open fixes the list and everything else that is known before the draw. It
// sets the list's hashes in the opening.
func Open(o Opening, list *List) (*Bundle, error) {
	o.List, o.ListCount = list.Digest(), list.Len()
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := o.Rules.fit(list); err != nil {
		return nil, err
	}
	return &Bundle{Opening: o, List: list}, nil
}

// RunSeed draws, mode A.
func (b *Bundle) RunSeed(seed string) error {
	if b.Opening.Mode != ModeA {
		return fault(CodeMode, "", b.Opening.Mode)
	}
	if b.result != nil {
		return fault(CodeDrawn, "")
	}
	drawn := *b
	drawn.Seed = seed
	order, err := drawn.order()
	if err != nil {
		return err
	}
	drawn.result = drawn.lines(order)
	*b = drawn
	return nil
}

// Run draws, mode B, once all have revealed or are recorded by the rule. The
// public number is empty where no rule asks for one.
func (b *Bundle) Run(publicNumber string) error {
	if b.Opening.Mode != ModeB {
		return fault(CodeMode, "", b.Opening.Mode)
	}
	if b.result != nil {
		return fault(CodeDrawn, "")
	}
	drawn := *b
	drawn.PublicNumber = publicNumber
	if err := drawn.ready(); err != nil {
		return err
	}
	order, err := drawn.order()
	if err != nil {
		return err
	}
	drawn.result = drawn.lines(order)
	*b = drawn
	return nil
}

// ready checks that nothing is missing that the result of mode B depends on.
func (b *Bundle) ready() error {
	if missing := b.missing(len(b.Commits), func(i int) string { return b.Commits[i].Party }); missing != "" {
		return fault(CodeCommits, "commits", missing)
	}
	if missing := b.missing(len(b.Reveals), func(i int) string { return b.Reveals[i].Party }); missing != "" {
		return fault(CodeReveals, "reveals", missing)
	}
	switch {
	case b.Opening.PublicNumberRule == "" && b.PublicNumber != "":
		return fault(CodeUnasked, "public_number")
	case b.Opening.PublicNumberRule != "" && b.PublicNumber == "":
		return fault(CodeNoPublic, "public_number", b.Opening.PublicNumberRule)
	case b.PublicNumber != "":
		return checkPublicNumber("public_number", b.PublicNumber)
	}
	for _, r := range b.Reveals {
		if r.agreed() {
			return nil
		}
	}
	return fault(CodeNoSecret, "reveals")
}

// missing lists the parties that are not among n others.
func (b *Bundle) missing(n int, id func(i int) string) string {
	there := map[string]bool{}
	for i := range n {
		there[id(i)] = true
	}
	var names []string
	for _, p := range b.Opening.Parties {
		if !there[p.ID] {
			names = append(names, p.ID)
		}
	}
	return strings.Join(names, ", ")
}

// order works out the indexes of codes by rank.
func (b *Bundle) order() ([]int32, error) {
	n := b.List.Len()
	if b.Opening.Mode == ModeA {
		source, err := newLCG(b.Opening.Generator, b.Seed, n)
		if err != nil {
			return nil, err
		}
		return source.order(n, b.Opening.Generator.Order)
	}
	order, ok := shuffle(n, b.drbg().below)
	if !ok {
		return nil, fmt.Errorf("draw: the generator of mode B ended") // it has no end
	}
	return order, nil
}
