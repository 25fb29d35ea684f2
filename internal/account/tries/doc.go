// Package tries slows guessing down and locks nobody out: it counts tries at
// secrets that can be guessed, such as a code that is typed or a password
// (ACC-37). Links, sessions and passkeys cannot be guessed and are not counted,
// so that whoever owns an account comes in by one of them, however many wrong
// tries others have made.
//
// budget.go decides, store.go keeps. Use it in three steps, for an account that
// is known just as for one that is not:
//
//	try, err := t.May(ctx, tries.Try{Door: tries.Front, Subject: email, Client: network})
//	if err != nil { return err } // a sentence for the page; look at nothing
//	// … look at what was typed; when it is right, within the transaction of the change:
//	err = t.GotIn(ctx, tx, try)
//
// Start reading at [Store.May].
package tries
