package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/cohort"
	"example.org/asye/internal/registration/mine"
	"example.org/asye/internal/registration/queue"
)

// Each role's home page has its own cards, and none for what somebody can do
// only in another role.
func TestCardsAreForTheirRole(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "They stay"))
		h.Run(t, `update assessor_allocations set ends_on = '2026-10-01'`)
		for name, c := range map[string]struct {
			cards web.Cards
			role  asye.Role
		}{
			"cohort": {cohort.Cards(h.Store), asye.Coordinator},
			"mine":   {mine.Cards(mine.Needs{Store: h.Store}), asye.NQSW},
			"queue":  {queue.Cards(h.Store), asye.National},
		} {
			for _, role := range asye.Roles() {
				cards, err := c.cards(ctx, tenant.SignedIn(r.Person, "a", role), today)
				if err != nil || (len(cards) > 0) != (role == c.role) {
					t.Errorf("%s for the role %s: %+v, %v", name, role, cards, err)
				}
			}
		}
	})
}
