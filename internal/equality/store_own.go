package equality

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// ofOwn lets in those who coordinate for an employer, and its director.
func ofOwn(scope tenant.Scope) error {
	if (scope.Role() == asye.Coordinator || scope.Role() == asye.Director) && scope.Org() != "" {
		return nil
	}
	return fault.New(fault.Forbidden, "Only a coordinator and a director see the figures of an employer, and only of their own")
}

// Own counts how the years of an employer's own NQSWs ended, by what it has on
// record, and where it stands among all (EQU-19).
func (s *Store) Own(ctx context.Context, scope tenant.Scope, programme string) (Own, error) {
	if err := ofOwn(scope); err != nil {
		return Own{}, err
	}
	if programme == "" {
		programme = ChildAndFamily
	}
	cohorts, err := s.cohorts(ctx, programme)
	if err != nil {
		return Own{}, err
	}
	q := Query{Programme: programme, Cohorts: cohorts}
	c, err := s.cube(ctx, q, append(onRecord(), ByCohort, ByEmployer))
	if err != nil {
		return Own{}, err
	}
	return ownOf(c, string(scope.Org()))
}
