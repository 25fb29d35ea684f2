// Package factor keeps what people can show besides the link in their mail, and
// judges what they show: passkeys, codes from an authenticator app, codes that
// they have printed, and passwords where the operator has turned them on.
//
// # Rules this package enforces
//
//   - a passkey is asked for once and soon, with a face, a finger or a PIN, and
//     one that may have been copied is refused (ACC-40 to ACC-42)
//   - a code from an app is accepted once (ACC-43, ACC-44)
//   - a printed code works once, and its owner gets a letter (ACC-45, ACC-46)
//   - a password is long and not common, is hashed in a queue of two, and says
//     nothing of who is known here (ACC-47 to ACC-49)
//   - a second step is asked for where one was set up or the role needs it
//     (ACC-50, ACC-51), and guessing is slowed (ACC-52)
//   - whatever lets a person in also proves that they are there (ACC-53)
//
// # Where things are
//
// factor.go decides; store*.go keep, each one kind. [Store.Judge] is the one
// place that says whether what was shown proves anything; start reading there.
// The pages are in the folders own and prove beside this one.
package factor
