package draw

import (
	"slices"
	"strings"
)

// named is how many lines of the result are named one by one.
const named = 5

// Verify works out everything again that the bundle says and returns [Faults],
// one for each difference, or nil. A bundle that was made here and not read is
// first written and read.
//
// That the bundle agrees with itself does not say that it is the one that was
// published: compare FileDigest, OpeningDigest and SealDigest with what was
// published.
func (b *Bundle) Verify() error {
	if b.file.IsZero() {
		read, err := Parse(string(b.Encode()))
		if err != nil {
			return err
		}
		return read.Verify()
	}
	faults := b.verifyDigests()
	faults = append(faults, b.verifyList()...)
	for _, r := range b.Reveals {
		if err := b.compare(r); err != nil {
			faults = append(faults, AllOf(err)...)
		}
	}
	if b.result != nil {
		faults = append(faults, b.verifyResult()...)
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// FileDigest is the fingerprint of the file that was read.
func (b *Bundle) FileDigest() Digest {
	if b.file.IsZero() {
		return DigestOf(b.Encode())
	}
	return b.file
}

// Expect checks that a fingerprint that was published, of either hash, is one
// of this bundle: of the file, the opening or the seal.
func (b *Bundle) Expect(fingerprint string) error {
	known := []Digest{b.FileDigest(), b.OpeningDigest()}
	if b.Opening.Mode == ModeB && b.Stage() != Opened {
		known = append(known, b.SealDigest())
	}
	want := strings.ToLower(strings.TrimSpace(fingerprint))
	for _, d := range known {
		if want == d.SHA256 || want == d.SM3 {
			return nil
		}
	}
	return fault(CodeExpected, "", fingerprint)
}

func (b *Bundle) verifyDigests() Faults {
	var faults Faults
	var names []string
	for name := range b.parts {
		names = append(names, name)
	}
	for name := range b.digests {
		if _, ok := b.parts[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		is, there := b.parts[name]
		said, told := b.digests[name]
		switch {
		case !told:
			faults = append(faults, fault(CodeDigestNone, name))
		case !there:
			faults = append(faults, fault(CodeDigestExtra, "digests."+name))
		case is != said:
			faults = append(faults, fault(CodeDigest, name))
		}
	}
	return faults
}

func (b *Bundle) verifyList() Faults {
	var faults Faults
	if n := b.List.Len(); n != b.Opening.ListCount {
		faults = append(faults, fault(CodeListCount, "list", n, b.Opening.ListCount))
	}
	is := b.List.Digest()
	if is.SHA256 != b.Opening.List.SHA256 {
		faults = append(faults, fault(CodeListHash, "list", "SHA-256"))
	}
	if is.SM3 != b.Opening.List.SM3 {
		faults = append(faults, fault(CodeListHash, "list", "SM3"))
	}
	return faults
}

func (b *Bundle) verifyResult() Faults {
	order, err := b.order()
	if err != nil {
		return AllOf(err)
	}
	want := b.lines(order)
	if len(want) != len(b.result) {
		return Faults{fault(CodeResultCount, "result", len(b.result)-1, len(want)-1)}
	}
	if want[0] != b.result[0] {
		return Faults{fault(CodeResultHeader, "result", want[0], b.result[0])}
	}
	var faults Faults
	differ := 0
	for rank, line := range want {
		if line == b.result[rank] {
			continue
		}
		if differ++; differ <= named {
			faults = append(faults, fault(CodeResultLine, "result", rank, line, b.result[rank]))
		}
	}
	if differ > named {
		faults = append(faults, fault(CodeResultMany, "result", differ))
	}
	return faults
}
