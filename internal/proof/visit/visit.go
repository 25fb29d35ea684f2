// Package visit is a browser without scripts for the nets: it speaks to the
// running program over real HTTP, fills in forms as they stand on a page, and
// can send the very same form again.
package visit

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Browser is one person at one browser. It does not follow where a page leads.
type Browser struct {
	client *http.Client
	base   *url.URL
}

// New is a browser with no cookies, which waits no longer than patience for an
// answer.
func New(base string, patience time.Duration) *Browser {
	jar, _ := cookiejar.New(nil) // without options there is nothing to refuse
	b := &Browser{client: &http.Client{Jar: jar, Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 4},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	b.Move(base)
	return b
}

// Move tells where the program is now; the cookies stay.
func (b *Browser) Move(base string) {
	b.base, _ = url.Parse(base) // what is no address fails at the first request
	b.client.CloseIdleConnections()
}

// Cookies are what the program has given to this browser.
func (b *Browser) Cookies() []*http.Cookie { return b.client.Jar.Cookies(b.base) }

// Take is the browser with the cookies of another.
func (b *Browser) Take(cookies []*http.Cookie) *Browser {
	b.client.Jar.SetCookies(b.base, cookies)
	return b
}

// Stranger is a browser at the same address at which nobody is signed in.
func (b *Browser) Stranger() *Browser { return New(b.base.String(), b.client.Timeout) }

// Page is what came back.
type Page struct {
	Status   int
	Location string // where it leads, for a redirect
	Header   http.Header
	Body     string
	Path     string // that was asked for
}

// Get opens a page.
func (b *Browser) Get(ctx context.Context, path string) (Page, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base.String()+path, nil)
	if err != nil {
		return Page{}, err
	}
	return b.do(r, path)
}

// Send submits a form.
func (b *Browser) Send(ctx context.Context, f Form) (Page, error) {
	body, kind, err := f.encode()
	if err != nil {
		return Page{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base.String()+f.Action, body)
	if err != nil {
		return Page{}, err
	}
	r.Header.Set("Content-Type", kind)
	return b.do(r, f.Action)
}

func (b *Browser) do(r *http.Request, path string) (Page, error) {
	answer, err := b.client.Do(r)
	if err != nil {
		return Page{}, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return Page{answer.StatusCode, answer.Header.Get("Location"), answer.Header, string(text), path}, err
}

// Form is a form as it stands on a page, filled in or not. It can be sent more
// than once.
type Form struct {
	Action string
	Values url.Values
	File   File
}

// File is a file that goes with a form; one without a name does not.
type File struct {
	Field, Name string
	Data        []byte
}

// Form finds the first form of the page that is sent to an address, whatever
// the query, with every field as the page has it.
func (p Page) Form(to string) (Form, error) {
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		return Form{}, err
	}
	for n := range root.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attribute(n, "method"), http.MethodPost) {
			continue
		}
		f := Form{Action: attribute(n, "action"), Values: url.Values{}}
		if f.Action == "" {
			f.Action = p.Path
		}
		if address(f.Action) == address(to) {
			read(n, f.Values)
			return f, nil
		}
	}
	return Form{}, fmt.Errorf("%s has status %d and no form for %s", p.Path, p.Status, to)
}

// With is the form with a field filled in.
func (f Form) With(name string, values ...string) Form {
	filled := url.Values{}
	for n, v := range f.Values {
		filled[n] = v
	}
	filled[name] = values
	return Form{f.Action, filled, f.File}
}

// Attach is the form with a file.
func (f Form) Attach(field, name string, data []byte) Form {
	return Form{f.Action, f.Values, File{field, name, data}}
}

func (f Form) encode() (io.Reader, string, error) {
	if f.File.Name == "" {
		return strings.NewReader(f.Values.Encode()), "application/x-www-form-urlencoded", nil
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range f.Values {
		if err := parts.WriteField(name, f.Values.Get(name)); err != nil {
			return nil, "", err
		}
	}
	file, err := parts.CreateFormFile(f.File.Field, f.File.Name)
	if err == nil {
		_, err = file.Write(f.File.Data)
	}
	if err == nil {
		err = parts.Close()
	}
	return &body, parts.FormDataContentType(), err
}
