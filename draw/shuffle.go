package draw

// A numberSource returns a number from 0 to k-1, or false if it cannot.
type numberSource func(k uint64) (uint64, bool)

// shuffle is that of Fisher and Yates, with rank 1 drawn first.
func shuffle(n int, below numberSource) ([]int32, bool) {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	for i := 0; i < n-1; i++ {
		d, ok := below(uint64(n - i))
		if !ok {
			return nil, false
		}
		j := i + int(d)
		order[i], order[j] = order[j], order[i]
	}
	return order, true
}

// pick draws each rank from all codes and passes over those drawn before.
func pick(n int, below numberSource) ([]int32, bool) {
	order := make([]int32, 0, n)
	drawn := make([]bool, n)
	for len(order) < n {
		j, ok := below(uint64(n))
		if !ok {
			return nil, false
		}
		if !drawn[j] {
			drawn[j] = true
			order = append(order, int32(j))
		}
	}
	return order, true
}
