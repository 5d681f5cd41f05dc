package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"gewu/internal/api"
	"gewu/internal/demo"
)

// demoTown is how large the made-up town is.
type demoTown struct {
	Residents int    `help:"People of the made-up town." default:"30000" env:"GEWU_RESIDENTS"`
	Seed      uint64 `help:"The same seed makes the same town." default:"1" env:"GEWU_SEED"`
}

func (d demoTown) make(ctx context.Context, o api.Office) error {
	err := demo.Fill(ctx, demo.Office{Access: o.Access, Units: o.Units, Plans: o.Plans, Duties: o.Duties, Subjects: o.Subjects, Atlas: o.Atlas,
		People: d.Residents, Seed: d.Seed, Now: time.Now()})
	if err != nil {
		return fmt.Errorf("make the demo office: %w", err)
	}
	return nil
}

// demoCommand is gewu demo.
type demoCommand struct {
	storage
	ledgerFlags
	demoTown
}

// Run fills an empty database with the made-up office and tells its accounts.
func (cmd demoCommand) Run(ctx context.Context, c *console) error {
	o, closeOffice, err := cmd.open(ctx, cmd.ledgerFlags, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer closeOffice()
	empty, err := o.Access.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return usageError(c.say("数据库里已有数据，演示数据只能生成到空库：用 --db 和 --data 换一个位置", "There is data in the database; the demo needs an empty one: choose another place with --db and --data"))
	}
	if err := cmd.make(ctx, o); err != nil {
		return err
	}
	_, err = fmt.Fprint(c.out, demo.Accounts(c.lang))
	return err
}
