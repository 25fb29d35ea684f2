package claims

import (
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type pages struct {
	due    *grant.Store
	claims *claim.Store
}

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

// Mount puts the pages on the mux.
func Mount(m *web.Mux, due *grant.Store, claims *claim.Store) {
	p := &pages{due, claims}
	dues := access.Entitlements.For(asye.Coordinator, asye.Director)
	m.Page(paths.Grants(), dues, web.Personal("entitlements", ""), p.dueList)
	m.Page(paths.GrantsFile(nil), dues, web.Personal("entitlements", ""), p.dueFile)
	p.mountClaims(m)
	p.mountSchemes(m)
}

func (p *pages) mountClaims(m *web.Mux) {
	see, work := access.Claims.For(asye.Coordinator, asye.Director), access.Claiming.For(asye.Coordinator)
	at := func(path string) string { return placeholders.Replace(path) }
	act := func(name string, rule policy.Rule, h web.Handler) {
		m.Act(at(paths.GrantClaimAct("{id}", name)), rule, web.Once, h)
	}
	one := web.Personal("claim", "id")
	m.Page(paths.GrantClaims(), see, web.Personal("claims", ""), p.claimList)
	m.Act(paths.GrantClaimStart(), work, web.Once, p.claimStart)
	m.Page(at(paths.GrantClaim("{id}")), see, one, p.claimShow)
	act("leave-out", work, p.claimLeaveOut)
	act("discard", work, p.claimDiscard)
	act("sign", access.Signing.For(asye.Director).Fresh(), p.claimSign)
	act("reopen", see, p.claimReopen)
	act("submit", see, p.claimSubmit)
	m.Page(at(paths.GrantClaimFile("{id}")), see, one, p.claimFile)
	m.Take(at(paths.GrantClaimFile("{id}")), see, one, p.claimWorkbook)
	m.Page(at(paths.GrantClaimCSV("{id}")), see, one, p.claimCSV)
	year := web.Personal("enrolment", "enrolment")
	m.Form(at(paths.GrantLate("{enrolment}", "{milestone}")), work, year, web.Once, p.lateAsk)
	m.Form(at(paths.GrantClash("{enrolment}", "{milestone}")), work, year, web.Once, p.clashRaise)
}

func (p *pages) mountSchemes(m *web.Mux) {
	rules := access.Schemes.For(asye.Coordinator, asye.Director, asye.National)
	at := func(path string) string { return placeholders.Replace(path) }
	m.Page(paths.GrantSchemes(), rules, web.Plain, p.schemeList)
	m.Page(at(paths.GrantScheme("{key}")), rules, web.Personal("scheme", "key"), p.schemeShow)
	m.Form(at(paths.GrantRule("{key}", "{rule}")), access.Confirming.For(asye.National).Fresh(), web.Plain, web.Once, p.ruleConfirm)
	m.Upload(at(paths.GrantCondition("{key}", "{condition}")), access.Claiming.For(asye.Coordinator), web.Plain, web.Once, p.conditionMeet)
	m.Page(at(paths.GrantDocument("{id}")), access.Claims.For(asye.Coordinator, asye.Director), web.Personal("condition", "id"), p.conditionDocument)
}

// sections leads between the pages of grants; a page that this service does not
// have is left out.
func sections(r *web.Request) ui.SubNavigationOptions {
	o := ui.SubNavigationOptions{Label: "Grants"}
	for _, one := range []ui.NavItem{{Text: "What is due", Href: paths.Grants()}, {Text: "Claims", Href: paths.GrantClaims()},
		{Text: "Statements", Href: paths.GrantStatements()}, {Text: "Money received", Href: paths.GrantMoney()},
		{Text: "Where we stand", Href: paths.GrantYear()}, {Text: "Rules", Href: paths.GrantSchemes()}} {
		if !r.Opens(one.Href) || one.Href != paths.GrantSchemes() && r.Scope.Role() == asye.National {
			continue
		}
		one.Current = r.URL.Path == one.Href
		o.Items = append(o.Items, one)
	}
	return o
}

func isCoordinator(r *web.Request) bool { return r.Scope.Role() == asye.Coordinator }
