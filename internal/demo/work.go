package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gewu/internal/access"
	"gewu/internal/plan"
)

// work publishes one plan and lets some units work on it, and leaves another
// notice as a draft, through the same services as everybody.
func work(ctx context.Context, acc *access.Service, plans *plan.Service, now time.Time) error {
	sign := func(name string) (access.Identity, error) { return acc.SignIn(ctx, name, Password, "demo") }
	clerk, err := sign("clerk")
	if err != nil {
		return err
	}
	read := func(name, file string) (plan.Summary, error) {
		text, err := Notice(name, now)
		if err != nil {
			return plan.Summary{}, err
		}
		return plans.Import(ctx, clerk, Street, file, text)
	}
	p, err := read("law.txt", "法律进基层工作方案.txt")
	if err != nil {
		return err
	}
	if p, err = settleRest(ctx, plans, clerk, p.ID); err != nil {
		return err
	}
	if _, _, err := plans.Publish(ctx, clerk, p.ID, p.Version); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for _, step := range steps {
		who, err := sign(step.who)
		if err != nil {
			return err
		}
		if err := take(ctx, plans, who, step); err != nil {
			return fmt.Errorf("%s on %s: %w", step.who, step.task, err)
		}
	}
	if err := urgeLate(ctx, plans, clerk, p.ID); err != nil {
		return err
	}
	_, err = read("fire.txt", "今冬明春火灾防控通知.txt")
	return err
}

// settleRest does what a clerk would do: a task without a unit goes to the
// office itself, a name that means nobody is left out.
func settleRest(ctx context.Context, plans *plan.Service, clerk access.Identity, id string) (plan.Summary, error) {
	f, err := plans.Get(ctx, clerk, id)
	if err != nil {
		return plan.Summary{}, err
	}
	known := func(list []plan.Named) []plan.Named {
		out := []plan.Named{}
		for _, n := range list {
			if len(n.Units) > 0 {
				out = append(out, n)
			}
		}
		return out
	}
	sheet := *f.Draft
	for i := range sheet.Tasks {
		t := &sheet.Tasks[i]
		t.Lead, t.Support, t.Checked = known(t.Lead), known(t.Support), true
		if len(t.Lead) == 0 {
			t.Lead = []plan.Named{{Name: "党政办", Units: []string{clerk.Unit}, How: "settled"}}
		}
		if t.Duty.Listed {
			t.Duty.Item, t.Duty.Class = t.Duty.Matches[0].Item, string(t.Duty.Matches[0].Class)
		}
	}
	f.Version, err = plans.SaveDraft(ctx, clerk, id, f.Version, sheet)
	return f.Summary, err
}

// A step is something that a unit does with a task.
type step struct {
	who, task string // the task by a part of its text
	words     string
	figures   []float64 // for the task's quotas, in order
	done      bool
	reason    string // returned with this reason
}

var steps = []step{
	{who: "fazhi", task: "举办法治讲座", words: "已印发讲座安排，县司法局选派3名讲师，各社区按月推进。"},
	{who: "qingfeng", task: "举办法治讲座", words: "在社区活动室举办民法典专题讲座，62人参加。", figures: []float64{1}},
	{who: "mingyue", task: "举办法治讲座", words: "两场讲座已完成，签到表和照片留存。", figures: []float64{2}, done: true},
	{who: "sifa", task: "设立1个公共法律服务点", words: "4个社区已挂牌，其余2个正在调整场地。", figures: []float64{4}},
	{who: "qingfeng", task: "法律明白人", words: "完成6名培育对象登记和首次培训。", figures: []float64{6}, done: true},
	{who: "sifa", task: "调解成功率", words: "截至目前受理58件，成功56件。", figures: []float64{96.5}},
	{who: "fazhi", task: "矛盾纠纷排查", words: "本月排查已布置。"},
	{who: "mingyue", task: "设立1个公共法律服务点", reason: "本社区活动用房正在装修，请明确是否可以与清风社区合用服务点。"},
	{who: "sifa", task: "开展法治体检"},
	{who: "fazhi", task: "普法宣传活动"},
}

func take(ctx context.Context, plans *plan.Service, who access.Identity, st step) error {
	mine, _, err := plans.Mine(ctx, who, plan.MineFilter{Unit: who.Unit}, plan.Page{})
	if err != nil {
		return err
	}
	for _, m := range mine {
		if !strings.Contains(m.Text, st.task) {
			continue
		}
		if st.reason != "" {
			return plans.Return(ctx, who, m.Part.ID, m.Part.Version, st.reason)
		}
		if st.words == "" && !st.done {
			return plans.Sign(ctx, who, m.Part.ID, m.Part.Version)
		}
		r := plan.NewReport{Words: st.words, Done: st.done}
		for i, v := range st.figures {
			if i < len(m.Quotas) {
				r.Figures = append(r.Figures, plan.NewFigure{Quota: m.Quotas[i].ID, Value: v})
			}
		}
		_, err := plans.Report(ctx, who, m.Part.ID, m.Part.Version, r)
		return err
	}
	return fmt.Errorf("no task says %q", st.task)
}

func urgeLate(ctx context.Context, plans *plan.Service, clerk access.Identity, id string) error {
	late, _, err := plans.Tasks(ctx, clerk, plan.TaskFilter{Plan: id, Light: plan.LightOverdue}, plan.Page{})
	if err != nil || len(late) == 0 {
		return err
	}
	_, err = plans.Urge(ctx, clerk, late[0].ID, plan.NewUrge{
		Kind: plan.KindSupervise, Words: "该项任务已超期，请说明原因和完成时间。", Workdays: 3})
	return err
}
