package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gewu/internal/demo"
	"gewu/internal/office"
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
