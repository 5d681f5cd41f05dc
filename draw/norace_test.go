//go:build !race

package draw_test

const slower = 1
