package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"gewu/internal/access"
	"gewu/internal/blob"
	"gewu/internal/fault"
	"gewu/internal/plan"
	"gewu/internal/store"
)

const cookieName = "gewu_session"

// sessionLife is a working day and its overtime; there is no sliding expiry,
// which would write with every request.
const sessionLife = 12 * time.Hour

func sessions(o Office) *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{o.DB}
	m.Lifetime = sessionLife
	m.HashTokenInStore = true // a stolen database holds no usable cookie
	m.Cookie.Name = cookieName
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = strings.HasPrefix(o.BaseURL, "https://")
	m.Cookie.Persist = false
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		writeProblem(w, problem(r.Context(), o.Log, err))
	}
	return m
}

// sessionStore keeps sessions in the database.
type sessionStore struct{ db *store.DB }

func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, err := store.One[string](ctx, s.db, store.SQL(
		"SELECT data FROM session WHERE token = ? AND expires_at > ?", token, store.Time(time.Now())).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	b, err := base64.StdEncoding.DecodeString(data)
	return b, err == nil, err
}

func (s sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	// A session is no business of the request that carries a key.
	return s.db.Tx(store.WithOnce(ctx, nil), func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM session WHERE expires_at < ?", store.Time(time.Now())); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO session (token, data, expires_at) VALUES (?, ?, ?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
			token, base64.StdEncoding.EncodeToString(b), store.Time(expiry))
		return err
	})
}

func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Tx(store.WithOnce(ctx, nil), func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM session WHERE token = ?", token)
		return err
	})
}

// The library's interface also asks for forms without a context.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
func (s sessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}

type langKey struct{}
type identityKey struct{}
type originKey struct{}

func langOf(ctx context.Context) string {
	if l, ok := ctx.Value(langKey{}).(string); ok {
		return l
	}
	return "zh"
}

// language reads Accept-Language: English if it comes before Chinese, else
// Chinese.
func language(header string) string {
	for part := range strings.SplitSeq(strings.ToLower(header), ",") {
		switch tag := strings.TrimSpace(part); {
		case strings.HasPrefix(tag, "zh"):
			return "zh"
		case strings.HasPrefix(tag, "en"):
			return "en"
		}
	}
	return "zh"
}

// identityOf returns who is signed in, or ErrSignedOut.
func identityOf(ctx context.Context) (access.Identity, error) {
	if v, ok := ctx.Value(identityKey{}).(identityResult); ok {
		return v.who, v.err
	}
	return access.Identity{}, access.ErrSignedOut
}

type identityResult struct {
	who access.Identity
	err error
}

func originOf(ctx context.Context) string {
	o, _ := ctx.Value(originKey{}).(string)
	return o
}

// wrap puts around the routes what every request needs. From the outside in:
// language and origin, panics, pages of other sites, size, session, identity,
// keys that act once.
func (s *server) wrap(h http.Handler) http.Handler {
	h = tidy(h)
	h = s.once(h)
	h = s.identify(h)
	h = s.sessions.LoadAndSave(h)
	h = s.limitBody(h)
	csrf := http.NewCrossOriginProtection()
	// A proxy may put another host in its requests; browsers say where they are.
	if err := csrf.AddTrustedOrigin(s.BaseURL); err != nil && s.BaseURL != "" {
		s.Log.Warn("the base URL is no origin like https://gewu.example.gov.cn", "err", err)
	}
	csrf.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, problem(r.Context(), s.Log, errCrossSite))
	}))
	h = csrf.Handler(h)
	h = s.recover(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		ctx := context.WithValue(r.Context(), langKey{}, language(r.Header.Get("Accept-Language")))
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		// A reverse proxy on this machine says whom it speaks for.
		// Only the last entry is its own; the others are what the client sent.
		if fwd := r.Header.Values("X-Forwarded-For"); len(fwd) > 0 && net.ParseIP(host).IsLoopback() {
			last := fwd[len(fwd)-1]
			last = last[strings.LastIndexByte(last, ',')+1:]
			if ip := net.ParseIP(strings.TrimSpace(last)); ip != nil {
				host = ip.String()
			}
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(ctx, originKey{}, host)))
	})
}

var errCrossSite = fault.New(fault.Denied, "cross_site", "请求来自其他网站，已被拒绝", "The request came from another site and was refused.")

