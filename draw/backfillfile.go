package draw

import (
	"io"
	"strings"
)

// WriteTo writes the record in canonical form.
func (f *Backfill) WriteTo(w io.Writer) (int64, error) {
	var c canonical
	c.open('{')
	c.pair("bundle_sha256", f.Bundle.SHA256)
	c.pair("bundle_sm3", f.Bundle.SM3)
	c.pair("format", BackfillFormat)
	c.key("given_back")
	c.open('[')
	for _, g := range f.Given {
		c.open('{')
		c.pair("code", g.Code)
		c.pair("date", g.Date)
		c.pair("reason", g.Reason)
		c.close('}')
	}
	c.close(']')
	c.key("moved")
	c.open('[')
	for _, m := range f.Moved {
		c.open('{')
		c.pair("code", m.Code)
		c.pair("for", m.For)
		c.number("place", int64(m.Place))
		c.pair("pool", m.Pool)
		c.pair("type", m.Type)
		c.close('}')
	}
	c.close(']')
	c.close('}')
	n, err := w.Write(c.b)
	return int64(n), err
}

// ReadBackfill reads a record, in canonical form only.
func ReadBackfill(r io.Reader) (*Backfill, error) {
	src, err := readAll(r)
	if err != nil {
		return nil, err
	}
	s := &scanner{src: src}
	f := &Backfill{}
	s.object(
		field{"bundle_sha256", false, func() { f.Bundle.SHA256 = s.hex() }},
		field{"bundle_sm3", false, func() { f.Bundle.SM3 = s.hex() }},
		field{"format", false, func() {
			if is := s.text(); s.err == nil && is != BackfillFormat {
				s.fail(CodeFormat, BackfillFormat, is)
			}
		}},
		field{"given_back", false, func() { f.Given = s.returns() }},
		field{"moved", false, func() { f.Moved = s.moves() }},
	)
	s.end()
	if s.err != nil {
		return nil, s.err
	}
	return f, nil
}

func (s *scanner) returns() []Return {
	var list []Return
	s.array(func(int) {
		var g Return
		s.object(
			field{"code", false, func() { g.Code = s.word() }},
			field{"date", false, func() { g.Date = s.text() }},
			field{"reason", false, func() { g.Reason = s.text() }},
		)
		list = append(list, g)
	})
	return list
}

func (s *scanner) moves() []Move {
	var list []Move
	s.array(func(int) {
		var m Move
		s.object(
			field{"code", false, func() { m.Code = s.word() }},
			field{"for", false, func() { m.For = s.word() }},
			field{"place", false, func() { m.Place = int(s.count()) }},
			field{"pool", false, func() { m.Pool = s.text() }},
			field{"type", false, func() { m.Type = s.text() }},
		)
		list = append(list, m)
	})
	return list
}

// ReadReturns reads what was given back from a list of lines
// code,date,reason with that header, or 编号,日期,原因.
func ReadReturns(r io.Reader) ([]Return, error) {
	lines, err := readLines(r)
	if err != nil {
		return nil, err
	}
	if len(lines) < 2 {
		return nil, fault(CodeListEmpty, "")
	}
	if h := lines[0]; h != "code,date,reason" && h != "编号,日期,原因" {
		return nil, fault(CodeReturns, "", shortened(h))
	}
	var list []Return
	for i, line := range lines[1:] {
		cells := strings.SplitN(line, ",", 3) // a reason may have commas
		if len(cells) != 3 {
			return nil, fault(CodeListCells, "", i+2, len(cells), 3)
		}
		list = append(list, Return{Code: cells[0], Date: cells[1], Reason: cells[2]})
	}
	return list, nil
}
