package intake

import (
	"cmp"
	"context"
	"errors"

	"gewu/internal/subject"
)

// fresh marks what a dry run would have made; nothing in the ledger has such an
// id.
const fresh = "new:"

// links finds the building, dwelling and household to which a row's subject
// belongs, and makes those that the ledger lacks where the clerk said so.
func (r *reader) links(ctx context.Context, v, own subject.Values, place string) (l subject.Links, faults []Fault, err error) {
	if r.Kind == subject.Building || r.Kind == subject.Vehicle || r.Kind == subject.Organisation {
		return l, nil, nil
	}
	building, faults, err := r.building(ctx, v, place)
	if err != nil || len(faults) > 0 {
		return l, faults, err
	}
	if r.Kind == subject.Dwelling {
		l.Building = building
		return l, nil, nil
	}
	if l.Dwelling, err = r.dwelling(ctx, v, own, building, place); err != nil || r.Kind == subject.Household {
		return l, nil, err
	}
	l.Household, faults, err = r.household(ctx, v, l.Dwelling, place)
	return l, faults, err
}

// remember looks for what the row names among what earlier rows have made.
func (r *reader) remember(ctx context.Context, key string, e subject.Entry) (string, error) {
	if id, ok := r.made.get(key); ok {
		return id, nil
	}
	r.tally.Made++
	id := fresh + key
	if !r.dry {
		var err error
		if id, err = r.b.Create(ctx, e); err != nil {
			return "", err
		}
	}
	r.made.put(key, id)
	return id, nil
}

func (r *reader) building(ctx context.Context, v subject.Values, place string) (string, []Fault, error) {
	compound, name, address := v["compound.name"], v["building.name"], v["building.address"]
	if name == "" && address == "" {
		return "", nil, nil
	}
	key := "building " + place + " " + compound + " " + name + " " + address
	if id, ok := r.made.get(key); ok {
		return id, nil, nil
	}
	k, ok, err := r.b.Building(ctx, place, compound, name, address)
	if f, is := asFault(cmp.Or(r.letter["building.name"], r.letter["building.address"]), err); is {
		return "", []Fault{f}, nil
	}
	if err != nil || ok {
		return k.ID(), nil, err
	}
	if !r.Makes {
		return "", []Fault{wrong(cmp.Or(r.letter["building.name"], r.letter["building.address"]), "building_unknown",
			"台账中没有这栋楼；请先登记楼栋，或选择“一并建立”", "The ledger has no such building. Enter it first, or choose to make what is missing.")}, nil
	}
	values := part(v, subject.Building)
	values["building.name"] = cmp.Or(name, address)
	id, err := r.remember(ctx, key, subject.Entry{Kind: subject.Building, Place: place, Values: values, Source: r.source})
	return id, nil, err
}

func (r *reader) dwelling(ctx context.Context, v, own subject.Values, building, place string) (string, error) {
	room := v["dwelling.room_number"]
	address := cmp.Or(v["dwelling.address"], v["person.current_address"], v["household.address"])
	if (building == "" || room == "") && address == "" {
		return "", nil
	}
	key := "dwelling " + place + " " + building + " " + room + " " + address
	if building != "" && room != "" {
		key = "dwelling " + building + " " + room
	}
	id, ok := r.made.get(key)
	if !ok && !(r.none[subject.Dwelling] && building != "" && room != "") {
		k, found, err := r.b.Dwelling(ctx, place, building, room, address)
		if err != nil {
			return "", err
		}
		id, ok = k.ID(), found
	}
	if !ok && r.Makes && (building != "" && room != "" || v["dwelling.address"] != "") {
		values := part(v, subject.Dwelling)
		values["dwelling.room_number"] = cmp.Or(room, address)
		if values["dwelling.address"] == "" {
			values["dwelling.address"] = cmp.Or(address, v["building.address"]+v["building.name"]+room)
		}
		var err error
		if id, err = r.remember(ctx, key, subject.Entry{Kind: subject.Dwelling, Place: place, Values: values, Links: subject.Links{Building: building}, Source: r.source}); err != nil {
			return "", err
		}
	}
	if id != "" { // the dwelling tells the address from now on
		delete(own, "person.current_address")
		delete(own, "household.address")
	}
	return id, nil
}

func (r *reader) household(ctx context.Context, v subject.Values, dwelling, place string) (string, []Fault, error) {
	number := v["household.number"]
	if number == "" && dwelling == "" {
		return "", nil, nil
	}
	key := "household " + place + " " + number
	if number == "" {
		key = "household " + dwelling
	}
	if id, ok := r.made.get(key); ok {
		return id, nil, nil
	}
	var k subject.Known
	var ok bool
	var err error
	switch {
	case number != "" && r.none[subject.Household]:
	case number != "":
		k, ok, err = r.b.ByCode(ctx, subject.Household, place, number)
	default:
		// Who is at the same address may be of another household: nobody guesses,
		// unless the household came with the same register.
		if k, ok, err = r.b.HouseholdAt(ctx, dwelling); errors.Is(err, subject.ErrSeveral) || ok && k.Source() != r.source {
			return "", nil, nil
		}
	}
	if err != nil || ok {
		return k.ID(), nil, err
	}
	if !r.Makes {
		if number == "" {
			return "", nil, nil
		}
		return "", []Fault{wrong(r.letter["household.number"], "household_unknown",
			"台账中没有这个户号；请先登记户，或选择“一并建立”", "The ledger has no household with this number. Enter it first, or choose to make what is missing.")}, nil
	}
	id, err := r.remember(ctx, key, subject.Entry{Kind: subject.Household, Place: place, Values: part(v, subject.Household), Links: subject.Links{Dwelling: dwelling}, Source: r.source, Name: headOf(v)})
	return id, nil, err
}

// headOf is the name of the person of a row who is the head of a household, ""
// where the row is about somebody else.
func headOf(v subject.Values) string {
	if v["person.relation_to_head"] == subject.Head {
		return v["person.name"]
	}
	return ""
}
