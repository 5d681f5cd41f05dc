package table

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A workbook for a test is written as text:
//
//	sheet NAME [hidden]
//
// a cell . has no lines,
//   - 标题 | < | <          a row without lines; < goes on the cell to the left
//   - 序号 | 姓名 | 电话     a row with lines around its cells; ^ goes on the cell above
//   - *5                    five blank rows with lines, as wide as the row before
//   - a blank row
//     list C5:C9 男,女         a drop-down list; a name or range begins with =
//     format D5:D9 yyyy.mm    a number format
//     comment B4 text
//     hide A | hide 5
//     name N = 字典!$A$1:$A$3
//
// Cells that begin with # are numbers, with = formulas; \n breaks a line.
func testBook(t testing.TB, text string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fail := func(line int, err error) {
		if err != nil {
			t.Fatalf("line %d: %v", line, err)
		}
	}
	sides := []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}
	lined, err := f.NewStyle(&excelize.Style{Border: sides})
	fail(0, err)
	sheet, row, width, sheets := "", 0, 1, 0
	for n, line := range strings.Split(text, "\n") {
		n++
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch word {
		case "":
		case "sheet":
			name, hidden := strings.CutSuffix(rest, " hidden")
			if sheets++; sheets == 1 {
				fail(n, f.SetSheetName("Sheet1", name))
			} else {
				_, err := f.NewSheet(name)
				fail(n, err)
			}
			if hidden {
				fail(n, f.SetSheetVisible(name, false))
			}
			sheet, row = name, 0
		case "-", "+":
			if times, ok := strings.CutPrefix(rest, "*"); ok && word == "+" {
				k, err := strconv.Atoi(times)
				fail(n, err)
				fail(n, f.SetCellStyle(sheet, cellName(row+1, 1), cellName(row+k, width), lined))
				row += k
				continue
			}
			row++
			if rest == "" && word == "-" {
				continue
			}
			cells := strings.Split(rest, "|")
			width = len(cells)
			if word == "+" {
				fail(n, f.SetCellStyle(sheet, cellName(row, 1), cellName(row, width), lined))
			}
			testRow(t, f, sheet, row, cells)
		case "list":
			at, list, _ := strings.Cut(rest, " ")
			dv := excelize.NewDataValidation(true)
			dv.Sqref = at
			if ref, ok := strings.CutPrefix(list, "="); ok {
				dv.SetSqrefDropList(ref)
			} else {
				fail(n, dv.SetDropList(strings.Split(list, ",")))
			}
			fail(n, f.AddDataValidation(sheet, dv))
		case "format":
			at, code, _ := strings.Cut(rest, " ")
			id, err := f.NewStyle(&excelize.Style{Border: sides, CustomNumFmt: &code})
			fail(n, err)
			from, to, _ := strings.Cut(at, ":")
			fail(n, f.SetCellStyle(sheet, from, to, id))
		case "comment":
			at, note, _ := strings.Cut(rest, " ")
			fail(n, f.AddComment(sheet, excelize.Comment{Cell: at, Author: "a", Paragraph: []excelize.RichTextRun{{Text: note}}}))
		case "hide":
			if k, err := strconv.Atoi(rest); err == nil {
				fail(n, f.SetRowVisible(sheet, k, false))
			} else {
				fail(n, f.SetColVisible(sheet, rest, false))
			}
		case "name":
			name, to, _ := strings.Cut(rest, " = ")
			fail(n, f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: to}))
		default:
			if !strings.HasPrefix(word, "#") {
				t.Fatalf("line %d: %q", n, line)
			}
		}
	}
	var buf bytes.Buffer
	fail(0, f.Write(&buf))
	return buf.Bytes()
}

