package change

import (
	"context"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// Employers lists the employers that are open, by name: the key of an option is
// the identifier of the organisation.
type Employers func(ctx context.Context) ([]registration.Option, error)

// How a year ended is decided only by somebody who has shown lately that it is
// them (ACC-54).
var (
	mayChange = access.Years.For(asye.Coordinator)
	mayDecide = mayChange.Fresh()
	mayMove   = access.Moves.For(asye.Coordinator)
)

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
	record, transfer := web.Personal("enrolment", "id"), web.Personal("transfer", "id")
	m.Form(pattern(paths.RegistrationPause(id)), mayChange, record, web.Once, p.pauseNew)
	m.Form(pattern(paths.RegistrationPauseRemove(id, part)), mayChange, record, web.Once, p.pauseRemove)
	m.Form(pattern(paths.RegistrationReturn(id)), mayChange, record, web.Once, p.pauseReturn)
	m.Form(pattern(paths.RegistrationHours(id)), mayChange, record, web.Once, p.hoursChange)
	m.Form(pattern(paths.RegistrationExtend(id)), mayChange, record, web.Once, p.extensionNew)
	m.Form(pattern(paths.RegistrationExtensionUndo(id, part)), mayChange, record, web.Once, p.extensionUndo)
	m.Form(pattern(paths.RegistrationOutcome(id)), mayDecide, record, web.Once, p.outcomeRecord)
	m.Page(pattern(paths.RegistrationOutcomeRecorded(id)), mayChange, record, p.outcomeRecorded)
	m.Form(pattern(paths.RegistrationOutcomeUndo(id)), mayDecide, record, web.Once, p.outcomeUndo)
	m.Form(pattern(paths.RegistrationLeaving(id)), mayChange, record, web.Once, p.leavingReport)
	m.Form(pattern(paths.RegistrationLeavingCancel(id)), mayChange, record, web.Once, p.leavingCancel)
	m.Form(pattern(paths.RegistrationObject(id)), mayChange, record, web.Once, p.claimObject)
	m.Page(paths.Transfers(), mayMove, web.Personal("transfers", ""), p.transferList)
	m.Form(paths.TransferClaim(), mayMove, web.Plain, web.Once, p.transferClaim)
	m.Form(pattern(paths.TransferClaimCorrect("{id}")), mayMove, transfer, web.Once, p.claimCorrect)
	m.Form(pattern(paths.TransferClaimTakeBack("{id}")), mayMove, transfer, web.Once, p.claimTakeBack)
}
