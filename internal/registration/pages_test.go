package registration_test

import (
	"net/http"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/cohort"
)

func TestRegistrationList(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := browse(t, h, ours)
		b.Get("/registrations").Is(200, "Nobody is registered yet", "Register your first NQSW")
		for n := range 27 {
			h.Register(t, ours, entry(n+1))
		}
		h.Register(t, ours, entry(40, func(e *registration.Entry) { e.StartsOn = at("2024-09-02"); e.Identity.FamilyName = "Earlier" }))
		h.Register(t, them, entry(50, func(e *registration.Entry) { e.Identity.FamilyName = "Elsewhere" }))

		b.Get("/registrations").Is(200, "Showing 1 to 25 of 27 registrations", "All 27", "Under way 27", "Export cohort 2026-27").
			Lacks("Earlier", "Elsewhere", "Overdue")
		b.Get("/registrations?page=2").Is(200, "Showing 26 to 27 of 27")
		b.Get("/registrations?cohort=all&status=overdue").Is(200, "Earlier", "Showing 1 registration", "Outcome overdue 1", "All 28")
		b.Get("/registrations?cohort=2024-25").Is(200, "Earlier").Lacks("Okafor")
		b.Get("/registrations?cohort=all&q=EARLIER").Is(200, "Showing 1 registration")
		b.Get("/registrations?q=%25").Is(200, "Nobody matches")
		b.Get("/registrations?programme=adults").Is(200, "Nobody matches", "Show everybody")
		down := b.Get("/registrations?sort=name&down=yes&cohort=all").Body
		if strings.Index(down, "Okafor9") > strings.Index(down, "Okafor8") {
			t.Error("sorted from the end, Okafor9 should come before Okafor8")
		}
		if !strings.Contains(down, `aria-sort="descending"`) {
			t.Error("the column by which the list is sorted should say so")
		}
	})
}

func TestRegistrationListDraft(t *testing.T) {
	h := onSQLite(t)
	browse(t, h, ours).Fill("/register/name", "given_name=Siân", "family_name=Rees")
	browse(t, h, ours).Get("/registrations").Is(200, "You have begun to register Siân Rees")
	browse(t, h, them).Get("/registrations").Is(200).Lacks("Siân Rees")
}

func TestCards(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		show := cohort.Cards(h.Store)
		none, err := show(ctx, ours, at("2026-11-22"))
		if err != nil || len(none) != 0 {
			t.Fatalf("cards of an empty employer = %v, %v", none, err)
		}
		h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2025-09-01") })) // overdue
		// The last day is in 30 days, and in 31.
		h.Register(t, ours, entry(2, func(e *registration.Entry) { e.StartsOn = at("2025-12-23") }))
		h.Register(t, ours, entry(3, func(e *registration.Entry) { e.StartsOn = at("2025-12-24") }))
		h.Register(t, them, entry(4, func(e *registration.Entry) { e.StartsOn = at("2025-09-01") }))
		// Expected back in 14 days, and in 15.
		for n, day := range map[int]string{5: "2026-12-06", 6: "2026-12-07"} {
			added := h.Register(t, ours, entry(n))
			err := h.Pause(ctx, ours, added.ID, 1, registration.Pause{Period: asye.Since(at("2026-11-02")), Reason: "sickness", ExpectedReturn: at(day)})
			if err != nil {
				t.Fatal(err)
			}
		}
		e := entry(5)
		if err := h.Claim(ctx, them, registration.Wanted{Number: e.Number, DateOfBirth: e.DateOfBirth, JoinsOn: at("2026-12-01")}); err != nil {
			t.Fatal(err)
		}
		cards, err := show(ctx, ours, at("2026-11-22"))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, card := range cards {
			got[card.Heading] = card.Count
			// The list that a card leads to shows as many as the card counts.
			if strings.HasPrefix(card.Href, "/registrations") {
				browse(t, h, ours).Get(card.Href).Is(200, ui.Showing(1, registration.PageSize, card.Count, "registrations"))
			}
		}
		want := map[string]int{"Outcomes overdue": 1, "Transfers to answer": 1, "Returns from pause": 1, "Years that end soon": 1, "NQSWs with details not confirmed": 5}
		for heading, n := range want {
			if got[heading] != n {
				t.Errorf("%s: %d, want %d", heading, got[heading], n)
			}
		}
	})
}

