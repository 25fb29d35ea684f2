package funder

import (
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
)

// Needs is what the pages are made of.
type Needs struct {
	Grants     *grant.Store
	Claims     *claim.Store
	Statements *statement.Store
}

type pages struct{ Needs }

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

// at is the address of one of something, as a pattern.
func at(path func(string) string) string { return placeholders.Replace(path("{id}")) }

// Mount serves the pages of this package.
func Mount(m *web.Mux, n Needs) {
	p := &pages{n}
	check, pay := access.Granting.For(asye.National), access.Paying.For(asye.National)
	m.Page(paths.Funding(), check, web.Personal("claims", ""), p.workList)
	m.Form(at(paths.FundingClaim), check.Fresh(), web.Personal("claim", "id"), web.Once, p.claimCheck)
	m.Page(at(paths.FundingDocument), check, web.Personal("condition", "id"), p.documentShow)
	m.Form(at(paths.FundingPayment), check.Fresh(), web.Personal("payment", "id"), web.Once, p.paymentShow)
	m.Form(at(paths.FundingClash), check.Fresh(), web.Personal("clash", "id"), web.Once, p.clashDecide)
	m.Form(at(paths.FundingLate), check.Fresh(), web.Personal("late_request", "id"), web.Once, p.lateAnswer)
	m.Form(at(paths.FundingEstimate), pay.Fresh(), web.Plain, web.Once, p.estimateAccept)
	m.Page(paths.FundingStatements(), pay, web.Plain, p.statementList)
	m.Page(at(paths.FundingStatement), pay, web.Personal("statement", "id"), p.statementShow)
	m.Form(at(paths.FundingClose), pay.Fresh(), web.Plain, web.Once, p.statementClose)
	m.Form(paths.FundingAdjust(), pay.Fresh(), web.Plain, web.Once, p.statementAdjust)
	m.Form(paths.FundingBatches(), pay, web.Plain, web.Once, p.batchList)
	batch := at(paths.FundingBatch)
	m.Page(batch, pay, web.Plain, p.batchShow)
	m.Page(batch+"/payments.csv", pay, web.Plain, p.batchFile)
	m.Act(batch+"/approve", pay.Fresh(), web.Once, p.batchApprove)
	m.Act(batch+"/discard", pay, web.Once, p.batchDiscard)
	m.Form(batch+"/pay", pay.Fresh(), web.Plain, web.Once, p.batchPay)
	m.Page(paths.FundingReport(), pay, web.Plain, p.reportShow)
	m.Form(at(paths.FundingBudget), pay.Fresh(), web.Plain, web.Once, p.budgetSet)
	m.Page(paths.FundingLedger(), pay, web.Plain, p.ledgerFile)
}

// scheme finds a scheme, or makes one that has nothing but the name by which it
// was known.
func (p *pages) scheme(key string) grant.Scheme {
	if s, ok := p.Grants.Book().Get(key); ok {
		return s
	}
	return grant.Scheme{Key: key, Name: key}
}
