// Package web turns handlers that return errors into a service: sign-in,
// permission, form tokens, one effect for each form, security headers, and one
// place where a failure becomes a page.
//
// A capability mounts its pages with [Mux.Page] (GET), [Mux.Form] (GET and
// POST of one question), [Mux.Act] (POST only), [Mux.Upload] and [Mux.Take]. Each needs a
// policy.Rule, a [Reading] for what its page shows and a [Writing] for what its
// form does, so that no route is without them: the permission matrix, the audit
// trail of readings and the tests of form tokens are made from these.
package web
