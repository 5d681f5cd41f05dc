package duty

import (
	_ "embed"
	"strings"
)

// The list of a made-up street (青石街道, 云溪县): the manner of real lists, in
// words of our own.
//
//go:embed data/demo.tsv
var demoTSV string

// DemoStreet is the office that the demo list belongs to.
const DemoStreet = "青石街道"

// Demo returns the demo list. The ID of an item is its class and number,
// "basic-9".
func Demo() []Item {
	var items []Item
	for i, line := range strings.Split(strings.TrimSpace(demoTSV), "\n") {
		if i == 0 {
			continue // the names of the columns
		}
		f := strings.Split(line, "\t")
		items = append(items, Item{
			ID: f[0] + "-" + f[1], Class: Class(f[0]), No: f[1], Category: f[2], Name: f[3],
			HigherUnit: f[4], HigherDuty: f[5], LocalDuty: f[6], TakenBackBy: f[7], Method: f[8],
		})
	}
	return items
}
