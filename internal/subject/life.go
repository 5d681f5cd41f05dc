package subject

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gewu/calendar"
	"gewu/internal/access"
	"gewu/internal/fault"
	"gewu/internal/seal"
	"gewu/internal/store"
)

var (
	errDay   = fault.New(fault.Invalid, "subject_day", "请填写日期，且不晚于今天", "Fill in the day; it must not be later than today.")
	errMerge = fault.New(fault.Invalid, "subject_merge", "只能合并两条同类、现存的记录，请重新选择", "Only two records of one kind that both still exist can be merged. Choose again.")
	errTwo   = fault.New(fault.Conflict, "subject_two", "两条记录的证件号码、信用代码或号牌不同，不是同一个；如有误请先更正", "The two have different numbers, so they are not the same. If one is wrong, correct it first.")
	errBack  = fault.New(fault.Conflict, "subject_back", "该记录没有办理过迁出或注销，不能撤销", "This record has not left, so that cannot be taken back.")
	errApart = fault.New(fault.Conflict, "subject_apart", "该记录没有合并过，或合并后的记录已不存在，不能拆开", "This record was not merged, or the one that it was merged into is gone: it cannot be taken apart.")
)

const (
	untilElement = "subject.until"
	mergeElement = "subject.merged_into"
	movedElement = "subject.taken_over"

	mergeSource = "合并重复记录"
)

// Leave records that a subject is not there any more from a day on: moved
// away, died, demolished, closed down. A household leaves with its members.
func (s *Service) Leave(ctx context.Context, who access.Identity, id string, version int, day, source string) error {
	d, err := calendar.Parse(day)
	if err != nil || d.After(s.today()) {
		return errDay.With("field", "day")
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.mine(ctx, tx, who, id, version)
		if err != nil {
			return err
		}
		if err := s.leave(ctx, tx, who, &r, d, source); err != nil || r.Kind != Household {
			return err
		}
		members, err := s.membersOf(ctx, tx, who, r.ID)
		if err != nil {
			return err
		}
		for i := range members {
			if err := s.leave(ctx, tx, who, &members[i], d, source); err != nil {
				return err
			}
		}
		return nil
	})
}

// membersOf are the people of a household whom somebody keeps.
func (s *Service) membersOf(ctx context.Context, tx *store.Tx, who access.Identity, household string) ([]row, error) {
	return store.All[row](ctx, tx, store.SQL("SELECT "+columns+" FROM subject s WHERE s.household_id <> '' AND s.household_id = ? AND s.kind = 'person' AND s.gone = ''", household).
		In(scope(who), "s.place", "").Add(" ORDER BY s.seq"))
}

func (s *Service) leave(ctx context.Context, tx *store.Tx, who access.Identity, r *row, d calendar.Date, source string) error {
	if err := r.since(d.String()); err != nil {
		return err
	}
	// Who moved on a later day was still there.
	if err := s.isLatest(ctx, tx, r, d.String(), isLink); err != nil {
		return err
	}
	r.Until, r.Gone = d.String(), "left"
	if err := s.save(ctx, tx, r, nil); err != nil {
		return err
	}
	if err := s.setDue(ctx, tx, r, d); err != nil {
		return err
	}
	if r.Kind == Person {
		if err := s.rename(ctx, tx, r.Household); err != nil {
			return err
		}
	}
	if err := s.keep(ctx, tx, who, r, d.String(), source, map[string][2]string{untilElement: {"", d.String()}}); err != nil {
		return err
	}
	return s.note(ctx, tx, who, "subject.leave", r, map[string]any{"day": d.String(), "source": source})
}

// Back takes a leaving back that was recorded by mistake: the subject is there
// again and was all the time, a household with those of its members who left
// with it.
func (s *Service) Back(ctx context.Context, who access.Identity, id string, version int, source string) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		r, err := s.one(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case version != 0 && r.Version != version:
			return access.ErrStale
		case r.Gone != "left":
			return errBack
		}
		day := r.Until
		if err := s.back(ctx, tx, who, &r, source); err != nil || r.Kind != Household {
			return err
		}
		members, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+" FROM subject s WHERE s.household_id <> '' AND s.household_id = ? AND s.kind = 'person' AND s.gone = 'left' AND s.until = ?", r.ID, day).
			In(scope(who), "s.place", "").Add(" ORDER BY s.seq"))
		if err != nil {
			return err
		}
		for i := range members {
			if err := s.back(ctx, tx, who, &members[i], source); err != nil {
				return err
			}
		}
		return s.rename(ctx, tx, r.ID)
	})
}

func (s *Service) back(ctx context.Context, tx *store.Tx, who access.Identity, r *row, source string) error {
	all, err := r.values(s.ring)
	if err != nil {
		return err
	}
	if err := s.free(ctx, tx, r.Kind, r.Place, all, r.ID); err != nil {
		return err
	}
	day := r.Until
	r.Until, r.Gone = "", ""
	if err := s.save(ctx, tx, r, all); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE subject SET due = '' WHERE id = ?", r.ID); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, who, r, "", source, map[string][2]string{untilElement: {day, ""}}); err != nil {
		return err
	}
	if r.Kind == Person {
		if err := s.rename(ctx, tx, r.Household); err != nil {
			return err
		}
	}
	return s.note(ctx, tx, who, "subject.back", r, map[string]any{"day": day, "source": source})
}

