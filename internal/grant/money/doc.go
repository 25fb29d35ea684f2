// Package money is the pages of an employer's grants once they are claimed: what
// it is paid, what its bank received of that, where it stands, and what next
// year may bring. A coordinator acts, and a director reads the same.
//
// Where the funder does not use this service ([grant.PaidElsewhere]), a
// coordinator also writes down what it answered, announced and paid.
//
// Whatever is decided here is decided in package statement; start reading at
// [Mount].
package money
