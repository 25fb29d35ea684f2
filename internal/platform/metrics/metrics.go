// Package metrics counts what a service does, for Prometheus to collect.
//
// Nothing in it names anybody: a request is counted by the pattern of its
// address, and a [Measure] is a number that no label ties to an organisation, a
// person or a record. What a capability wants to have measured it gives as a
// Measure, which is read when somebody asks.
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"example.org/asye/internal/platform/web"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics is all that is counted and measured.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// New counts for a service of a version. What the measures cannot read is left
// out, and counted.
func New(version string, log *slog.Logger, measures ...Measure) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "asye_http_requests_total",
			Help: "Requests answered, by the pattern of the address and the class of the status."}, []string{"method", "route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "asye_http_request_duration_seconds",
			Help:    "How long requests took, by the pattern of the address.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"method", "route"})}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "asye_build_info",
		Help: "Which program this is; always 1."}, []string{"version", "go"})
	build.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(m.requests, m.took, build, newReader(log, measures),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Request counts a request that has been answered.
func (m *Metrics) Request(_ context.Context, one web.Answered) {
	m.requests.WithLabelValues(one.Method, one.Route, class(one.Status)).Inc()
	m.took.WithLabelValues(one.Method, one.Route).Observe(one.Took.Seconds())
}

// class is 2xx for 200, and none where the connection was given up.
func class(status int) string {
	if status == 0 {
		return "none"
	}
	return strconv.Itoa(status/100) + "xx"
}

// Handler serves /metrics, and nothing else.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 2, Timeout: 10 * time.Second}))
	return mux
}
