// Package plan turns a notice into work: the document is read into a draft, a
// person corrects it, publishing makes tasks of it, units sign for them and
// report, and the office sees what is late.
package plan

import (
	"gewu/internal/fault"
	"gewu/internal/store"
	"gewu/notice"
)

// States of a plan.
const (
	Draft     = "draft"
	Published = "published"
	Closed    = "closed"
)

// States of a task: what the office says of it.
const (
	TaskOpen    = "open"
	TaskClosed  = "closed"  // 已销号
	TaskDropped = "dropped" // 已作废
)

// States of an assignment: what the unit says of its part.
const (
	Assigned  = "assigned"  // 待签收
	Signed    = "signed"    // 办理中
	Returned  = "returned"  // 退回, with a reason
	Done      = "done"      // 已办结
	Withdrawn = "withdrawn" // the office took the task from the unit
)

// Roles of a unit in a task.
const (
	Lead    = "lead"    // 牵头单位
	Support = "support" // 配合单位
)

// NoDue is how a task without a time limit is stored: behind all others.
const NoDue = "9999-12-31"

var (
	errState     = fault.New(fault.Conflict, "state_wrong", "当前状态为“{state}”，不能办理此操作，请刷新查看", "The present state, “{state}”, does not allow this. Reload to see it.")
	errNotDraft  = fault.New(fault.Conflict, "plan_not_draft", "方案已经发布，不能再按草稿修改；需要调整的，请在任务中修改", "The plan has been published and is no longer a draft. Change its tasks instead.")
	errDay       = fault.New(fault.Invalid, "day_wrong", "日期“{day}”不正确，请按“2026-11-30”的格式填写", "“{day}” is not a date. Write it like 2026-11-30.")
	errDays      = fault.New(fault.Invalid, "days_crossed", "开始日期 {from} 晚于截止日期 {to}，请核对", "The first day, {from}, is after the last, {to}. Check them.")
	errReason    = fault.New(fault.Invalid, "reason_missing", "请写明理由（500 字以内），以便对方处理", "Give the reason (500 characters at most), so that the other side can act on it.")
	errTooLong   = fault.New(fault.Invalid, "text_too_long", "内容过长，请控制在 {limit} 字以内", "The text is too long: {limit} characters at most.")
	errOpenTasks = fault.New(fault.Conflict, "plan_tasks_open", "还有 {n} 项任务未销号，请先销号或作废，再办结方案", "{n} tasks are still open. Close them out or drop them first.")
)

// wrongState refuses what a state does not allow; the states of plans, tasks
// and parts are words of their own.
func wrongState(what, state string) error {
	w, ok := stateWords[what+"."+state]
	if !ok {
		w = fault.Words{Zh: state, En: state}
	}
	return errState.With("state", w)
}

var stateWords = map[string]fault.Words{
	"plan." + Draft: {Zh: "草稿", En: "draft"}, "plan." + Published: {Zh: "已发布", En: "published"}, "plan." + Closed: {Zh: "已办结", En: "ended"},
	"task." + TaskOpen: {Zh: "办理中", En: "open"}, "task." + TaskClosed: {Zh: "已销号", En: "closed out"}, "task." + TaskDropped: {Zh: "已作废", En: "dropped"},
	"part." + Assigned: {Zh: "待签收", En: "to be signed for"}, "part." + Signed: {Zh: "办理中", En: "under way"}, "part." + Returned: {Zh: "已退回", En: "returned"},
	"part." + Done: {Zh: "已办结", En: "finished"}, "part." + Withdrawn: {Zh: "已撤回", En: "withdrawn"},
}

// A Summary is a plan in a list.
type Summary struct {
	ID        string       `db:"id" json:"id"`
	Place     string       `db:"place" json:"place"`
	Number    string       `db:"number" json:"number" doc:"'2026-007'; empty while a draft"`
	Title     string       `db:"title" json:"title"`
	Sender    string       `db:"sender" json:"sender"`
	DocNo     string       `db:"doc_no" json:"doc_no"`
	Issued    string       `db:"issued" json:"issued" doc:"ISO date, empty if unknown"`
	State     string       `db:"state" json:"state" enum:"draft,published,closed"`
	FileName  string       `db:"file_name" json:"file_name"`
	Created   store.Moment `db:"created_at" json:"created_at"`
	Published store.Moment `db:"published_at" json:"published_at"`
	Version   int          `db:"version" json:"version"`
	Tasks     Lights       `json:"tasks"`
}

// Lights counts tasks or assignments by how they stand.
type Lights struct {
	Done    int `db:"done" json:"done"`
	Ongoing int `db:"ongoing" json:"ongoing" doc:"under way, more than the warning time left or without a limit"`
	Soon    int `db:"soon" json:"soon" doc:"due within the warning time"`
	Overdue int `db:"overdue" json:"overdue"`
}

// A Stage is a dated step of a plan.
type Stage struct {
	ID   string `db:"id" json:"id"`
	Name string `db:"name" json:"name"`
	From string `db:"from_day" json:"from"`
	To   string `db:"to_day" json:"to"`
}

// A Part is a unit's part in a task.
type Part struct {
	ID       string       `db:"id" json:"id"`
	Task     string       `db:"task_id" json:"task"`
	Unit     string       `db:"unit_id" json:"unit"`
	UnitName string       `db:"unit_name" json:"unit_name"`
	Role     string       `db:"role" json:"role" enum:"lead,support"`
	Named    string       `db:"named" json:"named" doc:"as the notice writes it"`
	State    string       `db:"state" json:"state" enum:"assigned,signed,returned,done,withdrawn"`
	Assignee string       `db:"assignee_id" json:"assignee"`
	Person   string       `db:"assignee" json:"assignee_name"`
	Signed   store.Moment `db:"signed_at" json:"signed_at"`
	Reason   string       `db:"reason" json:"reason"`
	DoneAt   store.Moment `db:"done_at" json:"done_at"`
	Reported store.Moment `db:"reported_at" json:"reported_at"`
	Version  int          `db:"version" json:"version"`
}

// A Quota is a number that a task must reach, as it is kept.
type Quota struct {
	ID     string        `db:"id" json:"id"`
	Task   string        `db:"task_id" json:"-"`
	Op     notice.Op     `db:"op" json:"op" enum:">=,<=,=,range"`
	Value  float64       `db:"value" json:"value"`
	Max    float64       `db:"high" json:"max" doc:"upper end of a range, else 0"`
	Unit   string        `db:"unit" json:"unit"`
	Period notice.Period `db:"period" json:"period" enum:",day,week,month,quarter,half-year,year"`
	Per    string        `db:"per" json:"per" enum:"total,unit,place" doc:"one figure for all, one for each lead unit, or one for each community and village that takes part"`
	Text   string        `db:"text" json:"text"`
}

// Values of Quota.Per.
const (
	PerTotal = "total"
	PerUnit  = "unit"
	PerPlace = "place"
)
