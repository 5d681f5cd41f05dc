package intake

import (
	"hash/maphash"
	"maps"
)

// A memory keeps what the rows of a file have said. What those of one
// transaction say is kept when it has been committed, and dropped when it is
// tried again. Keys are kept as 128 bits of their hash: among a million of them
// two meet by chance once in 10²⁶ files, and the rows of a large file would take
// a hundred megabytes otherwise.
type memory[V any] struct {
	seeds       [2]maphash.Seed
	kept, fresh map[[2]uint64]V
}

func newMemory[V any]() memory[V] {
	return memory[V]{[2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, map[[2]uint64]V{}, map[[2]uint64]V{}}
}

func (m memory[V]) hash(key string) [2]uint64 {
	return [2]uint64{maphash.String(m.seeds[0], key), maphash.String(m.seeds[1], key)}
}

func (m memory[V]) get(key string) (V, bool) {
	h := m.hash(key)
	if v, ok := m.fresh[h]; ok {
		return v, true
	}
	v, ok := m.kept[h]
	return v, ok
}

func (m memory[V]) put(key string, v V) { m.fresh[m.hash(key)] = v }

func (m memory[V]) keep() {
	maps.Copy(m.kept, m.fresh)
	clear(m.fresh)
}

func (m memory[V]) drop() { clear(m.fresh) }
