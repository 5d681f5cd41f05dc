package draw

import (
	"io"
	"strings"
)

// parts are the members of the bundle but format and digests, by name, with the
// opening divided. Each is written by its function in canonical form.
func (b *Bundle) partsOf() []part {
	var list []part
	add := func(name string, write func(c *canonical)) { list = append(list, part{name, write}) }
	if b.Opening.Mode == ModeB {
		add("commits", b.writeCommits)
	}
	add("list", func(c *canonical) { c.lines(b.List.lines) })
	for _, p := range b.Opening.parts() {
		add("opening."+p.name, p.write)
	}
	if b.PublicNumber != "" {
		add("public_number", func(c *canonical) { c.text(b.PublicNumber) })
	}
	if b.result != nil {
		add("result", func(c *canonical) { c.lines(b.result) })
	}
	if b.Opening.Mode == ModeB {
		add("reveals", b.writeReveals)
	}
	if b.Seed != "" {
		add("seed", func(c *canonical) { c.text(b.Seed) })
	}
	return list
}

// A part is a member of an object and how it is written.
type part struct {
	name  string
	write func(c *canonical)
}

func (o *Opening) parts() []part {
	list := []part{
		{"date", func(c *canonical) { c.text(o.Date) }},
		{"generator", o.Generator.write},
		{"list_count", func(c *canonical) { c.count(int64(o.ListCount)) }},
		{"list_sha256", func(c *canonical) { c.text(o.List.SHA256) }},
		{"list_sm3", func(c *canonical) { c.text(o.List.SM3) }},
		{"mode", func(c *canonical) { c.text(o.Mode) }},
		{"number", func(c *canonical) { c.count(int64(o.Number)) }},
	}
	if o.Mode == ModeB {
		list = append(list, part{"parties", o.writeParties})
	}
	if o.Previous != nil {
		list = append(list, part{"previous", o.Previous.write})
	}
	if o.PublicNumberRule != "" {
		list = append(list, part{"public_number_rule", func(c *canonical) { c.text(o.PublicNumberRule) }})
	}
	return append(list,
		part{"rules", o.Rules.write},
		part{"title", func(c *canonical) { c.text(o.Title) }},
	)
}

func writeObject(c *canonical, parts []part) {
	c.open('{')
	for _, p := range parts {
		c.key(p.name)
		p.write(c)
	}
	c.close('}')
}

func (o *Opening) write(c *canonical) { writeObject(c, o.parts()) }

func (o *Opening) writeParties(c *canonical) {
	c.open('[')
	for _, p := range o.Parties {
		c.open('{')
		c.pair("id", p.ID)
		c.pair("name", p.Name)
		c.close('}')
	}
	c.close(']')
}

func (p *Previous) write(c *canonical) {
	c.open('{')
	c.number("number", int64(p.Number))
	c.pair("reason", p.Reason)
	c.pair("sha256", p.File.SHA256)
	c.pair("sm3", p.File.SM3)
	c.close('}')
}

func (g Generator) write(c *canonical) {
	c.open('{')
	if g.Kind == KindDRBG {
		c.pair("hash", g.Hash)
		c.pair("kind", g.Kind)
	} else {
		c.number("increment", int64(g.Increment))
		c.pair("kind", g.Kind)
		c.number("modulus", int64(g.Modulus))
		c.number("multiplier", int64(g.Multiplier))
		c.pair("order", g.Order)
		c.pair("range", g.Range)
		c.number("skip", int64(g.Skip))
		c.pair("source", g.Source)
	}
	c.close('}')
}

func (r Rules) write(c *canonical) {
	c.open('{')
	c.key("types")
	c.open('[')
	for _, t := range r.Types {
		c.open('{')
		c.number("homes", int64(t.Homes))
		c.key("reserved")
		c.open('[')
		for _, s := range t.Reserved {
			c.open('{')
			c.pair("group", s.Group)
			c.number("homes", int64(s.Homes))
			c.pair("rest", s.Rest)
			c.close('}')
		}
		c.close(']')
		c.pair("type", t.Type)
		c.number("waiting", int64(t.Waiting))
		c.close('}')
	}
	c.close(']')
	c.close('}')
}

func (b *Bundle) writeCommits(c *canonical) {
	c.open('[')
	for _, m := range b.Commits {
		c.open('{')
		c.pair("party", m.Party)
		c.pair("sha256", m.SHA256)
		c.pair("sm3", m.SM3)
		c.close('}')
	}
	c.close(']')
}

func (b *Bundle) writeReveals(c *canonical) {
	c.open('[')
	for _, r := range b.Reveals {
		c.open('{')
		c.pair("how", r.How)
		c.pair("note", r.Note)
		c.pair("party", r.Party)
		c.pair("secret", r.Secret)
		c.close('}')
	}
	c.close(']')
}

// OpeningDigest is the fingerprint of the opening, to be published before the
// draw.
func (b *Bundle) OpeningDigest() Digest {
	var c canonical
	b.Opening.write(&c)
	return DigestOf(c.b)
}

// SealDigest is the seal of mode B, to be published when all have committed and
// before the first secret is shown.
func (b *Bundle) SealDigest() Digest {
	var c canonical
	writeObject(&c, []part{{"commits", b.writeCommits}, {"opening", b.Opening.write}})
	return DigestOf(c.b)
}

// Encode is the bundle in its canonical form.
func (b *Bundle) Encode() []byte {
	parts := b.partsOf()
	digests := make([]part, len(parts))
	raw := make(map[string][]byte, len(parts))
	for i, p := range parts {
		var c canonical
		p.write(&c)
		raw[p.name] = c.b
		sum := sha256Hex(c.b)
		digests[i] = part{p.name, func(c *canonical) { c.text(sum) }}
	}
	copied := func(name string) func(c *canonical) {
		return func(c *canonical) {
			c.b = append(c.b, raw[name]...)
			c.comma = true
		}
	}
	top := []part{
		{"digests", func(c *canonical) { writeObject(c, digests) }},
		{"format", func(c *canonical) { c.text(Format) }},
	}
	var opening []part
	for _, p := range parts {
		if name, ok := strings.CutPrefix(p.name, "opening."); ok {
			opening = append(opening, part{name, copied(p.name)})
			continue
		}
		top = append(top, part{p.name, copied(p.name)})
	}
	top = append(top, part{"opening", func(c *canonical) { writeObject(c, opening) }})
	sortParts(top)
	c := canonical{b: make([]byte, 0, len(raw["list"])+len(raw["result"])+1<<13)}
	writeObject(&c, top)
	return c.b
}

// WriteTo writes the bundle in its canonical form.
func (b *Bundle) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(b.Encode())
	return int64(n), err
}
