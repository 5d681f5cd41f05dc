package draw

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The first case of NIST's CAVP file HMAC_DRBG.rsp for SHA-256 without
// prediction resistance and without reseeding: the second of two requests for
// 1024 bits.
func TestDRBGAgainstNIST(t *testing.T) {
	entropy, _ := hex.DecodeString("ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488")
	nonce, _ := hex.DecodeString("659ba96c601dc69fc902940805ec0ca8")
	const want = "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460b6f73ebad0dc2aba6e624abf07745bc107694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8"
	d := newDRBG("sha256", entropy, nonce, nil)
	var out [128]byte
	d.generate(out[:])
	d.generate(out[:])
	if got := hex.EncodeToString(out[:]); got != want {
		t.Errorf("got %s", got)
	}
}

// SM3 of the standard's two examples, so that a library that changed would be
// noticed.
func TestSM3AgainstStandard(t *testing.T) {
	for text, want := range map[string]string{
		"abc":                      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		strings.Repeat("abcd", 16): "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		if got := DigestOf([]byte(text)).SM3; got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

var updateVectors = flag.Bool("update-vectors", false, "rewrite testdata/vectors.json")

// A vector is the values between seed and order, for whoever writes a second
// program and looks for the step that differs.
type vector struct {
	Bundle      string   `json:"bundle"`
	OpeningSHA  string   `json:"opening_sha256"`
	OpeningSM3  string   `json:"opening_sm3"`
	SealSHA     string   `json:"seal_sha256,omitempty"`
	SealSM3     string   `json:"seal_sm3,omitempty"`
	V           []string `json:"v,omitempty"`
	FirstBytes  string   `json:"first_bytes,omitempty"`
	FirstValues []uint64 `json:"first_values,omitempty"`
	FirstBelow  []uint64 `json:"first_below_n"`
	Order       []int32  `json:"order"`
}

func vectorOf(t *testing.T, name string) vector {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	order, err := b.order()
	if err != nil {
		t.Fatal(err)
	}
	v := vector{Bundle: filepath.Base(name), OpeningSHA: b.OpeningDigest().SHA256, OpeningSM3: b.OpeningDigest().SM3, Order: order}
	n := uint64(b.List.Len())
	var below numberSource
	if b.Opening.Mode == ModeA {
		s, err := newLCG(b.Opening.Generator, b.Seed, int(n))
		if err != nil {
			t.Fatal(err)
		}
		copied := *s
		for range 8 {
			copied.step()
			v.FirstValues = append(v.FirstValues, copied.x)
		}
		below = s.below
	} else {
		v.SealSHA, v.SealSM3 = b.SealDigest().SHA256, b.SealDigest().SM3
		for i := range b.Reveals {
			v.V = append(v.V, hex.EncodeToString(b.contribution(i)))
		}
		var first [block]byte
		b.drbg().generate(first[:])
		v.FirstBytes = hex.EncodeToString(first[:64])
		below = b.drbg().below
	}
	for range 8 {
		x, _ := below(n)
		v.FirstBelow = append(v.FirstBelow, x)
	}
	return v
}

func TestVectors(t *testing.T) {
	names, err := filepath.Glob("testdata/[ab]-*.json")
	if err != nil || len(names) < 8 {
		t.Fatalf("%d bundles, %v", len(names), err)
	}
	var vectors []vector
	for _, name := range names {
		vectors = append(vectors, vectorOf(t, name))
	}
	got, err := json.MarshalIndent(vectors, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *updateVectors {
		if err := os.WriteFile("testdata/vectors.json", append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Errorf("testdata/vectors.json differs:\n%s", got)
	}
}

// The generator of Park and Miller has a known value: from 1, the ten
// thousandth is 1043618065 (Communications of the ACM 31, 1988).
func TestLCGAgainstParkMiller(t *testing.T) {
	s, err := newLCG(LCG(), "1", 1)
	if err != nil {
		t.Fatal(err)
	}
	for range 10_000 {
		s.step()
	}
	if s.x != 1043618065 {
		t.Errorf("got %d", s.x)
	}
}
