package access

import "example.org/asye/internal/platform/policy"

// The sensitive fields of NQSWs, in the order in which people would ask for
// them.
var (
	Name        = policy.Field{Name: "name", Columns: []string{"people.given_name", "people.family_name"}}
	MiddleNames = policy.Field{Name: "middle names", Columns: []string{"people.middle_names"}}
	Email       = policy.Field{Name: "e-mail address", Columns: []string{"people.email"}}
	Birth       = policy.Field{Name: "date of birth", Columns: []string{"nqsws.date_of_birth"}}
	Number      = policy.Field{Name: "Social Work England number", Columns: []string{"nqsws.regulator_number"}}
	Training    = policy.Field{Name: "day of joining the register, qualification and route into social work", Columns: []string{
		"nqsws.added_to_register_on", "nqsws.qualification", "nqsws.qualified_year", "nqsws.entry_route", "nqsws.entry_route_other"}}
	Reference = policy.Field{Name: "reference", Columns: []string{"enrolments.reference"}}
	Evidence  = policy.Field{Name: "answers about eligibility", Columns: []string{"eligibility_evidence.evidence"}}
	Check     = policy.Field{Name: "what the regulator’s register said", Columns: []string{"register_checks.number", "register_checks.registered_name",
		"register_checks.result"}}
	Reasons = policy.Field{Name: "reasons of pauses and extensions, and who approved them", Columns: []string{"pauses.reason", "extensions.reason",
		"extensions.approver"}}
	Notes   = policy.Field{Name: "notes that coordinators write", Columns: []string{"pauses.note", "extensions.note", "outcomes.note"}}
	Undone  = policy.Field{Name: "why an extension or an outcome was taken back", Columns: []string{"extensions.undone_reason", "outcomes.undone_reason"}}
	Outcome = policy.Field{Name: "outcome, and the reason of a withdrawal", Columns: []string{"outcomes.result", "outcomes.reason"}}
	Concern = policy.Field{Name: "concerns at a withdrawal", Columns: []string{"outcomes.concerns"}}
	Dispute = policy.Field{Name: "what is disputed about a move", Columns: []string{"transfers.dispute"}}
	Ruling  = policy.Field{Name: "how a move was settled, and why", Columns: []string{"transfers.resolution"}}
	Answers = policy.Field{Name: "answers to the equality questions", Columns: []string{"equality_answers.sex", "equality_answers.gender_same",
		"equality_answers.gender_identity", "equality_answers.ethnic_group", "equality_answers.ethnic_background",
		"equality_answers.ethnic_detail", "equality_answers.disability"}}
)

// The sensitive fields of others, and of the service itself.
var (
	Assessor  = policy.Field{Name: "assessor’s name and e-mail address", Columns: []string{"assessor_allocations.assessor_name", "assessor_allocations.assessor_email"}}
	WorkName  = policy.Field{Name: "name of whoever acts in their work", Columns: []string{"people.given_name@work", "people.family_name@work"}}
	WorkMail  = policy.Field{Name: "e-mail address of whoever acts in their work", Columns: []string{"people.email@work"}}
	WorkNames = policy.Field{Name: "middle names of whoever acts in their work", Columns: []string{"people.middle_names@work"}}
	Contact   = policy.Field{Name: "employer’s contact", Columns: []string{"organisations.contact_name", "organisations.contact_email", "organisations.contact_phone"}}
	Director  = policy.Field{Name: "employer’s director", Columns: []string{"organisations.director_name", "organisations.director_email"}}
	Body      = policy.Field{Name: "telephone and e-mail address of the national body", Columns: []string{"organisations.contact_email@national",
		"organisations.contact_phone@national"}}
	BodyName = policy.Field{Name: "contact’s name at the national body", Columns: []string{"organisations.contact_name@national"}}
	Device   = policy.Field{Name: "devices", Columns: []string{"sessions.device", "half_sign_ins.device"}}
	Passkey  = policy.Field{Name: "names of passkeys", Columns: []string{"passkeys.name"}}
	App      = policy.Field{Name: "secret of an authenticator app, while it is set up", Columns: []string{"authenticators.pending"}}
	Account  = policy.Field{Name: "account in an organisation’s own directory", Columns: []string{"directory_accounts.subject", "directory_accounts.shown_as"}}
	Draft    = policy.Field{Name: "what has been typed", Columns: []string{"journey_drafts.answers"}}
	File     = policy.Field{Name: "name of an uploaded file", Columns: []string{"uploads.file_name"}}
	Rows     = policy.Field{Name: "rows of an uploaded file, and why some were left out", Columns: []string{"uploads.content", "uploads.left_out"}}
	Trail    = policy.Field{Name: "before, after and reason of a change", Columns: []string{"audit_lines.before", "audit_lines.after", "audit_lines.reason"}}
	Reason   = policy.Field{Name: "reason of a change", Columns: []string{"audit_lines.reason"}}
	Facts    = policy.Field{Name: "facts of a change, in words", Columns: []string{"audit_lines.before", "audit_lines.after"}}
	Message  = policy.Field{Name: "recipient and subject of a message, and why it was not sent", Columns: []string{"mail_outbox.recipient",
		"mail_outbox.subject", "mail_outbox.last_error"}}
	Letter  = policy.Field{Name: "text of a message, only where there is no mail server", Columns: []string{"mail_outbox.body"}}
	Failure = policy.Field{Name: "why a job failed", Columns: []string{"jobs.last_error"}}
	Note    = policy.Field{Name: "note on two records that may be one person", Columns: []string{"duplicates.note"}}
	Hold    = policy.Field{Name: "why somebody’s data must not be erased for now", Columns: []string{"holds.reason"}}
)

// details are what somebody confirms, and their employer may correct.
var details = []policy.Field{Name, MiddleNames, Email, Birth, Number, Training}

// Fields are all of them, in the order of the table.
func Fields() []policy.Field {
	return []policy.Field{Name, MiddleNames, Email, Birth, Number, Training, Reference, Evidence, Check, Reasons, Notes, Undone, Outcome,
		Concern, Dispute, Ruling, Answers, Assessor, WorkName, WorkMail, WorkNames, Contact, Director, Body, BodyName, Device, Passkey, App, Account, Draft, File,
		Rows, Reason, Facts, Message, Letter, Failure, Note, Hold, ClaimShown, ClaimFacts, ClaimBack, ClaimReason, ItemReason, BankText}
}
