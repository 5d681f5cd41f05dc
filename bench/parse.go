package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"gewu/internal/demo"
	"gewu/notice"
)

// parse measures the parser on texts of 10 kB to 10 MB, made by repeating the
// demo's notice. MB/s must stay level.
func parse() error {
	one, err := demo.Notice("law.txt", time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return err
	}
	fmt.Println("parse a .txt, bytes → tasks")
	fmt.Printf("%10s %10s %12s %14s %8s\n", "size", "MB/s", "allocs/kB", "bytes/byte", "ratio")
	first := 0.0
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		text := []byte(strings.Repeat(string(one), size/len(one)+1)[:size/3*3])
		rounds := max(1, 20_000_000/size)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		begin := time.Now()
		for range rounds {
			doc, err := notice.Read("a.txt", text)
			if err != nil {
				return err
			}
			notice.Parse(doc)
		}
		took := time.Since(begin).Seconds()
		runtime.ReadMemStats(&after)
		rate := float64(len(text)*rounds) / 1e6 / took
		if first == 0 {
			first = rate
		}
		total := float64(len(text) * rounds)
		fmt.Printf("%10d %10.2f %12.0f %14.1f %8.2f\n", size, rate, float64(after.Mallocs-before.Mallocs)/total*1000,
			float64(after.TotalAlloc-before.TotalAlloc)/total, rate/first)
	}
	return nil
}
