package plan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/notice"
)

// MaxFile is the largest notice or attachment, in bytes.
const MaxFile = 32 << 20

// Import reads a notice in for the office of a place and keeps what was read
// as a draft. A file that cannot be read is refused with the parser's own
// sentence.
func (s *Service) Import(ctx context.Context, who access.Identity, place, fileName string, data []byte) (Summary, error) {
	if !who.Has(place, access.Clerk) {
		return Summary{}, access.ErrDenied
	}
	if _, err := s.units.Place(ctx, place); err != nil {
		return Summary{}, err
	}
	fileName = cleanName(fileName)
	doc, err := notice.Read(fileName, data)
	if err != nil {
		return Summary{}, err
	}
	read := notice.Parse(doc)
	resolver, err := s.units.Resolver(ctx, s.db, place)
	if err != nil {
		return Summary{}, err
	}
	duties, err := s.duty.Index(ctx, place)
	if err != nil {
		return Summary{}, err
	}
	sheet := newSheet(read, doc, resolver, duties, s.today().Year())
	if sheet.Title == "" {
		sheet.Title = strings.TrimSuffix(fileName, filepath.Ext(fileName))
	}
	hash, _, err := s.files.Put(bytes.NewReader(data), MaxFile)
	if err != nil {
		return Summary{}, err
	}
	p := Summary{
		ID: store.NewID(), Place: place, Title: sheet.Title, Sender: sheet.Sender, DocNo: sheet.DocNo, Issued: sheet.Issued,
		State: Draft, FileName: fileName, Version: 1, Created: store.At(s.now()),
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `
			INSERT INTO plan (id, place, number, title, sender, doc_no, issued, state, file_name, file_hash, blocks, draft,
			                  created_by, created_at, published_at, closed_at, version)
			VALUES (?, ?, '', ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, '', '', 1)`,
			p.ID, place, p.Title, p.Sender, p.DocNo, p.Issued, fileName, hash, store.JSON[[]Block]{V: blocksOf(doc)},
			store.JSON[Sheet]{V: sheet}, who.ID, store.Time(s.now())); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "plan.import", p.ID, place, nil, map[string]any{"title": p.Title, "file": fileName, "tasks": len(sheet.Tasks)})
	})
	return p, err
}

// cleanName keeps the last part of a file name, at most 60 characters and the
// extension.
func cleanName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, name)
	ext := filepath.Ext(name)
	stem := []rune(strings.TrimSuffix(name, ext))
	if len(stem) > 60 {
		stem = stem[:60]
	}
	if len(ext) > 10 {
		ext = ""
	}
	return string(stem) + ext
}

// A Full is a plan with its document, and its draft while it is one.
type Full struct {
	Summary
	Stages []Stage `json:"stages" nullable:"false"`
	Blocks []Block `json:"blocks" nullable:"false"`
	Draft  *Sheet  `json:"draft,omitempty"`
	Twin   *Twin   `json:"twin,omitempty" doc:"of a draft: the same file was read in before"`
	May    PlanMay `json:"may"`
}

// A Twin is a plan that was read in from the same file.
type Twin struct {
	ID      string       `db:"id" json:"id"`
	Title   string       `db:"title" json:"title"`
	Number  string       `db:"number" json:"number"`
	State   string       `db:"state" json:"state" enum:"draft,published,closed"`
	Created store.Moment `db:"created_at" json:"created_at"`
}

// PlanMay tells what the reader may do to the plan.
type PlanMay struct {
	Correct bool `json:"correct"`
	Close   bool `json:"close"`
	Urge    bool `json:"urge"`
}

