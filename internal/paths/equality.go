package paths

import "net/url"

// MyEquality is where an NQSW answers the equality questions.
func MyEquality() string { return "/my/equality" }

// MyEqualityDone confirms that the answers are kept.
func MyEqualityDone() string { return "/my/equality/done" }

// MyEqualityWipe deletes an NQSW's answers.
func MyEqualityWipe() string { return "/my/equality/wipe" }

// Outcomes is the page of outcomes by characteristic; with a query, for some
// cohorts and characteristics only.
func Outcomes(query url.Values) string { return withQuery("/outcomes", query) }

// OutcomesFile is the same figures as a file; the query has its format.
func OutcomesFile(query url.Values) string { return withQuery("/outcomes/download", query) }

// RegistrationsByCohort is the page of registrations by cohort and employer
// type.
func RegistrationsByCohort() string { return "/registrations-by-cohort" }

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
