package cli_test

import (
	"bytes"
	"errors"
	"testing"

	"example.org/asye/internal/platform/cli"
)

func TestExitStatuses(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
	}{{cli.Refusal("%d rows", 3), cli.Refused}, {cli.Misuse("no"), cli.Usage}} {
		var exit *cli.Exit
		if !errors.As(tt.err, &exit) || exit.Status != tt.status {
			t.Errorf("%v has status %v, want %d", tt.err, exit, tt.status)
		}
	}
}

func TestProgressIsSilentOffTheTerminal(t *testing.T) {
	var out bytes.Buffer
	report := cli.Progress(&out, "Checking")
	report(1, 2)
	report(2, 2)
	if out.Len() != 0 {
		t.Errorf("wrote %q", out.String())
	}
}
