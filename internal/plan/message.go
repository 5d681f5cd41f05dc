package plan

import (
	"context"

	"gewu/internal/access"
	"gewu/internal/store"
)

// A Message is something that a unit was told. It is handled when somebody of
// the unit has seen it.
type Message struct {
	ID     string       `db:"id" json:"id"`
	Unit   string       `db:"unit_id" json:"unit"`
	Kind   string       `db:"kind" json:"kind" enum:"plan,task,resend,urge,supervise"`
	Plan   string       `db:"plan_id" json:"plan"`
	Task   string       `db:"task_id" json:"task" doc:"empty where it is about a whole plan"`
	Count  int          `db:"count" json:"count" doc:"tasks that it is about"`
	Title  string       `db:"title" json:"title"`
	At     store.Moment `db:"at" json:"at"`
	ReadAt store.Moment `db:"read_at" json:"read_at"`
}

// tell leaves a message for a unit, in the transaction of what it tells of.
func (s *Service) tell(ctx context.Context, tx *store.Tx, m Message) error {
	_, err := tx.Exec(ctx, "INSERT INTO message (id, unit_id, kind, plan_id, task_id, count, title, at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
		store.NewID(), m.Unit, m.Kind, m.Plan, m.Task, m.Count, m.Title, store.Time(s.now()))
	return err
}

// heard marks what a unit was told of a task, or of the plan that it belongs
// to, as seen: it works on the task now.
func (s *Service) heard(ctx context.Context, tx *store.Tx, unit string, t taskRow) error {
	_, err := tx.Exec(ctx, `
		UPDATE message SET read_at = ? WHERE read_at = '' AND unit_id = ? AND (task_id = ? OR task_id = '' AND plan_id = ?)`,
		store.Time(s.now()), unit, t.ID, t.Plan)
	return err
}

// Messages lists what the reader's units were told, unread first, newest
// first, at most 100.
func (s *Service) Messages(ctx context.Context, who access.Identity, unreadOnly bool) ([]Message, error) {
	list, args := store.List(who.Units())
	return store.All[Message](ctx, s.db, store.SQL(`
		SELECT id, unit_id, kind, plan_id, task_id, count, title, at, read_at FROM message WHERE unit_id IN `+list, args...).
		If(unreadOnly, " AND read_at = ''").
		Anywhere().Add(" ORDER BY CASE WHEN read_at = '' THEN 0 ELSE 1 END, at DESC, id DESC LIMIT 100"))
}

// Waiting counts what waits for somebody: unread messages of their units.
func (s *Service) Waiting(ctx context.Context, who access.Identity) (int, error) {
	list, args := store.List(who.Units())
	return store.One[int](ctx, s.db, store.SQL("SELECT count(*) FROM message WHERE read_at = '' AND unit_id IN "+list, args...).Anywhere())
}

// MarkRead marks messages of the reader's units as seen; no ids mark all.
func (s *Service) MarkRead(ctx context.Context, who access.Identity, ids []string) error {
	list, args := store.List(who.Units())
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		text := "UPDATE message SET read_at = ? WHERE read_at = '' AND unit_id IN " + list
		args = append([]any{store.Time(s.now())}, args...)
		if len(ids) > 0 {
			more, moreArgs := store.List(ids)
			text += " AND id IN " + more
			args = append(args, moreArgs...)
		}
		_, err := tx.Exec(ctx, text, args...)
		return err
	})
}
