package plan_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/duty"
	"gewu/internal/holiday"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
)

const street = "990101001"

// An office is a street with two sections, two communities and a clerk, a
// leader and one person for each unit, on a clock that tests can turn.
type testOffice struct {
	*plan.Service
	t     *testing.T
	acc   *access.Service
	units *office.Service
	clock *time.Time
	unit  map[string]string // ids by short name
	who   map[string]access.Identity
}

func newOffice(t *testing.T, db *store.DB) *testOffice {
	t.Helper()
	clock := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC) // a Monday, 10 o'clock in China
	now := func() time.Time { return clock }
	files, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	days, err := holiday.NewService(db, now)
	if err != nil {
		t.Fatal(err)
	}
	o := &testOffice{
		t: t, acc: access.NewService(db, now), units: office.NewService(db, now), clock: &clock,
		unit: map[string]string{}, who: map[string]access.Identity{},
	}
	duties := duty.NewService(db, now)
	o.Service = plan.NewService(db, files, o.units, duties, days, now)
	ctx, system := t.Context(), access.System("test")
	for _, p := range []office.Place{
		{Code: "990101", Name: "云溪县"}, {Code: street, Name: "青石街道"}, {Code: street + "001", Name: "清风社区"},
		{Code: street + "002", Name: "明月社区"}, {Code: "990101002", Name: "白水街道"},
	} {
		o.must(o.units.AddPlace(ctx, system, p))
	}
	for _, u := range []office.Unit{
		{Short: "党政办", Kind: office.Section, Place: street}, {Short: "平安办", Kind: office.Section, Place: street},
		{Short: "清风社区", Kind: office.Community, Place: street + "001"}, {Short: "明月社区", Kind: office.Community, Place: street + "002"},
		{Short: "白水党政办", Kind: office.Section, Place: "990101002"},
	} {
		u.Name = u.Short
		made, err := o.units.Create(ctx, system, u)
		o.must(err)
		o.unit[u.Short] = made.ID
		o.account(u.Short, u.Short, access.Grant{Role: access.Staff, Unit: made.ID})
	}
	o.account("clerk", "党政办", access.Grant{Role: access.Clerk, Place: street})
	o.account("leader", "党政办", access.Grant{Role: access.Leader, Place: street})
	o.account("auditor", "党政办", access.Grant{Role: access.Auditor, Place: "990101"})
	o.account("other", "白水党政办", access.Grant{Role: access.Clerk, Place: "990101002"})
	o.must(duties.Replace(ctx, system, street, duty.Demo()))
	return o
}

// account makes somebody without the cost of a password check.
func (o *testOffice) account(name, unit string, g access.Grant) {
	o.t.Helper()
	a, err := o.acc.CreateWith(o.t.Context(), access.System("test"), access.Change{
		Username: map[string]string{"党政办": "dangzheng", "平安办": "pingan", "清风社区": "qingfeng", "明月社区": "mingyue", "白水党政办": "baishui"}[name] + name[:len(name)*b2i(name[0] < 0x80)],
		Name:     name, Unit: o.unit[unit], Grants: []access.Grant{g}}, "a long password", false)
	o.must(err)
	who, err := o.acc.Identify(o.t.Context(), a.ID, "192.0.2.1")
	o.must(err)
	o.who[name] = who
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (o *testOffice) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// wants fails the test unless the error is the wanted one.
func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

const noticeText = `青石街道2026年平安建设工作方案
一、重点任务
（一）开展法治讲座。每个社区每年举办法治讲座不少于2次。（牵头单位：平安办；责任单位：各社区；完成时限：2026年3月20日前）
（二）排查矛盾纠纷。每季度开展1次矛盾纠纷排查。（牵头单位：平安办；责任单位：各社区；完成时限：2026年3月6日前）
（三）更新宣传栏。各社区于2026年2月27日前更新法治宣传栏。
`

// draft reads the notice in.
func (o *testOffice) draft() plan.Full {
	o.t.Helper()
	s, err := o.Import(o.t.Context(), o.who["clerk"], street, "方案.txt", []byte(noticeText))
	o.must(err)
	f, err := o.Get(o.t.Context(), o.who["clerk"], s.ID)
	o.must(err)
	return f
}

// published reads the notice in and publishes it.
func (o *testOffice) published() plan.Full {
	o.t.Helper()
	f := o.draft()
	f, _, err := o.Publish(o.t.Context(), o.who["clerk"], f.ID, f.Version)
	o.must(err)
	return f
}

// row returns the task whose text has the words.
func (o *testOffice) row(f plan.Full, words string) plan.Row {
	o.t.Helper()
	rows, err := o.PlanTasks(o.t.Context(), o.who["clerk"], f.ID)
	o.must(err)
	for _, r := range rows {
		if strings.Contains(r.Text, words) {
			return r.Row
		}
	}
	o.t.Fatalf("no task says %q", words)
	return plan.Row{}
}

// part returns a unit's part in a task.
func (o *testOffice) part(task, unit string) plan.Part {
	o.t.Helper()
	t, err := o.Task(o.t.Context(), o.who["clerk"], task)
	o.must(err)
	for _, p := range t.Parts {
		if p.Unit == o.unit[unit] {
			return p
		}
	}
	o.t.Fatalf("%s has no part in the task", unit)
	return plan.Part{}
}

func (o *testOffice) ctx() context.Context { return o.t.Context() }

func officePlace(code string) office.Place { return office.Place{Code: code, Name: "地方" + code} }
