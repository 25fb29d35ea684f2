package account_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
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

// A veiled value is the same each time, and is neither the value nor its plain
// hash.
func TestACC3_Veil(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		one, err := s.Veil(t.Context(), "mary@example.org")
		if err != nil {
			t.Fatal(err)
		}
		again, _ := s.Veil(t.Context(), "mary@example.org")
		other, _ := s.Veil(t.Context(), "tom@example.org")
		elsewhere, _ := newService(t, dbtest.OpenSQLite(t, schema.All())).Veil(t.Context(), "mary@example.org")
		if one != again || one == other || one == elsewhere || strings.Contains(one, "mary") {
			t.Errorf("veiled as %q, again as %q, another as %q, elsewhere as %q", one, again, other, elsewhere)
		}
	})
}
