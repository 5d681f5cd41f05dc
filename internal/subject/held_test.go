package subject

import (
	"errors"
	"testing"

	"gewu/internal/access"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// Who asks what is held on them is given all of it, whole, with where it came
// from and who was shown it; that it was taken out is written down; nobody from
// elsewhere has it, and no other request gives it.
func TestCopy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		id := h.person(t, who, street1+"001", "吴询", Values{"person.phone": "15400000001", "person.work_unit": "甲厂"})
		must(t, h.Change(ctx, who, id, 0, Edit{Values: Values{"person.phone": "15400000002"}, Source: "本人"}))
		_, err := h.Unmask(ctx, who, id, []string{"person.phone"}, "电话回访")
		must(t, err)
		ask := func(kind string) Request {
			q, err := h.Ask(ctx, who, id, Request{Kind: kind, Asker: "self", Asked: "2026-07-01"})
			must(t, err)
			return q
		}
		q := ask("show")
		c, err := h.CopyOf(ctx, who, q.ID)
		must(t, err)
		got := map[string]Held{}
		for _, x := range c.Held {
			got[x.Element] = x
		}
		if p := got["person.phone"]; p.Value != "15400000002" || p.Source != "本人" {
			t.Errorf("%+v", p)
		}
		if w := got["person.work_unit"]; w.Value != "甲厂" || w.Source != "测试" {
			t.Errorf("%+v", w)
		}
		if len(c.Looks) != 1 || c.Looks[0].After.V["purpose"] != "电话回访" {
			t.Errorf("%+v", c.Looks)
		}
		looks, err := h.Looks(ctx, who, id)
		must(t, err)
		if len(looks) != 2 || looks[0].Verb != "subject.export" {
			t.Errorf("the copy is not in the journal: %+v", looks)
		}
		if _, err := h.CopyOf(ctx, keeper("990102"), q.ID); !errors.Is(err, access.ErrMissing) {
			t.Errorf("given elsewhere: %v", err)
		}
		if _, err := h.CopyOf(ctx, who, ask("correct").ID); !errors.Is(err, errCopy) {
			t.Errorf("given for a request to correct: %v", err)
		}
		must(t, h.Answer(ctx, who, q.ID, 1, true, "已提供"))
		*h.clock = h.clock.AddDate(0, 0, 29)
		if _, err := h.CopyOf(ctx, who, q.ID); err != nil {
			t.Errorf("soon after the answer: %v", err)
		}
		*h.clock = h.clock.AddDate(0, 0, 2)
		if _, err := h.CopyOf(ctx, who, q.ID); !errors.Is(err, errCopy) {
			t.Errorf("long after the answer: %v", err)
		}
		no := ask("export")
		must(t, h.Answer(ctx, who, no.ID, 1, false, "非本人申请"))
		if _, err := h.CopyOf(ctx, who, no.ID); !errors.Is(err, errCopy) {
			t.Errorf("given though refused: %v", err)
		}
	})
}