// setDue writes the day on which the first of what is known of a subject that is
// not needed any more is dropped.
func (s *Service) setDue(ctx context.Context, tx *store.Tx, r *row, from calendar.Date) error {
	all, err := r.values(s.ring)
	if err == nil {
		_, err = tx.Exec(ctx, "UPDATE subject SET due = ? WHERE id = ?", s.dueDay(all, from), r.ID)
	}
	return err
}

// keep writes what was changed under the subject's own key. Which place and
// home it left lies open, for lists of the past.
func (s *Service) keep(ctx context.Context, tx *store.Tx, who access.Identity, r *row, from, source string, diff map[string][2]string) error {
	key, err := s.ring.Key(r.Wrapped)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(diff)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO subject_change (subject_id, at, holds_from, actor, source, place_from, household_from, dwelling_from, due, doc)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, store.Time(s.now()), from, who.Name, source, diff[placeElement][0], diff[householdElement][0], diff[dwellingElement][0],
		s.dueDay(told(diff), s.today()), key.Seal(doc, "change "+r.ID))
	return err
}

// Merge makes one of two records of the same subject: the first stays and
// takes over what only the second knows and whatever belongs to it. Apart
// takes it back.
func (s *Service) Merge(ctx context.Context, who access.Identity, stay, other string, version int) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		a, err := s.mine(ctx, tx, who, stay, version)
		if err != nil {
			return err
		}
		b, err := s.mine(ctx, tx, who, other, 0)
		if err != nil {
			return err
		}
		if a.ID == b.ID || a.Kind != b.Kind {
			return errMerge
		}
		// One person has one number, one firm one code, one vehicle one plate.
		av, err := a.values(s.ring)
		if err != nil {
			return err
		}
		bv, err := b.values(s.ring)
		if err != nil {
			return err
		}
		for _, e := range []string{"person.id_number", "organisation.credit_code", "vehicle.plate"} {
			if av[e] != "" && bv[e] != "" && av[e] != bv[e] {
				return errTwo.With("element", e)
			}
		}
		extra, links := Values{}, a.Links.or(b.Links)
		for e, v := range bv {
			if av[e] == "" {
				extra[e] = v
			}
		}
		if links.Household != b.Household {
			delete(extra, "person.relation_to_head") // it is that to another head
		}
		took := slices.Collect(maps.Keys(extra))
		for e, to := range links.elements() {
			if *to != *a.Links.elements()[e] {
				took = append(took, e)
			}
		}
		slices.Sort(took)
		taken, err := s.takeOver(ctx, tx, who, b.ID, a.ID, nil)
		if err != nil {
			return err
		}
		// The second goes first, so that its number is free.
		b.Gone, b.MergedInto = "merged", a.ID
		if err := s.save(ctx, tx, &b, nil); err != nil {
			return err
		}
		if err := s.setDue(ctx, tx, &b, s.today()); err != nil {
			return err
		}
		if err := s.keep(ctx, tx, who, &b, s.today().String(), "", map[string][2]string{
			mergeElement: {strings.Join(took, " "), a.ID}, movedElement: {strings.Join(taken, " "), ""}}); err != nil {
			return err
		}
		if len(took) > 0 {
			if err := s.update(ctx, tx, who, a, extra, Edit{Source: mergeSource, Links: &links}); err != nil {
				return err
			}
		}
		if err := s.renameAround(ctx, tx, &a, &b); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "subject.merge", &a, map[string]any{"merged": b.ID})
	})
}

// takeOver lets everything that belongs to one subject belong to another, or
// only those of the given seqs, and returns their seqs.
func (s *Service) takeOver(ctx context.Context, tx *store.Tx, who access.Identity, from, to string, only []string) ([]string, error) {
	var taken []string
	for _, link := range []struct{ column, element string }{
		{"household_id", householdElement}, {"dwelling_id", dwellingElement}, {"building_id", buildingElement}, {"owner_id", ownerElement}} {
		rows, err := store.All[row](ctx, tx, store.SQL("SELECT "+columns+" FROM subject s WHERE s."+link.column+" = ? AND s."+link.column+" <> '' ORDER BY s.seq", from).Anywhere())
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			name := link.column + ":" + strconv.FormatInt(r.Seq, 10)
			if only != nil && !slices.Contains(only, name) {
				continue
			}
			if _, err := tx.Exec(ctx, "UPDATE subject SET "+link.column+" = ?, version = version + 1 WHERE seq = ?", to, r.Seq); err != nil {
				return nil, err
			}
			if r.Gone != "erased" {
				if err := s.note(ctx, tx, who, "subject.correct", &r, map[string]any{"elements": []string{link.element}, "source": mergeSource}); err != nil {
					return nil, err
				}
			}
			taken = append(taken, name)
		}
	}
	return taken, nil
}

