package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"gewu/internal/fault"
)

var (
	errText  = fault.New(fault.Invalid, "intake_text", "第 {row} 行有无法识别的文字，请在 WPS 或 Excel 中打开该 CSV 文件，另存为 .xlsx 后再上传", "Line {row} has characters that cannot be read. Open the CSV file in a spreadsheet and save it as .xlsx.")
	errQuote = fault.New(fault.Invalid, "intake_quote", "第 {row} 行的英文双引号不成对，请在 WPS 或 Excel 中打开该 CSV 文件，另存为 .xlsx 后再上传", "The quotes of line {row} do not match. Open the CSV file in a spreadsheet and save it as .xlsx.")
	errWide  = fault.New(fault.Invalid, "intake_wide", "第 {row} 行超过 {n} 列或有超过 {size} 字的单元格，请检查该行的引号和分隔符", "Line {row} has more than {n} columns or a cell of more than {size} characters. Check its quotes and separators.")
)

const (
	textColumns = 1000
	textCell    = 32767 // what a cell of a workbook holds
)

// asWorkbook returns a file as it is, or, if it is a table in text with
// separators (CSV), a workbook of one sheet with the same cells. The text may be
// in UTF-8, UTF-16 or GB 18030, its separators commas, tabs or semicolons. Every
// cell is text, so that no digit of a number is lost.
func asWorkbook(file io.Reader) (io.Reader, func(), error) {
	none := func() {}
	b := bufio.NewReaderSize(file, 64<<10)
	head, err := b.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, none, err
	}
	enc := charset(head)
	if enc == nil || len(head) == 0 {
		return b, none, nil
	}
	x := excelize.NewFile()
	done := func() { _ = x.Close() } // temporary files of its own
	if err := copyText(x, transform.NewReader(b, enc.NewDecoder())); err != nil {
		done()
		return nil, none, err
	}
	r, w := io.Pipe()
	go func() {
		_, err := x.WriteTo(w)
		w.CloseWithError(err)
	}()
	return r, func() { _ = r.Close(); done() }, nil
}

func copyText(x *excelize.File, text io.Reader) error {
	b := bufio.NewReaderSize(text, 64<<10)
	first, _ := b.Peek(16 << 10) // a shorter file has less
	c := csv.NewReader(b)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = separator(string(first)), -1, true
	sw, err := x.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	n, ends := 0, 0 // row, and line on which it ends
	for {
		record, err := c.Read()
		n++
		if errors.Is(err, io.EOF) {
			break
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return errQuote.With("row", bad.Line)
		}
		if err != nil {
			return errText.With("row", n)
		}
		// An empty line is a row, and a cell may have several lines.
		begins, _ := c.FieldPos(0)
		last, _ := c.FieldPos(len(record) - 1)
		n += max(0, begins-ends-1)
		ends = last + strings.Count(record[len(record)-1], "\n")
		if n > maxRows+12 {
			return errRows.With("n", maxRows)
		}
		if len(record) > textColumns {
			return errWide.With("row", n).With("n", textColumns).With("size", textCell)
		}
		row := make([]any, len(record))
		for i, v := range record {
			if strings.ContainsFunc(v, unreadable) {
				return errText.With("row", n)
			}
			if utf8.RuneCountInString(v) > textCell {
				return errWide.With("row", n).With("n", textColumns).With("size", textCell)
			}
			row[i] = v
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		if err := sw.SetRow(at, row); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// unreadable tells whether a character was none in its encoding, or is none that
// a workbook can hold.
func unreadable(r rune) bool {
	return r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

// charset tells in which encoding a text is, by its beginning; nil if it is
// none.
func charset(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		return unicode.UTF8BOM
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return nil // a workbook, a picture
		}
	}
	// The beginning may end within a character.
	whole := head
	for range utf8.UTFMax - 1 {
		if r, n := utf8.DecodeLastRune(whole); r != utf8.RuneError || n != 1 {
			break
		}
		whole = whole[:len(whole)-1]
	}
	if utf8.Valid(whole) {
		return unicode.UTF8
	}
	return simplifiedchinese.GB18030
}

// separator is the one of the usual separators that the first lines have most
// of.
func separator(first string) rune {
	best, most := ',', 0
	for _, sep := range []rune{',', '\t', ';'} {
		if n := strings.Count(first, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}
