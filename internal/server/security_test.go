package server_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"gewu/internal/demo"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
)

// A new password ends the sessions that began with the old one, save that in
// which it was set.
func TestNewPasswordEndsOtherSessions(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	here, there := s.as("clerk"), s.as("clerk")
	if r := here.do("PUT", "/session/password", fmt.Sprintf(`{"old":%q,"new":"quite another one"}`, demo.Password)); r.status != http.StatusNoContent {
		t.Fatal(r.body)
	}
	if r := here.do("GET", "/today", ""); r.status != http.StatusOK {
		t.Errorf("the session in which it was set: %s", r.body)
	}
	if r := there.do("GET", "/today", ""); r.code() != "signed_out" {
		t.Errorf("the other session: %d %s", r.status, r.body)
	}
}

// Only what the proxy itself added says where a request comes from.
func TestForgedOriginIsNotBelieved(t *testing.T) {
	db := storetest.SQLite(t)
	s := start(t, db)
	r, err := http.NewRequestWithContext(t.Context(), "POST", s.url+"/api/v1/session",
		strings.NewReader(fmt.Sprintf(`{"username":"clerk","password":%q}`, demo.Password)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header["X-Forwarded-For"] = []string{"192.0.2.66", "192.0.2.77, 198.51.100.7"}
	if a := s.nobody().send(r); a.status != http.StatusCreated {
		t.Fatal(a.body)
	}
	got, err := store.One[string](t.Context(), db, store.SQL("SELECT origin FROM event WHERE verb = 'account.sign_in' ORDER BY id DESC LIMIT 1").Anywhere())
	if err != nil || got != "198.51.100.7" {
		t.Errorf("origin %q, %v", got, err)
	}
}

// Secrets that are shown once are kept nowhere, not even for a repeated
// request.
func TestShownOnceIsNotKept(t *testing.T) {
	db := storetest.SQLite(t)
	s := start(t, db)
	admin := s.as("admin")
	var units struct{ Items []office.Unit }
	admin.do("GET", "/units?place=990101001", "").get(t, &units)
	body := fmt.Sprintf(`{"username":"new","name":"新人","unit":%q,"grants":[]}`, units.Items[0].ID)
	var made struct {
		Password string
		Account  struct{ ID string }
	}
	admin.do("POST", "/accounts", body, "Idempotency-Key", "k").get(t, &made)
	var reset struct{ Password string }
	admin.do("POST", "/accounts/"+made.Account.ID+"/password", "", "Idempotency-Key", "k2").get(t, &reset)
	var feed struct{ Path string }
	admin.do("POST", "/feed", "", "Idempotency-Key", "k3").get(t, &feed)
	kept, err := store.All[string](t.Context(), db, store.SQL("SELECT body FROM request_once").Anywhere())
	if err != nil || len(kept) != 3 {
		t.Fatalf("%d keys, %v", len(kept), err)
	}
	for _, secret := range []string{made.Password, reset.Password, feed.Path} {
		if secret == "" || strings.Contains(strings.Join(kept, "\n"), secret) {
			t.Errorf("%q was kept", secret)
		}
	}
	if r := admin.do("POST", "/accounts", body, "Idempotency-Key", "k"); r.code() != "request_done" {
		t.Errorf("repeated: %d %s", r.status, r.body)
	}
}

// Places and units are those of one's own county, or what one was granted: a
// shorter code does not open the province.
func TestPlacesOfOtherCounties(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	for path, status := range map[string]int{
		"/places?place=990101001": 200, "/places?place=990101": 200, "/units?place=990101": 200,
		"/places?place=9": 404, "/places?place=99": 404, "/units?place=9901": 404, "/units?place=990102": 404,
	} {
		if r := p.do("GET", path, ""); r.status != status {
			t.Errorf("%s: %d, want %d", path, r.status, status)
		}
	}
}

// Nothing of an upload stays in the directory of temporary files.
func TestUploadsLeaveNothingBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	text := []byte(strings.Repeat("一份很长的说明。\n", 20000))
	if r := p.upload("/files", "说明.txt", text); r.status != http.StatusCreated {
		t.Fatal(r.body)
	}
	if r := p.upload("/plans", "方案.txt", text, "place", "990101001"); r.status != http.StatusCreated {
		t.Fatal(r.body)
	}
	for range 100 { // the server tidies up after it has answered
		if left, _ := os.ReadDir(tmp); len(uploads(left)) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	left, _ := os.ReadDir(tmp)
	t.Errorf("left behind: %v", uploads(left))
}

func uploads(all []os.DirEntry) []string {
	var out []string
	for _, e := range all {
		if strings.HasPrefix(e.Name(), "multipart-") {
			out = append(out, e.Name())
		}
	}
	return out
}

// A large file over a slow line takes longer than a request usually may.
func TestSlowUpload(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seven seconds")
	}
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	go func() {
		f, err := form.CreateFormFile("file", "说明.txt")
		for i := 0; i < 7 && err == nil; i++ {
			_, err = io.WriteString(f, strings.Repeat("慢慢地来。\n", 2000))
			time.Sleep(time.Second)
		}
		form.Close()
		w.CloseWithError(err)
	}()
	req, err := http.NewRequestWithContext(t.Context(), "POST", s.url+"/api/v1/files", r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	if a := p.send(req); a.status != http.StatusCreated {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A method is whatever a client writes; the measurements must not grow with it.
func TestMeasuresAreBounded(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.nobody()
	for i := range 5 {
		p.do(fmt.Sprintf("MAKEUP%d", i), "/plans", "")
	}
	req, err := http.NewRequestWithContext(t.Context(), "GET", s.url+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := p.send(req); strings.Contains(a.body, "MAKEUP") || !strings.Contains(a.body, `method="other"`) {
		t.Error("methods that are none are counted each by itself")
	}
}

// A form that is sent again has another boundary but is the same request;
// another file of the same length is not.
func TestIdempotencyKeyOfAForm(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	send := func(boundary, text string) answer {
		var b strings.Builder
		w := multipart.NewWriter(&b)
		if err := w.SetBoundary(boundary); err != nil {
			t.Fatal(err)
		}
		f, err := w.CreateFormFile("file", "说明.txt")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, text)
		w.Close()
		req, err := http.NewRequestWithContext(t.Context(), "POST", s.url+"/api/v1/files", strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", w.FormDataContentType())
		req.Header.Set("Idempotency-Key", "form")
		return p.send(req)
	}
	first := send("----one", "甲乙丙")
	if again := send("----another-one", "甲乙丙"); again.body != first.body || first.status != http.StatusCreated {
		t.Errorf("sent again: %d %s, first %s", again.status, again.body, first.body)
	}
	if other := send("----one", "丁戊己"); other.code() != "key_reused" {
		t.Errorf("another file: %d %s", other.status, other.body)
	}
}

// Behind a proxy that writes its own Host the browser's Origin is that of the
// address that people type.
func TestOriginOfTheBaseURL(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	body := fmt.Sprintf(`{"username":"clerk","password":%q}`, demo.Password)
	if r := s.nobody().do("POST", "/session", body, "Origin", "https://gewu.test"); r.status != http.StatusCreated {
		t.Errorf("from the base URL: %d %s", r.status, r.body)
	}
	if r := s.nobody().do("POST", "/session", body, "Origin", "https://evil.test"); r.code() != "cross_site" {
		t.Errorf("from elsewhere: %d %s", r.status, r.body)
	}
}

func TestTooLargeAnUpload(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	for name, size := range map[string]int{"a little": plan.MaxFile + 1, "much": plan.MaxFile + 4<<20} {
		if r := p.upload("/files", "说明.txt", bytes.Repeat([]byte("a"), size)); r.status != http.StatusRequestEntityTooLarge || r.code() != "file_too_large" {
			t.Errorf("%s too large: %d %s", name, r.status, r.body)
		}
		if r := p.upload("/plans", "方案.txt", bytes.Repeat([]byte("a"), size), "place", "990101001"); !strings.HasSuffix(r.code(), "_too_large") {
			t.Errorf("a notice, %s too large: %d %s", name, r.status, r.body)
		}
	}
}
