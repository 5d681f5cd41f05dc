package draw

import (
	"slices"
	"strconv"
	"strings"
)

// canonical writes the canonical form. The caller writes members in the order
// of their names; a test reads everything back with the scanner, which would
// refuse another.
type canonical struct {
	b     []byte
	comma bool
}

func (c *canonical) open(bracket byte) {
	c.sep()
	c.b = append(c.b, bracket)
	c.comma = false
}

func (c *canonical) close(bracket byte) {
	c.b = append(c.b, bracket)
	c.comma = true
}

func (c *canonical) sep() {
	if c.comma {
		c.b = append(c.b, ',')
	}
	c.comma = true
}

func (c *canonical) key(name string) {
	c.text(name)
	c.b = append(c.b, ':')
	c.comma = false
}

func (c *canonical) text(s string) {
	c.sep()
	c.b = append(c.b, '"')
	if strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\\') < 0 {
		c.b = append(c.b, s...)
	} else {
		for i := range len(s) {
			if s[i] == '"' || s[i] == '\\' {
				c.b = append(c.b, '\\')
			}
			c.b = append(c.b, s[i])
		}
	}
	c.b = append(c.b, '"')
}

func (c *canonical) count(v int64) {
	c.sep()
	c.b = strconv.AppendInt(c.b, v, 10)
}

func (c *canonical) pair(name, value string) {
	c.key(name)
	c.text(value)
}

func (c *canonical) number(name string, v int64) {
	c.key(name)
	c.count(v)
}

func (c *canonical) lines(list []string) {
	c.open('[')
	for _, s := range list {
		c.text(s)
	}
	c.close(']')
}

// sortParts sorts members by name.
func sortParts(parts []part) {
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
}
