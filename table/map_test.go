package table

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gewu/element"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func dictionary(t testing.TB) element.Names {
	t.Helper()
	d, err := element.Load()
	if err != nil {
		t.Fatal(err)
	}
	return d.Core()
}

func read(t testing.TB, data []byte) *Workbook {
	t.Helper()
	wb, err := Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return wb
}

// testdata/map/NAME.txt describes a blank workbook, NAME.golden is what it is
// mapped to.
func TestMap(t *testing.T) {
	names := dictionary(t)
	files, err := filepath.Glob("testdata/map/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d templates, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := outline(read(t, testBook(t, string(text))).Map(names))
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
