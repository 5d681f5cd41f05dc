package draw

// opening reads the opening, each member a part of its own.
func (s *scanner) opening(b *Bundle) Opening {
	var o Opening
	member := func(name string, optional bool, read func()) field {
		return field{name, optional, func() { s.part(b, "opening."+name, read) }}
	}
	s.object(
		member("date", false, func() { o.Date = s.text() }),
		member("generator", false, func() { o.Generator = s.generator() }),
		member("list_count", false, func() { o.ListCount = int(s.count()) }),
		member("list_sha256", false, func() { o.List.SHA256 = s.hex() }),
		member("list_sm3", false, func() { o.List.SM3 = s.hex() }),
		member("mode", false, func() { o.Mode = s.text() }),
		member("number", false, func() { o.Number = int(s.count()) }),
		member("parties", true, func() { o.Parties = s.parties() }),
		member("previous", true, func() { o.Previous = s.previous() }),
		member("public_number_rule", true, func() {
			if o.PublicNumberRule = s.text(); s.err == nil && o.PublicNumberRule == "" {
				s.fail(CodeText, "", 1, 500)
			}
		}),
		member("rules", false, func() { o.Rules = s.rules() }),
		member("title", false, func() { o.Title = s.text() }),
	)
	_, parties := b.parts["opening.parties"]
	if s.err == nil && o.Mode == ModeA && parties {
		s.fail(CodeKeyUnknown, "parties")
	}
	return o
}

func (s *scanner) parties() []Party {
	var list []Party
	s.array(func(int) {
		var p Party
		s.object(
			field{"id", false, func() { p.ID = s.text() }},
			field{"name", false, func() { p.Name = s.text() }},
		)
		list = append(list, p)
	})
	return list
}

func (s *scanner) previous() *Previous {
	var p Previous
	s.object(
		field{"number", false, func() { p.Number = int(s.count()) }},
		field{"reason", false, func() { p.Reason = s.text() }},
		field{"sha256", false, func() { p.File.SHA256 = s.hex() }},
		field{"sm3", false, func() { p.File.SM3 = s.hex() }},
	)
	return &p
}

// generator reads the parameters of either kind; the first member tells which.
func (s *scanner) generator() Generator {
	var g Generator
	if s.err == nil && len(s.src)-s.at > 7 && s.src[s.at:s.at+7] == `{"hash"` {
		s.object(
			field{"hash", false, func() { g.Hash = s.text() }},
			field{"kind", false, func() { g.Kind = s.text() }},
		)
	} else {
		s.object(
			field{"increment", false, func() { g.Increment = uint64(s.count()) }},
			field{"kind", false, func() { g.Kind = s.text() }},
			field{"modulus", false, func() { g.Modulus = uint64(s.count()) }},
			field{"multiplier", false, func() { g.Multiplier = uint64(s.count()) }},
			field{"order", false, func() { g.Order = s.text() }},
			field{"range", false, func() { g.Range = s.text() }},
			field{"skip", false, func() { g.Skip = int(s.count()) }},
			field{"source", false, func() { g.Source = s.text() }},
		)
	}
	if want := g.kind(); s.err == nil && g.Kind != want {
		s.fail(CodeChoice, g.Kind, want)
	}
	return g
}

// kind is what the parameters that were read belong to.
func (g Generator) kind() string {
	if g.Hash != "" {
		return KindDRBG
	}
	return KindLCG
}

func (s *scanner) rules() Rules {
	var r Rules
	s.object(field{"types", false, func() {
		s.array(func(int) { r.Types = append(r.Types, s.houseType()) })
	}})
	return r
}

func (s *scanner) houseType() Type {
	var t Type
	s.object(
		field{"homes", false, func() { t.Homes = int(s.count()) }},
		field{"reserved", false, func() {
			s.array(func(int) {
				var v Reserve
				s.object(
					field{"group", false, func() { v.Group = s.text() }},
					field{"homes", false, func() { v.Homes = int(s.count()) }},
					field{"rest", false, func() { v.Rest = s.text() }},
				)
				t.Reserved = append(t.Reserved, v)
			})
		}},
		field{"type", false, func() { t.Type = s.text() }},
		field{"waiting", false, func() { t.Waiting = int(s.count()) }},
	)
	return t
}
