package leak

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// gathered is a collector of traces, as OTLP over HTTP asks for one.
type gathered struct {
	at    string
	mu    sync.Mutex
	spans []*traces.Span
	all   strings.Builder // everything that came, as text
	wrong []string
}

func gather(t *testing.T) *gathered {
	t.Helper()
	g := &gathered{}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	g.at = server.URL
	return g
}

// ServeHTTP takes spans.
func (g *gathered) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var from io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		from = unpacked
	}
	body, err := io.ReadAll(from)
	var sent collector.ExportTraceServiceRequest
	if err == nil {
		err = proto.Unmarshal(body, &sent)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil || r.URL.Path != "/v1/traces" {
		g.wrong = append(g.wrong, r.URL.Path)
		http.Error(w, "not traces", http.StatusBadRequest)
		return
	}
	g.all.WriteString(protojson.Format(&sent))
	for _, resource := range sent.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			g.spans = append(g.spans, scope.Spans...)
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// text is everything that came.
func (g *gathered) text() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.all.String()
}

// named gives the spans of a name, with their attributes as text.
func (g *gathered) named(prefix string) []*traces.Span {
	g.mu.Lock()
	defer g.mu.Unlock()
	var out []*traces.Span
	for _, s := range g.spans {
		if strings.HasPrefix(s.Name, prefix) {
			out = append(out, s)
		}
	}
	return out
}

func attribute(s *traces.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key == key {
			return a.Value.GetStringValue()
		}
	}
	return ""
}
