package plan

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/store"
)

var (
	errEmptyReport  = fault.New(fault.Invalid, "report_empty", "请填写进展情况、指标完成数或上传附件", "Say how it goes, give a figure or attach a file.")
	errFigure       = fault.New(fault.Invalid, "figure_wrong", "“{text}”的完成数不正确，请填写 0 或正数", "The figure for “{text}” is wrong. Enter zero or a positive number.")
	errFigureTwice  = fault.New(fault.Invalid, "figure_twice", "同一指标一次只能填报一个完成数，请合并后再提交", "A report holds one figure for each quota. Add them up, then send it again.")
	errFutureDay    = fault.New(fault.Invalid, "day_future", "发生日期 {day} 晚于今天，请核对", "The day {day} is in the future. Check it.")
	errChildrenOpen = fault.New(fault.Conflict, "children_open", "还有 {n} 项子任务未办结，请先办结子任务", "{n} sub-tasks are not finished yet. Finish them first.")
	errAttachment   = fault.New(fault.Invalid, "attachment_wrong", "附件已失效，请重新上传", "An attachment is no longer valid. Send it again.")
)

// A Report is what a unit says of its progress.
type Report struct {
	ID       string       `db:"id" json:"id"`
	Unit     string       `db:"unit_id" json:"unit"`
	UnitName string       `db:"unit_name" json:"unit_name"`
	Author   string       `db:"author" json:"author"`
	At       store.Moment `db:"at" json:"at"`
	Words    string       `db:"words" json:"words"`
	Done     bool         `db:"done" json:"done"`
	Figures  []Figure     `json:"figures" nullable:"false"`
	Files    []Attachment `json:"files" nullable:"false"`
}

// A Figure is a number that counts to a quota.
type Figure struct {
	Report string  `db:"report_id" json:"-"`
	Quota  string  `db:"quota_id" json:"quota"`
	Day    string  `db:"on_day" json:"day" doc:"day on which it was reached"`
	Value  float64 `db:"value" json:"value"`
	Unit   string  `db:"unit" json:"unit" doc:"of measure"`
	Text   string  `db:"text" json:"text" doc:"the quota, as written"`
}

// An Attachment is a file that goes with a report.
type Attachment struct {
	ID     string `db:"id" json:"id"`
	Report string `db:"report_id" json:"-"`
	Name   string `db:"name" json:"name"`
	Type   string `db:"type" json:"type"`
	Size   int64  `db:"size" json:"size" doc:"bytes"`
}

// A NewReport is what somebody enters.
type NewReport struct {
	Words   string      `json:"words" maxLength:"2000"`
	Done    bool        `json:"done" doc:"the unit's part is finished"`
	Figures []NewFigure `json:"figures,omitempty" nullable:"false" maxItems:"50"`
	Files   []string    `json:"files,omitempty" nullable:"false" maxItems:"20" doc:"ids of files sent before"`
}

// A NewFigure is a number for one of the task's quotas.
type NewFigure struct {
	Quota string  `json:"quota"`
	Value float64 `json:"value" minimum:"0"`
	Day   string  `json:"day,omitempty" doc:"empty: today"`
}

