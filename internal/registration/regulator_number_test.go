package registration

import (
	"strings"
	"testing"
)

func TestParseNumber(t *testing.T) {
	good := map[string]Number{
		"SW1":            "SW1",
		"SW123456":       "SW123456",
		"sw12345":        "SW12345",
		"Sw12345":        "SW12345",
		" SW 12 345 ":    "SW12345",
		"12345":          "SW12345",
		"SW\u00a012345":  "SW12345",
		"\tSW100000\r\n": "SW100000",
	}
	for text, want := range good {
		if got, err := ParseNumber(text); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	bad := []string{"", "   ", "SW", "SW0", "SW012345", "012345", "SW1234567", "1234567", "SWE12345", "WS12345",
		"SW-12345", "SW12345.0", "12345.0", "SW12a45", "SWSW12345", "\u017fW12345", "SW\u0661\u0662", "S12345", "W12345", "-12345", "=SW12345",
		strings.Repeat("SW12345", 1000)}
	for _, text := range bad {
		got, err := ParseNumber(text)
		if err == nil {
			t.Errorf("ParseNumber(%q) gave %q", text, got)
			continue
		}
		if !strings.Contains(err.Error(), "like SW12345") {
			t.Errorf("ParseNumber(%q) says %q, without an example", text, err)
		}
		if len(err.Error()) > 300 {
			t.Errorf("a message of %d bytes", len(err.Error()))
		}
	}
}

func TestNumberStored(t *testing.T) {
	for _, from := range []any{"SW12345", []byte("SW12345")} {
		var got Number
		if err := got.Scan(from); err != nil || got != "SW12345" {
			t.Errorf("Scan(%v) = %q, %v", from, got, err)
		}
	}
	got := Number("SW1")
	if err := got.Scan(nil); err != nil || got != "" {
		t.Errorf("Scan(nil) = %q, %v", got, err)
	}
	for _, from := range []any{"sw12345", "12345", 12345, "SW0"} {
		if err := got.Scan(from); err == nil {
			t.Errorf("Scan(%v) was accepted as %q", from, got)
		}
	}
	if v, err := Number("SW12345").Value(); v != "SW12345" || err != nil {
		t.Errorf("stored as %v, %v", v, err)
	}
	if v, err := Number("").Value(); v != nil || err != nil {
		t.Errorf("no number is stored as %v, %v", v, err)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"SW12345", "sw 1", "12345", "SW0", "", "SW1234567", "\u017fW1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseNumber(text)
		if err != nil {
			if n != "" {
				t.Errorf("%q was refused and gave %q", text, n)
			}
			return
		}
		if again, err := ParseNumber(n.String()); err != nil || again != n {
			t.Errorf("%q read as %q, read again as %q, %v", text, n, again, err)
		}
		var stored Number
		if err := stored.Scan(string(n)); err != nil || stored != n {
			t.Errorf("%q came back from the database as %q, %v", n, stored, err)
		}
	})
}
