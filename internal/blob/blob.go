// Package blob keeps files outside the database, in a directory, each under
// the hash of its content: the same file twice is stored once, and a changed
// byte shows.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"gewu/internal/fault"
)

var (
	errMissing = fault.New(fault.Missing, "file_missing", "文件不存在，可能已被清理，请联系管理员", "The file is not there; it may have been cleared away. Ask the administrator.")
	// ErrTooLarge says that a file is over the limit.
	ErrTooLarge = fault.New(fault.TooLarge, "file_too_large", "文件超过 {limit} MB，请压缩或拆分后再上传", "The file is over {limit} MB; make it smaller or split it, then send it again.")
)

// A Dir is a directory of files. It is safe for concurrent use.
type Dir struct{ root string }

// Open uses a directory, which is made where it is missing.
func Open(root string) (Dir, error) {
	if err := os.MkdirAll(root, 0o750); err != nil {
		return Dir{}, fmt.Errorf("files: %w", err)
	}
	return Dir{root}, nil
}

// Put stores what r holds, at most limit bytes, and returns its hash
// (SHA-256, hexadecimal) and size.
func (d Dir) Put(r io.Reader, limit int64) (hash string, size int64, err error) {
	tmp, err := os.CreateTemp(d.root, "incoming-*")
	if err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	defer os.Remove(tmp.Name()) // gone already where the rename worked
	defer tmp.Close()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, h), io.LimitReader(r, limit+1))
	if err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	if size > limit {
		return "", 0, ErrTooLarge.With("limit", limit>>20)
	}
	if err := tmp.Sync(); err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	hash = hex.EncodeToString(h.Sum(nil))
	path := d.path(hash)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	// Windows renames no file that is open, and replaces none that is being read.
	if err := tmp.Close(); err != nil {
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		if info, statErr := os.Stat(path); statErr == nil && info.Size() == size {
			return hash, size, nil // the same content is there already
		}
		return "", 0, fmt.Errorf("store file: %w", err)
	}
	return hash, size, nil
}

// Get opens a stored file.
func (d Dir) Get(hash string) (*os.File, error) {
	if len(hash) != 2*sha256.Size {
		return nil, errMissing
	}
	if _, err := hex.DecodeString(hash); err != nil {
		return nil, errMissing // never a path of the caller's making
	}
	f, err := os.Open(d.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errMissing
	}
	return f, err
}

// Remove removes a stored file, if it is there.
func (d Dir) Remove(hash string) error {
	if b, err := hex.DecodeString(hash); err != nil || len(b) != sha256.Size {
		return errMissing
	}
	if err := os.Remove(d.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove file: %w", err)
	}
	return nil
}

func (d Dir) path(hash string) string { return filepath.Join(d.root, hash[:2], hash) }
