package plan

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/duty"
	"gewu/internal/journal"
	"gewu/internal/office"
	"gewu/internal/store"
)

// A Service does what can be done to plans and tasks.
type Service struct {
	db    *store.DB
	files blob.Dir
	units *office.Service
	duty  *duty.Service
	days  Days
	now   func() time.Time
}

// Days is the calendar as it stands: an administrator may add a year while the
// program runs.
type Days interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// NewService returns the service.
func NewService(db *store.DB, files blob.Dir, units *office.Service, duties *duty.Service, days Days, now func() time.Time) *Service {
	return &Service{db: db, files: files, units: units, duty: duties, days: days, now: now}
}

// zone is the time zone of every office in China.
var zone = time.FixedZone("UTC+8", 8*60*60)

// today is the day in the office.
func (s *Service) today() calendar.Date { return calendar.Of(s.now().In(zone)) }

func (s *Service) note(ctx context.Context, tx *store.Tx, who access.Identity, verb, id, place string, before, after any) error {
	subject, _, _ := strings.Cut(verb, ".")
	return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
		Verb: verb, Subject: subject, SubjectID: id, Place: place, Before: before, After: after})
}

// inPlan and inTask say which units see a plan or a task: those that take
// part in it.
const (
	inPlan = `p.state <> 'draft' AND EXISTS (SELECT 1 FROM assignment s WHERE s.plan_id = p.id AND s.state <> 'withdrawn' AND s.unit_id IN {units})`
	inTask = `EXISTS (SELECT 1 FROM assignment s WHERE s.task_id = t.id AND s.state <> 'withdrawn' AND s.unit_id IN {units})
		OR EXISTS (SELECT 1 FROM assignment s WHERE s.task_id = t.parent_id AND s.state <> 'withdrawn' AND s.unit_id IN {units})`
)

// planRow is what every change to a plan looks at first.
type planRow struct {
	Summary
	Blocks   store.JSON[[]Block] `db:"blocks"`
	Sheet    store.JSON[Sheet]   `db:"draft"`
	FileHash string              `db:"file_hash"`
}

const selectPlan = `
	SELECT p.id, p.place, p.number, p.title, p.sender, p.doc_no, p.issued, p.state, p.file_name,
	       p.created_at, p.published_at, p.version`

func (s *Service) plan(ctx context.Context, src store.Source, who access.Identity, id string) (planRow, error) {
	p, err := store.One[planRow](ctx, src, store.SQL(selectPlan+", p.blocks, p.draft, p.file_hash FROM plan p WHERE p.id = ?", id).
		In(who.Work(), "p.place", inPlan))
	if errors.Is(err, store.ErrNone) {
		return p, access.ErrMissing
	}
	return p, err
}

// managed returns a plan that the identity may change and that still has the
// given version (0: any).
func (s *Service) managed(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int, state string) (planRow, error) {
	p, err := s.plan(ctx, tx, who, id)
	switch {
	case err != nil:
		return p, err
	case !who.Has(p.Place, access.Clerk):
		return p, access.ErrDenied
	case version != 0 && p.Version != version:
		return p, access.ErrStale
	case state == Draft && p.State != Draft:
		return p, errNotDraft
	case state != p.State:
		return p, wrongState("plan", p.State)
	}
	return p, nil
}

// checkWords trims a text and refuses one that is empty or too long.
func checkWords(text string, limit int) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return text, errReason
	}
	return text, limitWords(text, limit)
}

func limitWords(text string, limit int) error {
	if utf8.RuneCountInString(text) > limit {
		return errTooLong.With("limit", limit)
	}
	return nil
}
