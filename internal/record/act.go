package record

import (
	"context"
	"slices"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/flow"
	"gewu/internal/kind"
	"gewu/internal/store"
)

// An Act is what somebody does with a record.
type Act struct {
	Version int `json:"-"` // of the record, as they saw it
	// Do is an action of the state, a verb of kind.Verbs, "give_back", "withdraw",
	// "resume", "grant" or "refuse".
	Do     string         `json:"do"`
	Values map[string]any `json:"values,omitempty" doc:"of the fields that an action asks for"`
	Note   string         `json:"note,omitempty" maxLength:"500"`
	Unit   string         `json:"unit,omitempty" doc:"to which it is handed"`
	Step   int            `json:"step,omitempty" doc:"to which it is returned"`
	Days   int            `json:"days,omitempty" doc:"that are asked for"`
}

// What can be done besides actions and the verbs of a state.
const (
	GiveBack = "give_back"
	Withdraw = "withdraw"
	Resume   = "resume"
	Grant    = "grant"
	Refuse   = "refuse"
)

// Do does something with a record.
func (s *Service) Do(ctx context.Context, who access.Identity, id string, a Act) (Record, error) {
	days, err := s.calendar(ctx)
	if err != nil {
		return Record{}, err
	}
	var out Record
	err = s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.one(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case r.Version != a.Version:
			return access.ErrStale
		}
		m, err := s.machine(ctx, tx, &r)
		if err != nil {
			return err
		}
		v, err := s.values(m.Kind, &r)
		if err != nil {
			return err
		}
		before := r.State
		if r.Life.V, err = s.act(ctx, tx, who, m, &r, v, a); err != nil {
			return err
		}
		r.State, r.Changed, r.Closed = r.Life.V.Now().State, store.At(s.now()), ""
		if now, _ := m.Kind.State(r.State); now.End {
			r.Closed = r.Changed
		}
		r.times(m, days, s.today())
		if err := s.set(m.Kind, &r, v); err != nil {
			return err
		}
		if err := s.save(ctx, tx, &r); err != nil {
			return err
		}
		out = r
		return s.note(ctx, tx, who, "record.act", &r, map[string]any{"do": a.Do, "from": before, "to": r.State, "note": a.Note, "fields": fieldsOf(a.Values)})
	})
	return out, err
}

// act makes the new life of a record; of an action it takes the values too.
func (s *Service) act(ctx context.Context, tx *store.Tx, who access.Identity, m flow.Machine, r *Record, v kind.Values, a Act) (flow.Life, error) {
	life, actor, now := r.Life.V, s.actor(who), s.now()
	if len(life.Steps) == 0 {
		return life, flow.ErrVerb
	}
	if _, err := reason(a.Note, a.Do == string(kind.Return) || a.Do == string(kind.Extend)); err != nil {
		return life, err
	}
	switch a.Do {
	case string(kind.Transfer), string(kind.Delegate), string(kind.Add):
		to, err := s.unit(ctx, tx, r, a.Unit)
		if err != nil {
			return life, err
		}
		return m.Hand(life, actor, now, kind.Verb(a.Do), to)
	case string(kind.Return):
		return m.Return(life, actor, now, a.Step)
	case string(kind.Extend):
		return m.Extend(life, actor, now, a.Days)
	case string(kind.Supplement):
		return m.Wait(life, actor, now)
	case GiveBack:
		return m.GiveBack(life, actor, now)
	case Withdraw:
		return m.Withdraw(life, actor, now)
	case Resume:
		return m.Resume(life, actor, now)
	case Grant, Refuse:
		if !who.Has(r.Place[:9], access.Leader, access.Clerk) {
			return life, access.ErrDenied
		}
		return m.Grant(life, actor, a.Do == Grant)
	}
	state, _ := m.Kind.State(r.State)
	action, ok := state.Action(a.Do)
	if !ok {
		return life, flow.ErrVerb
	}
	if _, err := reason(a.Note, action.Note); err != nil {
		return life, err
	}
	if !action.Offered(ctx, v, s.facts(r)) {
		return life, flow.ErrVerb
	}
	// A recheck is somebody else's, whichever unit they work for.
	if state.Who != nil && state.Who.NotActed != "" && slices.ContainsFunc(life.Steps, func(st flow.Step) bool {
		return st.State == state.Who.NotActed && slices.ContainsFunc(st.Turns, func(t flow.Turn) bool { return t.By == who.ID })
	}) {
		return life, errSame
	}
	for id := range a.Values {
		if !slices.Contains(action.Ask, id) {
			return life, Wrong{{Field: id, Code: "field_not_asked", Zh: "该步骤不填写这一项", En: "This step does not ask for it."}}
		}
	}
	if err := s.take(ctx, m.Kind, r, v, a.Values, action.Ask); err != nil {
		return life, err
	}
	next, _, err := m.Act(life, actor, now, a.Do, s.may(ctx, tx, who, r, v), func(to kind.State) ([]flow.Holder, error) {
		return s.holders(ctx, tx, r, &life, v, to.Who)
	})
	return next, err
}

