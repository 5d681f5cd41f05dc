package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"go.yaml.in/yaml/v4"
)

// What ships meets the schema that editors are given, and what the schema
// refuses the program refuses too.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("../../packs/*/kinds/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	valid := func(text []byte) []error {
		var doc any
		if err := yaml.Load(text, &doc); err != nil {
			t.Fatal(err)
		}
		r, root := schemaOfKinds()
		res := &huma.ValidateResult{}
		huma.Validate(r, r.SchemaFromRef(root.Ref), huma.NewPathBuffer([]byte{}, 0), huma.ModeWriteToServer, doc, res)
		return res.Errors
	}
	check := func(text []byte) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "kind.yaml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		code := run(t.Context(), []string{"--lang=en", "kind", "check", path}, strings.NewReader(""), &out, &errs)
		if (code == 0) != (errs.Len() == 0) {
			t.Errorf("%d: %s", code, errs.String())
		}
		return errs.String()
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if errs := valid(text); len(errs) > 0 {
			t.Errorf("%s: %v", f, errs)
		}
		if s := check(text); s != "" {
			t.Error(s)
		}
		for from, to := range map[string]string{"type: one": "type: several", "may: [": "may: [forget, ", "\ntitle:": "\ntitel:", "days: 7": "days: seven"} {
			wrong := bytes.Replace(text, []byte(from), []byte(to), 1)
			if bytes.Equal(wrong, text) {
				continue
			}
			if len(valid(wrong)) == 0 || check(wrong) == "" {
				t.Errorf("%s: %s passes", f, to)
			}
		}
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"kind", "schema"}, strings.NewReader(""), &out, &out); code != 0 || !strings.Contains(out.String(), `"$ref": "#/$defs/Kind"`) {
		t.Errorf("%d: %s", code, out.String())
	}
}
