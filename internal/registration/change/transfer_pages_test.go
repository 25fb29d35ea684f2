package change_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web/webtest"
)

func claim(b *webtest.Browser, number, joins string) webtest.Page {
	return b.Get(paths.TransferClaim()).Is(200).
		Submit("regulator_number="+number, "date_of_birth=1998-02-03", "joins_on="+joins)
}

func TestReportClaimConfirm(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.Transfers()).Is(200, "No move is under way")
		b.Get(paths.RegistrationLeaving(r.ID)).Is(200, "Barnwell", "I do not know yet")
		b.HasNot(">Ashford</option>") // our own employer is not offered as the next one
		b.Submit("leaves_on=2026-09-01").Is(422, "cannot leave before the year has started")
		b.Submit("leaves_on=2026-12-01", "to_org=zzz").Is(422, "Choose an employer from the list")
		b.Submit("leaves_on=2026-12-01", "to_org=b").LeadsTo(paths.Transfers())
		b.Get(paths.Transfers()).Is(200, "Leaving you", "30 November 2026", "Barnwell has to claim the NQSW").Has(paths.RegistrationLeavingCancel(r.ID))
		h.As(t, them).Get(paths.Transfers()).Is(200, "No move is under way") // nobody is shown who was not claimed
		h.As(t, self(r)).Get(paths.MyMove()).Is(200, "Barnwell has to claim", "Send this to the national team")
		claim(h.As(t, them), "SW1001", "2026-12-15").LeadsTo(paths.Transfers())
		h.As(t, them).Get(paths.Transfers()).Is(200, "Joining you", "Amara Okafor1", "The NQSW has to confirm")
		n := h.As(t, self(r))
		n.Get(paths.MyMove()).Is(200, "30 November 2026", "15 December 2026", "14 days between the two employers")
		n.Submit().Is(422, "Say whether the dates are right")
		n.Get(paths.MyMove()).Says("Your year moves on 15 December 2026").Lacks("at once")
		n.Submit("answer=right").LeadsTo(paths.MyYear())
		for _, who := range []tenant.Scope{ours, them} {
			h.As(t, who).Get(paths.Transfers()).Is(200, "It is confirmed: the year moves on 15 December 2026")
		}
		n.Get(paths.MyYear()).Is(200, "Your move is confirmed", "Ashford")
		n.Get(paths.MyMove()).Is(200, "This move is confirmed", "stays with Ashford until then")
		b.Get(paths.RegistrationOutcome(r.ID)).Is(409, "A transfer to another employer is under way")
		h.Until(t, at("2026-12-15"))
		b.Get(paths.Transfers()).Is(200, "Moves that are over", "Moved from Ashford to Barnwell").Lacks("Leaving you")
		b.Get(paths.RegistrationPause(r.ID)).Is(404)
		h.As(t, them).Get(paths.RegistrationPause(r.ID)).Is(200)
		if now := h.Record(t, them, r.ID); now.LastDay() != at("2027-09-14") {
			t.Errorf("last day %s", now.LastDay())
		}
		n.Get(paths.MyYear()).Is(200, "Barnwell", "Your year moved to another employer", "You confirmed your move by you")
	})
}

func TestClaimFirst(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		claim(h.As(t, them), "1001", "2026-12-01").Is(303)
		claim(h.As(t, them), "1001", "2026-12-01").Is(409, "You have claimed this NQSW already")
		claim(h.As(t, h.third), "1001", "2026-12-01").Is(409, "A claim for this NQSW is already under way").Has(`value="1001"`)
		b := h.As(t, ours)
		b.Get(paths.Transfers()).Is(200, "Ashford has to report the last day").Has(paths.RegistrationObject(r.ID))
		b.Get(paths.RegistrationLeaving(r.ID)).Is(200, "Barnwell says that the NQSW works there from 1 December 2026")
		b.HasNot(`name="to_org"`) // the claim has named the employer: nobody needs to be asked again
		b.Submit("leaves_on=2026-12-01").Is(303)
		h.As(t, self(r)).Get(paths.MyMove()).Submit("answer=right").Is(303)
		h.Until(t, at("2026-12-01"))
		if got := h.Record(t, them, r.ID); got.Org != "b" || got.LastDay() != at("2027-08-31") {
			t.Errorf("with %s until %s", got.Org, got.LastDay())
		}
	})
}

