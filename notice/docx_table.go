package notice

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// maxColumns bounds a table's grid. Word makes up to 63 columns.
const maxColumns = 128

// cellSize is what a Cell, or the slice of a row, costs in bytes.
const cellSize = 24

// A docxGrid is a table being read: its rows, each with one Cell a column.
type docxGrid struct {
	rows   [][]Cell
	width  int
	merged [maxColumns]bool // columns where the last row has w:vMerge
}

// cellProps are the properties that place a cell (ECMA-376-1 17.4).
type cellProps struct {
	span int    // w:gridSpan
	down string // w:vMerge: "restart", "continue", "" not merged
	left bool   // w:hMerge continue: belongs to the cell before
}

// table reads a table of the body: each row with text is a block.
func (d *docxReader) table() error {
	g, err := d.readGrid()
	if err != nil || g.width == 0 {
		return err
	}
	number := d.tables + 1
	for _, row := range g.rows {
		if err := d.spend(cellSize * (g.width - len(row))); err != nil {
			return err
		}
		row = append(row, make([]Cell, g.width-len(row))...)
		text := joinCells(row)
		if strings.TrimFunc(text, unprinted) == "" {
			continue
		}
		if err := d.spend(len(text)); err != nil {
			return err
		}
		d.tables = number
		if err := d.addBlock(Block{Text: text, Table: number, Cells: row}); err != nil {
			return err
		}
	}
	return nil
}

func (d *docxReader) readGrid() (docxGrid, error) {
	var g docxGrid
	d.inTable++
	defer func() { d.inTable-- }()
	err := d.rows(&g)
	return g, err
}

// rows reads w:tr, also inside content controls and the like.
func (d *docxReader) rows(g *docxGrid) error {
	return d.x.children(func(el xml.StartElement) error {
		switch {
		case isAlternate(el.Name):
			return d.alternate(func() error { return d.rows(g) })
		case !inWord(el.Name) || unread[el.Name.Local]:
			return nil
		case el.Name.Local != "tr":
			return d.rows(g)
		}
		r := docxRow{}
		if len(g.rows) > 0 {
			r.above = g.rows[len(g.rows)-1]
		}
		r.mergedAbove = g.merged
		if err := d.row(&r); err != nil || r.deleted || len(r.cells) == 0 {
			return err
		}
		if err := r.blank(d, r.after); err != nil {
			return err
		}
		g.rows, g.merged = append(g.rows, r.cells), r.merged
		g.width = max(g.width, len(r.cells))
		return nil
	})
}

// A docxRow is a w:tr being read.
type docxRow struct {
	cells, above        []Cell
	merged, mergedAbove [maxColumns]bool
	after               int // w:gridAfter
	deleted             bool
}

func (d *docxReader) row(r *docxRow) error {
	return d.x.children(func(el xml.StartElement) error {
		switch {
		case isAlternate(el.Name):
			return d.alternate(func() error { return d.row(r) })
		case !inWord(el.Name):
			return nil
		case el.Name.Local == "trPr":
			return d.rowProps(r)
		case el.Name.Local == "tc":
			return d.cell(r)
		case unread[el.Name.Local]:
			return nil
		}
		return d.row(r)
	})
}

func (d *docxReader) rowProps(r *docxRow) error {
	return d.x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "gridBefore":
			return r.blank(d, intAttr(el, "val", 0))
		case "gridAfter":
			r.after = intAttr(el, "val", 0)
		case "del":
			r.deleted = true
		}
		return nil
	})
}

// blank adds columns where the row has no cell.
func (r *docxRow) blank(d *docxReader, n int) error {
	n = min(max(n, 0), maxColumns-len(r.cells))
	if n <= 0 {
		return nil
	}
	r.cells = append(r.cells, make([]Cell, n)...)
	return d.spend(cellSize * n)
}

func (d *docxReader) cell(r *docxRow) error {
	at, props := len(r.cells), cellProps{span: 1}
	var merged *Cell // the field above, where the cell runs on from it
	var lines []byte
	err := d.x.children(func(el xml.StartElement) (err error) {
		switch {
		case el.Name.Local == "tcPr" && inWord(el.Name):
			if props, err = readCellProps(d.x); err != nil {
				return err
			}
			// One that runs on from nothing begins a merged area (17.4.84).
			if props.down == "continue" && at < len(r.above) && r.mergedAbove[at] {
				merged = &r.above[at]
			}
			return nil
		case merged != nil:
			return nil // what stands in it is not printed
		case isAlternate(el.Name):
			return d.alternate(func() error { return d.cellFlow(&lines) })
		case !inWord(el.Name) || unread[el.Name.Local]:
			return nil
		}
		switch el.Name.Local {
		case "p":
			return d.paragraph(cellLines(&lines))
		case "tbl":
			return d.nested(&lines)
		}
		return d.cellFlow(&lines)
	})
	if err != nil {
		return err
	}
	c := Cell{Text: string(lines)}
	if merged != nil {
		c = Cell{Text: merged.Text, Down: true, Across: merged.Across}
	}
	if at < maxColumns {
		r.merged[at] = props.down != ""
	}
	return r.place(d, c, props)
}

// place puts a cell into its columns.
func (r *docxRow) place(d *docxReader, c Cell, props cellProps) error {
	if props.left && len(r.cells) > 0 {
		last := len(r.cells) - 1
		c = Cell{Across: true, Down: r.cells[last].Down}
	}
	for i := range min(max(props.span, 1), maxColumns) {
		if len(r.cells) >= maxColumns {
			return nil
		}
		if i > 0 {
			c = Cell{Across: true, Down: c.Down}
		}
		r.cells = append(r.cells, c)
	}
	return d.spend(cellSize * (1 + props.span))
}

func readCellProps(x *xmlReader) (cellProps, error) {
	p := cellProps{span: 1}
	err := x.children(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "gridSpan":
			p.span = min(max(intAttr(el, "val", 1), 1), maxColumns)
		case "vMerge":
			if p.down = attr(el, "val"); p.down == "" {
				p.down = "continue" // 17.4.84
			}
		case "hMerge":
			p.left = attr(el, "val") != "restart"
		}
		return nil
	})
	return p, err
}

func (d *docxReader) cellFlow(lines *[]byte) error {
	return d.flow(cellLines(lines), func() error { return d.nested(lines) })
}

// cellLines gathers the paragraphs of a cell as lines. A number is kept also
// where no text follows it: columns of row numbers are often made so.
func cellLines(lines *[]byte) func(printed) error {
	return func(p printed) error {
		for line := range bytes.SplitSeq(p.text, []byte("\n")) {
			line = bytes.TrimFunc(bytes.ReplaceAll(line, []byte("\t"), []byte(" ")), unprinted)
			addLine(lines, strings.TrimSpace(p.number+string(line)))
			p.number = ""
		}
		return nil
	}
}

func addLine(lines *[]byte, s string) {
	if s == "" {
		return
	}
	if len(*lines) > 0 {
		*lines = append(*lines, '\n')
	}
	*lines = append(*lines, s...)
}

// nested writes a table inside a cell as lines of that cell.
func (d *docxReader) nested(lines *[]byte) error {
	g, err := d.readGrid()
	for _, row := range g.rows {
		var cells []string
		for _, c := range row {
			if c.Text != "" && !c.Down {
				cells = append(cells, c.Text)
			}
		}
		addLine(lines, strings.Join(cells, " "))
	}
	return err
}
