package funder

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// statementCloseView asks before the open statements of a scheme are closed.
type statementCloseView struct {
	deciding
	Scheme grant.Scheme
	Tally  statement.Tally
}

// statementClose closes the open statements of a scheme.
func (p *pages) statementClose(w http.ResponseWriter, r *web.Request) error {
	key := r.PathValue("id")
	v := statementCloseView{deciding: decide(r, "Close the open statements", "Back to statements", openStatements(key)), Scheme: p.scheme(key)}
	if r.Posted() {
		n, err := p.Statements.Close(r.Context(), r.Scope, key)
		if err == nil {
			return r.Say(w, paths.FundingBatches(), count(n, "statement")+" closed", "What is on them stays as it is. Prepare a batch to have them paid.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	if _, ok := p.Grants.Book().Get(key); !ok {
		return grant.ErrNoScheme(key)
	}
	all, err := p.Statements.Tallies(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Scheme == key {
			v.Tally = t
		}
	}
	return v.answer(w, r, statementClosePage(v))
}

// means says what closing does.
func (v statementCloseView) means() []string {
	out := []string{
		fmt.Sprintf("%s, and %s to be paid.", count(v.Tally.Open, "open statement"), v.Tally.Pence),
		"What is on them stays as it is. What is accepted from now on is on the next statement of each employer.",
		"Nothing is paid yet: a batch is prepared from what is closed, and two people approve it.",
	}
	if v.Tally.Owing > 0 {
		owe := "owe"
		if v.Tally.Owing == 1 {
			owe = "owes"
		}
		out = append(out, fmt.Sprintf("%s %s more than is due: %s is carried over to the next statement, and nothing paid.", count(v.Tally.Owing, "employer"), owe, v.Tally.Owed))
	}
	if n := v.Tally.NoShows; n > 0 {
		out = append(out, fmt.Sprintf("%s paid a first instalment and claimed nobody by the last deadline. It is taken off.", wereWas(n)))
	}
	return out
}

func wereWas(n int) string {
	if n == 1 {
		return "1 employer was"
	}
	return count(n, "employer") + " were"
}

func (v statementCloseView) button() string {
	if v.Tally.Open == 0 {
		return "Take the instalments off"
	}
	return "Close " + count(v.Tally.Open, "statement")
}

// form has no version: whatever is on the statements by then is closed, and two
// people look at what that came to.
func (v statementCloseView) form() ui.FormOptions { return ui.FormOptions{Token: v.Form} }
