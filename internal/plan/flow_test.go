package plan_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

func TestImportMatchesUnits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		f := o.draft()
		if f.Title != "青石街道2026年平安建设工作方案" || f.State != plan.Draft {
			t.Errorf("title %q, state %s", f.Title, f.State)
		}
		if len(f.Draft.Tasks) != 3 {
			t.Fatalf("%d tasks: %+v", len(f.Draft.Tasks), f.Draft.Tasks)
		}
		first := f.Draft.Tasks[0]
		if len(first.Lead) != 1 || !slices.Equal(first.Lead[0].Units, []string{o.unit["平安办"]}) {
			t.Errorf("lead %+v", first.Lead)
		}
		if len(first.Support) != 1 || first.Support[0].How != "group" || len(first.Support[0].Units) != 2 {
			t.Errorf("各社区 became %+v", first.Support)
		}
		if first.Due != "2026-03-20" || len(first.Quotas) == 0 {
			t.Errorf("due %q, quotas %+v", first.Due, first.Quotas)
		}
		// The marks lie where the text is.
		for _, task := range f.Draft.Tasks {
			for _, at := range task.At {
				text := []rune(f.Blocks[at.Block].Text) // no astral characters here
				if at.End > len(text) || !strings.Contains(string(text[at.Start:at.End]), task.Heading[:6]) {
					t.Errorf("%s is marked at %+v", task.Path, at)
				}
			}
		}
	})
}

func TestTheSameNoticeTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		first, err := o.Import(o.ctx(), o.who["clerk"], street, "a.txt", []byte(noticeText))
		if err != nil {
			t.Fatal(err)
		}
		second, err := o.Import(o.ctx(), o.who["clerk"], street, "b.txt", []byte(noticeText))
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{first.ID: "", second.ID: first.ID} {
			f, err := o.Get(o.ctx(), o.who["clerk"], id)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if f.Twin != nil {
				got = f.Twin.ID
			}
			if got != want {
				t.Errorf("twin %q, want %q", got, want)
			}
		}
	})
}

func TestImportRefuses(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, err := o.Import(o.ctx(), o.who["leader"], street, "a.txt", []byte(noticeText))
	wants(t, err, access.ErrDenied)
	_, err = o.Import(o.ctx(), o.who["other"], street, "a.txt", []byte(noticeText))
	wants(t, err, access.ErrDenied)
	if _, err = o.Import(o.ctx(), o.who["clerk"], street, "a.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")); err == nil {
		t.Error("an old Word file was read")
	}
}

func TestPublishNeedsEveryNameSettled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		clerk := o.who["clerk"]
		f := o.draft()
		sheet := *f.Draft
		sheet.Tasks[0].Lead = append(sheet.Tasks[0].Lead, plan.Named{Name: "县气象局", Units: []string{}})
		v, err := o.SaveDraft(o.ctx(), clerk, f.ID, f.Version, sheet)
		o.must(err)
		_, _, err = o.Publish(o.ctx(), clerk, f.ID, v)
		if e := fault.Of(err); e == nil || e.Code != "plan_units_unmatched" || !strings.Contains(e.Sentence("zh"), "县气象局") {
			t.Fatalf("publish with an open name: %v", err)
		}
		// Settled once, the name is known in this draft and in the next.
		f, err = o.Settle(o.ctx(), clerk, f.ID, "县气象局", []string{o.unit["党政办"]})
		o.must(err)
		if got := f.Draft.Tasks[0].Lead[1]; got.How != "settled" || !slices.Equal(got.Units, []string{o.unit["党政办"]}) {
			t.Errorf("settled name is %+v", got)
		}
		_, err = o.SaveDraft(o.ctx(), clerk, f.ID, v, sheet)
		wants(t, err, access.ErrStale)
		f, told, err := o.Publish(o.ctx(), clerk, f.ID, f.Version)
		o.must(err)
		if f.Number != "2026-001" || f.State != plan.Published || told != 4 {
			t.Errorf("number %q, state %s, told %d units", f.Number, f.State, told)
		}
		_, _, err = o.Publish(o.ctx(), clerk, f.ID, f.Version)
		if e := fault.Of(err); e == nil || e.Code != "plan_not_draft" {
			t.Errorf("second publication: %v", err)
		}
		if n, _ := o.Waiting(o.ctx(), o.who["清风社区"]); n != 1 {
			t.Errorf("the community was told %d times", n)
		}
		if g := o.published(); g.Number != "2026-002" {
			t.Errorf("the second plan has number %s", g.Number)
		}
	})
}

