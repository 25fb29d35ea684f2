package rights

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/tenant"
)

// Recurring is the work of this capability that comes round: erasing whoever is
// due, where the operator has said so (DAT-7).
func (s *Store) Recurring() []jobs.Recurring {
	if !s.settings.Applies {
		return nil
	}
	return []jobs.Recurring{{Kind: "rights.retention", When: jobs.Daily(2, 30), Do: func(ctx context.Context, _ asye.Instant) error {
		_, err := s.EraseDue(ctx, tenant.System("retention"))
		return err
	}}}
}
