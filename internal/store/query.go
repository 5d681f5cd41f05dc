package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Scope is what a person may see: everything under some place codes, and
// whatever concerns some units. The empty scope sees nothing.
type Scope struct {
	Places []string // code prefixes; "" is everywhere
	Units  []string // unit ids
}

// Apart takes a scope apart into scopes that an index can serve: one for each
// place and one for all units.
func (s Scope) Apart() []Scope {
	var out []Scope
	for _, p := range s.Places {
		out = append(out, Scope{Places: []string{p}})
	}
	if len(s.Units) > 0 {
		out = append(out, Scope{Units: s.Units})
	}
	return out
}

// A Draft is a statement that does not yet say whose data it reads. It cannot
// be run: In or Anywhere makes a Query of it.
type Draft struct{ q Query }

// A Query is a statement with its arguments, ready to run.
type Query struct {
	text string
	args []any
}

// SQL begins a statement. Its placeholders are ?.
func SQL(text string, args ...any) Draft { return Draft{Query{text, args}} }

// Add appends more text.
func (d Draft) Add(text string, args ...any) Draft { return Draft{d.q.Add(text, args...)} }

// If appends more text where the condition holds.
func (d Draft) If(cond bool, text string, args ...any) Draft {
	return Draft{d.q.If(cond, text, args...)}
}

// Anywhere makes a query that is not limited to a person's scope: a look-up
// inside a transaction that checks the grant itself, or data that is nobody's.
func (d Draft) Anywhere() Query { return d.q }

// In limits the query to a scope by appending AND (…). The column place holds
// a place code; unit is a condition with {units} where the list of unit ids
// goes, or "" where units alone give no access. An empty scope finds nothing.
func (d Draft) In(s Scope, place, unit string) Query { return d.in(s, place, unit, false) }

// InLevel is In for a table that is indexed by its ancestor of street and of
// county level, substr(place, 1, 9) and substr(place, 1, 6): the scope of an
// office is then an equality, behind which the index has the sort key.
func (d Draft) InLevel(s Scope, place, unit string) Query { return d.in(s, place, unit, true) }

func (d Draft) in(s Scope, place, unit string, level bool) Query {
	var or []string
	var args []any
	for _, p := range s.Places {
		if p == "" {
			or = append(or, "1=1")
			continue
		}
		if level && (len(p) == 6 || len(p) == 9) {
			or = append(or, fmt.Sprintf("substr(%s, 1, %d) = ?", place, len(p)))
			args = append(args, p)
			continue
		}
		if level && len(p) > 9 {
			or = append(or, "(substr("+place+", 1, 9) = ? AND "+place+" >= ? AND "+place+" < ?)")
			args = append(args, p[:9], p, PrefixEnd(p))
			continue
		}
		or = append(or, "("+place+" >= ? AND "+place+" < ?)")
		args = append(args, p, PrefixEnd(p))
	}
	if unit != "" && len(s.Units) > 0 {
		list, unitArgs := List(s.Units)
		or = append(or, strings.ReplaceAll(unit, "{units}", list))
		for range strings.Count(unit, "{units}") {
			args = append(args, unitArgs...)
		}
	}
	if len(or) == 0 {
		or = []string{"1=0"}
	}
	return d.q.Add(" AND ("+strings.Join(or, " OR ")+")", args...)
}

// PrefixEnd is the first string after all that begin with p, a place code:
// p <= x < PrefixEnd(p) is a range that an index can serve on both engines.
func PrefixEnd(p string) string {
	if p == "" {
		return "~" // behind every digit
	}
	b := []byte(p)
	b[len(b)-1]++
	return string(b)
}

// List returns "(?, ?, …)" and the arguments for it; no values make a list
// that matches nothing.
func List[T any](vals []T) (string, []any) {
	if len(vals) == 0 {
		return "(NULL)", nil
	}
	args := make([]any, len(vals))
	for i, v := range vals {
		args[i] = v
	}
	return "(" + strings.Repeat("?, ", len(vals)-1) + "?)", args
}

// Add appends more text.
func (q Query) Add(text string, args ...any) Query {
	all := make([]any, 0, len(q.args)+len(args))
	return Query{q.text + text, append(append(all, q.args...), args...)}
}

// If appends more text where the condition holds.
func (q Query) If(cond bool, text string, args ...any) Query {
	if !cond {
		return q
	}
	return q.Add(text, args...)
}

// rebind numbers the placeholders for PostgreSQL. Statements hold no ? in
// quotes: values are always arguments.
func rebind(text string) string {
	var b strings.Builder
	n := 0
	for {
		i := strings.IndexByte(text, '?')
		if i < 0 {
			break
		}
		n++
		b.WriteString(text[:i])
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		text = text[i+1:]
	}
	b.WriteString(text)
	return b.String()
}

type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Queries runs queries, on the database or in a transaction.
type Queries struct {
	run      runner
	postgres bool
}

