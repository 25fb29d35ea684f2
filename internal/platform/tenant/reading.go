package tenant

// Reading is one record, or list of records, that somebody was shown.
type Reading struct {
	Kind string // the kind of record: "enrolment", or "enrolments" for a list
	ID   string // which one; empty for a list
	File string // the name of the file, where it was taken out as one
}
