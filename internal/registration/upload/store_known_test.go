package upload_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns/columnstest"
)

// Only whom another employer has on record is said to be on record elsewhere:
// somebody who comes back to us is not.
func TestWhoIsOnRecordElsewhere(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1))
		year, err := h.House.List(ctx, ours, registration.Filter{})
		must(t, err)
		must(t, h.Decide(ctx, ours, year.Rows[0].ID, year.Rows[0].Version, registration.Outcome{Result: registration.ResultWithdrawn,
			DecidedOn: asye.MustDate("2026-10-01"), Reason: "other", Concerns: "no"}))
		for who, elsewhere := range map[tenant.Scope]bool{ours: false, them: true} {
			plan, err := h.Check(ctx, who, columnstest.Sheet(t, person(1, "starts_on", "1 November 2026", "email", "")))
			must(t, err)
			told := ""
			for _, f := range plan.AllWarnings() {
				told += f.Sentence() + "\n"
			}
			if counts(plan)[0] != 1 || strings.Contains(told, "on record with another employer") != elsewhere {
				t.Errorf("%s is told %q of %v", who.Org(), told, counts(plan))
			}
		}
	})
}

func TestAFileIsOfAnEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		_, err := h.Check(ctx, tenant.System("test"), columnstest.Sheet(t, person(1)))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "Name the employer") {
			t.Errorf("without one: %v", err)
		}
	})
}
