package expr

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"gewu/code"
)

// TestLists keeps testdata/cel/lists.json, to which the browser's side holds
// what it repeats: sentences, and the characters that masks take for blank.
func TestLists(t *testing.T) {
	lists := struct {
		Sentences map[string][2]string `json:"sentences"`
		Unnamed   map[string][2]string `json:"unnamed"`
		Types     map[string]string    `json:"types"`
		Blank     [][2]rune            `json:"blank"`
	}{pairs(sentences), pairs(unnamed), typeNamesZh, blanks()}
	b, err := json.MarshalIndent(lists, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, '\n')
	const file = "../testdata/cel/lists.json"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(old, b) {
		t.Errorf("%s is not what the package says; write it with -update, and bring web/src/cel along", file)
	}
}

func pairs(m map[string]sentence) map[string][2]string {
	all := map[string][2]string{}
	for code, s := range m {
		all[code] = [2]string{s.zh, s.en}
	}
	return all
}

func blanks() [][2]rune {
	var all [][2]rune
	for r := rune(0); r <= 0x10ffff; r++ {
		if r >= 0xd800 && r < 0xe000 || code.MaskAll.Apply(string(r)) != "" {
			continue
		}
		if n := len(all); n > 0 && all[n-1][1] == r-1 {
			all[n-1][1] = r
		} else {
			all = append(all, [2]rune{r, r})
		}
	}
	return all
}

// Every signature has an implementation, and it takes as many arguments.
func TestFunctionsAreThere(t *testing.T) {
	n := 0
	for name, sigs := range functions() {
		for _, s := range sigs {
			n++
			if f, ok := library[s.fn]; !ok || f.params != len(s.params) || f.do == nil {
				t.Errorf("%s: %s takes %d of %d", name, s.fn, f.params, len(s.params))
			}
			for _, p := range append(s.params, s.result) {
				if !p.declarable(2) && (p.kind != "list" || !p.elem.IsZero()) {
					t.Errorf("%s: %q is no type", name, p.kind)
				}
			}
		}
	}
	if n < 80 {
		t.Errorf("only %d signatures", n)
	}
}

// Whatever is written, reading it ends with a tree that has a type or with an
// error that has a place, and does not panic.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"", "a + 1", "l.map(x, x > 0 ? [x] : [])", "{'a': 1}[s]", "l[?0].orValue(1)", "'\\u4e16' + \"b\" // c", "s.matches('^[a-z]{1,3}(b|c)*$')", "((((", "!!!!!", "-9223372036854775808",
		"1e999", "'\\", "[[[[[", "a ? b : c ? d : e", "date('2026-02-30')", "世界", "\xff", "a.b.c.d", "rows.filter(r, r.a).map(r, r.b).exists(r, r)"} {
		f.Add(s)
	}
	env, err := New(Declarations{Vars: map[string]Type{"a": Integer, "s": Text, "l": ListOf(Integer), "x1": Decimal, "rows": TableOf(map[string]Type{"a": Boolean, "b": Date})}})
	if err != nil {
		f.Fatal(err)
	}
	values := Values{"a": 1, "s": "abc", "l": []any{1, 2}, "x1": 0.5, "rows": []map[string]any{{"a": true}, {"b": "2026-01-01"}}}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := env.Compile(s, Type{})
		if err == nil {
			_, err = p.Eval(t.Context(), values)
		}
		if e, ok := err.(*Error); err != nil && (!ok || sentences[e.Code].zh == "") {
			t.Fatalf("%q: %v", s, err)
		}
	})
}

// A pattern that is taken is one of Go's, whatever it is.
func FuzzPattern(f *testing.F) {
	for _, s := range []string{"a{2,3}", "(a|b)*", `[^\d\s]`, "^$", "(?:x)+", "[一-龥]", "((((a))))", `\-\/`} {
		f.Add(s, "ab")
	}
	f.Fuzz(func(t *testing.T, p, s string) {
		if read, ok := readPattern(p); ok && (read.states < 1 || read.states > maxStates) {
			t.Fatalf("%q has %d states", p, read.states)
		} else if ok {
			read.re.MatchString(s)
		}
	})
}
