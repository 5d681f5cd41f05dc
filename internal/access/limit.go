package access

import (
	"sync"
	"time"
)

// A limiter counts failed sign-ins by name and by address. It forgets: after
// `window` without a failure a counter starts anew.
type limiter struct {
	mu     sync.Mutex
	now    func() time.Time
	failed map[string]failures
}

type failures struct {
	count int
	last  time.Time
}

const (
	limitWindow  = 15 * time.Minute
	limitByName  = 5   // failures after which a name has to wait
	limitByPlace = 50  // failures after which an address has to wait: an office shares one
	limitEntries = 1e5 // bound on memory; beyond it the stale ones are dropped
)

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, failed: make(map[string]failures)}
}

// wait tells how long the next try has to wait: zero, or twice as long with
// each failure over the limit, a window at most.
func (l *limiter) wait(key string, limit int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.failed[key]
	if f.count < limit {
		return 0
	}
	pause := min(limitWindow, 15*time.Second<<min(f.count-limit, 6))
	return max(0, f.last.Add(pause).Sub(l.now()))
}

func (l *limiter) fail(keys ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if len(l.failed) > limitEntries {
		for k, f := range l.failed {
			if now.Sub(f.last) > limitWindow {
				delete(l.failed, k)
			}
		}
	}
	for _, k := range keys {
		f := l.failed[k]
		if now.Sub(f.last) > limitWindow {
			f.count = 0
		}
		l.failed[k] = failures{f.count + 1, now}
	}
}

func (l *limiter) succeed(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.failed, key)
}
