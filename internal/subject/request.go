package subject

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// answerDays is within how many days a request of somebody about their own
// data is answered where no law says otherwise (GB/T 35273-2020, 8.7).
const answerDays = 30

var (
	errAsk    = fault.New(fault.Invalid, "request_wrong", "请选择申请事项和申请人身份，并填写不晚于今天的申请日期", "Choose what is asked for and by whom, and a day of asking that is not later than today.")
	errAnswer = fault.New(fault.Invalid, "request_answer", "请填写答复内容；不予办理的，写明理由（500 字以内）", "Fill in the answer, with the reason where the request is refused (500 characters at most).")
	errDone   = fault.New(fault.Conflict, "request_done_already", "该申请已经办结", "This request has been answered already.")
)

// A Request is what somebody asks about the data that is held on them:
// articles 44 to 49 of the 个人信息保护法.
type Request struct {
	ID      string       `db:"id" json:"id"`
	Subject string       `db:"subject_id" json:"subject"`
	Name    string       `db:"name" json:"name"`
	Place   string       `db:"place" json:"place"`
	Kind    string       `db:"kind" json:"kind" enum:"show,correct,export,erase"`
	Asker   string       `db:"asker" json:"asker" enum:"self,guardian,agent,kin"`
	Words   string       `db:"words" json:"words"`
	Asked   string       `db:"asked_on" json:"asked"`
	Due     string       `db:"due_on" json:"due"`
	State   string       `db:"state" json:"state" enum:"open,done,refused"`
	Answer  string       `db:"answer" json:"answer"`
	MadeBy  string       `db:"made_by" json:"made_by"`
	DoneBy  string       `db:"done_by" json:"done_by"`
	DoneAt  store.Moment `db:"done_at" json:"done_at"`
	Version int          `db:"version" json:"version"`
}

// Ask enters a request; its time begins to run.
func (s *Service) Ask(ctx context.Context, who access.Identity, id string, q Request) (Request, error) {
	on, err := calendar.Parse(q.Asked)
	kinds, askers := []string{"show", "correct", "export", "erase"}, []string{"self", "guardian", "agent", "kin"}
	if err != nil || on.After(s.today()) || !slices.Contains(kinds, q.Kind) || !slices.Contains(askers, q.Asker) || utf8.RuneCountInString(q.Words) > 500 {
		return q, errAsk
	}
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.one(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case r.Gone != "" && r.Gone != "left": // who has moved away may ask all the more
			return errGone
		}
		q = Request{ID: store.NewID(), Subject: r.ID, Name: r.Name, Place: r.Place, Kind: q.Kind, Asker: q.Asker, Words: strings.TrimSpace(q.Words),
			Asked: on.String(), Due: on.Add(answerDays).String(), State: "open", MadeBy: who.Name, Version: 1}
		if _, err := tx.Exec(ctx, `
			INSERT INTO subject_request (id, subject_id, place, kind, asker, words, asked_on, due_on, state, answer, made_by, done_by, done_at, version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', '', ?, '', '', 1)`,
			q.ID, q.Subject, q.Place, q.Kind, q.Asker, q.Words, q.Asked, q.Due, q.MadeBy); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "subject.ask", &r, map[string]any{"request": q.ID, "kind": q.Kind, "due": q.Due})
	})
	return q, err
}

const selectRequest = `
	SELECT q.id, q.subject_id, s.name, q.place, q.kind, q.asker, q.words, q.asked_on, q.due_on, q.state, q.answer, q.made_by, q.done_by, q.done_at, q.version
	FROM subject_request q JOIN subject s ON s.id = q.subject_id`

// Requests returns the requests of a state in what somebody keeps, at most
// 200: open ones the most urgent first, then answered ones the latest first;
// with a subject, all of that subject.
func (s *Service) Requests(ctx context.Context, who access.Identity, state, subject string) ([]Request, error) {
	return store.All[Request](ctx, s.db, store.SQL(selectRequest+" WHERE 1 = 1").
		If(state != "", " AND q.state = ?", state).If(subject != "", " AND q.subject_id = ?", subject).
		In(scope(who), "s.place", "").Add(" ORDER BY CASE WHEN q.state = 'open' THEN 0 ELSE 1 END, q.done_at DESC, q.due_on, q.id LIMIT 200"))
}

