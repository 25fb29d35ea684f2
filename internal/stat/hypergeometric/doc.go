// Package hypergeometric is the distribution of one cell of a two-by-two table whose margins are fixed, central
// or with an odds ratio. Sums run outward from one cell by the ratios of neighbours, so that tails keep their
// digits and the work grows with the spread, not with the counts.
package hypergeometric
