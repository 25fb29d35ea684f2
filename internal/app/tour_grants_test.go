package app

import "strings"

const (
	una    = "una.berg@example.org" // national team, the second who approves
	scheme = "child-and-family-2026-27"
)

// grants is what is claimed, answered, paid and taken back. The funder of the tour
// is elsewhere, so that its employers record some of it, and the national team
// does the rest.
func (o *tour) grants() {
	o.arrange(`insert into register_checks (id, person_id, number, checked_on, result, source, recorded_at)
		select 'tour-' || person_id, person_id, 'SW1', $1, 'registered', 'tour', $2 from nqsws`, o.today(), o.service.db.Clock().Now())
	o.schemes()
	first := o.draft("accept")
	o.check(first)
	o.recordAnswer(o.draft("record"))
	o.wants()
	o.estimate()
	o.statements()
	o.money()
	o.takeBack(first)
	for _, page := range []string{"/home", "/grants", "/grants/claims"} {
		o.as(cora).Get(page).Is(200)
		o.as(sol).Get(page).Is(200)
	}
	o.as(nia).Get("/funding").Is(200)
}

// schemes are read, and an assumption is confirmed; conditions are shown to be met.
func (o *tour) schemes() {
	c, n, of := o.as(cora), o.as(nia), "/grants/schemes/"+scheme
	for _, page := range []string{"/grants", "/grants/download?format=csv", "/grants/schemes", of} {
		c.Get(page).Is(200)
	}
	n.Get(of).Is(200)
	rule := of + "/confirm/leaving"
	late := n.Get(rule).Is(200)
	late.Answer(rule).Is(422)
	n.Get(rule).Answer(rule, o.sayIn(500, "note", "The funder wrote so on 3 November.")).Is(200)
	late.Answer(rule, o.sayIn(500, "note", "The funder said so.")).Is(409)
	for _, key := range []string{"action-plan", "360-evaluation"} {
		condition := of + "/conditions/" + key
		c.Get(condition).Is(200).Attach("document", "", nil).Is(422)
		c.Get(condition).Attach("document", "plan.pdf", []byte("%PDF-1.4")).Is(200)
	}
	document := o.ask(`select id from grant_conditions limit 1`)
	c.Get("/grants/documents/" + document).Is(200)
	n.Get("/funding/documents/" + document).Is(200)
}

// draft is a claim from its beginning until it is sent, and gives its page. One
// payment is left for the next claim.
func (o *tour) draft(which string) string {
	c, d := o.as(cora), o.as(sol)
	c.Get("/grants/claims").Is(200)
	if which == "accept" {
		c.Get("/grants").Is(200).Answer("/grants/claims/start").Is(200)
		c.Get(c.Path()).Answer(c.Path() + "/discard").Is(200)
	}
	c.Get("/grants").Is(200).Answer("/grants/claims/start").Is(200)
	draft := c.Path()
	late, unsigned := c.Get(draft).Is(200), d.Get(draft).Is(200)
	if which == "accept" {
		c.Get(draft).Answer(draft + "/leave-out").Is(200)
		late.Answer(draft + "/leave-out").Is(409)
		unsigned.Answer(draft + "/sign").Is(409)
	}
	sign := func() { d.Get(draft).Answer(draft + "/sign").Is(200) }
	sign()
	c.Get(draft).Is(200).Answer(draft + "/reopen").Is(200)
	sign()
	c.Get(draft + "/file").Is(200)
	c.Get(draft + "/file.csv").Is(200)
	c.Get(draft + "/file").Answer(draft + "/file").Is(200)
	c.Get(draft).Answer(draft + "/submit").Is(200)
	c.Get(draft).Is(200)
	return draft
}

// check is how the national team answers a claim.
func (o *tour) check(claim string) {
	n := o.as(nia)
	n.Get("/funding").Is(200)
	page := "/funding/claims/" + claim[strings.LastIndex(claim, "/")+1:]
	late := n.Get(page).Is(200)
	late.Answer(page).Is(422)
	n.Get(page).Answer(page, "decision=all").Is(200)
	late.Answer(page, "decision=all").Is(409)
	n.Get(page).Is(200)
	o.as(cora).Get(claim).Is(200)
}

// recordAnswer is how an employer records what a funder elsewhere answered.
func (o *tour) recordAnswer(claim string) {
	c, page := o.as(cora), claim+"/answer"
	late := c.Get(page).Is(200)
	late.Answer(page, "returned="+o.ask(`select id from grant_lines where claim_id = $1 limit 1`, claim[strings.LastIndex(claim, "/")+1:])).Is(422)
	c.Get(page).Answer(page).Is(200)
	late.Answer(page).Is(409)
}

