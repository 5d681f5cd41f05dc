package cellfit_test

import (
	"fmt"

	"gewu/internal/cellfit"
)

// A cell of 100 pixels holds five ideographs of 12 points on a line.
func ExampleLines() {
	fmt.Println(cellfit.Lines("按季度报送", 100, 12), cellfit.Lines("按季度报送情况", 100, 12))
	// Output: 1 2
}
