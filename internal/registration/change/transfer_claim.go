package change

import (
	"errors"
	"net/http"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// claimWords is what the page is called wherever it is named.
const claimWords = "Claim an NQSW who is joining you"

// transferClaimView is a claim as typed.
type transferClaimView struct {
	ui.Page
	Number               string
	DateOfBirth, JoinsOn ui.DateField
	Ours                 *registration.Ours // the record, when the NQSW is with the employer already
}

// transferClaim says that an NQSW of another employer now works here. It shows
// nothing about anybody: whoever asks must know the number and date of birth.
func (p *pages) transferClaim(w http.ResponseWriter, r *web.Request) error {
	v := transferClaimView{Page: r.Page(claimWords), Number: r.Value("regulator_number")}
	v.Back = &ui.Link{Text: "Back to moves", Href: paths.Transfers()}
	if !r.Posted() {
		return r.Render(w, transferClaim(v))
	}
	wanted, bad := v.read(r)
	if len(bad) > 0 {
		v.Problems = bad
		return r.Refuse(w, transferClaim(v))
	}
	err := p.store.Claim(r.Context(), r.Scope, wanted)
	var own registration.Ours
	if errors.As(err, &own) {
		v.Ours = &own
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		v.Problems = fault.ProblemsOf(err)
		return r.Refuse(w, transferClaim(v))
	case fault.Conflict:
		v.Problems = fault.Problems{{Field: "regulator_number", Text: err.Error()}}
		return r.Stale(w, transferClaim(v))
	}
	if err != nil {
		return err
	}
	return r.Say(w, paths.Transfers(), "Your claim is recorded", "Their present employer has been asked to answer. The page below says what the move waits for, and there you can correct the claim or take it back.")
}

func (v *transferClaimView) read(r *web.Request) (registration.Wanted, fault.Problems) {
	var bad fault.Problems
	var wanted registration.Wanted
	var err error
	wanted.Number, err = registration.ParseNumber(v.Number)
	bad.If(err != nil, "regulator_number", "%v", err)
	v.DateOfBirth, wanted.DateOfBirth = r.Date("date_of_birth", "The date of birth", &bad)
	bad.If(v.DateOfBirth.Blank(), "date_of_birth", "Enter the NQSW’s date of birth, like 27 3 1998")
	v.JoinsOn, wanted.JoinsOn = r.Date("joins_on", "The first day with you", &bad)
	bad.If(v.JoinsOn.Blank(), "joins_on", "Enter the first day on which the NQSW works for you, like 27 3 2027")
	return wanted, bad
}
