// Package access is the policy of this service: everything that can be seen or
// done, and for each who may, in which relation to the person or employer whom
// it is about, which sensitive fields they see of it, and why. `asye policy
// show` and the page at /policy print it.
//
// It is the only place where this is said. A capability mounts its routes with
// rules made from a [policy.Thing] of this package, and its store asks the thing
// who may ask; the fields are columns of the inventory. internal/proof/matrix
// asks every route and every method of a store as every reader in every
// relation, and fails where one answers otherwise.
//
// fields.go has the sensitive fields; the other files have the things, by
// capability. What is not granted is refused, and a column that is in no field
// of a grant may be seen by nobody.
package access
