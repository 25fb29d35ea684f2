package faults

import (
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

const (
	contact = "/organisation/edit"
	// recovery is how soon everything goes on after the fault is gone (DUR-6).
	recovery = 10 * time.Second
)

// reading are pages that are shown whether anything can be saved or not.
var reading = []string{"/home", "/organisation", "/help", "/account", "/healthz"}

// visitor is a coordinator at work while things break.
type visitor struct {
	t       *testing.T
	browser *visit.Browser
	n       int
	kept    string // what was acknowledged last
	saw     seen
}

// seen is what the visitor saw.
type seen struct {
	rounds, acknowledged, refused int
	slowestPage, slowestReturn    time.Duration // of those that were shown, and from the end of the fault to the first save
	slowestRefusal                time.Duration
}

func (s seen) String() string {
	text := fmt.Sprintf("%d rounds, %d changes acknowledged, 0 lost", s.rounds, s.acknowledged)
	if s.refused > 0 {
		text += fmt.Sprintf(", %d refused with all that was typed, %s after they were sent at most", s.refused, round(s.slowestRefusal))
	}
	if s.slowestPage > 0 {
		text += fmt.Sprintf(", pages shown meanwhile within %s", round(s.slowestPage))
	}
	if s.slowestReturn > 0 {
		text += fmt.Sprintf(", saved again within %s of the end of it", round(s.slowestReturn))
	}
	return text
}

func round(d time.Duration) time.Duration { return d.Round(time.Millisecond) }

// begin runs the program on a database with a coordinator in it.
func begin(t *testing.T, database string, settings ...string) *visitor {
	t.Helper()
	binary := program(t)
	people, err := service.Coordinators(t.Context(), binary, database, 1)
	if err != nil {
		t.Fatal(err)
	}
	running, err := service.Start(binary, database, settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	return &visitor{t: t, browser: people[0].Browser(running.Base, 2*time.Minute)}
}

// form is the form of the contact, filled in with words that are new.
func (v *visitor) form() (visit.Form, string) {
	v.t.Helper()
	v.n++
	words := fmt.Sprintf("Zoë “Q&A” O'Neill <%d>", v.n)
	page, err := v.browser.Get(v.t.Context(), contact)
	if err != nil {
		v.t.Fatal(err)
	}
	form, err := page.Form(contact)
	if err != nil {
		v.t.Fatal(err)
	}
	return form.With("contact_name", words).With("contact_phone", "020 7946 0000"), words
}

// send submits a form, and tells how long the answer took.
func (v *visitor) send(form visit.Form) (visit.Page, time.Duration) {
	v.t.Helper()
	began := time.Now()
	page, err := v.browser.Send(v.t.Context(), form)
	if err != nil {
		v.t.Fatalf("a form had no answer: %v", err)
	}
	return page, time.Since(began)
}

// save changes the contact, and must succeed.
func (v *visitor) save() {
	v.t.Helper()
	form, words := v.form()
	if page, _ := v.send(form); page.Status != http.StatusSeeOther {
		v.t.Fatalf("a form was not kept: %d %s", page.Status, page.Text())
	}
	v.acknowledge(words)
}

func (v *visitor) acknowledge(words string) {
	v.kept = words
	v.saw.acknowledged++
}

// trySave changes the contact, or is refused as DUR-4 says; then it gives the
// form that the refusal offers, and the words in it.
func (v *visitor) trySave() (again visit.Form, words string, saved bool) {
	v.t.Helper()
	form, words := v.form()
	return v.try(form, words)
}

func (v *visitor) try(form visit.Form, words string) (visit.Form, string, bool) {
	v.t.Helper()
	page, took := v.send(form)
	if page.Status == http.StatusSeeOther {
		v.acknowledge(words)
		return form, words, true
	}
	v.saw.refused++
	v.saw.slowestRefusal = max(v.saw.slowestRefusal, took)
	return v.refused(page, words), words, false
}

// refused holds a refusal to DUR-4, and gives the form that it offers.
func (v *visitor) refused(page visit.Page, words string) visit.Form {
	v.t.Helper()
	if page.Status != http.StatusServiceUnavailable || page.Header.Get("Retry-After") == "" {
		v.t.Fatalf("a refusal has status %d and Retry-After %q: %s", page.Status, page.Header.Get("Retry-After"), page.Text())
	}
	for _, said := range []string{words, "020 7946 0000", "What you typed is on this page"} {
		if !strings.Contains(page.Text(), said) {
			v.t.Errorf("a refusal does not give back %q: %s", said, page.Text())
		}
	}
	form, err := page.Form(contact)
	if err != nil {
		v.t.Fatalf("a refusal does not offer to send the form again: %v", err)
	}
	if form.Values.Get("contact_name") != words {
		v.t.Errorf("sent again would be %q, typed was %q", form.Values.Get("contact_name"), words)
	}
	return form
}

// fileRefused sends a file, which must be refused in words.
func (v *visitor) fileRefused() {
	v.t.Helper()
	page, err := v.browser.Get(v.t.Context(), "/upload")
	if err != nil {
		v.t.Fatal(err)
	}
	form, err := page.Form("/upload")
	if err != nil {
		v.t.Fatal(err)
	}
	var rows []service.Row
	for i := range 2000 {
		rows = append(rows, service.Row{Name: fmt.Sprintf("Unsaved%d", i), Email: fmt.Sprintf("u%d@example.org", i), Number: fmt.Sprintf("SW%d", 100000+i)})
	}
	page, _ = v.send(form.Attach("file", "cohort.csv", []byte(service.Sheet(rows))))
	if page.Status != http.StatusServiceUnavailable || !strings.Contains(page.Text(), "choose cohort.csv once more") {
		v.t.Errorf("a file that cannot be kept has status %d: %s", page.Status, page.Text())
	}
}

// reads looks at pages, each of which must be there.
func (v *visitor) reads() {
	v.t.Helper()
	for _, path := range reading {
		began := time.Now()
		page, err := v.browser.Get(v.t.Context(), path)
		if err != nil || page.Status != http.StatusOK {
			v.t.Errorf("%s cannot be read while nothing can be saved: %d %v %s", path, page.Status, err, page.Text())
		}
		v.saw.slowestPage = max(v.saw.slowestPage, time.Since(began))
	}
}

// away looks at a page, which must say that it cannot be shown.
func (v *visitor) away(path string) {
	v.t.Helper()
	began := time.Now()
	page, err := v.browser.Get(v.t.Context(), path)
	if err != nil {
		v.t.Fatal(err)
	}
	if page.Status != http.StatusServiceUnavailable || page.Header.Get("Retry-After") == "" ||
		!strings.Contains(page.Text(), "This page cannot be shown just now") {
		v.t.Errorf("%s without a database has status %d: %s", path, page.Status, page.Text())
	}
	v.saw.slowestRefusal = max(v.saw.slowestRefusal, time.Since(began))
}

// returns sends a form that was refused until it is kept, which must not take
// longer than ten seconds.
func (v *visitor) returns(form visit.Form, words string) {
	v.t.Helper()
	began := time.Now()
	for {
		page, _ := v.send(form)
		took := time.Since(began)
		if page.Status == http.StatusSeeOther {
			v.saw.slowestReturn = max(v.saw.slowestReturn, took)
			v.acknowledge(words)
			v.check()
			return
		}
		if took > recovery {
			v.t.Fatalf("%s after the fault: %d %s", took, page.Status, page.Text())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// check looks for what was acknowledged last.
func (v *visitor) check() {
	v.t.Helper()
	page, err := v.browser.Get(v.t.Context(), "/organisation")
	if err != nil || !strings.Contains(page.Body, html.EscapeString(v.kept)) && !strings.Contains(page.Text(), v.kept) {
		v.t.Errorf("acknowledged and lost: %s: %v %s", v.kept, err, page.Text())
	}
}
