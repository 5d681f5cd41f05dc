package draw

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/emmansun/gmsm/sm3"
)

// block is how many bytes are asked of the generator at a time.
const block = 4096

// drbg is HMAC_DRBG of NIST SP 800-90A Rev. 1, section 10.1.2, without
// reseeding, and the source of numbers of mode B.
type drbg struct {
	hash func() hash.Hash
	mac  hash.Hash // keyed with k
	v    []byte
	buf  [block]byte
	at   int
}

// newDRBG instantiates the generator. The three inputs are hashed one after the
// other, as the standard has it.
func newDRBG(hashName string, entropy, nonce, personal []byte) *drbg {
	d := &drbg{hash: sha256.New, at: block}
	if hashName == "sm3" {
		d.hash = sm3.New
	}
	d.mac = hmac.New(d.hash, make([]byte, 32))
	d.v = make([]byte, 32)
	for i := range d.v {
		d.v[i] = 1
	}
	d.update(entropy, nonce, personal)
	return d
}

func (d *drbg) update(seed ...[]byte) {
	d.rekey(0, seed)
	if len(seed) > 0 {
		d.rekey(1, seed)
	}
}

func (d *drbg) rekey(mark byte, seed [][]byte) {
	d.mac.Reset()
	d.mac.Write(d.v)
	d.mac.Write([]byte{mark})
	for _, part := range seed {
		d.mac.Write(part)
	}
	d.mac = hmac.New(d.hash, d.mac.Sum(nil))
	d.next()
}

// next sets V to its HMAC.
func (d *drbg) next() {
	d.mac.Reset()
	d.mac.Write(d.v)
	d.v = d.mac.Sum(d.v[:0])
}

// generate fills p, one request.
func (d *drbg) generate(p []byte) {
	for len(p) > 0 {
		d.next()
		p = p[copy(p, d.v):]
	}
	d.update()
}

// word is the next 32 bits.
func (d *drbg) word() uint32 {
	if d.at == block {
		d.generate(d.buf[:])
		d.at = 0
	}
	d.at += 4
	return binary.BigEndian.Uint32(d.buf[d.at-4:])
}

// below returns a number from 0 to k-1, each as likely as any other.
func (d *drbg) below(k uint64) (uint64, bool) {
	const all = 1 << 32
	for {
		if x := uint64(d.word()); x < all-all%k {
			return x % k, true
		}
	}
}
