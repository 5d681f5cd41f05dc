package notice

import (
	"strings"
	"testing"

	"gewu/internal/docxtest"

	"github.com/google/go-cmp/cmp"
)

// numberingCases are documents and what Word prints of them.
func numberingCases() map[string]struct {
	doc  docxtest.Doc
	want string // blocks, parted by " | "
} {
	never, first := 0, 1
	p := func(list, level int, text string) docxtest.Part { return para{Text: text, List: list, Level: level} }
	s := func(style, text string) docxtest.Part { return para{Text: text, Style: style} }
	three := []level{{Format: "decimal", Text: "%1"}, {Format: "decimal", Text: "%1.%2"}, {Format: "decimal", Text: "%1.%2.%3"}}
	return map[string]struct {
		doc  docxtest.Doc
		want string
	}{
		"official document": {
			docxtest.Doc{Lists: lists{docxtest.Official}, Body: body{
				p(1, 0, "总体要求"), p(1, 0, "主要任务"), p(1, 1, "加强领导"), p(1, 2, "建立机制"), p(1, 3, "每月例会"), p(1, 2, "落实责任"), p(1, 1, "强化督导"), p(1, 0, "保障措施"), p(1, 1, "经费")}},
			"一、总体要求 | 二、主要任务 | （一）加强领导 | 1.建立机制 | （1）每月例会 | 2.落实责任 | （二）强化督导 | 三、保障措施 | （一）经费",
		},
		"text between does not break the count": {
			docxtest.Doc{Lists: lists{docxtest.Official}, Body: body{p(1, 0, "甲"), para{Text: "说明"}, p(1, 0, "乙")}},
			"一、甲 | 说明 | 二、乙",
		},
		"levels skipped": {
			docxtest.Doc{Lists: lists{{Levels: three}}, Body: body{p(1, 2, "a"), p(1, 2, "b"), p(1, 1, "c"), p(1, 0, "d"), p(1, 1, "e")}},
			"1.1.1 a | 1.1.2 b | 1.2 c | 2 d | 2.1 e",
		},
		"start": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1.", Start: 5}}}}, Body: body{p(1, 0, "a"), p(1, 0, "b")}},
			"5. a | 6. b",
		},
		"second list with its own start": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1."}}}, {Like: 1, Start: map[int]int{0: 1}}},
				Body: body{p(1, 0, "a"), p(1, 0, "b"), p(2, 0, "c"), p(2, 0, "d")}},
			"1. a | 2. b | 1. c | 2. d",
		},
		"second list goes on": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1."}}}, {Like: 1}},
				Body: body{p(1, 0, "a"), p(1, 0, "b"), p(2, 0, "c"), p(1, 0, "d")}},
			"1. a | 2. b | 3. c | 4. d",
		},
		"lvlRestart never": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "chineseCountingThousand", Text: "第%1章", Suffix: "space"}, {Format: "chineseCountingThousand", Text: "第%2条", Suffix: "space", Restart: &never}}}},
				Body: body{p(1, 0, "总则"), p(1, 1, "目的"), p(1, 1, "范围"), p(1, 0, "附则"), p(1, 1, "施行")}},
			"第一章 总则 | 第一条 目的 | 第二条 范围 | 第二章 附则 | 第三条 施行",
		},
		"lvlRestart after the first level only": {
			docxtest.Doc{Lists: lists{{Levels: []level{three[0], three[1], {Format: "lowerLetter", Text: "%3)", Restart: &first}}}},
				Body: body{p(1, 0, "A"), p(1, 1, "B"), p(1, 2, "C"), p(1, 1, "D"), p(1, 2, "E"), p(1, 0, "F"), p(1, 1, "G"), p(1, 2, "H")}},
			"1 A | 1.1 B | a) C | 1.2 D | b) E | 2 F | 2.1 G | a) H",
		},
		"isLgl": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "chineseCountingThousand", Text: "%1、"}, {Format: "decimal", Text: "%1.%2", Legal: true}, {Format: "decimal", Text: "%1.%3"}}}},
				Body: body{p(1, 0, "a"), p(1, 0, "b"), p(1, 1, "c"), p(1, 2, "d")}},
			"一、a | 二、b | 2.1 c | 二.1 d",
		},
		"bullets": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "bullet", Text: "●"}, {Format: "decimal", Text: "%2)"}}}}, Body: body{p(1, 0, "a"), p(1, 1, "b")}},
			"a | 1) b",
		},
		"suffixes": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1.", Suffix: "nothing"}, {Format: "decimal", Text: "%2、"}, {Format: "decimal", Text: "%3．", Suffix: "space"}}}},
				Body: body{p(1, 0, "a"), p(1, 1, "b"), p(1, 2, "c")}},
			"1.a | 1、b | 1． c",
		},
		"numbered by style": {
			docxtest.Doc{
				Lists: lists{{Levels: []level{{Format: "chineseCountingThousand", Text: "%1、", Style: "1"}, {Format: "chineseCountingThousand", Text: "（%2）", Style: "2"}}}},
				Styles: []docxtest.Style{
					{ID: "1", Name: "heading 1", Base: "a", Outline: 1, List: 1},
					{ID: "2", Name: "heading 2", Base: "a", Outline: 2, List: 1},
					{ID: "my", Name: "分标题", Base: "2"},
				},
				Body: body{s("1", "甲"), s("2", "乙"), s("my", "丙"), para{Text: "丁", Style: "2", List: -1}, s("1", "戊"), s("2", "己")},
			},
			"一、甲 | （一）乙 | （二）丙 | 丁 | 二、戊 | （一）己",
		},
		"numbered by style, with its level": {
			docxtest.Doc{
				Lists: lists{{Levels: []level{{Format: "chineseCountingThousand", Text: "%1、"}, {Format: "chineseCountingThousand", Text: "（%2）"}}}},
				Styles: []docxtest.Style{
					{ID: "1", Name: "heading 1", Base: "a", Outline: 1, List: 1},
					{ID: "2", Name: "heading 2", Base: "a", Outline: 2, List: 1, Level: 1},
					{ID: "my", Name: "分标题", Base: "2"},
				},
				Body: body{s("1", "甲"), s("2", "乙"), s("my", "丙"), para{Text: "丁", Style: "2", List: -1}, s("1", "戊"), s("2", "己")},
			},
			"一、甲 | （一）乙 | （二）丙 | 丁 | 二、戊 | （一）己",
		},
		"numbering style": {
			docxtest.Doc{
				Lists:  lists{{Levels: []level{{Format: "decimal", Text: "(%1)"}}, Style: "list"}, {Link: "list"}},
				Styles: []docxtest.Style{{ID: "list", Name: "公文编号", Kind: "numbering", List: 1}},
				Body:   body{p(2, 0, "a"), p(2, 0, "b")},
			},
			"(1) a | (2) b",
		},
		"level of the list replaced": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1."}}}},
				Parts: map[string]string{"word/numbering.xml": `<w:numbering xmlns:w="` + nsWord + `"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num></w:numbering>`},
				Body: body{p(1, 0, "a"), p(1, 0, "b")}},
			"III) a | IV) b",
		},
		"deleted paragraph is not counted": {
			docxtest.Doc{Lists: lists{docxtest.Official}, Body: body{
				p(1, 0, "a"),
				para{List: 1, Props: `<w:rPr><w:del w:id="1" w:author="审核人"/></w:rPr>`, Runs: []run{{Text: "x", Kind: docxtest.Deleted}}},
				p(1, 0, "b")}},
			"一、a | 二、b",
		},
		"hidden paragraph is not counted": {
			docxtest.Doc{Lists: lists{docxtest.Official}, Body: body{
				p(1, 0, "a"), para{List: 1, Props: `<w:rPr><w:vanish/></w:rPr>`, Runs: []run{{Text: "x", Hidden: true}}}, p(1, 0, "b")}},
			"一、a | 二、b",
		},
		"end of the last paragraph deleted": {
			docxtest.Doc{Body: body{para{Text: "前"}, para{Text: "后", Props: `<w:rPr><w:del w:id="1" w:author="审核人"/></w:rPr>`}}},
			"前 | 后",
		},
		"end of paragraph deleted": {
			docxtest.Doc{Body: body{para{Text: "前半", Props: `<w:rPr><w:del w:id="1" w:author="审核人"/></w:rPr>`}, para{Text: "后半"}}},
			"前半后半",
		},
		"empty paragraph is counted, not shown": {
			docxtest.Doc{Lists: lists{docxtest.Official}, Body: body{p(1, 0, "a"), p(1, 0, ""), p(1, 0, "b")}},
			"一、a | 三、b",
		},
		"row numbers": {
			docxtest.Doc{Lists: lists{{Levels: []level{{Format: "decimal", Text: "%1", Suffix: "nothing"}}}}, Body: body{table{
				{cell{Body: body{p(1, 0, "")}}, cell{Text: "宣传"}},
				{cell{Body: body{p(1, 0, "")}}, cell{Text: "检查"}},
			}}},
			"1\t宣传 | 2\t检查",
		},
	}
}