func TestLights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		f := o.published()
		for words, want := range map[string]plan.Light{"法治讲座": plan.LightOngoing, "矛盾纠纷": plan.LightSoon, "宣传栏": plan.LightOverdue} {
			if got := o.row(f, words).Light; got != want {
				t.Errorf("%s: %s, want %s", words, got, want)
			}
		}
		f, err := o.Get(o.ctx(), o.who["leader"], f.ID)
		o.must(err)
		if f.Tasks != (plan.Lights{Ongoing: 1, Soon: 1, Overdue: 1}) {
			t.Errorf("counts %+v", f.Tasks)
		}
		for light, n := range map[plan.Light]int{plan.LightOverdue: 1, plan.LightSoon: 1, plan.LightDone: 0} {
			rows, _, err := o.Tasks(o.ctx(), o.who["leader"], plan.TaskFilter{Light: light}, plan.Page{})
			o.must(err)
			if len(rows) != n {
				t.Errorf("filter %s: %d rows", light, len(rows))
			}
		}
		units, err := o.ByUnit(o.ctx(), o.who["leader"], f.ID, "")
		o.must(err)
		for _, u := range units {
			if u.Name == "清风社区" && (u.Overdue != 1 || u.Soon != 1 || u.Ongoing != 1 || u.Unsigned != 3) {
				t.Errorf("the community stands %+v", u)
			}
		}
		// 5 working days after 2026-09-18 skip nothing but count the Sunday that is
		// worked (09-20) and the Mid-Autumn holiday (from 09-25).
		*o.clock = o.clock.AddDate(0, 6, 16) // 2026-09-18
		r, err := o.Rule(o.ctx())
		o.must(err)
		if r.Today != "2026-09-18" || r.SoonBy != "2026-09-24" || r.Natural {
			t.Errorf("rule %+v", r)
		}
		*o.clock = o.clock.AddDate(2, 0, 0) // no calendar for 2028
		if r, err = o.Rule(o.ctx()); err != nil || !r.Natural || r.SoonBy != "2028-09-25" {
			t.Errorf("rule without a calendar %+v, %v", r, err)
		}
	})
}

