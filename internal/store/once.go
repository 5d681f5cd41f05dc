package store

import (
	"context"
	"fmt"
	"time"
)

// Once is the Idempotency-Key of a request: the change that it makes and the
// note that it was made are one transaction, so a repeated request can have no
// second effect, whatever failed in between.
type Once struct {
	Account string
	Key     string
	Request string // fingerprint of method, path and body
	claimed bool
	secret  bool
}

// Secret says that the answer to the request shows a secret, which must not be
// kept: a repetition is told that the request was carried out.
func Secret(ctx context.Context) {
	if o, _ := ctx.Value(onceKey{}).(*Once); o != nil {
		o.secret = true
	}
}

// ErrClaimed is returned by DB.Tx where the key was used before.
var ErrClaimed = fmt.Errorf("idempotency key already used")

type onceKey struct{}

// WithOnce returns a context whose first transaction claims the key.
func WithOnce(ctx context.Context, o *Once) context.Context {
	return context.WithValue(ctx, onceKey{}, o)
}

// claimOnce claims the context's key in a transaction and returns it, nil if
// there is none or an earlier transaction of the request has it.
func claimOnce(ctx context.Context, tx *Tx) (*Once, error) {
	o, _ := ctx.Value(onceKey{}).(*Once)
	if o == nil || o.claimed {
		return nil, nil
	}
	n, err := tx.Exec(ctx, `
		INSERT INTO request_once (account_id, key, request, created_at) VALUES (?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, o.Account, o.Key, o.Request, Time(time.Now()))
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, ErrClaimed
	}
	return o, nil
}

// An Answer is what was answered to a request that carried a key.
type Answer struct {
	Request  string `db:"request"`
	Status   int    `db:"status"` // 0 while the answer is not kept yet
	Location string `db:"location"`
	Type     string `db:"type"`
	Body     string `db:"body"`
}

// Answered returns the kept answer for a key, ErrNone if it was not used.
func (db *DB) Answered(ctx context.Context, account, key string) (Answer, error) {
	return One[Answer](ctx, db, SQL(`
		SELECT request, status, location, type, body FROM request_once
		WHERE account_id = ? AND key = ?`, account, key).Anywhere())
}

// KeepAnswer keeps the answer to a request whose key was claimed.
func (db *DB) KeepAnswer(ctx context.Context, o *Once, a Answer) error {
	if !o.claimed || o.secret {
		return nil
	}
	return db.Tx(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE request_once SET status = ?, location = ?, type = ?, body = ? WHERE account_id = ? AND key = ?`,
			a.Status, a.Location, a.Type, a.Body, o.Account, o.Key)
		return err
	})
}

// ForgetAnswers drops the answers that are older than the given time.
func (db *DB) ForgetAnswers(ctx context.Context, before time.Time) error {
	return db.Tx(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM request_once WHERE created_at < ?`, Time(before))
		return err
	})
}
