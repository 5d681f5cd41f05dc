package fill

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gewu/internal/access"
	"gewu/internal/office"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

// Whatever the tree of places, the grants, the data and the moves: a filled
// table, of today or of a past day, has all that its area holds and nothing
// else; so have the counts, the worklist and what the journal says was taken
// out; and whoever may download it may see everything that is in it.
func TestScope(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db)
		off := office.NewService(db, h.now)
		system := access.System("test")
		ctx := t.Context()
		list := blank(t, "居民花名册", []string{"序号", "姓名", "性别", "年龄"})
		counts := blank(t, "基本情况统计表", []string{"序号", "社区名称", "总人口数", "总户数"})
		round := 100
		rapid.Check(t, func(r *rapid.T) {
			if round++; round > 125 { // the ledger grows
				return
			}
			// A street of its own, with communities and grids.
			street := fmt.Sprintf("990101%03d", round)
			places := []string{street}
			names := map[string]string{}
			for c := range rapid.IntRange(1, 3).Draw(r, "communities") {
				community := fmt.Sprintf("%s%03d", street, 1+c*rapid.IntRange(1, 300).Draw(r, "step"))
				if slices.Contains(places, community) {
					continue
				}
				places = append(places, community)
				names[fmt.Sprintf("第%s社区", community[9:])] = community
				for g := range rapid.IntRange(0, 2).Draw(r, "grids") {
					places = append(places, fmt.Sprintf("%s%03d", community, g+1))
				}
			}
			for _, p := range places {
				name := "街道" + p
				if len(p) == 12 {
					name = fmt.Sprintf("第%s社区", p[9:])
				}
				if err := off.AddPlace(ctx, system, office.Place{Code: p, Name: name}); err != nil {
					r.Fatal(err)
				}
			}
			homes := slices.DeleteFunc(slices.Clone(places), func(p string) bool { return len(p) < 12 })
			now, before, ids := map[string]string{}, map[string]string{}, map[string]string{} // name → place today, place on 30 June, id
			purpose := fmt.Sprintf("核对第%d轮底数", round)
			for n := range rapid.IntRange(0, 12).Draw(r, "people") {
				p := rapid.SampledFrom(homes).Draw(r, "home")
				name := fmt.Sprintf("民%d号%d", round, n)
				id, err := h.subjects.Create(ctx, system, subject.Entry{Kind: subject.Person, Place: p, Since: "2020-01-01", Values: subject.Values{"person.name": name, "person.sex": "1"}})
				if err != nil {
					r.Fatal(err)
				}
				now[name], before[name], ids[name] = p, p, id
				switch rapid.IntRange(0, 3).Draw(r, "fate") {
				case 0:
					now[name] = rapid.SampledFrom(homes).Draw(r, "to")
					if err := h.subjects.Change(ctx, system, id, 0, subject.Edit{Place: now[name], From: "2026-07-01"}); err != nil {
						r.Fatal(err)
					}
				case 1:
					delete(now, name)
					if err := h.subjects.Leave(ctx, system, id, 0, "2026-07-01", ""); err != nil {
						r.Fatal(err)
					}
				}
			}
			granted := rapid.SampledFrom(places).Draw(r, "grant")
			who := access.Identity{ID: "k", Name: "管一册", Place: granted, Grants: []access.Grant{{Role: access.Keeper, Place: granted}}}
			desk := rapid.SampledFrom(slices.DeleteFunc(slices.Clone(places), func(p string) bool { return !strings.HasPrefix(p, granted) })).Draw(r, "office")
			within := rapid.SampledFrom(places).Draw(r, "within")
			truth, asOf := now, "2026-07-15"
			if rapid.Bool().Draw(r, "past") {
				truth, asOf = before, "2026-06-30"
			}
			want := map[string]bool{}
			per := map[string]int{}
			for name, p := range truth {
				if strings.HasPrefix(p, within) {
					want[name] = true
					per[p[:12]]++
				}
			}
			fill := func(file []byte) (Fill, bool) {
				f, err := h.Add(ctx, who, desk, "表.xlsx", bytes.NewReader(file))
				if err != nil {
					r.Fatal(err)
				}
				f, err = h.Correct(ctx, who, f.ID, f.Version, Correction{Title: f.Title, Within: within, AsOf: asOf})
				if !strings.HasPrefix(within, desk) {
					if err == nil {
						r.Fatalf("a table of %s was filled from %s", desk, within)
					}
					return f, false
				}
				if err != nil {
					r.Fatal(err)
				}
				f, err = h.Run(ctx, who, f.ID, f.Version, purpose, 0)
				if err != nil || f.State != "filled" {
					r.Fatal(f.State, err)
				}
				return f, true
			}
			f, ok := fill(list)
			if !ok {
				return
			}
			x := h.downloadAs(t, who, f.ID)
			rows, _ := x.GetRows("Sheet1")
			got := map[string]bool{}
			for _, row := range rows[3:] {
				if len(row) > 1 && row[1] != "" {
					got[row[1]] = true
				}
			}
			if !maps.Equal(got, want) {
				r.Fatalf("grant %s, within %s, as of %s: the table has %v, the area %v", granted, within, asOf, got, want)
			}
			taken, err := store.All[string](ctx, db, store.SQL("SELECT DISTINCT subject_id FROM event WHERE verb = 'subject.export' AND after_doc LIKE ?", "%"+purpose+"%").Anywhere())
			if err != nil {
				r.Fatal(err)
			}
			for name := range want {
				if !slices.Contains(taken, ids[name]) {
					r.Fatalf("that %s was taken out is not in the journal", name)
				}
			}
			if len(taken) != len(want) {
				r.Fatalf("%d were taken out, the journal has %d", len(want), len(taken))
			}

			f, _ = fill(counts)
			rows, _ = h.downloadAs(t, who, f.ID).GetRows("Sheet1")
			shown := map[string]int{}
			for _, row := range rows[3:] {
				if len(row) > 2 && names[row[1]] != "" {
					if shown[names[row[1]]], err = strconv.Atoi(row[2]); err != nil {
						r.Fatalf("%v", row)
					}
				}
			}
			for code, n := range shown {
				if n != per[code] || !strings.HasPrefix(code, granted[:min(len(granted), 12)]) {
					r.Fatalf("grant %s, within %s: %s has %d people in the table, %d in truth", granted, within, code, n, per[code])
				}
			}
			for name, code := range names {
				if _, ok := shown[code]; strings.HasPrefix(code, within) && !ok {
					r.Fatalf("within %s: %s is not in the table %v", within, name, rows)
				}
			}
			// Somebody else, with any grant, who can download it.
			other := access.Identity{ID: "o", Name: "旁人", Grants: []access.Grant{{Role: access.Keeper, Place: rapid.SampledFrom(places).Draw(r, "other")}}}
			if _, _, err := h.Download(context.Background(), other, f.ID); err == nil && !other.Has(within, access.Keeper) {
				r.Fatalf("%v downloads a table of %s", other.Grants, within)
			}
		})
	})
}
