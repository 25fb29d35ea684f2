// Package employers keeps the organisations that run the year: the local
// authorities of England, other employers of social workers, and the national
// body above them.
//
// An [Organisation] has a code that nobody else has, a primary contact and a
// director. It is never deleted. When it closes, merges, splits or is renamed,
// an [Ending] says so; its own record and everything recorded under it stay
// where they were, and a [Succession] leads to whoever came after.
//
// # Rules this package enforces
//
//   - a code belongs to one organisation: three digits for a local authority,
//     letters and digits for others (EMP-1)
//   - name, type, region, contact and director are checked, with every problem
//     said at once (EMP-2)
//   - the 153 local authorities are there from the first start (EMP-3)
//   - a coordinator sees their own employer only, and may change its contact
//     and director, nothing else (EMP-4)
//   - an ending closes an organisation on a day that is not in the future, with
//     a reason (EMP-5)
//   - a merger or a rename takes the registrations along, in the same
//     transaction; a split does not (EMP-6)
//   - what has closed keeps its history, and its ending is shown on both sides
//     (EMP-7)
//   - a closing that nobody succeeded can be undone, with a reason (EMP-8)
//
// The numbers are those of docs/rules/employers.md.
//
// # Where things are
//
// organisation.go, contact.go and ending.go decide. authorities.go reads the
// embedded list of local authorities. store.go and store_*.go own the tables
// organisations and organisation_successions. Each page is a pair of files
// with one name. Start reading at [Described].
package employers
