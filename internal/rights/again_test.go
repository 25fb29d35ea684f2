package rights_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/rights"
)

// Whoever was erased is erased again in a copy that still has them, although
// their year runs there.
func TestBAK13_ErasedAgain(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		system := tenant.System("asye restore")
		before := h.House.DB.Clock().Now()
		e := rights.Erased{Person: h.amara.Person, Ground: rights.Asked, Reason: "asked on 3 May"}
		if err := h.rights.EraseAgain(ctx, whole, e); err != nil {
			t.Fatal(err)
		}
		if got := h.text(t, system, h.amara.Person); strings.Contains(got, "Amara") || strings.Contains(got, "SW1001") {
			t.Errorf("what is left:\n%s", got)
		}
		since, err := h.rights.ErasedSince(ctx, system, before)
		if err != nil || len(since) != 1 || since[0] != e {
			t.Errorf("erased since: %+v, %v", since, err)
		}
		if since, err := h.rights.ErasedSince(ctx, system, h.House.DB.Clock().Now().Add(1000)); err != nil || len(since) != 0 {
			t.Errorf("erased since now: %+v, %v", since, err)
		}
		for _, scope := range []tenant.Scope{small, ours, tenant.SignedIn("x", "national", asye.Analyst)} {
			if err := h.rights.EraseAgain(ctx, scope, e); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("by somebody else: %v", err)
			}
			if _, err := h.rights.ErasedSince(ctx, scope, before); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("read by somebody else: %v", err)
			}
		}
	})
}
