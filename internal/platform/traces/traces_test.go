package traces

import "testing"

func TestWanted(t *testing.T) {
	const at = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"
	for _, tt := range []struct {
		environ []string
		want    bool
		refused bool
	}{
		{nil, false, false},
		{[]string{"OTEL_SERVICE_NAME=asye"}, false, false},
		{[]string{at}, true, false},
		{[]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:4318/v1/traces"}, true, false},
		{[]string{at, "OTEL_SDK_DISABLED=True"}, false, false},
		{[]string{at, "OTEL_TRACES_EXPORTER=none"}, false, false},
		{[]string{at, "OTEL_TRACES_EXPORTER=otlp", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"}, true, false},
		{[]string{at, "OTEL_TRACES_EXPORTER=zipkin"}, false, true},
		{[]string{at, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"}, false, true},
	} {
		got, err := wanted(tt.environ)
		if got != tt.want || (err != nil) != tt.refused {
			t.Errorf("%v: %t, %v", tt.environ, got, err)
		}
	}
}
