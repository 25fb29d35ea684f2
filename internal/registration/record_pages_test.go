package registration_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

// onSQLite is one house, where the engine makes no difference to the page.
func onSQLite(t *testing.T) house {
	t.Helper()
	return newHouse(t, dbtest.OpenSQLite(t, schema.All()))
}

func TestRecordShow(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.enter(t, ours, 1)
		b := h.browse(t, ours)
		b.get(paths.Registration(added.ID)).is(t, 200, "Amara Okafor1", added.Reference, "Under way", "Child and family ASYE",
			"How the last day is worked out", "12 months from 1 September 2026", "31 August 2027", "Three-month review", "Pause the year",
			"Record the outcome", "Not checked yet", "Is the person registered", "Registered by Co a", "Equality section Complete",
			"Report that they leave").lacks(t, "Record the return", "Undo")

		pause := registration.Pause{Period: asye.Since(at("2026-10-05")), Reason: "parental-leave", ExpectedReturn: at("2027-01-04")}
		if err := h.Pause(ctx, ours, added.ID, 1, pause); err != nil {
			t.Fatal(err)
		}
		b.get(paths.Registration(added.ID)).is(t, 200, "Paused", "at the earliest", "Record the return", "Year paused by Co a",
			"it counts from 5 October 2026", "Expected back on 4 January 2027").lacks(t, "Pause the year")

		o := registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "left-profession", Concerns: "no"}
		if err := h.Decide(ctx, ours, added.ID, 2, o); err != nil {
			t.Fatal(err)
		}
		b.get(paths.Registration(added.ID)).is(t, 200, "Withdrawn", "Left social work", "Undo", "20 November 2026").
			lacks(t, "Pause the year", "Record the return", "Record the outcome", "Extend the year", "Report that they leave")
		b.get(paths.RegistrationHistory(added.ID)).is(t, 200, "Withdrawn", "Year paused", "Registered")
	})
}

// A record of another employer cannot be told from one that is not there.
func TestRecordOfAnotherEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.enter(t, them, 1)
		b := h.browse(t, ours)
		for _, path := range []func(asye.EnrolmentID) string{paths.Registration, paths.RegistrationHistory, paths.RegistrationDetails,
			paths.RegistrationAllocation, paths.RegistrationCheck, paths.RegistrationDone} {
			theirs, nowhere := b.get(path(added.ID)).is(t, 404), b.get(path("nowhere")).is(t, 404)
			if theirs.words() != nowhere.words() {
				t.Errorf("%s tells another employer's record from none:\n%s\n%s", path(added.ID), theirs.words(), nowhere.words())
			}
		}
		token := url.Values{"_form": {b.get("/register/name").field("_form")}, "version": {"1"}}
		for _, path := range []string{paths.RegistrationDetails(added.ID), paths.RegistrationInvite(added.ID), paths.RegistrationCheck(added.ID), paths.RegistrationAllocation(added.ID)} {
			b.do("POST", path, token).is(t, 404)
		}
	})
}

func details(edit url.Values) url.Values {
	form := url.Values{"given_name": {"Amara"}, "family_name": {"Okafor1"}, "email": {"amara1@example.org"}, "regulator_number": {"SW2001"},
		"date_of_birth-day": {"4"}, "date_of_birth-month": {"5"}, "date_of_birth-year": {"1997"}}
	for name, values := range edit {
		form[name] = values
	}
	return form
}

