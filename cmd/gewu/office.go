package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gewu/internal/access"
	"gewu/internal/api"
	"gewu/internal/blob"
	"gewu/internal/duty"
	"gewu/internal/holiday"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
)

// storage is where an office keeps what it has.
type storage struct {
	DB   string `help:"Database: a file (SQLite) or a postgres:// address." default:"data/gewu.db" env:"GEWU_DB"`
	Data string `help:"Directory for files." default:"data" env:"GEWU_DATA" type:"path"`
}

// filesDir is the directory of the blob store.
func (s storage) filesDir() string { return filepath.Join(s.Data, "files") }

// open opens the office: database, files, services.
func (s storage) open(ctx context.Context, log *slog.Logger) (api.Office, func() error, error) {
	if !store.IsPostgres(s.DB) {
		if err := os.MkdirAll(filepath.Dir(s.DB), 0o750); err != nil {
			return api.Office{}, nil, fmt.Errorf("make the data directory: %w", err)
		}
	}
	files, err := blob.Open(s.filesDir())
	if err != nil {
		return api.Office{}, nil, err
	}
	db, err := store.Open(ctx, s.DB)
	if err != nil {
		return api.Office{}, nil, err
	}
	units := office.NewService(db, time.Now)
	duties := duty.NewService(db, time.Now)
	days, err := holiday.NewService(db, time.Now)
	if err != nil {
		db.Close()
		return api.Office{}, nil, err
	}
	return api.Office{
		DB:       db,
		Access:   access.NewService(db, time.Now),
		Units:    units,
		Duties:   duties,
		Holidays: days,
		Plans:    plan.NewService(db, files, units, duties, days, time.Now),
		Log:      log,
		Version:  version(),
	}, db.Close, nil
}

// buildVersion is set by the linker.
var buildVersion = "dev"

// version is what the build says of itself.
func version() string { return buildVersion }
