package change_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

func claim(b *browser, number, joins string) *browser {
	b.t.Helper()
	return b.get(paths.TransferClaim()).is(http.StatusOK).
		submit("regulator_number="+number, "date_of_birth=1998-02-03", "joins_on="+joins)
}

func self(r registration.Record) tenant.Scope { return tenant.SignedIn(r.Person, "a", asye.NQSW) }

func TestReportClaimConfirm(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		b := h.as(t, ours)
		b.get(paths.Transfers()).is(http.StatusOK, "No move is under way")
		b.get(paths.RegistrationLeaving(r.ID)).is(http.StatusOK, "Barnwell", "I do not know yet")
		if strings.Contains(b.body, ">Ashford</option>") {
			t.Error("our own employer is offered as the next one")
		}
		b.submit("leaves_on=2026-09-01").is(http.StatusUnprocessableEntity, "cannot leave before the year has started")
		b.submit("leaves_on=2026-12-01", "to_org=zzz").is(http.StatusUnprocessableEntity, "Choose an employer from the list")
		b.submit("leaves_on=2026-12-01", "to_org=b").is(http.StatusSeeOther, paths.Transfers())
		b.get(paths.Transfers()).is(http.StatusOK, "Leaving you", "30 November 2026", "Barnwell has to claim the NQSW", paths.RegistrationLeavingCancel(r.ID))
		h.as(t, them).get(paths.Transfers()).is(http.StatusOK, "No move is under way") // nobody is shown who was not claimed
		h.as(t, self(r)).get(paths.MyMove()).is(http.StatusOK, "Barnwell has to claim", "Send this to the national team")
		claim(h.as(t, them), "SW1001", "2026-12-15").is(http.StatusSeeOther, paths.Transfers())
		h.as(t, them).get(paths.Transfers()).is(http.StatusOK, "Joining you", "Amara Okafor1", "The NQSW has to confirm")
		n := h.as(t, self(r)).get(paths.MyMove()).is(http.StatusOK, "30 November 2026", "15 December 2026", "14 days between the two employers")
		n.submit().is(http.StatusUnprocessableEntity, "Say whether the dates are right")
		n.submit("answer=right").is(http.StatusSeeOther, paths.MyYear())
		b.get(paths.RegistrationPause(r.ID)).is(http.StatusNotFound)
		h.as(t, them).get(paths.RegistrationPause(r.ID)).is(http.StatusOK)
		if now := h.get(t, them, r.ID); now.LastDay() != at("2027-09-14") {
			t.Errorf("last day %s", now.LastDay())
		}
		n.get(paths.MyYear()).is(http.StatusOK, "Barnwell", "Your year moved to another employer", "by you")
	})
}

func TestClaimFirst(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		claim(h.as(t, them), "1001", "2026-12-01").is(http.StatusSeeOther)
		claim(h.as(t, third), "1001", "2026-12-01").is(http.StatusConflict, "A claim for this NQSW is already under way", `value="1001"`)
		b := h.as(t, ours).get(paths.Transfers()).is(http.StatusOK, "Ashford has to report the last day", paths.RegistrationObject(r.ID))
		b.get(paths.RegistrationLeaving(r.ID)).is(http.StatusOK, "Barnwell says that the NQSW works there from 1 December 2026")
		if strings.Contains(b.body, `name="to_org"`) {
			t.Error("the claim has named the employer: nobody needs to be asked again")
		}
		b.submit("leaves_on=2026-12-01").is(http.StatusSeeOther)
		h.as(t, self(r)).get(paths.MyMove()).submit("answer=right").is(http.StatusSeeOther)
		if got := h.get(t, them, r.ID); got.Org != "b" || got.LastDay() != at("2027-08-31") {
			t.Errorf("with %s until %s", got.Org, got.LastDay())
		}
	})
}

func TestAClaimThatFindsNobodySaysNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add(t, 1)
		answers := map[string]bool{}
		for _, typed := range [][]string{
			{"regulator_number=SW9999", "date_of_birth=1998-02-03"}, // no such number
			{"regulator_number=SW1001", "date_of_birth=1998-02-04"}, // another day of birth
		} {
			b := h.as(t, them).get(paths.TransferClaim()).submit(append(typed, "joins_on=2026-12-01")...).
				is(http.StatusUnprocessableEntity, "No NQSW whose year is running")
			answers[strings.NewReplacer("9999", "", "1001", "", "\"4\"", "", "\"3\"", "").Replace(b.text())] = true
		}
		if len(answers) != 1 {
			t.Errorf("the answer tells the cases apart: %v", answers)
		}
		h.as(t, them).get(paths.TransferClaim()).submit("regulator_number=hello").
			is(http.StatusUnprocessableEntity, "is not a Social Work England number", "date of birth", "Enter the first day")
	})
}