// Report writes down a unit's progress. A unit that reports has signed.
func (s *Service) Report(ctx context.Context, who access.Identity, part string, version int, r NewReport) (string, error) {
	r.Words = strings.TrimSpace(r.Words)
	if r.Words == "" && len(r.Figures) == 0 && len(r.Files) == 0 && !r.Done {
		return "", errEmptyReport
	}
	if err := limitWords(r.Words, 2000); err != nil {
		return "", err
	}
	id := store.NewID()
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		p, err := s.working(ctx, tx, who, part, version, Assigned, Signed)
		if err != nil {
			return err
		}
		if r.Done {
			if err := childrenDone(ctx, tx, p.Task); err != nil {
				return err
			}
		}
		at := store.Time(s.now())
		done, state, doneAt := 0, Signed, ""
		if r.Done {
			done, state, doneAt = 1, Done, at
		}
		if _, err := tx.Exec(ctx, `
			INSERT INTO report (id, task_id, assignment_id, unit_id, account_id, author, at, words, done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, p.Task, part, p.Unit, who.ID, who.Name, at, r.Words, done); err != nil {
			return err
		}
		figures, err := s.addFigures(ctx, tx, p, id, r.Figures)
		if err != nil {
			return err
		}
		for _, f := range r.Files {
			n, err := tx.Exec(ctx, "UPDATE attachment SET report_id = ? WHERE id = ? AND owner_id = ? AND report_id = ''", id, f, who.ID)
			if err != nil {
				return err
			}
			if n == 0 {
				return errAttachment
			}
		}
		if _, err := tx.Exec(ctx, `
			UPDATE assignment SET state = ?, done_at = ?, reported_at = ?, signed_at = CASE WHEN signed_at = '' THEN ? ELSE signed_at END,
			       assignee_id = CASE WHEN assignee_id = '' THEN ? ELSE assignee_id END, version = version + 1 WHERE id = ?`,
			state, doneAt, at, at, who.ID, part); err != nil {
			return err
		}
		if err := s.heard(ctx, tx, p.Unit, p.task); err != nil {
			return err
		}
		after := map[string]any{"unit": p.UnitName, "words": firstWords(r.Words, 60), "figures": figures, "files": len(r.Files)}
		verb := "task.report"
		if r.Done {
			verb = "task.finish"
		}
		return s.note(ctx, tx, who, verb, p.Task, p.task.Place, nil, after)
	})
	return id, err
}

func childrenDone(ctx context.Context, tx *store.Tx, task string) error {
	n, err := store.One[int](ctx, tx, store.SQL(`
		SELECT count(*) FROM assignment WHERE state NOT IN ('done', 'withdrawn')
		AND task_id IN (SELECT id FROM task WHERE parent_id = ? AND state = 'open')`, task).Anywhere())
	if err == nil && n > 0 {
		return errChildrenOpen.With("n", n)
	}
	return err
}

func (s *Service) addFigures(ctx context.Context, tx *store.Tx, p partRow, report string, figures []NewFigure) ([]string, error) {
	root := p.task.Parent
	if root == "" {
		root = p.Task
	}
	said := []string{}
	today := s.today()
	for i, f := range figures {
		if slices.ContainsFunc(figures[:i], func(g NewFigure) bool { return g.Quota == f.Quota }) {
			return nil, errFigureTwice
		}
		q, err := store.One[Quota](ctx, tx, store.SQL(
			"SELECT id, task_id, op, value, high, unit, period, per, text FROM quota WHERE id = ? AND task_id = ?", f.Quota, root).Anywhere())
		if errors.Is(err, store.ErrNone) {
			return nil, access.ErrMissing
		}
		if err != nil {
			return nil, err
		}
		if f.Value < 0 || f.Value > 1e15 || f.Value != f.Value {
			return nil, errFigure.With("text", q.Text)
		}
		day := today
		if f.Day != "" {
			if day, err = calendar.Parse(f.Day); err != nil {
				return nil, errDay.With("day", f.Day)
			}
			if day.After(today) {
				return nil, errFutureDay.With("day", f.Day)
			}
		}
		if _, err := tx.Exec(ctx, "INSERT INTO figure (report_id, quota_id, unit_id, on_day, value) VALUES (?, ?, ?, ?, ?)",
			report, q.ID, p.Unit, day.String(), f.Value); err != nil {
			return nil, err
		}
		said = append(said, number(f.Value)+q.Unit)
	}
	return said, nil
}

// reports returns the reports on a task and its sub-tasks, newest first.
func (s *Service) reports(ctx context.Context, task string) ([]Report, error) {
	rs, err := store.All[Report](ctx, s.db, store.SQL(`
		SELECT r.id, r.unit_id, CASE WHEN u.short <> '' THEN u.short ELSE u.name END AS unit_name, r.author, r.at, r.words, r.done
		FROM report r JOIN unit u ON u.id = r.unit_id
		WHERE r.task_id IN (SELECT id FROM task WHERE id = ? OR parent_id = ?) ORDER BY r.at DESC, r.id DESC LIMIT 100`, task, task).Anywhere())
	if err != nil || len(rs) == 0 {
		return rs, err
	}
	ids := make([]string, len(rs))
	for i, r := range rs {
		ids[i] = r.ID
		rs[i].Figures, rs[i].Files = []Figure{}, []Attachment{}
	}
	list, args := store.List(ids)
	figures, err := store.All[Figure](ctx, s.db, store.SQL(`
		SELECT f.report_id, f.quota_id, f.on_day, f.value, q.unit, q.text FROM figure f JOIN quota q ON q.id = f.quota_id
		WHERE f.report_id IN `+list+" ORDER BY q.seq", args...).Anywhere())
	if err != nil {
		return nil, err
	}
	files, err := store.All[Attachment](ctx, s.db, store.SQL(
		"SELECT id, report_id, name, type, size FROM attachment WHERE report_id IN "+list+" ORDER BY at, id", args...).Anywhere())
	for i, r := range rs {
		for _, f := range figures {
			if f.Report == r.ID {
				rs[i].Figures = append(rs[i].Figures, f)
			}
		}
		for _, f := range files {
			if f.Report == r.ID {
				rs[i].Files = append(rs[i].Files, f)
			}
		}
	}
	return rs, err
}

// AddFile stores a file that a report will carry. Its kind is told by its
// content; programs and pages are refused.
func (s *Service) AddFile(ctx context.Context, who access.Identity, name string, r io.ReadSeeker) (Attachment, error) {
	a := Attachment{ID: store.NewID(), Name: cleanName(name)}
	var err error
	if a.Type, err = fileType(a.Name, r); err != nil {
		return a, err
	}
	hash, size, err := s.files.Put(r, MaxFile)
	if err != nil {
		return a, err
	}
	a.Size = size
	return a, s.db.Tx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO attachment (id, report_id, owner_id, name, type, size, hash, at) VALUES (?, '', ?, ?, ?, ?, ?, ?)",
			a.ID, who.ID, a.Name, a.Type, size, hash, store.Time(s.now()))
		return err
	})
}

// OpenFile opens an attachment for somebody who may see the task, or who sent
// it.
func (s *Service) OpenFile(ctx context.Context, who access.Identity, id string) (io.ReadSeekCloser, Attachment, error) {
	type row struct {
		Attachment
		Owner string `db:"owner_id"`
		Hash  string `db:"hash"`
		Task  string `db:"task_id"`
	}
	a, err := store.One[row](ctx, s.db, store.SQL(`
		SELECT a.id, a.report_id, a.name, a.type, a.size, a.owner_id, a.hash, coalesce(r.task_id, '') AS task_id
		FROM attachment a LEFT JOIN report r ON r.id = a.report_id WHERE a.id = ?`, id).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return nil, Attachment{}, access.ErrMissing
	}
	if err != nil {
		return nil, Attachment{}, err
	}
	if a.Task == "" && a.Owner != who.ID {
		return nil, Attachment{}, access.ErrMissing
	}
	if a.Task != "" {
		if _, err := s.task(ctx, s.db, who, a.Task); err != nil {
			return nil, Attachment{}, err
		}
	}
	f, err := s.files.Get(a.Hash)
	return f, a.Attachment, err
}
