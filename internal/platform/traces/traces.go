// Package traces sends what a request or a job went through to a collector of
// OpenTelemetry traces, where one is configured by the standard variables
// (OTEL_EXPORTER_OTLP_ENDPOINT and the others).
//
// A trace has patterns of addresses, texts of statements with placeholders, and
// lengths of time. It never has what was asked or found, nor who asked: that is
// why the ready-made instruments for net/http, which record addresses, are not
// used.
package traces

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// Start begins to send traces where the environment asks for them, and gives
// what sends the last of them. Where it does not ask, nothing happens.
func Start(ctx context.Context, environ []string, version string, log *slog.Logger) (stop func(context.Context) error, err error) {
	nothing := func(context.Context) error { return nil }
	wanted, err := wanted(environ)
	if err != nil || !wanted {
		return nothing, err
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nothing, fmt.Errorf("traces cannot be sent: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "asye"),
		attribute.String("service.version", version)), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nothing, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES cannot be used: %w", err)
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(about))
	otel.SetTracerProvider(provider)
	if read(environ)["OTEL_PROPAGATORS"] != "none" {
		otel.SetTextMapPropagator(propagation.TraceContext{})
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces cannot be sent", "error", err) }))
	return provider.Shutdown, nil
}

// wanted reads the variables of the OpenTelemetry specification that say
// whether and how to send traces; the others are read by the library.
func wanted(environ []string) (bool, error) {
	v := read(environ)
	if v["OTEL_EXPORTER_OTLP_ENDPOINT"] == "" && v["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] == "" ||
		strings.EqualFold(v["OTEL_SDK_DISABLED"], "true") || v["OTEL_TRACES_EXPORTER"] == "none" {
		return false, nil
	}
	if exporter := v["OTEL_TRACES_EXPORTER"]; exporter != "" && exporter != "otlp" {
		return false, fmt.Errorf("OTEL_TRACES_EXPORTER is %q: asye sends traces as otlp, or not at all (none)", exporter)
	}
	protocol := v["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"]
	if protocol == "" {
		protocol = v["OTEL_EXPORTER_OTLP_PROTOCOL"]
	}
	if protocol != "" && protocol != "http/protobuf" {
		return false, errors.New("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf, which every collector understands; its port is most often 4318")
	}
	return true, nil
}

func read(environ []string) map[string]string {
	out := map[string]string{}
	for _, pair := range environ {
		if name, text, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "OTEL_") {
			out[name] = text
		}
	}
	return out
}