func TestAClaimThatFindsNobodySaysNothing(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1))
		answers := map[string]bool{}
		for _, typed := range [][]string{
			{"regulator_number=SW9999", "date_of_birth=1998-02-03"}, // no such number
			{"regulator_number=SW1001", "date_of_birth=1998-02-04"}, // another day of birth
		} {
			b := h.As(t, them)
			b.Get(paths.TransferClaim()).Submit(append(typed, "joins_on=2026-12-01")...).
				Is(422, "No NQSW with this number and date of birth has a year with another employer")
			answers[strings.NewReplacer("9999", "", "1001", "", "\"4\"", "", "\"3\"", "").Replace(b.Text())] = true
		}
		if len(answers) != 1 {
			t.Errorf("the answer tells the cases apart: %v", answers)
		}
		h.As(t, them).Get(paths.TransferClaim()).Submit("regulator_number=hello").
			Is(422, "is not a Social Work England number", "date of birth", "Enter the first day")
	})
}

func TestDatesThatCannotBothBeRightAreDisputed(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		h.As(t, ours).Get(paths.RegistrationLeaving(r.ID)).Submit("leaves_on=2026-12-02").Is(303)
		claim(h.As(t, them), "SW1001", "2026-12-01").Is(303)
		h.As(t, them).Get(paths.Transfers()).Is(200, "The national team has to decide", "before leaving on 2 December 2026")
		h.As(t, team).Get(paths.Disputes()).Is(200, "Amara Okafor1")
	})
}

func TestDenyThenTheNationalTeamMovesOrKeeps(t *testing.T) {
	for _, moves := range []string{"yes", "no"} {
		t.Run("moves="+moves, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				r := h.Register(t, ours, entry(1))
				h.As(t, ours).Get(paths.RegistrationLeaving(r.ID)).Submit("leaves_on=2026-12-01").Is(303)
				claim(h.As(t, them), "SW1001", "2026-12-01").Is(303)
				n := h.As(t, self(r))
				n.Get(paths.MyMove())
				n.Submit("answer=wrong").Is(422, "Say what is wrong about the move")
				n.Submit("answer=wrong", "dispute=I start in January").Is(303)
				n.Get(paths.MyMove()).Is(200, "The national team is deciding")
				id := h.Record(t, ours, r.ID).OpenTransfer().ID
				b := h.As(t, team)
				b.Get(paths.Dispute(id)).Is(200, "The NQSW says: I start in January")
				b.Submit("moves="+moves, "leaves_on=2026-12-01", "joins_on=2027-01-04", "why=Contract seen").LeadsTo(paths.Disputes())
				h.Until(t, at("2027-01-04"))
				owner := map[string]tenant.Scope{"yes": them, "no": ours}[moves]
				got := h.Record(t, owner, r.ID)
				if got.OpenTransfer() != nil || got.Transfers[0].Resolution != "Contract seen" {
					t.Errorf("transfer %+v", got.Transfers[0])
				}
				n.Get(paths.MyYear()).Is(200, "The national team decided", "Reason given: Contract seen", "Co national, for the national team")
			})
		})
	}
}

func TestObjectAndTakeBack(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationObject(r.ID)).Is(409, "There is no claim to object to")
		b.Get(paths.RegistrationLeavingCancel(r.ID)).Is(409, "no report of leaving")
		b.Get(paths.RegistrationLeaving(r.ID)).Submit("leaves_on=2026-12-01").Is(303)
		b.Get(paths.RegistrationOutcome(r.ID)).Is(409, "A transfer to another employer is under way")
		b.Get(paths.RegistrationLeavingCancel(r.ID)).Is(200, "leaves on 1 December 2026").Submit().Is(303)
		if h.Record(t, ours, r.ID).OpenTransfer() != nil {
			t.Fatal("the report was not taken back")
		}
		claim(h.As(t, them), "SW1001", "2026-12-01").Is(303)
		b.Get(paths.RegistrationLeavingCancel(r.ID)).Is(409)
		stale := h.As(t, ours).Get(paths.RegistrationObject(r.ID)).Is(200, "Barnwell says that Amara Okafor1 works there")
		b.Get(paths.RegistrationObject(r.ID)).Submit("dispute=").Is(422, "Say why the claim is wrong")
		b.Submit("dispute=Still here").LeadsTo(paths.Transfers())
		stale.Submit("dispute=Mine too").Is(409, "Mine too", "deciding on this move already")
		h.As(t, self(r)).Get(paths.MyMove()).Is(200).Submit("dispute=Ask payroll").Is(303)
		h.As(t, them).Get(paths.Transfers()).Is(200, "The losing employer says: Still here", "The NQSW says: Ask payroll")
	})
}
