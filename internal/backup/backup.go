// Package backup writes an office with a SQLite store, database and files, to
// one archive (tar, gzip) and puts it back. The first entry of the archive is
// the database, the others are the files under their hashes, which tell on
// restoring whether a byte has changed.
package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"time"

	"gewu/internal/fault"
	"gewu/internal/store"
)

const dbName = "gewu.db"

var (
	errTaken   = fault.New(fault.Conflict, "restore_taken", "{path} 已存在。恢复不会覆盖现有数据，请指定一个空的位置", "{path} exists. Restoring overwrites nothing: name an empty place.")
	errNoFiles = fault.New(fault.Missing, "backup_files_missing", "数据库中登记有文件，但目录 {path} 不存在。请用 --data 指明文件所在目录后重新备份", "The database names files, but there is no directory {path}. Say with --data where the files are, and back up again.")
	errBroken  = fault.New(fault.Invalid, "backup_broken", "备份文件不完整或已损坏（{what}），没有恢复任何数据", "The archive is incomplete or damaged ({what}). Nothing was restored.")
)

// Write backs up a database file and a directory of files to a new archive and
// returns the number of files. The office may go on serving: the database is
// copied first, and a file that is named in it was stored before it.
func Write(ctx context.Context, to, db, files string) (n int, err error) {
	tmp, err := os.MkdirTemp(filepath.Dir(to), ".backup-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	copied := filepath.Join(tmp, dbName)
	if err := store.Snapshot(ctx, db, copied); err != nil {
		return 0, err
	}
	if _, err := os.Stat(files); errors.Is(err, fs.ErrNotExist) {
		named, err := store.NamesFiles(ctx, copied)
		if err != nil {
			return 0, err
		}
		if named {
			return 0, errNoFiles.With("path", files)
		}
	}
	part := filepath.Join(tmp, "archive")
	out, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer out.Close()
	z := gzip.NewWriter(out)
	t := tar.NewWriter(z)
	if err := add(t, copied, dbName); err != nil {
		return 0, err
	}
	err = filepath.WalkDir(files, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !hashName.MatchString(e.Name()) {
			return err // unfinished uploads stay out
		}
		n++
		return add(t, p, "files/"+e.Name())
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	// Closed before it is renamed, for Windows.
	for _, c := range []func() error{t.Close, z.Close, out.Sync, out.Close} {
		if err := c(); err != nil {
			return 0, err
		}
	}
	return n, os.Rename(part, to)
}

var hashName = regexp.MustCompile(`^[0-9a-f]{64}$`)

func add(t *tar.Writer, from, name string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime().Truncate(time.Second)}); err != nil {
		return err
	}
	_, err = io.Copy(t, f)
	return err
}

// Restore unpacks an archive to a database file and a directory that do not
// exist yet, and checks both before they get their names.
func Restore(ctx context.Context, from, db, files string) (int, error) {
	// What is left of the log of a database that is gone would be played into the
	// restored one.
	for _, p := range []string{db, db + "-wal", db + "-shm", files} {
		if taken(p) {
			return 0, errTaken.With("path", p)
		}
	}
	if err := os.MkdirAll(filepath.Dir(db), 0o750); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(filepath.Dir(files), 0o750); err != nil {
		return 0, err
	}
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	tmp, err := os.MkdirTemp(filepath.Dir(files), ".restore-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(tmp)
	n, err := unpack(in, tmp)
	if err != nil {
		return 0, errBroken.With("what", err)
	}
	checked := filepath.Join(tmp, dbName)
	if err := store.Check(ctx, checked); fault.Of(err) != nil {
		return 0, err
	} else if err != nil {
		return 0, errBroken.With("what", err)
	}
	// The database may lie on another file system than the files: it is brought
	// beside its place first, so that only renames are left.
	ready, err := os.MkdirTemp(filepath.Dir(db), ".restore-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(ready)
	beside := filepath.Join(ready, dbName)
	if err := os.Rename(checked, beside); err != nil {
		if err := copyFile(checked, beside); err != nil {
			return 0, err
		}
	}
	if err := os.Remove(files); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err // an empty directory may stand there
	}
	if err := os.Rename(filepath.Join(tmp, "files"), files); err != nil {
		return 0, err
	}
	return n, os.Rename(beside, db)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = save(in, to)
	return err
}

// taken tells whether something stands at a path; an empty directory does not
// count.
func taken(p string) bool {
	info, err := os.Stat(p)
	if err != nil {
		return false
	}
	if info.IsDir() {
		entries, err := os.ReadDir(p)
		return err != nil || len(entries) > 0
	}
	return true
}

func unpack(in io.Reader, to string) (n int, err error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return 0, err
	}
	if err := os.Mkdir(filepath.Join(to, "files"), 0o750); err != nil {
		return 0, err
	}
	t := tar.NewReader(z)
	seenDB := false
	for {
		h, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, err
		}
		switch dir, base := path.Split(h.Name); {
		case h.Name == dbName && !seenDB:
			seenDB = true
			if _, err := save(t, filepath.Join(to, dbName)); err != nil {
				return 0, err
			}
		case dir == "files/" && hashName.MatchString(base):
			sub := filepath.Join(to, "files", base[:2])
			if err := os.MkdirAll(sub, 0o750); err != nil {
				return 0, err
			}
			hash, err := save(t, filepath.Join(sub, base))
			if err != nil {
				return 0, err
			}
			if hash != base {
				return 0, fmt.Errorf("file %s has changed", base[:12])
			}
			n++
		default:
			return 0, fmt.Errorf("unexpected entry %q", h.Name)
		}
	}
	if !seenDB {
		return 0, errors.New("no database in it")
	}
	return n, nil
}

func save(r io.Reader, to string) (hash string, err error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(f, h), r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), f.Sync()
}
