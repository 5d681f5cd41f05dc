package fill

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

// Run fills a table. Purpose is kept on record; minutes is what people spent on
// it. A table with sealed values of more people than Large waits until a
// leader lets it out.
func (s *Service) Run(ctx context.Context, who access.Identity, id string, version int, purpose string, minutes int) (Fill, error) {
	purpose = strings.TrimSpace(purpose)
	if n := utf8.RuneCountInString(purpose); n < 4 || n > 100 {
		return Fill{}, errPurpose
	}
	f, err := s.one(ctx, s.db, who, id)
	switch {
	case err != nil:
		return f, err
	case !who.Has(f.Place, access.Keeper) || !who.Has(f.Within, access.Keeper):
		return f, access.ErrDenied
	case f.Version != version:
		return f, access.ErrStale
	case f.State == "waiting":
		return f, errState
	}
	f.Purpose, f.Minutes, f.RanBy, f.RanByID = purpose, minutes, who.Name, who.ID
	made, err := s.make(ctx, who, f)
	if err != nil {
		return f, err
	}
	f.State = "filled"
	if len(made.sealed) > Large {
		f.State = "waiting"
	}
	return s.keep(ctx, who, f, made)
}

// A product is a filled workbook and what it took.
type product struct {
	file   *bytes.Buffer
	report table.Report
	asked  map[string]int // element → cells
	facts  []subject.Facts
	sealed map[string]bool // people whose sealed values are in it
	heads  map[string]bool // people of whom the rows of their households tell
}

// keep stores what was made, with the register and the events.
func (s *Service) keep(ctx context.Context, who access.Identity, f Fill, p product) (Fill, error) {
	ref, err := s.vault.Put(p.file, 4*limit)
	if err != nil {
		return f, err
	}
	out, before := f, ""
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		now, err := s.mine(ctx, tx, who, f.ID, f.Version)
		if err != nil {
			return err
		}
		out = now
		before = now.Out
		out.RanBy, out.RanByID = f.RanBy, f.RanByID
		out.State, out.Purpose, out.Minutes, out.Out, out.OutKey, out.Answered, out.Refusal = f.State, f.Purpose, f.Minutes, ref.Hash, ref.Wrapped, "", ""
		out.FilledAt = store.At(s.now())
		out.Report = Report{Rows: len(p.report.Rows), Empty: p.report.Empty[:min(len(p.report.Empty), 500)]}
		out.Machine, out.Cells = p.report.Filled, p.report.Filled
		for _, e := range p.report.Empty {
			out.Cells += e.Count
		}
		for _, table := range []string{"fill_element", "fill_row"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE fill_id = ?", f.ID); err != nil {
				return err
			}
		}
		for e, n := range p.asked {
			if _, err := tx.Exec(ctx, "INSERT INTO fill_element (fill_id, element, cells) VALUES (?, ?, ?)", f.ID, e, n); err != nil {
				return err
			}
		}
		for _, r := range p.report.Rows {
			if _, err := tx.Exec(ctx, "INSERT INTO fill_row (fill_id, sheet, area, row_no, col_no, subject_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", f.ID, r.Sheet, r.Table, r.Row, r.Col, r.ID); err != nil {
				return err
			}
		}
		// Who is told of in the rows of others: the head of a household.
		for n, head := range slices.Sorted(maps.Keys(p.heads)) {
			if _, err := tx.Exec(ctx, "INSERT INTO fill_row (fill_id, sheet, area, row_no, col_no, subject_id) VALUES (?, '', '', ?, 0, ?)", f.ID, n, head); err != nil {
				return err
			}
		}
		if out.State == "filled" {
			if err := s.subjects.NoteExport(ctx, tx, who, p.facts, sorted(p.asked), out.Purpose); err != nil {
				return err
			}
		}
		if err := s.save(ctx, tx, &out); err != nil {
			return err
		}
		out.open()
		return s.note(ctx, tx, who, "fill."+map[string]string{"filled": "run", "waiting": "wait"}[out.State], out, map[string]any{"purpose": out.Purpose, "rows": out.Report.Rows, "cells": out.Machine})
	})
	if err == nil && before != "" {
		err = s.vault.Drop(before)
	}
	return out, err
}

func sorted(m map[string]int) []string {
	out := make([]string, 0, len(m))
	for e := range m {
		out = append(out, e)
	}
	slices.Sort(out)
	return out
}

