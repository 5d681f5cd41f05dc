package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/demo"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
)

// ledger measures the base ledger: entering people against the bare driver
// writing the same rows, and how long a page of a list and of searches takes
// with few and with many people in the district.
func ledger(ctx context.Context, sizes []int) error {
	dir, err := os.MkdirTemp("", "gewu-ledger-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, n := range sizes {
		if err := ledgerOn(ctx, filepath.Join(dir, fmt.Sprintf("l%d.db", n)), n); err != nil {
			return err
		}
		if pg := os.Getenv("GEWU_TEST_POSTGRES"); pg != "" {
			dsn, drop, err := storetest.Create(pg)
			if err != nil {
				return err
			}
			err = ledgerOn(ctx, dsn, n)
			drop()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// townsOf is over how many streets of a county the people are spread.
func townsOf(people int) int { return max(1, people/30_000) }

func ledgerOn(ctx context.Context, dsn string, people int) error {
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	ring, err := seal.NewRing(seal.AES)
	if err != nil {
		return err
	}
	dict, err := element.Load()
	if err != nil {
		return err
	}
	s := subject.NewService(db, ring, subject.NewElements(dict), time.Now)
	off := office.NewService(db, time.Now)
	system := access.System("bench")
	add := func(code string) error {
		return off.AddPlace(ctx, system, office.Place{Code: code, Name: "地" + code})
	}
	for _, code := range []string{"99", "9901", "990101"} {
		if err := add(code); err != nil {
			return err
		}
	}
	begin := time.Now()
	entered, first := 0, time.Duration(0)
	for n := range townsOf(people) {
		street := fmt.Sprintf("990101%03d", n+1)
		if err := add(street); err != nil {
			return err
		}
		for c := 1; c <= 6; c++ {
			for _, code := range []string{fmt.Sprintf("%s%03d", street, c), fmt.Sprintf("%s%03d001", street, c), fmt.Sprintf("%s%03d002", street, c), fmt.Sprintf("%s%03d003", street, c)} {
				if err := add(code); err != nil {
					return err
				}
			}
		}
		town := demo.NewTown(street, people/townsOf(people), uint64(n+1), time.Now(), store.NewID)
		err := s.CreateAll(ctx, system, func(yield func(subject.Entry) bool) {
			for e := range town.Entries() {
				if entered++; entered == bareRows {
					first = time.Since(begin)
				}
				if !yield(e) {
					return
				}
			}
		})
		if err != nil {
			return err
		}
	}
	took := time.Since(begin)
	if first == 0 {
		first = took
	}
	if err := db.Analyze(ctx); err != nil {
		return err
	}
	fmt.Printf("\n%s: %d people, %d subjects entered in %.0f s: %.0f a second", db.Engine(), people, entered, took.Seconds(), float64(entered)/took.Seconds())
	if db.Engine() == "sqlite" {
		bare, err := bareInsert(ctx, dsn)
		if err != nil {
			return err
		}
		fmt.Printf("; the first %d by the bare driver, same rows, indexes and words: %.0f a second, ratio %.2f",
			min(entered, bareRows), bare, float64(min(entered, bareRows))/first.Seconds()/bare)
	}
	fmt.Printf("\n%-44s %10s %10s\n", "", "p50 ms", "p99 ms")
	street := access.Identity{Grants: []access.Grant{{Role: access.Keeper, Place: "990101001"}}}
	county := access.Identity{Grants: []access.Grant{{Role: access.Keeper, Place: "990101"}}}
	for _, m := range []struct {
		name string
		who  access.Identity
		f    subject.Filter
	}{
		{"street, by name", street, subject.Filter{}}, {"county, by name", county, subject.Filter{}},
		{"street, initials zw", street, subject.Filter{Query: "zw"}}, {"county, initials zw", county, subject.Filter{Query: "zw"}},
		{"street, name 志远", street, subject.Filter{Query: "志远"}}, {"county, name 志远", county, subject.Filter{Query: "志远"}},
		{"county, surname 王", county, subject.Filter{Query: "王"}},
		{"county, end of a telephone number", county, subject.Filter{Query: "4217"}},
		{"street, address 柳荫路", street, subject.Filter{Query: "柳荫路"}}, {"county, address 柳荫苑3幢", county, subject.Filter{Query: "柳荫苑3幢"}},
		{"street, aged 80 and over", street, subject.Filter{AgeMin: 80}}, {"county, aged 80 and over", county, subject.Filter{AgeMin: 80}},
		{"street, living alone", street, subject.Filter{Tag: "alone"}},
	} {
		var times []time.Duration
		for until := time.Now().Add(3 * time.Second); time.Now().Before(until) && len(times) < 2000; {
			t := time.Now()
			if _, _, err := s.List(ctx, m.who, subject.Person, m.f, subject.Page{}); err != nil {
				return err
			}
			times = append(times, time.Since(t))
		}
		slices.Sort(times)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		fmt.Printf("%-44s %10.2f %10.2f\n", m.name, ms(times[len(times)/2]), ms(times[len(times)*99/100]))
	}
	return nil
}

// bareRows is how many rows the bare driver writes.
const bareRows = 60_000

// bareInsert copies the first rows of the ledger into empty tables with the
// same indexes, with prepared statements on the bare driver, and returns rows a
// second.
func bareInsert(ctx context.Context, path string) (float64, error) {
	from, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return 0, err
	}
	defer from.Close()
	to, err := sql.Open("sqlite", "file:"+path+".bare?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)&_txlock=immediate")
	if err != nil {
		return 0, err
	}
	defer to.Close()
	to.SetMaxOpenConns(1)
	schema, err := from.QueryContext(ctx, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (tbl_name = 'subject' OR name = 'subject_word') ORDER BY type DESC")
	if err != nil {
		return 0, err
	}
	for schema.Next() {
		var text string
		if err := schema.Scan(&text); err != nil {
			return 0, err
		}
		if _, err := to.ExecContext(ctx, strings.ReplaceAll(text, " REFERENCES place (code)", "")); err != nil {
			return 0, fmt.Errorf("%w: %s", err, text)
		}
	}
	if err := schema.Err(); err != nil {
		return 0, err
	}
	rows, err := from.QueryContext(ctx, "SELECT * FROM subject ORDER BY seq LIMIT "+strconv.Itoa(bareRows))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	var all [][]any
	for rows.Next() {
		vals := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range vals {
			into[i] = &vals[i]
		}
		if err := rows.Scan(into...); err != nil {
			return 0, err
		}
		all = append(all, vals)
	}
	// As many words as the ledger itself writes for a subject, and as varied.
	words := make([]string, len(all))
	for n, r := range all {
		var w []string
		for _, i := range []int{3, 4, 7} { // place, name, address
			text := []rune(fmt.Sprint(r[i]))
			for k := 0; k+1 < len(text); k++ {
				w = append(w, string(text[k:k+2]))
			}
		}
		w = append(w, fmt.Sprintf("t%016x", n*7919), fmt.Sprintf("t%016x", n*104729%10000), fmt.Sprintf("h%020x", n), fmt.Sprintf("h%020x", n+1<<40),
			"p990101", "p"+fmt.Sprint(r[3])[:9], "p"+fmt.Sprint(r[3]), "k"+fmt.Sprint(r[2]))
		words[n] = strings.Join(w, " ")
	}
	at := 0
	begin := time.Now()
	for chunk := range slices.Chunk(all, 500) {
		tx, err := to.BeginTx(ctx, nil)
		if err != nil {
			return 0, err
		}
		row, err := tx.PrepareContext(ctx, "INSERT INTO subject VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")")
		if err != nil {
			return 0, err
		}
		word, err := tx.PrepareContext(ctx, "INSERT INTO subject_word (rowid, words) VALUES (?, ?)")
		if err != nil {
			return 0, err
		}
		for _, r := range chunk {
			if _, err := row.ExecContext(ctx, r...); err != nil {
				return 0, err
			}
			if _, err := word.ExecContext(ctx, r[0], words[at]); err != nil {
				return 0, err
			}
			at++
		}
		if err := tx.Commit(); err != nil {
			return 0, err
		}
	}
	return float64(len(all)) / time.Since(begin).Seconds(), nil
}
