package notice

import (
	"slices"
	"testing"
)

func TestActors(t *testing.T) {
	tests := map[string]struct {
		text          string
		lead, support []string
	}{
		"subject":                 {"平安办负责组织实施。", []string{"平安办"}, nil},
		"list":                    {"各社区、派出所要加强巡逻。", []string{"各社区", "派出所"}, nil},
		"和 between units":         {"城建办和综合行政执法队开展联合检查。", []string{"城建办", "综合行政执法队"}, nil},
		"和 inside a name":         {"县工业和信息化局制定方案。", []string{"县工业和信息化局"}, nil},
		"organisation department": {"县委组织部会同县财政局落实经费。", []string{"县委组织部"}, []string{"县财政局"}},
		"led by":                  {"由应急办牵头，各社区配合，建立台账。", []string{"应急办"}, []string{"各社区"}},
		"led and joined":          {"由县水利局牵头、县林业局参与，开展检查。", []string{"县水利局"}, []string{"县林业局"}},
		"helped is not listed":    {"派出所协助各村转移群众。", []string{"派出所"}, nil},
		"urged is not listed":     {"督促各社区落实责任。", nil, nil},
		"short names":             {"公安、城管、市场监管等部门要加强执法。", []string{"公安", "城管", "市场监管"}, nil},
		"shared level":            {"市、县（市）区信访局应及时批转。", []string{"市、县（市）区信访局"}, nil},
		"shared tail":             {"各有关委、办、局要制定方案。", []string{"各有关委、办、局"}, nil},
		"two of them":             {"各街道、镇要落实责任。", []string{"各街道", "镇"}, nil},
		"staff of a unit":         {"司法所工作人员要定期走访。", []string{"司法所工作人员"}, nil},
		"a role is no unit":       {"管理员要做好登记。", nil, nil},
		"a leader is no unit":     {"各单位负责人要亲自抓落实。", nil, nil},
		"when is not who":         {"承办单位办结后，党政办要及时归档。", []string{"党政办"}, nil},
		"a goal of verbs":         {"推进社区卫生服务中心开展义诊。", nil, nil},
		"unit in quotes":          {"“双减”工作专班要加强巡查。", []string{"“双减”工作专班"}, nil},
		"second name":             {"建管中心（房办）推动设施建设。", []string{"建管中心（房办）"}, nil},
		"with":                    {"医院要与社区卫生服务站建立协作机制。", nil, []string{"社区卫生服务站"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			lead, support := readActors(newProse(0, tt.text)).settled()
			if !slices.Equal(lead, tt.lead) || !slices.Equal(support, tt.support) {
				t.Errorf("got %q, %q, want %q, %q", lead, support, tt.lead, tt.support)
			}
		})
	}
}

func TestAssignment(t *testing.T) {
	tests := map[string]struct {
		text          string
		lead, support []string
		due           string
	}{
		"labels":             {"（牵头单位：县农业农村局；责任单位：县水利局，各乡镇）", []string{"县农业农村局"}, []string{"县水利局", "各乡镇"}, ""},
		"one label":          {"（责任单位：城建办、各社区）", []string{"城建办", "各社区"}, nil, ""},
		"date in front":      {"（6月底完成，牵头考核单位：县财政局）", []string{"县财政局"}, nil, "2026-06-30"},
		"deadline label":     {"（牵头单位：县文旅局；完成时限：2026年9月）", []string{"县文旅局"}, nil, "2026-09-30"},
		"roles":              {"（财政部牵头，民政部、税务总局等国务院相关部门及各地区按职责分工负责）", []string{"财政部"}, []string{"民政部", "税务总局", "各地区"}, ""},
		"all lead":           {"（教育部、公安部按职责分工负责）", []string{"教育部", "公安部"}, nil, ""},
		"bare list":          {"（社会救助股、财务股）", []string{"社会救助股", "财务股"}, nil, ""},
		"marked lead":        {"（县水利局（牵头）、县林业局）", []string{"县水利局"}, []string{"县林业局"}, ""},
		"helpers unlabelled": {"（牵头单位：县水利局；县林业局、各乡镇）", []string{"县水利局"}, []string{"县林业局", "各乡镇"}, ""},
		"unclosed":           {"（责任单位：城建办、各社区", []string{"城建办", "各社区"}, nil, ""},
		"lost separator":     {"（责任单位：县委农工部县城建局）", []string{"县委农工部", "县城建局"}, nil, ""},
		"name with bracket":  {"（牵头单位：县委宣传部（县文明办、县新闻办）、县民政局）", []string{"县委宣传部（县文明办、县新闻办）", "县民政局"}, nil, ""},
		"one tail for both":  {"（责任单位：园区和示范区管委会）", []string{"园区和示范区管委会"}, nil, ""},
		"remark behind":      {"（责任单位：县统计局）。数据来源：统计年报", []string{"县统计局"}, nil, ""},
		"no assignment":      {"（见附件2）", nil, nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := &reader{years: years{now: 2026}, ordered: 1}
			a, _ := r.closingBracket(newProse(0, "推进工作。"+tt.text))
			var due string
			if a.due != nil {
				due = a.due.due.To
			}
			if !slices.Equal(a.leads(), tt.lead) || !slices.Equal(a.supports(), tt.support) || due != tt.due {
				t.Errorf("got %q, %q, %q, want %q, %q, %q", a.leads(), a.supports(), due, tt.lead, tt.support, tt.due)
			}
		})
	}
}
