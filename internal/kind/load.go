package kind

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxSize is the size of the largest file, in bytes.
const maxSize = 256 << 10

func cut(id string) (table, column string, of bool) { return strings.Cut(id, ".") }

// Parse reads a kind and checks it as a whole; what is wrong comes as
// [Problems].
func Parse(file string, text []byte, w World) (*Kind, error) {
	d := &document{file: file, at: map[string]position{}}
	if len(text) > maxSize {
		return nil, Problems{d.problem("kind_size", "", "")}
	}
	var root yaml.Node
	if err := yaml.Load(text, &root); err != nil {
		return nil, Problems{d.broken(err)}
	}
	node := &root
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	d.walk(node, reflect.TypeFor[Kind](), "")
	if len(d.problems) > 0 {
		return nil, d.sorted()
	}
	k := &Kind{}
	if err := node.Load(k); err != nil {
		return nil, Problems{d.broken(err)}
	}
	c := checker{document: d, Kind: k, world: w}
	c.check()
	if len(d.problems) > 0 {
		return nil, d.sorted()
	}
	return k, nil
}

type position struct{ line, column int }

// A document is a file that is being read, with the places of its values.
type document struct {
	file     string
	at       map[string]position
	problems Problems
}

func (d *document) problem(code, path, detail string) Problem {
	p, known := d.at[path]
	for at := path; !known && at != ""; { // what is missing is where it should be
		at = at[:max(0, strings.LastIndexAny(at, ".["))]
		p, known = d.at[at]
	}
	return Problem{Code: code, File: d.file, Line: max(p.line, 1), Column: max(p.column, 1), Path: path, Detail: detail}
}

func (d *document) add(code, path, detail string) {
	d.problems = append(d.problems, d.problem(code, path, detail))
}

func (d *document) sorted() Problems {
	slices.SortStableFunc(d.problems, func(a, b Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	return d.problems
}

var marked = regexp.MustCompile(`(?:line |at L?)(\d+)(?:[:,]C?(\d+))?`)

// broken says where a file is no YAML.
func (d *document) broken(err error) Problem {
	p := d.problem("kind_yaml", "", "")
	if m := marked.FindStringSubmatch(err.Error()); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Column = 1
	}
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		p.Line, p.Column, p.Detail = max(e.Mark.Line, 1), max(e.Mark.Column, 1), e.Message
	}
	return p
}

// walk notes where the values are, and refuses properties that there are not
// and values of another form.
func (d *document) walk(n *yaml.Node, t reflect.Type, path string) {
	d.at[path] = position{n.Line, n.Column}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.add("kind_alias", path, "")
	case t.Kind() == reflect.Struct:
		if n.Kind != yaml.MappingNode {
			d.add("kind_value", path, n.Value)
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			at := strings.TrimPrefix(path+"."+key.Value, ".")
			f, ok := property(t, key.Value)
			if !ok {
				d.at[at] = position{key.Line, key.Column}
				d.add("kind_key", at, key.Value)
				continue
			}
			d.walk(value, f, at)
		}
	case t.Kind() == reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.add("kind_value", path, n.Value)
			return
		}
		for i, x := range n.Content {
			d.walk(x, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
	case n.Kind != yaml.ScalarNode,
		t.Kind() == reflect.Int && n.ShortTag() != "!!int",
		t.Kind() == reflect.Bool && n.ShortTag() != "!!bool":
		d.add("kind_value", path, n.Value)
	}
}

func property(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); name == key {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}
