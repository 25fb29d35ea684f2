// Package spans makes the parts of a trace, and sees to it that none names
// anybody: a request by its pattern, a statement by its text with placeholders,
// a job by its kind. An error counts as one and is not quoted, since whoever made
// it may have quoted a value. Where nobody collects traces it costs next to
// nothing.
package spans

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("example.org/asye")

// engines are those whose name in traces is another than ours.
var engines = map[string]string{"postgres": "postgresql"}

// End ends a part of a trace, with what went wrong in it.
type End func(error)

// Statement is a statement that an engine runs within a trace.
func Statement(ctx context.Context, engine, query string) (context.Context, End) {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx, func(error) {}
	}
	text := strings.Join(strings.Fields(query), " ")
	verb, _, _ := strings.Cut(text, " ")
	return Step(ctx, engine, verb, attribute.String("db.query.text", text))
}

// Step is anything else that an engine does within a trace.
func Step(ctx context.Context, engine, verb string, more ...attribute.KeyValue) (context.Context, End) {
	if !trace.SpanFromContext(ctx).IsRecording() {
		return ctx, func(error) {}
	}
	if name, other := engines[engine]; other {
		engine = name
	}
	return start(ctx, verb, trace.SpanKindClient, append(more,
		attribute.String("db.system.name", engine), attribute.String("db.operation.name", verb))...)
}

// Job is one attempt at a job.
func Job(ctx context.Context, kind, id string, attempt int) (context.Context, End) {
	return start(ctx, "job "+kind, trace.SpanKindInternal, attribute.String("asye.job", id), attribute.Int("asye.attempt", attempt))
}

func start(ctx context.Context, name string, kind trace.SpanKind, about ...attribute.KeyValue) (context.Context, End) {
	ctx, span := tracer.Start(ctx, name, trace.WithSpanKind(kind), trace.WithAttributes(about...))
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}
