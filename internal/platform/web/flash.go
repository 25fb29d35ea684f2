package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"example.org/asye/internal/platform/ui"
)

// flashCookie is the name of the cookie that carries a notice. Over HTTPS it has
// the prefix that keeps other hosts of the same domain from setting it.
func flashCookie(secure bool) string {
	if secure {
		return "__Host-asye_notice"
	}
	return "asye_notice"
}

// flash is what a notice may say: words, and never a link, since a cookie can
// come from somebody else.
type flash struct {
	Kind          ui.NoticeKind
	Heading, Text string
}

// setFlash keeps a notice for the next page: a sentence that the page shows
// once, and that the browser forgets after a minute if no page comes.
func setFlash(w http.ResponseWriter, n ui.Notice, secure bool) {
	text, err := json.Marshal(flash{n.Kind, n.Heading, n.Text})
	if err != nil {
		return // a notice is text only
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie(secure), Value: base64.RawURLEncoding.EncodeToString(text),
		Path: "/", MaxAge: 60, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

func takeFlash(w http.ResponseWriter, r *http.Request, secure bool) *ui.Notice {
	c, err := r.Cookie(flashCookie(secure))
	if err != nil || r.Method != http.MethodGet {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie(secure), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
	return readFlash(c.Value)
}

func readFlash(value string) *ui.Notice {
	text, err := base64.RawURLEncoding.DecodeString(value)
	var f flash
	if err != nil || json.Unmarshal(text, &f) != nil {
		return nil
	}
	return &ui.Notice{Kind: f.Kind, Heading: f.Heading, Text: f.Text}
}
