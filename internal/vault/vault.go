// Package vault keeps files that hold personal data: workbooks on their way in
// and tables on their way out. Each is encrypted under a key of its own, which
// is stored apart from it; to drop the key is to drop the file, in every copy.
package vault

import (
	"bytes"
	"io"

	"gewu/internal/blob"
	"gewu/internal/fault"
	"gewu/internal/seal"
)

var errDropped = fault.New(fault.Missing, "file_dropped", "文件已超过保存期限，内容已销毁。如需使用请重新上传或生成", "The file is past its retention and was destroyed. Upload or make it again.")

// A Vault is a directory of encrypted files.
type Vault struct {
	files blob.Dir
	ring  *seal.Ring
}

// New returns a vault over a directory.
func New(files blob.Dir, ring *seal.Ring) Vault { return Vault{files, ring} }

// A Ref is where a file is; both parts are stored in the row that it belongs
// to.
type Ref struct {
	Hash    string // of the encrypted file
	Wrapped string // its key; "" once it was dropped
}

// limit of an encrypted file, which is longer than what it holds.
func sealed(limit int64) int64 { return limit/3*4 + 1024 }

// Put stores what r holds, at most limit bytes.
func (v Vault) Put(r io.Reader, limit int64) (Ref, error) {
	plain, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return Ref{}, err
	}
	if int64(len(plain)) > limit {
		return Ref{}, blob.ErrTooLarge.With("limit", limit>>20)
	}
	key, wrapped, err := v.ring.Make()
	if err != nil {
		return Ref{}, err
	}
	hash, _, err := v.files.Put(bytes.NewReader([]byte(key.Seal(plain, "file"))), sealed(limit))
	return Ref{hash, wrapped}, err
}

// Open returns what was stored.
func (v Vault) Open(ref Ref) (*bytes.Reader, error) {
	if ref.Wrapped == "" {
		return nil, errDropped
	}
	f, err := v.files.Get(ref.Hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	key, err := v.ring.Key(ref.Wrapped)
	if err != nil {
		return nil, err
	}
	plain, err := key.Open(string(text), "file")
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(plain), nil
}
