package registration

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// Amendment is what a row of a spreadsheet may change of a running year. A part
// that is nil stays as it is.
type Amendment struct {
	Details  *Details
	Hours    *Pattern
	Allocate *Allocate
}

// Check judges an amendment of a record without making it.
func (a Amendment) Check(r Record, today asye.Date) error {
	var p fault.Problems
	if a.Details != nil {
		p = append(p, fault.ProblemsOf(a.Details.Check(today))...)
	}
	if a.Hours != nil {
		for _, one := range fault.ProblemsOf(r.WorkFrom(*a.Hours)) {
			if one.Field == "starts_on" {
				one.Field = "hours"
			}
			p = append(p, one)
		}
	}
	if a.Allocate != nil {
		p = append(p, fault.ProblemsOf(r.Allocate(*a.Allocate))...)
	}
	return p.Err()
}

// Amend changes a running year of the scope's organisation within a
// transaction, for files of many. Each part leaves its own audit line. A year
// that has ended is a Conflict.
func (s *Store) Amend(ctx context.Context, tx *db.Tx, scope tenant.Scope, id asye.EnrolmentID, a Amendment) error {
	r, err := s.load(ctx, tx, byOrg(scope, id))
	if err != nil {
		return err
	}
	if err := r.errEnded(); err != nil {
		return err
	}
	if err := a.Check(r, s.today()); err != nil {
		return err
	}
	if a.Details != nil {
		if err := s.putDetails(ctx, tx, scope, r, putting{Details: *a.Details}); err != nil {
			return err
		}
	}
	return s.amendYear(ctx, tx, scope, r, a)
}

// amendYear changes the hours and the allocations, and derives the end of the
// year once for both.
func (s *Store) amendYear(ctx context.Context, tx *db.Tx, scope tenant.Scope, r Record, a Amendment) error {
	var made []change
	if a.Hours != nil {
		c, err := s.workFrom(ctx, tx, r, *a.Hours)
		if err != nil {
			return err
		}
		made = append(made, c)
	}
	if a.Allocate != nil {
		c, err := s.allocate(ctx, tx, scope, r, *a.Allocate)
		if err != nil {
			return err
		}
		made = append(made, c)
	}
	if len(made) == 0 {
		return nil
	}
	if err := s.derive(ctx, tx, r); err != nil {
		return err
	}
	for _, c := range made {
		if err := s.auditChange(ctx, tx, scope, r, c); err != nil {
			return err
		}
	}
	return nil
}
