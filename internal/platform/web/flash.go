package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"example.org/asye/internal/platform/ui"
)

const flashCookie = "asye_notice"

// setFlash keeps a notice for the next page. It holds no name and no answer:
// only a sentence that the page shows once.
func setFlash(w http.ResponseWriter, n ui.Notice, secure bool) {
	text, err := json.Marshal(n)
	if err != nil {
		return // a notice is text only
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Value: base64.RawURLEncoding.EncodeToString(text),
		Path: "/", MaxAge: 60, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

func takeFlash(w http.ResponseWriter, r *http.Request) *ui.Notice {
	c, err := r.Cookie(flashCookie)
	if err != nil || r.Method != http.MethodGet {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1})
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	var n ui.Notice
	if err != nil || json.Unmarshal(text, &n) != nil {
		return nil
	}
	return &n
}
