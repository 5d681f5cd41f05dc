package notice

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestPlans: testdata/plan/NAME.txt goes in, NAME.golden.json must come out; a
// new case needs no Go.
func TestPlans(t *testing.T) {
	for _, path := range samplePaths(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			got := planJSON(t, Parse(sample(t, path)))
			golden := strings.TrimSuffix(path, ".txt") + ".golden.json"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from what Parse says now:\n%s", golden, got)
			}
		})
	}
}

func samplePaths(tb testing.TB) []string {
	tb.Helper()
	paths, err := filepath.Glob("testdata/plan/*.txt")
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no samples: %v", err)
	}
	return paths
}

func sample(tb testing.TB, path string) *Document {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return fromText(filepath.Base(path), string(data))
}

func planJSON(t *testing.T, p *Plan) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parseText(s string) *Plan { return Parse(fromText("notice.txt", s)) }

// TestFront: what a document says about itself.
func TestFront(t *testing.T) {
	p := parseText("青石街道办事处关于印发《青石街道\n助餐服务方案》的通知\n青街办〔2026〕12号\n各社区：\n现印发给你们。\n青石街道办事处\n二〇二六年三月五日\n一、加强管理\n党政办负责落实。")
	want := Plan{Title: "青石街道办事处关于印发《青石街道助餐服务方案》的通知", DocNo: "青街办〔2026〕12号", Issuer: "青石街道办事处", Issued: "2026-03-05"}
	if p.Title != want.Title || p.DocNo != want.DocNo || p.Issuer != want.Issuer || p.Issued != want.Issued {
		t.Errorf("got %q %q %q %q", p.Title, p.DocNo, p.Issuer, p.Issued)
	}
}

// TestPlace: heading, section, stage and position of a task.
func TestPlace(t *testing.T) {
	const text = "云溪县2026年工作方案\n一、实施步骤\n（一）动员阶段（3月1日至3月10日）\n1.宣传发动。各社区张贴公告。（责任单位：宣传办）"
	doc := fromText("a.txt", text)
	p := Parse(doc)
	if len(p.Tasks) != 1 || len(p.Stages) != 1 {
		t.Fatalf("got %d tasks, %d stages", len(p.Tasks), len(p.Stages))
	}
	task := p.Tasks[0]
	if task.Path != "一/一/1" || task.Heading != "宣传发动" || task.Section != "动员阶段" || task.Stage != 0 {
		t.Errorf("got path %q heading %q section %q stage %d", task.Path, task.Heading, task.Section, task.Stage)
	}
	if task.Due == nil || task.Due.From != "2026-03-01" || task.Due.To != "2026-03-10" {
		t.Errorf("the dates of the step do not hold for the task: %+v", task.Due)
	}
	at := task.At[0]
	if got := doc.Blocks[at.Block].Text[at.Start:at.End]; got != "宣传发动。各社区张贴公告。（责任单位：宣传办）" {
		t.Errorf("At shows %q", got)
	}
}

// TestPaths: the ways of counting.
func TestPaths(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"five levels":            {"一、任务\n（一）整治\n1.市容\n（1）开展巡查，及时整改。\n①清理乱贴乱画，每日巡查。", "一/一/1/1/①"},
		"full-width":             {"一、任务\n（一）整治\n１．开展巡查，及时整改。", "一/一/1"},
		"chapters and articles":  {"第二章 职责\n第六条 街道应当履行下列职责：\n（一）组织巡查，及时整改；", "第二章/第六条/一"},
		"decimals":               {"2 职责\n2.1 应急办负责值守，及时上报。", "2/2.1"},
		"spoken":                 {"一、要求。一是各社区要加强巡查；二是派出所要加强巡逻。", "一/一 一/二"},
		"skipped number":         {"1.开展巡查，及时整改。\n4.开展宣传，发放资料。", "1 4"},
		"starts over":            {"一、开展巡查，及时整改。\n二、开展宣传，发放资料。\n一、组织验收，及时通报。", "一 二 一"},
		"a date is no number":    {"一、任务\n1.9月30日前，各社区完成排查。", "一/1"},
		"heading without number": {"任务分工\n党政办负责统筹协调，抓好督办。\n司法所负责矛盾调处，建立台账。", "任务分工#1 任务分工#2"},
		"paragraph behind":       {"一、任务\n（一）开展巡查。各社区要及时整改。\n派出所要加强巡逻，维护秩序。", "一/一 一/一#1"},
		"signature":              {"关于做好备汛工作的通知\n各村：\n镇水利站要加密监测，及时报送。\n镇应急办备足编织袋5000条。\n望川镇人民政府\n2026年5月18日", "#1 #2"},
		"items in a paragraph":   {"一、保障\n一要加强领导，压实责任。二要各村抓好落实，及时上报。", "一/一 一/二"},
		"list of annexes":        {"一、任务\n党政办负责统筹协调。\n附件：1.任务清单\n2.开展情况统计表", "一"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, task := range parseText(tt.text).Tasks {
				got = append(got, task.Path)
			}
			if strings.Join(got, " ") != tt.want && !strings.HasSuffix(strings.Join(got, " "), tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoTask: what tells nobody to do anything.
func TestNoTask(t *testing.T) {
	for _, text := range []string{
		"一、指导思想\n坚持以人民为中心，全面提升治理水平。",
		"一、调查对象\n辖区内全部低保家庭。",
		"第二条 本办法适用于街道各科室。",
		"第九条 本办法由街道党政办负责解释，自印发之日起施行。",
		"第三条 本办法所称网格员，是指在网格内从事服务的人员。",
		"第八条 有下列情形之一的，不予受理：\n（一）已经提起诉讼的；\n（二）诉求不清的。",
		"一、组织领导\n成立工作专班，由街道主要负责同志任组长，各科室负责人为成员。",
		"一、工作成效\n（一）整治扎实有力。开展整治12次，清理点位85处。",
		"特此通知。",
	} {
		if p := parseText(text); len(p.Tasks) > 0 {
			t.Errorf("%q: made up %q", text, p.Tasks[0].Text)
		}
	}
}