// make fills the template.
func (s *Service) make(ctx context.Context, who access.Identity, f Fill) (product, error) {
	p := product{file: &bytes.Buffer{}, asked: map[string]int{}, sealed: map[string]bool{}, heads: map[string]bool{}}
	blank, err := s.vault.Open(vault.Ref{Hash: f.Blank, Wrapped: f.BlankKey})
	if err != nil {
		return p, err
	}
	filler, err := table.NewFiller(blank, speller{s.elements})
	if err != nil {
		return p, err
	}
	defer filler.Close()
	lines, err := s.lines(ctx, who, f)
	if err != nil {
		return p, err
	}
	for _, sheet := range f.Mapping.Sheets {
		// From the bottom up, so that rows which are put in move nothing that is
		// still to be filled.
		tables := slices.Clone(sheet.Tables)
		slices.SortStableFunc(tables, func(a, b table.Table) int { return b.FirstRow - a.FirstRow })
		for _, t := range tables {
			if err := s.table(ctx, who, f, sheet.Name, t, filler, &p); err != nil {
				return p, err
			}
			if err := filler.Lines(sheet.Name, t.Lines, lines); err != nil {
				return p, err
			}
		}
	}
	p.report = filler.Report()
	return p, filler.Write(p.file)
}

// table fills one table.
func (s *Service) table(ctx context.Context, who access.Identity, f Fill, sheet string, t table.Table, filler *table.Filler, p *product) error {
	kind := t.Kind
	if kind == table.Form {
		kind = t.About
	}
	switch {
	case kind == table.Place || t.Axis == table.Down:
		records, find, err := s.byPlace(ctx, who, f, t)
		if err != nil {
			return err
		}
		if err := filler.Fill(sheet, t, records, find); err != nil {
			return err
		}
	case t.Kind != table.Form && hasForm(f.Mapping):
		if err := filler.Fill(sheet, t, s.beside(ctx, who, f, t, p), nobody); err != nil {
			return err
		}
	case slices.Contains(subject.Kinds, subject.Kind(kind)):
		if t.Kind == table.Form && f.About == "" {
			return errForm
		}
		if err := filler.Fill(sheet, t, s.bySubject(ctx, who, f, t, subject.Kind(kind), p), s.byName(ctx, who, f, t, subject.Kind(kind), p)); err != nil {
			return err
		}
	default: // what the rows are about is not known: nothing is guessed
		if err := filler.Fill(sheet, t, none, nobody); err != nil {
			return err
		}
	}
	for _, c := range t.Columns {
		if c.Element != "" {
			p.asked[c.Element]++
		}
	}
	return nil
}

func none(func(table.Entry, error) bool) {}

func nobody(string) (table.Entry, bool, error) { return table.Entry{}, false, nil }

// errEnough ends a reading.
var errEnough = errors.New("enough")

// bySubject yields the records of a kind, as of the table's day.
func (s *Service) bySubject(ctx context.Context, who access.Identity, f Fill, t table.Table, kind subject.Kind, p *product) iter.Seq2[table.Entry, error] {
	if t.Kind == table.Form {
		return s.about(ctx, who, f, t, kind, p)
	}
	return func(yield func(table.Entry, error) bool) {
		counts, err := s.buildings(ctx, who, f, t, kind)
		if err != nil {
			yield(table.Entry{}, err)
			return
		}
		var all []subject.Facts
		err = s.each(ctx, who, f, kind, func(x subject.Facts) error {
			for e, n := range counts[x.ID] {
				x.Values[e] = strconv.Itoa(n)
			}
			all = append(all, x)
			return nil
		})
		if err != nil {
			yield(table.Entry{}, err)
			return
		}
		if kind == subject.Dwelling || kind == subject.Household {
			slices.SortStableFunc(all, doorToDoor)
		}
		for _, x := range all {
			if !yield(s.entry(x, t, p), nil) {
				return
			}
		}
	}
}

// doorToDoor orders homes as one walks them: by community, building and room.
func doorToDoor(a, b subject.Facts) int {
	at := func(x subject.Facts) string {
		v := x.Values
		return x.Place[:min(len(x.Place), 12)] + "\n" + subject.Order(cmp.Or(v["building.address"], v["compound.name"]+v["building.name"])) + "\n" +
			subject.Order(cmp.Or(v["dwelling.room_number"], v["dwelling.address"], v["household.address"]))
	}
	return strings.Compare(at(a), at(b))
}

