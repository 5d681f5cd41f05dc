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

// Files of any length come back as they were; one that was cut off, or whose
// frames were put in another order, does not come back.
func TestFrames(t *testing.T) {
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
	for _, n := range []int{0, 1, frame - 1, frame, frame + 1, 3 * frame, 3*frame + 7} {
		text := bytes.Repeat([]byte("0123456789abcdef"), n/16+1)[:n]
		ref, err := v.Put(bytes.NewReader(text), int64(n))
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		r, err := v.Open(ref)
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if got, _ := io.ReadAll(r); !bytes.Equal(got, text) {
			t.Errorf("%d bytes: not what was stored", n)
		}
		f, err := files.Get(ref.Hash)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.SplitAfter(stored, []byte("\n"))
		lines = lines[:len(lines)-1]
		for name, bad := range map[string][][]byte{"cut off": lines[:len(lines)-1], "twice": append(lines[:len(lines):len(lines)], lines...), "half a frame": {lines[0][:len(lines[0])/2]}} {
			hash, _, err := files.Put(bytes.NewReader(bytes.Join(bad, nil)), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := v.Open(Ref{hash, ref.Wrapped}); err == nil {
				t.Errorf("%d bytes, %s: opened", n, name)
			}
		}
		if len(lines) > 2 {
			lines[0], lines[1] = lines[1], lines[0]
			hash, _, err := files.Put(bytes.NewReader(bytes.Join(lines, nil)), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := v.Open(Ref{hash, ref.Wrapped}); err == nil {
				t.Errorf("%d bytes: opened in another order", n)
			}
		}
	}
}