func TestDatesThatCannotBothBeRightAreDisputed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		h.as(t, ours).get(paths.RegistrationLeaving(r.ID)).submit("leaves_on=2026-12-02").is(http.StatusSeeOther)
		claim(h.as(t, them), "SW1001", "2026-12-01").is(http.StatusSeeOther)
		h.as(t, them).get(paths.Transfers()).is(http.StatusOK, "The national team has to decide", "before leaving on 2 December 2026")
		h.as(t, team).get(paths.Disputes()).is(http.StatusOK, "Amara Okafor1")
	})
}

func TestDenyThenTheNationalTeamMovesOrKeeps(t *testing.T) {
	for _, moves := range []string{"yes", "no"} {
		t.Run("moves="+moves, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				r := h.add(t, 1)
				h.as(t, ours).get(paths.RegistrationLeaving(r.ID)).submit("leaves_on=2026-12-01").is(http.StatusSeeOther)
				claim(h.as(t, them), "SW1001", "2026-12-01").is(http.StatusSeeOther)
				n := h.as(t, self(r)).get(paths.MyMove())
				n.submit("answer=wrong").is(http.StatusUnprocessableEntity, "Say what is wrong about the move")
				n.submit("answer=wrong", "dispute=I start in January").is(http.StatusSeeOther)
				n.get(paths.MyMove()).is(http.StatusOK, "The national team is deciding")
				id := h.get(t, ours, r.ID).OpenTransfer().ID
				b := h.as(t, team).get(paths.Dispute(id)).is(http.StatusOK, "The NQSW says: I start in January")
				b.submit("moves="+moves, "leaves_on=2026-12-01", "joins_on=2027-01-04", "why=Contract seen").is(http.StatusSeeOther, paths.Disputes())
				owner := map[string]tenant.Scope{"yes": them, "no": ours}[moves]
				got := h.get(t, owner, r.ID)
				if got.OpenTransfer() != nil || got.Transfers[0].Resolution != "Contract seen" {
					t.Errorf("transfer %+v", got.Transfers[0])
				}
				n.get(paths.MyYear()).is(http.StatusOK, "Reason given: Contract seen", "Co national")
			})
		})
	}
}

func TestObjectAndTakeBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		b := h.as(t, ours)
		b.get(paths.RegistrationObject(r.ID)).is(http.StatusConflict, "There is no claim to object to")
		b.get(paths.RegistrationLeavingCancel(r.ID)).is(http.StatusConflict, "no report of leaving")
		b.get(paths.RegistrationLeaving(r.ID)).submit("leaves_on=2026-12-01").is(http.StatusSeeOther)
		b.get(paths.RegistrationOutcome(r.ID)).is(http.StatusConflict, "A transfer to another employer is under way")
		b.get(paths.RegistrationLeavingCancel(r.ID)).is(http.StatusOK, "leaves on 1 December 2026").submit().is(http.StatusSeeOther)
		if h.get(t, ours, r.ID).OpenTransfer() != nil {
			t.Fatal("the report was not taken back")
		}
		claim(h.as(t, them), "SW1001", "2026-12-01").is(http.StatusSeeOther)
		b.get(paths.RegistrationLeavingCancel(r.ID)).is(http.StatusConflict)
		stale := h.as(t, ours).get(paths.RegistrationObject(r.ID)).is(http.StatusOK, "Barnwell says that Amara Okafor1 works there")
		b.get(paths.RegistrationObject(r.ID)).submit("dispute=").is(http.StatusUnprocessableEntity, "Say why the claim is wrong")
		b.submit("dispute=Still here").is(http.StatusSeeOther, paths.Transfers())
		stale.submit("dispute=Mine too").is(http.StatusConflict, "Mine too", "deciding on this move already")
		h.as(t, self(r)).get(paths.MyMove()).is(http.StatusOK).submit("dispute=Ask payroll").is(http.StatusSeeOther)
		h.as(t, them).get(paths.Transfers()).is(http.StatusOK, "The losing employer says: Still here", "The NQSW says: Ask payroll")
	})
}
