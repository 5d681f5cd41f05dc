package subject

import (
	"errors"
	"slices"
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
		flat, err := h.Create(ctx, who, Entry{Kind: Dwelling, Place: street1 + "001", Values: Values{"dwelling.room_number": "1", "dwelling.address": "样本路1号", "dwelling.owner_phone": "15400000099"}})
		must(t, err)
		id := h.person(t, who, street1+"001", "吴询", Values{"person.phone": "15400000001", "person.work_unit": "甲厂", "dwelling": flat})
		must(t, h.Change(ctx, who, id, 0, Edit{Values: Values{"person.phone": "15400000002"}, Source: "本人"}))
		_, err = h.Unmask(ctx, who, id, []string{"person.phone"}, "电话回访")
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
		if _, others := got["dwelling.owner_phone"]; others || got["person.current_address"].Value != "样本路1号" {
			t.Errorf("%+v", got)
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
		must(t, h.Leave(ctx, who, id, 0, "2026-08-01", "迁出")) // who has moved away may ask
		no := ask("export")
		must(t, h.Answer(ctx, who, no.ID, 1, false, "非本人申请"))
		if _, err := h.CopyOf(ctx, who, no.ID); !errors.Is(err, errCopy) {
			t.Errorf("given though refused: %v", err)
		}
	})
}

// After erasing there is nothing to give, and open requests come by their
// limits, answered ones the latest first.
func TestRequestsInOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		ctx, who := t.Context(), keeper(street1)
		id := h.person(t, who, street1+"001", "吴询", nil)
		var ids []string
		for _, day := range []string{"2026-07-03", "2026-07-01", "2026-07-02", "2026-07-04"} {
			q, err := h.Ask(ctx, who, id, Request{Kind: "show", Asker: "self", Asked: day})
			must(t, err)
			ids = append(ids, q.ID)
		}
		must(t, h.Answer(ctx, who, ids[1], 1, true, "已提供"))
		must(t, h.Answer(ctx, who, ids[3], 1, true, "已提供"))
		l, err := h.Requests(ctx, who, "", id)
		must(t, err)
		var got []string
		for _, q := range l {
			got = append(got, q.ID)
		}
		if want := []string{ids[2], ids[0], ids[3], ids[1]}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		must(t, h.Erase(ctx, who, id, 0, "本人申请"))
		if _, err := h.CopyOf(ctx, who, ids[0]); !errors.Is(err, access.ErrMissing) {
			t.Errorf("given after it was erased: %v", err)
		}
	})
}
