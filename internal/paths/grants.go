package paths

import (
	"net/url"
	"strconv"
)

// The pages of grants: what an employer can claim, its claims and statements.

// Grants is what is due for each NQSW, what cannot be claimed, and why.
func Grants() string { return "/grants" }

// GrantsWith is [Grants], narrowed down by a query.
func GrantsWith(query url.Values) string { return withQuery(Grants(), query) }

// GrantsFile is the same list as a file, in the format and narrowed down by a
// query.
func GrantsFile(query url.Values) string { return withQuery("/grants/download", query) }

// GrantSchemes lists the schemes.
func GrantSchemes() string { return "/grants/schemes" }

// GrantScheme is one scheme, with every rule and what it rests on.
func GrantScheme(key string) string { return GrantSchemes() + "/" + url.PathEscape(key) }

// GrantRule confirms a rule of a scheme that was assumed.
func GrantRule(scheme, rule string) string {
	return GrantScheme(scheme) + "/confirm/" + url.PathEscape(rule)
}

// GrantClaims lists the claims of an employer.
func GrantClaims() string { return "/grants/claims" }

// GrantClaim is one claim of an employer.
func GrantClaim(id string) string { return GrantClaims() + "/" + url.PathEscape(id) }

// GrantClaimStart begins a claim.
func GrantClaimStart() string { return GrantClaims() + "/start" }

// GrantClaimAct is what can be done with a claim: sign, submit, reopen, discard
// or leave-out.
func GrantClaimAct(id, act string) string { return GrantClaim(id) + "/" + act }

// GrantClaimFile makes the funder's file of a claim.
func GrantClaimFile(id string) string { return GrantClaim(id) + "/file" }

// GrantClaimCSV is the same file without a password.
func GrantClaimCSV(id string) string { return GrantClaim(id) + "/file.csv" }

// GrantLate asks to claim what missed its deadline.
func GrantLate(enrolment, milestone string) string {
	return "/grants/late/" + url.PathEscape(enrolment) + "/" + url.PathEscape(milestone)
}

// GrantClash tells the national team that a payment another employer has claimed
// is one's own.
func GrantClash(enrolment, milestone string) string {
	return "/grants/clash/" + url.PathEscape(enrolment) + "/" + url.PathEscape(milestone)
}

// GrantCondition brings the document that shows a condition of a scheme is met.
func GrantCondition(scheme, condition string) string {
	return GrantScheme(scheme) + "/conditions/" + url.PathEscape(condition)
}

// GrantDocument is a document that was brought.
func GrantDocument(id string) string { return "/grants/documents/" + url.PathEscape(id) }

// GrantStatements lists the statements of an employer.
func GrantStatements() string { return "/grants/statements" }

// GrantStatement is one statement of an employer.
func GrantStatement(id string) string { return GrantStatements() + "/" + url.PathEscape(id) }

// GrantStatementFile is what is on a statement, as a spreadsheet.
func GrantStatementFile(id, format string) string {
	return GrantStatement(id) + "?" + url.Values{"format": {format}}.Encode()
}

// GrantAnnounced records that a funder outside has announced a statement, or
// paid it.
func GrantAnnounced(statement string) string { return GrantStatement(statement) + "/announced" }

// GrantAnswer records what a funder outside has answered to a claim.
func GrantAnswer(claim string) string { return GrantClaim(claim) + "/answer" }

// GrantTakenBack records that a funder outside takes a payment back.
func GrantTakenBack(payment string) string {
	return "/grants/payments/" + url.PathEscape(payment) + "/taken-back"
}

// GrantMoney holds what an employer's bank received against its statements.
func GrantMoney() string { return "/grants/money" }

// GrantMoneyNew brings in what a bank tells.
func GrantMoneyNew() string { return GrantMoney() + "/new" }

// GrantMoneyLine is one amount that arrived, typed.
func GrantMoneyLine() string { return GrantMoneyNew() + "/line" }

// GrantMoneyCheck shows what was read of a bank's file before it is brought in.
func GrantMoneyCheck(page int) string {
	if page > 1 {
		return GrantMoneyNew() + "/check?page=" + strconv.Itoa(page)
	}
	return GrantMoneyNew() + "/check"
}

// GrantMoneyDiscard throws away what was read of a bank's file.
func GrantMoneyDiscard() string { return GrantMoneyNew() + "/discard" }

// GrantMoneyHold says what one amount that arrived is for.
func GrantMoneyHold(id string) string { return GrantMoney() + "/" + url.PathEscape(id) }

// GrantYear is where an employer stands: expected against paid, by cohort.
func GrantYear() string { return "/grants/year" }

// GrantJournal is the ledger of an employer, for its finance system.
func GrantJournal() string { return "/grants/journal.csv" }

// GrantEstimate gives how many NQSWs are expected of a scheme.
func GrantEstimate(scheme string) string { return GrantScheme(scheme) + "/estimate" }

// GrantEstimateAccepted records that a funder outside has accepted an estimate.
func GrantEstimateAccepted(scheme string) string { return GrantEstimate(scheme) + "/accepted" }

// The pages of the funder.

// Funding is what waits for the national team.
func Funding() string { return "/funding" }

// FundingClaim is one claim that was sent.
func FundingClaim(id string) string { return "/funding/claims/" + url.PathEscape(id) }

// FundingDocument is a document that an employer brought.
func FundingDocument(id string) string { return "/funding/documents/" + url.PathEscape(id) }

// FundingPayment is one payment, where it is taken back.
func FundingPayment(id string) string { return "/funding/payments/" + url.PathEscape(id) }

// FundingClash settles what two employers claim.
func FundingClash(id string) string { return "/funding/clashes/" + url.PathEscape(id) }

// FundingLate answers a request to claim late.
func FundingLate(id string) string { return "/funding/late/" + url.PathEscape(id) }

// FundingEstimate accepts an estimate.
func FundingEstimate(id string) string { return "/funding/estimates/" + url.PathEscape(id) }

// FundingStatements lists the statements of every employer.
func FundingStatements() string { return "/funding/statements" }

// FundingStatement is one statement of any employer.
func FundingStatement(id string) string { return FundingStatements() + "/" + url.PathEscape(id) }

// FundingAdjust adjusts the open statement of an employer.
func FundingAdjust() string { return "/funding/adjust" }

// FundingBatches lists the batches of payments.
func FundingBatches() string { return "/funding/batches" }

// FundingBatch is one batch.
func FundingBatch(id string) string { return FundingBatches() + "/" + url.PathEscape(id) }

// FundingBatchAct is what is done with a batch: approve, discard, pay, or the
// file of its payments.
func FundingBatchAct(id, act string) string { return FundingBatch(id) + "/" + act }

// FundingClose closes the open statements of a scheme.
func FundingClose(scheme string) string { return "/funding/close/" + url.PathEscape(scheme) }

// FundingBudget says what there is to spend on a scheme.
func FundingBudget(scheme string) string { return "/funding/budgets/" + url.PathEscape(scheme) }

// FundingReport is what was claimed and paid, by kind of employer, region and
// month.
func FundingReport() string { return "/funding/report" }

// FundingLedger is the ledger of every employer.
func FundingLedger() string { return "/funding/ledger.csv" }
