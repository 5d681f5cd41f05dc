package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

func TestDemo(t *testing.T) {
	dir := t.TempDir()
	args := []string{"--lang", "en", "demo", "--residents", "60", "--seed", "7", "--db", filepath.Join(dir, "gewu.db"), "--data", dir}
	var out bytes.Buffer
	if code := run(t.Context(), args, nil, &out, &out); code != 0 || !strings.Contains(out.String(), "clerk") {
		t.Fatalf("code %d: %s", code, &out)
	}
	out.Reset()
	if code := run(t.Context(), args, nil, &out, &out); code != exitUsage || !strings.Contains(out.String(), "empty") {
		t.Errorf("made twice, code %d: %s", code, &out)
	}
}
