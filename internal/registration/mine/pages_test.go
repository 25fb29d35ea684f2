package mine_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/mine"
)

func self(r registration.Record) tenant.Scope { return tenant.SignedIn(r.Person, "a", asye.NQSW) }

// not checks that a page does not say something.
func (b *browser) not(words ...string) *browser {
	b.t.Helper()
	for _, one := range words {
		if strings.Contains(b.body, one) {
			b.t.Errorf("%s says %q: %s", b.path, one, b.text())
		}
	}
	return b
}

func TestOnlyNQSWsGetIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add(t, 1)
		for _, path := range []string{paths.MyYear(), paths.MyHistory(), paths.MyDetails(), paths.MyDetailsEdit(), paths.MyMove()} {
			for _, role := range asye.Roles() {
				if role != asye.NQSW {
					h.as(t, tenant.SignedIn("co-a", "a", role)).get(path).is(http.StatusForbidden)
				}
			}
			h.as(t, tenant.Nobody()).get(path).is(http.StatusSeeOther, "/sign-in")
		}
	})
}

func TestNobodySeesAnothersYear(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.add(t, 1)
		second := h.add(t, 2)
		for _, path := range []string{paths.MyYear(), paths.MyHistory(), paths.MyDetails(), paths.MyDetailsEdit()} {
			h.as(t, self(second)).get(path).is(http.StatusOK).not("Okafor1", "amara1@")
		}
		stranger := tenant.SignedIn("co-b", "b", asye.NQSW)
		h.as(t, stranger).get(paths.MyYear()).is(http.StatusOK, "There is no registration in your name yet")
		h.as(t, stranger).get(paths.MyDetails()).is(http.StatusNotFound)
	})
}

func TestMyYear(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		n := h.as(t, self(r)).get(paths.MyYear())
		n.is(http.StatusOK, "The last day of your year is 31 August 2027", "Under way", "To do", "Confirm your details",
			"Answer the equality questions", "Three-month review", "This is your next review", "12 months from 1 September 2026 is 31 August 2027",
			"37 hours a week, full-time", "Ann Assessor", "Co a", "You were registered", r.Reference)
		h.answered = map[asye.PersonID]bool{r.Person: true}
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: asye.Since(at("2026-11-02")),
			ExpectedReturn: at("2027-01-04"), Reason: "sickness", Note: "Private words"}))
		must(t, h.Extend(ctx, ours, r.ID, r.Version+1, registration.Extension{Months: 1, Reason: "support-plan", Note: "Private words",
			Approver: "P Anel", ApprovedOn: at("2026-11-20")}))
		n.get(paths.MyYear()).is(http.StatusOK, "Your year has been paused since 2 November 2026", "expected back on 4 January 2027",
			"Your year was paused", "Long-term sickness", "at the earliest", "Your year was extended", "P Anel", "Done").not("Private words")
		n.get(paths.MyHistory()).is(http.StatusOK, "You were registered", "by Co a").not("Private words")
	})
}

func TestTheYearTellsHowItEnded(t *testing.T) {
	cases := map[string]struct {
		outcome   registration.Outcome
		says, not []string
	}{
		"passed": {registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20"), Note: "Private words"},
			[]string{"You passed", "20 November 2026"}, []string{"Private words"}},
		"failed": {registration.Outcome{Result: "failed", DecidedOn: at("2026-11-20"), ToldOn: at("2026-11-21"), Note: "Private words"},
			[]string{"the standard was not met", "told in writing on 21 November 2026", "how to appeal"}, []string{"Private words", ">Failed<", "NQSW was told"}},
		"withdrawn": {registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "health", Concerns: "yes", Note: "Private words"},
			[]string{"You left the programme", "Health"}, []string{"Private words", "concern"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				r := h.add(t, 1)
				must(t, h.Decide(ctx, ours, r.ID, r.Version, c.outcome))
				h.as(t, self(r)).get(paths.MyYear()).is(http.StatusOK, c.says...).not(c.not...)
				h.as(t, self(r)).get(paths.MyHistory()).is(http.StatusOK).not(c.not...)
				must(t, h.Undo(ctx, ours, r.ID, r.Version+1, "Wrong record"))
				h.as(t, self(r)).get(paths.MyYear()).is(http.StatusOK, "The outcome was taken back", "Reason given: Wrong record").not(c.not...)
			})
		})
	}
}

func TestConfirmDetails(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		n := h.as(t, self(r)).get(paths.MyDetails()).is(http.StatusOK, "Are these details right?", "SW1001", "3 February 1998")
		stale := h.as(t, self(r)).get(paths.MyDetails())
		form := n.filled(nil)
		n.send(http.MethodPost, paths.MyDetails(), form).is(http.StatusSeeOther, paths.MyYear())
		n.send(http.MethodPost, paths.MyDetails(), form).is(http.StatusSeeOther, paths.MyYear())
		if c := h.count(t, `audit_lines where what = 'registration.detailsConfirmed'`); c != 1 {
			t.Errorf("confirmed %d times", c)
		}
		if now := h.get(t, ours, r.ID); now.NQSW.ConfirmedAt.IsZero() || !now.Confirmed {
			t.Error("not confirmed")
		}
		stale.submit().is(http.StatusConflict, "Somebody changed these details")
		n.get(paths.MyYear()).is(http.StatusOK, "You confirmed your details", "by you")
	})
}

