package webui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gewu/internal/webui"
)

func TestHandler(t *testing.T) {
	tests := map[string]struct {
		path   string
		status int
		page   bool
	}{
		"root":           {"/", http.StatusOK, true},
		"a page's path":  {"/tasks/0199", http.StatusOK, true},
		"missing script": {"/assets/old-1234.js", http.StatusNotFound, false},
		"the keep file":  {"/.keep", http.StatusNotFound, false},
		"upwards":        {"/../../etc/passwd", http.StatusOK, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := httptest.NewRecorder()
			webui.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, tt.path, nil))
			if w.Code != tt.status {
				t.Errorf("status %d, want %d", w.Code, tt.status)
			}
			if tt.page && !strings.Contains(w.Body.String(), "<html") {
				t.Errorf("not a page: %q", w.Body.String())
			}
		})
	}
}
