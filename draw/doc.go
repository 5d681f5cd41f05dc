// Package draw decides by lot and makes a file, the bundle, from which anyone
// can work out the result again.
//
// There are two modes. In mode A the list of codes is fixed and a seed of a few
// digits is drawn in public, as notaries do it today. In mode B several parties
// seal a secret before the draw and open it in the hall; the result depends on
// all of them, so one honest party is enough.
//
//	list, err := draw.ReadList(file)
//	b, err := draw.Open(draw.Opening{
//		Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "Homes of the spring",
//		Rules: draw.Rules{Types: []draw.Type{{Type: "A", Homes: 30, Waiting: 10}}},
//		Generator: draw.LCG(),
//	}, list)
//	err = b.RunSeed("123456")
//	_, err = b.WriteTo(out)
//
// In mode B [Bundle.Commit], [Bundle.Reveal] and [Bundle.Run] take the place of
// [Bundle.RunSeed]. [Read] accepts the one canonical form of a bundle and
// nothing else, and [Bundle.Verify] works the result out again and names every
// difference.
//
// docs/draw.md is the specification, complete enough to write a second program
// from. Time and memory grow with the number of codes: a million take about a
// second and 250 bytes each, file included (docs/engines.md).
//
// Nothing here reads a clock, and only [NewSecret] a random source.
package draw

// Format is the word that marks a bundle of this specification.
const Format = "gewu-draw-1"

// Bounds of what is read. They keep a file from filling the memory of whoever
// checks it.
const (
	MaxCodes = 5_000_000
	MaxSize  = 512 << 20 // bytes of a bundle or of a list
	maxHomes = 10_000_000
	maxCount = 1<<53 - 1 // what every language can hold exactly
)