func TestCorrectDetails(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		n := h.as(t, self(r)).get(paths.MyDetailsEdit()).is(http.StatusOK, `value="Amara"`, `value="SW1001"`)
		good := []string{"given_name=Amara", "family_name=Okafor-Reed", "email=amara1@example.org", "regulator_number=SW1001", "date_of_birth=1998-02-03"}
		n.submit(append(good, "given_name=", "email=", "regulator_number=x", "step=check")...).is(http.StatusUnprocessableEntity,
			"Enter the NQSW's first name", "you sign in with it", "is not a Social Work England number", "Okafor-Reed")
		n.submit(append(good, "step=check")...).is(http.StatusOK, "Check your details", "Was: Okafor1")
		n.submit("step=edit").is(http.StatusOK, `value="Okafor-Reed"`)
		n.submit(append(good, "step=check")...).submit("step=save").is(http.StatusSeeOther, paths.MyYear())
		now := h.get(t, ours, r.ID)
		if now.FamilyName != "Okafor-Reed" || now.NQSW.ConfirmedAt.IsZero() {
			t.Errorf("name %s, confirmed %s", now.FamilyName, now.NQSW.ConfirmedAt)
		}
	})
}

func TestStaleDetailsShowBothTexts(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		n := h.as(t, self(r)).get(paths.MyDetailsEdit())
		d := r.NQSW.Details()
		d.Identity.FamilyName = "Theirs"
		must(t, h.ChangeDetails(ctx, ours, r.ID, r.NQSW.Version, d))
		typed := []string{"given_name=Amara", "family_name=Mine", "email=amara1@example.org", "regulator_number=SW1001", "date_of_birth=1998-02-03"}
		n.submit(append(typed, "step=check")...).is(http.StatusConflict, "Saved now", "Theirs", "Mine")
		n.submit(append(typed, "step=check")...).is(http.StatusOK, "Was: Theirs").submit("step=save").is(http.StatusSeeOther)
		if now := h.get(t, ours, r.ID); now.FamilyName != "Mine" {
			t.Errorf("stored %s", now.FamilyName)
		}
		late := h.as(t, self(r)).get(paths.MyDetailsEdit()).submit(append(typed, "family_name=Later", "step=check")...)
		now := h.get(t, ours, r.ID)
		must(t, h.ChangeDetails(ctx, ours, r.ID, now.NQSW.Version, d))
		late.submit("step=save").is(http.StatusConflict, "Theirs", "Later")
	})
}

func TestMoveThatChangedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		n := h.as(t, self(r)).get(paths.MyMove()).is(http.StatusOK, "No move is under way")
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "", at("2026-12-01")))
		must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
		n.get(paths.MyYear()).is(http.StatusOK, "Confirm your move")
		n.get(paths.MyMove()).is(http.StatusOK, "The last day of your year stays as it is")
		must(t, h.Object(ctx, ours, r.ID, h.get(t, ours, r.ID).Version, "Not so"))
		n.submit("answer=right").is(http.StatusConflict, "The move changed while you had this page open", "The national team is deciding")
		if h.get(t, ours, r.ID).Org != "a" {
			t.Error("a disputed move went ahead")
		}
		n.submit("move=another", "answer=wrong", "dispute=My words").is(http.StatusConflict, "My words")
	})
}

func TestCardsSayWhatThereIsToDo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		cards := mine.Cards(h.needs())
		got, err := cards(ctx, self(r), at("2026-11-22"))
		must(t, err)
		if len(got) != 2 || got[0].Href != paths.MyDetails() || got[1].Href != paths.MyYear() {
			t.Errorf("cards %+v", got)
		}
		must(t, h.ConfirmDetails(ctx, self(r), r.NQSW.Version, r.NQSW.Details()))
		if got, _ := cards(ctx, self(r), at("2026-11-22")); len(got) != 1 {
			t.Errorf("cards when all is done: %+v", got)
		}
		for _, scope := range []tenant.Scope{ours, team, tenant.SignedIn("co-b", "b", asye.NQSW)} {
			if got, err := cards(ctx, scope, at("2026-11-22")); len(got) != 0 || fault.KindOf(err) == fault.NotFound {
				t.Errorf("%s gets %v, %v", scope.Role(), got, err)
			}
		}
	})
}

func TestPublicPages(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		h.run(t, `update people set email = 'ad@example.org', given_name = 'Ada', family_name = 'Admin' where id = 'nat'`)
		h.run(t, `insert into memberships (id, person_id, org_id, role, starts_on) values ('m', 'nat', 'national', 'administrator', '2020-01-01')`)
		visitor := h.as(t, tenant.Nobody())
		visitor.get(paths.Privacy()).is(http.StatusOK, "Who can see what", "never a name beside an answer", "is a newly qualified social worker")
		visitor.get(paths.Help()).is(http.StatusOK, "You cannot sign in").not("ad@example.org")
		visitor.get(paths.Accessibility()).is(http.StatusOK, "No independent body has audited")
		n := h.as(t, self(r))
		n.get(paths.Help()).is(http.StatusOK, "ask your coordinator", "Co a", "Ada Admin", "mailto:ad@example.org")
		n.get(paths.Privacy()).is(http.StatusOK, "This is your own information")
		h.as(t, ours).get(paths.Privacy()).is(http.StatusOK, "You are signed in as: Coordinator", "Coordinator (your role now)")
	})
}
