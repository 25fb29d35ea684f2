package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"example.org/asye/internal/platform/clock"
	"github.com/google/uuid"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Answered is one request that has been answered, as far as it may be told of in
// logs, metrics and traces: nothing of who asked, from where, or about whom.
type Answered struct {
	Reference string // the same as on the page, where the request failed
	Route     string // the pattern of the address, such as /registrations/{id}; other where there is none
	Method    string // GET, HEAD, POST, or other
	Status    int    // 0 where the connection was given up
	Took      time.Duration
}

// Tell has each answered request told to a function.
func (m *Mux) Tell(tell func(ctx context.Context, one Answered)) { m.tell = append(m.tell, tell) }

// InFlight is how many requests are being answered just now.
func (m *Mux) InFlight() int64 { return m.inFlight.Load() }

// referenceHeader tells a proxy in front by which name our log has a request.
const referenceHeader = "X-Request-Id"

var tracer = otel.Tracer("example.org/asye/internal/platform/web")

// telling serves a request and tells of it afterwards.
func (m *Mux) telling(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
	elapsed := clock.Stopwatch()
	m.inFlight.Add(1)
	defer m.inFlight.Add(-1)
	ctx := otel.GetTextMapPropagator().Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := tracer.Start(ctx, method(r), trace.WithSpanKind(trace.SpanKindServer))
	if span.IsRecording() {
		r = r.WithContext(ctx)
	}
	one := Answered{Reference: uuid.NewString()[:8], Method: method(r)}
	w.Header().Set(referenceHeader, one.Reference)
	answer := &answer{ResponseWriter: w}
	defer func() {
		one.Route, one.Status, one.Took = pattern(r), answer.status, elapsed()
		one.mark(span)
		for _, tell := range m.tell {
			tell(ctx, one)
		}
	}()
	serve(answer, r)
	answer.finish()
}

// mark puts what was seen into the request's part of a trace.
func (a Answered) mark(span trace.Span) {
	span.SetName(a.Method + " " + a.Route)
	span.SetAttributes(attribute.String("http.request.method", a.Method), attribute.String("http.route", a.Route),
		attribute.Int("http.response.status_code", a.Status), attribute.String("asye.reference", a.Reference))
	if a.Status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// pattern is what a request was served by, without its method.
func pattern(r *http.Request) string {
	_, path, found := strings.Cut(r.Pattern, " ")
	if !found || path == "" {
		return "other"
	}
	return path
}

func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

// answer remembers the status of what is sent.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write sends a part of the body.
func (a *answer) Write(p []byte) (int, error) {
	a.finish()
	return a.ResponseWriter.Write(p)
}

// finish settles the status of an answer that named none.
func (a *answer) finish() {
	if a.status == 0 {
		a.status = http.StatusOK
	}
}

// Unwrap is the writer behind, for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// behind is the server's own writer, which knows how to close a connection on
// which too much is sent.
func behind(w http.ResponseWriter) http.ResponseWriter {
	if a, ok := w.(*answer); ok {
		return a.ResponseWriter
	}
	return w
}
