// Package claim is how an employer asks for grants: a draft gathers what can be
// claimed, a director signs exactly that, it is sent before its deadline, and
// the funder accepts each line or returns it with a reason.
//
// # Rules this package enforces
//
// They are numbered GRA-20 to GRA-32 in docs/rules/grant.md, and each has a test
// that bears its number.
//
// # Where things are
//
// claim.go has a claim and its states, line.go one payment in it, content.go
// what is signed and its hash; file.go is the funder's file of it, password.go
// its password, message.go what is written to the funder. The stores: store.go
// finds claims, store_draft.go composes, signs and sends them, store_answer.go is
// the funder's, store_line.go takes payments back, store_clash.go and
// store_late.go settle what went wrong, store_condition.go keeps documents. Start
// reading at [Claim] and [Store.Sign].
package claim
