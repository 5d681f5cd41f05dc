package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gewu/internal/access"
	"gewu/internal/fill"
	"gewu/table"
)

// tableFill is gewu table fill.
type tableFill struct {
	storage
	ledgerFlags
	Template string `arg:"" type:"existingfile" help:"Blank workbook: .xlsx."`
	Scope    string `required:"" help:"Whose rows: code of a street, community or grid."`
	Out      string `short:"o" required:"" type:"path" help:"Workbook to write."`
	AsOf     string `name:"as-of" help:"Day as of which, 2006-01-02; by default that of the title, or today."`
	Purpose  string `help:"What the table is for; kept on record." default:"命令行填报"`
	Explain  bool   `help:"Print what each column asks for and what was left empty."`
}

// Run fills a blank workbook from the base ledger. It leaves the same traces as
// filling it in the browser.
func (cmd tableFill) Run(ctx context.Context, c *console) error {
	if _, err := os.Stat(cmd.Out); err == nil {
		return usageError(fmt.Sprintf(c.say("%s 已存在，请换一个文件名", "%s exists: choose another name"), cmd.Out))
	}
	o, closeOffice, err := cmd.open(ctx, cmd.ledgerFlags, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer closeOffice()
	who := access.System("command line")
	template, err := os.Open(cmd.Template)
	if err != nil {
		return err
	}
	defer template.Close()
	if _, err := o.Units.Place(ctx, cmd.Scope); err != nil {
		return err
	}
	f, err := o.Fills.Add(ctx, who, cmd.Scope, filepath.Base(cmd.Template), template)
	if err != nil {
		return err
	}
	asOf := cmd.AsOf
	if asOf == "" {
		asOf = f.AsOf
	}
	if f, err = o.Fills.Correct(ctx, who, f.ID, f.Version, fill.Correction{Title: f.Title, Within: cmd.Scope, AsOf: asOf, AgeMin: f.AgeMin, AgeMax: f.AgeMax, Only: f.Only}); err != nil {
		return err
	}
	start := time.Now()
	if f, err = o.Fills.Run(ctx, who, f.ID, f.Version, cmd.Purpose, 0); err != nil {
		return err
	}
	if cmd.Explain {
		if err := c.printMapping(cmd.Template, f.Mapping, false); err != nil {
			return err
		}
		c.printEmpty(f.Report.Empty)
	}
	if f.State == "waiting" {
		fmt.Fprintf(c.out, c.say("涉及 %d 行、超过 %d 人的敏感信息，需领导在“填表”页面同意后下载\n", "%d rows, with sealed values of more than %d people: a leader has to let it out on the page ‘Tables’\n"), f.Report.Rows, fill.Large)
		return errShown
	}
	r, _, err := o.Fills.Download(ctx, who, f.ID)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(cmd.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, r); err != nil {
		out.Close()
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, c.say("已填写 %s：%d 行，%d 个单元格，用时 %s\n", "Filled %s: %d rows, %d cells, in %s\n"), cmd.Out, f.Report.Rows, f.Machine, time.Since(start).Round(time.Millisecond))
	return err
}

// reasons are why a cell stays empty, for people.
var reasons = map[table.Reason][2]string{
	table.NotKnown: {"台账中没有", "not in the ledger"}, table.NotMapped: {"未识别的列", "column not recognised"}, table.NoChoice: {"不在可选项内", "none of the choices"},
	table.NotExact: {"日期不完整", "day not known exactly"}, table.NoUnit: {"单位无法换算", "unit cannot be converted"}, table.NoPlace: {"没有这个地方", "no such place"},
	table.NotWritten: {"已有内容，未改动", "has contents, left alone"},
}

func (c *console) printEmpty(list []table.Empty) {
	for _, e := range list {
		r := reasons[e.Reason]
		fmt.Fprintf(c.out, "  %s!%s  %s  %s × %d\n", e.Sheet, e.Cell, e.Header, c.say(r[0], r[1]), e.Count)
	}
}
