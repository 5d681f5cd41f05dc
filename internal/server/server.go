// Package server puts the doors together: the API, the browser application and
// what the operator looks at, behind the headers that every answer carries.
package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gewu/internal/api"
	"gewu/internal/webui"
)

// Pinger tells whether the database answers.
type Pinger interface {
	Ping(ctx context.Context) error
}

// New returns the handler of the whole program.
func New(office api.Office, db Pinger) http.Handler {
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "gewu_http_request_seconds", Help: "Time to answer a request, by kind of path, method and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"path", "method", "status"})
	reg.MustRegister(took)

	mux := http.NewServeMux()
	mux.Handle(api.Prefix+"/", api.New(office))
	mux.Handle("GET /api/docs", api.Docs(office.Version))
	mux.Handle("/api/", http.NotFoundHandler())
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := db.Ping(ctx); err != nil {
			office.Log.ErrorContext(r.Context(), "not ready", "err", err)
			http.Error(w, "database does not answer", http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "ok\n")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{}))
	mux.Handle("/", webui.Handler())

	return observe(office.Log, took, headers(gzhttp.GzipHandler(mux), strings.HasPrefix(office.BaseURL, "https://"), office.Tianditu != ""))
}

// policy lets the browser load from this server only, run no script that is
// not a file of it, and show it in no frame. Element Plus sets styles in
// elements, hence 'unsafe-inline' for styles.
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// tiles are the hosts of Tianditu's background tiles, the only ones outside that
// a page may ever load from, and only for pictures.
const tiles = "https://t0.tianditu.gov.cn https://t1.tianditu.gov.cn https://t2.tianditu.gov.cn https://t3.tianditu.gov.cn " +
	"https://t4.tianditu.gov.cn https://t5.tianditu.gov.cn https://t6.tianditu.gov.cn https://t7.tianditu.gov.cn"

func headers(h http.Handler, secure, background bool) http.Handler {
	policy := policy
	if background {
		policy = strings.Replace(policy, "img-src 'self' data: blob:", "img-src 'self' data: blob: "+tiles, 1)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()")
		if secure {
			head.Set("Strict-Transport-Security", "max-age=31536000")
		}
		p := policy
		if r.URL.Path == "/api/docs" {
			p = strings.Replace(p, "script-src 'self'", "script-src 'none'", 1)
		}
		head.Set("Content-Security-Policy", p)
		h.ServeHTTP(w, r)
	})
}

// observe measures and logs requests. The log has paths without queries, which
// may hold names.
func observe(log *slog.Logger, took *prometheus.HistogramVec, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		rec := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		h.ServeHTTP(rec, r)
		d := time.Since(begin)
		kind := kindOf(r.URL.Path)
		took.WithLabelValues(kind, methodOf(r.Method), strconv.Itoa(rec.status)).Observe(d.Seconds())
		if kind == "api" || rec.status >= 500 {
			log.InfoContext(r.Context(), "request", "method", r.Method, "path", hideSecret(r.URL.Path), "status", rec.status, "ms", d.Milliseconds())
		}
	})
}

func kindOf(path string) string {
	switch {
	case strings.HasPrefix(path, "/api/"):
		return "api"
	case strings.HasPrefix(path, "/assets/"):
		return "assets"
	case path == "/healthz", path == "/readyz", path == "/metrics":
		return "operations"
	}
	return "page"
}

// methodOf keeps the number of label values bounded: a method is whatever the
// client writes.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// hideSecret keeps the secret of a calendar feed out of the log.
func hideSecret(path string) string {
	if strings.HasPrefix(path, api.Prefix+"/feeds/") {
		return api.Prefix + "/feeds/…"
	}
	return path
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