// Get returns a plan.
func (s *Service) Get(ctx context.Context, who access.Identity, id string) (Full, error) {
	p, err := s.plan(ctx, s.db, who, id)
	if err != nil {
		return Full{}, err
	}
	f := Full{Summary: p.Summary, Blocks: p.Blocks.V}
	clerk := who.Has(p.Place, access.Clerk)
	f.May = PlanMay{Correct: clerk && p.State == Draft, Close: clerk && p.State == Published,
		Urge: who.Has(p.Place, access.Clerk, access.Leader) && p.State == Published}
	if p.State == Draft {
		f.Draft = &p.Sheet.V
		twin, err := store.One[Twin](ctx, s.db, store.SQL(
			"SELECT id, title, number, state, created_at FROM plan WHERE place = ? AND file_hash = ? AND id < ? ORDER BY state = 'draft', id LIMIT 1", p.Place, p.FileHash, id).Anywhere())
		if err == nil {
			f.Twin = &twin
		} else if !errors.Is(err, store.ErrNone) {
			return Full{}, err
		}
	}
	if f.Stages, err = store.All[Stage](ctx, s.db, store.SQL(
		"SELECT id, name, from_day, to_day FROM stage WHERE plan_id = ? ORDER BY seq LIMIT 200", id).Anywhere()); err != nil {
		return Full{}, err
	}
	lights, err := s.lightsOf(ctx, []string{id})
	f.Tasks = lights[id]
	return f, err
}

// File opens the notice as it came.
func (s *Service) File(ctx context.Context, who access.Identity, id string) (io.ReadSeekCloser, string, error) {
	p, err := s.plan(ctx, s.db, who, id)
	if err != nil {
		return nil, "", err
	}
	f, err := s.files.Get(p.FileHash)
	return f, p.FileName, err
}

// SaveDraft keeps a corrected draft and returns the plan's new version.
func (s *Service) SaveDraft(ctx context.Context, who access.Identity, id string, version int, sheet Sheet) (int, error) {
	if err := sheet.check(); err != nil {
		return 0, err
	}
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.managed(ctx, tx, who, id, version, Draft)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `
			UPDATE plan SET title = ?, sender = ?, doc_no = ?, issued = ?, draft = ?, version = version + 1 WHERE id = ?`,
			sheet.Title, sheet.Sender, sheet.DocNo, sheet.Issued, store.JSON[Sheet]{V: sheet}, id); err != nil {
			return err
		}
		before, after := p.Sheet.V.outline(), sheet.outline()
		return s.note(ctx, tx, who, "plan.correct", id, p.Place, before, after)
	})
	return version + 1, err
}

// outline is what the journal keeps of a draft: enough to see what a
// correction did, without the whole text each time.
func (s *Sheet) outline() map[string]any {
	dropped := 0
	for _, t := range s.Tasks {
		if t.Dropped {
			dropped++
		}
	}
	return map[string]any{"title": s.Title, "tasks": len(s.Tasks) - dropped, "dropped": dropped}
}

// Settle remembers which units a name means, and applies that to the draft it
// was settled in. No ids forget the name.
func (s *Service) Settle(ctx context.Context, who access.Identity, id, name string, units []string) (Full, error) {
	return s.rematch(ctx, who, id, func(tx *store.Tx, p planRow) error {
		return s.units.SettleIn(ctx, tx, who, p.Place, name, units)
	})
}

// Rematch looks up the open names of a draft again.
func (s *Service) Rematch(ctx context.Context, who access.Identity, id string) (Full, error) {
	return s.rematch(ctx, who, id, func(*store.Tx, planRow) error { return nil })
}

func (s *Service) rematch(ctx context.Context, who access.Identity, id string, first func(*store.Tx, planRow) error) (Full, error) {
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.managed(ctx, tx, who, id, 0, Draft)
		if err != nil {
			return err
		}
		if err := first(tx, p); err != nil {
			return err
		}
		r, err := s.units.Resolver(ctx, tx, p.Place)
		if err != nil {
			return err
		}
		p.Sheet.V.resolveAgain(r)
		if _, err := tx.Exec(ctx, "UPDATE plan SET draft = ?, version = version + 1 WHERE id = ?", p.Sheet, id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "plan.rematch", id, p.Place, nil, nil)
	})
	if err != nil {
		return Full{}, err
	}
	return s.Get(ctx, who, id)
}

// Discard removes a draft. The file and the journal stay.
func (s *Service) Discard(ctx context.Context, who access.Identity, id string, version int) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.managed(ctx, tx, who, id, version, Draft)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM plan WHERE id = ?", id); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "plan.discard", id, p.Place, map[string]any{"title": p.Title}, nil)
	})
}
