package flow

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/internal/kind"
)

// trial is a kind with every verb and mode: a draft that is submitted, a joint
// review in which all must agree, a check by one of two, an end that can be
// opened again.
var trial = Machine{&kind.Kind{ID: "trial", States: []kind.State{
	{ID: "draft", Who: &kind.Who{Entered: true}, May: kind.Verbs, Actions: []kind.Action{{ID: "submit", To: "review"}}},
	{ID: "review", Who: &kind.Who{At: "street"}, Mode: kind.All, May: kind.Verbs, Actions: []kind.Action{{ID: "agree", To: "check"}, {ID: "refuse", To: "draft"}, {ID: "drop", To: "dropped"}}},
	{ID: "check", Who: &kind.Who{At: "street"}, May: kind.Verbs, Actions: []kind.Action{{ID: "pass", To: "done"}, {ID: "again", To: "review"}}},
	{ID: "done", End: true, Actions: []kind.Action{{ID: "reopen", To: "check", Who: &kind.Who{Office: true}}}},
	{ID: "dropped", End: true},
}}}

var staff = []string{"a", "b", "c", "office"}

func actor(id string) Actor {
	return Actor{ID: id, Holds: func(h Holder) bool { return h.Unit == id || h.Role != "" && id == "office" }}
}

// holders of the trial: who drafts is a, a and b review and check.
func holders(s kind.State) ([]Holder, error) {
	if s.ID == "draft" {
		return []Holder{{Unit: "a"}}, nil
	}
	return []Holder{{Unit: "a"}, {Unit: "b"}}, nil
}

var clock = time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)

// A move is something that somebody tries.
type move struct {
	who  string
	verb string
	with string
	step int
}

func (m move) String() string { return fmt.Sprintf("%s %s %s %d", m.who, m.verb, m.with, m.step) }

// moves are everything that anybody could try, whether or not they may.
func moves(m Machine, l *Life) []move {
	var out []move
	for _, who := range staff {
		for _, s := range m.Kind.States {
			for _, a := range s.Actions {
				out = append(out, move{who: who, verb: "act", with: a.ID})
			}
		}
		for _, to := range []string{"a", "b", "c"} {
			for _, v := range []kind.Verb{kind.Transfer, kind.Delegate, kind.Add} {
				out = append(out, move{who: who, verb: string(v), with: to})
			}
		}
		for i := range l.Steps {
			out = append(out, move{who: who, verb: "return", step: i})
		}
		for _, v := range []string{"give back", "withdraw", "wait", "resume", "extend", "grant", "refuse"} {
			out = append(out, move{who: who, verb: v})
		}
	}
	return out
}

func (x move) do(m Machine, l Life) (Life, error) {
	who := actor(x.who)
	switch x.verb {
	case "act":
		next, _, err := m.Act(l, who, clock, x.with, func(w kind.Who) bool { return x.who == "office" }, holders)
		return next, err
	case "transfer", "delegate", "add":
		return m.Hand(l, who, clock, kind.Verb(x.verb), Holder{Unit: x.with})
	case "return":
		return m.Return(l, who, clock, x.step)
	case "give back":
		return m.GiveBack(l, who, clock)
	case "withdraw":
		return m.Withdraw(l, who, clock)
	case "wait":
		return m.Wait(l, who, clock)
	case "resume":
		return m.Resume(l, who, clock)
	case "extend":
		return m.Extend(l, who, clock, 3)
	}
	return m.Grant(l, who, x.verb == "grant")
}

