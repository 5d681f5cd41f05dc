package draw

import (
	"strings"
	"testing"
)

// byHand is a list of eight, whose order by rank is that of the list.
const byHand = `code,type,group
c1,A,
c2,A,g
c3,A,g
c4,A,
c5,B,
c6,A,g
c7,A,
c8,B,h
`

// Two homes of three are reserved: c1 takes the open one, c2 and c3 those of
// the group, c4 and c6 wait, c7 has no place on a waiting list of two. The
// reserve for h of type B has two homes for one code, so one is left over.
func TestAllotByHand(t *testing.T) {
	tests := map[string]struct {
		restA, restB string
		homesA       int
		reservedA    int
		homesB       int
		want         string
	}{
		"reserve used up": {RestOpen, RestOpen, 3, 2, 2, "c1,home,A,,1 c2,home,A,g,1 c3,home,A,g,2 c4,wait,A,,1 c5,rest,B,h,2 c6,wait,A,,2 c7,none,A,, c8,home,B,h,1"},
		"rest is kept":    {RestKeep, RestKeep, 3, 2, 2, "c1,home,A,,1 c2,home,A,g,1 c3,home,A,g,2 c4,wait,A,,1 c5,wait,B,,1 c6,wait,A,,2 c7,none,A,, c8,home,B,h,1"},
		"a large reserve": {RestOpen, RestKeep, 5, 4, 2, "c1,home,A,,1 c2,home,A,g,1 c3,home,A,g,2 c4,rest,A,g,4 c5,wait,B,,1 c6,home,A,g,3 c7,wait,A,,1 c8,home,B,h,1"},
		"no open home":    {RestKeep, RestKeep, 2, 2, 3, "c1,wait,A,,1 c2,home,A,g,1 c3,home,A,g,2 c4,wait,A,,2 c5,home,B,,1 c6,none,A,, c7,none,A,, c8,home,B,h,1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := ReadList(strings.NewReader(byHand))
			if err != nil {
				t.Fatal(err)
			}
			b := &Bundle{List: list, Opening: Opening{Rules: Rules{Types: []Type{
				{Type: "A", Homes: tt.homesA, Waiting: 2, Reserved: []Reserve{{"g", tt.reservedA, tt.restA}}},
				{Type: "B", Homes: tt.homesB, Waiting: 9, Reserved: []Reserve{{"h", 2, tt.restB}}},
			}}}}
			if got := strings.Join(b.lines([]int32{0, 1, 2, 3, 4, 5, 6, 7})[1:], " "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A list without the column type belongs to the only type.
func TestOnlyType(t *testing.T) {
	list, err := ReadList(strings.NewReader("code\nx\ny\n"))
	if err != nil {
		t.Fatal(err)
	}
	b := &Bundle{List: list, Opening: Opening{Rules: Rules{Types: []Type{{Type: "一居室", Homes: 1}}}}}
	if got := strings.Join(b.lines([]int32{1, 0})[1:], " "); got != "y,home,一居室,,1 x,none,一居室,," {
		t.Error(got)
	}
}

// What is given back goes down the waiting list: homes of a reserve to its
// group first.
func TestBackfillByHand(t *testing.T) {
	tests := map[string]struct {
		rest  string
		given []string
		want  string
		err   bool
	}{
		"an open home":                  {RestOpen, []string{"c1"}, "c4<c1 A//1", false},
		"a reserved home":               {RestOpen, []string{"c2"}, "c6<c2 A/g/1", false},
		"a reserved home, nobody left":  {RestOpen, []string{"c2", "c3"}, "c6<c2 A/g/1 c4<c3 A/g/2", false},
		"the same, kept":                {RestKeep, []string{"c2", "c3"}, "c6<c2 A/g/1", false},
		"who moved up gives back":       {RestOpen, []string{"c1", "c4"}, "c4<c1 A//1 c6<c4 A//1", false},
		"who waits is crossed off":      {RestOpen, []string{"c4", "c1"}, "c6<c1 A//1", false},
		"the waiting list ends":         {RestOpen, []string{"c1", "c4", "c6"}, "c4<c1 A//1 c6<c4 A//1", false},
		"twice":                         {RestOpen, []string{"c1", "c1"}, "", true},
		"has nothing":                   {RestOpen, []string{"c7"}, "", true},
		"is not on the list":            {RestOpen, []string{"c9"}, "", true},
		"nobody waits for another type": {RestOpen, []string{"c8"}, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := ReadList(strings.NewReader(byHand))
			if err != nil {
				t.Fatal(err)
			}
			b := &Bundle{List: list, Opening: Opening{Mode: ModeA, Rules: Rules{Types: []Type{
				{Type: "A", Homes: 3, Waiting: 2, Reserved: []Reserve{{"g", 2, tt.rest}}},
				{Type: "B", Homes: 2, Reserved: []Reserve{{"h", 2, RestOpen}}},
			}}}}
			b.result = b.lines([]int32{0, 1, 2, 3, 4, 5, 6, 7})
			var given []Return
			for _, c := range tt.given {
				given = append(given, Return{Code: c, Date: "2026-07-01", Reason: "不选"})
			}
			f, err := b.Backfill(given)
			if (err != nil) != tt.err {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			var got []string
			for _, m := range f.Moved {
				got = append(got, m.Code+"<"+m.For+" "+m.Type+"/"+m.Pool+"/"+string('0'+byte(m.Place)))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}
