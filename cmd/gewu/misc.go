package main

import (
	"context"
	"fmt"

	"gewu/internal/api"
	"gewu/internal/backup"
	"gewu/internal/store"
)

type openapiCommand struct{}

// Run prints the document from which the browser's client is generated.
func (openapiCommand) Run(_ context.Context, c *console) error {
	doc, err := api.Document(version())
	if err != nil {
		return err
	}
	_, err = c.out.Write(append(doc, '\n'))
	return err
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(_ context.Context, c *console) error {
	_, err := fmt.Fprintln(c.out, "gewu", version())
	return err
}

type backupCommand struct {
	storage
	File string `arg:"" help:"Archive to write (.tar.gz)." type:"path"`
}

// Run backs an office up that may be serving.
func (b backupCommand) Run(ctx context.Context, c *console) error {
	if store.IsPostgres(b.DB) {
		return usageError(c.say("PostgreSQL 数据库请用 pg_dump 备份，文件目录另行复制", "back a PostgreSQL database up with pg_dump, and copy the directory of files"))
	}
	n, err := backup.Write(ctx, b.File, b.DB, b.filesDir())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, c.say("已备份到 %s（数据库和 %d 个文件）。基础台账的密钥文件不在其中，请另行妥善保存一份\n",
		"Backed up to %s (database and %d files). The key file of the base ledger is not in it: keep a copy of it apart\n"), b.File, n)
	return err
}

type restoreCommand struct {
	storage
	File string `arg:"" help:"Archive to read." type:"existingfile"`
}

// Run restores an office where there is none yet.
func (r restoreCommand) Run(ctx context.Context, c *console) error {
	if store.IsPostgres(r.DB) {
		return usageError(c.say("只能恢复到 SQLite 数据库文件", "an archive is restored to a SQLite file"))
	}
	n, err := backup.Restore(ctx, r.File, r.DB, r.filesDir())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, c.say("已恢复到 %s（数据库和 %d 个文件），完整性检查通过。启动前请用 --keys 指定原密钥文件，或将其放回文件目录\n",
		"Restored to %s (database and %d files); the integrity check passed. Put the key file back into the directory for files, or name it with --keys\n"), r.DB, n)
	return err
}
