// Package statement is how grants are paid: what was accepted goes on the
// employer's open statement of the scheme, statements are closed, authorised in
// batches by two people, and paid; what an employer's bank received is held
// against them.
//
// The ledger under them is double entry, in whole pence, and only added to. It
// has three accounts: grant, what the scheme has cost; owed, what is due to
// employers; and bank. Each entry takes its amount from one account to another,
// so that it balances by itself, and comes from one item of a statement, or from
// the payment of one: every penny has one origin.
//
// # Rules this package enforces
//
// They are numbered GRA-40 to GRA-52 in docs/rules/grant.md, and each has a test
// that bears its number.
//
// # Where things are
//
// statement.go has a statement and what is on it, ledger.go the accounts,
// batch.go payments in one go, remittance.go what arrived and what it is held
// against, position.go where an employer stands at the end of a year; report.go
// counts what was claimed and paid, and budget.go what it is on the way to. The
// stores do what their names say. Start reading at [Statement] and [Store.Accept].
package statement
