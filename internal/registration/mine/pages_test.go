package mine_test

import (
	"net/url"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/mine"
)

func TestOnlyNQSWsGetIn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1))
		for _, path := range []string{paths.MyYear(), paths.MyHistory(), paths.MyDetails(), paths.MyDetailsEdit(), paths.MyMove()} {
			for _, role := range asye.Roles() {
				if role != asye.NQSW {
					h.As(t, tenant.SignedIn("co-a", "a", role)).Get(path).Is(403)
				}
			}
			h.As(t, tenant.Nobody()).Get(path).LeadsTo("/sign-in?next=" + url.QueryEscape(path))
		}
	})
}

func TestNobodySeesAnothersYear(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1))
		second := h.Register(t, ours, entry(2))
		for _, path := range []string{paths.MyYear(), paths.MyHistory(), paths.MyDetails(), paths.MyDetailsEdit()} {
			h.As(t, self(second)).Get(path).Is(200).HasNot("Okafor1", "amara1@")
		}
		stranger := tenant.SignedIn("co-b", "b", asye.NQSW)
		h.As(t, stranger).Get(paths.MyYear()).Is(200, "There is no registration in your name yet")
		h.As(t, stranger).Get(paths.MyDetails()).Is(404)
	})
}

func TestMyYear(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyYear())
		n.Is(200, "The last day of your year is 31 August 2027", "Under way", "To do", "Confirm your details",
			"Answer the equality questions", "Three-month review", "This is your next review", "12 months from 1 September 2026 is 31 August 2027",
			"37 hours a week, full-time", "Ann Assessor", "Co a", "You were registered", r.Reference)
		h.answered[r.Person] = true
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: asye.Since(at("2026-11-02")),
			ExpectedReturn: at("2027-01-04"), Reason: "sickness", Note: "Private words"}))
		must(t, h.Extend(ctx, ours, r.ID, r.Version+1, registration.Extension{Months: 1, Reason: "support-plan", Note: "Private words",
			Approver: "P Anel", ApprovedOn: at("2026-11-20")}))
		n.Get(paths.MyYear()).Is(200, "Your year has been paused since 2 November 2026. If you return on 4 January 2027, the last day of your year is",
			"Your year was paused", "Long-term sickness", "The earliest it could be is", "worked out for a return on 4 January 2027", "Your year was extended", "P Anel", "Done").HasNot("Private words")
		n.Get(paths.MyHistory()).Is(200, "You were registered", "by Co a", "Nobody else has opened your record").HasNot("Private words")
	})
}

func TestAUD9_TheHistorySaysWhoHasLooked(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		for _, who := range []tenant.Scope{ours, team, self(r)} {
			must(t, h.House.DB.Saw(ctx, who, tenant.Reading{Kind: "enrolment", ID: string(r.ID)}))
		}
		h.As(t, self(r)).Get(paths.MyHistory()).Is(200, "Who has looked at your record", "Co a, Coordinator, Ashford", "National team, National body").
			HasNot("Co national", "Nobody else")
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
			each(t, func(t *testing.T, h house) {
				r := h.Register(t, ours, entry(1))
				must(t, h.Decide(ctx, ours, r.ID, r.Version, c.outcome))
				h.As(t, self(r)).Get(paths.MyYear()).Is(200, c.says...).HasNot(c.not...)
				h.As(t, self(r)).Get(paths.MyHistory()).Is(200).HasNot(c.not...)
				must(t, h.Undo(ctx, ours, r.ID, r.Version+1, "Wrong record"))
				h.As(t, self(r)).Get(paths.MyYear()).Is(200, "The outcome was taken back", "Reason given: Wrong record").HasNot(c.not...)
			})
		})
	}
}

func TestConfirmDetails(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyDetails()).Is(200, "Are these details right?", "SW1001", "3 February 1998")
		stale := h.As(t, self(r)).Get(paths.MyDetails())
		form := n.Page
		form.Submit().LeadsTo(paths.MyYear())
		form.Submit().LeadsTo(paths.MyYear())
		if c := h.Count(t, `audit_lines where what = 'registration.detailsConfirmed'`); c != 1 {
			t.Errorf("confirmed %d times", c)
		}
		if now := h.Record(t, ours, r.ID); now.NQSW.ConfirmedAt.IsZero() || !now.Confirmed {
			t.Error("not confirmed")
		}
		stale.Submit().Is(409, "Somebody changed these details")
		n.Get(paths.MyYear()).Is(200, "You confirmed your details", "by you")
	})
}

