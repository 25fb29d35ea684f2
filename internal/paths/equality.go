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

// The other pages of outcomes, with the same query.

// OutcomesOverTime is outcomes by cohort.
func OutcomesOverTime(query url.Values) string { return withQuery("/outcomes/over-time", query) }

// OutcomesHeldEqual is what is left of differences when others are held equal.
func OutcomesHeldEqual(query url.Values) string { return withQuery("/outcomes/held-equal", query) }

// OutcomesCombined is outcomes by combinations of characteristics.
func OutcomesCombined(query url.Values) string { return withQuery("/outcomes/combined", query) }

// OutcomesByStage is who reached which stage of the year, and when.
func OutcomesByStage(query url.Values) string { return withQuery("/outcomes/stages", query) }

// OutcomesByEmployer is employers side by side.
func OutcomesByEmployer(query url.Values) string { return withQuery("/outcomes/employers", query) }

// OutcomesInProportion is shares of people against shares of fails.
func OutcomesInProportion(query url.Values) string {
	return withQuery("/outcomes/representation", query)
}

// OutcomesNotKnown is those of whom nothing is known.
func OutcomesNotKnown(query url.Values) string { return withQuery("/outcomes/not-known", query) }

// OurOutcomes is an employer's own figures.
func OurOutcomes() string { return "/organisation/outcomes" }
