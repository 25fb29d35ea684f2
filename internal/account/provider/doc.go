// Package provider lets people sign in with their organisation's own directory,
// such as Microsoft Entra ID (ACC-30 to ACC-35).
//
// An account there is known by who issued it and by its subject, never by an
// e-mail address. The first time, an address may say whose account it is: one
// for which the directory itself answers, at a domain that the operator says is
// the directory's own to give. In every other case the person signs in by a link
// and connects the account on their own page. A directory makes nobody: who may
// come in, and as what, is decided here.
//
// link.go and visit.go decide, store.go keeps. visit_back.go sends the browser
// there and meets it when it comes back: start reading at [pages.back].
package provider
