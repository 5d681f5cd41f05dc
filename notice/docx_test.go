package notice

import (
	"strings"
	"testing"
	"unicode/utf16"

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

func fldChar(kind string) string {
	return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>`
}

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
		"space":      {body{raw(`<w:p><w:r><w:t> 青石 </w:t><w:t xml:space="preserve"> 街道 </w:t><w:t>办</w:t></w:r></w:p>`)}, []string{"青石 街道 办"}},
		"no-break hyphen, symbols": {
			body{raw(`<w:p><w:r><w:t>0874</w:t><w:noBreakHyphen/><w:t>123</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F021"/><w:sym w:font="宋体" w:char="2460"/></w:r></w:p>`)},
			[]string{"0874-123☑①"},
		},
		"symbols as text": {
			body{raw("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\uf0fe\uf021</w:t></w:r><w:r><w:t>合格\uf0a8</w:t></w:r></w:p>")},
			[]string{"☑合格"},
		},
		"content control, smart tag, custom xml": {
			body{raw(`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>一</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>二</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt><w:customXml><w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>三</w:t></w:r></w:fldSimple></w:p></w:customXml>`)},
			[]string{"一二", "三"},
		},
		"ruby, formula, note": {
			body{raw(`<w:p><w:r><w:ruby><w:rt><w:r><w:t>yún</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r><m:oMath xmlns:m="` + nsMath + `"><m:r><m:t>a+b</m:t></m:r></m:oMath><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`)},
			[]string{"云a+b"},
		},
		"alternatives are read once": {
			body{raw(`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:t>字</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
				`<mc:AlternateContent><mc:Choice Requires="x"><w:p><w:r><w:t>段</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>落</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>`)},
			[]string{"新字", "段"},
		},
		"moved text": {
			body{raw(`<w:p><w:moveFrom w:id="1"><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo w:id="2"><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>`)},
			[]string{"新处"},
		},
		"field in an instruction": {
			body{raw(`<w:p>` + fldChar("begin") + `<w:r><w:instrText>IF </w:instrText></w:r>` + fldChar("begin") + `<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>` + fldChar("separate") +
				`<w:r><w:t>隐</w:t></w:r>` + fldChar("end") + fldChar("separate") + `<w:r><w:t>显</w:t></w:r>` + fldChar("end") + `</w:p>`)},
			[]string{"显"},
		},
		"field without an end": {
			body{raw(`<w:p><w:r><w:t>甲</w:t></w:r>` + fldChar("begin") + `<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`), para{Text: "乙"}},
			[]string{"甲", "乙"},
		},
		"table of contents is left out": {
			body{para{Text: "目录"}, raw(`<w:p>` + fldChar("begin") + `<w:r><w:instrText xml:space="preserve"> TOC \o "1-3" </w:instrText></w:r>` + fldChar("separate") + `<w:r><w:t>一、任务</w:t><w:tab/><w:t>1</w:t></w:r></w:p>`),
				para{Text: "二、要求\t3"}, raw(`<w:p>` + fldChar("end") + `</w:p>`), para{Text: "一、任务", Style: "1"}},
			[]string{"目录", "一、任务"},
		},
		"text box": {body{para{Text: "正文", Runs: []run{{Text: "框中", Kind: docxtest.TextBox}}}}, []string{"正文"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readTexts(t, docxtest.Doc{Body: tt.body, Header: "页眉", Footer: "— 1 —"})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocxLevel(t *testing.T) {
	doc, err := Read("a.docx", docxtest.Build(docxtest.Doc{
		Styles: []docxtest.Style{{ID: "my", Name: "街道标题", Base: "2"}, {ID: "old", Name: "标题 3"}},
		Body: body{
			para{Text: "标题", Style: "Title"}, para{Text: "一、", Style: "1"}, para{Text: "（一）", Style: "my"}, para{Text: "1.", Style: "old"},
			para{Text: "提纲", Outline: 4}, para{Text: "正文"}, para{Text: "正文", Style: "1", Outline: 10}, para{Text: "无此样式", Style: "none"},
		},
	}))
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, b := range doc.Blocks {
		got = append(got, b.Level)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3, 4, 0, 0, 0}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDocxHiddenStyles(t *testing.T) {
	got := readTexts(t, docxtest.Doc{
		Styles: []docxtest.Style{{ID: "note", Name: "批注样式", Hidden: true}, {ID: "c", Name: "隐藏字", Kind: "character", Hidden: true}},
		Body: body{
			para{Text: "隐藏段", Style: "note"},
			para{Style: "note", Runs: []run{{XML: `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显示</w:t></w:r>`}}},
			para{Text: "甲", Runs: []run{{XML: `<w:r><w:rPr><w:rStyle w:val="c"/></w:rPr><w:t>乙</w:t></w:r>`}}},
		},
	})
	if diff := cmp.Diff([]string{"显示", "甲"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestDocxVariants reads one document as different programs write it.
func TestDocxVariants(t *testing.T) {
	doc := docxtest.Doc{
		Lists: lists{docxtest.Official},
		Body:  body{para{Text: "甲", List: 1}, para{Text: "乙", List: 1}, docxtest.Rows([]string{"1", "2"})},
	}
	want := []string{"一、甲", "二、乙", "1\t2"}
	utf16 := func(s string) string {
		s = strings.Replace(s, "UTF-8", "UTF-16", 1)
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}
	tests := map[string]func(*docxtest.Doc){
		"Word":                   func(*docxtest.Doc) {},
		"strict":                 func(d *docxtest.Doc) { d.Strict = true },
		"other prefix":           func(d *docxtest.Doc) { d.Prefix = "ns0" },
		"other name of the part": func(d *docxtest.Doc) { d.Main = "wps/main/Document2.xml" },
		"no relations": func(d *docxtest.Doc) {
			d.Parts = map[string]string{"_rels/.rels": ""}
		},
		"parts in UTF-16": func(d *docxtest.Doc) {
			d.Parts = map[string]string{"_rels/.rels": utf16(`<?xml version="1.0" encoding="UTF-8"?><Relationships><Relationship Type="http://x/officeDocument" Target="/word/document.xml"/></Relationships>`)}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			d := doc
			change(&d)
			if diff := cmp.Diff(want, readTexts(t, d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
