package plan_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gewu/internal/access"
	"gewu/internal/duty"
	"gewu/internal/fault"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

func code(err error) string {
	if e := fault.Of(err); e != nil {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// Neither a clerk nor a unit can give work to units of another street, to
// units that work no more, or to ids that are none.
func TestWorkStaysWithTheOfficesUnits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		clerk := o.who["clerk"]
		gone, err := o.units.Create(o.ctx(), clerk, office.Unit{Name: "旧办公室", Kind: office.Section, Place: street})
		o.must(err)
		_, err = o.units.Update(o.ctx(), clerk, gone, true)
		o.must(err)
		bad := map[string]string{"another street's": o.unit["白水党政办"], "closed": gone.ID, "none": "nobody"}
		f := o.published()
		row := o.row(f, "法治讲座")
		part := o.part(row.ID, "平安办")
		for name, unit := range bad {
			d := o.draft()
			d.Draft.Tasks[0].Support = append(d.Draft.Tasks[0].Support, plan.Named{Name: "某单位", Units: []string{unit}})
			v, err := o.SaveDraft(o.ctx(), clerk, d.ID, d.Version, *d.Draft)
			o.must(err)
			if _, _, err = o.Publish(o.ctx(), clerk, d.ID, v); code(err) != "plan_units_unknown" {
				t.Errorf("published with %s unit: %v", name, err)
			}
			err = o.Edit(o.ctx(), clerk, row.ID, row.Version, plan.Edit{Text: "甲", Lead: []string{o.unit["平安办"], unit}})
			if code(err) != "unit_unknown" {
				t.Errorf("edited with %s unit: %v", name, err)
			}
			err = o.Split(o.ctx(), o.who["平安办"], part.ID, part.Version, []plan.Child{{Heading: "子任务", Units: []string{unit}}})
			if code(err) != "unit_unknown" {
				t.Errorf("split to %s unit: %v", name, err)
			}
		}
		ms, err := o.Messages(o.ctx(), o.who["白水党政办"], false)
		if err != nil || len(ms) != 0 {
			t.Errorf("another street was told %+v, %v", ms, err)
		}
	})
}

func TestDutyItemsOfTheOfficeOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		duties := duty.NewService(db, func() time.Time { return *o.clock })
		o.must(duties.Replace(o.ctx(), access.System("test"), "990101002", duty.Demo()))
		clerk := o.who["clerk"]
		theirs, err := duties.Items(o.ctx(), o.who["other"], "990101002", duty.Filter{})
		o.must(err)
		ours, err := duties.Items(o.ctx(), clerk, street, duty.Filter{Class: duty.Basic})
		o.must(err)
		row := o.row(o.published(), "法治讲座")
		if err := o.DecideDuty(o.ctx(), clerk, row.ID, row.Version, string(theirs[0].Class), theirs[0].ID); code(err) != "duty_item_wrong" {
			t.Errorf("another office's item: %v", err)
		}
		if err := o.DecideDuty(o.ctx(), clerk, row.ID, row.Version, string(duty.Returned), ours[0].ID); code(err) != "duty_item_wrong" {
			t.Errorf("an item of another class: %v", err)
		}
		o.must(o.DecideDuty(o.ctx(), clerk, row.ID, row.Version, string(duty.Basic), ours[0].ID))
	})
}

// Texts of the duty list that change under the same names are heeded, also
// where another server changed them.
func TestDutyIndexFollowsTheList(t *testing.T) {
	db := storetest.SQLite(t)
	o := newOffice(t, db)
	now := func() time.Time { return *o.clock }
	one, other := duty.NewService(db, now), duty.NewService(db, now)
	before, err := one.Index(o.ctx(), street)
	o.must(err)
	list := duty.Demo()
	o.must(other.Replace(o.ctx(), access.System("test"), street, list))
	after, err := one.Index(o.ctx(), street)
	o.must(err)
	if before == after {
		t.Error("the old index is still used")
	}
}

