package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gewu/element"
	"gewu/internal/access"
	"gewu/internal/api"
	"gewu/internal/atlas"
	"gewu/internal/blob"
	"gewu/internal/demo"
	"gewu/internal/duty"
	"gewu/internal/fill"
	"gewu/internal/holiday"
	"gewu/internal/intake"
	"gewu/internal/office"
	"gewu/internal/plan"
	"gewu/internal/seal"
	"gewu/internal/server"
	"gewu/internal/store"
	"gewu/internal/store/storetest"
	"gewu/internal/subject"
	"gewu/internal/vault"
	"gewu/table"
)

// A site is the whole program with the demo office in it.
type site struct {
	t    *testing.T
	url  string
	log  *bytes.Buffer
	acc  *access.Service
	unit string
}

func start(t *testing.T, db *store.DB) site { return startWith(t, db, func(*api.Office) {}) }

// startWith has the office changed before it opens.
func startWith(t *testing.T, db *store.DB, change func(*api.Office)) site {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) }
	files, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	days, err := holiday.NewService(db, now)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	o := api.Office{
		DB: db, Access: access.NewService(db, now), Units: office.NewService(db, now), Duties: duty.NewService(db, now), Holidays: days,
		Log: slog.New(slog.NewTextHandler(&log, nil)), BaseURL: "https://gewu.test", Version: "test",
	}
	o.Plans = plan.NewService(db, files, o.Units, o.Duties, days, now)
	ledger(t, &o, files, now)
	o.Atlas = atlas.NewService(db, now)
	change(&o)
	if err := demo.Fill(t.Context(), demo.Office{Access: o.Access, Units: o.Units, Plans: o.Plans, Duties: o.Duties,
		Subjects: o.Subjects, Atlas: o.Atlas, People: 60, Seed: 1, Now: now()}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewTLSServer(server.New(o, db))
	t.Cleanup(srv.Close)
	client = srv.Client().Transport
	return site{t: t, url: srv.URL, log: &log, acc: o.Access}
}

// ledger adds a base ledger under fresh keys.
func ledger(t testing.TB, o *api.Office, files blob.Dir, now func() time.Time) {
	t.Helper()
	ring, err := seal.NewRing(seal.AES)
	if err != nil {
		t.Fatal(err)
	}
	dict, err := element.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := vault.New(files, ring)
	o.Elements = subject.NewElements(dict)
	o.Subjects = subject.NewService(o.DB, ring, o.Elements, now)
	o.Intakes = intake.NewService(o.DB, v, o.Subjects, intake.Tables{Mapper: table.NewMapper(dict.Whole())}, o.Elements.Mask, now)
	o.Fills = fill.NewService(o.DB, v, o.Subjects, o.Elements, now)
}

var client http.RoundTripper // trusts the test server's certificate

// A person is somebody with a browser.
type person struct {
	site
	http *http.Client
}

func (s site) nobody() person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return person{s, &http.Client{Jar: jar, Transport: client}}
}

func (s site) as(name string) person {
	s.t.Helper()
	p := s.nobody()
	if r := p.do("POST", "/session", fmt.Sprintf(`{"username":%q,"password":%q}`, name, demo.Password)); r.status != http.StatusCreated {
		s.t.Fatalf("sign in as %s: %s", name, r.body)
	}
	return p
}

type answer struct {
	status int
	head   http.Header
	body   string
}

func (a answer) code() string {
	var p api.Problem
	json.Unmarshal([]byte(a.body), &p)
	return p.Code
}

func (a answer) get(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
}

// do sends a request; heads are pairs of name and value.
func (p person) do(method, path, body string, heads ...string) answer {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+api.Prefix+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(heads); i += 2 {
		r.Header.Set(heads[i], heads[i+1])
	}
	return p.send(r)
}

func (p person) send(r *http.Request) answer {
	p.t.Helper()
	resp, err := p.http.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

func (p person) upload(path, name string, content []byte, fields ...string) answer {
	p.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		w.WriteField(fields[i], fields[i+1])
	}
	f, err := w.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	f.Write(content)
	w.Close()
	r, err := http.NewRequestWithContext(p.t.Context(), "POST", p.url+api.Prefix+path, &b)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(r)
}

