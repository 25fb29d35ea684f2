package grant_test

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

var ctx = context.Background()

// states are what an employer's milestones come to: "registration: claimable".
func states(t *testing.T, h granttest.House, scope tenant.Scope) string {
	t.Helper()
	rows, err := h.Grants.Due(ctx, scope)
	registrationtest.Must(t, err)
	var out []string
	for _, r := range rows {
		out = append(out, r.FamilyName+" "+r.Milestone.Key+": "+string(r.State))
	}
	return strings.Join(out, ", ")
}

func TestDueReadsTheFactsOfEachYear(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		h.Checked(t, granttest.Ours, 1)
		unfunded := h.Checked(t, granttest.Ours, 2, func(e *registration.Entry) { e.QualifiedYear, e.Eligibility.YearFinished = 2019, 2019 })
		h.Checked(t, granttest.Them, 3)
		if got, want := states(t, h, granttest.Ours), "Okafor1 registration: claimable, Okafor1 completion: not_yet, Okafor2 registration: never, Okafor2 completion: never"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got, want := states(t, h, granttest.Them), "Okafor3 registration: claimable, Okafor3 completion: not_yet"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		rows, err := h.Grants.Due(ctx, granttest.Director)
		registrationtest.Must(t, err)
		for _, r := range rows {
			f := r.Facts
			if len(f.Stays) != 1 || f.Stays[0].Org != "a" || f.Stays[0].Type != asye.LocalAuthority || f.CheckedOn != f.Start || !f.CheckGood || r.OrgName != "Ashford" {
				t.Errorf("%s: %+v", r.Name(), f)
			}
			if (f.Enrolment == unfunded.ID) == f.Funded || !f.Funded && f.Unfunded == "" {
				t.Errorf("%s is funded: %v, %q", r.Name(), f.Funded, f.Unfunded)
			}
		}
		_, err = h.Grants.Due(ctx, granttest.Team)
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the national team lists what is due to nobody: %v", err)
		}
	})
}

func TestGRA5_AFormerEmployerKeepsItsPayment(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		r := h.Checked(t, granttest.Ours, 1)
		h.Run(t, `update employments set ends_on = '2026-11-01' where person_id = $1`, string(r.Person))
		h.Run(t, `insert into employments (id, person_id, org_id, starts_on) values ('later', $1, 'b', '2026-11-01')`, string(r.Person))
		h.Run(t, `update enrolments set org_id = 'b' where id = $1`, string(r.ID))
		if got, want := states(t, h, granttest.Ours), "Okafor1 registration: claimable"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got, want := states(t, h, granttest.Them), "Okafor1 registration: never, Okafor1 completion: not_yet"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func TestGRA15_AnAssumptionIsConfirmedAsItReads(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		confirm := func(scope tenant.Scope, rule, note string) error {
			return h.Grants.Confirm(ctx, scope, granttest.Scheme, rule, note)
		}
		for _, one := range []struct {
			name       string
			scope      tenant.Scope
			rule, note string
			want       fault.Kind
		}{
			{"a coordinator", granttest.Ours, "leaving", "By telephone", fault.Forbidden},
			{"without saying how", granttest.Team, "leaving", " ", fault.Invalid},
			{"a rule with a source", granttest.Team, "window", "By telephone", fault.NotFound},
		} {
			if err := confirm(one.scope, one.rule, one.note); fault.KindOf(err) != one.want || err == nil {
				t.Errorf("%s: %v", one.name, err)
			}
		}
		registrationtest.Must(t, confirm(granttest.Team, "leaving", " The funder wrote so on 3 November "))
		if err := confirm(granttest.Second, "leaving", "Again"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a rule is confirmed twice: %v", err)
		}
		all, err := h.Grants.Confirmations(ctx, granttest.Ours, granttest.Scheme)
		registrationtest.Must(t, err)
		s, _ := h.Grants.Book().Get(granttest.Scheme)
		if len(all) != 1 || all[0].Rule != "leaving" || all[0].Note != "The funder wrote so on 3 November" || !strings.Contains(all[0].Said, "28 days") {
			t.Errorf("%+v", all)
		}
		for _, r := range s.Assumed() {
			if r.Key == "leaving" && all[0].Said != r.Text {
				t.Errorf("it was confirmed as %q, and reads %q", all[0].Said, r.Text)
			}
		}
	})
}

func TestWithinSeesItsOwnTransaction(t *testing.T) {
	h := granttest.OnSQLite(t)
	r := h.Checked(t, granttest.Ours, 1)
	undo := h.DB.Keep(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `update enrolments set funded = $1 where id = $2`, false, string(r.ID)); err != nil {
			return err
		}
		rows, err := h.Grants.Within(ctx, tx, granttest.Ours)
		registrationtest.Must(t, err)
		if rows[0].State != grant.Never {
			t.Errorf("the transaction sees %s", rows[0].State)
		}
		return context.Canceled
	})
	if undo != context.Canceled {
		t.Fatal(undo)
	}
	rows, err := h.Grants.Due(ctx, granttest.Ours)
	registrationtest.Must(t, err)
	if rows[0].State != grant.Claimable {
		t.Errorf("everybody else sees %s", rows[0].State)
	}
}
