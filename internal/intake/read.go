package intake

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gewu/code"
	"gewu/internal/fault"
)

var (
	errBook   = fault.New(fault.Invalid, "intake_workbook", "无法读取该文件，请确认是未加密的 .xlsx 工作簿；.xls 或带密码的文件请在 WPS 或 Excel 中另存为 .xlsx", "The file cannot be read. It must be an .xlsx workbook without a password; save an .xls or a protected file as .xlsx first.")
	errHeader = fault.New(fault.Invalid, "intake_header", "没有在前 12 行找到表头。请确认首行或标题下一行是列名，再重新上传", "No header was found in the first 12 rows. The names of the columns must stand in the first row or below the title.")
	errRows   = fault.New(fault.TooLarge, "intake_rows", "表格超过 {n} 行，请拆分后分批导入", "The sheet has more than {n} rows. Split it and import the parts.")
)

// maxRows is how many rows one file brings in.
const maxRows = 400_000

// rows calls f with each row of a sheet from the first row of data on: its
// number and its cells, as they are stored. Dates are numbers then; date says
// of which system. It holds one row at a time.
func rows(file io.Reader, sheet string, first int, f func(n int, cells []string, date code.DateSystem) error) error {
	x, err := excelize.OpenReader(file, excelize.Options{RawCellValue: true, UnzipSizeLimit: 2 << 30, UnzipXMLSizeLimit: 8 << 20})
	if err != nil {
		return errBook
	}
	defer x.Close()
	system := code.Excel1900
	if p, err := x.GetWorkbookProps(); err == nil && p.Date1904 != nil && *p.Date1904 {
		system = code.Excel1904
	}
	it, err := x.Rows(sheet)
	if err != nil {
		return errBook
	}
	defer it.Close()
	empty := 0
	for n := 1; it.Next(); n++ {
		cells, err := it.Columns()
		if err != nil {
			return errBook
		}
		if n < first {
			continue
		}
		if n-first > maxRows {
			return errRows.With("n", maxRows)
		}
		if blank(cells) {
			// A sheet that was formatted to its end is not read to its end.
			if empty++; empty > 1000 {
				break
			}
			continue
		}
		empty = 0
		if footer(cells) {
			continue
		}
		if err := f(n, cells, system); err != nil {
			if errors.Is(err, errStop) {
				return nil
			}
			return err
		}
	}
	if it.Error() != nil {
		return errBook
	}
	return nil
}

// errStop ends the reading before the last row.
var errStop = errors.New("stop")

var (
	totalRow = regexp.MustCompile(`^(合计|总计|小计|共计)[:：]?$`)
	signed   = regexp.MustCompile(`^(填表|填报|制表|审核|负责|经办|单位负责)(人|单位|日期)(签字|签名)?[:：]|^(注|备注|说明|填表说明)[:：]`)
)

// footer tells whether a row is none of the register: its totals, who signed it,
// a note below it.
func footer(cells []string) bool {
	first, more := "", 0
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c), ""); c != "" {
			if first == "" {
				first = c
			} else if _, err := strconv.ParseFloat(c, 64); err != nil {
				more++ // words beside the label
			}
		}
	}
	return totalRow.MatchString(first) && more == 0 || signed.MatchString(first)
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// cell returns the cell of a column.
func cell(cells []string, letter string) string {
	n, err := excelize.ColumnNameToNumber(letter)
	if err != nil || n > len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[n-1])
}

// day brings a date into text: a number is a day of the workbook's system.
func day(v string, system code.DateSystem) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 1 || f > 80000 || strings.Count(v, ".") == 1 && len(v) < 8 && f > 1800 && f < 2200 {
		return v // 1950.1 is a month, 19500102 a day written without separators
	}
	if f > 1800 && f < 2200 && f == float64(int(f)) {
		return v // a year
	}
	d, err := code.DateFromSerial(f, system)
	if err != nil {
		return v
	}
	return d.String()
}

// samples shows a value of each column, masked.
func (s *Service) samples(i *Intake) error {
	if i.Sheet == "" {
		return nil
	}
	f, err := s.files.Open(i.ref())
	if err != nil {
		return err
	}
	left := 20
	return rows(f, i.Sheet, i.FirstRow, func(_ int, cells []string, _ code.DateSystem) error {
		for n := range i.Columns {
			c := &i.Columns[n]
			if v := cell(cells, c.Letter); c.Sample == "" && v != "" {
				c.Sample = mask(s.mask, c.Element, v)
			}
		}
		if left--; left == 0 {
			return errStop
		}
		return nil
	})
}

// mask hides the sample of a column; what is not recognised may be anything,
// so long numbers are hidden too.
func mask(by func(element, value string) string, element, v string) string {
	if element != "" {
		v = by(element, v)
	}
	r := []rune(v)
	digits := 0
	for _, c := range r {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits >= 11 {
		return fmt.Sprintf("%s%s", string(r[:2]), strings.Repeat("*", len(r)-2))
	}
	return string(r[:min(len(r), 20)])
}
