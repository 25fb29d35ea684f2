package held

import (
	"time"

	"example.org/asye/internal/platform/jobs"
)

// Recurring is the work of this package that comes round.
func (s *Store) Recurring() []jobs.Recurring {
	return []jobs.Recurring{{Kind: "account.tidy_held", When: jobs.Every(time.Hour), Do: s.Tidy}}
}
