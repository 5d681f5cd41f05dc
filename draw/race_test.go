//go:build race

package draw_test

// slower is how much longer the race detector may take.
const slower = 20
