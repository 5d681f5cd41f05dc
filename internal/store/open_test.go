package store

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gewu/internal/fault"
)

func TestSQLiteURI(t *testing.T) {
	tests := map[string]struct{ path, want string }{
		"unix":    {"/var/lib/gewu/gewu.db", "file:///var/lib/gewu/gewu.db?"},
		"windows": {"C:/格务/gewu.db", "file:///C:/%E6%A0%BC%E5%8A%A1/gewu.db?"},
		"share":   {"//server/data/gewu.db", "file:////server/data/gewu.db?"},
		"signs":   {"/a b/100%?#.db", "file:///a%20b/100%25%3F%23.db?"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := sqliteURI(tt.path); !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s, want %s…", got, tt.want)
			}
		})
	}
}

func TestNewDatabaseIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have other rights there")
	}
	path := filepath.Join(t.TempDir(), "gewu.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, _ := filepath.Glob(path + "*")
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
	if len(files) == 0 {
		t.Error("no file was made")
	}
}

func TestOlderProgramRefusesANewerDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gewu.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Errorf("check of its own database: %v", err)
	}
	if _, err := db.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if db, err := Open(t.Context(), path); fault.Of(err) == nil || fault.Of(err).Code != "database_newer" {
		t.Errorf("opened: %v", err)
		db.Close()
	}
	if err := Check(t.Context(), path); fault.Of(err) == nil || fault.Of(err).Code != "database_newer" {
		t.Errorf("checked: %v", err)
	}
	foreign := filepath.Join(t.TempDir(), "other.db")
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), foreign); err == nil {
		t.Error("a database of something else passed")
	}
}
