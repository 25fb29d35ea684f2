// Package small looks at many employers with few events each: how far each rate
// lies from that of all, what limits chance sets (funnel.go, binomial.go),
// whether rates differ by more than chance (spread.go), and what may be said of
// each when it borrows strength from all (betabinomial.go, shrink.go). It makes
// no league table: nothing here is sorted by rate.
//
// [Rates] does all of it for a list of employers; [Shrink] does its part for any
// cells, such as combinations of characteristics; [ObservedExpected] compares
// events with those that a model expects.
//
// Sources: Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202;
// Spiegelhalter et al., Journal of the Royal Statistical Society A 175 (2012)
// 1-47; Tarone, Biometrika 66 (1979) 585-590; Griffiths, Biometrics 29 (1973)
// 637-648; Breslow and Day, Statistical Methods in Cancer Research II (1987),
// ch. 2; Benjamini and Hochberg, JRSS B 57 (1995) 289-300.
package small
