package account_test

import (
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"example.org/asye/internal/account"
)

// Signing in leads to a page of this service, whatever the link says (ACC-9).
func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/home", "//evil.example", "/\\evil.example", "https://evil.example", "/a?b=//c", "/%2f%2fevil.example", "/\t/evil.example", "/sign-out", "\x00/", "/.//evil.example"} {
		f.Add(seed)
	}
	base, err := url.Parse("https://asye.example.org/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, next string) {
		got := account.LocalPath(next)
		// As a browser reads an address: without tabs and ends of line, and with
		// either slash.
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(got)
		to, err := base.Parse(seen)
		if err != nil || to.Host != base.Host || to.Scheme != base.Scheme || !strings.HasPrefix(seen, "/") || strings.HasPrefix(seen, "//") {
			t.Fatalf("%q leads to %q, which is %v, %v", next, got, to, err)
		}
	})
}

// What is taken for an address is one mailbox, and fits into the heading of a
// message.
func FuzzIsAddress(f *testing.F) {
	for _, seed := range []string{"a@example.org", "a@b", "\"a b\"@example.org", "a@example.org,b@example.org", "a@[127.0.0.1]", "a\r\nBcc: b@example.org", "ä@example.org", "a@example..org"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !account.IsAddress(text) {
			return
		}
		all, err := mail.ParseAddressList(text)
		if err != nil || len(all) != 1 || strings.ContainsAny(text, "\r\n\x00<> ") || len(text) > 254 {
			t.Fatalf("%q is taken for one address: %v, %v", text, all, err)
		}
	})
}
