package duty_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"gewu/calendar"
	"gewu/internal/duty"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func item(t testing.TB, id string) duty.Item {
	t.Helper()
	for _, it := range duty.Demo() {
		if it.ID == id {
			return it
		}
	}
	t.Fatalf("no item %s", id)
	return duty.Item{}
}

// A reviewer reads the letters in testdata/reply_*.golden.
func TestReply(t *testing.T) {
	lift := item(t, "returned-8")
	base := duty.Letter{
		Sender: "云溪县市场监督管理局", Office: "青石街道办事处", Notice: "关于开展电梯安全“百日行动”的通知", DocNo: "云市监发〔2026〕21号",
		Task: "街道要每月对辖区小区电梯运行安全进行检查，\n建立电梯检验台账", Date: calendar.On(2026, time.November, 23),
	}
	tests := map[string]func(l *duty.Letter){
		"returned": func(l *duty.Letter) { l.TakenBack = &lift },
		"returned_other": func(l *duty.Letter) {
			l.TakenBack, l.Sender, l.Notice, l.DocNo = &lift, "云溪县住房和城乡建设局", "", ""
		},
		"unlisted": func(l *duty.Letter) {
			l.Sender, l.Notice, l.DocNo = "云溪县融媒体中心", "关于做好客户端推广工作的通知", "云融媒〔2026〕5号"
			l.Task = "动员干部职工下载注册“云上云溪”客户端，注册率达到100%。"
			l.Closest = []duty.Item{item(t, "supporting-8"), item(t, "basic-33")}
		},
		"unlisted_up": func(l *duty.Letter) {
			l.Sender, l.Task = "云溪县人民政府", "负责铁路沿线护路联防。"
			l.Closest = []duty.Item{item(t, "supporting-21")}
		},
		"returned_up": func(l *duty.Letter) { l.TakenBack, l.Sender = &lift, "中共云溪县委员会" },
		"returned_en": func(l *duty.Letter) { l.TakenBack, l.Lang = &lift, "en" },
		"unlisted_en": func(l *duty.Letter) { l.Closest, l.Lang = []duty.Item{lift, item(t, "basic-31")}, "en" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			l := base
			change(&l)
			got := duty.Reply(l)
			file := "testdata/reply_" + name + ".golden"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil || got != string(want) {
				t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

func TestReplyOfLittle(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		for _, l := range []duty.Letter{{Lang: lang}, {Lang: lang, TakenBack: &duty.Item{}, Task: strings.Repeat("长", 500)}} {
			if got := duty.Reply(l); got == "" || strings.Contains(got, "%!") {
				t.Error(got)
			}
		}
	}
}

func ExampleReply() {
	it := duty.Item{Class: duty.Returned, No: "3", Name: "养老机构监管", TakenBackBy: "县民政局"}
	letter := duty.Reply(duty.Letter{
		Sender: "云溪县民政局", Office: "青石街道办事处", Task: "对养老院开展检查", TakenBack: &it,
		Date: calendar.On(2026, time.November, 23),
	})
	fmt.Println(strings.Split(letter, "\n")[5])
	// Output: 　　二、核对情况。该任务属于《清单》上级部门收回事项第3项“养老机构监管”，承接部门为县民政局，已不再由我街道承担。
}
