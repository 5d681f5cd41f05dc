package store

import (
	"context"
	"database/sql"
	"sync"
)

// A prepared keeps the statements of a pool: SQLite spends as much time on
// parsing a statement as on running it. The texts are those of the program,
// some of them with lists of various lengths; beyond the bound a statement is
// not kept.
type prepared struct {
	db    *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

const maxPrepared = 500

func newPrepared(db *sql.DB) *prepared {
	return &prepared{db: db, stmts: make(map[string]*sql.Stmt)}
}

// stmt returns the statement for a text, nil where it has to be run as it is.
func (p *prepared) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.RLock()
	s, full := p.stmts[text], len(p.stmts) >= maxPrepared
	p.mu.RUnlock()
	if s != nil || full {
		return s, nil
	}
	s, err := p.db.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.stmts[text]; other != nil {
		s.Close()
		return other, nil
	}
	p.stmts[text] = s
	return s, nil
}

// pool runs statements on a pool's connections.
type pool struct{ *prepared }

func (p pool) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.db.QueryContext(ctx, text, args...)
	}
	return s.QueryContext(ctx, args...)
}

func (p pool) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	return p.db.ExecContext(ctx, text, args...)
}

// txRunner runs statements in a transaction. A statement that is not prepared
// yet cannot be while the transaction holds the pool's only connection: it runs
// as it is, and learn prepares it for the next time.
type txRunner struct {
	tx *sql.Tx
	*prepared
	missing map[string]bool
}

func (t *txRunner) known(ctx context.Context, text string) *sql.Stmt {
	t.mu.RLock()
	s := t.stmts[text]
	t.mu.RUnlock()
	if s == nil {
		t.missing[text] = true
		return nil
	}
	return t.tx.StmtContext(ctx, s)
}

func (t *txRunner) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if s := t.known(ctx, text); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, text, args...)
}

func (t *txRunner) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if s := t.known(ctx, text); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, text, args...)
}

// learn prepares what a finished transaction had to run unprepared. Where that
// fails the statement only stays slow.
func (t *txRunner) learn(ctx context.Context) {
	for text := range t.missing {
		if _, err := t.stmt(ctx, text); err != nil {
			return
		}
	}
}
