package account_test

import (
	"testing"

	"example.org/asye/internal/account"
)

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/registrations/1?a=b#c":        "/registrations/1?a=b#c",
		"":                              "/home",
		"/":                             "/home",
		"home":                          "/home",
		"//evil.example":                "/home",
		"/\\evil.example":               "/home",
		"https://evil.example/":         "/home",
		"javascript:alert(1)":           "/home",
		"/a\r\nSet-Cookie: x":           "/home",
		"/\tevil":                       "/home",
		"/sign-in?next=/sign-in":        "/home",
		"/sign-out":                     "/home",
		"/setup":                        "/home",
		"/%zz":                          "/home",
		"/a//b":                         "/a//b",
		"/a?next=https://evil.example/": "/a?next=https://evil.example/",
		"/%2F/evil.example":             "/home",
	} {
		if got := account.LocalPath(next); got != want {
			t.Errorf("ACC-9 LocalPath(%q) = %q, want %q", next, got, want)
		}
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
		if got := account.Device(agent); got != want {
			t.Errorf("Device(%q) = %q, want %q", agent, got, want)
		}
	}
}

func TestIsAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"a@example.org": true, "first.last+asye@council.gov.uk": true, "o'neil@example.org": true,
		"": false, "a": false, "a@b": false, "a@.org": false, "a@example.": false, "a b@example.org": false,
		"Mary <a@example.org>": false, "a@example.org\r\nBcc: x@example.org": false, "a@@example.org": false,
	} {
		if got := account.IsAddress(text); got != want {
			t.Errorf("IsAddress(%q) = %v", text, got)
		}
	}
}
