package registration_test

import (
	"maps"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/cohort"
)

func named(family, starts string) func(*registration.Entry) {
	return func(e *registration.Entry) { e.Identity.FamilyName, e.StartsOn = family, at(starts) }
}

// Whoever types a name seldom knows its cohort.
func TestListLooksInEveryCohort(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1, named("Stannard", "2024-09-02")))
		h.Register(t, ours, entry(2, named("Rees", "2026-09-01")))
		h.Register(t, ours, entry(3, named("Reeston", "2025-09-01")))
		h.Register(t, them, entry(4, named("Stannage", "2024-09-02")))
		b := browse(t, h, ours)
		b.Get("/registrations?cohort=2026-27&q=stann").Is(200, "Nobody in cohort 2026-27 matches “stann”, so all cohorts are shown",
			"Stannard", "Cohort 2024-25", "Showing 1 registration").Has(`value="stann"`).Lacks("Stannage")
		b.Get("/registrations?q=rees").Is(200, "In other cohorts 1 NQSW matches “rees”.", "Search all cohorts", "Showing 1 registration").
			Has(`cohort=all&q=rees`).Lacks("Reeston")
		b.Get("/registrations?cohort=all&q=rees").Is(200, "Showing 1 to 2 of 2 registrations").Lacks("In other cohorts")
		b.Get("/registrations?cohort=2026-27&q=nobodyatall").Is(200, "Nobody matches “nobodyatall”")
		b.Get("/registrations?cohort=all&q=stann&status=passed").Is(200, "Nobody matches “stann”", "Search everybody for “stann”").
			Has("/registrations?cohort=all&q=stann\"")
	})
}

// The longest overdue come first, and those of long ago are told apart from
// those of the latest cohort that has any.
func TestOverdueList(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1, named("Aardvark", "2025-11-03"))) // last day 2 November 2026
		h.Register(t, ours, entry(2, named("Zebra", "2018-09-03")))
		h.Register(t, ours, entry(3, named("Badger", "2025-04-01")))
		h.Register(t, ours, entry(4, named("Running", "2026-09-01")))
		for scope, want := range map[tenant.Scope]map[asye.Cohort]int{ours: {2018: 1, 2025: 2}, them: {}} {
			got, err := h.ByCohort(ctx, scope, registration.Filter{Status: registration.Overdue, Cohort: 2026})
			if must(t, err); !maps.Equal(got, want) {
				t.Errorf("%s has %v overdue, want %v", scope.Org(), got, want)
			}
		}
		b := browse(t, h, ours)
		page := b.Get("/registrations?cohort=all&status=overdue").Is(200, "Those whose outcome is overdue longest come first",
			"2 are of cohort 2025-26, and 1 is of earlier cohorts", "2 Nov 2026, 20 days ago", "31 Mar 2026, 7 months ago", "2 Sep 2019, 7 years ago").
			Lacks("Running")
		text := page.Text()
		if z, m, a := strings.Index(text, "Zebra"), strings.Index(text, "Badger"), strings.Index(text, "Aardvark"); z > m || m > a {
			t.Error("the longest overdue does not come first")
		}
		b.Get("/registrations?cohort=2025-26&status=overdue").Is(200, "Aardvark", "Badger").Lacks("Zebra", "earlier cohorts")
		b.Get("/registrations?cohort=all&status=overdue&sort=name").Is(200, "earlier cohorts").Lacks("come first")
	})
}

func TestCardOfThoseWithoutAssessor(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Register(t, ours, entry(1, named("Assessed", "2026-09-01")))
		h.Register(t, ours, entry(2, func(e *registration.Entry) { e.Identity.FamilyName, e.AssessorName = "Alone", "" }))
		h.Register(t, them, entry(3, func(e *registration.Entry) { e.AssessorName = "" }))
		cards, err := cohort.Cards(h.Store)(ctx, ours, at("2026-11-22"))
		must(t, err)
		for _, card := range cards {
			if card.Title() != "NQSW without an assessor" {
				continue
			}
			if card.Count != 1 || card.Text != "1 NQSW has nobody named who assesses the year." {
				t.Errorf("the card says %+v", card)
			}
			browse(t, h, ours).Get(card.Href).Is(200, "Alone", "Only those who have no assessor").Lacks("Assessed,")
			return
		}
		t.Errorf("no card of those without an assessor among %+v", cards)
	})
}