func TestOneFigureForEachQuota(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		row := o.row(o.published(), "法治讲座")
		part := o.part(row.ID, "清风社区")
		q := row.Quotas[0].ID
		_, err := o.Report(o.ctx(), o.who["清风社区"], part.ID, part.Version, plan.NewReport{
			Figures: []plan.NewFigure{{Quota: q, Value: 1}, {Quota: q, Value: 2}}})
		if code(err) != "figure_twice" {
			t.Errorf("two figures for one quota: %v", err)
		}
	})
}

// What was urged of a unit that no longer takes part is not its business.
func TestUrgesEndWithThePart(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	row := o.row(o.published(), "法治讲座")
	clerk, unit := o.who["clerk"], o.who["清风社区"]
	_, err := o.Urge(o.ctx(), clerk, row.ID, plan.NewUrge{Kind: plan.KindUrge, Words: "请抓紧", Units: []string{o.unit["清风社区"]}})
	o.must(err)
	count := func() int {
		today, err := o.Today(o.ctx(), unit)
		o.must(err)
		return len(today.Urges)
	}
	if count() != 1 {
		t.Fatal("the urge is not shown")
	}
	o.must(o.Edit(o.ctx(), clerk, row.ID, row.Version, plan.Edit{Text: row.Text, Lead: []string{o.unit["平安办"]}}))
	if count() != 0 {
		t.Error("the urge is shown to a unit that may not see the task")
	}
}

// The year begins at midnight in China, eight hours before it does in UTC.
func TestClosedOutThisYear(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	f := o.published()
	clerk := o.who["clerk"]
	*o.clock = time.Date(2025, 12, 31, 15, 59, 0, 0, time.UTC)
	old := o.row(f, "法治讲座")
	o.must(o.CloseOut(o.ctx(), clerk, old.ID, old.Version, "提前"))
	*o.clock = time.Date(2025, 12, 31, 16, 1, 0, 0, time.UTC) // 2026-01-01 00:01 in China
	fresh := o.row(f, "宣传栏")
	o.must(o.CloseOut(o.ctx(), clerk, fresh.ID, fresh.Version, "提前"))
	*o.clock = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	today, err := o.Today(o.ctx(), clerk)
	o.must(err)
	if today.Office.Lights.Done != 1 {
		t.Errorf("%d tasks were closed out in 2026, want 1", today.Office.Lights.Done)
	}
}

// To settle a name and to apply it to the draft is one change.
func TestSettleNeedsADraft(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	f := o.published()
	_, err := o.Settle(o.ctx(), o.who["clerk"], f.ID, "平安建设办", []string{o.unit["平安办"]})
	if code(err) != "plan_not_draft" {
		t.Fatalf("settled in a published plan: %v", err)
	}
	us, err := o.units.Units(o.ctx(), street)
	o.must(err)
	for _, u := range us {
		if len(u.Aliases) > 0 {
			t.Errorf("%s is remembered as %v all the same", u.Name, u.Aliases)
		}
	}
}

func TestCountyUnitsAreNotAStreetsToChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		clerk := o.who["clerk"]
		u, err := o.units.Create(o.ctx(), clerk, office.Unit{Name: "云溪县司法局", Kind: office.Bureau, Place: "990101"})
		o.must(err) // a notice names it
		if _, err = o.units.Update(o.ctx(), clerk, u, true); !errors.Is(err, access.ErrDenied) {
			t.Errorf("a street closed a bureau of the county: %v", err)
		}
		_, err = o.units.Update(o.ctx(), access.System("test"), u, false)
		o.must(err)
	})
}

func TestImportForAPlaceThatIsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		_, err := o.Import(o.ctx(), o.who["clerk"], street+"777", "a.txt", []byte(noticeText))
		wants(t, err, access.ErrMissing)
		err = o.units.Settle(o.ctx(), o.who["clerk"], street+"777", "平安建设办", []string{o.unit["平安办"]})
		wants(t, err, access.ErrMissing)
		err = duty.NewService(db, time.Now).Replace(o.ctx(), o.who["clerk"], street+"777", duty.Demo())
		wants(t, err, access.ErrMissing)
	})
}

