// Package store opens the database, an embedded SQLite file or PostgreSQL,
// brings its schema up to date and runs transactions and queries. What differs
// between the two engines is dealt with here and nowhere else: one SQL text
// with ? placeholders serves both.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"
)

// A DB is an open database. Reads may run side by side; on SQLite writes queue
// for one connection, which is what the engine does anyway, but without
// busy errors.
type DB struct {
	Queries
	write    *sql.DB
	read     *sql.DB
	writes   *prepared // nil for PostgreSQL, whose driver keeps statements itself
	postgres bool
	path     string // the SQLite file, "" for PostgreSQL
}

// Open opens the database that dsn names and migrates it: a postgres:// URL,
// or the path of a SQLite file, which is made where it is missing.
func Open(ctx context.Context, dsn string) (*DB, error) {
	db := &DB{}
	var err error
	if IsPostgres(dsn) {
		db.postgres = true
		if db.write, err = sql.Open("pgx", dsn); err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
		db.write.SetMaxOpenConns(16)
		db.write.SetMaxIdleConns(16)
		db.write.SetConnMaxIdleTime(5 * time.Minute)
		db.read = db.write
	} else {
		db.path = dsn
		// The engine would let everybody on the machine read a new file.
		if f, err := os.OpenFile(dsn, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			f.Close()
		}
		// FULL: a committed report survives a power cut. The reader's page
		// cache is per connection, so pool size times cache is the memory.
		if db.write, err = openSQLite(dsn, 1, "synchronous(FULL)", "cache_size(-65536)"); err != nil {
			return nil, err
		}
		if db.read, err = openSQLite(dsn, 4, "query_only(1)", "cache_size(-16384)", "mmap_size(268435456)"); err != nil {
			return nil, err
		}
	}
	db.Queries = Queries{run: db.read, postgres: db.postgres}
	if !db.postgres {
		db.Queries.run = pool{newPrepared(db.read)}
		db.writes = newPrepared(db.write)
	}
	if err := db.write.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	// A database without the table of migrations is new.
	if err := refuseNewer(ctx, db.write); errors.Is(err, errNewer) {
		db.Close()
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// IsPostgres tells a PostgreSQL URL from the path of a SQLite file.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func openSQLite(path string, conns int, pragmas ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db, err := sql.Open("sqlite", sqliteURI(filepath.ToSlash(abs), pragmas...))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// sqliteURI names a file with slashes, as the engine wants it: C:/gewu.db is
// file:///C:/gewu.db.
func sqliteURI(abs string, pragmas ...string) string {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)", "temp_store(2)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}
	return u.String()
}

// Close closes the database.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != nil && db.read != db.write {
		err = firstError(err, db.read.Close())
	}
	return err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Engine names the engine: "sqlite" or "postgres".
func (db *DB) Engine() string {
	if db.postgres {
		return "postgres"
	}
	return "sqlite"
}

// A Tx is a running transaction.
type Tx struct{ Queries }

// maxTries bounds how often a transaction is run again that met another one.
// With the pauses below that is some two seconds, behind which something else
// is wrong.
const maxTries = 50

// Tx runs f in a transaction: committed if f returns nil, else rolled back.
// Transactions behave as if they ran one after the other, on both engines: on
// SQLite they do, on PostgreSQL one that met another is run again. So f may run
// several times, and must set what it returns anew each time.
func (db *DB) Tx(ctx context.Context, f func(tx *Tx) error) error {
	for try := 1; ; try++ {
		err := db.tryTx(ctx, f)
		if !collided(err) || try == maxTries || ctx.Err() != nil {
			return err
		}
		time.Sleep(rand.N(time.Duration(min(try, 20)) * 4 * time.Millisecond))
	}
}

// collided tells whether PostgreSQL gave a transaction up for another one:
// serialization_failure or deadlock_detected.
func collided(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}

func (db *DB) tryTx(ctx context.Context, f func(tx *Tx) error) error {
	opts := &sql.TxOptions{}
	if db.postgres {
		opts.Isolation = sql.LevelSerializable
	}
	sqlTx, err := db.write.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer sqlTx.Rollback() // after a commit this does nothing
	tx := &Tx{Queries{run: sqlTx, postgres: db.postgres}}
	if db.writes != nil {
		kept := &txRunner{sqlTx, db.writes, make(map[string]bool)}
		tx.run = kept
		defer func() {
			sqlTx.Rollback() // gives the connection back, if nothing has yet
			kept.learn(ctx)
		}()
	}
	if err := f(tx); err != nil {
		return err
	}
	claimed, err := claimOnce(ctx, tx)
	if err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if claimed != nil {
		claimed.claimed = true
	}
	return nil
}

// Analyze lets the engine count its tables again, after much was written at
// once.
func (db *DB) Analyze(ctx context.Context) error {
	if _, err := db.write.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}
