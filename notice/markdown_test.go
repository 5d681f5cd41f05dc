package notice

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	long := strings.Repeat("开展消防检查", 6)
	tests := map[string]struct{ in, want string }{
		"headings":             {"# 方案\n## 一、任务 ##\n###无空格\n标题\n===\n小标题\n---\n", "1 方案\n2 一、任务\n0 ###无空格\n1 标题\n2 小标题\n"},
		"lists":                {"1. 甲\n2) 乙\n   - 丙\n* 丁\n+ [x] 戊\n- [ ] 己\n", "0 1. 甲\n0 2) 乙\n0 丙\n0 丁\n0 戊\n0 己\n"},
		"numbers as written":   {"3. 甲\n3. 乙\n1\\. 丙\n（一）丁\n", "0 3. 甲\n0 3. 乙\n0 1. 丙\n0 （一）丁\n"},
		"emphasis":             {"**重点：**内容，*斜*体，__粗__，~~删~~，***全***，`码`\n", "0 重点：内容，斜体，粗，删，全，码\n"},
		"marks that are none":  {"面积 5*3*2，a_b_c，2 * 3 * 4，\\*星\\*，**未完\n", "0 面积 5*3*2，a_b_c，2 * 3 * 4，*星*，**未完\n"},
		"links and pictures":   {"见[附件](a.docx \"x\")和[网站][1]![图](a.png)，<https://example.gov.cn>[^1]，青街办[2026]3号\n\n[1]: https://example.gov.cn\n", "0 见附件和网站，https://example.gov.cn，青街办[2026]3号\n"},
		"tags":                 {"甲<br>乙<b>丙</b>，室温<26度 &amp; 湿度&nbsp;高\n<!-- 批注\n多行 -->丁\n", "0 甲\n0 乙丙，室温<26度 & 湿度\u00a0高\n0 丁\n"},
		"quote":                {"> 引\n>> 再引\n", "0 引\n0 再引\n"},
		"fence":                {"甲\n```text\n# 不是标题 *原样*\n```\n乙\n~~~\n丙\n", "0 甲\n0 # 不是标题 *原样*\n0 乙\n0 丙\n"},
		"front matter":         {"---\ntitle: \"检查方案\"\ndate: 2026-03-01\n---\n正文\n", "1 检查方案\n0 正文\n"},
		"front matter, titled": {"---\ntitle: 甲\n---\n# 乙\n", "1 乙\n"},
		"rule first":           {"---\n正文\n\n---\n", "0 正文\n"},
		"rules":                {"甲\n\n---\n* * *\n乙\n", "0 甲\n0 乙\n"},
		"wrapped by an editor": {long + "\n并报送结果。\n青石街道办事处\n2026年3月1日\n", "0 " + long + "并报送结果。\n0 青石街道办事处\n0 2026年3月1日\n"},
		"long line, new item":  {long + "\n一、甲\n" + long + "  \n乙\n", "0 " + long + "\n0 一、甲\n0 " + long + "\n0 乙\n"},
		"table":                {"| 任务 | 牵头 |\n|:---|---:|\n| **宣传**<br>检查 | a\\|b |\n| 少 |\n| 多 | 二 | 三 |\n后\n", "1|任务|牵头|\n1|宣传/检查|a|b|\n1|少||\n1|多|二|\n0 后\n"},
		"bar without a table":  {"甲 | 乙\n丙\n", "0 甲 | 乙\n0 丙\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read("a.md", []byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, block := range doc.Blocks {
				if block.Table > 0 {
					b.WriteString(sketch(&Document{Blocks: []Block{block}}))
				} else {
					fmt.Fprintln(&b, block.Level, block.Text)
				}
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