func TestEveryOperationAsksWhoItIs(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	open := map[string]bool{"sign-in": true, "sign-out": true, "get-feed": true}
	doc, err := api.Document("test")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal(doc, &d); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for path, ops := range d.Paths {
		for method, op := range ops {
			if open[op.OperationID] {
				continue
			}
			seen++
			path := strings.NewReplacer("{id}", "x", "{key}", "x", "{code}", "99", "{year}", "2027", api.Prefix, "").Replace(path)
			r := s.nobody().do(strings.ToUpper(method), path+"?place=99&q=x", "", "If-Match", `"1"`)
			// Input is checked first: 422 tells a stranger nothing either.
			if r.status != http.StatusUnauthorized && r.status != http.StatusUnprocessableEntity && r.status != http.StatusBadRequest {
				t.Errorf("%s: %d %s", op.OperationID, r.status, r.body)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d operations were tried", seen)
	}
}

func TestSessionCookie(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	r := s.nobody().do("POST", "/session", `{"username":"clerk","password":"gewu-demo"}`)
	c := r.head.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(c, want) {
			t.Errorf("cookie %q lacks %s", c, want)
		}
	}
	p := s.as("clerk")
	if r := p.do("GET", "/session", ""); r.status != http.StatusOK {
		t.Fatalf("session: %d", r.status)
	}
	if r := p.do("DELETE", "/session", ""); r.status != http.StatusNoContent {
		t.Errorf("sign out: %d %s", r.status, r.body)
	}
	if r := p.do("GET", "/today", ""); r.code() != "signed_out" {
		t.Errorf("after signing out: %s", r.body)
	}
	if strings.Contains(s.log.String(), "gewu-demo") {
		t.Error("a password stands in the log")
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	if r := p.do("POST", "/feed", "", "Sec-Fetch-Site", "cross-site"); r.code() != "cross_site" {
		t.Errorf("a form of another site: %d %s", r.status, r.body)
	}
	if r := p.do("POST", "/feed", "", "Origin", "https://evil.example"); r.code() != "cross_site" {
		t.Errorf("a script of another site: %d %s", r.status, r.body)
	}
	r := p.do("GET", "/session", "")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "script-src 'self'", "Cache-Control": "no-store",
		"Strict-Transport-Security": "max-age",
	} {
		if !strings.Contains(r.head.Get(name), want) {
			t.Errorf("%s is %q", name, r.head.Get(name))
		}
	}
}

// The lists of places have the grids where they are asked for.
func TestPlacesWithGrids(t *testing.T) {
	p := start(t, storetest.SQLite(t)).as("clerk")
	for query, want := range map[string]int{"": 7, "&grids=true": 25} { // the street, six communities, three grids each
		var got struct{ Items []office.Place }
		if p.do("GET", "/places?place=990101001"+query, "").get(t, &got); len(got.Items) != want {
			t.Errorf("%q: %d places, want %d", query, len(got.Items), want)
		}
	}
}

// Only an office with a key for background tiles lets its pages load pictures
// from outside, and only those; nothing else may come from there.
func TestTilesOnlyWithAKey(t *testing.T) {
	const own, hosts = "img-src 'self' data: blob:", "https://t0.tianditu.gov.cn https://t1.tianditu.gov.cn"
	for _, key := range []string{"", "0a1b2c"} {
		s := startWith(t, storetest.SQLite(t), func(o *api.Office) { o.Tianditu = key })
		for path, code := range map[string]int{"/session": http.StatusUnauthorized, "/map/settings": http.StatusUnauthorized} {
			if r := s.nobody().do("GET", path, ""); r.status != code || strings.Contains(r.body, "0a1b2c") {
				t.Errorf("%s to nobody: %d %s", path, r.status, r.body)
			}
		}
		r := s.as("clerk").do("GET", "/map/settings", "")
		var got struct{ Tianditu string }
		if r.get(t, &got); got.Tianditu != key {
			t.Errorf("the key is %q, want %q", got.Tianditu, key)
		}
		outside := 0
		for rule := range strings.SplitSeq(r.head.Get("Content-Security-Policy"), ";") {
			rule = strings.TrimSpace(rule)
			if n := strings.Count(rule, "https://"); n > 0 {
				outside += n
				if !strings.HasPrefix(rule, own+" "+hosts) {
					t.Errorf("from outside: %s", rule)
				}
			} else if strings.HasPrefix(rule, "img-src") && rule != own {
				t.Errorf("pictures: %s", rule)
			}
		}
		if want := map[bool]int{true: 8}[key != ""]; outside != want {
			t.Errorf("with key %q: %d hosts outside, want %d", key, outside, want)
		}
	}
}

func TestProblems(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	tests := map[string]struct {
		r      answer
		status int
		code   string
	}{
		"unknown path":        {p.do("GET", "/tasks/nope", ""), http.StatusNotFound, "missing"},
		"unknown field":       {p.do("POST", "/units", `{"name":"甲","short":"","kind":"section","place":"990101001","secret":"value-7"}`), http.StatusUnprocessableEntity, "input_wrong"},
		"unknown parameter":   {p.do("GET", "/tasks?street=1", ""), http.StatusUnprocessableEntity, "input_wrong"},
		"broken JSON":         {p.do("POST", "/units", `{"name`), http.StatusBadRequest, "input_wrong"},
		"not entitled":        {p.do("GET", "/accounts", ""), http.StatusForbidden, "denied"},
		"no version":          {p.do("POST", "/parts/x/sign", "", "If-Match", "abc"), http.StatusUnprocessableEntity, "if_match_wrong"},
		"bad cursor":          {p.do("GET", "/tasks?cursor=zzz", ""), http.StatusUnprocessableEntity, "cursor_wrong"},
		"outside one's place": {p.do("GET", "/units?place=110101", ""), http.StatusNotFound, "missing"},
	}
	for name, tt := range tests {
		if tt.r.status != tt.status || tt.r.code() != tt.code || tt.r.head.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %s", name, tt.r.status, tt.r.head.Get("Content-Type"), tt.r.body)
		}
		if strings.Contains(tt.r.body, "value-7") {
			t.Errorf("%s: the answer repeats the input: %s", name, tt.r.body)
		}
	}
	if r := p.do("GET", "/accounts", "", "Accept-Language", "en-GB,zh;q=0.5"); !strings.Contains(r.body, "You are not entitled") {
		t.Errorf("in English: %s", r.body)
	}
	r := p.upload("/plans", "旧文件.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word"), "place", demo.Street)
	if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, ".docx") {
		t.Errorf("an old Word file: %d %s", r.status, r.body)
	}
	if r := p.upload("/plans", "大.txt", bytes.Repeat([]byte("长"), 12<<20), "place", demo.Street); r.status != http.StatusRequestEntityTooLarge && r.status != http.StatusUnprocessableEntity {
		t.Errorf("a file over the limit: %d %s", r.status, r.body)
	}
}

func TestIdempotencyKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := start(t, db)
		p := s.as("clerk")
		unit := func(name, key string) answer {
			return p.do("POST", "/units", fmt.Sprintf(`{"name":%q,"short":"","kind":"section","place":"990101001"}`, name), "Idempotency-Key", key)
		}
		first := unit("新设科室", "k1")
		if first.status != http.StatusCreated {
			t.Fatalf("create: %s", first.body)
		}
		again := unit("新设科室", "k1")
		if again.status != http.StatusCreated || again.body != first.body || again.head.Get("Idempotent-Replay") != "true" {
			t.Errorf("repeated: %d %s", again.status, again.body)
		}
		if r := unit("别的科室", "k1"); r.code() != "key_reused" {
			t.Errorf("another request with the key: %s", r.body)
		}
		if r := unit("新设科室", "k2"); r.code() != "unit_taken" {
			t.Errorf("another key: %s", r.body)
		}
		if r := unit("别的科室", "k2"); r.status != http.StatusCreated {
			t.Errorf("a key of a request that failed is burnt: %s", r.body)
		}
	})
}

func TestDraftVersions(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	p := s.as("clerk")
	var list struct{ Items []plan.Summary }
	p.do("GET", "/plans?state=draft", "").get(t, &list)
	id := list.Items[0].ID
	var full struct {
		Draft   json.RawMessage `json:"draft"`
		Version int             `json:"version"`
	}
	r := p.do("GET", "/plans/"+id, "")
	r.get(t, &full)
	if r.head.Get("ETag") != fmt.Sprintf("%q", fmt.Sprint(full.Version)) {
		t.Errorf("ETag %s, version %d", r.head.Get("ETag"), full.Version)
	}
	// What was read goes back as it came: the wire form is whole.
	r = p.do("PUT", "/plans/"+id+"/draft", string(full.Draft), "If-Match", r.head.Get("ETag"))
	if r.status != http.StatusOK {
		t.Fatalf("save: %d %s", r.status, r.body)
	}
	if r := p.do("PUT", "/plans/"+id+"/draft", string(full.Draft), "If-Match", `"1"`); r.code() != "stale" || r.status != http.StatusPreconditionFailed {
		t.Errorf("an old version: %d %s", r.status, r.body)
	}
	if r := s.as("qingfeng").do("GET", "/plans/"+id, ""); r.status != http.StatusNotFound {
		t.Errorf("a unit reads a draft: %d", r.status)
	}
	if r := s.as("leader").do("DELETE", "/plans/"+id, "", "If-Match", fmt.Sprintf("%q", fmt.Sprint(full.Version+1))); r.status != http.StatusForbidden {
		t.Errorf("the leader discards a draft: %d %s", r.status, r.body)
	}
}

