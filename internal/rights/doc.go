// Package rights is what people can ask about the data that is held of them: a
// copy of everything (UK GDPR, article 15), erasure (article 17), and that it
// goes by itself when it is no longer needed (article 5(1)(e)). A hold keeps
// what must not go, such as during a claim before a tribunal.
//
// None of it knows a single table. Every table declares whom its rows are
// about, how long they are kept and which columns speak of somebody else
// (platform/inventory), and the copy, the erasure and the dates follow from
// that: a new capability is covered by declaring itself.
//
// # Rules this package enforces
//
//   - everybody can read and download their own copy (DAT-1); what speaks of
//     others is masked (DAT-2), and what the law may exempt is given by somebody
//     who has looked (DAT-3)
//   - erasure is refused while a role or a year runs, while there is a hold, and
//     without a reason (DAT-4, DAT-5); what it leaves names nobody (DAT-6)
//   - data goes when its time has come, and is listed before it does (DAT-7,
//     DAT-8)
//
// The numbers are those of docs/rules/rights.md.
//
// # Where things are
//
// schedule.go says how long, erasure.go when it may be, copy.go what a copy
// looks like. store*.go read and erase by the inventory; it is the one place
// that writes the tables of others, and [Store.Erase] the one way in. Start
// reading at [Copy].
package rights
