package subject

import (
	"testing"

	"pgregory.net/rapid"

	"gewu/calendar"
	"gewu/element"
)

func load(t testing.TB) Elements {
	t.Helper()
	d, err := element.Load()
	if err != nil {
		t.Fatal(err)
	}
	return NewElements(d)
}

func TestNormal(t *testing.T) {
	x := load(t)
	for _, c := range []struct{ element, in, want string }{
		{"person.sex", "男性", "1"}, {"person.sex", "2", "2"}, {"person.sex", "公", ""},
		{"person.birth_date", "1950年3月7日", "1950-03-07"}, {"person.birth_date", "1950.3", "1950-03"}, {"person.birth_date", "昨天", ""},
		{"person.phone", "+86 154 0000 0001", "15400000001"}, {"person.phone", "154000", ""},
		{"person.id_number", "９９010119500307001x", ""}, {"person.id_number", "9.90101E+17", ""},
		{"person.lives_alone", "√", "1"}, {"person.lives_alone", "否", "0"}, {"person.lives_alone", "也许", ""},
		{"person.relation_to_head", "户主", "02"}, {"person.residence_kind", "外来人口", "3"}, {"person.residence_kind", "火星", ""},
		{"dwelling.area", "88.50㎡", "88.5"}, {"dwelling.area", "１，２０３", "1203"}, {"dwelling.area", "约90", ""},
		{"household.member_count", "3.5", ""}, {"household.member_count", "3人", "3"}, {"building.built_year", "1998年", "1998"}, {"building.built_year", "九八", ""},
		{"vehicle.plate", "云a·12345", "云A12345"}, {"person.name", " 张\n三\u200b ", "张 三"},
		{"person.no_such_thing", "1", ""},
	} {
		got, err := x.Normal(c.element, c.in)
		if (err != nil) != (c.want == "") || err == nil && got != c.want {
			t.Errorf("%s %q: %q, %v; want %q", c.element, c.in, got, err, c.want)
		}
	}
}

// A value in canonical form stays as it is; nothing panics.
func TestNormalAgain(t *testing.T) {
	x := load(t)
	var ids []string
	for e := range x.Dictionary().All() {
		ids = append(ids, e.ID)
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(t, "element")
		v := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9.,年月日\-]{1,12}`), rapid.SampledFrom([]string{"是", "男", "1", "2", "15400000001", "户籍", "云A12345"})).Draw(t, "value")
		n, err := x.Normal(id, v)
		if err != nil || n == "" {
			return
		}
		if again, err := x.Normal(id, n); err != nil || again != n {
			t.Fatalf("%s: %q became %q and then %q (%v)", id, v, n, again, err)
		}
		x.Words(id, n)
		x.Mask(id, n)
	})
}

// Every element that the ledger has a column for, counts or derives is in the
// dictionary, and every sealed one is masked.
func TestElementsOfTheLedger(t *testing.T) {
	x := load(t)
	has := func(id string) {
		if _, ok := x.Dictionary().Element(id); !ok {
			t.Errorf("%s is not in the dictionary", id)
		}
	}
	for _, list := range columnElements {
		for _, id := range list {
			has(id)
			if x.Sealed(id) {
				t.Errorf("%s is sealed and has a column in the open", id)
			}
		}
	}
	for id := range derived {
		has(id)
	}
	for _, c := range countedElements {
		has(c.element)
	}
	for id := range numbers {
		has(id)
		if !x.Sealed(id) {
			t.Errorf("%s lies open", id)
		}
	}
	for e := range x.Dictionary().All() {
		if e.Sealed && x.Mask(e.ID, "99010119500307001") == "99010119500307001" {
			t.Errorf("%s is sealed, but shown", e.ID)
		}
	}
}

func TestKept(t *testing.T) {
	x := load(t)
	day, err := calendar.Parse("2024-02-29")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ id, want string }{
		{"person.name", "2027-02-28"}, {"person.phone", "2025-02-28"}, {"subject.place", ""}, {"count.persons", "2054-02-28"},
	} {
		got, ok := x.Kept(c.id, day)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s: until %s, %t; want %q", c.id, got, ok, c.want)
		}
	}
}
