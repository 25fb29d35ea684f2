package register

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// nameless is whom a draft is about until a name has been typed.
const nameless = "an NQSW without a name yet"

// nameIn is the name of the NQSW whom a draft is about, or [nameless].
func nameIn(a journey.Answers) string {
	if name := known(a); name != "" {
		return name
	}
	return nameless
}

func known(a journey.Answers) string {
	return asye.Identity{GivenName: a["given_name"], FamilyName: a["family_name"]}.Known()
}

// about is what stands above each question: whom it is about, as soon as that
// is known.
func about(a journey.Answers) string {
	if name := known(a); name != "" {
		return "Register " + name
	}
	return "Register an NQSW"
}

// titled gives a page about a draft its title.
func titled(p ui.Page, title string) ui.Page {
	p.Title = title
	return p
}

func saved(v journey.DraftView) string { return web.Moment(v.SavedAt) }
