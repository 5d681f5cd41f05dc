package notice_test

import (
	"fmt"
	"strings"

	"gewu/notice"
)

func ExampleParse() {
	const text = `青石街道2026年消防安全工作方案
一、重点任务
（一）隐患排查。各社区每月开展消防检查不少于2次，6月底前完成首轮排查。（牵头单位：应急办；责任单位：派出所、各社区）`
	doc, err := notice.Read("方案.txt", []byte(text))
	if err != nil {
		fmt.Println(err)
		return
	}
	plan := notice.Parse(doc)
	fmt.Println(plan.Title)
	for _, t := range plan.Tasks {
		fmt.Println(t.Path, t.Heading)
		fmt.Println("lead:", strings.Join(t.Lead, " "), "support:", strings.Join(t.Support, " "))
		for _, q := range t.Quotas {
			fmt.Println("quota:", q.Op, q.Value, q.Unit, "per", q.Period)
		}
		fmt.Println("due:", t.Due.To)
	}
	// Output:
	// 青石街道2026年消防安全工作方案
	// 一/一 隐患排查
	// lead: 应急办 support: 派出所 各社区
	// quota: >= 2 次 per month
	// due: 2026-06-30
}

// A span leads from a task back to the words of the document.
func ExampleSpan() {
	doc := &notice.Document{Blocks: []notice.Block{
		{Text: "一、工作要求"},
		{Text: "（一）加强值守。党政办负责编排值班表。"},
	}}
	for _, t := range notice.Parse(doc).Tasks {
		for _, at := range t.At {
			fmt.Println(at.Block, doc.Blocks[at.Block].Text[at.Start:at.End])
		}
	}
	// Output:
	// 1 加强值守。党政办负责编排值班表。
}

// The steps of a schedule give their dates to the tasks inside them.
func ExamplePlan_stages() {
	plan := notice.Parse(&notice.Document{Blocks: []notice.Block{
		{Text: "云溪县2026年入户调查方案"},
		{Text: "一、实施步骤"},
		{Text: "（一）入户阶段（4月10日至5月31日）。各社区组织调查员入户。"},
	}})
	for _, s := range plan.Stages {
		fmt.Println(s.Name, s.From, s.To)
	}
	fmt.Println(plan.Tasks[0].Due.To, plan.Tasks[0].Lead)
	// Output:
	// 入户阶段 2026-04-10 2026-05-31
	// 2026-05-31 [各社区]
}