func TestWorkOnATask(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		f := o.published()
		id := o.row(f, "法治讲座").ID
		community, section, clerk := o.who["清风社区"], o.who["平安办"], o.who["clerk"]

		mine, _, err := o.Mine(o.ctx(), community, plan.MineFilter{Unit: community.Unit, Role: plan.Support}, plan.Page{})
		o.must(err)
		if len(mine) != 2 || mine[0].Due > mine[1].Due {
			t.Fatalf("the community supports %d tasks", len(mine))
		}
		part := o.part(id, "清风社区")
		wants(t, o.Sign(o.ctx(), section, part.ID, part.Version), access.ErrDenied)
		wants(t, o.Sign(o.ctx(), o.who["other"], part.ID, part.Version), access.ErrMissing)
		wants(t, o.Sign(o.ctx(), community, part.ID, part.Version+1), access.ErrStale)
		o.must(o.Sign(o.ctx(), community, part.ID, part.Version))
		if p := o.part(id, "清风社区"); p.State != plan.Signed || p.Person != "清风社区" {
			t.Errorf("after signing %+v", p)
		}
		if e := fault.Of(o.Sign(o.ctx(), community, part.ID, part.Version+1)); e == nil || e.Code != "state_wrong" {
			t.Error("signed twice")
		}

		// Return, explain, sign again.
		part = o.part(id, "清风社区")
		if err := o.Return(o.ctx(), community, part.ID, part.Version, "  "); fault.Of(err) == nil {
			t.Error("returned without a reason")
		}
		o.must(o.Return(o.ctx(), community, part.ID, part.Version, "场地未定"))
		wants(t, o.Resend(o.ctx(), community, part.ID, "x"), access.ErrDenied)
		o.must(o.Resend(o.ctx(), clerk, part.ID, "可借用文化站"))
		part = o.part(id, "清风社区")
		if part.State != plan.Assigned {
			t.Errorf("after resending %s", part.State)
		}

		// Report with a figure and a file.
		task, err := o.Task(o.ctx(), community, id)
		o.must(err)
		quota := task.Quotas[0]
		file, err := o.AddFile(o.ctx(), community, "签到表.txt", strings.NewReader("张三 李四"))
		o.must(err)
		_, err = o.AddFile(o.ctx(), community, "工具.exe", strings.NewReader("MZ"))
		if e := fault.Of(err); e == nil || e.Code != "file_type" {
			t.Errorf("a program was taken: %v", err)
		}
		_, err = o.Report(o.ctx(), community, part.ID, part.Version, plan.NewReport{})
		if e := fault.Of(err); e == nil || e.Code != "report_empty" {
			t.Errorf("an empty report: %v", err)
		}
		_, err = o.Report(o.ctx(), community, part.ID, part.Version, plan.NewReport{
			Words: "已办一场", Figures: []plan.NewFigure{{Quota: quota.ID, Value: 1}}, Files: []string{file.ID}})
		o.must(err)
		task, err = o.Task(o.ctx(), o.who["leader"], id)
		o.must(err)
		if len(task.Reports) != 1 || len(task.Reports[0].Files) != 1 || task.Reports[0].Figures[0].Value != 1 {
			t.Errorf("reports %+v", task.Reports)
		}
		if task.Quotas[0].Have != 1 {
			t.Errorf("have %v", task.Quotas[0].Have)
		}
		if _, _, err = o.OpenFile(o.ctx(), o.who["other"], file.ID); fault.Of(err) == nil {
			t.Error("somebody of another street reads the file")
		}
		rc, _, err := o.OpenFile(o.ctx(), o.who["leader"], file.ID)
		o.must(err)
		rc.Close()

		// Finish and close out.
		part = o.part(id, "平安办")
		_, err = o.Report(o.ctx(), section, part.ID, part.Version, plan.NewReport{Words: "全部完成", Done: true})
		o.must(err)
		task, err = o.Task(o.ctx(), clerk, id)
		o.must(err)
		wants(t, o.CloseOut(o.ctx(), o.who["leader"], id, task.Version, ""), access.ErrDenied)
		o.must(o.CloseOut(o.ctx(), clerk, id, task.Version, ""))
		if l := o.row(f, "法治讲座").Light; l != plan.LightDone {
			t.Errorf("closed out, and the light is %s", l)
		}
		task, err = o.Task(o.ctx(), clerk, id)
		o.must(err)
		o.must(o.Reopen(o.ctx(), clerk, id, task.Version, "材料不全"))
		if p := o.part(id, "平安办"); p.State != plan.Signed {
			t.Errorf("after reopening the lead is %s", p.State)
		}

		history, err := o.History(o.ctx(), o.who["leader"], id, 0)
		o.must(err)
		var verbs []string
		for _, e := range history {
			verbs = append(verbs, e.Verb)
		}
		want := []string{"task.reopen", "task.close", "task.finish", "task.report", "task.resend", "task.return", "task.sign", "task.create"}
		if !slices.Equal(verbs, want) {
			t.Errorf("history %v, want %v", verbs, want)
		}
	})
}

func TestCloseOutEarlyTakesAReason(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	r := o.row(o.published(), "宣传栏")
	err := o.CloseOut(o.ctx(), o.who["clerk"], r.ID, r.Version, "")
	if e := fault.Of(err); e == nil || e.Code != "task_unfinished" {
		t.Fatalf("closed out early: %v", err)
	}
	o.must(o.CloseOut(o.ctx(), o.who["clerk"], r.ID, r.Version, "上级已统一更换"))
	if p := o.part(r.ID, "清风社区"); p.State != plan.Done {
		t.Errorf("the unit's part is %s", p.State)
	}
}

