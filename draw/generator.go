package draw

// A Generator names how seed becomes order; see docs/draw.md, section 5.
type Generator struct {
	Kind string // KindLCG in mode A, KindDRBG in mode B

	Hash string // KindDRBG: "sha256" or "sm3"

	// KindLCG. What GB/T 10111-2008, Annex C, says of these is not certain, so
	// each is written into the bundle.
	Multiplier uint64
	Increment  uint64
	Modulus    uint64
	Skip       int    // first values thrown away
	Range      string // "scale", "modulo" or "reject": how a value becomes a number below k
	Order      string // "pick" or "shuffle"
	Source     string // where the parameters were taken from
}

// Kinds of generators.
const (
	KindLCG  = "lcg"
	KindDRBG = "hmac-drbg"
)

// Ways of mode A from value to number, and from numbers to order.
const (
	RangeScale  = "scale"
	RangeModulo = "modulo"
	RangeReject = "reject"

	OrderPick    = "pick"
	OrderShuffle = "shuffle"
)

// LCG is the generator of mode A with the parameters that are taken unless
// others are known.
func LCG() Generator {
	return Generator{Kind: KindLCG, Multiplier: 16807, Modulus: 1<<31 - 1, Range: RangeScale, Order: OrderPick}
}

// DRBG is the generator of mode B with the hash "sha256" or "sm3".
func DRBG(hash string) Generator { return Generator{Kind: KindDRBG, Hash: hash} }

func (g Generator) check(where, mode string) error {
	if mode == ModeB {
		if err := checkChoice(where+".kind", g.Kind, KindDRBG); err != nil {
			return err
		}
		return checkChoice(where+".hash", g.Hash, "sha256", "sm3")
	}
	if err := checkChoice(where+".kind", g.Kind, KindLCG); err != nil {
		return err
	}
	if err := checkRange(where+".modulus", int64(min(g.Modulus, maxCount)), 2, 1<<32); err != nil {
		return err
	}
	m := int64(g.Modulus)
	if err := checkRange(where+".multiplier", int64(min(g.Multiplier, maxCount)), 1, m-1); err != nil {
		return err
	}
	if err := checkRange(where+".increment", int64(min(g.Increment, maxCount)), 0, m-1); err != nil {
		return err
	}
	if err := checkRange(where+".skip", int64(g.Skip), 0, 1_000_000); err != nil {
		return err
	}
	if err := checkChoice(where+".range", g.Range, RangeScale, RangeModulo, RangeReject); err != nil {
		return err
	}
	if err := checkChoice(where+".order", g.Order, OrderPick, OrderShuffle); err != nil {
		return err
	}
	return checkText(where+".source", g.Source, 0, 200)
}