// A sub-task does not come to life within a task that has ended.
func TestReopenFromAbove(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	clerk, unit := o.who["clerk"], o.who["平安办"]
	row := o.row(o.published(), "法治讲座")
	part := o.part(row.ID, "平安办")
	o.must(o.Split(o.ctx(), unit, part.ID, part.Version, []plan.Child{{Heading: "子任务", Units: []string{o.unit["明月社区"]}}}))
	task, err := o.Task(o.ctx(), clerk, row.ID)
	o.must(err)
	o.must(o.CloseOut(o.ctx(), clerk, task.ID, task.Version, "提前"))
	task, err = o.Task(o.ctx(), clerk, row.ID)
	o.must(err)
	child := task.Children[0]
	events, err := o.History(o.ctx(), clerk, child.ID, 0)
	o.must(err)
	if len(events) == 0 || events[0].Verb != "task.close" {
		t.Errorf("the sub-task's history does not say that it was closed out: %+v", events)
	}
	if err := o.Reopen(o.ctx(), clerk, child.ID, child.Version, "还要办"); code(err) != "parent_ended" {
		t.Errorf("reopened within a closed task: %v", err)
	}
	o.must(o.Reopen(o.ctx(), clerk, task.ID, task.Version, "还要办"))
	o.must(o.Reopen(o.ctx(), clerk, child.ID, child.Version, "还要办"))
}

// Refusals name the state in the reader's language.
func TestStatesInWords(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	row := o.row(o.published(), "法治讲座")
	part := o.part(row.ID, "平安办")
	err := o.Resend(o.ctx(), o.who["clerk"], part.ID, "请办理")
	if e := fault.Of(err); e == nil || !strings.Contains(e.Sentence("zh"), "“待签收”") || !strings.Contains(e.Sentence("en"), "“to be signed for”") {
		t.Errorf("refused with %v", err)
	}
}

// However many units the county has, an office has its own.
func TestUnitsOfALargeCounty(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		o.must(o.units.AddPlace(o.ctx(), access.System("test"), officePlace("990101000")))
		o.must(db.Tx(o.ctx(), func(tx *store.Tx) error {
			for i := range 5100 {
				if _, err := tx.Exec(o.ctx(), "INSERT INTO unit (id, name, short, kind, place, seq, closed_at, version) VALUES (?, ?, '', 'grid', '990101000', 1, '', 1)",
					fmt.Sprintf("g%d", i), fmt.Sprintf("第%d网格", i)); err != nil {
					return err
				}
			}
			return nil
		}))
		us, err := o.units.Units(o.ctx(), street)
		o.must(err)
		var names []string
		for _, u := range us {
			names = append(names, u.Name)
		}
		if got := strings.Join(names, " "); got != "党政办 平安办 清风社区 明月社区" {
			t.Errorf("units %.200s", got)
		}
	})
}

// A task that was dropped is nobody's achievement.
func TestDroppedTasksCountForNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		clerk, unit := o.who["clerk"], o.who["平安办"]
		f := o.published()
		row := o.row(f, "法治讲座")
		part := o.part(row.ID, "平安办")
		_, err := o.Report(o.ctx(), unit, part.ID, part.Version, plan.NewReport{Done: true})
		o.must(err)
		done := func() int {
			rows, err := o.ByUnit(o.ctx(), clerk, f.ID, "")
			o.must(err)
			for _, r := range rows {
				if r.Unit == o.unit["平安办"] {
					return r.Done
				}
			}
			return 0
		}
		if done() != 1 {
			t.Fatal("what was finished is not counted")
		}
		o.must(o.Drop(o.ctx(), clerk, row.ID, row.Version, "重复"))
		if n := done(); n != 0 {
			t.Errorf("%d of a dropped task count", n)
		}
	})
}
