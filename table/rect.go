package table

import (
	"strconv"
	"strings"
)

// Excel's own limits.
const (
	lastRow = 1 << 20
	lastCol = 1 << 14
)

// A rect is a range of cells, from 1, both corners included.
type rect struct{ left, top, right, bottom int }

func (r rect) contains(row, col int) bool {
	return row >= r.top && row <= r.bottom && col >= r.left && col <= r.right
}

func (r rect) within(o rect) bool {
	return r.left >= o.left && r.right <= o.right && r.top >= o.top && r.bottom <= o.bottom
}

func (r rect) width() int  { return r.right - r.left + 1 }
func (r rect) height() int { return r.bottom - r.top + 1 }

func (r rect) String() string {
	return cellName(r.top, r.left) + ":" + cellName(r.bottom, r.right)
}

// letters is the name of a column.
func letters(col int) string {
	var b [4]byte
	i := len(b)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

func cellName(row, col int) string { return letters(col) + strconv.Itoa(row) }

// parseCell reads A1 or $A$1.
func parseCell(s string) (row, col int, ok bool) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for i < len(s) && i < 4 && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z') {
		col = col*26 + int(s[i]|0x20-'a') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	return row, col, err == nil && i > 0 && row >= 1 && row <= lastRow && col <= lastCol
}

// parseRect reads A1:B2 or A1, and B:D or 3:5 as far as a sheet goes.
func parseRect(s string) (rect, bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(s, "$", ""), ":")
	if !two {
		to = from
	}
	r1, c1, ok1 := parseCell(from)
	r2, c2, ok2 := parseCell(to)
	if ok1 && ok2 {
		return rect{min(c1, c2), min(r1, r2), max(c1, c2), max(r1, r2)}, true
	}
	if _, a, ok := parseCell(from + "1"); ok && two {
		if _, b, ok := parseCell(to + "1"); ok {
			return rect{min(a, b), 1, max(a, b), lastRow}, true
		}
	}
	return rect{}, false
}

// parseRects reads a list of ranges, as far as it makes sense.
func parseRects(s string) []rect {
	var out []rect
	for f := range strings.FieldsSeq(s) {
		if r, ok := parseRect(f); ok && len(out) < 1000 {
			out = append(out, r)
		}
	}
	return out
}
