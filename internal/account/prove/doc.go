// Package prove has the pages on which somebody shows that it is them: the ways
// to sign in besides the link, the second step of a sign-in, and the proof that
// is asked for again before an act that decides. Its [Gate] looks after forms
// that cannot go through as they come.
package prove
