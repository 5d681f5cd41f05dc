package draw

import "strconv"

// lcg is the source of numbers of mode A.
type lcg struct {
	a, c, m uint64
	x       uint64
	way     string
	taken   int64 // values so far, thrown away ones too
	most    int64 // values after which the parameters cannot be right
}

// newLCG starts the generator for n codes.
func newLCG(g Generator, seed string, n int) (*lcg, error) {
	if !isSeed(seed) {
		return nil, fault(CodeSeed, "seed", seed)
	}
	if uint64(n) > g.Modulus {
		return nil, fault(CodeModulus, "opening.generator.modulus", g.Modulus, n)
	}
	start, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		return nil, err // 18 digits fit
	}
	s := &lcg{a: g.Multiplier, c: g.Increment, m: g.Modulus, x: start % g.Modulus, way: g.Range, most: 200*int64(n) + 10_000}
	if s.c == 0 && s.x == 0 {
		return nil, fault(CodeSeedZero, "seed", seed)
	}
	for range g.Skip {
		s.step()
	}
	return s, nil
}

// step makes the next value. The product fits: multiplier and value are below
// 2^32.
func (s *lcg) step() { s.x = (s.a*s.x + s.c) % s.m }

// below returns a number from 0 to k-1, or false once too many values were
// taken.
func (s *lcg) below(k uint64) (uint64, bool) {
	for {
		if s.taken++; s.taken > s.most {
			return 0, false
		}
		s.step()
		switch {
		case s.way == RangeScale:
			return s.x * k / s.m, true
		case s.way == RangeModulo || s.x < s.m-s.m%k:
			return s.x % k, true
		}
	}
}

// order is the indexes of n codes by rank.
func (s *lcg) order(n int, how string) ([]int32, error) {
	var order []int32
	var ok bool
	if how == OrderShuffle {
		order, ok = shuffle(n, s.below)
	} else {
		order, ok = pick(n, s.below)
	}
	if !ok {
		return nil, fault(CodeStuck, "opening.generator", s.most)
	}
	return order, nil
}