func testRow(t testing.TB, f *excelize.File, sheet string, row int, cells []string) {
	t.Helper()
	for i := 0; i < len(cells); i++ {
		c := strings.TrimSpace(cells[i])
		at := cellName(row, i+1)
		var err error
		switch {
		case c == ".": // no lines
			err = f.SetCellStyle(sheet, at, at, 0)
		case c == "" || c == "<":
		case c == "^":
			err = stretch(f, sheet, row, i+1)
		case strings.HasPrefix(c, "="):
			err = f.SetCellFormula(sheet, at, c[1:])
		case strings.HasPrefix(c, "#"):
			v, perr := strconv.ParseFloat(c[1:], 64)
			if perr != nil {
				t.Fatal(perr)
			}
			err = f.SetCellValue(sheet, at, v)
		default:
			err = f.SetCellStr(sheet, at, strings.ReplaceAll(strings.ReplaceAll(c, `\n`, "\n"), "~", " "))
		}
		if err != nil {
			t.Fatal(err)
		}
		last := i
		for last+1 < len(cells) && strings.TrimSpace(cells[last+1]) == "<" {
			last++
		}
		if last > i && c != "^" {
			if err := f.MergeCell(sheet, at, cellName(row, last+1)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// stretch lets the merged range above a cell go on to it.
func stretch(f *excelize.File, sheet string, row, col int) error {
	merged, err := f.GetMergeCells(sheet)
	if err != nil {
		return err
	}
	for _, m := range merged {
		if r, ok := parseRect(m.GetStartAxis() + ":" + m.GetEndAxis()); ok && r.contains(row-1, col) {
			if err := f.UnmergeCell(sheet, m.GetStartAxis(), m.GetEndAxis()); err != nil {
				return err
			}
			return f.MergeCell(sheet, m.GetStartAxis(), cellName(row, r.right))
		}
	}
	return f.MergeCell(sheet, cellName(row-1, col), cellName(row, col))
}

// outline is a mapping as lines that a person can check.
func outline(m Mapping) string {
	var b strings.Builder
	for _, s := range m.Sheets {
		fmt.Fprintf(&b, "sheet %s", s.Name)
		if s.Hidden {
			b.WriteString(" hidden")
		}
		b.WriteString("\n")
		for _, t := range s.Tables {
			kind := string(t.Kind)
			if t.About != "" {
				kind += " of " + string(t.About)
			}
			fmt.Fprintf(&b, "  %s %s %s %q\n", t.Range, kind, t.Axis, t.Title)
			last := "grows"
			if t.LastRow > 0 {
				last = strconv.Itoa(int(t.LastRow))
			}
			fmt.Fprintf(&b, "    header %v rows %d-%s keep %v\n", t.HeaderRows, t.FirstRow, last, t.Keep)
			if sc := t.Scope; sc != (Scope{}) {
				fmt.Fprintf(&b, "    scope %q", sc.Place)
				for _, n := range []*int{sc.AgeMin, sc.AgeMax} {
					if n == nil {
						b.WriteString(" -")
					} else {
						fmt.Fprintf(&b, " %d", *n)
					}
				}
				fmt.Fprintf(&b, " %s..%s\n", sc.From, sc.AsOf)
			}
			for i, list := range [][]Column{t.Columns, t.Lines} {
				for _, c := range list {
					at := c.Letter + c.Cell
					if c.Row > 0 {
						at = strconv.Itoa(c.Row)
					}
					mark := "    "
					if i == 1 {
						mark = "    ~ "
					}
					if c.Inline {
						at += "+"
					}
					fmt.Fprintf(&b, "%s%s %s → %s", mark, at, c.Header, c.Element)
					if c.Element != "" {
						fmt.Fprintf(&b, " %.2f %s", c.Score, c.Format)
					}
					if c.Unit != "" {
						fmt.Fprintf(&b, " [%s]", c.Unit)
					}
					b.WriteString("\n")
				}
			}
		}
	}
	return b.String()
}

// shared is the folder of documents outside the project, "" where there is none.
func shared() string {
	dir := os.Getenv("GEWU_CORPUS")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(dir + "/tables"); err != nil {
		return ""
	}
	return dir
}