func text(l Life) string {
	b, err := json.Marshal(l)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// try makes a move and checks what must hold whatever was tried: the life that
// it came from is what it was, what is refused changes nothing, what is done is
// added to what was, and the record is neither lost nor stuck nor in two places.
func try(t fatal, m Machine, l Life, x move) (Life, bool) {
	before := text(l)
	next, err := x.do(m, l)
	if text(l) != before {
		t.Fatalf("%s changed what was: %s", x, before)
	}
	if err != nil {
		if text(next) != before {
			t.Fatalf("%s was refused with %v and made %s of %s", x, err, text(next), before)
		}
		return l, false
	}
	if why := m.Check(&next); why != "" {
		t.Fatalf("%s: %s: %s", x, why, text(next))
	}
	if len(next.Steps) < len(l.Steps) || len(next.Steps) > len(l.Steps)+1 {
		t.Fatalf("%s made %d steps of %d", x, len(next.Steps), len(l.Steps))
	}
	for i := range l.Steps[:len(l.Steps)-1] {
		if a, b := l.Steps[i], next.Steps[i]; a.State != b.State || a.By != b.By || !slices.Equal(a.Turns, b.Turns) {
			t.Fatalf("%s changed step %d", x, i)
		}
	}
	return next, true
}

type fatal interface{ Fatalf(string, ...any) }

// end brings a life to its end by whoever can go on.
func end(t fatal, m Machine, l Life) {
	begin := text(l)
	for range 300 {
		s := m.state(&l)
		if s.End {
			return
		}
		var done bool
		for _, who := range staff {
			for _, x := range []move{{who: who, verb: "resume"}, {who: who, verb: "give back"}, {who: who, verb: "act", with: s.Actions[0].ID}} {
				if l, done = try(t, m, l, x); done {
					break
				}
			}
			if done {
				break
			}
		}
		if !done {
			t.Fatalf("nobody can go on from %s", text(l))
		}
	}
	t.Fatalf("no end from %s", begin)
}

func start(t fatal, m Machine) Life {
	to, err := holders(m.Kind.States[0])
	if err != nil {
		t.Fatalf("%v", err)
	}
	l, err := m.Start(actor("a"), clock, to)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return l
}

// Every order of everything that anybody may try, to a depth.
func TestEveryOrder(t *testing.T) {
	depth := 5
	if testing.Short() {
		depth = 4
	}
	seen := map[string]bool{}
	level := []Life{start(t, trial)}
	for range depth {
		var next []Life
		for _, l := range level {
			for _, x := range moves(trial, &l) {
				n, done := try(t, trial, l, x)
				if key := text(n); done && !seen[key] {
					seen[key] = true
					next = append(next, n)
				}
			}
		}
		level = next
		if len(level) > 20_000 { // the rest of the way by chance: see TestAnyOrder
			break
		}
	}
	for i, l := range level {
		if i%37 == 0 {
			end(t, trial, l)
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d lives", len(seen))
	}
	t.Logf("%d lives", len(seen))
}

// Long lives, by chance: after whatever was done the record can be ended.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := start(r, trial)
		for range rapid.IntRange(0, 60).Draw(r, "length") {
			all := moves(trial, &l)
			l, _ = try(r, trial, l, all[rapid.IntRange(0, len(all)-1).Draw(r, "move")])
		}
		end(r, trial, l)
	})
}

func (m Machine) path(t *testing.T, ms ...move) Life {
	t.Helper()
	l := start(t, m)
	for _, x := range ms {
		next, err := x.do(m, l)
		if err != nil {
			t.Fatalf("%s: %v", x, err)
		}
		l = next
	}
	return l
}

