// Package disclosure says whom to tell of a fault in the security of a service:
// security.txt, as RFC 9116 has it.
package disclosure

import (
	"fmt"
	"net/http"
	netmail "net/mail"
	"net/url"
	"strings"
	"time"

	"example.org/asye/internal/platform/clock"
)

// Path is where the file is looked for.
const Path = "/.well-known/security.txt"

// good is for how long whoever reads it may rely on it. It is counted from the
// hour of reading: as long as the service runs, its operator stands by the
// setting.
const good = 30 * 24 * time.Hour

// ParseContact reads an e-mail address or a page, and gives it with its scheme.
func ParseContact(text string) (string, error) {
	wrong := fmt.Errorf("%q is neither an e-mail address nor a page that begins with https://", text)
	if text == "" {
		return "", nil
	}
	if bare := strings.TrimPrefix(text, "mailto:"); !strings.Contains(bare, "://") {
		at, err := netmail.ParseAddress(bare)
		if err != nil || at.Address != bare {
			return "", wrong
		}
		return "mailto:" + bare, nil
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Host == "" {
		return "", wrong
	}
	return text, nil
}

// Handler serves the file of a contact; without one it is not found. base is the
// address of the service where that is served over HTTPS.
func Handler(contact, base string, c clock.Clock) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if contact == "" {
			http.Error(w, "This service names nobody to tell of a fault in its security.", http.StatusNotFound)
			return
		}
		var text strings.Builder
		fmt.Fprintf(&text, "Contact: %s\n", contact)
		fmt.Fprintf(&text, "Expires: %s\n", c.Now().Time().Truncate(time.Hour).Add(good).Format(time.RFC3339))
		text.WriteString("Preferred-Languages: en\n")
		if base != "" {
			fmt.Fprintf(&text, "Canonical: %s%s\n", base, Path)
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(text.String())) // the reader has gone: nobody is left to tell
	})
}
