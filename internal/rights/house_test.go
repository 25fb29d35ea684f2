package rights_test

import (
	"context"
	"testing"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/schema"
)

var (
	ctx   = context.Background()
	must  = registrationtest.Must
	self  = registrationtest.Self
	ours  = registrationtest.Ours
	whole = tenant.SignedIn("nat", "national", asye.Administrator)
	small = tenant.SignedIn("co-a", "a", asye.Administrator)
)

// house has an NQSW whose year is running, and the pages of this package.
type house struct {
	registrationtest.House
	webtest.Pages
	rights *rights.Store
	amara  registration.Record
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	schedule, err := rights.Standard()
	must(t, err)
	registrationtest.Each(t, func(t *testing.T, in registrationtest.House) {
		people := account.NewStore(in.DB, mail.NewOutbox(in.DB, nil), jobs.NewQueue(in.DB), account.DefaultSettings())
		h := house{House: in, rights: rights.NewStore(in.DB, schema.Tables(), rights.Settings{Schedule: schedule, Applies: true}, people)}
		h.Pages = webtest.Pages{DB: in.DB, Mount: func(m *web.Mux) { rights.Mount(m, h.rights) }}
		h.amara = in.Register(t, ours, registrationtest.Entry(1))
		run(t, h)
	})
}

// end lets the year of the NQSW, and their role, end on a day.
func (h house) end(t *testing.T, day string) {
	t.Helper()
	id := string(h.amara.ID)
	h.Run(t, `insert into outcomes (id, enrolment_id, result, decided_on, recorded_at, note, concerns)
		values ('o1', $1, 'passed', $2, '2026-11-22T09:30:00.000000Z', 'said in confidence', 'yes')`, id, day)
	h.Run(t, `update enrolments set starts_on = '2010-09-01', ends_on = $1 where id = $2`, day, id)
	h.Run(t, `update employments set starts_on = '2010-09-01', ends_on = $1 where person_id = $2`, day, string(h.amara.Person))
	h.Run(t, `update working_patterns set starts_on = '2010-09-01', ends_on = $1 where enrolment_id = $2`, day, id)
	h.Run(t, `update coordinator_allocations set starts_on = '2010-09-01', ends_on = $1 where enrolment_id = $2`, day, id)
	h.Run(t, `update assessor_allocations set starts_on = '2010-09-01', ends_on = $1 where enrolment_id = $2`, day, id)
	h.Run(t, `update memberships set starts_on = '2010-09-01', ends_on = $1 where person_id = $2`, day, string(h.amara.Person))
	h.Run(t, `update eligibility_evidence set recorded_at = $1 where enrolment_id = $2`, day+"T00:00:00.000000Z", id)
}

// text is the copy as its reader gets it.
func (h house) text(t *testing.T, scope tenant.Scope, person asye.PersonID) string {
	t.Helper()
	c, err := h.rights.Copy(ctx, scope, person)
	must(t, err)
	out := ""
	for _, s := range c.Sections {
		out += s.Name + ": "
		for _, r := range s.Rows {
			for _, f := range r {
				out += f.Name + "=" + f.Value + "; "
			}
		}
	}
	return out
}

// regularly is another NQSW's registration.
func regularly(n int) registration.Entry {
	return registrationtest.Entry(n, func(e *registration.Entry) { e.Identity.GivenName, e.Identity.FamilyName = "Bella", "Nwosu" })
}