// What the verbs mean.
func TestVerbs(t *testing.T) {
	submit := move{who: "a", verb: "act", with: "submit"}
	for name, tt := range map[string]struct {
		moves []move
		last  move
		err   error
		state string
	}{
		"one of two agrees: it waits":                 {[]move{submit, {who: "a", verb: "act", with: "agree"}}, move{}, nil, "review"},
		"both agree":                                  {[]move{submit, {who: "a", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "agree"}}, move{}, nil, "check"},
		"one refuses: it goes back at once":           {[]move{submit, {who: "b", verb: "act", with: "refuse"}}, move{}, nil, "draft"},
		"nobody agrees twice":                         {[]move{submit, {who: "a", verb: "act", with: "agree"}}, move{who: "a", verb: "act", with: "agree"}, ErrTurn, "review"},
		"one of two is enough":                        {[]move{submit, {who: "a", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "pass"}}, move{}, nil, "done"},
		"who was not asked does not act":              {[]move{submit}, move{who: "c", verb: "act", with: "agree"}, ErrTurn, "review"},
		"an action of another state":                  {[]move{submit}, move{who: "a", verb: "act", with: "pass"}, ErrVerb, "review"},
		"transferred: the new one acts":               {[]move{submit, {who: "a", verb: "transfer", with: "c"}, {who: "c", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "agree"}}, move{}, nil, "check"},
		"transferred: the old one does not":           {[]move{submit, {who: "a", verb: "transfer", with: "c"}}, move{who: "a", verb: "act", with: "agree"}, ErrTurn, "review"},
		"delegated: who delegated waits":              {[]move{submit, {who: "a", verb: "delegate", with: "c"}}, move{who: "a", verb: "act", with: "agree"}, ErrTurn, "review"},
		"delegated: it is not the other's to decide":  {[]move{submit, {who: "a", verb: "delegate", with: "c"}}, move{who: "c", verb: "act", with: "agree"}, ErrTurn, "review"},
		"delegated and given back":                    {[]move{submit, {who: "a", verb: "delegate", with: "c"}, {who: "c", verb: "give back"}, {who: "a", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "agree"}}, move{}, nil, "check"},
		"nobody hands it to themselves":               {[]move{submit}, move{who: "a", verb: "add", with: "a"}, ErrSame, "review"},
		"nobody hands it back by handing it on":       {[]move{submit, {who: "a", verb: "add", with: "c"}}, move{who: "c", verb: "add", with: "a"}, ErrSame, "review"},
		"returned to the draft":                       {[]move{submit, {who: "a", verb: "return", step: 0}}, move{}, nil, "draft"},
		"returned to a step that it was not in":       {[]move{submit}, move{who: "a", verb: "return", step: 1}, ErrBack, "review"},
		"withdrawn by who submitted":                  {[]move{submit, {who: "a", verb: "withdraw"}}, move{}, nil, "draft"},
		"withdrawn by another":                        {[]move{submit}, move{who: "b", verb: "withdraw"}, ErrVerb, "review"},
		"withdrawn after somebody acted":              {[]move{submit, {who: "b", verb: "act", with: "agree"}}, move{who: "a", verb: "withdraw"}, ErrTooLate, "review"},
		"nothing is done while papers are waited for": {[]move{submit, {who: "a", verb: "wait"}}, move{who: "b", verb: "act", with: "agree"}, ErrPaused, "review"},
		"papers are there":                            {[]move{submit, {who: "a", verb: "wait"}, {who: "b", verb: "resume"}, {who: "b", verb: "act", with: "refuse"}}, move{}, nil, "draft"},
		"nobody grants themselves more time":          {[]move{submit, {who: "a", verb: "extend"}}, move{who: "a", verb: "grant"}, ErrExtend, "review"},
		"more time is asked for once":                 {[]move{submit, {who: "a", verb: "extend"}}, move{who: "b", verb: "extend"}, ErrExtend, "review"},
		"opened again by the office":                  {[]move{submit, {who: "a", verb: "act", with: "agree"}, {who: "b", verb: "act", with: "agree"}, {who: "a", verb: "act", with: "pass"}, {who: "office", verb: "act", with: "reopen"}}, move{}, nil, "check"},
		"not opened again by others":                  {[]move{submit, {who: "a", verb: "act", with: "drop"}}, move{who: "a", verb: "withdraw"}, ErrVerb, "dropped"},
	} {
		l := trial.path(t, tt.moves...)
		if tt.last.verb != "" {
			if _, err := tt.last.do(trial, l); err == nil || err.Error() != tt.err.Error() {
				t.Errorf("%s: %v, want %v", name, err, tt.err)
			}
		}
		if l.Now().State != tt.state {
			t.Errorf("%s: in %s, want %s", name, l.Now().State, tt.state)
		}
	}
}