// renameAround gives the households of two records, or those that they are, the
// names of their heads.
func (s *Service) renameAround(ctx context.Context, tx *store.Tx, rows ...*row) error {
	for _, r := range rows {
		household := r.Household
		if r.Kind == Household {
			household = r.ID
		}
		if err := s.rename(ctx, tx, household); err != nil {
			return err
		}
	}
	return nil
}

// Apart takes a merger back: the record that went is there again, with what
// belonged to it; what the other one had taken over from it, and what nobody
// has changed since, is emptied.
func (s *Service) Apart(ctx context.Context, who access.Identity, id string) error {
	return s.db.Tx(ctx, func(tx *store.Tx) error {
		b, err := s.one(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if b.Gone != "merged" {
			return errApart
		}
		a, err := s.one(ctx, tx, who, b.MergedInto)
		if err != nil {
			return err
		}
		if a.Gone != "" {
			return errApart
		}
		key, err := s.ring.Key(b.Wrapped)
		if err != nil {
			return err
		}
		last, err := store.One[changeRow](ctx, tx, store.SQL(selectChange+" WHERE subject_id = ? ORDER BY id DESC LIMIT 1", id).Anywhere())
		if err != nil {
			return err
		}
		diff, err := last.open(key)
		if err != nil {
			return err
		}
		av, err := a.values(s.ring)
		if err != nil {
			return err
		}
		bv, err := b.values(s.ring)
		if err != nil {
			return err
		}
		back, links := Values{}, a.Links
		for _, e := range strings.Fields(diff[mergeElement][0]) {
			if to := links.elements()[e]; to != nil {
				if *to == *b.Links.elements()[e] {
					*to = ""
				}
			} else if v := bv[e]; v != "" && av[e] == v {
				back[e] = ""
			}
		}
		if len(back) > 0 || links != a.Links {
			if err := s.update(ctx, tx, who, a, back, Edit{Source: "拆开合并的记录", Links: &links}); err != nil {
				return err
			}
		}
		if _, err := s.takeOver(ctx, tx, who, a.ID, b.ID, strings.Fields(diff[movedElement][0])); err != nil {
			return err
		}
		b.Gone, b.MergedInto = "", ""
		if err := s.free(ctx, tx, b.Kind, b.Place, bv, b.ID); err != nil {
			return err
		}
		if err := s.save(ctx, tx, &b, bv); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE subject SET due = '' WHERE id = ?", b.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM subject_change WHERE id = ?", last.ID); err != nil {
			return err
		}
		if err := s.renameAround(ctx, tx, &a, &b); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "subject.apart", &a, map[string]any{"apart": b.ID})
	})
}

// Erase forgets a subject: its key is destroyed and with it whatever it
// sealed; name and other open values are emptied, its history is deleted. What
// remains is that there was a record, and that it was erased.
func (s *Service) Erase(ctx context.Context, who access.Identity, id string, version int, reason string) error {
	if reason = strings.TrimSpace(reason); reason == "" {
		return errPurpose
	}
	return s.db.Tx(ctx, func(tx *store.Tx) error { return s.erase(ctx, tx, who, id, version, reason) })
}

func (s *Service) erase(ctx context.Context, tx *store.Tx, who access.Identity, id string, version int, reason string) error {
	r, err := s.one(ctx, tx, who, id)
	switch {
	case err != nil:
		return err
	case version != 0 && r.Version != version:
		return access.ErrStale
	case r.Gone == "erased":
		return errGone
	}
	// The records that were made one with it are of the same.
	twins, err := store.All[string](ctx, tx, store.SQL("SELECT id FROM subject WHERE merged_into <> '' AND merged_into = ? AND gone = 'merged'", r.ID).Anywhere())
	if err != nil {
		return err
	}
	for _, twin := range twins {
		if err := s.erase(ctx, tx, access.System(who.Origin), twin, 0, reason); err != nil {
			return err
		}
	}
	home := r.Household
	if err := r.set(Values{}, seal.Key{}, s.dict, s.ring); err != nil {
		return err
	}
	r.Name, r.Sort, r.Source, r.Wrapped, r.Gone, r.Links = "", "", "", "", "erased", Links{}
	if err := s.save(ctx, tx, &r, nil); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE subject SET source = '', due = '' WHERE id = ?", r.ID); err != nil {
		return err
	}
	// In their own words people tell about themselves.
	if _, err := tx.Exec(ctx, "UPDATE subject_request SET words = '' WHERE subject_id = ?", r.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM subject_change WHERE subject_id = ?", r.ID); err != nil {
		return err
	}
	if r.Kind == Person {
		if err := s.rename(ctx, tx, home); err != nil {
			return err
		}
	}
	return s.note(ctx, tx, who, "subject.erase", &r, map[string]any{"reason": reason})
}

// survivor is the record with which one was made one, itself where it was not.
func (s *Service) survivor(ctx context.Context, src store.Source, id string) (row, error) {
	for {
		r, err := s.byID(ctx, src, id)
		if err != nil || r.Gone != "merged" {
			return r, err
		}
		id = r.MergedInto
	}
}
