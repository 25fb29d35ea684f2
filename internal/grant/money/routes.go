package money

import (
	"net/http"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// Deps is what the pages are of.
type Deps struct {
	Grants     *grant.Store
	Claims     *claim.Store
	Statements *statement.Store
	Books      *books.Store
	Drafts     *journey.Store // where what was read of a file waits
}

type pages struct {
	grants     *grant.Store
	claims     *claim.Store
	statements *statement.Store
	years      *books.Store
	drafts     *journey.Store
}

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

// Mount serves the pages of this package.
func Mount(m *web.Mux, d Deps) {
	p := &pages{d.Grants, d.Claims, d.Statements, d.Books, d.Drafts}
	see := access.Statements.For(asye.Coordinator, asye.Director)
	reconcile, record := access.Reconciling.For(asye.Coordinator), access.Recording.For(asye.Coordinator)
	at := func(path func(string) string, part string) string {
		return placeholders.Replace(path("{" + part + "}"))
	}
	statementID := web.Personal("statement", "id")
	m.Page(paths.GrantStatements(), see, web.Plain, p.statementList)
	m.Page(at(paths.GrantStatement, "id"), see, statementID, p.statementShow)
	m.Form(at(paths.GrantAnnounced, "id"), record, statementID, web.Once, p.statementAnnounced)
	m.Form(at(paths.GrantAnswer, "id"), record, web.Personal("claim", "id"), web.Once, p.claimAnswer)
	m.Form(at(paths.GrantTakenBack, "id"), record, web.Personal("payment", "id"), web.Once, p.paymentBack)
	m.Page(paths.GrantMoney(), see, web.Personal("remittances", ""), p.moneyList)
	m.Upload(paths.GrantMoneyNew(), reconcile, web.Plain, web.Passing, p.moneyNew)
	m.Form(paths.GrantMoneyLine(), reconcile, web.Plain, web.Passing, p.moneyLine)
	m.Form(paths.GrantMoneyCheck(1), reconcile, web.Plain, web.Once, p.moneyCheck)
	m.Act(paths.GrantMoneyDiscard(), reconcile, web.Passing, p.moneyDiscard)
	m.Form(at(paths.GrantMoneyHold, "id"), reconcile, web.Personal("remittance", "id"), web.Once, p.moneyHold)
	m.Page(paths.GrantYear(), see, web.Plain, p.yearShow)
	m.Page(paths.GrantJournal(), see, web.Plain, p.journalFile)
	m.Form(at(paths.GrantEstimate, "key"), reconcile, web.Plain, web.Once, p.estimateGive)
	m.Act(at(paths.GrantEstimateAccepted, "key"), record, web.Once, p.estimateAccepted)
}

// outside reports whether the funder does not use this service.
func (p *pages) outside() bool { return p.statements.Payer().Outside() == nil }

// acts reports whether whoever looks may change anything here.
func acts(r *web.Request) bool { return r.Scope.Role() == asye.Coordinator }

// tabs lead between the pages of grants; a page that this service does not have is
// left out.
func tabs(r *web.Request) ui.SubNavigationOptions {
	o := ui.SubNavigationOptions{Label: "Grants"}
	for _, t := range []ui.NavItem{{Text: "What is due", Href: paths.Grants()}, {Text: "Claims", Href: paths.GrantClaims()}, {Text: "Statements", Href: paths.GrantStatements()},
		{Text: "Money received", Href: paths.GrantMoney()}, {Text: "Where we stand", Href: paths.GrantYear()}, {Text: "Rules", Href: paths.GrantSchemes()}} {
		if !r.Opens(t.Href) {
			continue
		}
		t.Current = r.URL.Path == t.Href
		o.Items = append(o.Items, t)
	}
	return o
}

func crumbs() []ui.Link {
	return []ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "Statements", Href: paths.GrantStatements()}}
}

// underMoney is the way back from the pages of money received.
func underMoney() []ui.Link {
	return []ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "Money received", Href: paths.GrantMoney()}}
}

// underYear is the way back from the pages of where an employer stands.
func underYear() []ui.Link {
	return []ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "Where we stand", Href: paths.GrantYear()}}
}

// schemeName is the name of a scheme; its key, when its file has gone.
func (p *pages) schemeName(key string) string {
	if s, ok := p.statements.Book().Get(key); ok {
		return s.Name
	}
	return key
}

// milestoneName is the name of a milestone; its key, when its file has gone.
func (p *pages) milestoneName(scheme, key string) string {
	s, _ := p.statements.Book().Get(scheme)
	if m, ok := s.Milestone(key); ok {
		return m.Name
	}
	return key
}

// orNone is a text for a cell that may have none.
func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func money(p grant.Pence) ui.Cell { return ui.Number(p.String()) }

// send gives a file to the browser to save.
func send(w http.ResponseWriter, name, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", files.Attachment(name))
	_, err := w.Write(body)
	return err
}
