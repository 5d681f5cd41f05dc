package notice

import (
	"slices"
	"testing"
)

func TestNumerals(t *testing.T) {
	tests := map[string]float64{
		"三": 3, "十": 10, "十二": 12, "二十": 20, "九十九": 99, "一百二十": 120, "一百零五": 105,
		"三千五百": 3500, "两": 2, "二〇二六": 2026, "3": 3, "1,200": 1200, "3.5": 3.5, "2.6万": 26000, "1200万": 1.2e7, "3亿": 3e8, "１２": 12,
	}
	for text, want := range tests {
		p := newProse(0, text)
		n, ok := readNumeral(p.runes, 0)
		if !ok || n.value != want || n.end != p.len() {
			t.Errorf("%s: got %v to %d, %v, want %v", text, n.value, n.end, ok, want)
		}
	}
}

func TestQuotas(t *testing.T) {
	tests := map[string]struct {
		text string
		want []Quota // without Text
	}{
		"at least":              {"每年不少于2次", []Quota{{Op: AtLeast, Value: 2, Unit: "次", Period: Yearly}}},
		"at most":               {"办理时间不得超过3个工作日", []Quota{{Op: AtMost, Value: 3, Unit: "个工作日"}}},
		"within":                {"在2个工作日内答复", []Quota{{Op: AtMost, Value: 2, Unit: "个工作日"}}},
		"above":                 {"覆盖率达到95%以上", []Quota{{Op: AtLeast, Value: 95, Unit: "%"}}},
		"bare":                  {"建成服务点670个、中转站12座", []Quota{{Op: Exactly, Value: 670, Unit: "个"}, {Op: Exactly, Value: 12, Unit: "座"}}},
		"range":                 {"覆盖率每年提升1～3个百分点", []Quota{{Op: Between, Value: 1, Max: 3, Unit: "个百分点", Period: Yearly}}},
		"odd count":             {"配备清运车80余辆", []Quota{{Op: AtLeast, Value: 80, Unit: "辆"}}},
		"about":                 {"力争培训约1000名医生", []Quota{{Op: Exactly, Value: 1000, Unit: "名"}}},
		"fraction":              {"同意率达到三分之二以上", []Quota{{Op: AtLeast, Value: 66.67, Unit: "%"}}},
		"in words":              {"每村配备一名法律顾问", []Quota{{Op: Exactly, Value: 1, Unit: "名"}}},
		"twice a month":         {"村级河长每半月巡河一次", []Quota{{Op: Exactly, Value: 2, Unit: "次", Period: Monthly}}},
		"act without a number":  {"每周开展巡查", []Quota{{Op: Exactly, Value: 1, Unit: "次", Period: Weekly}}},
		"two acts":              {"实行每季度一考核一通报", []Quota{{Op: Exactly, Value: 1, Unit: "次", Period: Quarterly}, {Op: Exactly, Value: 1, Unit: "次", Period: Quarterly}}},
		"last Friday":           {"于每季度最后一个周五前报送", []Quota{{Op: Exactly, Value: 1, Unit: "次", Period: Quarterly}}},
		"odd interval":          {"每3～5年参与一次培训", []Quota{{Op: Exactly, Value: 1, Unit: "次"}}},
		"mean":                  {"目标任务日均131吨", []Quota{{Op: Exactly, Value: 131, Unit: "吨", Period: Daily}}},
		"money":                 {"安排资金不少于10万元", []Quota{{Op: AtLeast, Value: 100000, Unit: "元"}}},
		"base":                  {"每500户配备1名管护员", []Quota{{Op: Exactly, Value: 1, Unit: "名"}}},
		"next segment":          {"每季度开展督查，不少于2次", []Quota{{Op: AtLeast, Value: 2, Unit: "次", Period: Quarterly}}},
		"age":                   {"对60岁以上老人进行走访", nil},
		"existing":              {"在现有62项服务的基础上继续拓展", nil},
		"a name":                {"实施“六个一”工程", nil},
		"weight":                {"考核权重占平安建设考核的5%", nil},
		"benefit":               {"按照每人每天100元的标准给予补贴", nil},
		"penalty":               {"每降低1个百分点扣1分", nil},
		"validity":              {"服务协议有效期为1年", nil},
		"every year alone":      {"每年修订方案", nil},
		"case":                  {"对答复超过两次的，可不再批转", nil},
		"count of what is said": {"涵盖3大平台、7个方面", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := quotas(newProse(0, tt.text))
			for i := range got {
				if got[i].Text == "" {
					t.Errorf("%v has no text", got[i])
				}
				got[i].Text = ""
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDue(t *testing.T) {
	tests := map[string]struct{ text, from, to string }{
		"before":            {"于7月21日前上报", "", "2026-07-21"},
		"end of month":      {"4月底前完成", "", "2026-04-30"},
		"end of February":   {"2月底前完成", "", "2026-02-28"},
		"leap year":         {"2028年2月底前完成", "", "2028-02-29"},
		"end of year":       {"年底前完成", "", "2026-12-31"},
		"within the year":   {"年内完成改造", "", "2026-12-31"},
		"half-year":         {"上半年完成改造", "", "2026-06-30"},
		"first ten days":    {"5月上旬召开会议", "2026-05-01", "2026-05-10"},
		"last ten days":     {"3月下旬组织验收", "2026-03-21", "2026-03-31"},
		"a day":             {"9月10日召开会议", "2026-09-10", "2026-09-10"},
		"days":              {"9月10日~12日入户", "2026-09-10", "2026-09-12"},
		"over months":       {"5月中旬—6月30日", "2026-05-11", "2026-06-30"},
		"months":            {"3-5月开展整治", "2026-03-01", "2026-05-31"},
		"over the new year": {"12月1日至1月31日开展整治", "2026-12-01", "2027-01-31"},
		"own year":          {"2025年10月15日前报送", "", "2025-10-15"},
		"until a year":      {"到2030年覆盖率明显提高", "", "2030-12-31"},
		"in a year":         {"2027年，选取部分社区试点", "2027-01-01", "2027-12-31"},
		"since":             {"从2月1日起发放", "2026-02-01", ""},
		"every year":        {"每年12月20日前报送", "", "--12-20"},
		"last one":          {"5月底前开工，10月底前完工", "", "2026-10-31"},
		"in Chinese":        {"二〇二六年八月三十一日前完成", "", "2026-08-31"},
		"issue":             {"于本文印发后3个月内出台方案", "", "2026-06-05"},
		"of a decree":       {"落实《方案》（2020年9月1日印发）要求", "", ""},
		"of the thing":      {"对2026年6月30日前到期的企业给予支持", "", ""},
		"a plan's year":     {"制定2026年度计划", "", ""},
		"ongoing":           {"持续推进", "", ""},
		"each month":        {"每月25日前报送", "", ""},
		"no such day":       {"2月31日前完成", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			y := years{now: 2026, issued: "2026-03-05"}
			var got Due
			if l := y.due(newProse(0, tt.text)); l != nil {
				got = l.due
			}
			if got.From != tt.from || got.To != tt.to {
				t.Errorf("got %q to %q, want %q to %q", got.From, got.To, tt.from, tt.to)
			}
		})
	}
}
