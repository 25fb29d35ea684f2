package web

import (
	"errors"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
)

var (
	errNoPage = fault.New(fault.NotFound, "There is no page at this address")
	errRole   = errors.New("not this role's to do")

	errUnreadable = fault.New(fault.Invalid, "The form has characters in it that are not text. Remove them and send it once more")
)

func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.New(fault.Invalid, "What you sent is larger than %d megabytes. Send a smaller file", large.Limit>>20)
	}
	if err != nil {
		return fault.New(fault.Invalid, "The form arrived incomplete. Go back and send it once more")
	}
	return nil
}

// IsStale reports whether a save was refused because somebody else had changed
// the record since it was shown: the page shows both (Request.Stale).
func IsStale(err error) bool { return errors.Is(err, db.ErrStale) }

// fail is the one place where an error becomes a page.
func (m *Mux) fail(w http.ResponseWriter, r *Request, rule policy.Rule, err error) {
	if errors.Is(err, db.ErrRepeated) {
		m.repeat(w, r)
		return
	}
	if gone(r) {
		return
	}
	if err = db.Explain(err); fault.KindOf(err) == fault.Unavailable {
		m.unavailable(w, r, err)
		return
	}
	status, view := m.explain(r, rule, err)
	if status == http.StatusInternalServerError {
		view.Reference = w.Header().Get(referenceHeader)
		m.log.Error("a request failed", "reference", view.Reference, "method", method(r.Request), "route", pattern(r.Request), "error", err)
	}
	if sendErr := m.send(w, r.Request, status, failure(r.Page(view.Heading), view)); sendErr != nil {
		m.log.Error("an error page failed", "reference", w.Header().Get(referenceHeader), "route", pattern(r.Request), "error", sendErr)
		http.Error(w, "Sorry, there is a problem with this service. Try again later.", http.StatusInternalServerError)
	}
}

// failureView is what an error page says.
type failureView struct{ Heading, Text, Next, Reference string }

func (m *Mux) explain(r *Request, rule policy.Rule, err error) (int, failureView) {
	if errors.Is(err, errRole) {
		return http.StatusForbidden, failureView{Heading: "You cannot do this in your present role",
			Text: "This page is for: " + rule.String() + ". You are working as " + r.Scope.Role().String() + "."}
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity, failureView{Heading: "This cannot be accepted", Text: err.Error() + ".",
			Next: "Go back to mend it. What you typed is still there."}
	case fault.NotFound:
		return http.StatusNotFound, failureView{Heading: "Page not found",
			Text: "If you typed the address, check that it is right. If you followed a link, the record may belong to another organisation or may have moved."}
	case fault.Forbidden:
		return http.StatusForbidden, failureView{Heading: "You cannot do this", Text: err.Error() + "."}
	case fault.Conflict:
		return http.StatusConflict, failureView{Heading: "This has changed", Text: err.Error() + ".",
			Next: "Go back, reload the page, compare, and make your change again if it is still needed."}
	}
	return http.StatusInternalServerError, failureView{Heading: "Sorry, there is a problem with this service",
		Text: "Nothing was half-done: your change was either kept whole or not made.", Next: "Try again in a few minutes."}
}

// repeat leads to where the form led the first time.
func (m *Mux) repeat(w http.ResponseWriter, r *Request) {
	location := m.firstLocation(r)
	if location == "" {
		location = m.nearest(r)
	}
	setFlash(w, ui.Notice{Heading: "Already done", Text: "The form was sent twice. It has had its effect once."}, m.site.Secure)
	http.Redirect(w, r.Request, location, http.StatusSeeOther)
}

// nearest is where a form leads that has had its effect and, since the program
// was stopped in between, has not kept where it led: its own page, or home.
func (m *Mux) nearest(r *Request) string {
	if _, pattern := m.mux.Handler(&http.Request{Method: http.MethodGet, URL: r.URL, Host: r.Host}); strings.HasPrefix(pattern, "GET ") {
		return r.URL.Path
	}
	return "/home"
}

// firstLocation waits a moment for the first of two quick submissions, which
// may have had its effect and not yet said where it leads.
func (m *Mux) firstLocation(r *Request) string {
	const attempts, pause = 5, 20 * time.Millisecond
	for range attempts {
		location, err := m.results.FormLocation(r.Context(), r.Scope.Form().Token)
		if err != nil || location != "" {
			return location
		}
		time.Sleep(pause)
	}
	return ""
}

func (m *Mux) rescue(w http.ResponseWriter, r *Request) {
	if cause := recover(); cause != nil {
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		m.log.Error("a handler panicked", "reference", w.Header().Get(referenceHeader), "route", pattern(r.Request),
			"cause", cause, "stack", string(debug.Stack()))
		m.fail(w, r, policy.Everyone(), errors.New("a handler panicked"))
	}
}
