package access

import (
	"slices"

	"example.org/asye/internal/platform/policy"
)

// The sensitive fields of claims.
var (
	ClaimShown  = policy.Field{Name: "who a payment is for", Columns: []string{"grant_lines.shown"}}
	ClaimFacts  = policy.Field{Name: "the facts that a payment rests on: dates, pauses, outcome", Columns: []string{"grant_lines.facts", "grant_lines.reasons"}}
	ClaimBack   = policy.Field{Name: "why a payment was returned or taken back", Columns: []string{"grant_lines.payment_reason", "grant_lines.recovery_reason"}}
	ClaimReason = policy.Field{Name: "why an employer wants a payment that another has, or that is late, and the answer", Columns: []string{"grant_clashes.reason",
		"grant_clashes.decided_why", "grant_late_requests.reason", "grant_late_requests.answer_why"}}
)

// claimed are all of them.
var claimed = []policy.Field{ClaimShown, ClaimFacts, ClaimBack, ClaimReason}

// ofClaims is what is seen of an NQSW where money is concerned.
var ofClaims = append([]policy.Field{Name, Number, Reference, Check, Outcome}, claimed...)

// Schemes are the rules of grants.
var Schemes = policy.Thing{Name: "The rules of grants",
	Holds: "What funders pay, for whom and until when, which of it is assumed, and who confirmed that.",
	Grants: slices.Concat(
		each([]policy.Reader{policy.Coordinator, policy.Director, policy.National}, policy.Grant{In: policy.Anybody(), What: "Rules, and who confirmed them", Why: "They claim, sign or pay by them"}),
		each([]policy.Reader{policy.Coordinator, policy.Director, policy.National}, policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A confirmed rule says by whom"})),
	Asks: []string{"grant.Store.Confirmations"},
}

// Confirming is saying that an assumed rule holds.
var Confirming = policy.Thing{Name: "Confirming a rule of a grant",
	Holds:  "That a rule which was assumed has been confirmed with the funder.",
	Grants: []policy.Grant{{To: policy.National, In: policy.Anybody(), What: "Rules", Why: "They speak with the funder, or are it"}},
	Asks:   []string{"grant.Store.Confirm"},
}

// Entitlements are what registrations are worth.
var Entitlements = policy.Thing{Name: "What can be claimed for an NQSW",
	Holds: "For each NQSW, which payments can be claimed, which cannot and why, and which have been.",
	Grants: []policy.Grant{
		{To: policy.Coordinator, In: policy.Known(), Sees: ofClaims, Why: "They claim for their employer. Of a year that has moved on they see what falls in its time with them, and what they were paid"},
		{To: policy.Director, In: policy.Known(), Sees: ofClaims, Why: "They sign what is claimed, and answer for it"},
		{To: policy.Coordinator, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who drafted and signed it"},
		{To: policy.Director, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who drafted and signed it"},
	},
	Asks: []string{"grant.Store.Due"},
}

// Claims are what an employer has asked for, and was paid.
var Claims = policy.Thing{Name: "A claim of an employer",
	Holds: "What an employer claims, the facts it rests on, who signed it, and what became of it.",
	Grants: slices.Concat(
		each([]policy.Reader{policy.Coordinator, policy.Director}, policy.Grant{In: policy.Known(), Sees: ofClaims, Why: "They claim and sign for their employer. What was claimed stays with it when the year has moved on"}),
		each([]policy.Reader{policy.Coordinator, policy.Director}, policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who drafted, signed and answered it"})),
	Asks: []string{"grant/claim.Store.List", "grant/claim.Store.Get", "grant/claim.Store.Open", "grant/claim.Store.Reopen", "grant/claim.Store.Submit",
		"grant/claim.Store.Payments", "grant/claim.Store.Late", "grant/claim.Store.Contested", "grant/claim.Store.Documents", "grant/claim.Store.Document"},
}

// Claiming is making a claim.
var Claiming = policy.Thing{Name: "Making a claim",
	Holds: "What goes into a claim and what is left out, the documents that the scheme asks for, and what is asked of the national team.",
	Grants: []policy.Grant{
		{To: policy.Coordinator, In: policy.Known(), Sees: ofClaims, Why: "They run the programme, and know what is due"},
		{To: policy.Coordinator, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who drafted and signed it"},
	},
	Asks: []string{"grant/claim.Store.Start", "grant/claim.Store.LeaveOut", "grant/claim.Store.Discard", "grant/claim.Store.Raise", "grant/claim.Store.AskLate",
		"grant/claim.Store.Meet"},
}

// Signing is standing for a claim.
var Signing = policy.Thing{Name: "Signing a claim",
	Holds: "That a director has seen exactly what a claim says, and stands for it.",
	Grants: []policy.Grant{
		{To: policy.Director, In: policy.Known(), Sees: ofClaims, Why: "They answer for the employer’s money. Nobody signs for them"},
		{To: policy.Director, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who drafted and signed it"},
	},
	Asks: []string{"grant/claim.Store.Sign"},
}

// Granting is what the funder does with claims.
var Granting = policy.Thing{Name: "Claims, as the funder has them",
	Holds: "The claims that employers have sent, what two of them want, what is asked for late, and what has to be recovered.",
	Grants: []policy.Grant{
		{To: policy.National, In: policy.Anybody(), Sees: ofClaims, Why: "They check and pay. They see of an NQSW what was claimed, and the facts that it rests on"},
		{To: policy.National, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A claim says who signed it"},
	},
	Asks: []string{"grant.Store.DueTo", "grant.Store.Nation", "grant.Store.Doubts", "grant/claim.Store.Clash", "grant/claim.Store.LateRequest", "grant/claim.Store.Waiting", "grant/claim.Store.Received", "grant/claim.Store.Answer", "grant/claim.Store.Payment", "grant/claim.Store.Recover",
		"grant/claim.Store.Clashes", "grant/claim.Store.Decide", "grant/claim.Store.LateWaiting", "grant/claim.Store.AnswerLate",
		"grant/claim.Store.DocumentsOf", "grant/claim.Store.DocumentOf"},
}

// The sensitive fields of statements and of what a bank told.
var (
	ItemReason = policy.Field{Name: "why a statement was adjusted", Columns: []string{"grant_items.reason"}}
	BankText   = policy.Field{Name: "what a bank tells of money received, and what was found out about it", Columns: []string{"grant_remittances.bank_text", "grant_remittances.settled_note"}}
)

// Statements are what an employer is paid, and what arrived.
var Statements = policy.Thing{Name: "A statement of an employer",
	Holds: "What an employer is paid of a scheme in one go, what is on it, the ledger of it, and what its bank received.",
	Grants: slices.Concat(
		each([]policy.Reader{policy.Coordinator, policy.Director}, policy.Grant{In: policy.Known(), Sees: append(slices.Clone(ofClaims), ItemReason, BankText), Why: "Every figure that concerns an employer is open to it, and nothing of others"}),
		each([]policy.Reader{policy.Coordinator, policy.Director}, policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "An adjustment says who made it"})),
	Asks: []string{"grant/statement.Store.Mine", "grant/statement.Store.Get", "grant/statement.Store.Remittances", "grant/statement.Store.Journal",
		"grant/statement.Store.Expected", "grant/statement.Store.Remittance", "grant/books.Store.History"},
}

// Reconciling is holding what arrived against statements, and estimating.
var Reconciling = policy.Thing{Name: "Reconciling money received",
	Holds:  "What an employer’s bank received, which statement it is for, and how many NQSWs are expected.",
	Grants: []policy.Grant{{To: policy.Coordinator, In: policy.Known(), Sees: []policy.Field{BankText}, Why: "They see to it that what was claimed arrives"}},
	Asks:   []string{"grant/statement.Store.Receive", "grant/statement.Store.Hold", "grant/statement.Store.Expect"},
}

// Recording is writing down what a funder outside has done: only where the
// installation is set up so.
var Recording = policy.Thing{Name: "Recording what a funder outside has done",
	Holds:  "Where the funder does not use this service: which payments it has accepted, returned or taken back, and which statements it has announced and paid. The audit trail says that it was recorded for the funder.",
	Grants: []policy.Grant{{To: policy.Coordinator, In: policy.Known(), Sees: append(slices.Clone(ofClaims), ItemReason), Why: "The funder writes to them. Where the national team pays here, nobody can do this"}},
	Asks: []string{"grant/claim.Store.Record", "grant/claim.Store.RecordRecovery", "grant/claim.Store.Own", "grant/statement.Store.Announce", "grant/statement.Store.RecordPaid",
		"grant/statement.Store.RecordInstalment"},
}

// Paying is closing, authorising and paying statements.
var Paying = policy.Thing{Name: "Statements, as the funder has them",
	Holds: "The statements of every employer, batches and who approved them, the ledger, adjustments and estimates.",
	Grants: []policy.Grant{
		{To: policy.National, In: policy.Anybody(), Sees: append(slices.Clone(ofClaims), ItemReason), Why: "They pay. Two different people of them authorise"},
		{To: policy.National, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A batch says who approved it"},
	},
	Asks: []string{"grant/statement.Store.All", "grant/statement.Store.Any", "grant/statement.Store.Adjust", "grant/statement.Store.Close",
		"grant/statement.Store.Batches", "grant/statement.Store.Batch", "grant/statement.Store.Prepare", "grant/statement.Store.Approve",
		"grant/statement.Store.Discard", "grant/statement.Store.Pay", "grant/statement.Store.Ledger", "grant/statement.Store.Estimates",
		"grant/statement.Store.Instal", "grant/statement.Store.Estimate", "grant/statement.Store.Of", "grant/statement.Store.Employers",
		"grant/statement.Store.Movements", "grant/statement.Store.Tallies", "grant/statement.Store.Exceptions",
		"grant/statement.Store.Budgets", "grant/statement.Store.Used", "grant/statement.Store.SetBudget"},
}

// GrantSteps are what the program does with grants within a larger change.
var GrantSteps = policy.Thing{Name: "Steps of a payment",
	Holds: "What follows in the same transaction: a payment that was accepted goes on a statement, and one that was paid is marked so.",
	Asks:  []string{"grant.Store.Within", "grant/claim.Store.Settle", "grant/statement.Store.Accept", "grant/statement.Store.TakeBack"},
}
