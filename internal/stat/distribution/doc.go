// Package distribution has the densities and tails that the tests and intervals need, with their digits
// kept at the ends and at large counts. Factorials are never subtracted from one another: densities are
// built from deviances and errors of Stirling's formula (Loader, Fast and accurate computation of binomial
// probabilities, 2000), whose error does not grow with the counts.
package distribution
