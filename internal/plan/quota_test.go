package plan

import (
	"testing"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/internal/office"
	"gewu/notice"
)

func TestTally(t *testing.T) {
	lead := needRow{Task: "t", Unit: "a", Name: "平安办", Role: Lead, Kind: "section"}
	one := needRow{Task: "t", Unit: "c1", Name: "清风社区", Role: Support, Kind: "community"}
	two := needRow{Task: "t", Unit: "c2", Name: "明月社区", Role: Support, Kind: "community"}
	child := needRow{Task: "t", Unit: "c1", Name: "清风社区", Role: Lead, Kind: "community", Child: 1}
	all := []needRow{lead, one, two}
	quota := func(op notice.Op, value float64, unit, per string) Quota {
		return Quota{ID: "q", Task: "t", Op: op, Value: value, Unit: unit, Per: per}
	}
	tests := map[string]struct {
		q          Quota
		needs      []needRow
		shares     []shareRow
		figures    []figureRow
		have, need float64
		met        bool
		units      int
	}{
		"nothing yet":              {q: quota(">=", 3, "次", PerTotal), needs: all, need: 3},
		"all together":             {q: quota(">=", 3, "次", PerTotal), needs: all, figures: []figureRow{{"q", "c1", "", 1, 2}, {"q", "c2", "", 1, 1}}, have: 3, need: 3, met: true, units: 2},
		"each community":           {q: quota(">=", 2, "次", PerPlace), needs: all, figures: []figureRow{{"q", "c1", "", 1, 4}}, have: 4, need: 4, units: 2},
		"each community, all met":  {q: quota(">=", 2, "次", PerPlace), needs: all, figures: []figureRow{{"q", "c1", "", 1, 2}, {"q", "c2", "", 2, 2}}, have: 4, need: 4, met: true, units: 2},
		"each lead unit":           {q: quota(">=", 2, "次", PerUnit), needs: all, figures: []figureRow{{"q", "a", "", 2, 2}}, have: 2, need: 2, met: true, units: 1},
		"helper's figure counts":   {q: quota(">=", 2, "次", PerUnit), needs: all, figures: []figureRow{{"q", "a", "", 2, 2}, {"q", "c1", "", 1, 1}}, have: 3, need: 2, met: true, units: 2},
		"split: those who have it": {q: quota(">=", 2, "次", PerUnit), needs: []needRow{lead, child}, figures: []figureRow{{"q", "c1", "", 2, 2}}, have: 2, need: 2, met: true, units: 1},
		"shares":                   {q: quota("=", 10, "人", PerTotal), needs: all, shares: []shareRow{{"q", "c1", "", 6}, {"q", "c2", "", 4}}, figures: []figureRow{{"q", "c1", "", 6, 6}}, have: 6, need: 10, units: 2},
		"percentages: the lowest":  {q: quota(">=", 95, "%", PerTotal), needs: all, figures: []figureRow{{"q", "c1", "", 96, 180}, {"q", "c2", "", 90, 90}}, have: 90, need: 95, units: 2},
		"limit: the highest":       {q: quota("<=", 3, "个工作日", PerTotal), needs: all, figures: []figureRow{{"q", "c1", "", 2, 2}, {"q", "c2", "", 5, 5}}, have: 5, need: 3, units: 2},
		"limit kept":               {q: quota("<=", 3, "个工作日", PerTotal), needs: all, figures: []figureRow{{"q", "c1", "", 2, 9}}, have: 2, need: 3, met: true, units: 1},
		"limit without a figure":   {q: quota("<=", 3, "个工作日", PerTotal), needs: all, need: 3},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := tally(tt.q, tt.figures, tt.needs, tt.shares, calendar.On(2026, 5, 20))
			if got.Have != tt.have || got.Need != tt.need || got.Met != tt.met || len(got.Units) != tt.units {
				t.Errorf("have %v need %v met %v units %d, want %v %v %v %d", got.Have, got.Need, got.Met, len(got.Units), tt.have, tt.need, tt.met, tt.units)
			}
		})
	}
}

// What adds up is the sum of what was reported, whoever has to reach what.
func TestTallyAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Quota{ID: "q", Task: "t", Op: ">=", Value: float64(rapid.IntRange(0, 9).Draw(t, "value")), Unit: "次",
			Per: rapid.SampledFrom([]string{PerTotal, PerUnit, PerPlace}).Draw(t, "per")}
		unit := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		var needs []needRow
		for _, u := range rapid.SliceOfDistinct(unit, rapid.ID[string]).Draw(t, "units") {
			needs = append(needs, needRow{Task: "t", Unit: u, Role: rapid.SampledFrom([]string{Lead, Support}).Draw(t, "role"),
				Kind: rapid.SampledFrom([]string{"section", "community"}).Draw(t, "kind"), Child: rapid.IntRange(0, 1).Draw(t, "child")})
		}
		sum := 0.0
		var figures []figureRow
		for _, u := range rapid.SliceOfDistinct(unit, rapid.ID[string]).Draw(t, "reported") {
			v := float64(rapid.IntRange(0, 20).Draw(t, "figure"))
			sum += v
			figures = append(figures, figureRow{Quota: "q", Unit: u, Last: v, Total: v})
		}
		got := tally(q, figures, needs, nil, calendar.On(2026, 5, 20))
		have, need := 0.0, 0.0
		for _, u := range got.Units {
			have, need = have+u.Have, need+u.Need
		}
		if got.Have != sum || have != sum {
			t.Fatalf("have %v, by unit %v, reported %v", got.Have, have, sum)
		}
		if q.Per != PerTotal && got.Need != need {
			t.Fatalf("need %v, by unit %v", got.Need, need)
		}
	})
}

func TestPeriodStart(t *testing.T) {
	day := calendar.On(2026, 11, 22) // a Sunday
	for p, want := range map[notice.Period]string{
		notice.Once: "", notice.Daily: "2026-11-22", notice.Weekly: "2026-11-16", notice.Monthly: "2026-11-01",
		notice.Quarterly: "2026-10-01", notice.HalfYear: "2026-07-01", notice.Yearly: "2026-01-01",
	} {
		if got := periodStart(p, day); got != want {
			t.Errorf("%q begins %s, want %s", p, got, want)
		}
	}
}

func TestPerOf(t *testing.T) {
	group := []Named{{Name: "各社区", How: office.Group}}
	one := []Named{{Name: "平安办", How: office.Exact}}
	tests := map[string]struct {
		text, quota, unit string
		lead, support     []Named
		want              string
	}{
		"each community named":    {"每个社区每年举办讲座不少于2次。", "每年举办讲座不少于2次", "次", one, group, PerPlace},
		"every community acts":    {"各社区每月至少排查1次。汇总报平安办。", "每月至少排查1次", "次", group, nil, PerPlace},
		"another sentence":        {"全年开展4次集训。各社区做好宣传。", "全年开展4次", "次", one, group, PerTotal},
		"no community takes part": {"每个社区设立1个服务点。", "设立1个服务点", "个", one, nil, PerTotal},
		"every unit":              {"各单位每季度报送1篇信息。", "每季度报送1篇", "篇", one, nil, PerUnit},
		"a rate":                  {"各社区调解成功率达到95%。", "成功率达到95%", "%", one, group, PerTotal},
		"a limit":                 {"各社区3个工作日内答复。", "3个工作日内", "个工作日", one, group, PerTotal},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := perOf(notice.Quota{Text: tt.quota, Unit: tt.unit}, tt.text, SheetTask{Lead: tt.lead, Support: tt.support})
			if got != tt.want {
				t.Errorf("per %s, want %s", got, tt.want)
			}
		})
	}
}
