package asye

// Stage is something that can happen in the course of a year, such as a deferral.
// Each capability lists those that it records.
type Stage struct {
	Key  string // "deferred"
	Name string // "Deferred"
	// Adverse says that nobody would wish for it: a higher rate is a worse one.
	Adverse bool
	// Days is a query that gives each enrolment that reached the stage, once, and
	// the day on which it first did. It takes no arguments.
	Days string
}
