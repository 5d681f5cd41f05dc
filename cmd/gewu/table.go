package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"gewu/element"
	"gewu/table"
)

type tableCommands struct {
	Map  tableMap  `cmd:"" help:"Print what blank workbooks ask for: tables, columns, data elements."`
	Fill tableFill `cmd:"" help:"Fill a blank workbook from the base ledger."`
}

// tableMap is gewu table map.
type tableMap struct {
	dictionary
	Files []string `arg:"" name:"file" help:"Blank workbooks: .xlsx. - reads standard input."`
	JSON  bool     `name:"json" help:"Print JSON: one object for one file, an array for several, in which a file that cannot be read is null."`
	All   bool     `name:"all-elements" help:"Map to the extended elements of the dictionary too."`
}

func (cmd tableMap) Run(ctx context.Context, c *console) error {
	names, err := cmd.names()
	if err != nil {
		return err
	}
	mapper := table.NewMapper(names)
	mappings := make([]*table.Mapping, len(cmd.Files))
	failed := false
	for i, name := range cmd.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		wb, err := c.readWorkbook(name)
		if err != nil && len(cmd.Files) == 1 {
			return err
		}
		if err != nil {
			failed = true
			fmt.Fprintf(c.err, "%s: %s\n", name, c.sentence(err))
			continue
		}
		m := mapper.Map(wb)
		mappings[i] = &m
		if !cmd.JSON {
			if err := c.printMapping(name, m, len(cmd.Files) > 1); err != nil {
				return err
			}
		}
	}
	if cmd.JSON {
		enc := json.NewEncoder(c.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		var out any = mappings
		if len(mappings) == 1 {
			out = mappings[0]
		}
		if err := enc.Encode(out); err != nil {
			return err
		}
	}
	if failed {
		return errShown
	}
	return nil
}

func (cmd tableMap) names() (element.Names, error) {
	d, err := cmd.load()
	if err != nil {
		return element.Names{}, err
	}
	if cmd.All {
		return d.Whole(), nil
	}
	return d.Core(), nil
}

// readWorkbook reads a file, or standard input for "-".
func (c *console) readWorkbook(name string) (*table.Workbook, error) {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(c.in, table.MaxSize+1))
		if err != nil {
			return nil, err
		}
		return table.Read(bytes.NewReader(data), int64(len(data)))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errFolder}
	}
	return table.Read(f, info.Size())
}

// printMapping prints a mapping to be read by people.
func (c *console) printMapping(name string, m table.Mapping, several bool) error {
	p := &planPrinter{console: c, w: bufio.NewWriter(c.out)}
	if several {
		p.line(0, bold, name)
	}
	for _, s := range m.Sheets {
		note := ""
		switch {
		case s.Hidden:
			note = c.say("（隐藏）", " (hidden)")
		case len(s.Tables) == 0:
			note = c.say("（没有要填的表）", " (nothing to fill)")
		}
		p.line(0, cyan, s.Name+note)
		for _, t := range s.Tables {
			p.table(t)
		}
	}
	return p.w.Flush()
}

// kindNames are what a row is about, for people.
var kindNames = map[table.Kind][2]string{
	table.Person: {"人员", "people"}, table.Household: {"家庭户", "households"}, table.Dwelling: {"房屋", "dwellings"},
	table.Building: {"楼栋", "buildings"}, table.Organisation: {"单位", "organisations"}, table.Vehicle: {"车辆", "vehicles"},
	table.Place: {"地区", "places"}, table.Record: {"事项记录", "records"}, table.Form: {"单份表单", "one form"}, table.Unknown: {"未识别", "unknown"},
}

func (p *planPrinter) table(t table.Table) {
	title := t.Title
	if title == "" {
		title = p.say("（无标题）", "(no title)")
	}
	p.line(2, bold, title)
	kind := kindNames[t.Kind]
	until := p.say("可增行", "grows")
	if t.LastRow > 0 {
		until = strconv.Itoa(int(t.LastRow))
	}
	p.line(2, dim, fmt.Sprintf("%s  %s  %s %d–%s", t.Range, p.say(kind[0], kind[1]), p.say("填写行", "rows"), t.FirstRow, until))
	if s := p.scope(t.Scope); s != "" {
		p.line(2, dim, p.say("范围：", "Scope: ")+s)
	}
	for _, list := range [][]table.Column{t.Columns, t.Lines} {
		for _, col := range list {
			at := col.Letter + col.Cell
			if col.Row > 0 {
				at = strconv.Itoa(col.Row)
			}
			what := "—"
			if col.Element != "" {
				what = fmt.Sprintf("%s  %.0f%%  %s %s", col.Element, col.Score*100, col.Format, col.Unit)
			}
			p.labelled(4, 34, span{green, fmt.Sprintf("%-4s", at) + " " + col.Header}, span{"", strings.TrimSpace(what)})
		}
	}
	p.w.WriteByte('\n')
}

func (p *planPrinter) scope(s table.Scope) string {
	var parts []string
	if s.Place != "" {
		parts = append(parts, s.Place)
	}
	switch {
	case s.AgeMin != nil && s.AgeMax != nil:
		parts = append(parts, fmt.Sprintf(p.say("%d—%d周岁", "aged %d–%d"), *s.AgeMin, *s.AgeMax))
	case s.AgeMin != nil:
		parts = append(parts, fmt.Sprintf(p.say("%d周岁以上", "aged %d and over"), *s.AgeMin))
	case s.AgeMax != nil:
		parts = append(parts, fmt.Sprintf(p.say("%d周岁以下", "aged %d and under"), *s.AgeMax))
	}
	switch {
	case s.From != "":
		parts = append(parts, s.From+"–"+s.AsOf)
	case s.AsOf != "":
		parts = append(parts, p.say("截至 ", "as of ")+s.AsOf)
	}
	return strings.Join(parts, "  ")
}
