package paths

import (
	"net/url"

	"example.org/asye/internal/asye"
)

// Registrations is the cohort list; with a query, filtered and sorted.
func Registrations(query url.Values) string { return withQuery("/registrations", query) }

// RegistrationsOf is the cohort list of one cohort.
func RegistrationsOf(c asye.Cohort) string { return Registrations(url.Values{"cohort": {c.String()}}) }

// RegistrationsOverdue lists the outcomes that are overdue, in all cohorts.
func RegistrationsOverdue() string {
	return Registrations(url.Values{"cohort": {"all"}, "status": {"overdue"}})
}

// Registration is the record of one NQSW's year.
func Registration(id asye.EnrolmentID) string { return "/registrations/" + string(id) }

// RegistrationHistory is the whole timeline of a record.
func RegistrationHistory(id asye.EnrolmentID) string { return Registration(id) + "/history" }

// RegistrationDone confirms that an NQSW has been registered.
func RegistrationDone(id asye.EnrolmentID) string { return Registration(id) + "/registered" }

// RegistrationDetails puts an NQSW's details right.
func RegistrationDetails(id asye.EnrolmentID) string { return Registration(id) + "/details" }

// RegistrationAllocation names the team, the assessor and the coordinator.
func RegistrationAllocation(id asye.EnrolmentID) string { return Registration(id) + "/allocation" }

// RegistrationInvite sends the invitation again.
func RegistrationInvite(id asye.EnrolmentID) string { return Registration(id) + "/invite" }

// RegistrationCheck looks the NQSW up in the regulator's register.
func RegistrationCheck(id asye.EnrolmentID) string { return Registration(id) + "/check" }

// RegistrationPause pauses the year.
func RegistrationPause(id asye.EnrolmentID) string { return Registration(id) + "/pause" }

// RegistrationPauseRemove takes back a pause that was recorded by mistake.
func RegistrationPauseRemove(id asye.EnrolmentID, pause string) string {
	return RegistrationPause(id) + "/" + pause + "/remove"
}

// RegistrationReturn records the return from a pause.
func RegistrationReturn(id asye.EnrolmentID) string { return Registration(id) + "/return" }

// RegistrationHours changes the hours worked.
func RegistrationHours(id asye.EnrolmentID) string { return Registration(id) + "/hours" }

// RegistrationExtend extends the year.
func RegistrationExtend(id asye.EnrolmentID) string { return Registration(id) + "/extend" }

// RegistrationExtensionUndo takes back an extension.
func RegistrationExtensionUndo(id asye.EnrolmentID, extension string) string {
	return RegistrationExtend(id) + "/" + extension + "/undo"
}

// RegistrationOutcome records how the year ended.
func RegistrationOutcome(id asye.EnrolmentID) string { return Registration(id) + "/outcome" }

// RegistrationOutcomeUndo takes the outcome back.
func RegistrationOutcomeUndo(id asye.EnrolmentID) string { return RegistrationOutcome(id) + "/undo" }

// RegistrationOutcomeRecorded confirms that an outcome has been recorded.
func RegistrationOutcomeRecorded(id asye.EnrolmentID) string {
	return RegistrationOutcome(id) + "/recorded"
}

// RegistrationLeaving reports that the NQSW leaves for another employer.
func RegistrationLeaving(id asye.EnrolmentID) string { return Registration(id) + "/leaving" }

// RegistrationLeavingCancel takes back a report of leaving.
func RegistrationLeavingCancel(id asye.EnrolmentID) string {
	return RegistrationLeaving(id) + "/cancel"
}

// RegistrationObject objects to another employer's claim.
func RegistrationObject(id asye.EnrolmentID) string { return Registration(id) + "/object" }

// Register registers one NQSW, page by page.
func Register() string { return "/register" }

// RegisterOn carries on with the unfinished registration.
func RegisterOn() string { return Register() + "/check" }

// RegisterDiscard throws the unfinished registration away.
func RegisterDiscard() string { return Register() + "/discard" }

// Upload brings a cohort in from a spreadsheet.
func Upload() string { return "/upload" }

// Export takes the registrations that a query chooses out as a file.
func Export(query url.Values) string { return withQuery("/export", query) }

// Transfers lists the moves that concern an employer, leaving and joining.
func Transfers() string { return "/transfers" }

// TransferClaim claims an NQSW who is moving from another employer.
func TransferClaim() string { return "/transfers/claim" }

// TransferClaimCorrect corrects an own claim.
func TransferClaimCorrect(id string) string {
	return Transfers() + "/" + url.PathEscape(id) + "/correct"
}

// TransferClaimTakeBack takes an own claim back.
func TransferClaimTakeBack(id string) string {
	return Transfers() + "/" + url.PathEscape(id) + "/take-back"
}
