package web_test

import (
	"net/http/httptest"
	"testing"

	"example.org/asye/internal/platform/web"
)

func TestNetwork(t *testing.T) {
	for _, tt := range []struct {
		name, remote string
		forwarded    []string
		proxy        web.Proxy
		want         string
	}{
		{"directly", "192.0.2.1:4711", nil, false, "192.0.2.1"},
		{"a visitor who makes up where they are", "192.0.2.1:4711", []string{"203.0.113.9"}, false, "192.0.2.1"},
		{"behind our proxy", "127.0.0.1:4711", []string{"203.0.113.9"}, true, "203.0.113.9"},
		{"behind our proxy, which adds to what the visitor made up", "127.0.0.1:4711", []string{"198.51.100.7, 203.0.113.9"}, true, "203.0.113.9"},
		{"behind our proxy, which adds a line of its own", "127.0.0.1:4711", []string{"198.51.100.7", "203.0.113.9"}, true, "203.0.113.9"},
		{"behind a proxy that adds nothing", "127.0.0.1:4711", nil, true, "127.0.0.1"},
		{"one connection has half of an IPv6 address", "[2001:db8:1:2:3:4:5:6]:4711", nil, false, "2001:db8:1:2::/64"},
		{"IPv4 in the clothes of IPv6", "[::ffff:192.0.2.1]:4711", nil, false, "192.0.2.1"},
		{"no address at all", "pipe", nil, false, "pipe"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.remote
			r.Header["X-Forwarded-For"] = tt.forwarded
			if got := web.Network(r, tt.proxy); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                        "Firefox on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0":                   "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		"Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0 Mobile Safari/537.36":            "Samsung Internet on Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15":                   "Safari on Mac",
		"curl/8.0": "A browser that does not say what it is",
		"Linux":    "A browser on Linux",
		"Firefox":  "Firefox",
		"":         "A browser that does not say what it is",
	} {
		if got := web.Device(agent); got != want {
			t.Errorf("Device(%q) = %q, want %q", agent, got, want)
		}
	}
}
