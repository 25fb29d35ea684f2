package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// TestJourneyClaimToPayment: a coordinator looks at what is due, a director signs,
// the national team checks, two of them authorise, and it is paid. Then somebody
// who was paid for turns out to have left early, and the payment is taken back.
func TestJourneyClaimToPayment(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, amina)
	b.press("Grants")
	b.see("can be claimed now", "What is due for each NQSW")
	b.accessible()
	b.picture("grants-due")
	b.press("Claims")
	b.see("Draft", "Submitted", "Answered")
	b.picture("grants-claims")
	b.press("CLAIM-2026-27")
	b.see("It is ready, and waits for the director’s signature")
	b.miss("Sign the claim")
	b.accessible()
	b.picture("grants-draft")
	draft := b.path()

	d := as(t, s, patience)
	d.see("waits for your signature")
	d.open(draft)
	d.press("Sign the claim")
	d.see("You have signed the claim")
	d.picture("grants-signed")

	b.open(draft)
	b.scripts(false)
	b.width(320)
	b.press("Submit the claim")
	b.see("The claim is submitted")
	b.sound()
	b.picture("grants-submitted-narrow")

	n := as(t, s, ruth)
	n.press("Funding")
	n.see("Claims to check", "Essex")
	n.accessible()
	n.picture("funding")
	id := draft[strings.LastIndex(draft, "/")+1:]
	n.open("/funding/claims/" + id)
	n.see("What do you decide?")
	n.accessible()
	n.picture("funding-claim")
	n.choose("decision", "all")
	n.press("Send the answer")
	n.open("/funding/close/child-and-family-2026-27")
	n.press("Close 1 statement")
	n.open("/funding/batches")
	n.press("Prepare a batch")
	batch := n.path()
	n.press("Approve £")
	n.see("Somebody else of the national team")
	n.picture("funding-batch")
	k := as(t, s, "kwame.boateng@example.org")
	k.open(batch)
	k.press("Approve £")
	k.see("The batch is authorised")
	k.press("Mark it as paid")
	k.date("paid_on", "22 11 2026")
	k.press("Mark it as paid")
	k.see("Paid")
	k.picture("funding-paid")

	b = as(t, s, amina)
	b.open("/grants/statements")
	b.see("It was paid on 22 November 2026")

	line := leaves(t, s, id)
	n.open("/funding")
	n.see("within the first 28 days of the year")
	n.open("/funding/payments/" + line)
	n.fill("reason", "The NQSW left within four weeks")
	n.accessible()
	n.picture("funding-payment")
	n.press("Take the payment back")
	b.open("/grants/statements")
	b.see("−£1,000.00")
}

// leaves has the latest starter of a paid claim withdraw after two weeks, and
// gives their payment.
func leaves(t *testing.T, s *site, id string) string {
	t.Helper()
	ctx := context.Background()
	c, err := s.claims.Received(ctx, tenant.System("journey"), id)
	if err != nil {
		t.Fatal(err)
	}
	var last claim.Line
	for _, l := range c.Lines {
		if l.Milestone == "registration" && l.On.After(last.On) {
			last = l
		}
	}
	scope := tenant.System("journey").In(c.Org)
	r, err := s.registration.Get(ctx, scope, last.Enrolment)
	if err != nil {
		t.Fatal(err)
	}
	left := last.On.AddDays(13)
	if today := asye.MustDate("2026-11-22"); left.After(today) {
		left = today
	}
	if err := s.registration.Decide(ctx, scope, last.Enrolment, r.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: left,
		Reason: r.Rules.Withdrawals[0].Key, Concerns: "no"}); err != nil {
		t.Fatal(err)
	}
	return last.ID
}

// TestJourneyOneSecondTooLate: what was signed in time is refused one second after
// the deadline, with the time, and nothing of it is sent.
func TestJourneyOneSecondTooLate(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	day := s.db.Clock().(*exampleDay)
	day.at(time.Date(2027, 3, 31, 23, 50, 0, 0, clock.London))
	if err := s.db.Keep(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `
			insert into register_checks (id, person_id, number, checked_on, result, source, recorded_at)
			select 'late-' || e.id, e.person_id, n.regulator_number, '2027-03-30', 'registered', 'journey', $1
			from enrolments e join nqsws n on n.person_id = e.person_id join organisations o on o.id = e.org_id
			where o.code = '881' and e.starts_on >= '2026-10-13'`, tx.Now())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d := as(t, s, patience)
	d.open("/grants/claims")
	d.press("CLAIM-2026-27")
	d.press("Sign the claim")
	d.see("You have signed the claim")
	b := as(t, s, amina)
	b.open(d.path())
	day.at(time.Date(2027, 4, 1, 0, 0, 1, 0, clock.London))
	b.press("Submit the claim")
	b.see("was 23:59 on 31 March 2027, and now it is 00:00:", "on 1 April 2027", "Nothing was sent")
	b.picture("grants-too-late")
	b.see("Signed")
}
