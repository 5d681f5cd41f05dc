package intake

import "maps"

// A memory keeps what the rows of a file have said. What those of one
// transaction say is kept when it has been committed, and dropped when it is
// tried again.
type memory[V any] struct{ kept, fresh map[string]V }

func newMemory[V any]() memory[V] { return memory[V]{map[string]V{}, map[string]V{}} }

func (m memory[V]) get(key string) (V, bool) {
	if v, ok := m.fresh[key]; ok {
		return v, true
	}
	v, ok := m.kept[key]
	return v, ok
}

func (m memory[V]) put(key string, v V) { m.fresh[key] = v }

func (m memory[V]) keep() {
	maps.Copy(m.kept, m.fresh)
	clear(m.fresh)
}

func (m memory[V]) drop() { clear(m.fresh) }