// A Source runs queries: a *DB or a *Tx.
type Source interface{ queries() Queries }

func (q Queries) queries() Queries { return q }

func (q Queries) text(s string) string {
	if q.postgres {
		// SQLite's LIKE takes A and a for the same letter.
		return rebind(strings.ReplaceAll(s, " LIKE ", " ILIKE "))
	}
	return s
}

// clean takes out of texts what PostgreSQL refuses to store or compare: NUL and
// bytes that are not UTF-8.
func clean(args []any) []any {
	for i, a := range args {
		s, ok := a.(string)
		if !ok || utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
			continue
		}
		all := slices.Clone(args)
		all[i] = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
		args = all
	}
	return args
}

// Like makes a pattern for LIKE ? ESCAPE '\' that finds a word anywhere,
// whatever signs it holds.
func Like(word string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
}

// Exec runs a statement and returns the number of rows that it changed.
func (q Queries) Exec(ctx context.Context, text string, args ...any) (int64, error) {
	res, err := q.run.ExecContext(ctx, q.text(text), clean(args)...)
	if err != nil {
		return 0, fmt.Errorf("%w [%s]", err, firstWords(text))
	}
	return res.RowsAffected()
}

// Insert runs an INSERT into a table with a serial key and returns the key of
// the new row. (On SQLite RETURNING would do as well, but it makes each
// statement a savepoint, at which the words of searches are written out.)
func (q Queries) Insert(ctx context.Context, key, text string, args ...any) (int64, error) {
	if q.postgres {
		return One[int64](ctx, q, SQL(text+" RETURNING "+key, args...).Anywhere())
	}
	res, err := q.run.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, fmt.Errorf("%w [%s]", err, firstWords(text))
	}
	return res.LastInsertId()
}

// firstWords names a statement in an error, without its values.
func firstWords(text string) string {
	w := strings.Fields(text)
	return strings.Join(w[:min(len(w), 6)], " ")
}

// ErrNone is returned by One where no row matches.
var ErrNone = errors.New("no such row")

type traceKey struct{}

// WithTrace returns a context whose queries are shown to see before they run,
// for tests that look at how they are planned.
func WithTrace(ctx context.Context, see func(text string, args []any)) context.Context {
	return context.WithValue(ctx, traceKey{}, see)
}

// One returns the first row, or ErrNone. T is a struct with db tags, or a
// single value.
func One[T any](ctx context.Context, src Source, q Query) (T, error) {
	var zero T
	all, err := All[T](ctx, src, q)
	switch {
	case err != nil:
		return zero, err
	case len(all) == 0:
		return zero, ErrNone
	}
	return all[0], nil
}

// All returns the rows, never nil. A column without a field of that db tag is
// an error, so that a slip shows in the first test.
func All[T any](ctx context.Context, src Source, q Query) ([]T, error) {
	db := src.queries()
	if see, ok := ctx.Value(traceKey{}).(func(string, []any)); ok {
		see(q.text, q.args)
	}
	rows, err := db.run.QueryContext(ctx, db.text(q.text), clean(q.args)...)
	if err != nil {
		return nil, fmt.Errorf("%w [%s]", err, firstWords(q.text))
	}
	defer rows.Close()
	out := []T{}
	cols, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	index, err := fieldsOf(reflect.TypeFor[T](), cols)
	if err != nil {
		return nil, fmt.Errorf("%w [%s]", err, firstWords(q.text))
	}
	dest := make([]any, len(cols))
	for rows.Next() {
		var v T
		if index == nil {
			dest[0] = &v
		} else {
			rv := reflect.ValueOf(&v).Elem()
			for i, ix := range index {
				dest[i] = rv.FieldByIndex(ix).Addr().Interface()
			}
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, fmt.Errorf("%w [%s]", err, firstWords(q.text))
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

var fieldCache sync.Map // reflect.Type → map[string][]int

// fieldsOf returns the field of t for each column, nil where t is scanned as
// one value.
func fieldsOf(t reflect.Type, cols []string) ([][]int, error) {
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]()) {
		if len(cols) != 1 {
			return nil, fmt.Errorf("%d columns into one %s", len(cols), t)
		}
		return nil, nil
	}
	var byName map[string][]int
	if m, ok := fieldCache.Load(t); ok {
		byName = m.(map[string][]int)
	} else {
		byName = make(map[string][]int)
		for _, f := range reflect.VisibleFields(t) {
			if name := f.Tag.Get("db"); name != "" {
				byName[name] = f.Index
			}
		}
		fieldCache.Store(t, byName)
	}
	out := make([][]int, len(cols))
	for i, c := range cols {
		ix, ok := byName[c]
		if !ok {
			return nil, fmt.Errorf("column %q has no field in %s", c, t)
		}
		out[i] = ix
	}
	return out, nil
}