func TestDocxNumbering(t *testing.T) {
	for name, tt := range numberingCases() {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, strings.Join(readTexts(t, tt.doc), " | ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFormatNumber(t *testing.T) {
	tests := []struct {
		format string
		want   string // of 1, 2, 10, 11, 20, 21, 100, 105, 110, 1000, 1010, 12345
	}{
		{"decimal", "1 2 10 11 20 21 100 105 110 1000 1010 12345"},
		{"chineseCountingThousand", "一 二 十 十一 二十 二十一 一百 一百零五 一百一十 一千 一千零一十 一万二千三百四十五"},
		{"chineseCounting", "一 二 十 十一 二十 二十一 一○○ 一○五 一一○ 一○○○ 一○一○ 一二三四五"},
		{"japaneseCounting", "一 二 十 十一 二十 二十一 百 百五 百十 千 千十 一二三四五"},
		{"ideographDigital", "一 二 一〇 一一 二〇 二一 一〇〇 一〇五 一一〇 一〇〇〇 一〇一〇 一二三四五"},
		{"chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰 壹佰零伍 壹佰壹拾 壹仟 壹仟零壹拾 壹万贰仟叁佰肆拾伍"},
		{"ideographTraditional", "甲 乙 癸 11 20 21 100 105 110 1000 1010 12345"},
		{"decimalEnclosedCircleChinese", "① ② ⑩ ⑪ ⑳ 21 100 105 110 1000 1010 12345"},
		{"decimalFullWidth", "１ ２ １０ １１ ２０ ２１ １００ １０５ １１０ １０００ １０１０ １２３４５"},
		{"decimalZero", "01 02 10 11 20 21 100 105 110 1000 1010 12345"},
		{"custom:001, 002, 003, ...", "001 002 010 011 020 021 100 105 110 1000 1010 12345"},
		{"upperLetter", "A B J K T U VVVV AAAAA FFFFF 1000 1010 12345"},
		{"lowerRoman", "i ii x xi xx xxi c cv cx m mx 12345"},
		{"hindiVowels", "1 2 10 11 20 21 100 105 110 1000 1010 12345"},
		{"none", "           "},
	}
	for _, tt := range tests {
		var got []string
		for _, n := range []int{1, 2, 10, 11, 20, 21, 100, 105, 110, 1000, 1010, 12345} {
			got = append(got, formatNumber(n, tt.format))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", tt.format, diff)
		}
	}
	for _, n := range []int{-5, 0, 1 << 40} {
		for _, tt := range tests {
			if s := formatNumber(n, tt.format); len(s) > 60 {
				t.Errorf("%d in %s has %d bytes", n, tt.format, len(s))
			}
		}
	}
	for n, want := range map[int]string{10_030: "一万零三十", 110_000: "十一万", 20_000_005: "二千万零五"} {
		if got := formatNumber(n, "chineseCountingThousand"); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
