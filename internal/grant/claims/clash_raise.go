package claims

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/web"
)

// clashRaise tells the national team that a payment which another employer has
// claimed is one's own.
func (p *pages) clashRaise(w http.ResponseWriter, r *web.Request) error {
	v, k, err := p.asked(r, "Another employer has claimed this payment", func(row grant.Row) bool { return row.State == grant.Clash })
	if err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, clashRaisePage(v))
	}
	err = p.claims.Raise(r.Context(), r.Scope, k, v.Reason)
	if v.Problems = fault.ProblemsOf(err); v.Problems != nil {
		return r.Refuse(w, clashRaisePage(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.GrantClaims(), "The national team has been told", "They decide whose the payment is. You will read their decision here.")
}
