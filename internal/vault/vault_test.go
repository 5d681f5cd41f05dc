package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/internal/blob"
	"gewu/internal/seal"
)

func TestVault(t *testing.T) {
	dir := t.TempDir()
	files, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.NewRing(seal.AES)
	if err != nil {
		t.Fatal(err)
	}
	v := New(files, ring)
	secret := strings.Repeat("990101195001010010\n", 1000)
	ref, err := v.Put(strings.NewReader(secret), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.Open(ref)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(r); string(got) != secret {
		t.Error("not what was stored")
	}
	err = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte("990101")) {
			t.Errorf("%s lies open", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Open(Ref{Hash: ref.Hash}); !errors.Is(err, errDropped) {
		t.Errorf("without its key: %v", err)
	}
	other, _ := seal.NewRing(seal.AES)
	if _, err := New(files, other).Open(ref); err == nil {
		t.Error("opened by other keys")
	}
	if _, err := v.Put(strings.NewReader("12345"), 4); !errors.Is(err, blob.ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	if ref, err = v.Put(strings.NewReader("1234"), 4); err != nil {
		t.Error(err)
	}
}
