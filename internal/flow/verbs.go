package flow

import (
	"slices"
	"time"

	"gewu/internal/kind"
)

// Earlier are the steps, by number, to which a record can be returned: of each
// state that it has been through the last one, the latest first.
func (m Machine) Earlier(l *Life) []int {
	var out []int
	seen := map[string]bool{l.Now().State: true}
	for i := len(l.Steps) - 2; i >= 0; i-- {
		s, _ := m.Kind.State(l.Steps[i].State)
		if !seen[s.ID] && !s.End && len(l.Steps[i].Turns) > 0 {
			out = append(out, i)
		}
		seen[s.ID] = true
	}
	return out
}

// Return gives a record back to those who acted in an earlier step.
func (m Machine) Return(l Life, who Actor, at time.Time, step int) (Life, error) {
	n, err := m.begin(&l, who, kind.Return)
	switch {
	case err != nil:
		return l, err
	case l.Now().Turns[n-1].Of != 0:
		return l, ErrVerb // it is another's to return
	case !slices.Contains(m.Earlier(&l), step):
		return l, ErrBack
	}
	l = l.clone()
	l.Now().Turns[n-1].By, l.Now().Turns[n-1].Did, l.Now().Turns[n-1].At = who.ID, string(kind.Return), at
	l.enter(Step{State: l.Steps[step].State, Action: string(kind.Return), By: who.ID, At: at, Turns: turns(l.Steps[step].acted())})
	return l, nil
}

// acted are the holders of the step's own turns who acted in it, all of them
// where nobody did.
func (s *Step) acted() []Holder {
	var did, all []Holder
	for _, t := range s.Turns {
		if t.Of != 0 || t.Did == string(kind.Transfer) {
			continue
		}
		all = append(all, t.Holder)
		if t.Did != Void {
			did = append(did, t.Holder)
		}
	}
	if len(did) > 0 {
		return did
	}
	return all
}

// Withdraw takes the last step back, for who took it, as long as nobody has
// acted in the new one.
func (m Machine) Withdraw(l Life, who Actor, at time.Time) (Life, error) {
	now := l.Now()
	s := m.state(&l)
	switch {
	case s == nil || s.End || now.From < 0 || now.Action == "withdraw" || now.By != who.ID:
		return l, ErrVerb
	case l.Paused():
		return l, ErrPaused
	case len(now.Turns) == 0 || slices.ContainsFunc(now.Turns, func(t Turn) bool { return !t.open() || t.Of != 0 }):
		return l, ErrTooLate
	}
	before := &l.Steps[now.From]
	if b, _ := m.Kind.State(before.State); b.End || len(before.Turns) == 0 {
		return l, ErrVerb
	}
	l = l.clone()
	l.enter(Step{State: before.State, Action: "withdraw", By: who.ID, At: at, Turns: turns(before.acted())})
	return l, nil
}

// Wait lets the clock stand still until papers are there; Resume goes on.
func (m Machine) Wait(l Life, who Actor, at time.Time) (Life, error) {
	if _, err := m.begin(&l, who, kind.Supplement); err != nil {
		return l, err
	}
	l = l.clone()
	l.Waits = append(l.Waits, Wait{From: at})
	return l, nil
}

// Resume goes on after [Machine.Wait].
func (m Machine) Resume(l Life, who Actor, at time.Time) (Life, error) {
	switch {
	case !l.Paused():
		return l, ErrVerb
	case l.mine(who) == 0:
		return l, ErrTurn
	}
	l = l.clone()
	l.Waits[len(l.Waits)-1].To = at
	return l, nil
}

// Extend asks for more days.
func (m Machine) Extend(l Life, who Actor, at time.Time, days int) (Life, error) {
	if _, err := m.begin(&l, who, kind.Extend); err != nil {
		return l, err
	}
	if l.Asked != nil || days < 1 || days > 366 {
		return l, ErrExtend
	}
	l = l.clone()
	l.Asked = &Extension{days, who.ID, at}
	return l, nil
}

// Grant answers who asked for more days: the step and the whole get them.
func (m Machine) Grant(l Life, who Actor, yes bool) (Life, error) {
	if l.Asked == nil || l.Asked.By == who.ID {
		return l, ErrExtend
	}
	l = l.clone()
	if yes {
		l.Now().Extra += l.Asked.Days
		l.Extra += l.Asked.Days
	}
	l.Asked = nil
	return l, nil
}

// Open are the holders at whose turns somebody can act now, by the number of the
// turn.
func (l *Life) Open() map[int]Holder {
	out := map[int]Holder{}
	now := l.Now()
	for i := range now.Turns {
		if now.Turns[i].open() && !now.waits(i+1) {
			out[i+1] = now.Turns[i].Holder
		}
	}
	return out
}

// Verbs are what somebody may do now besides the actions of the state: the
// verbs that it allows, "give_back", "withdraw" and "resume".
func (m Machine) Verbs(l *Life, who Actor) []string {
	var out []string
	at := time.Time{} // nothing is done, so it does not matter when
	if n := l.mine(who); n > 0 && !l.Paused() {
		for _, v := range m.state(l).May {
			if l.Now().Turns[n-1].Of == 0 || v != kind.Return {
				out = append(out, string(v))
			}
		}
	}
	for name, do := range map[string]func(Life, Actor, time.Time) (Life, error){"give_back": m.GiveBack, "resume": m.Resume, "withdraw": m.Withdraw} {
		if _, err := do(*l, who, at); err == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
