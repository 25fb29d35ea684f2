package funder_test

import (
	"testing"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// clash is a payment of ours that they want too: the year is moved to them from
// its first day.
func (h house) clash(t testing.TB, l claim.Line) string {
	t.Helper()
	h.Run(t, `update employments set org_id = 'b' where person_id = $1`, string(l.Person))
	h.Run(t, `update enrolments set org_id = 'b' where person_id = $1`, string(l.Person))
	rows, err := h.Grants.Due(ctx, them)
	must(t, err)
	for _, r := range rows {
		if r.State == grant.Clash {
			must(t, h.Claims.Raise(ctx, them, claim.Key{Enrolment: r.Facts.Enrolment, Milestone: r.Milestone.Key}, "She has worked here from the first day"))
		}
	}
	all, err := h.Claims.Clashes(ctx, team)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d clashes, %v", len(all), err)
	}
	return all[0].ID
}

func TestAClashIsSettled(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.accepted(t, 1)
		id := h.clash(t, c.Lines[0])
		b := h.As(t, team)
		cards(t, h, team, "Question about a grant")
		b.Get(paths.Funding()).Is(200, "Amara Okafor1", "Stands with Ashford", "Wanted by Barnwell")
		page := b.Get(paths.FundingClash(id)).Is(200, "She has worked here from the first day", "It stays with Ashford", "Barnwell may claim it", "Barnwell from 1 September 2026")
		page.Submit("decision=moves").Is(422, "Write why: both employers will read it").Has(`value="moves" checked`)
		page.Submit("why=It is so").Is(422, "Choose with which employer the payment is").Has("It is so")
		for range 2 {
			page.Submit("decision=moves", "why=The payroll says so").LeadsTo(paths.Funding())
		}
		b.Get(paths.FundingClash(id)).Is(200, "Barnwell may claim it", "The payroll says so", "To be recovered").Lacks("Save the decision")
		if st := h.mine(t); st.Pence != 0 || len(st.Items) != 2 {
			t.Errorf("%+v", st)
		}
	})
}

func TestAClashWaitsForTheClaim(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.sent(t, 1)
		id := h.clash(t, c.Lines[0])
		b := h.As(t, team)
		b.Get(paths.FundingClaim(c.ID)).Is(200, "Barnwell says that this payment is its own")
		page := b.Get(paths.FundingClash(id)).Is(200, "has not been answered. If the payment is Barnwell’s, answer that claim first")
		page.Submit("decision=moves", "why=So it is").Is(409, "has not been answered", "So it is")
		must(t, h.Claims.Decide(ctx, granttest.Second, id, 1, claim.Stays, "They were first"))
		page.Submit("decision=stays", "why=Mine too").Is(409, "Someone else changed this", "They were first", "What you typed: Mine too")
	})
}

func TestALateRequestIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Checked(t, ours, 1)
		h.At(t, "2027-04-05T09:00:00Z")
		must(t, h.Claims.AskLate(ctx, ours, claim.Key{Enrolment: r.ID, Milestone: "registration"}, "The coordinator was ill"))
		all, err := h.Claims.LateWaiting(ctx, team)
		if err != nil || len(all) != 1 {
			t.Fatalf("%d requests, %v", len(all), err)
		}
		id, b := all[0].ID, h.As(t, team)
		for _, who := range []tenant.Scope{ours, them} {
			if _, err := h.Claims.LateRequest(ctx, who, id); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%v", err)
			}
			if _, err := h.Claims.Clash(ctx, who, id); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%v", err)
			}
		}
		b.Get(paths.Funding()).Is(200, "Amara Okafor1", "Registration, Child and family")
		page := b.Get(paths.FundingLate(id)).Is(200, "The coordinator was ill", "£1,000.00", "23:59 on 31 March 2027", "Falls on 1 September 2026")
		page.Submit().Is(422, "Choose whether it may be claimed", "Write why")
		page.Submit("answer=granted").Is(422, "Write why").Has(`value="granted" checked`)
		page.Submit("answer=granted", "why=Once, and not again").LeadsTo(paths.Funding())
		b.Get(paths.FundingLate(id)).Is(200, "Granted", "Once, and not again").Lacks("Send the answer")
		page.Submit("answer=refused", "why=Too late").Is(409, "Someone else changed this", "What you typed: Too late")
	})
}

func TestAnEstimateIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		must(t, h.Statements.Expect(ctx, ours, "adults-2026-27", 3))
		all, err := h.Statements.Estimates(ctx, team)
		must(t, err)
		b := h.As(t, team)
		b.Get(paths.Funding()).Is(200, "Expects 3", "£2,400.00")
		page := b.Get(paths.FundingEstimate(all[0].ID)).Is(200, "3 NQSWs", "£2,400.00 is put on the employer’s open statement")
		must(t, h.Statements.Expect(ctx, ours, "adults-2026-27", 4))
		page.Submit().Is(409, "Someone else changed this", "4 NQSWs", "£3,200.00")
		b.Get(paths.FundingEstimate(all[0].ID)).Submit().LeadsTo(paths.Funding())
		b.Get(paths.FundingEstimate(all[0].ID)).Is(200, "Accepted").Lacks("Accept the estimate It")
		if st := h.mine(t); st.Pence != 320000 {
			t.Errorf("%+v", st)
		}
		_, err = h.Statements.Close(ctx, team, "adults-2026-27")
		must(t, err)
		closing := paths.FundingClose("adults-2026-27")
		b.Get(closing).Is(200, "No open statement of this scheme has anything on it")
		h.At(t, "2027-02-01T00:00:00Z")
		b.Get(paths.Funding()).Is(200, "Close them")
		b.Get(closing).Is(200, "1 employer was paid a first instalment and claimed nobody by the last deadline", "Take the instalments off").Submit().LeadsTo(paths.FundingBatches())
	})
}

// Whoever starts again is paid for once, and nothing of it is to be recovered.
func TestASecondYearIsNoDoubt(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.accepted(t, 1)
		rec := h.Record(t, ours, c.Lines[0].Enrolment)
		must(t, h.House.House.Store.Decide(ctx, ours, rec.ID, rec.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: at("2026-11-20"), Reason: "other", Concerns: "no"}))
		h.Run(t, `insert into enrolments (id, reference, person_id, org_id, programme, programme_version, cohort, starts_on, due_on, funded, recorded_at)
			select 'again', 'AGAIN', person_id, org_id, programme, programme_version, cohort, '2027-05-01', '2028-05-01', funded, recorded_at from enrolments where id = $1`, string(rec.ID))
		rows, err := h.Grants.Doubts(ctx, team)
		if err != nil || len(rows) != 0 {
			t.Errorf("%+v %v", rows, err)
		}
		nation, err := h.Grants.Nation(ctx, team)
		must(t, err)
		seen := map[string]int{}
		for _, r := range nation {
			if r.Standing != nil {
				seen[r.Standing.ID]++
			}
		}
		if len(seen) != 1 || seen[c.Lines[0].ID] != 1 {
			t.Errorf("%v", seen)
		}
	})
}

// What the stores keep for the funder they refuse everybody else, whatever page
// asks them.
func TestTheStoresTellTheFunderAlone(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		c := h.sent(t, 1)
		documents, err := h.Claims.DocumentsOf(ctx, team, "a", scheme)
		if err != nil || len(documents) != 2 {
			t.Fatalf("%d documents, %v", len(documents), err)
		}
		if name, body, err := h.Claims.DocumentOf(ctx, team, documents[0].ID); err != nil || len(body) == 0 || name == "" {
			t.Errorf("%s %v", name, err)
		}
		if got, err := h.Claims.Received(ctx, team, c.ID); err != nil || len(got.Lines) != 1 {
			t.Errorf("%+v %v", got, err)
		}
		for _, who := range []tenant.Scope{ours, them, granttest.Director} {
			_, err1 := h.Claims.Received(ctx, who, c.ID)
			_, err2 := h.Claims.DocumentsOf(ctx, who, "a", scheme)
			_, _, err3 := h.Claims.DocumentOf(ctx, who, documents[0].ID)
			err4 := h.Claims.AnswerLate(ctx, who, "any", 1, true, "Why not")
			for _, err := range []error{err1, err2, err3, err4} {
				if fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%v", err)
				}
			}
		}
	})
}
