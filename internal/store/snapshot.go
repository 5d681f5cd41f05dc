package store

import (
	"context"
	"fmt"
	"os"
)

// Snapshot writes a consistent copy of a SQLite database to a new file, while
// another process may be writing to it.
func Snapshot(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	db, err := openSQLite(path, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	return nil
}

// Check looks a SQLite file over and returns an error if it is damaged, is no
// database of this program, or one of a newer version.
func Check(ctx context.Context, path string) error {
	db, err := openSQLite(path, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return fmt.Errorf("check database: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("the database is damaged: %s", said)
	}
	if err := refuseNewer(ctx, db); err != nil {
		return fmt.Errorf("check database: %w", err)
	}
	return nil
}

// NamesFiles tells whether a SQLite database names any file of the blob store.
func NamesFiles(ctx context.Context, path string) (bool, error) {
	db, err := openSQLite(path, 1)
	if err != nil {
		return false, err
	}
	defer db.Close()
	var n int
	err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM plan WHERE file_hash <> '') + EXISTS (SELECT 1 FROM attachment)").Scan(&n)
	return n > 0, err
}
