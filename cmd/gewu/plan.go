package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gewu/internal/plan"
	"gewu/internal/tasktable"
	"gewu/notice"
)

type planCommands struct {
	Parse planParse `cmd:"" help:"Print the tasks, stages and figures of notices."`
}

// planParse is gewu plan parse.
type planParse struct {
	Files []string `arg:"" name:"file" help:"Notices: .docx, .txt or .md. - reads standard input."`
	JSON  bool     `name:"json" help:"Print JSON: one object for one file, an array for several, in which a file that cannot be read is null."`
	XLSX  string   `name:"xlsx" placeholder:"OUT" help:"Write the table of tasks of one file to this workbook."`
}

func (cmd planParse) Run(ctx context.Context, c *console) error {
	if cmd.XLSX != "" && len(cmd.Files) > 1 {
		return usageError("--xlsx takes one file")
	}
	plans := make([]*notice.Plan, len(cmd.Files))
	failed := false
	for i, name := range cmd.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc, err := c.readNotice(name)
		if err != nil && len(cmd.Files) == 1 {
			return err
		}
		if err != nil {
			failed = true
			fmt.Fprintf(c.err, "%s: %s\n", name, c.sentence(err))
			continue
		}
		plans[i] = notice.Parse(doc)
		if !cmd.JSON && cmd.XLSX == "" {
			if err := c.printPlan(plans[i]); err != nil {
				return err
			}
		}
	}
	if cmd.JSON {
		if err := printJSON(c.out, plans); err != nil {
			return err
		}
	}
	if cmd.XLSX != "" {
		if err := writeTable(cmd.XLSX, cmd.Files[0], c.lang, plans[0]); err != nil {
			return err
		}
	}
	if failed {
		return errShown
	}
	return nil
}

// readNotice reads a file, or standard input for "-".
func (c *console) readNotice(name string) (*notice.Document, error) {
	in := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return nil, &fs.PathError{Op: "read", Path: name, Err: errFolder}
		}
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, notice.MaxSize+1))
	if err != nil {
		return nil, err
	}
	return notice.Read(filepath.Base(name), data)
}

func printJSON(w io.Writer, plans []*notice.Plan) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if len(plans) == 1 {
		return enc.Encode(plans[0])
	}
	return enc.Encode(plans)
}

// writeTable writes the table of tasks of a notice.
func writeTable(out, source, lang string, parsed *notice.Plan) error {
	if parsed.Title == "" {
		titled := *parsed
		titled.Title = strings.TrimSuffix(filepath.Base(source), filepath.Ext(source))
		parsed = &titled
	}
	var buf bytes.Buffer
	if err := tasktable.Write(&buf, plan.ParsedTable(parsed, lang)); err != nil {
		return err
	}
	return os.WriteFile(out, buf.Bytes(), 0o644)
}
