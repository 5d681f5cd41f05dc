package api

import (
	"context"
	"net/http"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/plan"
	"gewu/internal/store"
)

func (s *server) taskRoutes() {
	route(s, op(http.MethodGet, "/tasks", "list-tasks", "Tasks that one may see, by due day", "Tasks"), s.listTasks)
	route(s, op(http.MethodGet, "/tasks/mine", "list-my-tasks", "Tasks of one of the reader's units, by due day", "Tasks"), s.myTasks)
	route(s, op(http.MethodGet, "/tasks/{id}", "get-task", "A task with reports, urges and sub-tasks", "Tasks"), s.getTask)
	route(s, none(op(http.MethodPatch, "/tasks/{id}", "edit-task", "Change a published task", "Tasks")), s.editTask)
	route(s, op(http.MethodGet, "/tasks/{id}/history", "get-task-history", "What happened to a task, newest first", "Tasks"), s.taskHistory)
	route(s, none(op(http.MethodPost, "/tasks/{id}/close", "close-task", "Close a task out (销号)", "Tasks")), s.closeTask)
	route(s, none(op(http.MethodPost, "/tasks/{id}/drop", "drop-task", "Drop a task (作废)", "Tasks")), s.dropTask)
	route(s, none(op(http.MethodPost, "/tasks/{id}/reopen", "reopen-task", "Take a close-out back", "Tasks")), s.reopenTask)
	route(s, none(op(http.MethodPut, "/tasks/{id}/duty", "decide-duty", "Record where a task stands on the duty list", "Tasks")), s.decideDuty)
	route(s, created(op(http.MethodPost, "/tasks/{id}/urges", "urge-task", "Urge (催办) or supervise (督办) units", "Tasks")), s.urgeTask)
	route(s, none(op(http.MethodPost, "/urges/{id}/answer", "answer-urge", "Answer an urge", "Tasks")), s.answerUrge)
	route(s, op(http.MethodGet, "/messages", "list-messages", "What one's units were told, unread first", "Tasks"), s.messages)
	route(s, none(op(http.MethodPost, "/messages/read", "read-messages", "Mark messages as seen", "Tasks")), s.readMessages)
}

type taskQuery struct {
	Paging
	Plan  string `query:"plan" maxLength:"40"`
	Unit  string `query:"unit" maxLength:"40"`
	Light string `query:"light" enum:"done,ongoing,soon,overdue"`
	State string `query:"state" enum:"open,closed,dropped"`
	Word  string `query:"q" maxLength:"100"`
	Place string `query:"place" pattern:"^[0-9]*$" maxLength:"15"`
}

type ruledList[T any] struct {
	Items []T       `json:"items" nullable:"false"`
	Next  string    `json:"next" doc:"cursor of the next page, empty on the last"`
	Rule  plan.Rule `json:"rule" doc:"what the lights mean today"`
}

func (s *server) listTasks(ctx context.Context, who access.Identity, in *taskQuery) (*body[ruledList[plan.Row]], error) {
	f := plan.TaskFilter{Plan: in.Plan, Unit: in.Unit, Light: plan.Light(in.Light), State: in.State, Word: in.Word, Place: in.Place}
	rows, next, err := s.Plans.Tasks(ctx, who, f, in.plan())
	if err != nil {
		return nil, err
	}
	rule, err := s.Plans.Rule(ctx)
	return &body[ruledList[plan.Row]]{ruledList[plan.Row]{rows, next, rule}}, err
}

type mineQuery struct {
	Paging
	Unit     string `query:"unit" maxLength:"40" doc:"one of the reader's units; the first if left out"`
	Role     string `query:"role" enum:"lead,support"`
	State    string `query:"state" enum:"todo,assigned,signed,returned,done" doc:"todo (the default) is assigned or signed"`
	Light    string `query:"light" enum:"done,ongoing,soon,overdue"`
	Assignee string `query:"assignee" maxLength:"40"`
}

