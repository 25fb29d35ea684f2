// Package disclosure decides which counts of people may be published, and
// proves that those withheld cannot be worked out from the others.
//
// Start with Policy, which says what is sensitive and for whom; Suppress hides
// cells, Audit proves a release safe, Ledger holds a new one against all before
// it. The methods: Hundepool and others 2012, Statistical disclosure control,
// chapters 4 and 5; Fischetti and Salazar 2001, Solving the cell suppression
// problem on tabular data with linear constraints, Management Science 47.
//
// Two attackers are met. The plain one knows every figure, that counts are whole
// and not negative, that groups are sums, and how rounding works: to that one
// every sensitive count keeps a range Width wide. The sharp one also takes it
// that no hidden count is 0, as zeros are shown wherever they tell nothing: to
// that one it stays Sharp wide. Counts that no table shows are protected like
// those that one hides: the single year between two cumulated ones, the employer
// left out of all others, women of one group at one employer.
//
// Where to look: lattice has the table with its sums; flow, moves and simplex
// find what else it could be; cellkey is noise in place of hiding.
package disclosure