// wants is what an employer asks for that another has, or that is late.
func (o *tour) wants() {
	c, n, now := o.as(cora), o.as(nia), o.service.db.Clock().Now()
	id := strings.TrimPrefix(o.record(twin.email), "/registrations/")
	o.arrange(`insert into grant_claims (id, reference, org_id, scheme, state, left_out, content_hash, drafted_at, signed_at, submitted_at, answered_at)
		values ('other', 'CLAIM-OTHER', $1, $2, 'answered', '[]', 'abc', $3, $3, $3, $3)`, o.org("302"), scheme, now)
	o.arrange(`update grant_lines set payment = 'returned', payment_reason = 'Because', standing = false where enrolment_id = $1`, id)
	o.arrange(`insert into grant_lines (id, claim_id, org_id, person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, payment, standing)
		select 'wanted', 'other', $2, person_id, id, programme, $3, 'registration', starts_on, 100000, '{}', '[]', '{}', 'paid', true from enrolments where id = $1`, id, o.org("302"), scheme)
	clash := "/grants/clash/" + id + "/registration"
	c.Get(clash).Is(200).Answer(clash).Is(422)
	c.Get(clash).Answer(clash, o.sayIn(500, "reason", "She has worked for us from her first day.")).Is(200)
	decide := "/funding/clashes/" + o.ask(`select id from grant_clashes`)
	late := n.Get(decide).Is(200)
	late.Answer(decide).Is(422)
	n.Get(decide).Answer(decide, "decision=stays", o.sayIn(500, "why", "The contract says so.")).Is(200)
	late.Answer(decide, "decision=stays", o.sayIn(500, "why", "The contract says otherwise.")).Is(409)
	n.Get(decide).Is(200)

	o.arrange(`update enrolments set starts_on = '2026-03-02' where id = $1`, strings.TrimPrefix(o.record(farida.email), "/registrations/"))
	o.arrange(`update employments set starts_on = '2026-03-02' where person_id = (select id from people where email = $1)`, farida.email)
	o.arrange(`update grant_lines set payment = 'returned', payment_reason = 'Because', standing = false where enrolment_id = $1`, strings.TrimPrefix(o.record(farida.email), "/registrations/"))
	ask := "/grants/late/" + strings.TrimPrefix(o.record(farida.email), "/registrations/") + "/registration"
	c.Get(ask).Is(200).Answer(ask).Is(422)
	c.Get(ask).Answer(ask, o.sayIn(500, "reason", "The coordinator was ill.")).Is(200)
	answer := "/funding/late/" + o.ask(`select id from grant_late_requests`)
	late = n.Get(answer).Is(200)
	late.Answer(answer).Is(422)
	n.Get(answer).Answer(answer, "answer=granted", o.sayIn(500, "why", "It was one day.")).Is(200)
	late.Answer(answer, "answer=granted", o.sayIn(500, "why", "It was two days.")).Is(409)
	n.Get(answer).Is(200)
}

// estimate is how many NQSWs are expected of a scheme with a formula: one that the
// national team accepts, and one whose acceptance is recorded.
func (o *tour) estimate() {
	const page = "/grants/schemes/adults-2026-27/estimate"
	for _, who := range []string{cora, devi} {
		b := o.as(who)
		b.Get(page).Is(200).Answer(page, "number=none").Is(422)
		b.Get(page).Answer(page, "number=7").Is(200)
	}
	late := o.as(cora).Get(page).Is(200)
	o.as(cora).Get(page).Answer(page + "/accepted").Is(200)
	late.Answer(page, "number=8").Is(409)
	o.as(cora).Get(page).Is(200)
	n, accept := o.as(nia), "/funding/estimates/"+o.ask(`select id from grant_estimates where accepted_at is null`)
	again := n.Get(accept).Is(200)
	n.Get(accept).Answer(accept).Is(200)
	again.Answer(accept).Is(409)
	n.Get(accept).Is(200)
}

