package policy

import "example.org/asye/internal/asye"

// Reader is who asks: a role and, of an administrator, how far they reach.
type Reader string

// The readers. Somebody whose role has ended, or who has been disabled, is a
// visitor.
const (
	Visitor               Reader = "visitor"
	NQSW                  Reader = "NQSW"
	Coordinator           Reader = "coordinator"
	Director              Reader = "director"
	National              Reader = "national team"
	Analyst               Reader = "analyst"
	EmployerAdministrator Reader = "administrator of an employer"
	ServiceAdministrator  Reader = "administrator of the whole service"
)

// Readers are all of them, in the order of the table.
func Readers() []Reader {
	return []Reader{Visitor, NQSW, Coordinator, Director, National, Analyst, EmployerAdministrator, ServiceAdministrator}
}

var roles = map[Reader]asye.Role{NQSW: asye.NQSW, Coordinator: asye.Coordinator, Director: asye.Director,
	National: asye.National, Analyst: asye.Analyst, EmployerAdministrator: asye.Administrator, ServiceAdministrator: asye.Administrator}

// Role is the role in which a reader is signed in; empty for a visitor.
func (r Reader) Role() asye.Role { return roles[r] }
