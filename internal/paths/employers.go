package paths

import "example.org/asye/internal/asye"

// Employers is the list of employers.
func Employers() string { return "/employers" }

// EmployerNew adds an employer.
func EmployerNew() string { return "/employers/new" }

// Employer is one employer's record.
func Employer(id asye.OrganisationID) string { return "/employers/" + string(id) }

// EmployerEdit changes one employer's record.
func EmployerEdit(id asye.OrganisationID) string { return Employer(id) + "/edit" }

// EmployerEnding records that an employer has closed, merged, split or been
// renamed.
func EmployerEnding(id asye.OrganisationID) string { return Employer(id) + "/ending" }

// EmployerReopen undoes a closing that was recorded in error.
func EmployerReopen(id asye.OrganisationID) string { return Employer(id) + "/reopen" }

// Organisation is a coordinator's own employer.
func Organisation() string { return "/organisation" }

// OrganisationEdit changes the contact and director of a coordinator's own
// employer.
func OrganisationEdit() string { return "/organisation/edit" }
