// Package proof is what the safety nets share: how a net says what it saw, and
// how it shows that it would see the worst.
//
// A net is a test that holds one promise of the service: nothing lost, nobody
// in who does not belong. Each net has a twin, the program with one mistake in
// it on purpose, which the net must notice; a net that lets its twin through
// proves nothing. A twin is made by [Twin] or [Noticed] from an [Edit], laid
// over the source while it is compiled: no mistake stands in the tree, and none
// can reach a release.
//
// What a run saw is kept by [Keep] in docs/tested, and docs/how-it-is-tested.md
// is made from that. The nets themselves are in the folders below; nets.mk has
// a make target for each.
package proof
