// Package seal encrypts what must not lie open in the database: resident ids,
// telephone numbers, bank accounts. Each subject has a key of its own, wrapped
// by a master key that is kept outside the database; to destroy a subject's
// key is to erase what it sealed, in every copy of the database that is made
// from then on. What must be found again is found by a keyed hash.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm4"

	"gewu/internal/fault"
)

// An Alg is a block cipher, used in GCM.
type Alg string

const (
	AES Alg = "aes256" // FIPS 197, 256 bits
	SM4 Alg = "sm4"    // GB/T 32907, 128 bits
)

func (a Alg) size() int {
	if a == SM4 {
		return sm4.BlockSize
	}
	return 32
}

func (a Alg) aead(key []byte) (cipher.AEAD, error) {
	var b cipher.Block
	var err error
	switch {
	case len(key) != a.size():
		return nil, errKeys
	case a == AES:
		b, err = aes.NewCipher(key)
	case a == SM4:
		b, err = sm4.NewCipher(key)
	default:
		return nil, errKeys
	}
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

var (
	errKeys   = fault.New(fault.Invalid, "keys_broken", "密钥文件内容不完整或已损坏，请换用备份的密钥文件", "The key file is incomplete or damaged. Use the copy that you keep apart.")
	errSealed = fault.New(fault.Conflict, "keys_wrong", "现有密钥打不开已加密的数据，请换用建库时的密钥文件", "These keys do not open what is encrypted. Use the key file with which the data was made.")
)

var b64 = base64.RawURLEncoding

// A Key seals and opens what belongs to one subject.
type Key struct{ aead cipher.AEAD }

// Seal encrypts a text. About names the place where it is kept, so that a
// sealed text which was moved elsewhere does not open.
func (k Key) Seal(plain []byte, about string) string {
	n := k.aead.NonceSize()
	buf := make([]byte, n, n+len(plain)+k.aead.Overhead())
	rand.Read(buf) // never fails
	return b64.EncodeToString(k.aead.Seal(buf, buf, plain, []byte(about)))
}

// Open decrypts what Seal made.
func (k Key) Open(sealed, about string) ([]byte, error) {
	raw, err := b64.DecodeString(sealed)
	if err != nil || len(raw) < k.aead.NonceSize() {
		return nil, errSealed
	}
	n := k.aead.NonceSize()
	plain, err := k.aead.Open(nil, raw[:n], raw[n:], []byte(about))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// A Ring holds the master keys and the key of the hashes.
type Ring struct {
	index   []byte
	masters []master // the last one wraps new keys, the others open old ones
}

type master struct {
	name string
	alg  Alg
	key  []byte
	Key
}

// NewRing makes a ring with one fresh master key.
func NewRing(alg Alg) (*Ring, error) {
	r := &Ring{index: random(32)}
	return r, r.Rotate(alg)
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// Rotate adds a master key, which wraps from now on.
func (r *Ring) Rotate(alg Alg) error {
	return r.add(fmt.Sprintf("k%d", len(r.masters)+1), alg, random(alg.size()))
}

func (r *Ring) add(name string, alg Alg, key []byte) error {
	a, err := alg.aead(key)
	if err != nil {
		return err
	}
	r.masters = append(r.masters, master{name, alg, key, Key{a}})
	return nil
}

// Make makes a key for a new subject and returns it, also in the wrapped form
// in which it is stored.
func (r *Ring) Make() (Key, string, error) {
	m := r.masters[len(r.masters)-1]
	raw := random(m.alg.size())
	a, err := m.alg.aead(raw)
	return Key{a}, m.wrap(m.alg, raw), err
}

// A wrapped key is the master's name and the sealed algorithm and key.
func (m master) wrap(alg Alg, raw []byte) string {
	return m.name + "." + m.Seal(append([]byte(alg+":"), raw...), "key")
}

func (r *Ring) unwrap(wrapped string) (m master, alg Alg, raw []byte, err error) {
	name, sealed, _ := strings.Cut(wrapped, ".")
	for _, m := range r.masters {
		if m.name != name {
			continue
		}
		plain, err := m.Open(sealed, "key")
		if err != nil {
			return m, "", nil, err
		}
		a, raw, _ := strings.Cut(string(plain), ":")
		return m, Alg(a), []byte(raw), nil
	}
	return m, "", nil, errSealed
}

// Key returns the key of a subject from its stored form.
func (r *Ring) Key(wrapped string) (Key, error) {
	_, alg, raw, err := r.unwrap(wrapped)
	if err != nil {
		return Key{}, err
	}
	a, err := alg.aead(raw)
	return Key{a}, err
}

// Rewrap wraps a stored key by the newest master key; changed is false where
// it is wrapped so already.
func (r *Ring) Rewrap(wrapped string) (again string, changed bool, err error) {
	m, alg, raw, err := r.unwrap(wrapped)
	last := r.masters[len(r.masters)-1]
	if err != nil || m.name == last.name {
		return wrapped, false, err
	}
	return last.wrap(alg, raw), true, nil
}

// Current is the name of the newest master key.
func (r *Ring) Current() string { return r.masters[len(r.masters)-1].name }

// Hash is the keyed hash by which a value is found again: the same value gives
// the same hash for one purpose and another for the next. 9 bytes of HMAC-
// SHA-256: among 100 million values a chance meeting is one in a hundred
// thousand, and who finds by a hash compares the value itself.
func (r *Ring) Hash(purpose, value string) string {
	h := hmac.New(sha256.New, r.index)
	h.Write([]byte(purpose))
	h.Write([]byte{0})
	h.Write([]byte(value))
	return b64.EncodeToString(h.Sum(make([]byte, 0, sha256.Size))[:9])
}
