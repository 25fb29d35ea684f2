package change

import (
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/web"
)

// claimTakeBack takes back an own claim that nobody has answered.
func (p *pages) claimTakeBack(w http.ResponseWriter, r *web.Request) error {
	v, err := p.ownClaim(r, "Take back your claim")
	if err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, claimTakeBack(v))
	}
	err = p.store.TakeBackClaim(r.Context(), r.Scope, v.Move.ID, v.Seen)
	if fault.KindOf(err) == fault.Conflict {
		return r.Stale(w, claimTakeBack(v.late(err)))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Transfers(), "Your claim is taken back", "The year of "+v.Move.Name+" stays with "+v.Move.FromName+".")
}
