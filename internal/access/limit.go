package access

import (
	"sync"
	"time"
)

// A limiter counts failed sign-ins by name and by address. It forgets: after
// limitWindow without a failure a counter starts anew.
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

// A limited is a counter and the failures after which it makes wait.
type limited struct {
	key   string
	limit int
}

// take lets a try pass and counts it as failed until it has succeeded, so that
// tries side by side do not pass together. Otherwise it tells how long to wait:
// twice as long with each failure over the limit, a window at most.
func (l *limiter) take(keys ...limited) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, k := range keys {
		f := l.failed[k.key]
		if f.count < k.limit {
			continue
		}
		pause := min(limitWindow, 15*time.Second<<min(f.count-k.limit, 6))
		if d := f.last.Add(pause).Sub(now); d > 0 {
			return d
		}
	}
	if len(l.failed) > limitEntries {
		for k, f := range l.failed {
			if now.Sub(f.last) > limitWindow {
				delete(l.failed, k)
			}
		}
	}
	for _, k := range keys {
		f := l.failed[k.key]
		if now.Sub(f.last) > limitWindow {
			f.count = 0
		}
		l.failed[k.key] = failures{f.count + 1, now}
	}
	return 0
}

// giveBack uncounts a try that turned out not to be a failure.
func (l *limiter) giveBack(keys ...limited) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, k := range keys {
		if f := l.failed[k.key]; f.count > 0 {
			f.count--
			l.failed[k.key] = f
		}
	}
}

func (l *limiter) forget(k limited) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.failed, k.key)
}
