package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/peterstace/simplefeatures/geom"

	"gewu/internal/atlas"
)

// points measures finding the grids of many points among the borders of a
// county, against trying one border after the other.
func points(n int) error {
	const side, corners = 45, 80 // about two thousand grids
	rng := rand.New(rand.NewPCG(1, 2))
	var borders []atlas.Border
	for x := range side {
		for y := range side {
			ring := make([]float64, 0, 2*corners+2)
			for k := range corners + 1 {
				a := 2 * math.Pi * float64(k%corners) / corners
				r := .0049 * (.9 + .1*math.Cos(7*a)) // a line with bays, valid
				ring = append(ring, 110+float64(x)*.01+r*math.Cos(a), 30+float64(y)*.01+r*math.Sin(a))
			}
			g := geom.NewPolygon([]geom.LineString{geom.NewLineString(geom.NewSequence(ring, geom.DimXY))}).AsGeometry()
			if err := g.Validate(); err != nil {
				return err
			}
			borders = append(borders, atlas.Border{Place: fmt.Sprintf("990101%03d%03d%03d", x, y, 1), Geometry: g})
		}
	}
	begin := time.Now()
	l := atlas.NewLocator(borders)
	made := time.Since(begin)
	at := make([]geom.XY, n)
	for i := range at {
		at[i] = geom.XY{X: 110 + rng.Float64()*.01*side, Y: 30 + rng.Float64()*.01*side}
	}
	begin = time.Now()
	found := 0
	for _, p := range at {
		if l.Locate(p.X, p.Y) != "" {
			found++
		}
	}
	took := time.Since(begin)
	few := at[:min(len(at), 2000)]
	begin = time.Now()
	for _, p := range few {
		g := geom.NewPoint(geom.Coordinates{XY: p}).AsGeometry()
		for _, b := range borders {
			if geom.Intersects(b.Geometry, g) {
				break
			}
		}
	}
	plain := time.Since(begin)
	rate := float64(n) / took.Seconds()
	fmt.Printf("%d points in %d grids of %d corners: %.2f s, %.0f points/s (%d inside; the index was made in %.1f ms); one border after the other %.0f points/s, ratio %.0f\n",
		n, len(borders), corners, took.Seconds(), rate, found, float64(made.Microseconds())/1000, float64(len(few))/plain.Seconds(), rate*plain.Seconds()/float64(len(few)))
	return nil
}
