package mail_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/platform/mail"
)

// The address of a mail server is read or refused in a sentence, and is never
// shown with its password.
func FuzzParseServer(f *testing.F) {
	f.Add("smtp://user:pass@mail.example.org:587", "asye <asye@example.org>")
	f.Add("smtps://[::1]:465?tls=off&timeout=5s", "a@b")
	f.Add("smtp://h:99999999999", "\r\nBcc: x@y")
	f.Add("smtp://%zz", "")
	f.Fuzz(func(t *testing.T, address, from string) {
		s, err := mail.ParseServer(address, from)
		if err != nil {
			if s != nil {
				t.Fatal("a server that was refused is given")
			}
			return
		}
		if text := s.String(); text == "" || strings.Contains(text, "@") {
			t.Fatalf("%q is shown as %q", address, text)
		}
	})
}
