// Package firth fits logistic regressions to counts: by maximum likelihood, and
// by the penalised likelihood of Firth, which answers where few events leave
// maximum likelihood without an answer.
//
// A caller hands over [Data]: terms, and for each distinct pattern of their
// values how many people had it and how many of them had the event. Ten million
// records become a few thousand patterns. [Fit] returns a [Model].
//
// Start reading at fit.go. design.go makes columns of terms and drops those that
// others determine; separation.go finds what maximum likelihood would send to
// infinity; likelihood.go has both likelihoods with their derivatives;
// newton.go climbs them; profile.go and tests.go walk along them.
//
// Sources: Firth, Biometrika 80 (1993) 27-38; Heinze and Schemper, Statistics in
// Medicine 21 (2002) 2409-2419; Kosmidis and Firth, Biometrika 108 (2021) 71-82;
// Geyer, Electronic Journal of Statistics 3 (2009) 259-289; Puhr et al.,
// Statistics in Medicine 36 (2017) 2302-2317.
package firth
