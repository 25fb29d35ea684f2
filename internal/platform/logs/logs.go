// Package logs writes the log of the service so that it has no place for a
// person: requests are named by patterns, and e-mail addresses are veiled.
package logs

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"

	"example.org/asye/internal/platform/web"
	"go.opentelemetry.io/otel/trace"
)

// The forms of the log.
const (
	Text = "text"
	JSON = "json" // an object on each line
)

// New writes a log in one of the forms.
func New(to io.Writer, form string) *slog.Logger {
	options := &slog.HandlerOptions{ReplaceAttr: veil}
	if form == JSON {
		return slog.New(slog.NewJSONHandler(to, options))
	}
	return slog.New(slog.NewTextHandler(to, options))
}

// mailbox is what looks like somebody's e-mail address.
var mailbox = regexp.MustCompile(`[^\s<>"'(),;:=]+@[^\s<>"'(),;:=/]+\.[^\s<>"'(),;:=/]+`)

// veil takes e-mail addresses out of whatever is logged: a mail server quotes
// them in its refusals.
func veil(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		return slog.String(a.Key, mailbox.ReplaceAllString(a.Value.String(), "…@…"))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			return slog.String(a.Key, mailbox.ReplaceAllString(err.Error(), "…@…"))
		}
		return slog.String(a.Key, mailbox.ReplaceAllString(fmt.Sprint(a.Value.Any()), "…@…"))
	}
	return a
}

// quiet are the routes of which only failures are logged: they are asked for all
// the time, by machines and by every page.
var quiet = map[string]bool{"/healthz": true, "/readyz": true, "/assets/{name}": true, "/assets/theme.css": true}

// Requests gives what writes a line for each request that was answered.
func Requests(log *slog.Logger) func(context.Context, web.Answered) {
	return func(ctx context.Context, one web.Answered) {
		level := slog.LevelInfo
		if quiet[one.Route] && one.Status < http.StatusInternalServerError {
			level = slog.LevelDebug
		}
		line := []slog.Attr{slog.String("reference", one.Reference), slog.String("method", one.Method), slog.String("route", one.Route),
			slog.Int("status", one.Status), slog.Float64("ms", float64(one.Took.Microseconds())/1000)}
		if at := trace.SpanContextFromContext(ctx); at.IsSampled() {
			line = append(line, slog.String("trace", at.TraceID().String()))
		}
		log.LogAttrs(ctx, level, "request", line...)
	}
}
