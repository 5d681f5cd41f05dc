package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is sealed opens again, with its own key, in its own place, unchanged,
// also after the master key was replaced; anything else does not open.
func TestSealed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		algs := rapid.SliceOfN(rapid.SampledFrom([]Alg{AES, SM4}), 2, 4).Draw(t, "algs")
		r, err := NewRing(algs[0])
		if err != nil {
			t.Fatal(err)
		}
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		about := rapid.String().Draw(t, "about")
		k, wrapped, err := r.Make()
		if err != nil {
			t.Fatal(err)
		}
		sealed := k.Seal(plain, about)
		for _, a := range algs[1:] {
			if err := r.Rotate(a); err != nil {
				t.Fatal(err)
			}
			if r, err = Parse(r.Bytes()); err != nil {
				t.Fatal(err)
			}
			again, changed, err := r.Rewrap(wrapped)
			if err != nil || !changed {
				t.Fatalf("rewrap: %v %v", changed, err)
			}
			wrapped = again
		}
		if _, changed, _ := r.Rewrap(wrapped); changed {
			t.Fatal("wrapped twice by the same key")
		}
		if k, err = r.Key(wrapped); err != nil {
			t.Fatal(err)
		}
		got, err := k.Open(sealed, about)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%q, %v", got, err)
		}
		if _, err := k.Open(sealed, about+"x"); err == nil {
			t.Fatal("opened in another place")
		}
		raw, _ := b64.DecodeString(sealed)
		raw[rapid.IntRange(0, len(raw)-1).Draw(t, "at")] ^= 1
		if _, err := k.Open(b64.EncodeToString(raw), about); err == nil {
			t.Fatal("opened although a bit has changed")
		}
		other, _, _ := r.Make()
		if _, err := other.Open(sealed, about); err == nil {
			t.Fatal("opened by another subject's key")
		}
		stranger, _ := NewRing(AES)
		if _, err := stranger.Key(wrapped); err == nil {
			t.Fatal("unwrapped by another ring")
		}
	})
}

func TestHash(t *testing.T) {
	r, _ := NewRing(AES)
	again, err := Parse(r.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	other, _ := NewRing(AES)
	h := r.Hash("phone", "13800000000")
	if len(h) != 12 || again.Hash("phone", "13800000000") != h {
		t.Errorf("%q is not found again", h)
	}
	for _, x := range []string{r.Hash("id", "13800000000"), r.Hash("phone", "13800000001"), other.Hash("phone", "13800000000")} {
		if x == h {
			t.Error("two different things have one hash")
		}
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "keys")
	r, made, err := Open(path, SM4)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the keys: %v", info.Mode())
	}
	again, made, err := Open(path, AES)
	if err != nil || made || !bytes.Equal(again.Bytes(), r.Bytes()) {
		t.Fatal("not the same ring", made, err)
	}
	good := string(r.Bytes())
	for name, bad := range map[string]string{
		"empty":         "",
		"no master":     good[:strings.Index(good, "sm4")],
		"no index":      strings.Replace(good, "index", "#", 1),
		"cut off":       good[:len(good)-4],
		"unknown":       strings.Replace(good, "sm4", "rot13", 1),
		"wrong size":    strings.Replace(good, "sm4", "aes256", 1),
		"the same name": good + good[strings.Index(good, "sm4"):],
	} {
		if _, err := Parse([]byte(bad)); err == nil {
			t.Errorf("%s: was taken for a key file", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	r, _ := NewRing(AES)
	f.Add(r.Bytes())
	f.Add([]byte("index AAAA\naes256 k1 AAAA"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if r, err := Parse(text); err == nil {
			if _, err := Parse(r.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkSubject(b *testing.B) { // what an imported person costs
	for _, alg := range []Alg{AES, SM4} {
		b.Run(string(alg), func(b *testing.B) {
			r, _ := NewRing(alg)
			doc := bytes.Repeat([]byte("x"), 80)
			for b.Loop() {
				k, _, _ := r.Make()
				k.Seal(doc, "01234567-89ab-cdef-0123-456789abcdef")
				r.Hash("id", "990101195001010010")
			}
		})
	}
}
