package notice

import (
	"fmt"
	"strings"
	"testing"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
)

// sketch draws the rows of a document: cells between bars, ← for a field that
// belongs to the one before, ↑ in front of a text from above.
func sketch(doc *Document) string {
	var b strings.Builder
	for _, block := range doc.Blocks {
		if block.Table == 0 {
			fmt.Fprintln(&b, block.Text)
			continue
		}
		fmt.Fprint(&b, block.Table, "|")
		for _, c := range block.Cells {
			if c.Down {
				b.WriteString("↑")
			}
			if c.Across {
				b.WriteString("←")
			}
			b.WriteString(strings.ReplaceAll(c.Text, "\n", "/") + "|")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestDocxTable(t *testing.T) {
	const top, more = docxtest.Top, docxtest.Continue
	rowXML := func(props, cells string) raw {
		return raw(`<w:tbl><w:tr><w:trPr>` + props + `</w:trPr>` + cells + `</w:tr></w:tbl>`)
	}
	const ab = `<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>`
	tests := map[string]struct {
		body body
		want string
	}{
		"plain": {body{docxtest.Rows([]string{"序号", "任务"}, []string{"1", "宣传"})}, "1|序号|任务|\n1|1|宣传|\n"},
		"two tables, and text between": {
			body{docxtest.Rows([]string{"a"}), para{Text: "说明"}, docxtest.Rows([]string{"b"})}, "1|a|\n说明\n2|b|\n"},
		"merged across": {
			body{table{{cell{Text: "单位", Span: 2}, cell{Text: "期限"}}, {cell{Text: "牵头"}, cell{Text: "配合"}, cell{Text: "3月"}}}},
			"1|单位|←|期限|\n1|牵头|配合|3月|\n"},
		"merged down": {
			body{table{{cell{Text: "宣传", Merge: top}, cell{Text: "甲"}}, {cell{Merge: more}, cell{Text: "乙"}}, {cell{Merge: more}, cell{Text: "丙"}}, {cell{Text: "检查", Merge: top}, cell{Text: "丁"}}, {cell{Merge: more}, cell{Text: "戊"}}}},
			"1|宣传|甲|\n1|↑宣传|乙|\n1|↑宣传|丙|\n1|检查|丁|\n1|↑检查|戊|\n"},
		"merged both ways": {
			body{table{{cell{Text: "重点", Span: 2, Merge: top}, cell{Text: "甲"}}, {cell{Span: 2, Merge: more}, cell{Text: "乙"}}}},
			"1|重点|←|甲|\n1|↑重点|↑←|乙|\n"},
		"merged area that begins nowhere": {
			body{table{{cell{Text: "甲", Merge: more}, cell{Text: "乙"}}}}, "1|甲|乙|\n"},
		"runs on from a cell that is not merged": {
			body{table{{cell{Text: "甲"}}, {cell{Text: "乙", Merge: more}}, {cell{Merge: more}}}}, "1|甲|\n1|乙|\n1|↑乙|\n"},
		"short row":    {body{table{{cell{Text: "a"}, cell{Text: "b"}, cell{Text: "c"}}, {cell{Text: "d"}}}}, "1|a|b|c|\n1|d|||\n"},
		"empty row":    {body{docxtest.Rows([]string{"", ""}, []string{"a", ""})}, "1|a||\n"},
		"lines":        {body{table{{cell{Text: "加强\n\n巡查"}, cell{Text: "a\tb"}}}}, "1|加强/巡查|a b|\n"},
		"nested table": {body{table{{cell{Text: "指标", Body: body{docxtest.Rows([]string{"次数", "4"}, []string{"户数", "20"})}}, cell{Text: "x"}}}}, "1|指标/次数 4/户数 20|x|\n"},
		"gridBefore and gridAfter": {
			body{rowXML(`<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>`, ab)}, "1|||a|b||\n"},
		"hMerge": {
			body{rowXML("", `<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>`)}, "1|a|←|\n"},
		"deleted row": {body{rowXML(`<w:del w:id="1" w:author="审核人"/>`, ab), para{Text: "x"}}, "x\n"},
		"row in a content control": {
			body{raw(`<w:tbl><w:sdt><w:sdtPr/><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + ab + `</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>`)}, "1|a|b|\n"},
		"wide span is cut": {
			body{rowXML("", `<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>`)},
			"1|a|" + strings.Repeat("←|", maxColumns-1) + "\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read("表.docx", docxtest.Build(docxtest.Doc{Body: tt.body}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, sketch(doc)); diff != "" {
				t.Error(diff)
			}
			for _, b := range doc.Blocks {
				if b.Table > 0 && b.Text != joinCells(b.Cells) {
					t.Errorf("text %q is not that of the cells", b.Text)
				}
			}
		})
	}
}