func TestDetailsEdit(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.enter(t, ours, 1)
		b, page := h.browse(t, ours), paths.RegistrationDetails(added.ID)
		b.post(page, page, details(url.Values{"date_of_birth-month": {"13"}, "regulator_number": {"X9"}})).
			is(t, 422, "The date of birth must be a real date", "is not a Social Work England number").
			lacks(t, "Enter the NQSW's date of birth", "Enter the Social Work England number,")

		stale := b.get(page)
		b.post(page, page, details(url.Values{"family_name": {"Firstcomer"}})).leadsTo(t, paths.Registration(added.ID))
		late := details(url.Values{"family_name": {"Latecomer"}, "_form": {stale.field("_form")}, "version": {stale.field("version")}})
		conflict := b.do("POST", page, late).is(t, 409, "Firstcomer", "Latecomer", "Saved now", "What you typed", "Save what I typed instead")
		b.get(paths.Registration(added.ID)).is(t, 200, "Firstcomer", "Changed: ", "last name").lacks(t, "Latecomer")

		again := details(url.Values{"family_name": {"Latecomer"}, "_form": {conflict.field("_form")}, "version": {conflict.field("version")}})
		b.do("POST", page, again).leadsTo(t, paths.Registration(added.ID))
		b.do("POST", page, again).leadsTo(t, paths.Registration(added.ID)) // pressed twice
		if n := h.count(t, "audit_lines where what = 'registration.detailsChanged'"); n != 2 {
			t.Errorf("%d changes recorded, want 2", n)
		}
	})
}

func TestAllocationEdit(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.enter(t, ours, 1)
		b, page := h.browse(t, ours), paths.RegistrationAllocation(added.ID)
		form := func(assessor string) url.Values {
			return url.Values{"team": {"South"}, "assessor_name": {assessor}, "from-day": {"1"}, "from-month": {"11"}, "from-year": {"2026"}}
		}
		wrong := form("")
		wrong.Set("assessor_email", "sam@example.org")
		b.post(page, page, wrong).is(t, 422, "Enter the assessor's name as well")
		stale := b.get(page)
		b.post(page, page, form("Sam Olu")).leadsTo(t, paths.Registration(added.ID))
		b.get(paths.Registration(added.ID)).is(t, 200, "South", "Sam Olu (from 1 November 2026)", "Team, assessor or coordinator changed")
		late := form("Dana Reed")
		late.Set("_form", stale.field("_form"))
		late.Set("version", stale.field("version"))
		b.do("POST", page, late).is(t, 409, "Sam Olu", "Dana Reed")

		foreign := form("Sam Olu")
		foreign.Set("coordinator", "co-b")
		b.post(page, page, foreign).is(t, 422, "Choose one of your organisation's coordinators")
	})
}

func TestRegisterCheckPage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for number, want := range map[string][]string{
			"SW2001":   {"Registered, under the recorded name"}, // known here
			"SW999911": {"Registration has lapsed"},
			"SW999921": {"Removed from the register"},
			"SW999931": {"Registered, under another name", "Alex Otherwise"},
			"SW999941": {"Not found"},
		} {
			n, _ := strconv.Atoi(strings.TrimPrefix(number, "SW"))
			added := h.enter(t, ours, n, func(e *registration.Entry) { e.Number = registration.Number(number) })
			b, page := h.browse(t, ours), paths.RegistrationCheck(added.ID)
			b.get(page).is(t, 200, "This is a simulator", number)
			b.post(page, page, nil).leadsTo(t, paths.Registration(added.ID))
			b.get(paths.Registration(added.ID)).is(t, 200, append(want, "Checked on 22 November 2026", "Simulated register")...)
		}
	})
}

func TestInvite(t *testing.T) {
	h := onSQLite(t)
	added := h.enter(t, ours, 1)
	b, record := h.browse(t, ours), paths.Registration(added.ID)
	sent := h.count(t, "mail_outbox")
	form := url.Values{"_form": {b.get(record).field("_form")}}
	b.do("POST", paths.RegistrationInvite(added.ID), form).leadsTo(t, record)
	b.do("POST", paths.RegistrationInvite(added.ID), form).leadsTo(t, record)
	if n := h.count(t, "mail_outbox"); n != sent+1 {
		t.Errorf("%d invitations from one form", n-sent)
	}
	b.get(record).is(t, 200, "Invitation sent")
	silent := h.enter(t, ours, 2, func(e *registration.Entry) { e.Identity.Email = "" })
	b.get(paths.Registration(silent.ID)).is(t, 200, "no invitation could be sent").lacks(t, "Send the invitation again")
	b.get(paths.RegistrationDone(silent.ID)).is(t, 200, "No invitation was sent")
	b.do("POST", paths.RegistrationInvite(silent.ID), url.Values{"_form": {b.get("/register/name").field("_form")}}).
		is(t, 422, "There is no e-mail address")
}