func TestSplitAndShares(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		f := o.published()
		id := o.row(f, "矛盾纠纷").ID
		section := o.who["平安办"]
		part := o.part(id, "平安办")
		task, err := o.Task(o.ctx(), section, id)
		o.must(err)
		quota := task.Quotas[0].ID
		child := plan.Child{Heading: "排查本社区", Text: "逐户排查", Units: []string{o.unit["清风社区"], o.unit["明月社区"]},
			Shares: []plan.Share{{Quota: quota, Unit: o.unit["清风社区"], Value: 3}, {Quota: quota, Unit: o.unit["明月社区"], Value: 2}}}
		support := o.part(id, "清风社区")
		err = o.Split(o.ctx(), o.who["清风社区"], support.ID, support.Version, []plan.Child{child})
		if e := fault.Of(err); e == nil || e.Code != "split_lead_only" {
			t.Errorf("a supporting unit split the task: %v", err)
		}
		o.must(o.Split(o.ctx(), section, part.ID, part.Version, []plan.Child{child}))
		task, err = o.Task(o.ctx(), section, id)
		o.must(err)
		if len(task.Children) != 2 {
			t.Fatalf("%d sub-tasks", len(task.Children))
		}
		q := task.Quotas[0]
		if len(q.Units) != 2 || q.Units[0].Need+q.Units[1].Need != 5 {
			t.Errorf("shares %+v", q.Units)
		}
		// The lead cannot finish before those it split the work to.
		part = o.part(id, "平安办")
		_, err = o.Report(o.ctx(), section, part.ID, part.Version, plan.NewReport{Done: true})
		if e := fault.Of(err); e == nil || e.Code != "children_open" {
			t.Errorf("finished over open sub-tasks: %v", err)
		}
		for _, c := range task.Children {
			unit := c.Parts[0].UnitName
			_, err = o.Report(o.ctx(), o.who[unit], c.Parts[0].ID, 0, plan.NewReport{Figures: []plan.NewFigure{{Quota: quota, Value: 2}}, Done: true})
			o.must(err)
		}
		task, err = o.Task(o.ctx(), section, id)
		o.must(err)
		if q := task.Quotas[0]; q.Have != 4 || q.Units[0].Met || !q.Units[1].Met {
			t.Errorf("figures of sub-tasks: %+v", q)
		}
		err = o.Split(o.ctx(), o.who["清风社区"], task.Children[0].Parts[0].ID, 0, []plan.Child{child})
		if fault.Of(err) == nil {
			t.Error("a finished sub-task was split")
		}
	})
}

func TestHandStaysInTheUnit(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	part := o.part(o.row(o.published(), "法治讲座").ID, "平安办")
	err := o.Hand(o.ctx(), o.who["平安办"], part.ID, part.Version, o.who["清风社区"].ID)
	if e := fault.Of(err); e == nil || e.Code != "assignee_wrong" {
		t.Errorf("handed out of the unit: %v", err)
	}
	o.must(o.Hand(o.ctx(), o.who["平安办"], part.ID, part.Version, o.who["平安办"].ID))
}

func TestUrgeAndAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		id := o.row(o.published(), "宣传栏").ID
		_, err := o.Urge(o.ctx(), o.who["清风社区"], id, plan.NewUrge{Kind: plan.KindUrge, Words: "请抓紧"})
		wants(t, err, access.ErrDenied)
		_, err = o.Urge(o.ctx(), o.who["leader"], id, plan.NewUrge{Kind: plan.KindSupervise, Words: "请说明原因"})
		if fault.Of(err) == nil {
			t.Error("supervised without a limit")
		}
		n, err := o.Urge(o.ctx(), o.who["leader"], id, plan.NewUrge{Kind: plan.KindSupervise, Words: "请说明原因", Workdays: 5})
		o.must(err)
		if n != 2 {
			t.Errorf("%d units urged", n)
		}
		today, err := o.Today(o.ctx(), o.who["清风社区"])
		o.must(err)
		if len(today.Urges) != 1 || today.Urges[0].AnswerBy != "2026-03-09" || len(today.Late) != 1 {
			t.Fatalf("the unit sees %+v", today)
		}
		g := today.Urges[0].ID
		wants(t, o.Answer(o.ctx(), o.who["平安办"], g, "不是我"), access.ErrMissing)
		o.must(o.Answer(o.ctx(), o.who["清风社区"], g, "明日完成"))
		if e := fault.Of(o.Answer(o.ctx(), o.who["清风社区"], g, "再答")); e == nil || e.Code != "urge_answered" {
			t.Error("answered twice")
		}
		if today, err = o.Today(o.ctx(), o.who["清风社区"]); err != nil || len(today.Urges) != 0 {
			t.Errorf("an answered urge is still open: %v", err)
		}
	})
}

