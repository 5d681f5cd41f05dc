package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A safeBuffer can be read while the program writes to it.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serve runs the program until the test ends and returns what it printed and
// how to stop it.
func serve(t *testing.T, args ...string) (out *safeBuffer, url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out = &safeBuffer{}
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"--lang", "en", "serve", "--addr", "127.0.0.1:0"}, args...), strings.NewReader(""), out, out)
	}()
	at := regexp.MustCompile(`Gewu is at (http://\S+)`)
	for range 600 {
		if m := at.FindStringSubmatch(out.String()); m != nil {
			return out, m[1], func() int { cancel(); return <-code }
		}
		select {
		case c := <-code:
			t.Fatalf("ended with %d: %s", c, out)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("did not start: %s", out)
	return nil, "", nil
}

func TestFirstStartMakesAnAdministratorOnce(t *testing.T) {
	dir := t.TempDir()
	args := []string{"--db", filepath.Join(dir, "gewu.db"), "--data", dir}
	out, url, stop := serve(t, args...)
	password := regexp.MustCompile(`password (\S+)`).FindStringSubmatch(out.String())
	if password == nil {
		t.Fatalf("no password: %s", out)
	}
	resp, err := http.Post(url+"/api/v1/session", "application/json", strings.NewReader(`{"username":"admin","password":"`+password[1]+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != http.StatusCreated || !strings.Contains(string(body), `"must_change_password":true`) {
		t.Errorf("sign in: %d %s", resp.StatusCode, body)
	}
	if code := stop(); code != 0 {
		t.Errorf("stopped with %d: %s", code, out)
	}
	if n := strings.Count(out.String(), password[1]); n != 1 {
		t.Errorf("the password was printed %d times", n)
	}
	out, _, stop = serve(t, args...)
	if code := stop(); code != 0 || strings.Contains(out.String(), "password") {
		t.Errorf("second start, code %d: %s", code, out)
	}
}

func TestBackupOfAServingOffice(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "gewu.db")
	_, _, stop := serve(t, "--db", db, "--data", dir, "--demo", "--residents", "60")
	defer stop()
	var out bytes.Buffer
	archive := filepath.Join(dir, "a.tar.gz")
	if code := run(t.Context(), []string{"--lang", "en", "backup", "--db", db, "--data", dir, archive}, nil, &out, &out); code != 0 {
		t.Fatalf("backup: %s", &out)
	}
	to := t.TempDir()
	if code := run(t.Context(), []string{"--lang", "en", "restore", "--db", filepath.Join(to, "gewu.db"), "--data", to, archive}, nil, &out, &out); code != 0 {
		t.Fatalf("restore: %s", &out)
	}
	// The archive does not hold the keys: without them the office does not open.
	if code := run(t.Context(), []string{"--lang", "en", "serve", "--addr", "127.0.0.1:0", "--db", filepath.Join(to, "gewu.db"), "--data", to}, nil, &out, &out); code != 1 || !strings.Contains(out.String(), "keys do not open") {
		t.Errorf("opened under other keys, code %d: %s", code, &out)
	}
	// The restored office knows the demo's accounts.
	_, url, stop2 := serve(t, "--db", filepath.Join(to, "gewu.db"), "--data", to, "--keys", filepath.Join(dir, "keys.txt"))
	defer stop2()
	resp, err := http.Post(url+"/api/v1/session", "application/json", strings.NewReader(`{"username":"clerk","password":"gewu-demo"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Errorf("sign in to the restored office: %d", resp.StatusCode)
	}
	if code := run(t.Context(), []string{"restore", "--db", db, "--data", dir, archive}, nil, &out, &out); code != 1 {
		t.Errorf("restored over a serving office, code %d", code)
	}
}

func TestSettingsFromFileAndEnvironment(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GEWU_DB", filepath.Join(dir, "env.db"))
	_, _, stop := serve(t, "--data", dir)
	stop()
	if m, _ := filepath.Glob(filepath.Join(dir, "env.db")); len(m) != 1 {
		t.Error("the environment was not heeded")
	}
}

// A flag wins over the environment, and that over the file.
func TestSettingsOrder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "gewu.json")
	named := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(file, []byte(`{"db": "`+filepath.ToSlash(named("file.db"))+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		env  string
		args []string
		want string
	}{
		{"", nil, "file.db"},
		{named("env.db"), nil, "env.db"},
		{named("env2.db"), []string{"--db", named("flag.db")}, "flag.db"},
	} {
		if tt.env != "" {
			t.Setenv("GEWU_DB", tt.env)
		}
		_, _, stop := serve(t, append([]string{"--config", file, "--data", dir}, tt.args...)...)
		stop()
		if _, err := os.Stat(named(tt.want)); err != nil {
			t.Errorf("%s was not used: %v", tt.want, err)
		}
	}
	if _, err := os.Stat(named("env2.db")); err == nil {
		t.Error("the environment was used besides the flag")
	}
}

// A dictionary that records what must not be recorded does not open an office.
func TestDictionaryIsRefused(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "own.tsv")
	if err := os.WriteFile(bad, []byte("id\tzh\ten\ttype\tclass\tuse\twords\nperson.allergy\t过敏史\tallergies\ttext\tsensitive\t\t\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	code := run(t.Context(), []string{"serve", "--addr", "127.0.0.1:0", "--db", filepath.Join(dir, "a.db"), "--data", dir, "--dictionary", bad}, nil, &out, &out)
	if code != exitFailed || !strings.Contains(out.String(), "person.allergy") {
		t.Errorf("code %d: %s", code, &out)
	}
}
