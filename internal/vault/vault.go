// Package vault keeps files that hold personal data: workbooks on their way in
// and tables on their way out. Each is encrypted under a key of its own, which
// is stored apart from it; to drop the key is to drop the file, in every copy.
package vault

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

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

// A file is written in frames, each sealed by itself and on a line of its own,
// so that no file stands in memory whole on its way in. What a frame is sealed
// about is its number and whether it is the last: frames can be neither put in
// another order nor left out (the STREAM construction of Hoang, Reyhanitabar,
// Rogaway and Vizár, 2015).
const frame = 64 << 10

func about(n int, last bool) string {
	if last {
		return "file " + strconv.Itoa(n) + " end"
	}
	return "file " + strconv.Itoa(n)
}

// limit of an encrypted file, which is longer than what it holds.
func sealed(limit int64) int64 { return limit/3*4 + (limit/frame+2)*64 }

// Put stores what r holds, at most limit bytes.
func (v Vault) Put(r io.Reader, limit int64) (Ref, error) {
	key, wrapped, err := v.ring.Make()
	if err != nil {
		return Ref{}, err
	}
	hash, _, err := v.files.Put(&sealer{from: bufio.NewReaderSize(r, frame), key: key, left: limit, limit: limit}, sealed(limit))
	if err != nil {
		return Ref{}, err
	}
	return Ref{hash, wrapped}, nil
}

// Drop removes encrypted files by their hashes, "" for none. Nobody else has
// the same one: each is encrypted under a key of its own.
func (v Vault) Drop(hashes ...string) error {
	for _, h := range hashes {
		if h == "" {
			continue
		}
		if err := v.files.Remove(h); err != nil {
			return err
		}
	}
	return nil
}

// A sealer reads as the sealed frames of what it reads from.
type sealer struct {
	from        *bufio.Reader
	key         seal.Key
	n           int
	left, limit int64
	ready       []byte
	ended       bool
	buf         [frame]byte
}

func (s *sealer) Read(p []byte) (int, error) {
	for len(s.ready) == 0 {
		if s.ended {
			return 0, io.EOF
		}
		n, err := io.ReadFull(s.from, s.buf[:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		if s.left -= int64(n); s.left < 0 {
			return 0, blob.ErrTooLarge.With("limit", s.limit>>20)
		}
		_, err = s.from.Peek(1)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		s.ended = err != nil
		s.ready = append([]byte(s.key.Seal(s.buf[:n], about(s.n, s.ended))), '\n')
		s.n++
	}
	n := copy(p, s.ready)
	s.ready = s.ready[n:]
	return n, nil
}

// Open returns what was stored.
func (v Vault) Open(ref Ref) (*bytes.Reader, error) {
	if ref.Wrapped == "" {
		return nil, errDropped
	}
	key, err := v.ring.Key(ref.Wrapped)
	if err != nil {
		return nil, err
	}
	f, err := v.files.Get(ref.Hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var plain []byte
	if info, err := f.Stat(); err == nil {
		plain = make([]byte, 0, info.Size()/4*3)
	}
	lines := bufio.NewReaderSize(f, 2*frame)
	for n, last := 0, false; !last; n++ {
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return nil, fmt.Errorf("vault: frame %d of %s: %w", n, ref.Hash, io.ErrUnexpectedEOF)
		}
		_, err = lines.Peek(1)
		last = err != nil
		part, err := key.Open(string(line[:len(line)-1]), about(n, last))
		if err != nil {
			return nil, fmt.Errorf("vault: frame %d of %s: %w", n, ref.Hash, err)
		}
		plain = append(plain, part...)
	}
	return bytes.NewReader(plain), nil
}
