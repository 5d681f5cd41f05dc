package draw

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// A Commit is the sealed secret of a party.
type Commit struct {
	Party string
	Digest
}

// How a party's secret came into the draw, or why it did not.
const (
	HowParty    = "party"    // the party showed it
	HowEnvelope = "envelope" // it lay in the envelope deposited with the notary
	HowWrong    = "wrong"    // what was shown does not agree with the commit
	HowAbsent   = "absent"   // nothing was shown
)

// A Reveal is what a party showed.
type Reveal struct {
	Party  string
	How    string
	Secret string // 64 hexadecimal digits; what was shown for HowWrong; empty for HowAbsent
	Note   string // the record; required for HowWrong and HowAbsent
}

// agreed reports whether the secret counts.
func (r Reveal) agreed() bool { return r.How == HowParty || r.How == HowEnvelope }

// NewSecret makes a secret: 32 random bytes as 64 hexadecimal digits.
func NewSecret() string {
	var secret [32]byte
	rand.Read(secret[:]) // never fails, see crypto/rand
	return hex.EncodeToString(secret[:])
}

// Seal makes the commit of a party to a secret, for this draw only.
func (b *Bundle) Seal(party, secret string) (Commit, error) {
	if b.Opening.Mode != ModeB {
		return Commit{}, fault(CodeMode, "", b.Opening.Mode)
	}
	if b.Opening.party(party) < 0 {
		return Commit{}, fault(CodeParty, "", party)
	}
	if err := checkHex("secret", secret); err != nil {
		return Commit{}, err
	}
	return b.seal(party, secret), nil
}

func (b *Bundle) seal(party, secret string) Commit {
	raw, _ := hex.DecodeString(secret) // checked by the callers
	message := []byte("gewu-draw-1/commit\x00")
	message = append(message, b.OpeningDigest().bytes()...)
	message = append(message, party...)
	message = append(message, 0)
	message = append(message, raw...)
	return Commit{Party: party, Digest: DigestOf(message)}
}

// Commit enters a party's commit. It cannot be changed.
func (b *Bundle) Commit(c Commit) error {
	switch {
	case b.result != nil:
		return fault(CodeDrawn, "")
	case b.Opening.Mode != ModeB:
		return fault(CodeMode, "", b.Opening.Mode)
	case b.Opening.party(c.Party) < 0:
		return fault(CodeParty, "", c.Party)
	}
	if err := c.check("commits."); err != nil {
		return err
	}
	at, found := b.place(len(b.Commits), func(i int) string { return b.Commits[i].Party }, c.Party)
	if found {
		return fault(CodeCommitted, "", c.Party)
	}
	b.Commits = slices.Insert(slices.Clone(b.Commits), at, c)
	return nil
}

// Reveal enters what a party showed, or that it showed nothing. It cannot be
// changed. Before all have committed nothing may be shown.
func (b *Bundle) Reveal(r Reveal) error {
	switch {
	case b.result != nil:
		return fault(CodeDrawn, "")
	case b.Opening.Mode != ModeB:
		return fault(CodeMode, "", b.Opening.Mode)
	case b.Opening.party(r.Party) < 0:
		return fault(CodeParty, "", r.Party)
	}
	if missing := b.missing(len(b.Commits), func(i int) string { return b.Commits[i].Party }); missing != "" {
		return fault(CodeCommits, "", missing)
	}
	at, found := b.place(len(b.Reveals), func(i int) string { return b.Reveals[i].Party }, r.Party)
	if found {
		return fault(CodeRevealed, "", r.Party)
	}
	if err := r.check("reveal"); err != nil {
		return err
	}
	if err := b.compare(r); err != nil {
		return err
	}
	b.Reveals = slices.Insert(slices.Clone(b.Reveals), at, r)
	return nil
}

// place is where a party belongs among n others, which keep the order of the
// opening.
func (b *Bundle) place(n int, id func(i int) string, party string) (int, bool) {
	mine := b.Opening.party(party)
	for i := range n {
		if other := b.Opening.party(id(i)); other >= mine {
			return i, other == mine
		}
	}
	return n, false
}

// check checks a reveal by itself.
func (r Reveal) check(at string) error {
	if err := checkChoice(at+".how", r.How, HowParty, HowEnvelope, HowWrong, HowAbsent); err != nil {
		return err
	}
	least := 1
	switch r.How {
	case HowParty, HowEnvelope:
		least = 0
		if err := checkHex(at+".secret", r.Secret); err != nil {
			return err
		}
	case HowWrong:
		if err := checkText(at+".secret", r.Secret, 0, 200); err != nil {
			return err
		}
	case HowAbsent:
		if err := checkText(at+".secret", r.Secret, 0, 0); err != nil {
			return err
		}
	}
	return checkText(at+".note", r.Note, least, 500)
}

// compare compares a reveal with its commit.
func (b *Bundle) compare(r Reveal) error {
	at, _ := b.place(len(b.Commits), func(i int) string { return b.Commits[i].Party }, r.Party)
	agrees := isHex(r.Secret) && b.seal(r.Party, r.Secret) == b.Commits[at]
	switch {
	case r.agreed() && !agrees:
		return fault(CodeReveal, "", r.Party)
	case !r.agreed() && agrees:
		return fault(CodeAgrees, "", r.Party)
	}
	return nil
}

// contribution is the 32 bytes of a party in the seed.
func (b *Bundle) contribution(i int) []byte {
	if r := b.Reveals[i]; r.agreed() {
		raw, _ := hex.DecodeString(r.Secret) // checked when it was entered
		return raw
	}
	message := append([]byte("gewu-draw-1/absent\x00"), b.Commits[i].bytes()...)
	sum := sha256.Sum256(message)
	return sum[:]
}

// drbg starts the generator of mode B from all that was revealed.
func (b *Bundle) drbg() *drbg {
	var entropy []byte
	for i := range b.Reveals {
		entropy = append(entropy, b.contribution(i)...)
	}
	personal := append([]byte(Format+"\x00"), b.PublicNumber...)
	return newDRBG(b.Opening.Generator.Hash, entropy, b.SealDigest().bytes(), personal)
}
