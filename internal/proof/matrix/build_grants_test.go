package matrix

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
)

const scheme = "child-and-family-2026-27"

// fund has two employers claim and be paid: a claim in each state, a payment that
// the other wants, one that is late, statements in each state, and money that
// arrived.
func (w *world) fund() {
	for _, one := range []struct {
		org      asye.OrganisationID
		director string
		by       asye.PersonID // who coordinates
		in, past string        // marks of two of its years
	}{{employerA, "des", ann.Person(), "SameRunning", "SameEnded"}, {employerB, "dot", bea.Person(), "OtherRunning", "OtherEnded"}} {
		name := strings.ToUpper(strings.TrimPrefix(string(one.org), "organisation-"))
		for _, state := range []string{"draft", "submitted", "answered"} {
			w.claimGrant(one.org, name, state, "staff-"+one.director, scheme)
		}
		w.claimGrant(one.org, name, "signed", "staff-"+one.director, "child-and-family-2025-26")
		w.line("Sent"+name, "grant-submitted-"+name, one.org, one.in, "submitted")
		w.line("Paid"+name, "grant-answered-"+name, one.org, one.past, "paid")
		w.pay(one.org, name, one.by)
		w.request(one.org, name, one.in, one.by)
	}
	w.line("WantedB", "grant-answered-B", employerB, "SamePaused", "paid") // which is due to the other
	w.askable()
	w.draw()
}

// draw notes what a director would sign of each draft.
func (w *world) draw() {
	for i, r := range w.records {
		if r.kind != "grant" || r.state != "draft" {
			continue
		}
		c, _, err := w.Claims.Open(ctx, tenant.SignedIn("staff-des", r.org, asye.Director), r.id)
		w.must(err)
		w.records[i].grant = c.Hash
	}
}

// askable lists the years about which there is something to ask: those of which
// another employer has the payment, and those that missed their deadline.
func (w *world) askable() {
	for _, r := range slices.Clone(w.records) {
		if r.kind != "enrolment" {
			continue
		}
		switch {
		case r.mark == "SamePaused":
			r.kind = "contested"
		case strings.HasSuffix(r.mark, "Overdue") && !strings.HasPrefix(r.mark, "Former"):
			r.kind = "missed"
		default:
			continue
		}
		w.records = append(w.records, r)
	}
}

// claimGrant puts a claim on record.
func (w *world) claimGrant(org asye.OrganisationID, name, state, director, scheme string) {
	now := w.DB.Clock().Now()
	id, reference := "grant-"+state+"-"+name, "Grant"+state+name
	var signed, sent, answered any
	hash := ""
	if state != "draft" {
		signed, hash = now, "abc"
	}
	if state == "submitted" || state == "answered" {
		sent = now
	}
	if state == "answered" {
		answered = now
	}
	w.run(`insert into grant_claims (id, reference, org_id, scheme, state, left_out, content_hash, drafted_at, signed_at, submitted_at, answered_at)
		values ($1, $2, $3, $4, $5, '[]', $6, $7, $8, $9, $10)`, id, reference, string(org), scheme, state, hash, now, signed, sent, answered)
	w.run(`insert into grant_claim_acts (id, claim_id, act, person_id, acted_at, content_hash) values ($1, $2, 'signed', $3, $4, 'abc')`, "act-"+id, id, director, now)
	kind := "grant"
	if sent != nil {
		kind = "sent grant"
	}
	w.records = append(w.records, record{kind: kind, id: id, state: state, mark: reference, org: org, version: 1, grant: hash})
}

// line puts a payment of an NQSW into a claim.
func (w *world) line(mark, claim string, org asye.OrganisationID, of, payment string) {
	at := slices.IndexFunc(w.records, func(r record) bool { return r.kind == "enrolment" && r.mark == of })
	if at < 0 {
		w.t.Fatalf("there is no year %s", of)
	}
	year := w.records[at]
	w.run(`insert into grant_lines (id, claim_id, org_id, person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, payment, standing)
		values ($1, $2, $3, $4, $5, 'child-and-family', $6, 'registration', '2026-09-01', 100000, '{"start":"2026-09-01"}', '[{"rule":"window","text":"Because"}]', $7, $8, $9)`,
		"line-"+mark, claim, string(org), string(year.person), year.id, scheme, `{"given_name":"Zed","family_name":"`+mark+`"}`, payment, true)
	w.records = append(w.records, record{kind: "line", id: "line-" + mark, mark: mark, org: org, version: 1})
}