// Answer closes a request: done, or refused with the reason that the law
// demands. A request to be erased that is done erases.
func (s *Service) Answer(ctx context.Context, who access.Identity, id string, version int, done bool, words string) error {
	words = strings.TrimSpace(words)
	if n := utf8.RuneCountInString(words); n == 0 || n > 500 {
		return errAnswer
	}
	var erase string
	err := s.db.Tx(ctx, func(tx *store.Tx) error {
		erase = ""
		q, err := store.One[Request](ctx, tx, store.SQL(selectRequest+" WHERE q.id = ?", id).In(scope(who), "s.place", ""))
		switch {
		case errors.Is(err, store.ErrNone):
			return access.ErrMissing
		case err != nil:
			return err
		case q.State != "open":
			return errDone
		case q.Version != version:
			return access.ErrStale
		}
		state := "refused"
		if done {
			state = "done"
			if q.Kind == "erase" {
				r, err := s.survivor(ctx, tx, q.Subject)
				if err != nil {
					return err
				}
				if r.Gone != "erased" {
					erase = r.ID
				}
			}
		}
		if _, err := tx.Exec(ctx, "UPDATE subject_request SET state = ?, answer = ?, done_by = ?, done_at = ?, version = version + 1 WHERE id = ?",
			state, words, who.Name, store.Time(s.now()), id); err != nil {
			return err
		}
		if erase != "" {
			if err := s.erase(ctx, tx, who, erase, 0, "request "+q.ID); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "subject.answer", Subject: "subject", SubjectID: q.Subject, Place: q.Place, After: map[string]any{"request": q.ID, "state": state}})
	})
	return err
}

// A Digest tells how often the same masked data was shown or taken out on a
// day, by whom and what for. It names no person whose data it was.
type Digest struct {
	Actor    string       `db:"actor" json:"actor"`
	Verb     string       `db:"verb" json:"what" enum:"subject.unmask,subject.export"`
	Purpose  string       `json:"purpose"`
	Count    int          `db:"times" json:"count" doc:"times; what is taken out counts once for each subject"`
	People   int          `db:"people" json:"people" doc:"subjects, each counted once"`
	Elements []string     `json:"elements" nullable:"false" doc:"what was shown or taken out"`
	Last     store.Moment `db:"last" json:"last"`
}

// DigestOf returns the digest of a day, for leaders and auditors of the places.
func (s *Service) DigestOf(ctx context.Context, who access.Identity, day string) ([]Digest, error) {
	d, err := calendar.Parse(day)
	if err != nil {
		return nil, errDay
	}
	y, m, n := d.Date()
	from := time.Date(y, m, n, 0, 0, 0, 0, zone)
	type line struct {
		Digest
		After store.JSON[map[string]any] `db:"after_doc"`
	}
	// What was shown for one purpose is noted in the same words.
	rows, err := store.All[line](ctx, s.db, store.SQL(`
		SELECT actor, verb, after_doc, count(*) AS times, count(DISTINCT subject_id) AS people, max(at) AS last FROM event
		WHERE verb IN ('subject.unmask', 'subject.export') AND at >= ? AND at < ?`, store.Time(from), store.Time(from.AddDate(0, 0, 1))).
		In(store.Scope{Places: who.Places(access.Leader, access.Auditor)}, "place", "").Add(" GROUP BY actor_id, actor, verb, after_doc ORDER BY min(id) LIMIT 2000"))
	if err != nil {
		return nil, err
	}
	out := make([]Digest, len(rows))
	for i, r := range rows {
		out[i] = r.Digest
		out[i].Purpose, _ = r.After.V["purpose"].(string)
		out[i].Elements = []string{}
		names, _ := r.After.V["elements"].([]any)
		for _, n := range names {
			if name, ok := n.(string); ok {
				out[i].Elements = append(out[i].Elements, name)
			}
		}
	}
	return out, nil
}
