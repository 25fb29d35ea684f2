// Package paths has every address of the service as a function, so that no
// page spells another's address.
package paths

// Start is the page that says what the service is.
func Start() string { return "/" }

// Find is where the national team looks a registration up.
func Find() string { return "/find" }
