package draw

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// Columns of a list, in their order.
var columnNames = [...]string{"code", "household", "type", "group"}

const (
	colCode = iota
	colHousehold
	colType
	colGroup
	columns
)

// An Entry is one line of the list.
type Entry struct {
	Code      string // pseudonym under which the household takes part
	Household string // pseudonym of the household; empty without the column
	Type      string // house type; empty without the column
	Group     string // group with a reserve of its own; may be empty
}

// A List is who takes part, in a fixed order. It does not change.
type List struct {
	lines []string // header first
	at    [columns]int8
	width int
}

// NewList makes a list of entries. A column that no entry uses is left out.
func NewList(entries []Entry) (*List, error) {
	var used [columns]bool
	used[colCode] = true
	for _, e := range entries {
		used[colHousehold] = used[colHousehold] || e.Household != ""
		used[colType] = used[colType] || e.Type != ""
		used[colGroup] = used[colGroup] || e.Group != ""
	}
	lines := make([]string, 0, len(entries)+1)
	join := func(cells [columns]string) {
		var kept []string
		for i, c := range cells {
			if used[i] {
				kept = append(kept, c)
			}
		}
		lines = append(lines, strings.Join(kept, ","))
	}
	join(columnNames)
	for _, e := range entries {
		join([columns]string{e.Code, e.Household, e.Type, e.Group})
	}
	return listOf(lines)
}

// listOf takes lines in the canonical form and checks them.
func listOf(lines []string) (*List, error) {
	if len(lines) < 2 {
		return nil, fault(CodeListEmpty, "")
	}
	if len(lines)-1 > MaxCodes {
		return nil, fault(CodeListSize, "", MaxCodes)
	}
	l := &List{lines: lines}
	if err := l.readHeader(); err != nil {
		return nil, err
	}
	return l, l.check()
}

func (l *List) readHeader() error {
	for i := range l.at {
		l.at[i] = -1
	}
	last := -1
	for name := range strings.SplitSeq(l.lines[0], ",") {
		col := -1
		for i, n := range columnNames {
			if n == name {
				col = i
			}
		}
		switch {
		case last < 0 && col != colCode:
			return fault(CodeListHeader, "", l.lines[0])
		case col <= last:
			return fault(CodeListColumn, "", name)
		}
		l.at[col] = int8(l.width)
		last = col
		l.width++
	}
	return nil
}

// check looks at every cell, and for codes and households that occur twice.
func (l *List) check() error {
	codes := make(map[string]int32, l.Len())
	var households map[string]int32
	if l.at[colHousehold] >= 0 {
		households = make(map[string]int32, l.Len())
	}
	for i := range l.Len() {
		line := l.lines[i+1]
		if cells := strings.Count(line, ",") + 1; cells != l.width {
			return fault(CodeListCells, "", i+2, cells, l.width)
		}
		e := l.Entry(i)
		for col, cell := range [columns]string{e.Code, e.Household, e.Type, e.Group} {
			if l.at[col] >= 0 && !isWord(cell) && !(col == colGroup && cell == "") {
				return fault(CodeListWord, "", i+2, columnNames[col], cell)
			}
		}
		if first, twice := codes[e.Code]; twice {
			return fault(CodeListCode, "", e.Code, int(first), i+2)
		}
		codes[e.Code] = int32(i + 2)
		if households == nil {
			continue
		}
		if first, twice := households[e.Household]; twice {
			return fault(CodeListHousehold, "", e.Household, int(first), i+2)
		}
		households[e.Household] = int32(i + 2)
	}
	return nil
}

// Len is the number of codes.
func (l *List) Len() int { return len(l.lines) - 1 }

// Has reports whether the list has the column of that name.
func (l *List) Has(column string) bool {
	for i, n := range columnNames {
		if n == column {
			return l.at[i] >= 0
		}
	}
	return false
}

// Entry is the i-th line after the header, from 0.
func (l *List) Entry(i int) Entry {
	line := l.lines[i+1]
	if l.width == 1 {
		return Entry{Code: line}
	}
	var cells [columns]string
	for n := range l.width {
		cells[n], line, _ = strings.Cut(line, ",")
	}
	cell := func(col int) string {
		if l.at[col] < 0 {
			return ""
		}
		return cells[l.at[col]]
	}
	return Entry{Code: cells[0], Household: cell(colHousehold), Type: cell(colType), Group: cell(colGroup)}
}

// Find is the place of a code on the list, from 0, or -1. It looks at every
// line; whoever asks often builds a map.
func (l *List) Find(code string) int {
	for i := range l.Len() {
		if l.Entry(i).Code == code {
			return i
		}
	}
	return -1
}

// Digest hashes the canonical text, which WriteTo writes.
func (l *List) Digest() Digest {
	h := newHashing()
	l.WriteTo(h) // a hash does not fail
	return h.digest()
}

// WriteTo writes the canonical text: each line ends with one line feed.
func (l *List) WriteTo(w io.Writer) (int64, error) {
	b := bufio.NewWriterSize(w, 1<<16)
	var n int64
	for _, line := range l.lines {
		b.WriteString(line)
		b.WriteByte('\n')
		n += int64(len(line)) + 1
	}
	return n, b.Flush()
}

// String is the canonical text.
func (l *List) String() string {
	var b bytes.Buffer
	l.WriteTo(&b) // a buffer does not fail
	return b.String()
}
