package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/xuri/excelize/v2"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/demo"
	"gewu/internal/intake"
	"gewu/internal/office"
	"gewu/internal/seal"
	"gewu/internal/store"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

var intakeHead = []string{"姓名", "身份证号码", "出生日期", "性别", "联系电话", "社区", "小区", "楼栋", "房号", "户编号", "与户主关系"}

// intakes measures the import of a register with many rows: how long each step
// takes, and the largest memory of the process meanwhile.
func intakes(ctx context.Context, people int) error {
	dir, err := os.MkdirTemp("", "gewu-intake-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, ext := range []string{".xlsx", ".csv"} {
		if err := intakeOf(ctx, dir, ext, people); err != nil {
			return err
		}
	}
	return nil
}

func intakeOf(ctx context.Context, dir, ext string, people int) error {
	db, err := store.Open(ctx, filepath.Join(dir, ext+".db"))
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
	files, err := blob.Open(filepath.Join(dir, ext))
	if err != nil {
		return err
	}
	elements := subject.NewElements(dict)
	subjects := subject.NewService(db, ring, elements, time.Now)
	off := office.NewService(db, time.Now)
	places := []office.Place{{Code: "99", Name: "云州省"}, {Code: "9901", Name: "云中市"}, {Code: "990101", Name: "云溪县"}, {Code: demo.Street, Name: "青石街道"}}
	for c := 1; c <= 6; c++ {
		places = append(places, office.Place{Code: fmt.Sprintf("%s%03d", demo.Street, c), Name: fmt.Sprintf("第%d社区", c)})
	}
	for _, p := range places {
		if err := off.AddPlace(ctx, access.System("bench"), p); err != nil {
			return err
		}
	}
	path := filepath.Join(dir, "人员"+ext)
	rows, err := register(path, people)
	if err != nil {
		return err
	}
	who := access.Identity{ID: "k", Name: "bench", Grants: []access.Grant{{Role: access.Keeper, Place: demo.Street}}}
	s := intake.NewService(db, vault.New(files, ring), subjects, intake.Tables{Mapper: table.NewMapper(dict.Core())}, elements.Mask, time.Now)
	debug.FreeOSMemory()
	peak, stop := watch()
	defer stop()
	fmt.Printf("\nimport of %d rows, %s\n", rows, ext)
	var took time.Duration
	step := func(name string, f func() error) error {
		begin := time.Now()
		if err := f(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		took = time.Since(begin)
		fmt.Printf("%-10s %8.1f s %10.0f rows/s   peak %s\n", name, took.Seconds(), float64(rows)/took.Seconds(), peak())
		return nil
	}
	var i intake.Intake
	if err := step("upload", func() error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		i, err = s.Add(ctx, who, demo.Street, filepath.Base(path), f)
		return err
	}); err != nil {
		return err
	}
	if i, err = s.Correct(ctx, who, i.ID, i.Version, intake.Correction{Kind: subject.Person, AsOf: i.AsOf, Makes: true}); err != nil {
		return err
	}
	if err := step("dry run", func() (err error) { i, err = s.Check(ctx, who, i.ID, i.Version); return err }); err != nil {
		return err
	}
	if err := step("import", func() (err error) { i, err = s.Run(ctx, who, i.ID, i.Version); return err }); err != nil {
		return err
	}
	made := float64(i.Tally.New+i.Tally.Made) / took.Seconds()
	if err := db.Analyze(ctx); err != nil {
		return err
	}
	bare, err := bareInsert(ctx, filepath.Join(dir, ext+".db"))
	if err != nil {
		return err
	}
	fmt.Printf("%+v\n%.0f subjects a second; the bare driver, same rows, indexes and words: %.0f, ratio %.2f\n", i.Tally, made, bare, made/bare)
	return nil
}

// watch samples how much memory of its own the process has, without the pages
// of files that the system lends it, until it is stopped; it returns the most
// since it was last asked. On Linux; elsewhere it does not know.
func watch() (peak func() string, stop func()) {
	var most atomic.Int64
	done := make(chan struct{})
	go func() {
		for {
			if n := ownMemory(); n > most.Load() {
				most.Store(n)
			}
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() string { return fmt.Sprintf("%d MB", most.Swap(0)>>10) }, func() { close(done) }
}

// ownMemory is the anonymous resident memory of the process in kB.
func ownMemory() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	line, _, _ := strings.Cut(rest, "\n")
	n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "kB")), 10, 64)
	return n
}

// register writes a register of the demo's people, .xlsx or .csv.
func register(path string, people int) (int, error) {
	town := demo.NewTown(demo.Street, people, 1, time.Now(), store.NewID)
	known := map[string]subject.Values{} // of buildings, dwellings and households
	above := map[string]string{}
	put, done, err := writer(path)
	if err != nil {
		return 0, err
	}
	if err := put(intakeHead); err != nil {
		return 0, err
	}
	rows := 0
	for e := range town.Entries() {
		switch e.Kind {
		case subject.Building, subject.Dwelling, subject.Household:
			known[e.ID] = e.Values
			above[e.ID] = e.Links.Building + e.Links.Dwelling
		case subject.Person:
			home := known[e.Links.Household]
			dwelling := e.Links.Dwelling
			building := known[above[dwelling]]
			v := e.Values
			rows++
			if err := put([]string{v["person.name"], v["person.id_number"], v["person.birth_date"], map[string]string{"1": "男", "2": "女"}[v["person.sex"]], v["person.phone"],
				"第" + e.Place[11:12] + "社区", building["compound.name"], building["building.name"], known[dwelling]["dwelling.room_number"],
				home["household.number"], v["person.relation_to_head"]}); err != nil {
				return 0, err
			}
		}
	}
	return rows, done()
}

func writer(path string) (put func([]string) error, done func() error, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, nil, err
	}
	if strings.HasSuffix(path, ".csv") {
		w := csv.NewWriter(f)
		return w.Write, func() error { w.Flush(); return f.Close() }, nil
	}
	x := excelize.NewFile()
	sw, err := x.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, nil, err
	}
	n := 0
	put = func(cells []string) error {
		n++
		row := make([]any, len(cells))
		for i, c := range cells {
			row[i] = c
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		return sw.SetRow(at, row)
	}
	return put, func() error {
		if err := sw.Flush(); err != nil {
			return err
		}
		if err := x.Write(f); err != nil {
			return err
		}
		if err := x.Close(); err != nil {
			return err
		}
		return f.Close()
	}, nil
}
