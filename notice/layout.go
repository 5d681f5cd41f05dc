package notice

// guessLayout reads the columns of a table whose headings are missing or only
// in part known, by what their cells look like: numbers, dates, units, and the
// longest texts. first is the first row that is no heading; ok is false if the
// table has proper headings or the cells do not tell.
func (r *reader) guessLayout(rows []row) (l layout, first int, ok bool) {
	if len(rows) < 2 || len(rows[0].fields) < 3 {
		return l, 0, false
	}
	for _, row := range rows {
		if _, headed := readLayout(row); headed {
			return l, 0, false
		}
	}
	l, first = partlyHeaded(rows[0])
	longest := 0
	for i, known := range l.kinds {
		kind, size := r.guessColumn(rows[first:], i)
		if known != "" {
			continue
		}
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
	if l.text < 0 || !l.has("unit") && !l.has("lead") || longest < (len(rows)-first)*shortestLine {
		return l, 0, false
	}
	for i := range l.kinds[:l.text] {
		if l.kinds[i] == "" {
			l.kinds[i] = "name"
			break
		}
	}
	l.kinds[l.text] = "text"
	return l, first, true
}

// partlyHeaded is the layout of a row of headings of which at least two are
// known; of any other row it is empty, and first is 0.
func partlyHeaded(head row) (l layout, first int) {
	l = layout{kinds: make([]string, len(head.fields)), text: -1}
	known := 0
	for i, f := range head.fields {
		if l.kinds[i] = headingKind(f.runes); l.kinds[i] != "" {
			known++
		}
	}
	if known < 2 {
		clear(l.kinds)
		return l, 0
	}
	return l, 1
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
