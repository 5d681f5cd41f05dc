package subject

import (
	"fmt"
	"testing"

	"gewu/internal/store/storetest"
)

func BenchmarkCreateAll(b *testing.B) {
	h := build(b, storetest.SQLite(b))
	n := 0
	b.ResetTimer()
	err := h.CreateAll(b.Context(), keeper(""), func(yield func(Entry) bool) {
		for b.Loop() {
			n++
			id := fmt.Sprintf("9901011950%08d", n)
			if !yield(Entry{Kind: Person, Place: street1 + "001001", Source: "x", Values: Values{
				"person.name": "曾小满", "person.id_number": id, "person.birth_date": "1950-01-01", "person.sex": "1",
				"person.phone": "15400000000", "person.current_address": "柳荫路18号12幢2单元501室"}}) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
}
