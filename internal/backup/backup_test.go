package backup_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gewu/internal/backup"
	"gewu/internal/blob"
	"gewu/internal/fault"
	"gewu/internal/store"
)

func TestBackupWhileWritingAndRestore(t *testing.T) {
	dir := t.TempDir()
	path, files := filepath.Join(dir, "gewu.db"), filepath.Join(dir, "files")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	blobs, err := blob.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	hash, _, err := blobs.Put(strings.NewReader("一份附件"), 100)
	if err != nil {
		t.Fatal(err)
	}
	insert := func(code string) error {
		return db.Tx(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), "INSERT INTO place (code, name) VALUES (?, ?)", code, code)
			return err
		})
	}
	if err := insert("before"); err != nil {
		t.Fatal(err)
	}
	// Somebody goes on writing.
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := insert(strings.Repeat("x", i%7) + store.NewID()); err != nil {
				t.Error(err)
				return
			}
		}
	})
	archive := filepath.Join(dir, "gewu.tar.gz")
	n, err := backup.Write(t.Context(), archive, path, files)
	close(stop)
	wg.Wait()
	if err != nil || n != 1 {
		t.Fatalf("backup: %d files, %v", n, err)
	}

	to := filepath.Join(dir, "restored")
	if n, err = backup.Restore(t.Context(), archive, filepath.Join(to, "gewu.db"), filepath.Join(to, "files")); err != nil || n != 1 {
		t.Fatalf("restore: %d files, %v", n, err)
	}
	copied, err := store.Open(t.Context(), filepath.Join(to, "gewu.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if _, err := store.One[string](t.Context(), copied, store.SQL("SELECT name FROM place WHERE code = 'before'").Anywhere()); err != nil {
		t.Errorf("the row from before the backup: %v", err)
	}
	again, err := blob.Open(filepath.Join(to, "files"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := again.Get(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, _ := io.ReadAll(f); string(b) != "一份附件" {
		t.Errorf("the file holds %q", b)
	}

	_, err = backup.Restore(t.Context(), archive, path, filepath.Join(dir, "new"))
	if e := fault.Of(err); e == nil || e.Code != "restore_taken" {
		t.Errorf("restored over an office: %v", err)
	}
}

func TestRestoreRefusesADamagedArchive(t *testing.T) {
	dir := t.TempDir()
	path, files := filepath.Join(dir, "gewu.db"), filepath.Join(dir, "files")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	blobs, err := blob.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := blobs.Put(strings.NewReader("the original content"), 100); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(dir, "a.tar.gz")
	if _, err := backup.Write(t.Context(), archive, path, files); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty":          {},
		"not an archive": []byte("hello"),
		"cut":            whole[:len(whole)/2],
		"changed file":   pack(bytes.Replace(plain, []byte("the original"), []byte("the forged  "), 1)),
		"no database":    pack(bytes.Replace(plain, []byte("gewu.db"), []byte("gewu.xx"), 1)),
	} {
		t.Run(name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "bad.tar.gz")
			if err := os.WriteFile(bad, data, 0o600); err != nil {
				t.Fatal(err)
			}
			to := t.TempDir()
			_, err := backup.Restore(t.Context(), bad, filepath.Join(to, "gewu.db"), filepath.Join(to, "files"))
			if e := fault.Of(err); e == nil || e.Code != "backup_broken" {
				t.Errorf("restored: %v", err)
			}
			left, _ := os.ReadDir(to)
			if len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func pack(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// A newer program's archive is refused with a word about it, and what is left
// of an old database's log is not mixed into the restored one.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	path, files := filepath.Join(dir, "gewu.db"), filepath.Join(dir, "files")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	archive := filepath.Join(dir, "a.tar.gz")
	if _, err := backup.Write(t.Context(), archive, path, files); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if err := os.WriteFile(filepath.Join(to, "gewu.db-wal"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	restore := func(from string) string {
		_, err := backup.Restore(t.Context(), from, filepath.Join(to, "gewu.db"), filepath.Join(to, "files"))
		if e := fault.Of(err); e != nil {
			return e.Code
		}
		return ""
	}
	if code := restore(archive); code != "restore_taken" {
		t.Errorf("beside an old log: %q", code)
	}
	os.Remove(filepath.Join(to, "gewu.db-wal"))
	err = db.Tx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "b.tar.gz")
	if _, err := backup.Write(t.Context(), newer, path, files); err != nil {
		t.Fatal(err)
	}
	if code := restore(newer); code != "database_newer" {
		t.Errorf("a newer program's archive: %q", code)
	}
	if left, _ := os.ReadDir(to); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if code := restore(archive); code != "" {
		t.Errorf("the office's own archive: %q", code)
	}
}

// Database and files may lie on different file systems.
func TestRestoreAcrossFileSystems(t *testing.T) {
	other, err := os.MkdirTemp("/dev/shm", "gewu-test-*")
	if err != nil {
		t.Skip("no second file system here: ", err)
	}
	t.Cleanup(func() { os.RemoveAll(other) })
	dir := t.TempDir()
	path := filepath.Join(dir, "gewu.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	archive := filepath.Join(dir, "a.tar.gz")
	if _, err := backup.Write(t.Context(), archive, path, filepath.Join(dir, "files")); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(other, "gewu.db")
	if _, err := backup.Restore(t.Context(), archive, to, filepath.Join(t.TempDir(), "files")); err != nil {
		t.Fatal(err)
	}
	if err := store.Check(t.Context(), to); err != nil {
		t.Error(err)
	}
}

// A backup that was pointed at the wrong directory is refused: it would lack
// every file, and nobody would know before it is needed.
func TestBackupNeedsTheFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "gewu.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Tx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), "INSERT INTO attachment (id, report_id, owner_id, name, type, size, hash, at) VALUES ('a', '', '', '', '', 1, 'h', '')")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(dir, "a.tar.gz")
	_, err = backup.Write(t.Context(), archive, path, filepath.Join(dir, "elsewhere"))
	if e := fault.Of(err); e == nil || e.Code != "backup_files_missing" {
		t.Errorf("backed up: %v", err)
	}
	if _, err := os.Stat(archive); err == nil {
		t.Error("an archive was left")
	}
}
