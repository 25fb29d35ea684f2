package admin

import (
	"net/http"
	"strconv"
	"strings"

	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type personResetView struct {
	ui.Page
	Name, Has string
	Cancel    ui.Link
}

// personReset takes away what somebody has lost who cannot sign in without it.
func (p *pages) personReset(w http.ResponseWriter, r *web.Request) error {
	person, _, err := p.Accounts.Person(r.Context(), r.Scope, personID(r))
	if err != nil {
		return err
	}
	if r.Posted() {
		err := p.Factors.Reset(r.Context(), r.Scope, person.ID)
		return p.done(w, r, err, "Done", person.Full()+" signs in by a link from now on, and has been told by a letter.")
	}
	held, err := p.Factors.HeldBy(r.Context(), r.Scope, person.ID)
	if err != nil {
		return err
	}
	back := ui.Link{Text: person.Full(), Href: paths.AdminPerson(person.ID)}
	v := personResetView{Page: r.Page("Remove what they sign in with"), Name: person.Full(), Has: waysOf(held), Cancel: back}
	v.Back = &back
	return r.Render(w, personResetPage(v))
}

// waysOf is what a person can show besides a link, in words.
func waysOf(h factor.Held) string {
	ways := []string{"Links by e-mail"}
	if n := len(h.Passkeys); n == 1 {
		ways = append(ways, "a passkey")
	} else if n > 1 {
		ways = append(ways, strconv.Itoa(n)+" passkeys")
	}
	if !h.App.IsZero() {
		ways = append(ways, "an authenticator app")
	}
	if h.Printed > 0 {
		ways = append(ways, "printed codes")
	}
	if !h.Password.IsZero() {
		ways = append(ways, "a password")
	}
	return strings.Join(ways, ", ")
}

// hasMore reports whether there is anything to remove.
func hasMore(h factor.Held) bool {
	return h.HasSecond() || !h.PrintedAt.IsZero() || !h.Password.IsZero()
}
