package notice

// A Document is what a reader sees of a file: its paragraphs and table rows in
// reading order, without layout. Read makes one from bytes, Parse reads tasks
// out of it.
type Document struct {
	Name   string  // the file's name, as given to Read
	Blocks []Block // in reading order; empty paragraphs are left out
}

// A Block is one paragraph, or one row of a table.
type Block struct {
	// Text is the paragraph as printed, with the number that the word
	// processor would print in front ("（一）加强领导"). For a row it is the
	// texts of its cells joined by tabs; positions in a Span count in it.
	Text string
	// Level is the outline level of a heading style, from 1; 0 for body text
	// and wherever the format has no heading styles.
	Level int
	// Table numbers the table that a row belongs to, from 1; 0 for a paragraph.
	Table int
	// Cells are the row's cells, one for each column of the table's grid.
	Cells []Cell
}

// A Cell is one field of a table's grid. The first field of a merged area
// carries the text.
type Cell struct {
	Text string
	// Across and Down say that the field belongs to the merged area that
	// begins to its left or above it. The text of an area that runs down is
	// repeated in each of its rows; that of one that runs across is not.
	Across, Down bool
}

// A Span is a piece of a document: the bytes [Start, End) of the text of one
// block.
type Span struct {
	Block      int `json:"block"`
	Start, End int
}
