package notice

import (
	"testing"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
)

// text lists the blocks of a document as printed.
func texts(doc *Document) []string {
	var lines []string
	for _, b := range doc.Blocks {
		lines = append(lines, b.Text)
	}
	return lines
}

func readTexts(t *testing.T, doc docxtest.Doc) []string {
	t.Helper()
	got, err := Read("方案.docx", docxtest.Build(doc))
	if err != nil {
		t.Fatal(err)
	}
	return texts(got)
}

type (
	para  = docxtest.Para
	run   = docxtest.Run
	body  = []docxtest.Part
	table = docxtest.Table
	cell  = docxtest.Cell
	lists = []docxtest.List
	level = docxtest.Level
	raw   = docxtest.XML
)

func TestDocxText(t *testing.T) {
	tests := map[string]struct {
		body body
		want []string
	}{
		"paragraphs": {
			body{para{Text: "关于开展冬季消防检查的通知", Style: "Title"}, para{}, para{Text: "　　各社区：\u00a0"}},
			[]string{"关于开展冬季消防检查的通知", "各社区："},
		},
		"line break begins a block": {body{para{Text: "青石街道办事处\n2026年3月2日"}}, []string{"青石街道办事处", "2026年3月2日"}},
		"tab":                       {body{para{Text: "牵头单位：\t应急办"}}, []string{"牵头单位：\t应急办"}},
		"runs":                      {body{para{Text: "一", Runs: []run{{Text: "、"}, {Text: "工作任务"}}}}, []string{"一、工作任务"}},
		"inserted is kept, deleted is not": {
			body{para{Text: "每月", Runs: []run{{Text: "不少于", Kind: docxtest.Inserted}, {Text: "至少", Kind: docxtest.Deleted}, {Text: "1次"}}}},
			[]string{"每月不少于1次"},
		},
		"link":       {body{para{Text: "见", Runs: []run{{Text: "附件", Kind: docxtest.Linked}}}}, []string{"见附件"}},
		"field":      {body{para{Text: "按", Runs: []run{{Text: "第二条", Kind: docxtest.Field}, {Text: "办理"}}}}, []string{"按第二条办理"}},
		"hidden run": {body{para{Text: "公开", Runs: []run{{Text: "内部", Hidden: true}}}}, []string{"公开"}},
		"text box":   {body{para{Text: "正文", Runs: []run{{Text: "框中", Kind: docxtest.TextBox}}}}, []string{"正文"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readTexts(t, docxtest.Doc{Body: tt.body, Header: "页眉", Footer: "— 1 —"})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