func TestCorrectDetails(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyDetailsEdit()).Is(200).Has(`value="Amara"`, `value="SW1001"`)
		good := []string{"given_name=Amara", "family_name=Okafor-Reed", "email=amara1@example.org", "regulator_number=SW1001", "date_of_birth=1998-02-03"}
		n.Submit(append(good, "given_name=", "email=", "regulator_number=x", "step=check")...).Is(422,
			"Enter the NQSW's first name", "you sign in with it", "is not a Social Work England number").Has(`value="Okafor-Reed"`)
		n.Submit(append(good, "step=check")...).Is(200, "Check your details", "Was: Okafor1")
		n.Submit("step=edit").Is(200).Has(`value="Okafor-Reed"`)
		n.Submit(append(good, "step=check")...).Submit("step=save").LeadsTo(paths.MyYear())
		now := h.Record(t, ours, r.ID)
		if now.FamilyName != "Okafor-Reed" || now.NQSW.ConfirmedAt.IsZero() {
			t.Errorf("name %s, confirmed %s", now.FamilyName, now.NQSW.ConfirmedAt)
		}
	})
}

func TestStaleDetailsShowBothTexts(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyDetailsEdit())
		d := r.NQSW.Details()
		d.Identity.FamilyName = "Theirs"
		must(t, h.ChangeDetails(ctx, ours, r.ID, r.NQSW.Version, d))
		typed := []string{"given_name=Amara", "family_name=Mine", "email=amara1@example.org", "regulator_number=SW1001", "date_of_birth=1998-02-03"}
		n.Submit(append(typed, "step=check")...).Is(409, "Saved now", "Theirs", "Mine")
		n.Submit(append(typed, "step=check")...).Is(200, "Was: Theirs").Submit("step=save").Is(303)
		if now := h.Record(t, ours, r.ID); now.FamilyName != "Mine" {
			t.Errorf("stored %s", now.FamilyName)
		}
		late := h.As(t, self(r)).Get(paths.MyDetailsEdit()).Submit(append(typed, "family_name=Later", "step=check")...)
		now := h.Record(t, ours, r.ID)
		must(t, h.ChangeDetails(ctx, ours, r.ID, now.NQSW.Version, d))
		late.Submit("step=save").Is(409, "Theirs", "Later")
	})
}

func TestMoveThatChangedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		n := h.As(t, self(r))
		n.Get(paths.MyMove()).Is(200, "No move is under way")
		must(t, h.Leaving(ctx, ours, r.ID, r.Version, "", at("2026-12-01")))
		must(t, h.Claim(ctx, them, registration.Wanted{Number: r.Number, DateOfBirth: at("1998-02-03"), JoinsOn: at("2026-12-01")}))
		n.Get(paths.MyYear()).Is(200, "Confirm your move")
		n.Get(paths.MyMove()).Is(200, "The last day of your year stays as it is")
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "Not so"))
		n.Submit("answer=right").Is(409, "The move changed while you had this page open", "The national team is deciding")
		if h.Record(t, ours, r.ID).Org != "a" {
			t.Error("a disputed move went ahead")
		}
		n.Submit("move=another", "answer=wrong", "dispute=My words").Is(409, "My words")
	})
}

func TestCardsSayWhatThereIsToDo(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
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
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		h.Run(t, `update people set email = 'ad@example.org', given_name = 'Ada', family_name = 'Admin' where id = 'nat'`)
		h.Run(t, `insert into memberships (id, person_id, org_id, role, starts_on) values ('m', 'nat', 'national', 'administrator', '2020-01-01')`)
		visitor := h.As(t, tenant.Nobody())
		visitor.Get(paths.Privacy()).Is(200, "Who can see what", "never a name beside an answer", "is a newly qualified social worker")
		visitor.Get(paths.Help()).Is(200, "You cannot sign in").HasNot("ad@example.org")
		visitor.Get(paths.Accessibility()).Is(200, "No independent body has audited")
		n := h.As(t, self(r))
		n.Get(paths.Help()).Is(200, "ask your coordinator", "Co a", "Ada Admin").Has("mailto:ad@example.org")
		n.Get(paths.Privacy()).Is(200, "This is your own information")
		h.As(t, ours).Get(paths.Privacy()).Is(200, "You are signed in as: Coordinator", "Coordinator (your role now)")
	})
}