// statements are adjusted, closed, approved by two and paid.
func (o *tour) statements() {
	c, n, u := o.as(cora), o.as(nia), o.as(una)
	announce := "/grants/statements/" + o.ask(`select id from grant_statements where org_id = $1 and scheme = 'adults-2026-27'`, o.org("301")) + "/announced"
	late := c.Get(announce).Is(200)
	c.Get(announce).Answer(announce).Is(200)
	late.Answer(announce).Is(409)
	c.Get(announce).Is(200).Answer(announce).Is(422)
	c.Get(announce).Answer(announce, "paid_on="+o.today().ISO()).Is(200)

	n.Get("/funding/adjust").Is(200).Answer("/funding/adjust").Is(422)
	n.Get("/funding/adjust").Answer("/funding/adjust", "employer="+o.org("301"), "scheme="+scheme, "amount=12.50", "effective_on="+o.today().ISO(),
		o.sayIn(500, "reason", "A rounding of last year.")).Is(200)
	for _, of := range []string{scheme, "adults-2026-27"} {
		n.Get("/funding/close/" + of).Is(200).Answer("/funding/close/" + of).Is(200)
	}
	n.Get("/funding/statements").Is(200)
	n.Get("/funding/statements/" + o.ask(`select id from grant_statements where scheme = $1 limit 1`, scheme)).Is(200)
	n.Get("/funding/batches").Is(200).Answer("/funding/batches").Is(200)
	n.Get(n.Path()).Is(200).Answer(n.Path() + "/discard").Is(200)
	n.Get("/funding/batches").Answer("/funding/batches", "scheme="+scheme).Is(200)
	batch := n.Path()
	over := n.Get(batch).Is(200)
	over.Answer(batch + "/approve").Is(200)
	over.Answer(batch + "/discard").Is(409)
	u.Get(batch).Is(200).Answer(batch + "/approve").Is(200)
	n.Get(batch + "/payments.csv").Is(200)
	pay := n.Get(batch + "/pay").Is(200)
	pay.Answer(batch+"/pay", "paid_on=").Is(422)
	n.Get(batch+"/pay").Answer(batch+"/pay", "paid_on="+o.today().ISO()).Is(200)
	pay.Answer(batch+"/pay", "paid_on="+o.today().ISO()).Is(409)
	n.Get(batch).Is(200)
	budget := "/funding/budgets/" + scheme
	set := n.Get(budget).Is(200)
	set.Answer(budget, "amount=much").Is(422)
	n.Get(budget).Answer(budget, "amount=1,000,000").Is(200)
	set.Answer(budget, "amount=2,000,000").Is(409)
	for _, page := range []string{"/funding", "/funding/report", "/funding/ledger.csv", "/funding/statements?state=paid"} {
		n.Get(page).Is(200)
	}
}

// money is what an employer's bank received.
func (o *tour) money() {
	c := o.as(cora)
	statement := o.ask(`select id from grant_statements where org_id = $1 and scheme = $2 and state = 'paid' limit 1`, o.org("301"), scheme)
	for _, page := range []string{"/grants/statements", "/grants/statements/" + statement, "/grants/money", "/grants/year", "/grants/journal.csv"} {
		c.Get(page).Is(200)
		o.as(sol).Get(page).Is(200)
	}
	c.Get("/grants/money/new").Is(200).Attach("file", "bank.csv", []byte("Name,Sum\nA,1\n")).Is(422)
	bank := []byte("Date,Reference,Amount\n" + o.today().ISO() + ",FOR " + o.ask(`select reference from grant_statements where id = $1`, statement) + ",1.00\n" + o.today().ISO() + "," + strings.ReplaceAll(o.words("DFE GRANTS 12", 100), ",", " ") + ",77.10\n")
	c.Get("/grants/money/new").Attach("file", "bank.csv", bank).Is(200)
	c.Get("/grants/money/new/check").Is(200).Answer("/grants/money/new/discard").Is(200)
	c.Get("/grants/money/new").Attach("file", "bank.csv", bank).Is(200)
	c.Get("/grants/money/new/check").Is(200).Answer("/grants/money/new/check", "bring=").Is(422)
	c.Get("/grants/money/new/check").Answer("/grants/money/new/check", "bring=all").Is(200)
	c.Get("/grants/money/new/line").Is(200).Answer("/grants/money/new/line", "amount=").Is(422)
	c.Get("/grants/money/new/line").Answer("/grants/money/new/line", "received_on="+o.today().ISO(), "text=A refund", "amount=5.00").Is(200)
	c.Get("/grants/money/new/check").Answer("/grants/money/new/check", "bring=all").Is(200)
	hold := "/grants/money/" + o.ask(`select id from grant_remittances where statement_id is null limit 1`)
	late := c.Get(hold).Is(200)
	late.Answer(hold, "statement=none").Is(422)
	c.Get(hold).Answer(hold, "statement=none", o.sayIn(500, "note", "A refund of rates, passed on to finance.")).Is(200)
	late.Answer(hold, "statement=none", o.sayIn(500, "note", "A refund of tax.")).Is(409)
	c.Get("/grants/money").Is(200)
}

// takeBack is how payments are taken back: by the national team, and as an
// employer records it.
func (o *tour) takeBack(claim string) {
	n, c := o.as(nia), o.as(cora)
	pages := strings.Fields(o.ask(`select '/funding/payments/' || min(id) || ' /grants/payments/' || max(id) || '/taken-back' from grant_lines where standing = true and org_id = $1`, o.org("301")))
	for i, b := range []string{nia, cora} {
		page := pages[i]
		late := o.as(b).Get(page).Is(200)
		late.Answer(page).Is(422)
		o.as(b).Get(page).Answer(page, o.sayIn(500, "reason", "The NQSW never started.")).Is(200)
		late.Answer(page, o.sayIn(500, "reason", "The NQSW never came.")).Is(409)
	}
	n.Get(pages[0]).Is(200)
	c.Get(claim).Is(200)
}
