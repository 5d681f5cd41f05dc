package notice

import (
	"strings"
	"unicode"
)

// fromText turns decoded text into a document: each line that prints something
// is a block, and a line with tabs is a row of a table. Paragraphs that were
// broken at a margin are joined.
func fromText(name, s string) *Document {
	doc := &Document{Name: name}
	tables := 0
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if !strings.Contains(strings.TrimSpace(line), "\t") {
			if line = strings.TrimFunc(line, unprinted); line != "" {
				doc.Blocks = append(doc.Blocks, Block{Text: line})
			}
			continue
		}
		if n := len(doc.Blocks); n == 0 || doc.Blocks[n-1].Table == 0 {
			tables++
		}
		doc.Blocks = append(doc.Blocks, Block{Text: line, Table: tables})
	}
	doc.Blocks = rewrap(doc)
	for i := 0; i < len(doc.Blocks); {
		end := i + 1
		for end < len(doc.Blocks) && doc.Blocks[end].Table == doc.Blocks[i].Table {
			end++
		}
		if doc.Blocks[i].Table > 0 {
			gridRows(doc.Blocks[i:end])
		}
		i = end
	}
	return doc
}

func unprinted(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// gridRows gives tab-separated rows the cells of one grid. Text has no merged
// cells: where the number and the name of a row run down over several rows,
// the later rows are written without them, hence shorter, and aligned at the
// right. A short row that has its own number has lost empty cells at its end.
func gridRows(rows []Block) {
	width := 0
	for i := range rows {
		for cell := range strings.SplitSeq(rows[i].Text, "\t") {
			rows[i].Cells = append(rows[i].Cells, Cell{Text: strings.TrimFunc(cell, unprinted)})
		}
		width = max(width, len(rows[i].Cells))
	}
	var above []Cell
	for i := range rows {
		row := &rows[i]
		if missing := width - len(row.Cells); missing > 0 {
			if above != nil && !isRowNumber(row.Cells[0].Text) {
				row.Cells = append(runDown(above[:missing]), row.Cells...)
			} else {
				row.Cells = append(row.Cells, make([]Cell, missing)...)
			}
		}
		row.Text = joinCells(row.Cells)
		above = row.Cells
	}
}

func runDown(cells []Cell) []Cell {
	down := make([]Cell, len(cells))
	for i, c := range cells {
		down[i] = Cell{Text: c.Text, Across: c.Across, Down: true}
	}
	return down
}

func joinCells(cells []Cell) string {
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = c.Text
	}
	return strings.Join(texts, "\t")
}

// isRowNumber tells whether a cell holds a number only ("3", "二、", "（一）").
func isRowNumber(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十", r) {
			n++
		} else if !strings.ContainsRune(" .．、()（）-", r) {
			return false
		}
	}
	return n > 0 && n < 6
}
