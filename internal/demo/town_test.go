package demo

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"testing"
	"time"

	"gewu/internal/subject"
)

func town(people int, seed uint64) []subject.Entry {
	n := 0
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	return slices.Collect(NewTown(Street, people, seed, today, func() string { n++; return fmt.Sprint(n) }).Entries())
}

// The same seed gives the same town on any machine: the figure was written
// down when this was made.
func TestTownIsTheSame(t *testing.T) {
	print := func(es []subject.Entry) uint64 {
		h := fnv.New64a()
		for _, e := range es {
			fmt.Fprint(h, e) // maps print in the order of their keys
		}
		return h.Sum64()
	}
	a, b, c := town(2000, 1), town(2000, 1), town(2000, 2)
	if print(a) != print(b) {
		t.Error("the same seed, two towns")
	}
	if print(a) == print(c) {
		t.Error("two seeds, one town")
	}
	if got := print(a); got != townPrint {
		t.Errorf("the town of seed 1 is %d", got)
	}
}

const townPrint = 7198278776936847409

// Nobody in the town can exist, and the town is believable.
func TestTown(t *testing.T) {
	es := town(30000, 1)
	count := map[subject.Kind]int{}
	ids := map[string]bool{}
	old, heads := 0, map[string]int{}
	for _, e := range es {
		count[e.Kind]++
		if e.Kind != subject.Person {
			continue
		}
		id := e.Values["person.id_number"]
		if ids[id] || !regexp.MustCompile(`^99\d{15}[0-9X]$`).MatchString(id) {
			t.Fatalf("id %s is not unique or could be somebody's", id)
		}
		ids[id] = true
		if p := e.Values["person.phone"]; p != "" && !regexp.MustCompile(`^154\d{8}$`).MatchString(p) {
			t.Fatalf("telephone %s could be somebody's", p)
		}
		if e.Values["person.birth_date"] <= "1966-11-23" {
			old++
		}
		if e.Values["person.relation_to_head"] == relHead {
			heads[e.Links.Household]++
		}
	}
	if n := count[subject.Person]; n < 30000 || n > 30010 {
		t.Errorf("%d people", n)
	}
	if n := count[subject.Household]; n < 14000 || n > 18000 {
		t.Errorf("%d households", n)
	}
	if share := float64(old) / 30000; share < .15 || share > .4 {
		t.Errorf("%.0f%% are 60 or older", share*100)
	}
	for h, n := range heads {
		if n != 1 {
			t.Fatalf("household %s has %d heads", h, n)
		}
	}
}
