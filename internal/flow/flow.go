// Package flow leads a record through its life: whose turn it is, what they
// may do, and what becomes of it. It is a model without a database: a life and
// a verb make a new life. A life only grows, so that all that was done can be
// read from it.
//
// A step begins when a state is entered and has a turn for each unit that has
// to act in it. Somebody may let another act in their place (transfer), or ask
// another first (delegate, add): their own turn waits then until the other has
// given it back. So whoever holds an open turn that does not wait can go on,
// and there always is somebody.
package flow

import (
	"slices"
	"strconv"
	"time"

	"gewu/internal/fault"
	"gewu/internal/kind"
)

var (
	ErrTurn    = fault.New(fault.Conflict, "flow_turn", "现在不该您办理，或已有他人办理，请刷新后查看", "It is not your turn, or somebody else has acted. Reload to see how it stands.")
	ErrVerb    = fault.New(fault.Conflict, "flow_verb", "当前环节不能这样办理，请刷新后查看", "This cannot be done in the present step. Reload to see how it stands.")
	ErrPaused  = fault.New(fault.Conflict, "flow_paused", "正在等待补正材料，补正完成后才能继续办理", "It waits for papers. It goes on when they are there.")
	ErrNobody  = fault.New(fault.Conflict, "flow_nobody", "没有找到下一环节的办理单位，请先在“职责分工”中指定，或转给其他单位", "Nobody was found for the next step. Say first who is responsible, or give it to another unit.")
	ErrSame    = fault.New(fault.Invalid, "flow_same", "请选择本人、本单位以外的办理人", "Choose somebody else.")
	ErrDeep    = fault.New(fault.Conflict, "flow_deep", "已多次转交，请直接办理或退回", "It has been handed on too often. Act, or return it.")
	ErrBack    = fault.New(fault.Invalid, "flow_back", "只能退回到本次办理经过的环节", "It can be returned to a step that it has been through.")
	ErrExtend  = fault.New(fault.Conflict, "flow_extend", "已有待批的延期申请，或该申请已有结果", "An extension has been asked for already, or was answered.")
	ErrTooLate = fault.New(fault.Conflict, "flow_withdraw", "下一环节已经办理，不能撤回", "The next step has been acted on, so it cannot be taken back.")
)

// A Holder is who has a turn: somebody of a unit, one person of it, or whoever
// has a role for a place.
type Holder struct {
	Unit   string `json:"unit,omitempty"`
	Person string `json:"person,omitempty"`
	Role   string `json:"role,omitempty"`
	Place  string `json:"place,omitempty"`
}

// An Actor is who acts.
type Actor struct {
	ID    string
	Holds func(Holder) bool // whether a turn of the holder is theirs
}

// A Turn is that somebody has to act in a step.
type Turn struct {
	Holder
	Of   int       `json:"of,omitempty"`   // number of the turn, from 1, that waits for this one; 0 for one of the step's own
	Verb kind.Verb `json:"verb,omitempty"` // delegate or add, where it is another's
	By   string    `json:"by,omitempty"`   // who acted, "" as long as it is open
	Did  string    `json:"did,omitempty"`  // action, "given back", or "void" where the step ended without it
	At   time.Time `json:"at,omitzero"`
}

// What becomes of a turn besides the action that was taken.
const (
	GivenBack = "given back"
	Void      = "void"
)

func (t *Turn) open() bool { return t.Did == "" }

// A Step is the stay of a record in a state.
type Step struct {
	State  string    `json:"state"`
	Action string    `json:"action"` // that led here: an action of a state, return or withdraw, "" for the first
	By     string    `json:"by"`
	From   int       `json:"from"` // the step before, -1 for the first
	At     time.Time `json:"at"`
	Turns  []Turn    `json:"turns"`
	Extra  int       `json:"extra,omitempty"` // days by which its limit was extended
}

// A Wait is a time during which the clock stood still.
type Wait struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"` // zero as long as it lasts
}

