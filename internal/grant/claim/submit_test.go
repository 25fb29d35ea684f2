package claim_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// The deadline of the scheme is 23:59 on 31 March 2027 in London, where it is
// summer by then.
func TestGRA23_UntilTheLastSecondAndNotAfter(t *testing.T) {
	for at, says := range map[string]string{
		"2027-03-31T22:58:59Z": "",
		"2027-03-31T22:59:59Z": "",
		"2027-03-31T23:00:00Z": "23:59 on 31 March 2027, and now it is 00:00:00 on 1 April 2027",
		"2027-03-31T23:00:01Z": "00:00:01 on 1 April 2027",
	} {
		t.Run(at, func(t *testing.T) {
			granttest.Each(t, func(t *testing.T, h granttest.House) {
				h.At(t, "2027-03-31T09:00:00Z")
				r := h.Register(t, granttest.Ours, registrationtest.Entry(1))
				h.Check(t, r.Person, asye.MustDate("2027-03-01"))
				h.Conditions(t, granttest.Ours)
				c := signed(t, h, granttest.Ours, granttest.Director)
				h.At(t, at)
				err := h.Claims.Submit(ctx, granttest.Ours, c.ID, c.Version)
				if says == "" {
					must(t, err)
					return
				}
				refused(t, err, fault.Conflict, says)
				refused(t, err, fault.Conflict, "Nothing was sent")
				if now := h.Claim(t, granttest.Ours, c.ID); now.State != claim.Signed || h.Count(t, `grant_lines where payment <> 'signed' or standing`) != 0 {
					t.Errorf("%+v", now)
				}
			})
		})
	}
}

func TestGRA23_WhatIsNoLongerDueIsNotSent(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		r := h.Checked(t, granttest.Ours, 1)
		h.Checked(t, granttest.Ours, 2)
		h.Conditions(t, granttest.Ours)
		c := signed(t, h, granttest.Ours, granttest.Director)
		refused(t, h.Claims.Submit(ctx, granttest.Them, c.ID, c.Version), fault.NotFound, "claim")
		withdraw(t, h, granttest.Ours, r, "2026-09-20")
		err := h.Claims.Submit(ctx, granttest.Ours, c.ID, c.Version)
		refused(t, err, fault.Conflict, "Registrations have changed since this was signed")
		refused(t, err, fault.Conflict, "Amara Okafor1, Registration: it can no longer be claimed")
		must(t, h.Claims.Reopen(ctx, granttest.Director, c.ID, c.Version))
		h.Sign(t, granttest.Director, c.ID)
		c = h.Claim(t, granttest.Ours, c.ID)
		must(t, h.Claims.Submit(ctx, granttest.Director, c.ID, c.Version))
		refused(t, h.Claims.Reopen(ctx, granttest.Ours, c.ID, c.Version+1), fault.Conflict, "Submitted")
	})
}

func TestGRA24_OnePaymentInTheNation(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		h.Conditions(t, granttest.Ours)
		c := h.Sent(t, granttest.Ours, granttest.Director)
		if c.State != claim.Submitted || c.Lines[0].Payment != claim.PaymentSubmitted {
			t.Fatalf("%+v", c)
		}
		insert := `insert into grant_lines (id, claim_id, org_id, person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, payment, standing)
			select 'twice', 'c2', 'b', person_id, enrolment_id, programme, scheme, milestone, event_on, pence, facts, reasons, shown, 'submitted', standing from grant_lines`
		other := strings.Replace(`insert into grant_claims (id, reference, org_id, scheme, state, left_out, drafted_at) values ('c2', 'C2', 'b', $1, 'draft', '[]', $2)`, "$1", "'"+granttest.Scheme+"'", 1)
		h.Run(t, strings.Replace(other, "$2", "'2026-11-22T09:30:00.000000Z'", 1))
		if err := h.DB.Keep(ctx, statement(insert)); err == nil {
			t.Error("the database takes a second payment of one person and milestone")
		}
		must(t, h.DB.Keep(ctx, statement(strings.Replace(insert, "programme, scheme, milestone, event_on, pence, facts, reasons, shown, 'submitted'", "programme, scheme, 'completion', event_on, pence, facts, reasons, shown, 'submitted'", 1))))
	})
}

func TestGRA24_TwoEmployersAtOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		wantedByBoth(t, h)
		ours, theirs := signed(t, h, granttest.Ours, granttest.Director), signed(t, h, granttest.Them, granttest.Another)
		if len(ours.Lines) != 1 || len(theirs.Lines) != 1 || ours.Lines[0].Person != theirs.Lines[0].Person || ours.Lines[0].Milestone != theirs.Lines[0].Milestone {
			t.Fatalf("%+v %+v", ours.Lines, theirs.Lines)
		}
		all := atOnce(
			func() error { return h.Claims.Submit(ctx, granttest.Ours, ours.ID, ours.Version) },
			func() error { return h.Claims.Submit(ctx, granttest.Them, theirs.ID, theirs.Version) })
		one(t, all)
		for _, err := range all {
			if err != nil {
				refused(t, err, fault.Conflict, "has been claimed by another employer since this was signed")
			}
		}
		if n := h.Count(t, `grant_lines where standing`); n != 1 {
			t.Errorf("%d payments stand", n)
		}
	})
}

func TestGRA24_SubmittedTwiceAtOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		h.Conditions(t, granttest.Ours)
		c := signed(t, h, granttest.Ours, granttest.Director)
		submit := func() error { return h.Claims.Submit(ctx, granttest.Ours, c.ID, c.Version) }
		one(t, atOnce(submit, submit, func() error { return h.Claims.Submit(ctx, granttest.Director, c.ID, c.Version) }))
		if n := h.Count(t, `grant_claim_acts where act = 'submitted'`); n != 1 {
			t.Errorf("it was submitted %d times", n)
		}
	})
}

// While a claim is submitted the year moves or ends: it is sent as it was signed,
// or not at all.
func TestGRA23_SubmittedWhileAYearEnds(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		r := h.Checked(t, granttest.Ours, 1)
		h.Conditions(t, granttest.Ours)
		c := signed(t, h, granttest.Ours, granttest.Director)
		all := atOnce(
			func() error { return h.Claims.Submit(ctx, granttest.Ours, c.ID, c.Version) },
			func() error {
				return h.Decide(ctx, granttest.Ours, r.ID, r.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: asye.MustDate("2026-09-10"),
					Reason: "other-role", Concerns: "no"})
			})
		must(t, all[1])
		if all[0] != nil {
			refused(t, all[0], fault.Conflict, "Nothing was sent")
		}
		if n, want := h.Count(t, `grant_lines where standing`), map[bool]int{true: 1}[all[0] == nil]; n != want {
			t.Errorf("%d payments stand, %v", n, all[0])
		}
	})
}