func (s *server) myTasks(ctx context.Context, who access.Identity, in *mineQuery) (*body[ruledList[plan.Mine]], error) {
	unit := in.Unit
	if unit == "" && len(who.Units()) > 0 {
		unit = who.Units()[0]
	}
	f := plan.MineFilter{Unit: unit, Role: in.Role, State: in.State, Light: plan.Light(in.Light), Assignee: in.Assignee}
	rows, next, err := s.Plans.Mine(ctx, who, f, in.plan())
	if err != nil {
		return nil, err
	}
	rule, err := s.Plans.Rule(ctx)
	return &body[ruledList[plan.Mine]]{ruledList[plan.Mine]{rows, next, rule}}, err
}

func (s *server) getTask(ctx context.Context, who access.Identity, in *ByID) (*tagged[plan.Task], error) {
	t, err := s.Plans.Task(ctx, who, in.ID)
	return &tagged[plan.Task]{etag(t.Version), t}, err
}

func (s *server) editTask(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body plan.Edit
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Edit(ctx, who, in.ID, v, in.Body)
}

// An event as it goes out: the address it came from stays inside.
type event struct {
	ID     int64          `json:"id"`
	At     store.Moment   `json:"at"`
	Actor  string         `json:"actor"`
	Verb   string         `json:"verb" doc:"what was done: task.sign, task.edit, …"`
	Before map[string]any `json:"before,omitempty" doc:"what the change touched, as it was"`
	After  map[string]any `json:"after,omitempty" doc:"and as it is"`
}

func (s *server) taskHistory(ctx context.Context, who access.Identity, in *struct {
	ByID
	Below int64 `query:"below" minimum:"0" doc:"continue below this event"`
}) (*body[list[event]], error) {
	es, err := s.Plans.History(ctx, who, in.ID, in.Below)
	return &body[list[event]]{list[event]{Items: eventsOut(es)}}, err
}

func eventsOut(es []journal.Event) []event {
	out := make([]event, len(es))
	for i, e := range es {
		out[i] = event{e.ID, e.At, e.Actor, e.Verb, e.Before.V, e.After.V}
	}
	return out
}

type reason struct {
	Reason string `json:"reason" maxLength:"500"`
}

type reasoned struct {
	ChangeOf
	Body reason
}

func (s *server) closeTask(ctx context.Context, who access.Identity, in *reasoned) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.CloseOut(ctx, who, in.ID, v, in.Body.Reason)
}

func (s *server) dropTask(ctx context.Context, who access.Identity, in *reasoned) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Drop(ctx, who, in.ID, v, in.Body.Reason)
}

func (s *server) reopenTask(ctx context.Context, who access.Identity, in *reasoned) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.Reopen(ctx, who, in.ID, v, in.Body.Reason)
}

func (s *server) decideDuty(ctx context.Context, who access.Identity, in *struct {
	ChangeOf
	Body struct {
		Class string `json:"class" enum:",basic,supporting,returned,unlisted"`
		Item  string `json:"item" maxLength:"40"`
	}
}) (*empty, error) {
	v, err := in.version()
	if err != nil {
		return nil, err
	}
	return nil, s.Plans.DecideDuty(ctx, who, in.ID, v, in.Body.Class, in.Body.Item)
}

type toldUnits struct {
	Told int `json:"told" doc:"units that were urged"`
}

func (s *server) urgeTask(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body plan.NewUrge
}) (*body[toldUnits], error) {
	n, err := s.Plans.Urge(ctx, who, in.ID, in.Body)
	return &body[toldUnits]{toldUnits{n}}, err
}

type words struct {
	Words string `json:"words" maxLength:"1000"`
}

func (s *server) answerUrge(ctx context.Context, who access.Identity, in *struct {
	ByID
	Body words
}) (*empty, error) {
	return nil, s.Plans.Answer(ctx, who, in.ID, in.Body.Words)
}

func (s *server) messages(ctx context.Context, who access.Identity, in *struct {
	Unread bool `query:"unread"`
}) (*body[list[plan.Message]], error) {
	ms, err := s.Plans.Messages(ctx, who, in.Unread)
	return &body[list[plan.Message]]{list[plan.Message]{Items: ms}}, err
}

func (s *server) readMessages(ctx context.Context, who access.Identity, in *struct {
	Body struct {
		IDs []string `json:"ids" nullable:"false" maxItems:"100" doc:"none mark all"`
	}
}) (*empty, error) {
	return nil, s.Plans.MarkRead(ctx, who, in.Body.IDs)
}
