package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const heading = `# Keys of the base ledger. Who has this file can read what is encrypted, without
# it nobody can: keep a copy apart from the backups of the data.
# 基础台账的密钥。持有者可以解密数据，丢失后数据无法恢复：请另行备份，不要与数据备份放在一起。
`

// Bytes is the ring in the form of its file: one key a line, the newest master
// last.
func (r *Ring) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(heading)
	fmt.Fprintf(&b, "index %s\n", base64.StdEncoding.EncodeToString(r.index))
	for _, m := range r.masters {
		fmt.Fprintf(&b, "%s %s %s\n", m.alg, m.name, base64.StdEncoding.EncodeToString(m.key))
	}
	return b.Bytes()
}

// Parse reads the form that Bytes writes.
func Parse(text []byte) (*Ring, error) {
	r := &Ring{}
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		key, err := base64.StdEncoding.DecodeString(f[len(f)-1])
		switch {
		case err != nil:
			return nil, errKeys
		case f[0] == "index" && len(f) == 2 && len(key) == 32 && r.index == nil:
			r.index = key
		case len(f) == 3 && !seen[f[1]]:
			seen[f[1]] = true
			if err := r.add(f[1], Alg(f[0]), key); err != nil {
				return nil, err
			}
		default:
			return nil, errKeys
		}
	}
	if r.index == nil || len(r.masters) == 0 {
		return nil, errKeys
	}
	return r, nil
}

// Open reads the ring from a file, which is made where it is missing.
func Open(path string, alg Alg) (r *Ring, made bool, err error) {
	text, err := os.ReadFile(path)
	if err == nil {
		r, err = Parse(text)
		return r, false, err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, false, fmt.Errorf("keys: %w", err)
	}
	if r, err = NewRing(alg); err != nil {
		return nil, false, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, fmt.Errorf("keys: %w", err)
	}
	return r, true, r.Save(path)
}

// Save writes the ring to its file, whole or not at all.
func (r *Ring) Save(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // 0600
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(r.Bytes())
	for _, step := range []func() error{f.Sync, f.Close} {
		if e := step(); err == nil {
			err = e
		}
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return nil
}
