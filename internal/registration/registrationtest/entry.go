package registrationtest

import (
	"fmt"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// Born is the day on which everybody of [Entry] was born.
var Born = asye.MustDate("1998-02-03")

// Entry is the nth of any number of good registrations, with what is edited in
// it: full time, funded, and each of another person.
func Entry(n int, edit ...func(*registration.Entry)) registration.Entry {
	e := registration.Entry{
		Identity: asye.Identity{GivenName: "Amara", FamilyName: fmt.Sprintf("Okafor%d", n),
			Email: fmt.Sprintf("amara%d@example.org", n)},
		Number: registration.Number(fmt.Sprintf("SW%d", 1000+n)), DateOfBirth: Born, QualifiedYear: 2026,
		Qualification: "msc", EntryRoute: "postgraduate", Programme: "child-and-family", StartsOn: asye.MustDate("2026-09-01"),
		Hours: 3700, FullTimeHours: 3700, Team: "Duty", AssessorName: "Ann Assessor",
		Eligibility: programme.Answers{Registered: programme.Yes, InSector: programme.Yes, Agency: programme.No,
			AlreadyFunded: programme.No, YearFinished: 2026},
	}
	for _, change := range edit {
		change(&e)
	}
	return e
}

// Register registers somebody, and gives their record.
func (h House) Register(t testing.TB, scope tenant.Scope, e registration.Entry) registration.Record {
	t.Helper()
	added, err := h.Add(ctx, scope, e)
	Must(t, err)
	return h.Record(t, scope, added.ID)
}

// Record is a record that somebody may see.
func (h House) Record(t testing.TB, scope tenant.Scope, id asye.EnrolmentID) registration.Record {
	t.Helper()
	r, err := h.Get(ctx, scope, id)
	Must(t, err)
	return r
}

// Self is the NQSW of a record, signed in with the employer of their year.
func Self(r registration.Record) tenant.Scope { return tenant.SignedIn(r.Person, r.Org, asye.NQSW) }