// buildings returns the counts of buildings where a table of buildings asks for
// some.
func (s *Service) buildings(ctx context.Context, who access.Identity, f Fill, t table.Table, kind subject.Kind) (map[string]map[string]int, error) {
	if kind != subject.Building || !slices.ContainsFunc(t.Columns, func(c table.Column) bool { return strings.HasPrefix(c.Element, "count.") }) {
		return nil, nil
	}
	var ids []string
	if err := s.each(ctx, who, f, kind, func(x subject.Facts) error { ids = append(ids, x.ID); return nil }); err != nil {
		return nil, err
	}
	return s.subjects.CountBuildings(ctx, who, f.Within, ids, s.subjects.AsOf(f.AsOf, f.Recorded))
}

// each reads the subjects that a table is about.
func (s *Service) each(ctx context.Context, who access.Identity, f Fill, kind subject.Kind, each func(subject.Facts) error) error {
	filter := subject.Filter{Place: f.Within, As: s.subjects.AsOf(f.AsOf, f.Recorded)}
	if kind == subject.Person {
		filter.AgeMin = f.AgeMin // who was so old then is so today
	}
	return s.subjects.Each(ctx, who, kind, filter, func(x subject.Facts) error {
		if !meets(f.Only, x) {
			return nil
		}
		if kind == subject.Person && (f.AgeMin > 0 || f.AgeMax > 0) {
			age, err := strconv.Atoi(x.Values["person.age"])
			if err != nil || age < f.AgeMin || f.AgeMax > 0 && age > f.AgeMax {
				return nil
			}
		}
		return each(x)
	})
}

// entry is a record as the filler takes it; what it takes out is noted.
func (s *Service) entry(x subject.Facts, t table.Table, p *product) table.Entry {
	p.facts = append(p.facts, subject.Facts{ID: x.ID, Kind: x.Kind, Place: x.Place})
	if x.Head != "" && x.Head != x.ID && slices.ContainsFunc(t.Columns, func(c table.Column) bool { return subject.OfHead(c.Element) }) && !p.heads[x.Head] {
		p.heads[x.Head] = true
		p.facts = append(p.facts, subject.Facts{ID: x.Head, Kind: subject.Person, Place: x.Place})
	}
	for _, c := range t.Columns {
		if c.Element != "" && s.elements.Masked(c.Element) && x.Values[c.Element] != "" {
			p.sealed[x.ID] = true
		}
	}
	return table.Entry{ID: x.ID, Name: x.Values["person.name"], Values: x.Values}
}

// byName finds the subject whose row the sender has named: a building, a room.
func (s *Service) byName(ctx context.Context, who access.Identity, f Fill, t table.Table, kind subject.Kind, p *product) table.Find {
	var all map[string]subject.Facts
	return func(name string) (table.Entry, bool, error) {
		if all == nil {
			all = map[string]subject.Facts{}
			counts, err := s.buildings(ctx, who, f, t, kind)
			if err != nil {
				return table.Entry{}, false, err
			}
			err = s.each(ctx, who, f, kind, func(x subject.Facts) error {
				for e, n := range counts[x.ID] {
					x.Values[e] = strconv.Itoa(n)
				}
				for _, e := range []string{"building.name", "building.address", "dwelling.room_number", "dwelling.address", "organisation.name", "person.name", "vehicle.plate"} {
					v := x.Values[e]
					if subject.KindOf(e) != kind || v == "" {
						continue
					}
					if _, twice := all[v]; twice {
						all[v] = subject.Facts{} // two of that name: nobody guesses
						continue
					}
					all[v] = x
				}
				return nil
			})
			if err != nil {
				return table.Entry{}, false, err
			}
		}
		x, ok := all[name]
		if !ok || x.ID == "" {
			return table.Entry{}, false, nil
		}
		return s.entry(x, t, p), true, nil
	}
}

// speller writes values as the dictionary has them.
type speller struct{ x subject.Elements }

func (s speller) Words(element, value string) []string { return s.x.Spellings(element, value) }

func (s speller) Unit(element string) string {
	e, _ := s.x.Dictionary().Element(element)
	return e.Unit
}
