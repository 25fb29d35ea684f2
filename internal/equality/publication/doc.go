// Package publication releases figures: tables of outcomes that anybody may
// read, and answers to questions of those who count.
//
// A release is planned, prepared and audited together with everything that was
// ever released, approved by two people, and frozen. The rules are PUB-1 to
// PUB-12 in docs/rules/publication.md; why it is built so, and the argument that
// the audits of the Families hold together, is docs/adr/0023.
//
// Start with Book.Prepare: plan.go judges what is wanted, family.go says which
// characteristics hang together, base.go counts, axis.go leaves out what is
// never told apart, book.go puts everything told into systems, prepare.go asks
// package disclosure to hide and to audit, and review.go says what came of it.
// content.go is what readers get; measure.go and say.go compute rates, intervals
// and sentences from that alone. micro.go and question.go are interactive
// questions. The pages are in the folder releases.
package publication
