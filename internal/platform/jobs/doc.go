// Package jobs does work after the page has been answered, and work that comes
// round.
//
// A job is queued in the transaction of the change that asks for it. A
// [Runner] claims it for the length of a lease, runs the handler of its kind,
// tries again with growing pauses when that fails, and sets it aside after
// [MaxAttempts]. A runner that dies mid-way leaves a lease that ends by itself,
// after which any other runner takes the job up: so a handler may run more than
// once, and must bear it. One that ends its job in the transaction of its effect
// ([Job.EndIn]) has that effect once all the same. A runner that is told to stop
// finishes the jobs in hand, or gives them back.
//
// Recurring work is one row for each kind, which is never finished but moved to
// its next time, so that many programs on one database do it once.
package jobs
