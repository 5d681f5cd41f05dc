// Package journal writes down every change, in the transaction that makes it:
// who, when, from where, what it was before and what it is now.
package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gewu/internal/store"
)

// An Actor is whoever makes a change.
type Actor struct {
	ID     string // account id, "" for the system itself
	Name   string
	Origin string // network address, or "command line"
}

// An Entry is one change, about to be written.
type Entry struct {
	Verb      string // "task.sign": subject, dot, what was done
	Subject   string // "task"
	SubjectID string
	Place     string
	Before    any // what the change touched, as it was; nil if nothing was there
	After     any // and as it is
}

// Append writes an entry in the caller's transaction.
func Append(ctx context.Context, tx *store.Tx, who Actor, at time.Time, e Entry) error {
	before, err := document(e.Before)
	if err != nil {
		return err
	}
	after, err := document(e.After)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO event (at, actor_id, actor, origin, verb, subject, subject_id, place, before_doc, after_doc)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		store.Time(at), who.ID, who.Name, who.Origin, e.Verb, e.Subject, e.SubjectID, e.Place, before, after)
	return err
}

func document(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("journal: %w", err)
	}
	return string(b), nil
}

// An Event is a change that was written down.
type Event struct {
	ID     int64                      `db:"id"`
	At     store.Moment               `db:"at"`
	Actor  string                     `db:"actor"`
	Origin string                     `db:"origin"`
	Verb   string                     `db:"verb"`
	Before store.JSON[map[string]any] `db:"before_doc"`
	After  store.JSON[map[string]any] `db:"after_doc"`
}

// History returns the changes to one thing, newest first, below the given
// event id (0: from the newest). The caller has checked that the person may
// see the thing.
func History(ctx context.Context, src store.Source, subject, id string, below int64, limit int) ([]Event, error) {
	return store.All[Event](ctx, src, store.SQL(`
		SELECT id, at, actor, origin, verb, before_doc, after_doc FROM event
		WHERE subject = ? AND subject_id = ?`, subject, id).
		If(below > 0, " AND id < ?", below).
		Add(" ORDER BY id DESC LIMIT ?", limit).Anywhere())
}
