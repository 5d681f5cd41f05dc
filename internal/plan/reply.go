package plan

import (
	"context"
	"slices"
	"strings"

	"gewu/internal/access"
	"gewu/internal/duty"
	"gewu/internal/fault"
)

var errReply = fault.New(fault.Conflict, "reply_needless", "该任务在履职事项清单内，无需回复来文单位", "The task is on the duty list: there is nothing to reply to the sender.")

// Reply drafts a letter to the sender of a notice about a task of its draft
// that higher units have taken back, or that is on no list.
func (s *Service) Reply(ctx context.Context, who access.Identity, id, key, lang string) (string, error) {
	p, err := s.plan(ctx, s.db, who, id)
	if err != nil {
		return "", err
	}
	if !who.Has(p.Place, access.Clerk, access.Leader) {
		return "", access.ErrDenied
	}
	at := slices.IndexFunc(p.Sheet.V.Tasks, func(t SheetTask) bool { return t.Key == key })
	if at < 0 {
		return "", access.ErrMissing
	}
	t := p.Sheet.V.Tasks[at]
	place, err := s.units.Place(ctx, p.Place)
	if err != nil {
		return "", err
	}
	r := duty.Letter{
		Sender: p.Sender, Office: officeOf(place.Name), Notice: p.Title, DocNo: p.DocNo, Task: t.Text, Date: s.today(), Lang: lang,
	}
	item := t.Duty.Item
	switch t.Duty.Class {
	case string(duty.Returned):
		if item == "" && len(t.Duty.Matches) > 0 {
			item = t.Duty.Matches[0].Item
		}
		i, err := s.duty.Item(ctx, p.Place, item)
		if err != nil {
			return "", err
		}
		r.TakenBack = &i
	case Unlisted:
		for _, m := range t.Duty.Matches {
			i, err := s.duty.Item(ctx, p.Place, m.Item)
			if err != nil {
				return "", err
			}
			r.Closest = append(r.Closest, i)
		}
	default:
		return "", errReply
	}
	return duty.Reply(r), nil
}

// officeOf is the office that signs for a place.
func officeOf(place string) string {
	switch {
	case strings.HasSuffix(place, "街道"):
		return place + "办事处"
	case strings.HasSuffix(place, "镇"), strings.HasSuffix(place, "乡"):
		return place + "人民政府"
	case strings.HasSuffix(place, "社区"):
		return place + "居民委员会"
	}
	return place
}

// MatchDuty tells where a text stands on the duty list of a plan's office,
// after a clerk has reworded it.
func (s *Service) MatchDuty(ctx context.Context, who access.Identity, id, text string) (SheetDuty, error) {
	p, err := s.plan(ctx, s.db, who, id)
	if err != nil {
		return SheetDuty{}, err
	}
	index, err := s.duty.Index(ctx, p.Place)
	if err != nil {
		return SheetDuty{}, err
	}
	return dutyOf(text, index), nil
}
