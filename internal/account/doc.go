// Package account knows who may come in, as what, and for whom: people, their
// roles in organisations, sign-in by e-mailed link, sessions, the first
// administrator, and the administrator's own pages.
//
// # Rules this package enforces
//
//   - one e-mail address belongs to one person (ACC-1)
//   - a sign-in link works once, for a short time, and only when its button is
//     pressed (ACC-2 to ACC-5)
//   - the answer to a request for a link never tells whether the address is
//     known (ACC-6), and asking often slows down without locking out (ACC-7)
//   - a session ends when unused, when old, and when its role ends (ACC-8)
//   - an administrator sees and gives only what is theirs to give (ACC-12
//     to ACC-15)
//
// The numbers are those of docs/rules/account.md; each has a test of its name.
//
// # Where things are
//
// person.go, grant.go and link.go decide. store*.go keep: people, memberships,
// links, sessions, the setup code, and the reading of the audit trail. Each page
// is a pair, sign_in.go with sign_in.templ; those of administrators are in the
// package admin. routes.go says who may open what,
// and [Identify] tells the rest of the service who a visitor is. Start reading
// at [Store.Open].
package account
