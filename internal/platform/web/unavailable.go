package web

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/ui"
)

// retryAfter is what a program is told to wait before it tries again, in
// seconds.
const retryAfter = "10"

// unavailableView is a page for a form that cannot be kept, or a page that
// cannot be shown, just now. What was typed is on it, to be copied and to be
// sent again.
type unavailableView struct {
	ui.Page
	Posted    bool
	Uncertain bool // it may have been kept
	Typed     []typedField
	Files     []string // the names of files that were sent: they have to be chosen again
	Secret    bool     // something was sent that is not shown, and so cannot be sent again from here
	Again     ui.FormOptions
	Back      string // the page that the form was on, or that was asked for
}

// typedField is one answer as it was typed.
type typedField struct{ Label, Text string }

// long reports whether a text is shown in a box of its own.
func (f typedField) long() bool { return len(f.Text) > 80 || strings.Contains(f.Text, "\n") }

// lines is how high the box of a long text is.
func (f typedField) lines() int { return min(max(5, len(f.Text)/70+strings.Count(f.Text, "\n")+1), 20) }

// unavailable shows a change that the database cannot keep at present: nothing
// typed is lost (DUR-4).
func (m *Mux) unavailable(w http.ResponseWriter, r *Request, err error) {
	m.log.Warn("the database is not available", "method", r.Method, "path", r.URL.Path, "error", err)
	v := unavailableView{Posted: r.Posted(), Uncertain: errors.Is(err, db.ErrUncertain), Back: r.URL.RequestURI()}
	v.Page = r.Page(v.heading())
	if v.Posted {
		v.take(r)
	}
	w.Header().Set("Retry-After", retryAfter)
	if err := m.send(w, r.Request, http.StatusServiceUnavailable, unavailablePage(v)); err != nil {
		m.log.Error("an error page failed", "path", r.URL.Path, "error", err)
		http.Error(w, "The service cannot save or show anything just now. Try again in a few seconds.", http.StatusServiceUnavailable)
	}
}

func (v unavailableView) heading() string {
	switch {
	case !v.Posted:
		return "This page cannot be shown just now"
	case v.Uncertain:
		return "We cannot tell whether this was saved"
	}
	return "This has not been saved"
}

// take reads the form, which nobody may have read yet.
func (v *unavailableView) take(r *Request) {
	if r.PostForm == nil && parse(r) != nil || !readable(r) {
		return
	}
	if r.MultipartForm != nil {
		for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
			v.Files = append(v.Files, r.MultipartForm.File[name][0].Filename)
		}
	}
	v.Again = ui.FormOptions{Action: v.Back, Token: r.PostForm.Get(ui.FormField)}
	for _, name := range order(r.PostForm, r.sent) {
		if strings.Contains(name, "password") {
			v.Secret = true
			continue
		}
		v.add(name, r.PostForm)
	}
}

func (v *unavailableView) add(name string, form url.Values) {
	for _, text := range form[name] {
		v.Again.Hidden = append(v.Again.Hidden, ui.HiddenField{Name: name, Value: text})
	}
	date, isPart := strings.CutSuffix(name, "-day")
	switch {
	case strings.HasSuffix(name, "-month") || strings.HasSuffix(name, "-year"):
	case isPart:
		d := ui.ParseDateField(form, date)
		v.show(date, strings.TrimSpace(d.Day+" "+d.Month+" "+d.Year))
	case !unseen[name]:
		v.show(name, strings.Join(form[name], ", "))
	}
}

// unseen are fields that pages put into their forms themselves.
var unseen = map[string]bool{"version": true, "seen": true, "step": true, "token": true, "return": true, "then": true, "move": true}

func (v *unavailableView) show(name, text string) {
	if text == "" {
		return
	}
	label := strings.NewReplacer("_", " ", "-", " ").Replace(name)
	v.Typed = append(v.Typed, typedField{strings.ToUpper(label[:1]) + label[1:], text})
}

// whole reports whether everything that was sent can be sent again from here.
func (v unavailableView) whole() bool { return v.Again.Token != "" && len(v.Files) == 0 && !v.Secret }

// instead is what to do where it cannot.
func (v unavailableView) instead() string {
	const wait = "Wait a few seconds, then go back to the form"
	switch {
	case len(v.Files) > 0:
		return wait + " and choose " + strings.Join(v.Files, ", ") + " once more: the file is still where you took it from."
	case v.Secret:
		return wait + " and type it once more: what is secret is not shown here."
	}
	return wait + " and send it once more."
}

func (v unavailableView) rows() []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, f := range v.Typed {
		if !f.long() {
			rows = append(rows, ui.SummaryRow{Key: f.Label, Text: f.Text})
		}
	}
	return rows
}

// remember keeps a form as it comes, so that it can be shown in the order in
// which it was typed.
func remember(r *http.Request) *bytes.Buffer {
	if r.Method != http.MethodPost || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return nil
	}
	kept := &bytes.Buffer{}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(r.Body, kept), r.Body}
	return kept
}

// order lists the names of a form's fields, each once: as they came, or else by
// name.
func order(form url.Values, sent *bytes.Buffer) []string {
	var names []string
	if sent != nil {
		for pair := range strings.SplitSeq(sent.String(), "&") {
			name, _, _ := strings.Cut(pair, "=")
			if name, err := url.QueryUnescape(name); err == nil && form.Has(name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == ui.FormField || name == "" })
}
