package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/api"
	"gewu/internal/atlas"
	"gewu/internal/blob"
	"gewu/internal/duty"
	"gewu/internal/fill"
	"gewu/internal/holiday"
	"gewu/internal/intake"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

// storage is where an office keeps what it has.
type storage struct {
	DB   string `help:"Database: a file (SQLite) or a postgres:// address." default:"data/gewu.db" env:"GEWU_DB"`
	Data string `help:"Directory for files." default:"data" env:"GEWU_DATA" type:"path"`
}

// ledgerFlags say where the keys of the base ledger are, and what it knows.
type ledgerFlags struct {
	dictionary
	Keys   string `help:"File with the keys of the base ledger; made where it is missing. By default keys.txt in the directory for files." env:"GEWU_KEYS" type:"path"`
	Cipher string `help:"Cipher of new keys." enum:"aes256,sm4" default:"aes256" env:"GEWU_CIPHER"`
}

// dictionary is what a district adds to the dictionary of data elements.
type dictionary struct {
	Dictionary []string `name:"dictionary" type:"path" placeholder:"FILE" help:"Further data elements of the district, tab-separated." env:"GEWU_DICTIONARY"`
}

// load returns the dictionary that ships with the program and what was added.
func (x dictionary) load() (*element.Dictionary, error) {
	d, err := element.Load()
	if err != nil {
		return nil, err
	}
	for _, name := range x.Dictionary {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		err = d.Add(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return d, nil
}

// path is the file of the keys.
func (k ledgerFlags) path(s storage) string {
	if k.Keys != "" {
		return k.Keys
	}
	return filepath.Join(s.Data, "keys.txt")
}

// filesDir is the directory of the blob store.
func (s storage) filesDir() string { return filepath.Join(s.Data, "files") }

// open opens the office: database, files, services.
func (s storage) open(ctx context.Context, k ledgerFlags, log *slog.Logger) (api.Office, func() error, error) {
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
	l, err := s.ledger(ctx, k, db, log)
	if err != nil {
		db.Close()
		return api.Office{}, nil, err
	}
	v := vault.New(files, l.ring)
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
		Subjects: l.subjects,
		Elements: l.elements,
		Atlas:    atlas.NewService(db, time.Now),
		Intakes:  intake.NewService(db, v, l.subjects, intake.Tables{Mapper: table.NewMapper(l.elements.Dictionary().Whole())}, l.elements.Mask, time.Now),
		Fills:    fill.NewService(db, v, l.subjects, l.elements, time.Now),
		Plans:    plan.NewService(db, files, units, duties, days, time.Now),
		Log:      log,
		Version:  version(),
	}, db.Close, nil
}

// ledger is the base ledger and what it is kept with.
type ledger struct {
	subjects *subject.Service
	elements subject.Elements
	ring     *seal.Ring
}

// ledger opens the base ledger with its keys.
func (s storage) ledger(ctx context.Context, k ledgerFlags, db *store.DB, log *slog.Logger) (ledger, error) {
	path := k.path(s)
	ring, made, err := seal.Open(path, seal.Alg(k.Cipher))
	if err != nil {
		return ledger{}, err
	}
	dict, err := k.load()
	if err != nil {
		return ledger{}, err
	}
	l := ledger{elements: subject.NewElements(dict), ring: ring}
	l.subjects = subject.NewService(db, ring, l.elements, time.Now)
	if err := l.subjects.CheckKeys(ctx); err != nil {
		if made {
			os.Remove(path) // keys that open nothing help nobody
		}
		return ledger{}, err
	}
	if made {
		log.Warn("keys of the base ledger were made; keep a copy apart from the backups", "file", path)
	}
	return l, nil
}

// buildVersion is set by the linker.
var buildVersion = "dev"

// version is what the build says of itself.
func version() string { return buildVersion }
