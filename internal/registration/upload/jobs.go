package upload

import (
	"context"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/jobs"
)

// Recurring is the work of this package that comes round.
func (s *Store) Recurring() []jobs.Recurring {
	return []jobs.Recurring{{Kind: "upload.expire", When: jobs.Every(time.Hour), Do: func(ctx context.Context, _ asye.Instant) error {
		_, err := s.Expire(ctx)
		return err
	}}}
}