// More time and waiting move both limits.
func TestTime(t *testing.T) {
	l := trial.path(t, move{who: "a", verb: "act", with: "submit"}, move{who: "a", verb: "extend"}, move{who: "office", verb: "grant"})
	if l.Extra != 3 || l.Now().Extra != 3 || l.Asked != nil {
		t.Errorf("%+v", l)
	}
	l, err := trial.Wait(l, actor("a"), clock)
	if err != nil || !l.Paused() {
		t.Fatal(err)
	}
	l, err = trial.Resume(l, actor("b"), clock.Add(48*time.Hour))
	if err != nil || l.Paused() || l.Waits[0] != (Wait{clock, clock.Add(48 * time.Hour)}) {
		t.Errorf("%v %v", l.Waits, err)
	}
}

// The days of limits: working days, without those on which it waited for papers
// or was in a state that stops the clock; what the law allows beside what was
// promised; yellow before red.
func TestDue(t *testing.T) {
	cal, err := calendar.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := func(day string) time.Time { d, _ := calendar.Parse(day); return d.Time().Add(2 * time.Hour) }
	m := Machine{&kind.Kind{Limit: &kind.Limit{Days: 10, Law: 20}, States: []kind.State{
		{ID: "a", Limit: &kind.Limit{Days: 5, Warn: 2}},
		{ID: "notice", Pause: true, Limit: &kind.Limit{Days: 7, Kind: "natural"}},
		{ID: "end", End: true},
	}}}
	one := func(state, day string) Life { return Life{Steps: []Step{{State: state, From: -1, At: at(day)}}} }
	for name, tt := range map[string]struct {
		life  Life
		today string
		step  string // due and light
		whole string // due, law and light
		_     bool
	}{
		// 2026-07-15 is a Wednesday; no holidays until October.
		"fresh":                 {one("a", "2026-07-15"), "2026-07-15", "2026-07-22 green", "2026-07-29 2026-08-12 green", false},
		"two days before":       {one("a", "2026-07-15"), "2026-07-20", "2026-07-22 yellow", "2026-07-29 2026-08-12 green", false},
		"on the last day":       {one("a", "2026-07-15"), "2026-07-22", "2026-07-22 yellow", "2026-07-29 2026-08-12 green", false},
		"late":                  {one("a", "2026-07-15"), "2026-07-23", "2026-07-22 red", "2026-07-29 2026-08-12 green", false},
		"over the National Day": {one("a", "2026-09-30"), "2026-09-30", "2026-10-13 green", "2026-10-20 2026-11-03 green", false},
		"extended":              {Life{Steps: []Step{{State: "a", From: -1, At: at("2026-07-15"), Extra: 3}}, Extra: 3}, "2026-07-15", "2026-07-27 green", "2026-08-03 2026-08-17 green", false},
		"waited over a weekend": {Life{Steps: one("a", "2026-07-15").Steps, Waits: []Wait{{at("2026-07-17"), at("2026-07-20")}}}, "2026-07-20",
			"2026-07-23 green", "2026-07-30 2026-08-13 green", false},
		"still waiting": {Life{Steps: one("a", "2026-07-15").Steps, Waits: []Wait{{From: at("2026-07-16")}}}, "2026-07-20", "2026-07-24 green", "2026-07-31 2026-08-14 green", false},
		"a notice does not count": {Life{Steps: []Step{{State: "a", From: -1, At: at("2026-07-15")}, {State: "notice", From: 0, At: at("2026-07-16")}, {State: "a", From: 1, At: at("2026-07-23")}}},
			"2026-07-23", "2026-07-30 green", "2026-08-05 2026-08-19 green", false},
		"closed in time": {Life{Steps: []Step{{State: "a", From: -1, At: at("2026-07-15")}, {State: "end", From: 0, At: at("2026-07-16")}}}, "2026-12-01", "", "2026-07-29 2026-08-12 green", true},
	} {
		today, _ := calendar.Parse(tt.today)
		d := m.Due(&tt.life, cal, today)
		got := ""
		if !d.Step.Due.IsZero() {
			got = fmt.Sprintf("%s %s", d.Step.Due, d.Step.Light)
		}
		whole := fmt.Sprintf("%s %s %s", d.Whole.Due, d.Whole.Law, d.Whole.Light)
		if got != tt.step || whole != tt.whole {
			t.Errorf("%s: %s and %s, want %s and %s", name, got, whole, tt.step, tt.whole)
		}
	}
}
