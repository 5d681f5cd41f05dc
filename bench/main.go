// Command bench measures the program and prints the figures as a table. All
// comparisons are ratios within one run: machines differ, and so do their
// moods.
//
//	go run ./bench            everything; PostgreSQL where GEWU_TEST_POSTGRES is set
//	go run ./bench -tasks N   with N tasks in the store (200000)
//	go run ./bench -ledger    the base ledger alone, with 10,000 and -people N people
//	go run ./bench -intake N  the import of registers with N rows, and its memory
//	go run ./bench -points N  the grids of N points alone
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

func main() {
	tasks := flag.Int("tasks", 200_000, "tasks in the store")
	span := flag.Duration("d", 5*time.Second, "length of each measurement")
	alone := flag.Bool("ledger", false, "measure the base ledger alone")
	people := flag.Int("people", 1_000_000, "people of the large ledger")
	rows := flag.Int("intake", 0, "measure the import of a register with so many rows alone")
	spots := flag.Int("points", 0, "measure finding the grids of so many points alone")
	profile := flag.String("cpuprofile", "", "write a CPU profile to this file")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		defer f.Close()
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	var err error
	switch ctx := context.Background(); {
	case *alone:
		err = ledger(ctx, []int{10_000, *people})
	case *rows > 0:
		err = intakes(ctx, *rows)
	case *spots > 0:
		err = points(*spots)
	default:
		err = run(ctx, *tasks, *span)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tasks int, span time.Duration) error {
	dir, err := os.MkdirTemp("", "gewu-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := parse(); err != nil {
		return err
	}
	dsns := []string{filepath.Join(dir, "bench.db")}
	if pg := os.Getenv("GEWU_TEST_POSTGRES"); pg != "" {
		name, drop, err := storetest.Create(pg)
		if err != nil {
			return err
		}
		defer drop()
		dsns = append(dsns, name)
	} else {
		fmt.Println("PostgreSQL not measured: GEWU_TEST_POSTGRES is not set")
	}
	for _, dsn := range dsns {
		if err := serve(ctx, dsn, dir, tasks, span); err != nil {
			return err
		}
	}
	return nil
}

// startTime is how long an existing database takes to open and answer.
func startTime(ctx context.Context, dsn string) (time.Duration, error) {
	begin := time.Now()
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if err := db.Ping(ctx); err != nil {
		return 0, err
	}
	return time.Since(begin), nil
}
