package notice

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// papers draws documents from the pieces that notices are made of.
func drawDocument(t *rapid.T) string {
	numbers := []string{"一、", "二、", "（一）", "（二）", "1.", "2．", "3、", "（1）", "①", "第一条 ", "第二章 ", "一是", "2.1 ", "——", ""}
	pieces := []string{
		"党政办负责统筹协调", "各社区要加强巡查", "由应急办牵头", "每季度不少于2次", "6月底前完成", "2026年3月1日至5月31日", "指导思想",
		"动员部署阶段（3月1日—3月20日）", "（责任单位：城建办、各社区）", "（牵头单位：派出所；配合单位：各社区）", "牵头单位：司法所", "一是开展宣传；二是组织培训",
		"附件", "附件：1.任务清单", "现印发给你们", "青街办〔2026〕8号", "2026年3月5日", "工作总结", "培训120人", "序号\t工作任务\t责任单位", "1\t开展排查\t各社区",
		"序号", "任务内容", "牵头部门", "责任单位", "100%", "“六个一”", "（", "）", "《", "。", "；", "：", "、", "，", "\n", "\n\n", " ", "\t", "〔", "三分之一", "\u200b", "A", "的",
	}
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces")
		return rapid.SampledFrom(numbers).Draw(t, "number") + strings.Join(parts, "")
	}), 0, 20).Draw(t, "lines")
	return strings.Join(lines, "\n")
}

// TestProperties: what holds for every plan.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := drawDocument(rt)
		doc := fromText("a.txt", text)
		p := Parse(doc)
		if problem := broken(doc, p); problem != "" {
			rt.Fatalf("%s\n%s", problem, text)
		}
		if !bytes.Equal(planJSON(t, p), planJSON(t, Parse(fromText("a.txt", text)))) {
			rt.Fatalf("parsed twice, it differs:\n%s", text)
		}
	})
}

// broken tells what is wrong with a plan, whatever its document says.
func broken(doc *Document, p *Plan) string {
	if p.Tasks == nil || p.Stages == nil || p.Findings == nil {
		return "a list is null"
	}
	var all strings.Builder
	for _, b := range doc.Blocks {
		all.WriteString(b.Text + "\n")
	}
	block := 0
	for _, task := range p.Tasks {
		if strings.TrimSpace(task.Text) == "" {
			return "a task without text"
		}
		if task.Lead == nil || task.Support == nil || task.Quotas == nil {
			return "a list of a task is null"
		}
		for _, u := range append(append([]string{}, task.Lead...), task.Support...) {
			if u == "" || !strings.Contains(all.String(), u) {
				return "the document does not name " + u
			}
		}
		if task.Stage < -1 || task.Stage >= len(p.Stages) {
			return "a task in a stage that there is not"
		}
		if len(task.At) == 0 {
			return "a task without a place"
		}
		if task.At[0].Block < block {
			return "tasks are out of order"
		}
		block = task.At[0].Block
		for _, s := range task.At {
			if s.Block >= len(doc.Blocks) || s.Start < 0 || s.Start > s.End || s.End > len(doc.Blocks[s.Block].Text) {
				return "a place outside of its block"
			}
		}
		for _, q := range task.Quotas {
			if q.Unit == "" || q.Text == "" || q.Op == Between != (q.Max != 0) {
				return "a quota lacks something"
			}
		}
		if task.Due != nil && task.Due.From == "" && task.Due.To == "" {
			return "a deadline without a date"
		}
		if len([]rune(task.Heading)) > 40 {
			return "a heading is too long"
		}
	}
	return ""
}

// TestConcatenation: two documents in one file keep the tasks of each.
func TestConcatenation(t *testing.T) {
	paths := samplePaths(t)
	for i := range paths[1:] {
		a, b := readFile(t, paths[i]), readFile(t, paths[i+1])
		both := Parse(fromText("ab.txt", a+"\n"+b)).Tasks
		apart := append(parseText(a).Tasks, parseText(b).Tasks...)
		if len(both) != len(apart) {
			t.Errorf("%s and %s: %d tasks together, %d apart", paths[i], paths[i+1], len(both), len(apart))
			continue
		}
		for k := range both {
			if both[k].Text != apart[k].Text {
				t.Errorf("%s and %s: together %q, apart %q", paths[i], paths[i+1], both[k].Text, apart[k].Text)
			}
		}
	}
}

func readFile(tb testing.TB, path string) string {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func FuzzParse(f *testing.F) {
	for _, path := range samplePaths(f) {
		f.Add(readFile(f, path))
	}
	f.Add("一、（（（（\n1.1.1.1 、、、\n序号\n任务内容\n责任单位\n1\n甲\n2\n")
	f.Add("第九十九条一是二是三是（1）（2）①②每每每月月底前底前")
	f.Fuzz(func(t *testing.T, text string) {
		doc := fromText("a.txt", text)
		if problem := broken(doc, Parse(doc)); problem != "" {
			t.Fatal(problem)
		}
	})
}

// BenchmarkParse parses documents of 10 kB to 10 MB; MB/s must stay level.
func BenchmarkParse(b *testing.B) {
	var all strings.Builder
	for _, path := range samplePaths(b) {
		all.WriteString(readFile(b, path))
	}
	for _, size := range []struct {
		name  string
		bytes int
	}{{"10kB", 1e4}, {"100kB", 1e5}, {"1MB", 1e6}, {"10MB", 1e7}} {
		b.Run(size.name, func(b *testing.B) {
			doc := fromText("a.txt", strings.Repeat(all.String(), size.bytes/all.Len()+1)[:size.bytes])
			b.SetBytes(int64(size.bytes))
			for b.Loop() {
				Parse(doc)
			}
		})
	}
}
