package draw

// What the draw gives a code.
const (
	OutcomeOrder = "order" // a rank alone, where the rules have no homes
	OutcomeHome  = "home"  // a home of its own group's reserve or an open one
	OutcomeRest  = "rest"  // a reserved home that the group left over
	OutcomeWait  = "wait"  // a place on the waiting list
	OutcomeNone  = "none"
)

// allotment is what the draw gives the code at one rank.
type allotment struct {
	typ     int16 // index in Rules.Types
	pool    int16 // index in Type.Reserved; open, noPool
	outcome uint8 // index in outcomes
	place   int32 // from 1; 0 for none
}

const (
	openPool = -1
	noPool   = -2
)

const (
	isNone = iota
	isHome
	isRest
	isWait
)

var outcomes = [...]string{OutcomeNone, OutcomeHome, OutcomeRest, OutcomeWait}

// wants is what a code asks for: a type, and a group that may have a reserve in
// it.
type wants struct {
	typ   int16
	group int16 // index of the group's reserve in the type; openPool without one
}

// wanted reads types and groups of the whole list into numbers.
func (r Rules) wanted(l *List) []wants {
	types := map[string]int16{}
	for i, t := range r.Types {
		types[t.Type] = int16(i)
	}
	list := make([]wants, l.Len())
	for i := range list {
		e := l.Entry(i)
		w := wants{typ: types[e.Type], group: openPool} // without the column: the only type
		for n, s := range r.Types[w.typ].Reserved {
			if s.Group == e.Group {
				w.group = int16(n)
			}
		}
		list[i] = w
	}
	return list
}

// stock counts what is left and given of one type.
type stock struct {
	open, openGiven int
	left, given     []int // by reserve
	waiting         int32
}

// allot gives homes by rank; order holds the indexes of codes by rank
// (docs/draw.md, section 6).
func (r Rules) allot(l *List, order []int32) []allotment {
	wanted := r.wanted(l)
	stocks := make([]stock, len(r.Types))
	for i, t := range r.Types {
		s := stock{open: t.open(), given: make([]int, len(t.Reserved))}
		for _, res := range t.Reserved {
			s.left = append(s.left, res.Homes)
		}
		stocks[i] = s
	}
	got := make([]allotment, len(order))
	for rank, code := range order {
		w := wanted[code]
		got[rank] = allotment{typ: w.typ, pool: noPool}
		s := &stocks[w.typ]
		switch {
		case w.group >= 0 && s.left[w.group] > 0:
			s.give(&got[rank], isHome, w.group)
		case s.open > 0:
			s.give(&got[rank], isHome, openPool)
		}
	}
	for rank := range got { // what groups left over
		a := &got[rank]
		if a.outcome != isNone {
			continue
		}
		for n, res := range r.Types[a.typ].Reserved {
			if res.Rest == RestOpen && stocks[a.typ].left[n] > 0 {
				stocks[a.typ].give(a, isRest, int16(n))
				break
			}
		}
	}
	for rank := range got { // the waiting lists
		a := &got[rank]
		s := &stocks[a.typ]
		if a.outcome == isNone && int(s.waiting) < r.Types[a.typ].Waiting {
			s.waiting++
			a.outcome, a.place = isWait, s.waiting
		}
	}
	return got
}

// give takes one home out of a pool.
func (s *stock) give(a *allotment, outcome uint8, pool int16) {
	a.outcome, a.pool = outcome, pool
	if pool == openPool {
		s.open--
		s.openGiven++
		a.place = int32(s.openGiven)
		return
	}
	s.left[pool]--
	s.given[pool]++
	a.place = int32(s.given[pool])
}