func TestRegisterJourney(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := browse(t, h, ours)
		b.Get("/register").LeadsTo("/register/name")
		b.Get("/register/year").LeadsTo("/register/name") // nothing is skipped
		b.Fill("/register/name", "email=nonsense").
			Is(422, "Enter the NQSW's first name", "Enter the NQSW's last name", "Enter an e-mail address in the correct form").
			Lacks("Social Work England number")
		steps := answers()
		for _, step := range []string{"name", "regulator", "qualification"} {
			b.Fill("/register/"+step, steps[step]...).Is(303)
		}
		b = browse(t, h, ours) // they have signed out, and in again
		b.Get("/register").Is(200, "You have begun to register Siân Rees")
		b.Get(paths.RegisterOn()).LeadsTo("/register/year")
		for _, step := range []string{"year", "eligibility", "assessor"} {
			b.Fill("/register/"+step, steps[step]...).Is(303)
		}
		check := b.Get("/register/check").Is(200, "The year runs from 1 September 2026 to 31 August 2027", "the year can be funded", "Siân Rees", "14 June 2026",
			"An invitation will be sent to sian@example.org")

		first := check.Submit().Is(303)
		check.Submit().LeadsTo(first.Location) // pressed twice
		if n := h.Count(t, "enrolments"); n != 1 {
			t.Fatalf("%d registrations from one form", n)
		}
		b.Get(first.Location).Is(200, "Siân Rees is registered", "ASYE-", "An invitation is on its way to sian@example.org").
			Lacks("not funded", "national team")
		b.Get("/register").LeadsTo("/register/name") // the draft is gone
		b.Fill("/register/name", steps["name"]...).Is(303)
		b.Fill("/register/regulator", steps["regulator"]...).Is(422, "is already registered, as ASYE-")
	})
}

// answers are the pages of a good registration.
func answers() map[string][]string {
	return map[string][]string{
		"name":          {"given_name=Siân", "family_name=Rees", "email=sian@example.org"},
		"regulator":     {"regulator_number=sw 4321", "date_of_birth=1998-03-27"},
		"qualification": {"qualified_year=2026", "qualification=ma", "entry_route=other", "entry_route_other=A route of her own"},
		"year":          {"programme=child-and-family", "starts_on=2026-09-01", "hours=37", "full_time_hours=37"},
		"eligibility": {"eligibility_registered=yes", "eligibility_qualified=2026-06-14", "eligibility_sector=yes",
			"eligibility_agency=no", "eligibility_already_funded=no"},
		"current":  {"eligibility_current=yes"},
		"assessor": {"team=North", "assessor_name=Helen Price"},
	}
}

func TestRegisterEligibility(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	steps := answers()
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		b.Fill("/register/"+step, steps[step]...).Is(303)
	}
	b.Get("/register/eligibility").Is(200, "Is the person registered with Social Work England?",
		"Nobody can be registered on this programme without it", "Nobody is turned away for it", "Source: ").Lacks("knowledge is still current")
	b.Fill("/register/eligibility").Is(422, "Select yes or no: Is the person registered")

	blocked := append(answers()["eligibility"], "eligibility_registered=no")
	b.Fill("/register/eligibility", blocked...).
		Is(422, "You need to be registered with Social Work England", "Nothing is lost")
	browse(t, h, ours).Get(paths.RegisterOn()).LeadsTo("/register/eligibility")
	browse(t, h, ours).Get("/register/name").Is(200)

	unfunded := append(answers()["eligibility"], "eligibility_already_funded=yes")
	b.Fill("/register/eligibility", unfunded...).LeadsTo("/register/assessor")
	b.Fill("/register/assessor", steps["assessor"]...).LeadsTo("/register/check")
	b.Get("/register/check").Is(200, "not funded", "An employer has already been paid")
	done := b.Fill("/register/check").Is(303)
	b.Get(done.Location).Is(200, "The year is not funded", "An employer has already been paid")
}

