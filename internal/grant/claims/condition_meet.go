package claims

import (
	"io"
	"net/http"
	"slices"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// conditionMeetView asks for the document that shows a condition is met.
type conditionMeetView struct {
	ui.Page
	Scheme    grant.Scheme
	Condition grant.Condition
}

// conditionMeet keeps the document that shows a condition of a scheme is met.
func (p *pages) conditionMeet(w http.ResponseWriter, r *web.Request) error {
	s, ok := p.due.Book().Get(r.PathValue("key"))
	if !ok {
		return grant.ErrNoScheme(r.PathValue("key"))
	}
	at := slices.IndexFunc(s.Conditions, func(c grant.Condition) bool { return c.Key == r.PathValue("condition") })
	if at < 0 {
		return fault.New(fault.NotFound, "The scheme has no condition %q", r.PathValue("condition"))
	}
	v := conditionMeetView{Page: r.Page("Add a document"), Scheme: s, Condition: s.Conditions[at]}
	v.Back = &ui.Link{Text: "Back to the scheme", Href: paths.GrantScheme(s.Key)}
	if !r.Posted() {
		return r.Render(w, conditionMeetPage(v))
	}
	name, body, err := document(r)
	if err == nil {
		err = p.claims.Meet(r.Context(), r.Scope, s.Key, v.Condition.Key, name, body)
	}
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, conditionMeetPage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantScheme(s.Key), "The document is kept", "Your director and the funder can read it.")
}

// document is the file that was sent, and its name without anything that could
// do harm. No file is an empty one, which the store refuses.
func document(r *web.Request) (name string, body []byte, err error) {
	file, header, err := r.FormFile("document")
	if err != nil {
		return "", nil, nil
	}
	defer file.Close()
	body, err = io.ReadAll(file)
	return files.SafeName(header.Filename), body, err
}

// conditionDocument gives a document that was brought, to be saved: it is never
// opened in the browser, whatever is in it (GRA-29).
func (p *pages) conditionDocument(w http.ResponseWriter, r *web.Request) error {
	name, body, err := p.claims.Document(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	return attach(w, name, "application/octet-stream", body)
}
