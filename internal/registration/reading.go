package registration

import (
	"example.org/asye/internal/asye"
)

// Reading is how often somebody has looked at an NQSW's record on one day, as
// the NQSW is told of it (AUD-9).
type Reading struct {
	On    asye.Date // in London
	Name  string    // of somebody at an employer of the NQSW's; empty for others
	Role  asye.Role
	Org   string // in which they were at work
	Times int
}

// By is who it was: "Amina Yusuf, Coordinator, Kent", "National team, National
// body".
func (r Reading) By() string {
	who := r.Name
	for _, part := range []string{r.Role.String(), r.Org} {
		if who != "" && part != "" {
			who += ", "
		}
		who += part
	}
	return who
}
