package matrix

import (
	"context"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
)

// grantQuestions ask about what is due, and about claims.
func grantQuestions() map[string]question {
	const c, s, l = "grant", "sent grant", "line"
	key := claim.Key{Enrolment: nowhere, Milestone: "registration"}
	return map[string]question{
		"grant.Store.Due":           {kind: "enrolment", list: true, ask: func(c call) (any, error) { return c.Grants.Due(ctx, c.by.scope) }},
		"grant.Store.Confirmations": {kind: c, new: true, ask: func(c call) (any, error) { return c.Grants.Confirmations(ctx, c.by.scope, scheme) }},
		"grant.Store.Confirm": {kind: c, new: true, ask: func(c call) (any, error) {
			return nil, c.Grants.Confirm(ctx, c.by.scope, scheme, "leaving", "Because")
		}},
		"grant.Store.Doubts":       {kind: c, new: true, ask: func(c call) (any, error) { return c.Grants.Doubts(ctx, c.by.scope) }},
		"grant.Store.DueTo":        {kind: c, new: true, ask: func(c call) (any, error) { return c.Grants.DueTo(ctx, c.by.scope, employerA) }},
		"grant.Store.Nation":       {kind: c, new: true, ask: func(c call) (any, error) { return c.Grants.Nation(ctx, c.by.scope) }},
		"grant/claim.Store.Record": {kind: s, ask: func(c call) (any, error) { return nil, c.Claims.Record(ctx, c.by.scope, c.rec.id, c.rec.version, nil) }},
		"grant/claim.Store.RecordRecovery": {kind: l, ask: func(c call) (any, error) {
			return nil, c.Claims.RecordRecovery(ctx, c.by.scope, c.rec.id, c.rec.version, "Because")
		}},
		"grant/claim.Store.Own":         {kind: l, ask: func(c call) (any, error) { return c.Claims.Own(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.Clash":       {kind: "clash", ask: func(c call) (any, error) { return c.Claims.Clash(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.LateRequest": {kind: "late", ask: func(c call) (any, error) { return c.Claims.LateRequest(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.List":        {kind: c, list: true, ask: func(c call) (any, error) { return c.Claims.List(ctx, c.by.scope) }},
		"grant/claim.Store.Get":         {kind: c, ask: func(c call) (any, error) { return c.Claims.Get(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.Open": {kind: c, ask: func(c call) (any, error) {
			one, _, err := c.Claims.Open(ctx, c.by.scope, c.rec.id)
			return one, err
		}},
		"grant/claim.Store.Start": {kind: c, new: true, ask: func(c call) (any, error) { return c.Claims.Start(ctx, c.by.scope, "adults-2026-27") }},
		"grant/claim.Store.LeaveOut": {kind: c, ask: func(c call) (any, error) {
			return nil, c.Claims.LeaveOut(ctx, c.by.scope, c.rec.id, c.rec.version, key, true)
		}},
		"grant/claim.Store.Sign": {kind: c, ask: func(c call) (any, error) {
			return nil, c.Claims.Sign(ctx, c.by.scope, c.rec.id, c.rec.grant, c.rec.version)
		}},
		"grant/claim.Store.Reopen":  {kind: c, ask: func(c call) (any, error) { return nil, c.Claims.Reopen(ctx, c.by.scope, c.rec.id, c.rec.version) }},
		"grant/claim.Store.Discard": {kind: c, ask: func(c call) (any, error) { return nil, c.Claims.Discard(ctx, c.by.scope, c.rec.id, c.rec.version) }},
		"grant/claim.Store.Submit":  {kind: c, ask: func(c call) (any, error) { return nil, c.Claims.Submit(ctx, c.by.scope, c.rec.id, c.rec.version) }},
		"grant/claim.Store.Waiting": {kind: s, list: true, ask: func(c call) (any, error) {
			waiting, err := c.Claims.Waiting(ctx, c.by.scope)
			return waiting, err
		}},
		"grant/claim.Store.Received": {kind: s, ask: func(c call) (any, error) { return c.Claims.Received(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.Answer":   {kind: s, ask: func(c call) (any, error) { return nil, c.Claims.Answer(ctx, c.by.scope, c.rec.id, c.rec.version, nil) }},
		"grant/claim.Store.Payments": {kind: l, list: true, ask: func(c call) (any, error) { return c.Claims.Payments(ctx, c.by.scope) }},
		"grant/claim.Store.Payment":  {kind: l, ask: func(c call) (any, error) { return c.Claims.Payment(ctx, c.by.scope, c.rec.id) }},
		"grant/claim.Store.Recover": {kind: l, ask: func(c call) (any, error) {
			return nil, c.Claims.Recover(ctx, c.by.scope, c.rec.id, c.rec.version, "Because")
		}},
		"grant/claim.Store.Raise": {kind: c, new: true, only: policy.Coordinator, ask: func(c call) (any, error) {
			return nil, c.Claims.Raise(ctx, c.by.scope, key, "")
		}},
		"grant/claim.Store.AskLate": {kind: c, new: true, only: policy.Coordinator, ask: func(c call) (any, error) {
			return nil, c.Claims.AskLate(ctx, c.by.scope, key, "")
		}},
		"grant/claim.Store.Meet": {kind: c, new: true, only: policy.Coordinator, ask: func(c call) (any, error) {
			return nil, c.Claims.Meet(ctx, c.by.scope, scheme, "action-plan", "a.pdf", nil)
		}},
		"grant/claim.Store.Clashes": {kind: "clash", list: true, ask: func(c call) (any, error) { return c.Claims.Clashes(ctx, c.by.scope) }},
		"grant/claim.Store.Decide": {kind: "clash", ask: func(c call) (any, error) {
			return nil, c.Claims.Decide(ctx, c.by.scope, c.rec.id, c.rec.version, claim.Stays, "Because")
		}},
		"grant/claim.Store.Contested":   {kind: "clash", list: true, ask: func(c call) (any, error) { return c.Claims.Contested(ctx, c.by.scope) }},
		"grant/claim.Store.Late":        {kind: "late", list: true, ask: func(c call) (any, error) { return c.Claims.Late(ctx, c.by.scope) }},
		"grant/claim.Store.LateWaiting": {kind: "late", list: true, ask: func(c call) (any, error) { return c.Claims.LateWaiting(ctx, c.by.scope) }},
		"grant/claim.Store.AnswerLate": {kind: "late", ask: func(c call) (any, error) {
			return nil, c.Claims.AnswerLate(ctx, c.by.scope, c.rec.id, c.rec.version, true, "Because")
		}},
		"grant/claim.Store.Documents":   {kind: "document", list: true, ask: func(c call) (any, error) { return c.Claims.Documents(ctx, c.by.scope, scheme) }},
		"grant/claim.Store.DocumentsOf": {kind: "document", ask: func(c call) (any, error) { return c.Claims.DocumentsOf(ctx, c.by.scope, c.rec.org, scheme) }, new: true},
		"grant/claim.Store.Document":    {kind: "document", ask: func(c call) (any, error) { return c.document(c.Claims.Document) }},
		"grant/claim.Store.DocumentOf":  {kind: "document", ask: func(c call) (any, error) { return c.document(c.Claims.DocumentOf) }},
	}
}

// statementQuestions ask about statements and money.
func statementQuestions() map[string]question {
	const s, b, m, e = "statement", "batch", "money", "estimate"
	return map[string]question{
		"grant/statement.Store.Announce": {kind: s, ask: func(c call) (any, error) { return nil, c.Statements.Announce(ctx, c.by.scope, c.rec.id, c.rec.version) }},
		"grant/statement.Store.RecordPaid": {kind: s, ask: func(c call) (any, error) {
			return nil, c.Statements.RecordPaid(ctx, c.by.scope, c.rec.id, c.rec.version, at("2026-11-21"))
		}},
		"grant/statement.Store.Budgets":    {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Budgets(ctx, c.by.scope) }},
		"grant/statement.Store.SetBudget":  {kind: s, new: true, ask: func(c call) (any, error) { return nil, c.Statements.SetBudget(ctx, c.by.scope, scheme, 0, 100) }},
		"grant/statement.Store.Employers":  {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Employers(ctx, c.by.scope) }},
		"grant/statement.Store.Estimate":   {kind: e, ask: func(c call) (any, error) { return c.Statements.Estimate(ctx, c.by.scope, c.rec.id) }},
		"grant/statement.Store.Exceptions": {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Exceptions(ctx, c.by.scope) }},
		"grant/books.Store.History":        {kind: s, new: true, ask: func(c call) (any, error) { return c.Books.History(ctx, c.by.scope) }},
		"grant/statement.Store.Movements":  {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Movements(ctx, c.by.scope, "") }},
		"grant/statement.Store.Of":         {kind: "line", new: true, ask: func(c call) (any, error) { return c.Statements.Of(ctx, c.by.scope, c.rec.id) }},
		"grant/statement.Store.Tallies":    {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Tallies(ctx, c.by.scope) }},
		"grant/statement.Store.Used":       {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Used(ctx, c.by.scope, scheme) }},
		"grant/statement.Store.Remittance": {kind: m, ask: func(c call) (any, error) { return c.Statements.Remittance(ctx, c.by.scope, c.rec.id) }},
		"grant/statement.Store.RecordInstalment": {kind: e, new: true, ask: func(c call) (any, error) {
			return nil, c.Statements.RecordInstalment(ctx, c.by.scope, "adults-2026-27", 1)
		}},
		"grant/statement.Store.Mine":        {kind: s, list: true, ask: func(c call) (any, error) { return c.Statements.Mine(ctx, c.by.scope) }},
		"grant/statement.Store.Get":         {kind: s, ask: func(c call) (any, error) { return c.Statements.Get(ctx, c.by.scope, c.rec.id) }},
		"grant/statement.Store.All":         {kind: s, list: true, ask: func(c call) (any, error) { return c.Statements.All(ctx, c.by.scope, statement.Filter{}, 1) }},
		"grant/statement.Store.Any":         {kind: s, ask: func(c call) (any, error) { return c.Statements.Any(ctx, c.by.scope, c.rec.id, 1) }},
		"grant/statement.Store.Journal":     {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Journal(ctx, c.by.scope, "") }},
		"grant/statement.Store.Ledger":      {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Ledger(ctx, c.by.scope, "") }},
		"grant/statement.Store.Remittances": {kind: m, list: true, ask: func(c call) (any, error) { return c.Statements.Remittances(ctx, c.by.scope) }},
		"grant/statement.Store.Receive":     {kind: m, new: true, ask: func(c call) (any, error) { return c.Statements.Receive(ctx, c.by.scope, nil) }},
		"grant/statement.Store.Hold": {kind: m, ask: func(c call) (any, error) {
			return nil, c.Statements.Hold(ctx, c.by.scope, c.rec.id, c.rec.version, "", "Found out")
		}},
		"grant/statement.Store.Expected": {kind: e, new: true, ask: func(c call) (any, error) { return c.Statements.Expected(ctx, c.by.scope, "adults-2026-27") }},
		"grant/statement.Store.Expect":   {kind: e, new: true, ask: func(c call) (any, error) { return nil, c.Statements.Expect(ctx, c.by.scope, "adults-2026-27", 3) }},
		"grant/statement.Store.Adjust": {kind: s, new: true, ask: func(c call) (any, error) {
			return nil, c.Statements.Adjust(ctx, c.by.scope, statement.Adjustment{Org: employerA, Scheme: scheme, Pence: 1, Reason: "Because"})
		}},
		"grant/statement.Store.Close":   {kind: s, new: true, ask: func(c call) (any, error) { return c.Statements.Close(ctx, c.by.scope, scheme) }},
		"grant/statement.Store.Batches": {kind: b, list: true, ask: func(c call) (any, error) { return c.Statements.Batches(ctx, c.by.scope) }},
		"grant/statement.Store.Batch":   {kind: b, ask: func(c call) (any, error) { return c.Statements.Batch(ctx, c.by.scope, c.rec.id) }},
		"grant/statement.Store.Prepare": {kind: b, new: true, ask: func(c call) (any, error) { return c.Statements.Prepare(ctx, c.by.scope, scheme) }},
		"grant/statement.Store.Approve": {kind: b, ask: func(c call) (any, error) {
			return nil, c.Statements.Approve(ctx, c.by.scope, c.rec.id, c.rec.grant, c.rec.version)
		}},
		"grant/statement.Store.Discard": {kind: b, ask: func(c call) (any, error) { return nil, c.Statements.Discard(ctx, c.by.scope, c.rec.id, c.rec.version) }},
		"grant/statement.Store.Pay": {kind: b, ask: func(c call) (any, error) {
			return nil, c.Statements.Pay(ctx, c.by.scope, c.rec.id, c.rec.version, at("2026-11-21"))
		}},
		"grant/statement.Store.Estimates": {kind: e, list: true, ask: func(c call) (any, error) { return c.Statements.Estimates(ctx, c.by.scope) }},
		"grant/statement.Store.Instal":    {kind: e, ask: func(c call) (any, error) { return nil, c.Statements.Instal(ctx, c.by.scope, c.rec.id, c.rec.version) }},
	}
}

// document is what a method that serves a document gives.
func (c call) document(get func(context.Context, tenant.Scope, string) (string, []byte, error)) (any, error) {
	name, _, err := get(ctx, c.by.scope, c.rec.id)
	return name, err
}
