package main

import (
	"context"
	"fmt"
	"log/slog"

	"gewu/internal/seal"
)

type keyCommands struct {
	Rotate keyRotate `cmd:"" help:"Add a master key and wrap every key of the base ledger by it."`
}

// keyRotate is gewu key rotate.
type keyRotate struct {
	storage
	ledgerFlags
}

// Run adds a master key to the file of keys, then wraps the subjects' keys by
// it. It may be stopped and run again. The older keys stay in the file: backups
// of the database that were made before need them.
func (cmd keyRotate) Run(ctx context.Context, c *console) error {
	o, closeOffice, err := cmd.open(ctx, cmd.ledgerFlags, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer closeOffice()
	path := cmd.path(cmd.storage)
	ring, _, err := seal.Open(path, seal.Alg(cmd.Cipher))
	if err != nil {
		return err
	}
	if err := ring.Rotate(seal.Alg(cmd.Cipher)); err != nil {
		return err
	}
	// First the file, so that nothing is ever wrapped by a key that is not kept.
	if err := ring.Save(path); err != nil {
		return err
	}
	n, err := o.Subjects.Rewrap(ctx, ring)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, c.say("已启用新密钥 %s，重新封装 %d 个密钥。请备份 %s，并重启正在运行的服务\n", "Key %s is in use, %d keys were wrapped anew. Back up %s, and restart a serving program\n"), ring.Current(), n, path)
	return err
}
