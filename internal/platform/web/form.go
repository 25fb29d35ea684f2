package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"mime/multipart"
	"slices"
	"strings"

	"example.org/asye/internal/platform/db"
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

// form takes the token out of a submission. What is spent is the token with all
// that was sent: the forms of one page share a token, and somebody who goes
// back and sends something else has not sent the same form twice.
func (r *Request) form() (*tenant.Form, error) {
	token := r.PostFormValue(ui.FormField)
	nonce, mac, _ := strings.Cut(token, ".")
	if nonce == "" || !hmac.Equal([]byte(mac), []byte(sign(r.Visitor.FormKey, nonce))) {
		return nil, errForm
	}
	sent, err := r.digest()
	if err != nil {
		return nil, err
	}
	return &tenant.Form{Token: nonce + "." + sent}, nil
}

// digest tells one submission from another: its address, its fields, and its
// files.
func (r *Request) digest() (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", r.URL.Path)
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if name != ui.FormField {
			fmt.Fprintf(sum, "%q %q\n", name, r.PostForm[name])
		}
	}
	for _, file := range r.files() {
		if err := add(sum, file); err != nil {
			return "", err
		}
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18]), nil
}

// files are the files of a submission, in the order of their fields.
func (r *Request) files() []*multipart.FileHeader {
	if r.MultipartForm == nil {
		return nil
	}
	var out []*multipart.FileHeader
	for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
		out = append(out, r.MultipartForm.File[name]...)
	}
	return out
}

func add(sum hash.Hash, file *multipart.FileHeader) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	fmt.Fprintf(sum, "%q %d\n", file.Filename, file.Size)
	_, err = io.Copy(sum, content)
	return err
}

// repeated gives db.ErrRepeated for a form that has had its effect already: it
// was sent twice, perhaps in the same moment. It leads to where the first led,
// rather than to what the handler would say of a change that is made already.
func (r *Request) repeated() error {
	form := r.Scope.Form()
	if !r.once || form == nil || form.Spent {
		return nil
	}
	spent, err := r.mux.results.FormSpent(r.Context(), form.Token)
	if err == nil && spent {
		return db.ErrRepeated
	}
	return err
}

// last is what became of a form: an error of the handler, unless the form was
// sent twice.
func (r *Request) last(err error) error {
	if err == nil || errors.Is(err, db.ErrRepeated) {
		return err
	}
	if again := r.repeated(); errors.Is(again, db.ErrRepeated) {
		return again
	}
	return err
}
