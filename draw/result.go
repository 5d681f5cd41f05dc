package draw

import (
	"strconv"
	"strings"
)

// A Place is what the draw gave one code.
type Place struct {
	Rank    int // from 1
	Code    string
	Outcome string
	Type    string // empty where the rules have no types
	Pool    string // group of the reserve; empty: an open home
	Place   int    // from 1, within type and pool, or on the type's waiting list; 0 for none
}

const (
	headerOrder = "code"
	headerHomes = "code,outcome,type,pool,place"
)

// lines writes the result: a header, then a line for each code by rank.
func (b *Bundle) lines(order []int32) []string {
	var got []allotment
	header := headerOrder
	if len(b.Opening.Rules.Types) > 0 {
		header = headerHomes
		got = b.Opening.Rules.allot(b.List, order)
	}
	out := make([]string, 0, len(order)+1)
	out = append(out, header)
	if got == nil {
		for _, i := range order {
			out = append(out, b.List.Entry(int(i)).Code)
		}
		return out
	}
	// All lines share one block of memory, which is cut into strings at the end.
	var text strings.Builder
	text.Grow(len(order) * 32)
	ends := make([]int, len(order))
	for rank, i := range order {
		b.line(&text, b.List.Entry(int(i)).Code, got[rank])
		ends[rank] = text.Len()
	}
	all, start := text.String(), 0
	for _, end := range ends {
		out = append(out, all[start:end])
		start = end
	}
	return out
}

func (b *Bundle) line(w *strings.Builder, code string, a allotment) {
	t := b.Opening.Rules.Types[a.typ]
	w.WriteString(code)
	w.WriteByte(',')
	w.WriteString(outcomes[a.outcome])
	w.WriteByte(',')
	w.WriteString(t.Type)
	w.WriteByte(',')
	if a.pool >= 0 {
		w.WriteString(t.Reserved[a.pool].Group)
	}
	w.WriteByte(',')
	if a.outcome != isNone {
		var digits [12]byte
		w.Write(strconv.AppendInt(digits[:0], int64(a.place), 10))
	}
}

// At is what the draw gave the code at a rank, from 1. The draw must have a
// result of that many ranks.
func (b *Bundle) At(rank int) Place {
	line := b.result[rank]
	if b.result[0] == headerOrder {
		return Place{Rank: rank, Code: line, Outcome: OutcomeOrder}
	}
	cells := strings.Split(line, ",")
	p := Place{Rank: rank, Code: cells[0]}
	if len(cells) == 5 { // another number only in a file that does not verify
		p.Outcome, p.Type, p.Pool = cells[1], cells[2], cells[3]
		p.Place, _ = strconv.Atoi(cells[4])
	}
	return p
}

// Len is the number of ranks: that of the codes once drawn, else 0.
func (b *Bundle) Len() int { return max(len(b.result)-1, 0) }

// Find is what the draw gave a code.
func (b *Bundle) Find(code string) (Place, error) {
	if b.result == nil {
		return Place{}, fault(CodeNotDrawn, "")
	}
	for rank := 1; rank < len(b.result); rank++ {
		if line := b.result[rank]; strings.HasPrefix(line, code) {
			if p := b.At(rank); p.Code == code {
				return p, nil
			}
		}
	}
	return Place{}, fault(CodeNoCode, "", code)
}
