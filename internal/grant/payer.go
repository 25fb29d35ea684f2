package grant

import "example.org/asye/internal/platform/fault"

// Payer is who pays the grants of an installation.
type Payer string

// Who can pay.
const (
	PaidHere      Payer = "here"      // its own national team
	PaidElsewhere Payer = "elsewhere" // a funder outside, whose answers its employers record
)

// Outside refuses what is recorded for a funder outside, where the national team
// of the installation pays (GRA-52).
func (p Payer) Outside() error {
	if p == PaidElsewhere {
		return nil
	}
	return fault.New(fault.Forbidden, "The national team answers claims in this service, and pays them. What a funder answers is recorded only where it is outside of the service")
}
