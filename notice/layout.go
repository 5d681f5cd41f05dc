package notice

// guessLayout reads the columns of a table without headings by what their
// cells look like: numbers, dates, units, and the longest texts. ok is false if
// the table has headings or the cells do not tell.
func (r *reader) guessLayout(rows []row) (l layout, ok bool) {
	if len(rows) < 2 || len(rows[0].fields) < 3 {
		return l, false
	}
	for _, row := range rows {
		if _, headed := readLayout(row); headed {
			return l, false
		}
	}
	width := len(rows[0].fields)
	l = layout{kinds: make([]string, width), text: -1}
	longest := 0
	for i := range width {
		kind, size := r.guessColumn(rows, i)
		switch {
		case kind == "number" && i > 0, kind == "due" && l.has("due"):
			kind = "other"
		case kind == "unit" && l.has("unit"):
			kind = "support" // who helps stands behind who acts
		}
		l.kinds[i] = kind
		if kind == "" && size > longest {
			l.text, longest = i, size
		}
	}
	if l.text < 0 || !l.has("unit") || longest < len(rows)*shortestLine {
		return l, false
	}
	for i := range l.kinds[:l.text] {
		if l.kinds[i] == "" {
			l.kinds[i] = "name"
			break
		}
	}
	l.kinds[l.text] = "text"
	return l, true
}

// guessColumn tells what most of the cells of a column are, "" for running
// text, and how many characters they have together.
func (r *reader) guessColumn(rows []row, i int) (kind string, size int) {
	count := map[string]int{}
	filled := 0
	for _, row := range rows {
		if i >= len(row.fields) || row.fields[i].len() == 0 {
			continue
		}
		f := row.fields[i]
		filled++
		size += f.len()
		switch {
		case isRowNumber(f.String()):
			count["number"]++
		case isDateCell(f):
			count["due"]++
		case r.entries(f).named:
			count["unit"]++
		}
	}
	for _, k := range []string{"number", "due", "unit"} {
		if filled > 0 && count[k]*4 >= filled*3 {
			return k, size
		}
	}
	return "", size
}