func TestNewPasswordComesFirst(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	var unit struct{ Items []office.Unit }
	admin := s.as("admin")
	admin.do("GET", "/units?place=990101001", "").get(t, &unit)
	var made struct{ Password string }
	r := admin.do("POST", "/accounts", fmt.Sprintf(`{"username":"new","name":"新人","unit":%q,"grants":[]}`, unit.Items[0].ID))
	if r.get(t, &made); made.Password == "" {
		t.Fatal(r.body)
	}
	p := s.nobody()
	p.do("POST", "/session", fmt.Sprintf(`{"username":"new","password":%q}`, made.Password))
	if r := p.do("GET", "/today", ""); r.code() != "password_must_change" {
		t.Errorf("before the change: %s", r.body)
	}
	if r := p.do("PUT", "/session/password", fmt.Sprintf(`{"old":%q,"new":"my own words"}`, made.Password)); r.status != http.StatusNoContent {
		t.Fatal(r.body)
	}
	if r := p.do("GET", "/today", ""); r.status != http.StatusOK {
		t.Errorf("after the change: %s", r.body)
	}
}

func TestOperations(t *testing.T) {
	s := start(t, storetest.SQLite(t))
	s.as("clerk")
	for path, want := range map[string]string{
		"/healthz": "ok", "/readyz": "ok", "/metrics": "gewu_http_request_seconds", "/api/docs": "publish-plan", "/anything": "<html", "/api/v1/openapi.json": `"3.1.0"`,
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if a := s.nobody().send(r); a.status != http.StatusOK || !strings.Contains(a.body, want) {
			t.Errorf("%s: %d, lacks %q", path, a.status, want)
		}
	}
	feed := s.as("qingfeng")
	var made struct{ Path string }
	feed.do("POST", "/feed", "").get(t, &made)
	a := s.nobody().do("GET", strings.TrimPrefix(made.Path, api.Prefix), "")
	if a.status != http.StatusOK || !strings.HasPrefix(a.body, "BEGIN:VCALENDAR") {
		t.Errorf("feed: %d %.80s", a.status, a.body)
	}
	if strings.Contains(s.log.String(), made.Path) {
		t.Error("the secret of a feed stands in the log")
	}
}
