package onetime

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The test values of RFC 6238, appendix B, for SHA-1, cut to six digits.
func TestCodesOfTheStandard(t *testing.T) {
	secret := Secret(letters.EncodeToString([]byte("12345678901234567890")))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := secret.Code(time.Unix(at, 0)); got != want {
			t.Errorf("at %d the code is %s, want %s", at, got, want)
		}
	}
}

func TestAccept(t *testing.T) {
	secret, now := NewSecret(), time.Unix(1_800_000_010, 0)
	for _, tt := range []struct {
		name string
		by   time.Duration // how far the app's clock is ahead
		last int64         // steps before the present one that was used last
		ok   bool
	}{
		{"the present step", 0, 100, true},
		{"a step late", -step * time.Second, 100, true},
		{"a step early", step * time.Second, 100, true},
		{"two steps late", -2 * step * time.Second, 100, false},
		{"two steps early", 2 * step * time.Second, 100, false},
		{"used already", 0, 0, false},
		{"older than the one used", -step * time.Second, 0, false},
		{"newer than the one used", step * time.Second, 0, true},
	} {
		used, ok := secret.Accept(secret.Code(now.Add(tt.by)), now, now.Unix()/step-tt.last)
		if ok != tt.ok {
			t.Errorf("%s: accepted %v", tt.name, ok)
		}
		if want := now.Add(tt.by).Unix() / step; ok && used != want {
			t.Errorf("%s: used step %d, want %d", tt.name, used, want)
		}
	}
	for _, wrong := range []string{"", "12345", "1234567", "abcdef", secret.Code(now) + " "} {
		if _, ok := NewSecret().Accept(wrong, now, 0); ok {
			t.Errorf("%q is accepted", wrong)
		}
	}
	if Plain("12 34-56") != "123456" {
		t.Error("the spaces that apps show are not taken out")
	}
}

func TestSecretsDiffer(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if a == b || len(a) != 32 {
		t.Errorf("%s and %s", a, b)
	}
	if got := a.Grouped(); strings.ReplaceAll(got, " ", "") != string(a) || len(strings.Fields(got)) != 8 {
		t.Errorf("grouped: %s", got)
	}
}

func TestAddressAndPicture(t *testing.T) {
	secret := NewSecret()
	text := secret.Address("ASYE in Kent & Medway", "mary@example.org")
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/ASYE in Kent & Medway:mary@example.org" {
		t.Fatalf("%s: %v, %q", text, err, u.Path)
	}
	if q := u.Query(); q.Get("secret") != string(secret) || q.Get("issuer") != "ASYE in Kent & Medway" || strings.Contains(text, "+") {
		t.Errorf("%s", text)
	}
	svg, err := Picture(text)
	if err != nil {
		t.Fatal(err)
	}
	var drawn struct {
		ViewBox string `xml:"viewBox,attr"`
		Path    struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(svg, &drawn); err != nil || !strings.HasPrefix(drawn.Path.D, "M4 4h1v1h-1z") {
		t.Errorf("%v: %.200s", err, svg)
	}
	if strings.Contains(string(svg), "style") || strings.Contains(string(svg), "script") {
		t.Error("the picture has something inline in it")
	}
	if _, err := Picture(strings.Repeat("x", 5000)); err == nil {
		t.Error("what does not fit was drawn")
	}
}
