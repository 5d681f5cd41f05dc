package kind

import (
	"fmt"
	"slices"

	"gewu/expr"
)

// states checks the life of a record as a whole.
func (c *checker) states() {
	seen := map[string]bool{}
	for i := range c.States {
		s, at := &c.States[i], fmt.Sprintf("states[%d]", i)
		if !names.MatchString(s.ID) {
			c.add("kind_id", at+".id", s.ID)
		}
		if seen[s.ID] {
			c.add("kind_twice", at+".id", s.ID)
		}
		seen[s.ID] = true
		c.text(at+".name", s.Name)
		c.state(s, at)
	}
	if len(c.States) > 0 && !slices.ContainsFunc(c.problems, func(p Problem) bool { return p.Code == "kind_state" }) {
		c.reach()
	}
}

func (c *checker) state(s *State, at string) {
	if s.Mode != "" && s.Mode != Any && s.Mode != All {
		c.add("kind_mode", at+".mode", string(s.Mode))
	}
	if s.Who != nil {
		c.who(s.Who, at+".who")
	}
	if s.Limit != nil {
		c.limit(s.Limit, at+".limit")
	}
	if s.End && (s.Who != nil || s.Limit != nil || s.Pause || len(s.May) > 0) {
		c.add("kind_end", at, s.ID)
	}
	for n, v := range s.May {
		if !slices.Contains(Verbs, v) {
			c.add("kind_may", fmt.Sprintf("%s.may[%d]", at, n), string(v))
		}
	}
	seen := map[string]bool{}
	for n := range s.Actions {
		a, in := &s.Actions[n], fmt.Sprintf("%s.actions[%d]", at, n)
		if !names.MatchString(a.ID) {
			c.add("kind_id", in+".id", a.ID)
		}
		if seen[a.ID] {
			c.add("kind_twice", in+".id", a.ID)
		}
		seen[a.ID] = true
		c.text(in+".name", a.Name)
		if _, ok := c.State(a.To); !ok {
			c.add("kind_state", in+".to", a.To)
		}
		if a.Who != nil {
			c.who(a.Who, in+".who")
		} else if s.Who == nil {
			c.add("kind_nobody", in, a.ID)
		}
		for m, id := range a.Ask {
			ask := fmt.Sprintf("%s.ask[%d]", in, m)
			switch f, ok := c.Field(id); {
			case !ok:
				c.add("kind_field", ask, id)
			case f.Compute != "":
				c.add("kind_computed", ask, id)
			}
		}
		a.when = c.compile(c.env(c.Fields, false), a.When, in+".when", expr.Boolean)
	}
}

// who checks that a rule says one thing, and that what it refers to is there.
func (c *checker) who(w *Who, at string) {
	said := 0
	for _, yes := range []bool{w.At != "", w.Duty != "", w.Field != "", w.Entered, w.Acted != "", w.Office, w.Leader} {
		if yes {
			said++
		}
	}
	if said != 1 {
		c.add("kind_who", at, "")
	}
	if w.At != "" && !slices.Contains(levels, w.At) {
		c.add("kind_level", at+".at", w.At)
	}
	if w.Duty != "" {
		if f, ok := c.Field(w.Duty); !ok {
			c.add("kind_field", at+".duty", w.Duty)
		} else if f.Type != One {
			c.add("kind_field_type", at+".duty", w.Duty)
		}
	}
	if w.Field != "" {
		if f, ok := c.Field(w.Field); !ok {
			c.add("kind_field", at+".field", w.Field)
		} else if f.Type != Unit && !slices.ContainsFunc(f.Fields, func(x Field) bool { return x.Type == Unit }) {
			c.add("kind_field_type", at+".field", w.Field)
		}
	}
	for name, id := range map[string]string{"acted": w.Acted, "not_acted": w.NotActed} {
		if _, ok := c.State(id); id != "" && !ok {
			c.add("kind_state", at+"."+name, id)
		}
	}
	if w.Else != nil {
		c.who(w.Else, at+".else")
	}
}

func (c *checker) limit(l *Limit, at string) {
	if l.Days < 1 || l.Law != 0 && l.Law < l.Days || l.Warn < 0 || l.Warn >= l.Days && l.Warn > 0 || !slices.Contains([]string{"", "working", "natural"}, l.Kind) {
		c.add("kind_limit", at, "")
	}
}

// reach finds states that nothing leads to, and those from which no end can be
// reached where the kind has one.
func (c *checker) reach() {
	next := map[string][]string{}
	before := map[string][]string{}
	var ends []string
	for _, s := range c.States {
		if s.End {
			ends = append(ends, s.ID)
		}
		for _, a := range s.Actions {
			next[s.ID] = append(next[s.ID], a.To)
			before[a.To] = append(before[a.To], s.ID)
		}
	}
	from := spread([]string{c.States[0].ID}, next)
	to := spread(ends, before)
	for i, s := range c.States {
		at := fmt.Sprintf("states[%d]", i)
		switch {
		case !from[s.ID]:
			c.add("kind_unreachable", at, s.ID)
		case len(ends) > 0 && !to[s.ID]:
			c.add("kind_stuck", at, s.ID)
		}
	}
}

func spread(from []string, next map[string][]string) map[string]bool {
	seen := map[string]bool{}
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if !seen[id] {
			seen[id] = true
			from = append(from, next[id]...)
		}
	}
	return seen
}