func (s *server) recover(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == http.ErrAbortHandler {
				panic(v) // the server's own way to break an answer off
			}
			if v != nil {
				s.Log.ErrorContext(r.Context(), "panic", "value", fmt.Sprint(v), "stack", string(debug.Stack()))
				writeProblem(w, problem(r.Context(), s.Log, fmt.Errorf("panic: %v", v)))
			}
		}()
		h.ServeHTTP(w, r)
	})
}

// tidy removes what a large form left in temporary files: the server's own
// tidying sees the request as it came in, not the copy that carries the form.
func tidy(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if r.MultipartForm != nil {
				r.MultipartForm.RemoveAll() // a file that is gone already is no harm
			}
		}()
		h.ServeHTTP(w, r)
	})
}

// maxBody is a little more than the largest file, for the form around it.
const maxBody = 33 << 20

func (s *server) limitBody(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maxBody {
			// Browsers read no answer before they have sent the file.
			io.CopyN(io.Discard, r.Body, 4*maxBody)
			writeProblem(w, problem(r.Context(), s.Log, blob.ErrTooLarge.With("limit", plan.MaxFile>>20)))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		h.ServeHTTP(w, r)
	})
}

func (s *server) identify(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		who, err := s.Access.Identify(ctx, s.sessions.GetString(ctx, "account"), originOf(ctx))
		if err == nil && who.Stamp != s.sessions.GetString(ctx, "stamp") {
			who, err = access.Identity{}, access.ErrSignedOut // the password was changed since
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(ctx, identityKey{}, identityResult{who, err})))
	})
}

// once gives a request with an Idempotency-Key one effect: the key is claimed
// in the transaction that makes the change, and a repetition gets the answer
// that the first one got.
func (s *server) once(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		who, err := identityOf(r.Context())
		if key == "" || r.Method != http.MethodPost || err != nil {
			h.ServeHTTP(w, r)
			return
		}
		fail := func(err error) { writeProblem(w, problem(r.Context(), s.Log, err)) }
		if len(key) > 100 {
			fail(errKey)
			return
		}
		print, err := fingerprint(r)
		if err != nil {
			fail(err)
			return
		}
		kept, err := s.DB.Answered(r.Context(), who.ID, key)
		switch {
		case errors.Is(err, store.ErrNone):
		case err != nil:
			fail(err)
			return
		case kept.Request != print:
			fail(errKey)
			return
		case kept.Status == 0:
			fail(errOnce)
			return
		default:
			w.Header().Set("Content-Type", kept.Type)
			w.Header().Set("Idempotent-Replay", "true")
			w.WriteHeader(kept.Status)
			io.WriteString(w, kept.Body)
			return
		}
		o := &store.Once{Account: who.ID, Key: key, Request: print}
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(rec, r.WithContext(store.WithOnce(r.Context(), o)))
		a := store.Answer{Status: rec.status, Type: w.Header().Get("Content-Type"), Body: rec.body.String()}
		if err := s.DB.KeepAnswer(context.WithoutCancel(r.Context()), o, a); err != nil {
			s.Log.ErrorContext(r.Context(), "keep answer", "err", err)
		}
	})
}

// fingerprint tells requests apart by path and the first part of the body. The
// body is put back.
func fingerprint(r *http.Request) (string, error) {
	const small = 1 << 20
	head, err := io.ReadAll(io.LimitReader(r.Body, small))
	if err != nil {
		return "", err
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), r.Body), r.Body}
	h := sha256.New()
	fmt.Fprintln(h, r.Method, r.URL.Path)
	// The boundary of a form is drawn anew when it is sent again, and not always
	// of the same length: what follows the cut is left out.
	if _, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && params["boundary"] != "" {
		whole := len(head) < small
		if head = bytes.ReplaceAll(head, []byte(params["boundary"]), nil); !whole {
			head = head[:min(len(head), small-8<<10)]
		}
	}
	h.Write(head)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// recorder keeps an answer while it is sent.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func writeProblem(w http.ResponseWriter, p *Problem) {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	w.Write(b)
}

// etag and version carry the version of a thing there and back.
func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

var errMatch = fault.New(fault.Invalid, "if_match_wrong", "缺少内容版本，请刷新后重试", "The version that the change is based on is missing. Reload and try again.")

func (m Based) version() (int, error) {
	v, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`))
	if err != nil || v < 1 {
		return 0, errMatch
	}
	return v, nil
}