// unit is a unit of the street, or above it, to which a record can be handed.
func (s *Service) unit(ctx context.Context, tx *store.Tx, r *Record, id string) (flow.Holder, error) {
	n, err := store.One[int](ctx, tx, store.SQL("SELECT count(*) FROM unit WHERE id = ? AND closed_at = '' AND (substr(place, 1, 9) = ? OR place = ?)",
		id, r.Place[:9], r.Place[:6]).Anywhere())
	if err == nil && n == 0 {
		err = errTo.With("field", "unit")
	}
	return flow.Holder{Unit: id}, err
}

// times writes down when a record is due.
func (r *Record) times(m flow.Machine, days *calendar.Calendar, today calendar.Date) {
	t := m.Due(&r.Life.V, days, today)
	r.StepDue, r.Due, r.LawDue = text(t.Step.Due), text(t.Whole.Due), text(t.Whole.Law)
}

func text(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (s *Service) save(ctx context.Context, tx *store.Tx, r *Record) error {
	r.Version++
	if _, err := tx.Exec(ctx, `UPDATE record SET title = ?, state = ?, changed_at = ?, closed_at = ?, step_due = ?, due = ?, law_due = ?, doc = ?, sealed = ?, wrapped = ?, life = ?, version = ?
		WHERE id = ?`, r.Title, r.State, r.Changed, r.Closed, r.StepDue, r.Due, r.LawDue, r.Doc, r.Sealed, r.Wrapped, r.Life, r.Version, r.ID); err != nil {
		return err
	}
	return s.turns(ctx, tx, r)
}

// turns writes down whose turn it is, for their lists, and who has had to do
// with the record.
func (s *Service) turns(ctx context.Context, tx *store.Tx, r *Record) error {
	if _, err := tx.Exec(ctx, "DELETE FROM record_turn WHERE record_id = ?", r.ID); err != nil {
		return err
	}
	units := []string{r.Unit}
	if len(r.Life.V.Steps) > 0 {
		for n, h := range r.Life.V.Open() {
			if _, err := tx.Exec(ctx, "INSERT INTO record_turn (record_id, n, unit_id, person_id, role, place, due) VALUES (?, ?, ?, ?, ?, ?, ?)",
				r.ID, n, h.Unit, h.Person, h.Role, h.Place, r.StepDue); err != nil {
				return err
			}
			units = append(units, h.Unit)
		}
	}
	for _, u := range units {
		if u == "" {
			continue
		}
		if _, err := tx.Exec(ctx, "INSERT INTO record_unit (unit_id, record_id) VALUES (?, ?) ON CONFLICT DO NOTHING", u, r.ID); err != nil {
			return err
		}
	}
	return nil
}
