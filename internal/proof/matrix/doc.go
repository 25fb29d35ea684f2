// Package matrix is the net around who may see what. It builds a small England
// in which every reader stands in every relation to a record of every kind, and
// asks each route, and each method of a store, as each of them: what comes back
// must be what the policy of internal/access says, no more and no less.
//
// Three nets share that world. The permission matrix asks; the canaries put a
// unique word into every sensitive column and look for it everywhere; the
// mutation takes the policy, the conditions of the SQL and the masks apart, one
// at a time, and each must be noticed.
//
// What is not known to the net fails it: a route whose pattern has a part that
// the world has no identifier for, a method of a store that nobody asks, a
// sensitive column that nobody declared.
package matrix