// One registration is under way at a time: whoever comes to begin another is
// asked first, and every page says whom it is about.
func TestRegisterAsksBeforeCarryingOn(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	b.Get("/register/name").Is(200, "Register an NQSW: question 1 of")
	b.Fill("/register/name", "given_name=Siân", "family_name=Rees").LeadsTo("/register/regulator")
	b.Get("/register/regulator").Is(200, "Register Siân Rees: question 2 of")
	b.Get("/register").Is(200, "You have begun to register Siân Rees", "22 November 2026 at 9:30am", "Carry on with Siân Rees", "Register somebody else").
		Has(`href="`+paths.RegisterOn()+`"`, `href="/register/discard?then=anew"`).Titled("You have begun to register Siân Rees")
	b.Get(paths.RegisterOn()).LeadsTo("/register/regulator")

	ask := b.Get("/register/discard?then=anew").Is(200, "Throw away what you typed about Siân Rees?", "Keep it and carry on")
	b.Get("/register/regulator").Is(200, "Siân Rees") // asking has thrown nothing away
	ask.Submit().LeadsTo("/register")
	b.Get("/register").LeadsTo("/register/name")
	b.Get("/register/name").Is(200).HasNot("Siân")
	b.Get("/register/discard").LeadsTo("/register/name") // there is nothing to throw away

	b.Fill("/register/name", "email=nonsense").Is(422)
	b.Get("/register").Is(200, "an NQSW without a name yet")
	b.Fill("/register/discard").LeadsTo("/home")
	browse(t, h, them).Get("/register").LeadsTo("/register/name")
}

// What the NQSW will be told is marked as such where a coordinator reads it.
func TestReasonsAreIntroducedToCoordinators(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		b.Fill("/register/"+step, answers()[step]...).Is(303)
	}
	b.Fill("/register/eligibility", append(answers()["eligibility"], "eligibility_registered=no")...).
		Is(422, "Nobody can be registered on this answer. The NQSW will be told: “You need to be registered with Social Work England")
}

func TestNamesThatHoldLinksAreRefusedAtOnce(t *testing.T) {
	h := onSQLite(t)
	browse(t, h, ours).Fill("/register/name", "given_name=See http://evil.example", "family_name=Rees").
		Is(422, "Names cannot contain the address of a website")
}

// The button that comes next is the main one, and the name is the heading.
func TestRecordLeadsToWhatComesNext(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		main := func(r registration.Record) string {
			t.Helper()
			page := browse(t, h, ours).Get(paths.Registration(r.ID)).Is(200).Has(`<h1 class="govuk-heading-l">` + r.Name() + `</h1>`)
			if n := strings.Count(page.Body, "<h1"); n != 1 {
				t.Errorf("%d headings of the page", n)
			}
			_, bar, _ := strings.Cut(page.Body, "asye-identity")
			bar, _, _ = strings.Cut(bar, "asye-record")
			_, button, found := strings.Cut(bar, `class="govuk-button"`)
			if !found {
				return ""
			}
			_, text, _ := strings.Cut(button, ">")
			text, _, _ = strings.Cut(text, "<")
			return strings.TrimSpace(text)
		}
		for family, tt := range map[string]struct{ starts, want string }{
			"Upcoming": {"2026-12-01", ""}, "Running": {"2026-09-01", ""}, "Overdue": {"2025-09-01", "Record the outcome"},
			"Ending": {"2025-12-23", "Record the outcome"}, "Later": {"2025-12-24", ""},
		} {
			n := len(family) + len(tt.starts) + int(family[0])
			if got := main(h.Register(t, ours, entry(n, named(family, tt.starts)))); got != tt.want {
				t.Errorf("%s: the main button is %q, want %q", family, got, tt.want)
			}
		}
		paused := h.Register(t, ours, entry(500))
		must(t, h.Pause(ctx, ours, paused.ID, 1, registration.Pause{Period: asye.Since(at("2026-11-02")), Reason: "sickness"}))
		if got := main(h.Record(t, ours, paused.ID)); got != "Record the return" {
			t.Errorf("paused: the main button is %q", got)
		}
	})
}

// Who is invited before the first day can come in at once (the link would be
// dead by then).
func TestInvitedBeforeTheFirstDay(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, named("Early", "2027-01-11")))
		var from asye.Date
		must(t, h.DB.QueryRow(ctx, `select starts_on from memberships where person_id = $1`, string(r.Person)).Scan(&from))
		if from != at("2026-11-22") {
			t.Errorf("the NQSW can sign in from %s", from)
		}
		must(t, h.ConfirmDetails(ctx, tenant.SignedIn(r.Person, "a", asye.NQSW), r.NQSW.Version, r.NQSW.Details()))
	})
}

// The address of an NQSW who has signed in is theirs (ACC-19): the coordinator
// is told so beside the field.
func TestDetailsSayWhoseTheAddressIs(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b, page := browse(t, h, ours), paths.RegistrationDetails(r.ID)
		b.Fill(page, details("email=slip@example.org")...).LeadsTo(paths.Registration(r.ID))
		h.Run(t, `update memberships set last_used_at = '2026-11-22T09:00:00.000000Z' where person_id = $1`, string(r.Person))
		b.Fill(page, details("email=mine@evil.example")...).
			Is(422, "There is a problem", "This NQSW has signed in, so the e-mail address is theirs to change, under My details").
			Has(`id="email-error"`, `href="#email"`, `value="mine@evil.example"`)
		b.Fill(page, details("email=slip@example.org", "family_name=Mended")...).LeadsTo(paths.Registration(r.ID))
	})
}
