package draw

import "fmt"

// BackfillFormat is the word that marks a record of backfilling.
const BackfillFormat = "gewu-draw-backfill-1"

// A Return is a home, or a place on the waiting list, that was given back.
type Return struct {
	Code   string
	Date   string // 2026-07-01
	Reason string
}

// A Move is a home that passed to the next on the waiting list.
type Move struct {
	Code  string // who has it now
	For   string // who gave it back
	Type  string
	Pool  string
	Place int // which home of the pool
}

func (m Move) String() string {
	return fmt.Sprintf("%s ← %s, %s %s %d", m.Code, m.For, m.Type, m.Pool, m.Place)
}

// A Backfill is all that was given back so far, in the order in which it was
// recorded, and who moved up. There is no chance in it: it follows from the
// bundle.
type Backfill struct {
	Bundle Digest
	Given  []Return
	Moved  []Move
}

// Backfill works out who moves up when the given homes are given back one after
// another (docs/draw.md, section 6).
func (b *Bundle) Backfill(given []Return) (*Backfill, error) {
	if b.result == nil {
		return nil, fault(CodeNotDrawn, "")
	}
	q := b.queue()
	f := &Backfill{Bundle: b.FileDigest(), Given: given}
	for i, g := range given {
		at := fmt.Sprintf("given_back[%d]", i)
		if err := checkWord(at+".code", g.Code); err != nil {
			return nil, err
		}
		if err := checkDate(at+".date", g.Date); err != nil {
			return nil, err
		}
		if err := checkText(at+".reason", g.Reason, 1, 500); err != nil {
			return nil, err
		}
		move, moved, ok := q.giveBack(g.Code)
		if !ok {
			return nil, fault(CodeBackfillCode, at, g.Code)
		}
		if moved {
			f.Moved = append(f.Moved, move)
		}
	}
	return f, nil
}

// CheckBackfill works a record out again.
func (b *Bundle) CheckBackfill(f *Backfill) error {
	if f.Bundle != b.FileDigest() {
		return fault(CodeBackfillBundle, "")
	}
	want, err := b.Backfill(f.Given)
	if err != nil {
		return err
	}
	for i := range max(len(want.Moved), len(f.Moved)) {
		var should, is string
		if i < len(want.Moved) {
			should = want.Moved[i].String()
		}
		if i < len(f.Moved) {
			is = f.Moved[i].String()
		}
		if should != is {
			return fault(CodeBackfillLine, "moved", i+1, should, is)
		}
	}
	return nil
}

// A queue is who has a home and who waits, by type.
type queue struct {
	rest    map[[2]string]bool // type, group: what is left goes to all
	homes   map[string]Place
	waiting map[string][]waiter // by type, in order of rank
}

type waiter struct{ code, group string }

func (b *Bundle) queue() *queue {
	q := &queue{rest: map[[2]string]bool{}, homes: map[string]Place{}, waiting: map[string][]waiter{}}
	for _, t := range b.Opening.Rules.Types {
		for _, r := range t.Reserved {
			q.rest[[2]string{t.Type, r.Group}] = r.Rest == RestOpen
		}
	}
	groups := map[string]string{}
	for i := range b.List.Len() {
		if e := b.List.Entry(i); e.Group != "" {
			groups[e.Code] = e.Group
		}
	}
	for rank := 1; rank <= b.Len(); rank++ {
		switch p := b.At(rank); p.Outcome {
		case OutcomeHome, OutcomeRest:
			q.homes[p.Code] = p
		case OutcomeWait:
			q.waiting[p.Type] = append(q.waiting[p.Type], waiter{p.Code, groups[p.Code]})
		}
	}
	return q
}

// giveBack takes a code's home or place on the list away. moved tells whether
// somebody took the home, ok whether there was anything to give back.
func (q *queue) giveBack(code string) (move Move, moved, ok bool) {
	home, had := q.homes[code]
	if !had {
		return Move{}, false, q.cross(code)
	}
	delete(q.homes, code)
	line := q.waiting[home.Type]
	next := -1
	for i, w := range line {
		if home.Pool == "" || w.group == home.Pool {
			next = i
			break
		}
	}
	if next < 0 && len(line) > 0 && q.rest[[2]string{home.Type, home.Pool}] {
		next = 0
	}
	if next < 0 {
		return Move{}, false, true
	}
	now := home
	now.Code = line[next].code
	q.homes[now.Code] = now
	q.waiting[home.Type] = append(line[:next:next], line[next+1:]...)
	return Move{Code: now.Code, For: code, Type: home.Type, Pool: home.Pool, Place: home.Place}, true, true
}

// cross takes a code off the waiting list.
func (q *queue) cross(code string) bool {
	for t, line := range q.waiting {
		for i, w := range line {
			if w.code == code {
				q.waiting[t] = append(line[:i:i], line[i+1:]...)
				return true
			}
		}
	}
	return false
}
