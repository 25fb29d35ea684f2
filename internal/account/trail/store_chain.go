package trail

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/audit"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Standing is how the audit trail stands: how far it is covered by a checkpoint,
// and whether that has left the machine.
type Standing struct {
	audit.State
	Public string // the public half of the audit key
}

// Standing tells an administrator of the whole service how the trail stands;
// anybody else is fault.Forbidden.
func (s *Store) Standing(ctx context.Context, scope tenant.Scope) (Standing, error) {
	reach, err := s.people.Reach(ctx, scope)
	if err != nil {
		return Standing{}, err
	}
	if reach == account.OwnOrganisation {
		return Standing{}, fault.New(fault.Forbidden, "Only administrators of the whole service see how the audit trail is kept")
	}
	state, err := s.keeper.State(ctx)
	return Standing{state, s.keeper.Public()}, err
}