// pay has an employer paid: a statement in each state, a batch, and what arrived.
func (w *world) pay(org asye.OrganisationID, name string, by asye.PersonID) {
	now := w.DB.Clock().Now()
	for i, state := range []string{"prepared", "authorised", "paid"} {
		id, reference := "batch-"+state+"-"+name, "Batch"+state+name
		var paid any
		if state == "paid" {
			paid = "2026-11-20"
		}
		sum := sha256.Sum256([]byte("statement-" + state + "-" + name + "|abc|100000\n"))
		hash := hex.EncodeToString(sum[:])
		w.run(`insert into grant_batches (id, reference, scheme, state, content_hash, pence, statements, prepared_at, paid_on) values ($1, $2, $3, $4, $5, 100000, 1, $6, $7)`,
			id, reference, scheme, state, hash, now, paid)
		w.run(`insert into grant_batch_acts (id, batch_id, act, person_id, acted_at, content_hash) values ($1, $2, 'prepared', 'staff-nat', $3, 'abc')`, "act-"+id, id, now)
		w.records = append(w.records, record{kind: "batch", id: id, state: state, mark: reference, org: employerNat, version: 1, grant: hash})
		w.statement(org, name, state, i+2, id)
	}
	w.statement(org, name, "open", 5, "")
	w.run(`insert into grant_items (id, statement_id, org_id, kind, pence, reason, effective_on, recorded_at, person_id) values ($1, $2, $3, 'adjustment', 500, $4, '2026-11-01', $5, 'staff-nat')`,
		"item-"+name, "statement-open-"+name, string(org), "Adjusted"+name, now)
	w.run(`insert into grant_entries (id, org_id, scheme, debit, credit, pence, item_id, effective_on, recorded_at) values ($1, $2, $3, 'grant', 'owed', 500, $4, '2026-11-01', $5)`,
		"entry-"+name, string(org), scheme, "item-"+name, now)
	w.run(`insert into grant_remittances (id, org_id, received_on, bank_text, pence, person_id, recorded_at) values ($1, $2, '2026-11-20', $3, 100000, $4, $5)`,
		"money-"+name, string(org), "Bank"+name, string(by), now)
	w.records = append(w.records, record{kind: "money", id: "money-" + name, mark: "Bank" + name, org: org, version: 1})
}

// statement puts one on record; of a batch that is prepared it is payable.
func (w *world) statement(org asye.OrganisationID, name, state string, number int, batch string) {
	now := w.DB.Clock().Now()
	id, reference := "statement-"+state+"-"+name, "Statement"+state+name
	var closed, paid, in any
	hash, pence := "", 0
	if state != "open" {
		closed, hash, pence, in = now, "abc", 100000, batch
	}
	if state == "paid" {
		paid = "2026-11-20"
	}
	if state == "prepared" {
		state = "payable"
	}
	w.run(`insert into grant_statements (id, reference, org_id, scheme, number, state, pence, content_hash, opened_at, closed_at, batch_id, paid_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, id, reference, string(org), scheme, number, state, pence, hash, now, closed, in, paid)
	w.records = append(w.records, record{kind: "statement", id: id, state: state, mark: reference, org: org, version: 1})
}

// request has an employer want what another has, ask for what is late, bring a
// document and estimate.
func (w *world) request(org asye.OrganisationID, name, of string, by asye.PersonID) {
	now := w.DB.Clock().Now()
	at := slices.IndexFunc(w.records, func(r record) bool { return r.kind == "enrolment" && r.mark == of })
	year := w.records[at].id
	w.run(`insert into grant_clashes (id, line_id, org_id, enrolment_id, reason, person_id, raised_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		"clash-"+name, "line-Sent"+name, string(org), year, "Clash"+name, string(by), now)
	w.run(`insert into grant_late_requests (id, org_id, enrolment_id, scheme, milestone, reason, person_id, asked_at) values ($1, $2, $3, $4, 'completion', $5, $6, $7)`,
		"late-"+name, string(org), year, scheme, "Late"+name, string(by), now)
	w.run(`insert into grant_conditions (id, org_id, scheme, condition, file_name, document, person_id, confirmed_at) values ($1, $2, $3, 'action-plan', $4, $5, $6, $7)`,
		"document-"+name, string(org), scheme, "Plan"+name+".pdf", []byte("%PDF of "+name), string(by), now)
	w.run(`insert into grant_estimates (id, org_id, scheme, number, person_id, given_at) values ($1, $2, 'adults-2026-27', 7, $3, $4)`, "estimate-"+name, string(org), string(by), now)
	for _, r := range []record{{kind: "clash", id: "clash-" + name, mark: "Clash" + name}, {kind: "late", id: "late-" + name, mark: "Late" + name},
		{kind: "document", id: "document-" + name, mark: "Plan" + name, person: by}, {kind: "estimate", id: "estimate-" + name, mark: "estimate-" + name}} {
		r.org, r.version = org, 1
		w.records = append(w.records, r)
	}
}