// An Extension is more time that somebody asks for.
type Extension struct {
	Days int       `json:"days"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// A Life is what has become of a record so far.
type Life struct {
	Steps []Step     `json:"steps"`
	Extra int        `json:"extra,omitempty"` // days by which the limit of the whole was extended
	Asked *Extension `json:"asked,omitempty"` // and not answered yet
	Waits []Wait     `json:"waits,omitempty"` // for papers
}

// Paused tells whether it waits for papers.
func (l *Life) Paused() bool { return len(l.Waits) > 0 && l.Waits[len(l.Waits)-1].To.IsZero() }

// Now is the present step.
func (l *Life) Now() *Step { return &l.Steps[len(l.Steps)-1] }

// A Machine leads the records of a kind.
type Machine struct{ Kind *kind.Kind }

// deepest is how often a turn may be handed on.
const deepest = 5

func (m Machine) state(l *Life) *kind.State {
	s, _ := m.Kind.State(l.Now().State)
	return s
}

func turns(holders []Holder) []Turn {
	out := make([]Turn, 0, len(holders))
	for _, h := range holders {
		if !slices.ContainsFunc(out, func(t Turn) bool { return t.Holder == h }) {
			out = append(out, Turn{Holder: h})
		}
	}
	return out
}

// Start begins a life in the first state of the kind.
func (m Machine) Start(who Actor, at time.Time, holders []Holder) (Life, error) {
	if len(m.Kind.States) == 0 {
		return Life{}, nil
	}
	l := Life{Steps: []Step{{State: m.Kind.States[0].ID, By: who.ID, From: -1, At: at, Turns: turns(holders)}}}
	if !m.Kind.States[0].End && m.Kind.States[0].Who != nil && len(holders) == 0 {
		return l, ErrNobody
	}
	return l, nil
}

// clone lets a life be changed without the one that it came from.
func (l Life) clone() Life {
	l.Steps, l.Waits = slices.Clone(l.Steps), slices.Clone(l.Waits)
	for i := range l.Steps {
		l.Steps[i].Turns = slices.Clone(l.Steps[i].Turns)
	}
	if l.Asked != nil {
		asked := *l.Asked
		l.Asked = &asked
	}
	return l
}

// mine is the number of the turn, from 1, at which somebody can act now: an open
// one of theirs that waits for nobody; 0 if they have none.
func (l *Life) mine(who Actor) int {
	now := l.Now()
	for i := range now.Turns {
		if t := &now.Turns[i]; t.open() && who.Holds(t.Holder) && !now.waits(i+1) {
			return i + 1
		}
	}
	return 0
}

// waits tells whether a turn waits for another.
func (s *Step) waits(n int) bool {
	return slices.ContainsFunc(s.Turns, func(t Turn) bool { return t.Of == n && t.open() })
}

// Actions are the actions that somebody may take now, as far as turns say.
func (m Machine) Actions(l *Life, who Actor, may func(kind.Who) bool) []kind.Action {
	s := m.state(l)
	if s == nil || l.Paused() {
		return nil
	}
	n := l.mine(who)
	var out []kind.Action
	for _, a := range s.Actions {
		if a.Who != nil && may(*a.Who) || a.Who == nil && n > 0 && l.Now().Turns[n-1].Of == 0 {
			out = append(out, a)
		}
	}
	return out
}

// Act takes an action. Where all must agree, the first action of the state is
// agreement and waits for the others; any other one takes effect at once. Moved
// tells whether the record is in another step now.
func (m Machine) Act(l Life, who Actor, at time.Time, action string, may func(kind.Who) bool, holders func(kind.State) ([]Holder, error)) (_ Life, moved bool, err error) {
	s := m.state(&l)
	if l.Paused() {
		return l, false, ErrPaused
	}
	i := slices.IndexFunc(m.Actions(&l, who, may), func(a kind.Action) bool { return a.ID == action })
	if i < 0 {
		if _, known := s.Action(action); !known {
			return l, false, ErrVerb
		}
		return l, false, ErrTurn
	}
	a, _ := s.Action(action)
	l = l.clone()
	if a.Who == nil {
		t := &l.Now().Turns[l.mine(who)-1]
		t.By, t.Did, t.At = who.ID, action, at
	}
	if s.Mode == kind.All && a.Who == nil && action == s.Actions[0].ID &&
		slices.ContainsFunc(l.Now().Turns, func(t Turn) bool { return t.Of == 0 && t.open() }) {
		return l, false, nil
	}
	next, _ := m.Kind.State(a.To)
	var to []Holder
	if next.Who != nil {
		if to, err = holders(*next); err != nil {
			return l, false, err
		}
		if len(to) == 0 {
			return l, false, ErrNobody
		}
	}
	l.enter(Step{State: a.To, Action: action, By: who.ID, At: at, Turns: turns(to)})
	return l, true, nil
}

// enter ends the present step and begins another.
func (l *Life) enter(s Step) {
	now := l.Now()
	for i := range now.Turns {
		if t := &now.Turns[i]; t.open() {
			t.Did, t.At = Void, s.At
		}
	}
	s.From = len(l.Steps) - 1
	l.Asked = nil
	l.Steps = append(l.Steps, s)
}

// begin checks that somebody may use a verb now and returns their turn.
func (m Machine) begin(l *Life, who Actor, v kind.Verb) (int, error) {
	s := m.state(l)
	n := l.mine(who)
	switch {
	case s == nil || !slices.Contains(s.May, v):
		return 0, ErrVerb
	case l.Paused():
		return 0, ErrPaused
	case n == 0:
		return 0, ErrTurn
	}
	return n, nil
}

// Hand lets another act: in their place with [kind.Transfer], before them with
// [kind.Delegate] and [kind.Add].
func (m Machine) Hand(l Life, who Actor, at time.Time, v kind.Verb, to Holder) (Life, error) {
	n, err := m.begin(&l, who, v)
	if err != nil {
		return l, err
	}
	now := l.Now()
	// Nobody waits for themselves, whoever is between.
	for up := n; up > 0; up = now.Turns[up-1].Of {
		if now.Turns[up-1].Holder == to {
			return l, ErrSame
		}
	}
	if len(now.Turns) >= 50 || now.depth(n) >= deepest {
		return l, ErrDeep
	}
	l = l.clone()
	now = l.Now()
	if v != kind.Transfer {
		now.Turns = append(now.Turns, Turn{Holder: to, Of: n, Verb: v})
		return l, nil
	}
	old := now.Turns[n-1]
	now.Turns[n-1].By, now.Turns[n-1].Did, now.Turns[n-1].At = who.ID, string(kind.Transfer), at
	now.Turns = append(now.Turns, Turn{Holder: to, Of: old.Of, Verb: old.Verb})
	return l, nil
}

func (s *Step) depth(n int) int {
	d := 0
	for ; n > 0; n = s.Turns[n-1].Of {
		d++
	}
	return d
}

// GiveBack ends a turn that was delegated or added, so that the one which waits
// for it goes on.
func (m Machine) GiveBack(l Life, who Actor, at time.Time) (Life, error) {
	n := l.mine(who)
	switch {
	case l.Paused():
		return l, ErrPaused
	case n == 0:
		return l, ErrTurn
	case l.Now().Turns[n-1].Of == 0:
		return l, ErrVerb
	}
	l = l.clone()
	t := &l.Now().Turns[n-1]
	t.By, t.Did, t.At = who.ID, GivenBack, at
	return l, nil
}

// Check returns what is wrong with a life, "" if nothing is: it is for tests,
// and for reading a life that was stored.
func (m Machine) Check(l *Life) string {
	if len(m.Kind.States) == 0 {
		return ""
	}
	if len(l.Steps) == 0 {
		return "no step"
	}
	for i := range l.Steps {
		s, ok := m.Kind.State(l.Steps[i].State)
		switch {
		case !ok:
			return "no such state: " + l.Steps[i].State
		case l.Steps[i].From != i-1:
			return "a step does not follow from the one before: " + strconv.Itoa(i)
		}
		free := 0
		for n, t := range l.Steps[i].Turns {
			if t.open() && !l.Steps[i].waits(n+1) {
				free++
			}
			if t.Of > n {
				return "a turn waits for an earlier one"
			}
		}
		last := i == len(l.Steps)-1
		switch {
		case !last && free > 0:
			return "a turn of a step that has ended is open"
		case last && !s.End && s.Who != nil && free == 0:
			return "nobody can act"
		case last && s.End && free > 0:
			return "somebody's turn it is though it is closed"
		}
	}
	return ""
}
