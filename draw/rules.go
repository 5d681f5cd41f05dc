package draw

import "fmt"

// Rules say what the order is for. Without types the draw decides the order
// alone.
type Rules struct {
	Types []Type
}

// A Type is a house type and its homes.
type Type struct {
	Type     string
	Homes    int // all of them, reserved ones too
	Reserved []Reserve
	Waiting  int // length of the waiting list at most
}

// A Reserve is a number of homes kept for a group.
type Reserve struct {
	Group string
	Homes int
	Rest  string // RestOpen or RestKeep: what becomes of homes that nobody of the group took
}

// What becomes of reserved homes that are left.
const (
	RestOpen = "open" // they go to the others of the type
	RestKeep = "keep" // they stay empty
)

// open is the number of homes without a reserve.
func (t Type) open() int {
	n := t.Homes
	for _, r := range t.Reserved {
		n -= r.Homes
	}
	return n
}

// check checks the rules by themselves.
func (r Rules) check(where string) error {
	if err := checkRange(where+".types", int64(len(r.Types)), 0, 200); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, t := range r.Types {
		at := fmt.Sprintf("%s.types[%d]", where, i)
		if seen[t.Type] {
			return fault(CodeTwice, at+".type", t.Type)
		}
		seen[t.Type] = true
		if err := t.check(at); err != nil {
			return err
		}
	}
	return nil
}

func (t Type) check(at string) error {
	if err := checkWord(at+".type", t.Type); err != nil {
		return err
	}
	if err := checkRange(at+".homes", int64(t.Homes), 0, maxHomes); err != nil {
		return err
	}
	if err := checkRange(at+".waiting", int64(t.Waiting), 0, maxHomes); err != nil {
		return err
	}
	if err := checkRange(at+".reserved", int64(len(t.Reserved)), 0, 50); err != nil {
		return err
	}
	sum := 0
	seen := map[string]bool{}
	for i, r := range t.Reserved {
		at := fmt.Sprintf("%s.reserved[%d]", at, i)
		if err := checkWord(at+".group", r.Group); err != nil {
			return err
		}
		if seen[r.Group] {
			return fault(CodeTwice, at+".group", r.Group)
		}
		seen[r.Group] = true
		if err := checkRange(at+".homes", int64(r.Homes), 0, maxHomes); err != nil {
			return err
		}
		if err := checkChoice(at+".rest", r.Rest, RestOpen, RestKeep); err != nil {
			return err
		}
		sum += r.Homes
	}
	if sum > t.Homes {
		return fault(CodeReserved, at, t.Type, sum, t.Homes)
	}
	return nil
}

// fit checks that the list and the rules belong together.
func (r Rules) fit(l *List) error {
	if len(r.Types) == 0 {
		if l.Has("type") || l.Has("group") {
			return fault(CodeListNoTypes, "list")
		}
		return nil
	}
	if len(r.Types) > 1 && !l.Has("type") {
		return fault(CodeListTypes, "list", len(r.Types))
	}
	types, groups := map[string]bool{}, map[string]bool{"": true}
	for _, t := range r.Types {
		types[t.Type] = true
		for _, s := range t.Reserved {
			groups[s.Group] = true
		}
	}
	for i := range l.Len() {
		e := l.Entry(i)
		if l.Has("type") && !types[e.Type] {
			return fault(CodeListType, "list", i+2, e.Type)
		}
		if !groups[e.Group] {
			return fault(CodeListGroup, "list", i+2, e.Group)
		}
	}
	return nil
}
