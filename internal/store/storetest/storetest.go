// Package storetest gives each test of a service its own fresh database, once
// on SQLite and once on PostgreSQL.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"gewu/internal/store"
)

// Each runs a test on every engine at hand: always SQLite; PostgreSQL where
// GEWU_TEST_POSTGRES names a server on which databases may be made. `make
// test` starts one; without it the sub-test says that it was not run.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite returns a fresh SQLite database that is closed with the test.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "gewu.db"))
}

var made atomic.Int64

// Postgres returns a fresh PostgreSQL database that is dropped with the test.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	server := os.Getenv("GEWU_TEST_POSTGRES")
	if server == "" {
		t.Skip("PostgreSQL not run: GEWU_TEST_POSTGRES is not set (make test sets it)")
	}
	dsn, drop, err := Create(server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return open(t, dsn)
}

// Create makes an empty database on a PostgreSQL server and returns its address
// and how to drop it.
func Create(server string) (dsn string, drop func() error, err error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		return "", nil, err
	}
	name := fmt.Sprintf("gewu_test_%d_%d", os.Getpid(), made.Add(1))
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		admin.Close()
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error {
		defer admin.Close()
		_, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		return err
	}, nil
}

func open(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
