package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"github.com/emmansun/gmsm/sm3"
)

// A Digest is the two hashes of the same bytes, so that a weakness of one does
// not open the draw. Both are 64 hexadecimal digits.
type Digest struct {
	SHA256 string
	SM3    string
}

// DigestOf hashes data.
func DigestOf(data []byte) Digest {
	h := newHashing()
	h.Write(data)
	return h.digest()
}

// IsZero reports whether d was never set.
func (d Digest) IsZero() bool { return d == Digest{} }

func (d Digest) bytes() []byte {
	a, _ := hex.DecodeString(d.SHA256)
	b, _ := hex.DecodeString(d.SM3)
	return append(a, b...)
}

func (d Digest) check(where string) error {
	if err := checkHex(where+"sha256", d.SHA256); err != nil {
		return err
	}
	return checkHex(where+"sm3", d.SM3)
}

// hashing makes a Digest of what is written to it.
type hashing struct {
	io.Writer
	a, b hash.Hash
}

func newHashing() *hashing {
	h := &hashing{a: sha256.New(), b: sm3.New()}
	h.Writer = io.MultiWriter(h.a, h.b)
	return h
}

func (h *hashing) digest() Digest {
	return Digest{SHA256: hex.EncodeToString(h.a.Sum(nil)), SM3: hex.EncodeToString(h.b.Sum(nil))}
}

// sha256Hex is the digest of a part of the bundle.
func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// sha256OfString and digestOfString hash a large string without a copy of it.
func sha256OfString(s string) string {
	h := sha256.New()
	writeString(h, s)
	return hex.EncodeToString(h.Sum(nil))
}

func digestOfString(s string) Digest {
	h := newHashing()
	writeString(h, s)
	return h.digest()
}

func writeString(w io.Writer, s string) {
	var buf [1 << 15]byte
	for len(s) > 0 {
		n := copy(buf[:], s)
		w.Write(buf[:n]) // a hash does not fail
		s = s[n:]
	}
}
