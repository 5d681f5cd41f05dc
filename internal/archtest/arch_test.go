// Package archtest keeps imports going one way, as ARCHITECTURE.md draws them.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the storeys of the house from the ground up; a package imports
// only what lies on its own storey or below. Engines and the cellar's own
// tools lie on the ground.
var floors = map[string]int{
	"notice": 0, "calendar": 0, "code": 0, "element": 0, "table": 0, "draw": 0, "draw/page": 0, "internal/fault": 0, "internal/docxtest": 0, "internal/docxtest/makedocx": 9,
	"expr": 1, "internal/cellfit": 1, "internal/tasktable": 1, "internal/ical": 1,
	"internal/store": 1, "internal/store/storetest": 1, "internal/seal": 1, "internal/vault": 2, "internal/journal": 2, "internal/blob": 1,
	"internal/kind": 1, "internal/flow": 2, "internal/record": 6,
	"internal/access": 3, "internal/office": 4, "internal/holiday": 4, "internal/duty": 4,
	"internal/subject": 5, "internal/atlas": 5, "internal/intake": 6, "internal/fill": 6, "internal/plan": 5, "internal/backup": 2, "internal/demo": 6,
	"internal/api": 7, "internal/webui": 7, "internal/server": 8, "bench": 9, "cmd/gewu": 9,
}

// pure packages import nothing of the office.
var pure = map[string]bool{"notice": true, "calendar": true, "code": true, "element": true, "table": true, "draw": true, "draw/page": true, "internal/fault": true}

// engines import other engines, and nothing of the office: these, and those of
// Gewu that they are built on.
var engines = map[string][]string{"expr": {"calendar", "code"}}

func TestImportsGoDown(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		from := filepath.ToSlash(rel)
		floor, known := floors[from]
		if !known {
			if from != "internal/archtest" && !strings.HasPrefix(from, "web") {
				t.Errorf("%s has no floor here: add it, and draw it in ARCHITECTURE.md", from)
			}
			return nil
		}
		seen++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			to, ours := strings.CutPrefix(name, "gewu/")
			if !ours {
				continue
			}
			if pure[from] {
				t.Errorf("%s: a pure package imports %s", path, to)
			}
			if on, ok := engines[from]; ok && !slices.Contains(on, to) {
				t.Errorf("%s: an engine imports %s", path, to)
			}
			if target, ok := floors[to]; !ok || target > floor || target == floor && to != from && floor != 7 && floor != 1 && floor != 4 {
				t.Errorf("%s (floor %d) imports %s (floor %d)", path, floor, to, target)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 50 {
		t.Errorf("only %d files looked at", seen)
	}
}