// A year of qualifying that alone decides nothing is let through, and said.
func TestRegisterUnsettled(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	steps := answers()
	steps["qualification"] = append(steps["qualification"], "qualified_year=2022")
	for _, part := range []string{"-day", "-month", "-year"} {
		steps["eligibility"] = append(steps["eligibility"], "eligibility_qualified"+part+"=")
	}
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.Fill("/register/"+step, steps[step]...).Is(303)
	}
	b.Get("/register/check").Is(200, "is not settled", "The year 2022 alone does not decide this").Lacks("The NQSW will be told")
	done := b.Fill("/register/check").Is(303)
	b.Get(done.Location).Is(200, "It is not settled yet: The year 2022 alone")

	steps["qualification"] = append(steps["qualification"], "qualified_year=")
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		if step == "regulator" {
			steps[step] = append(steps[step], "regulator_number=SW4322")
		}
		b.Fill("/register/"+step, steps[step]...).Is(303)
	}
	b.Fill("/register/eligibility", steps["eligibility"]...).Is(422, "Enter the day of the award")
}

// An adults' year asks one more question of those who qualified long ago, and
// forgets no answer of the page before.
func TestRegisterRaisedQuestion(t *testing.T) {
	h := onSQLite(t)
	b := browse(t, h, ours)
	steps := answers()
	steps["year"] = append(steps["year"], "programme=adults")
	steps["eligibility"] = append(steps["eligibility"], "eligibility_qualified-year=2023")
	steps["qualification"] = append(steps["qualification"], "qualified_year=2023")
	for _, step := range []string{"name", "regulator", "qualification", "year"} {
		b.Fill("/register/"+step, steps[step]...).Is(303)
	}
	b.Fill("/register/eligibility", steps["eligibility"]...).LeadsTo("/register/current")
	b.Get("/register/current").Is(200, "knowledge is still current")
	b.Fill("/register/current", steps["current"]...).LeadsTo("/register/assessor")
	b.Fill("/register/assessor", steps["assessor"]...).LeadsTo("/register/check")
	b.Get("/register/check").Is(200, "the year can be funded")
}

// Somebody with the same number elsewhere is not named to either employer.
func TestRegisterTwin(t *testing.T) {
	h := onSQLite(t)
	h.Register(t, them, entry(1, func(e *registration.Entry) { e.Number = "SW4321"; e.Identity.FamilyName = "Secret" }))
	b := browse(t, h, ours)
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.Fill("/register/"+step, answers()[step]...).Is(303)
	}
	done := b.Fill("/register/check").Is(303)
	b.Get(done.Location).Is(200, "like those of another record", "The national team has been asked").Lacks("Secret", "Barnwell")
	browse(t, h, them).Get(done.Location).Is(404)
}

func TestRegisterRefusesAnAddressInUse(t *testing.T) {
	h := onSQLite(t)
	h.Register(t, them, entry(1, func(e *registration.Entry) { e.Identity.Email = "sian@example.org" }))
	b := browse(t, h, ours)
	for _, step := range []string{"name", "regulator", "qualification", "year", "eligibility", "assessor"} {
		b.Fill("/register/"+step, answers()[step]...).Is(303)
	}
	b.Fill("/register/check").Is(422, "There is a problem").
		Has(`href="#email"`, `id="email"`) // the summary leads to the answer that is refused
	b.Get("/register/check").Is(200, "Siân Rees")
}

// A visitor who is not a coordinator gets none of these pages.
func TestPagesAreForCoordinators(t *testing.T) {
	h := onSQLite(t)
	added := h.Register(t, ours, entry(1))
	for _, path := range []string{"/registrations", "/register", paths.Registration(added.ID), paths.RegistrationDetails(added.ID),
		paths.RegistrationAllocation(added.ID), paths.RegistrationCheck(added.ID), paths.RegistrationHistory(added.ID), paths.RegistrationDone(added.ID)} {
		browse(t, h, team).Get(path).Is(403, "This page is for: Coordinator")
		if got := browse(t, h, tenant.Nobody()).Get(path); got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Location, "/sign-in") {
			t.Errorf("%s for a visitor: %d to %s", path, got.Status, got.Location)
		}
	}
}
