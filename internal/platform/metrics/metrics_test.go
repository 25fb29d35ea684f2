package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/web"
)

func scrape(t *testing.T, m *Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, w.Body.String())
	}
	return w.Body.String()
}

func TestScrape(t *testing.T) {
	m := New("1.2.3", slog.New(slog.DiscardHandler),
		Measure{Name: "asye_shoes", Help: "Shoes.", Labels: []string{"foot"}, Read: func(context.Context) ([]Point, error) {
			return []Point{{[]string{"left"}, 2}, {[]string{"right"}, 3}}, nil
		}},
		Measure{Name: "asye_laces_total", Help: "Laces.", Total: true, Read: func(context.Context) ([]Point, error) { return One(7), nil }},
		Measure{Name: "asye_soles", Help: "Soles.", Read: func(context.Context) ([]Point, error) { return nil, errors.New("worn out") }})
	m.Request(t.Context(), web.Answered{Method: "GET", Route: "/shoes/{id}", Status: 200, Took: 20 * time.Millisecond})
	m.Request(t.Context(), web.Answered{Method: "GET", Route: "/shoes/{id}", Status: 404, Took: time.Millisecond})
	m.Request(t.Context(), web.Answered{Method: "POST", Route: "/shoes", Took: time.Second})
	text := scrape(t, m)
	for _, want := range []string{
		`asye_http_requests_total{method="GET",route="/shoes/{id}",status="2xx"} 1`,
		`asye_http_requests_total{method="GET",route="/shoes/{id}",status="4xx"} 1`,
		`asye_http_requests_total{method="POST",route="/shoes",status="none"} 1`,
		`asye_http_request_duration_seconds_bucket{method="GET",route="/shoes/{id}",le="0.025"} 2`,
		`asye_http_request_duration_seconds_bucket{method="GET",route="/shoes/{id}",le="0.005"} 1`,
		`asye_shoes{foot="left"} 2`, `asye_shoes{foot="right"} 3`,
		"# TYPE asye_laces_total counter", "asye_laces_total 7", "asye_measures_failed 1", `version="1.2.3"`,
		"go_goroutines", "process_resident_memory_bytes",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(text, "asye_soles") {
		t.Error("what could not be read is given all the same")
	}
}