func TestEditTakesAndGivesUnits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		r := o.row(o.published(), "法治讲座")
		e := plan.Edit{Heading: r.Heading, Text: r.Text, Due: "2026-04-10", Reason: "讲师档期调整",
			Lead: []string{o.unit["党政办"]}, Support: []string{o.unit["清风社区"]}}
		wants(t, o.Edit(o.ctx(), o.who["平安办"], r.ID, r.Version, e), access.ErrDenied)
		o.must(o.Edit(o.ctx(), o.who["clerk"], r.ID, r.Version, e))
		if _, err := o.Task(o.ctx(), o.who["平安办"], r.ID); fault.Of(err) == nil {
			t.Error("a unit that was taken off still sees the task")
		}
		mine, _, err := o.Mine(o.ctx(), o.who["党政办"], plan.MineFilter{Unit: o.unit["党政办"]}, plan.Page{})
		o.must(err)
		if len(mine) != 1 || mine[0].Due != "2026-04-10" {
			t.Errorf("the new lead has %+v", mine)
		}
		history, err := o.History(o.ctx(), o.who["clerk"], r.ID, 0)
		o.must(err)
		if h := history[0]; h.Before.V["due"] != "2026-03-20" || h.After.V["due"] != "2026-04-10" || h.After.V["reason"] != "讲师档期调整" {
			t.Errorf("history keeps %v → %v", h.Before.V, h.After.V)
		}
	})
}

func TestExports(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		f := o.published()
		var b bytes.Buffer
		name, err := o.WriteTable(o.ctx(), o.who["leader"], f.ID, "zh", &b)
		o.must(err)
		if !strings.HasSuffix(name, ".xlsx") || !bytes.HasPrefix(b.Bytes(), []byte("PK")) {
			t.Errorf("%s, %d bytes", name, b.Len())
		}
		c, err := o.Feed(o.ctx(), o.who["清风社区"], "http://x")
		o.must(err)
		if len(c.Events) != 3 {
			t.Errorf("%d time limits in the feed", len(c.Events))
		}
		if c, err = o.Feed(o.ctx(), o.who["other"], "http://x"); err != nil || len(c.Events) != 0 {
			t.Errorf("another street's feed has %d of them, %v", len(c.Events), err)
		}
	})
}

// However many try at the same time, one has the task and the others are told;
// figures of reports that come at once are all counted.
func TestAtTheSameTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		id := o.row(o.published(), "法治讲座").ID
		part := o.part(id, "清风社区")
		who := o.who["清风社区"]
		const n = 8
		errs := make(chan error, n)
		for range n {
			go func() { errs <- o.Sign(o.ctx(), who, part.ID, part.Version) }()
		}
		signed := 0
		for range n {
			err := <-errs
			if err == nil {
				signed++
			} else if fault.Of(err) == nil {
				t.Errorf("internal error: %v", err)
			}
		}
		if signed != 1 {
			t.Errorf("signed %d times", signed)
		}
		task, err := o.Task(o.ctx(), who, id)
		o.must(err)
		for range n {
			go func() {
				_, err := o.Report(o.ctx(), who, part.ID, 0, plan.NewReport{Figures: []plan.NewFigure{{Quota: task.Quotas[0].ID, Value: 1}}})
				errs <- err
			}()
		}
		for range n {
			o.must(<-errs)
		}
		if task, err = o.Task(o.ctx(), who, id); err != nil || task.Quotas[0].Have != n {
			t.Errorf("%v of %d figures were counted, %v", task.Quotas[0].Have, n, err)
		}
	})
}
