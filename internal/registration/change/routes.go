package change

import (
	"context"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// Employers lists the employers that are open, by name: the key of an option is
// the identifier of the organisation.
type Employers func(ctx context.Context) ([]registration.Option, error)

var mayChange = policy.Allow(asye.Coordinator)

// placeholders gives an address made of placeholders its braces back.
var placeholders = strings.NewReplacer("%7B", "{", "%7D", "}")

type pages struct {
	store     *registration.Store
	employers Employers
}

// Mount serves the pages of this package.
func Mount(m *web.Mux, s *registration.Store, employers Employers) {
	p := &pages{s, employers}
	const id, part = asye.EnrolmentID("{id}"), "{part}"
	pattern := placeholders.Replace
	m.Form(pattern(paths.RegistrationPause(id)), mayChange, p.pauseNew)
	m.Form(pattern(paths.RegistrationPauseRemove(id, part)), mayChange, p.pauseRemove)
	m.Form(pattern(paths.RegistrationReturn(id)), mayChange, p.pauseReturn)
	m.Form(pattern(paths.RegistrationHours(id)), mayChange, p.hoursChange)
	m.Form(pattern(paths.RegistrationExtend(id)), mayChange, p.extensionNew)
	m.Form(pattern(paths.RegistrationExtensionUndo(id, part)), mayChange, p.extensionUndo)
	m.Form(pattern(paths.RegistrationOutcome(id)), mayChange, p.outcomeRecord)
	m.Page(pattern(paths.RegistrationOutcomeRecorded(id)), mayChange, p.outcomeRecorded)
	m.Form(pattern(paths.RegistrationOutcomeUndo(id)), mayChange, p.outcomeUndo)
	m.Form(pattern(paths.RegistrationLeaving(id)), mayChange, p.leavingReport)
	m.Form(pattern(paths.RegistrationLeavingCancel(id)), mayChange, p.leavingCancel)
	m.Form(pattern(paths.RegistrationObject(id)), mayChange, p.claimObject)
	m.Page(paths.Transfers(), mayChange, p.transferList)
	m.Form(paths.TransferClaim(), mayChange, p.transferClaim)
	m.Form(pattern(paths.TransferClaimCorrect("{id}")), mayChange, p.claimCorrect)
	m.Form(pattern(paths.TransferClaimTakeBack("{id}")), mayChange, p.claimTakeBack)
}
