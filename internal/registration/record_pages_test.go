package registration_test

import (
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/registration"
)

func TestRecordShow(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, ours, entry(1))
		b := browse(t, h, ours)
		b.Get(paths.Registration(added.ID)).Is(200, "Amara Okafor1", added.Reference, "Under way", "Child and family ASYE",
			"How the last day is worked out", "12 months from 1 September 2026", "31 August 2027", "Three-month review", "Pause the year",
			"Record the outcome", "Not checked yet", "Is the person registered", "Registered by Co a", "Equality section Complete",
			"Report that they leave").Lacks("Record the return", "Undo")

		pause := registration.Pause{Period: asye.Since(at("2026-10-05")), Reason: "parental-leave", ExpectedReturn: at("2027-01-04")}
		if err := h.Pause(ctx, ours, added.ID, 1, pause); err != nil {
			t.Fatal(err)
		}
		b.Get(paths.Registration(added.ID)).Is(200, "Paused", "If Amara returns on 4 January 2027, the last day is 30 November 2027", "The earliest it could be", "Record the return", "Year paused by Co a",
			"it counts from 5 October 2026", "Expected back on 4 January 2027").Lacks("Pause the year")

		o := registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: "left-profession", Concerns: "no"}
		if err := h.Decide(ctx, ours, added.ID, 2, o); err != nil {
			t.Fatal(err)
		}
		b.Get(paths.Registration(added.ID)).Is(200, "Withdrawn", "Left social work", "Undo", "20 November 2026").
			Lacks("Pause the year", "Record the return", "Record the outcome", "Extend the year", "Report that they leave")
		b.Get(paths.RegistrationHistory(added.ID)).Is(200, "Withdrawn", "Year paused", "Registered")
	})
}

// A record of another employer cannot be told from one that is not there.
func TestRecordOfAnotherEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, them, entry(1))
		b := browse(t, h, ours)
		for _, path := range []func(asye.EnrolmentID) string{paths.Registration, paths.RegistrationHistory, paths.RegistrationDetails,
			paths.RegistrationAllocation, paths.RegistrationCheck, paths.RegistrationDone} {
			theirs, nowhere := b.Get(path(added.ID)).Is(404), b.Get(path("nowhere")).Is(404)
			if theirs.Text() != nowhere.Text() {
				t.Errorf("%s tells another employer's record from none:\n%s\n%s", path(added.ID), theirs.Text(), nowhere.Text())
			}
		}
		form := b.Get("/register/name")
		for _, path := range []string{paths.RegistrationDetails(added.ID), paths.RegistrationInvite(added.ID), paths.RegistrationCheck(added.ID), paths.RegistrationAllocation(added.ID)} {
			b.Forge(form, path, "version=1").Is(404)
		}
	})
}

func details(edit ...string) []string {
	return append([]string{"given_name=Amara", "family_name=Okafor1", "email=amara1@example.org", "regulator_number=SW2001",
		"date_of_birth=1997-05-04"}, edit...)
}

func TestDetailsEdit(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, ours, entry(1))
		b, page := browse(t, h, ours), paths.RegistrationDetails(added.ID)
		b.Fill(page, details("date_of_birth-month=13", "regulator_number=X9")...).
			Is(422, "The date of birth must be a real date", "is not a Social Work England number").
			Lacks("Enter the NQSW's date of birth", "Enter the Social Work England number,")

		stale := b.Get(page)
		b.Fill(page, details("family_name=Firstcomer")...).LeadsTo(paths.Registration(added.ID))
		conflict := stale.Submit(details("family_name=Latecomer")...).Is(409, "Firstcomer", "Latecomer", "Saved now", "What you typed", "Save what I typed instead")
		b.Get(paths.Registration(added.ID)).Is(200, "Firstcomer", "Changed: ", "last name").Lacks("Latecomer")

		conflict.Submit(details("family_name=Latecomer")...).LeadsTo(paths.Registration(added.ID))
		conflict.Submit(details("family_name=Latecomer")...).LeadsTo(paths.Registration(added.ID)) // pressed twice
		if n := h.Count(t, "audit_lines where what = 'registration.detailsChanged'"); n != 2 {
			t.Errorf("%d changes recorded, want 2", n)
		}
	})
}

func TestAllocationEdit(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		added := h.Register(t, ours, entry(1))
		b, page := browse(t, h, ours), paths.RegistrationAllocation(added.ID)
		form := func(assessor string, edit ...string) []string {
			return append([]string{"team=South", "assessor_name=" + assessor, "from=2026-11-01"}, edit...)
		}
		b.Fill(page, form("", "assessor_email=sam@example.org")...).Is(422, "Enter the assessor's name as well")
		stale := b.Get(page)
		b.Fill(page, form("Sam Olu")...).LeadsTo(paths.Registration(added.ID))
		b.Get(paths.Registration(added.ID)).Is(200, "South", "Sam Olu (from 1 November 2026)", "Team, assessor or coordinator changed")
		stale.Submit(form("Dana Reed")...).Is(409, "Sam Olu", "Dana Reed")
		b.Fill(page, form("Sam Olu", "coordinator=co-b")...).Is(422, "Choose one of your organisation's coordinators")
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
			added := h.Register(t, ours, entry(n, func(e *registration.Entry) { e.Number = registration.Number(number) }))
			b, page := browse(t, h, ours), paths.RegistrationCheck(added.ID)
			b.Get(page).Is(200, "This is a simulator", number)
			b.Fill(page).LeadsTo(paths.Registration(added.ID))
			b.Get(paths.Registration(added.ID)).Is(200, append(want, "Checked on 22 November 2026", "Simulated register")...)
		}
	})
}

func TestInvite(t *testing.T) {
	h := onSQLite(t)
	added := h.Register(t, ours, entry(1))
	b, record := browse(t, h, ours), paths.Registration(added.ID)
	sent := h.Count(t, "mail_outbox")
	page := b.Get(record)
	page.Press(paths.RegistrationInvite(added.ID)).LeadsTo(record)
	page.Press(paths.RegistrationInvite(added.ID)).LeadsTo(record)
	if n := h.Count(t, "mail_outbox"); n != sent+1 {
		t.Errorf("%d invitations from one form", n-sent)
	}
	b.Get(record).Is(200, "Invitation sent")
	silent := h.Register(t, ours, entry(2, func(e *registration.Entry) { e.Identity.Email = "" }))
	b.Get(paths.Registration(silent.ID)).Is(200, "no invitation could be sent").Lacks("Send the invitation again")
	b.Get(paths.RegistrationDone(silent.ID)).Is(200, "No invitation was sent")
	b.Forge(b.Get("/register/name"), paths.RegistrationInvite(silent.ID)).
		Is(422, "There is no e-mail address")
}
