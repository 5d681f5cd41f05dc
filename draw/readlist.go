package draw

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// headers are what people call the columns.
var headers = map[string]int{
	"code": colCode, "编号": colCode, "摇号编号": colCode,
	"household": colHousehold, "家庭": colHousehold, "家庭编号": colHousehold,
	"type": colType, "房型": colType, "户型": colType,
	"group": colGroup, "组别": colGroup,
}

// ReadList reads a list as an office has it: CSV in UTF-8, with or without a
// byte order mark, lines ended in either way, columns in any order, headers in
// Chinese or English. What it makes of it is canonical. Besides what a bundle
// may not hold, it refuses cells that look like resident identity numbers.
func ReadList(r io.Reader) (*List, error) {
	lines, err := readLines(r)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, fault(CodeListEmpty, "")
	}
	order, err := columnOrder(lines[0])
	if err != nil {
		return nil, err
	}
	if err := reorder(lines, order); err != nil {
		return nil, err
	}
	l, err := listOf(lines)
	if err != nil {
		return nil, err
	}
	for i := range l.Len() {
		e := l.Entry(i)
		for col, cell := range [columns]string{e.Code, e.Household} {
			if looksLikeResidentID(cell) {
				return nil, fault(CodeListResident, "", i+2, columnNames[col])
			}
		}
	}
	return l, nil
}

// readLines splits into lines without their ends. The lines share the memory
// of a few large blocks.
func readLines(r io.Reader) ([]string, error) {
	var text strings.Builder
	n, err := io.Copy(&text, io.LimitReader(bufio.NewReaderSize(r, 1<<16), MaxSize+1))
	if err != nil {
		return nil, err
	}
	if n > MaxSize {
		return nil, fault(CodeTooLarge, "", MaxSize)
	}
	rest := strings.TrimPrefix(text.String(), "\ufeff")
	var lines []string
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimSuffix(line, "\r")
		if !utf8.ValidString(line) {
			return nil, fault(CodeListEncoding, "", len(lines)+1)
		}
		if len(lines) > MaxCodes {
			return nil, fault(CodeListSize, "", MaxCodes)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// columnOrder tells for each canonical column where it stands in the file, -1
// where it does not.
func columnOrder(header string) ([columns]int, error) {
	order := [columns]int{-1, -1, -1, -1}
	for i, name := range strings.Split(header, ",") {
		col, known := headers[name]
		if !known || order[col] >= 0 {
			if i == 0 && !strings.Contains(header, "code") && !strings.Contains(header, "编号") {
				return order, fault(CodeListHeader, "", shortened(header))
			}
			return order, fault(CodeListColumn, "", shortened(name))
		}
		order[col] = i
	}
	if order[colCode] < 0 {
		return order, fault(CodeListHeader, "", shortened(header))
	}
	return order, nil
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// reorder brings the cells of each line into canonical order, in place.
func reorder(lines []string, order [columns]int) error {
	var from []int
	var names []string
	inOrder := true
	for col, i := range order {
		if i >= 0 {
			inOrder = inOrder && i == len(from)
			from = append(from, i)
			names = append(names, columnNames[col])
		}
	}
	lines[0] = strings.Join(names, ",")
	if inOrder {
		return nil
	}
	for n, line := range lines[1:] {
		cells := strings.Split(line, ",")
		if len(cells) != len(from) {
			return fault(CodeListCells, "", n+2, len(cells), len(from))
		}
		moved := make([]string, len(from))
		for i, at := range from {
			moved[i] = cells[at]
		}
		lines[n+1] = strings.Join(moved, ",")
	}
	return nil
}

// looksLikeResidentID reports whether s has the form and the check digit of a
// resident identity number (GB 11643).
func looksLikeResidentID(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := 17; i >= 0; i-- {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			sum += int(c-'0') * weight
		case i == 17 && (c == 'X' || c == 'x'):
			sum += 10 * weight
		default:
			return false
		}
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

// readAll reads what a bundle may hold at most.
func readAll(r io.Reader) (string, error) {
	var text strings.Builder
	n, err := io.Copy(&text, io.LimitReader(r, MaxSize+1))
	if err != nil {
		return "", err
	}
	if n > MaxSize {
		return "", fault(CodeTooLarge, "", MaxSize)
	}
	return text.String(), nil
}
