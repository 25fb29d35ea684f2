package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
)

// errForm is a form that this session did not make.
var errForm = fault.New(fault.Forbidden,
	"This form does not belong to your session. Go back, open the page again and send it once more")

// Token makes the hidden value of a form: random, so that it can be spent once,
// and signed with the session's key, so that no other site can make one.
func (r *Request) Token() string {
	raw := make([]byte, 15)
	rand.Read(raw)
	nonce := base64.RawURLEncoding.EncodeToString(raw)
	return nonce + "." + sign(r.Visitor.FormKey, nonce)
}

func sign(key, nonce string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(nonce))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}

// form takes the token out of a submission.
func (r *Request) form() (*tenant.Form, error) {
	token := r.PostFormValue(ui.FormField)
	nonce, mac, _ := strings.Cut(token, ".")
	if nonce == "" || !hmac.Equal([]byte(mac), []byte(sign(r.Visitor.FormKey, nonce))) {
		return nil, errForm
	}
	return &tenant.Form{Token: nonce}, nil
}
