package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gewu/internal/access"
	"gewu/internal/api"
	"gewu/internal/blob"
	"gewu/internal/duty"
	"gewu/internal/holiday"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/server"
	"gewu/internal/store"
)

// serve measures the two requests that a unit makes all day, over HTTP on
// loopback with the load on the same cores, and beside them the statements
// alone.
func serve(ctx context.Context, dsn, dir string, tasks int, span time.Duration) error {
	db, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	files, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		return err
	}
	days, err := holiday.NewService(db, time.Now)
	if err != nil {
		return err
	}
	o := api.Office{DB: db, Access: access.NewService(db, time.Now), Units: office.NewService(db, time.Now),
		Duties: duty.NewService(db, time.Now), Holidays: days, Log: slog.New(slog.DiscardHandler), Version: "bench"}
	o.Plans = plan.NewService(db, files, o.Units, o.Duties, days, time.Now)
	begin := time.Now()
	if err := seed(ctx, db); err != nil {
		return err
	}
	unit := unitID(3, 4)
	a, err := o.Access.CreateWith(ctx, access.System("bench"), access.Change{Username: "bench", Name: "bench", Unit: unit,
		Grants: []access.Grant{{Role: access.Staff, Unit: unit}, {Role: access.Clerk, Place: street(3)}}}, "bench-password", false)
	if err != nil {
		return err
	}
	if err := seedTasks(ctx, db, a.ID, tasks); err != nil {
		return err
	}
	if err := db.Analyze(ctx); err != nil {
		return err
	}
	fmt.Printf("\n%s: %d tasks seeded in %.1f s\n", db.Engine(), tasks, time.Since(begin).Seconds())
	if took, err := startTime(ctx, dsn); err != nil {
		return err
	} else {
		fmt.Printf("open an existing database and answer: %d ms\n", took.Milliseconds())
	}
	srv := httptest.NewServer(server.New(o, db))
	defer func() { srv.Close(); db.Close() }()
	jar, _ := cookiejar.New(nil)
	c := &client{base: srv.URL + api.Prefix, http: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	if _, err := c.call("POST", "/session", `{"username":"bench","password":"bench-password"}`, ""); err != nil {
		return err
	}
	fmt.Printf("%-34s %4s %9s %9s %9s\n", "", "c", "req/s", "p50 ms", "p99 ms")
	parts, err := c.parts(64)
	if err != nil {
		return err
	}
	for _, n := range []int{1, 8, 32} {
		if err := load("my tasks, 50 rows", n, span, func(int) error { _, err := c.call("GET", "/tasks/mine?limit=50", "", ""); return err }); err != nil {
			return err
		}
	}
	for _, n := range []int{1, 8, 32} {
		if err := load("tasks of the street, 50 rows", n, span, func(int) error { _, err := c.call("GET", "/tasks?state=open&limit=50", "", ""); return err }); err != nil {
			return err
		}
	}
	for _, n := range []int{1, 8, 32} {
		err := load("progress report with a figure", n, span, func(w int) error {
			p := &parts[w]
			_, err := c.call("POST", "/parts/"+p.id+"/reports", `{"words":"已完成一次排查","done":false,"figures":[{"quota":"`+p.quota+`","value":1}]}`, fmt.Sprintf("%q", fmt.Sprint(p.version)))
			p.version++
			return err
		})
		if err != nil {
			return err
		}
	}
	return load("the list's first statement alone", 1, span, func(int) error {
		_, err := store.All[string](ctx, db, store.SQL(`SELECT a.id FROM assignment a WHERE a.unit_id = ? AND a.state IN ('assigned', 'signed')`, unit).
			Anywhere().Add(" ORDER BY a.due, a.id LIMIT 51"))
		return err
	})
}

type client struct {
	base string
	http *http.Client
}

func (c *client) call(method, path, body, match string) ([]byte, error) {
	r, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if match != "" {
		r.Header.Set("If-Match", match)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %d %s", method, path, resp.StatusCode, b)
	}
	return b, err
}

type partOf struct {
	id, quota string
	version   int
}

// parts returns parts to report on, one for each worker.
func (c *client) parts(n int) ([]partOf, error) {
	b, err := c.call("GET", fmt.Sprintf("/tasks/mine?limit=%d", n), "", "")
	if err != nil {
		return nil, err
	}
	var page struct {
		Items []struct {
			Part   plan.Part
			Quotas []plan.Tally
		}
	}
	if err := json.Unmarshal(b, &page); err != nil {
		return nil, err
	}
	var out []partOf
	for _, i := range page.Items {
		out = append(out, partOf{i.Part.ID, i.Quotas[0].ID, i.Part.Version})
	}
	if len(out) < n {
		return nil, fmt.Errorf("only %d open parts", len(out))
	}
	return out, nil
}

// load repeats an action with n workers and prints rate and percentiles.
func load(name string, n int, span time.Duration, do func(worker int) error) error {
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var wg sync.WaitGroup
	end := time.Now().Add(span)
	for w := range n {
		wg.Go(func() {
			var mine []time.Duration
			for time.Now().Before(end) {
				begin := time.Now()
				if err := do(w); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				mine = append(mine, time.Since(begin))
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if failed != nil {
		return failed
	}
	slices.Sort(all)
	at := func(p float64) float64 { return float64(all[int(p*float64(len(all)-1))].Microseconds()) / 1000 }
	fmt.Printf("%-34s %4d %9.0f %9.2f %9.2f\n", name, n, float64(len(all))/span.Seconds(), at(.5), at(.99))
	return nil
}
