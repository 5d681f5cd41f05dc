package draw

import "io"

// Read reads a bundle at any stage. It accepts the canonical form and nothing
// else, and checks each value by itself; whether list, digests and result
// agree is for [Bundle.Verify].
func Read(r io.Reader) (*Bundle, error) {
	src, err := readAll(r)
	if err != nil {
		return nil, err
	}
	return Parse(src)
}

// Parse is Read on a string, whose memory the bundle keeps using.
func Parse(src string) (*Bundle, error) {
	s := &scanner{src: src}
	b := &Bundle{digests: map[string]string{}, parts: map[string]string{}}
	var list []string
	var sawSeed, sawNumber, sawCommits, sawReveals bool
	s.object(
		field{"commits", true, func() { sawCommits = true; s.part(b, "commits", func() { b.Commits = s.commits() }) }},
		field{"digests", false, func() { b.digests = s.digests() }},
		field{"format", false, func() {
			if f := s.text(); s.err == nil && f != Format {
				s.fail(CodeFormat, Format, f)
			}
		}},
		field{"list", false, func() { s.part(b, "list", func() { list = s.lines(MaxCodes + 1) }) }},
		field{"opening", false, func() { b.Opening = s.opening(b) }},
		field{"public_number", true, func() { sawNumber = true; s.part(b, "public_number", func() { b.PublicNumber = s.text() }) }},
		field{"result", true, func() {
			s.part(b, "result", func() {
				if b.result = s.lines(MaxCodes + 1); len(b.result) == 0 {
					s.fail(CodeResultCount, 0, len(list))
				}
			})
		}},
		field{"reveals", true, func() { sawReveals = true; s.part(b, "reveals", func() { b.Reveals = s.reveals() }) }},
		field{"seed", true, func() { sawSeed = true; s.part(b, "seed", func() { b.Seed = s.text() }) }},
	)
	s.end()
	if s.err != nil {
		return nil, s.err
	}
	var err error
	if b.List, err = listOf(list); err != nil {
		return nil, err
	}
	if err := b.Opening.check(); err != nil {
		return nil, err
	}
	if err := b.Opening.Rules.fit(b.List); err != nil {
		return nil, err
	}
	modeB, drawn := b.Opening.Mode == ModeB, b.result != nil
	for _, m := range []struct {
		name     string
		saw, may bool
	}{
		{"commits", sawCommits, modeB},
		{"public_number", sawNumber, modeB && drawn && b.Opening.PublicNumberRule != ""},
		{"reveals", sawReveals, modeB},
		{"seed", sawSeed, !modeB && drawn},
	} {
		if m.saw && !m.may {
			return nil, fault(CodeKeyUnknown, "", m.name)
		}
		if !m.saw && m.may {
			return nil, fault(CodeKeyMissing, "", m.name)
		}
	}
	if err := b.checkStage(); err != nil {
		return nil, err
	}
	b.file = digestOfString(src)
	return b, nil
}

// checkStage checks what the stage asks for: the order of parties, and that
// nothing is missing before the result.
func (b *Bundle) checkStage() error {
	if b.Opening.Mode == ModeA {
		if b.result != nil && !isSeed(b.Seed) {
			return fault(CodeSeed, "seed", b.Seed)
		}
		return nil
	}
	last := -1
	for _, c := range b.Commits {
		at := b.Opening.party(c.Party)
		if at < 0 {
			return fault(CodeParty, "commits", c.Party)
		}
		if at <= last {
			return fault(CodeOrder, "commits", c.Party)
		}
		last = at
	}
	last = -1
	for _, r := range b.Reveals {
		at := b.Opening.party(r.Party)
		if at < 0 {
			return fault(CodeParty, "reveals", r.Party)
		}
		if at <= last {
			return fault(CodeOrder, "reveals", r.Party)
		}
		last = at
	}
	if missing := b.missing(len(b.Commits), func(i int) string { return b.Commits[i].Party }); missing != "" && len(b.Reveals) > 0 {
		return fault(CodeCommits, "commits", missing)
	}
	if b.result == nil {
		return nil
	}
	return b.ready()
}

// part reads one part and keeps the digest of its bytes, which are canonical
// since the scanner took them.
func (s *scanner) part(b *Bundle, name string, read func()) {
	start := s.at
	read()
	if s.err == nil {
		b.parts[name] = sha256OfString(s.src[start:s.at])
	}
}

func (s *scanner) digests() map[string]string {
	sums := map[string]string{}
	s.members(func(key string) {
		v := s.text()
		if s.err == nil {
			s.check(checkHex("digests."+key, v))
		}
		sums[key] = v
	})
	return sums
}

func (s *scanner) commits() []Commit {
	var list []Commit
	s.array(func(int) {
		var c Commit
		s.object(
			field{"party", false, func() { c.Party = s.word() }},
			field{"sha256", false, func() { c.SHA256 = s.hex() }},
			field{"sm3", false, func() { c.SM3 = s.hex() }},
		)
		list = append(list, c)
	})
	return list
}

func (s *scanner) reveals() []Reveal {
	var list []Reveal
	s.array(func(int) {
		var r Reveal
		s.object(
			field{"how", false, func() { r.How = s.text() }},
			field{"note", false, func() { r.Note = s.text() }},
			field{"party", false, func() { r.Party = s.word() }},
			field{"secret", false, func() { r.Secret = s.text() }},
		)
		if s.err == nil {
			s.check(r.check(s.where()))
		}
		list = append(list, r)
	})
	return list
}

func (s *scanner) word() string {
	v := s.text()
	if s.err == nil {
		s.check(checkWord(s.where(), v))
	}
	return v
}

func (s *scanner) hex() string {
	v := s.text()
	if s.err == nil {
		s.check(checkHex(s.where(), v))
	}
	return v
}
