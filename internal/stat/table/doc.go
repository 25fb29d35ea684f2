// Package table compares groups by counts: two groups, more groups or outcomes, a trend, strata, one rate, many
// p-values, and what a comparison could have shown. Every function takes whole counts of people and gives double
// precision; what is not defined is so marked, and never a number.
//
// In a two-by-two table [[a, b], [c, d]] row 1 is the group of interest and row 0 the reference; a and c have the
// event. n1 = a + b, n0 = c + d, m = a + c, N = n1 + n0.
package table
