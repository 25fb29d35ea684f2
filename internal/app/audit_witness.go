package app

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
)

// witnessing is the letter with the day's checkpoint, where somebody is to get
// one.
func (s *service) witnessing() []jobs.Recurring {
	if s.config.Audit.Witness == "" {
		return nil
	}
	return []jobs.Recurring{{Kind: "audit.witness", When: jobs.Daily(6, 30), Do: s.sendCheckpoint}}
}

// sendCheckpoint puts the last checkpoint into a letter to the witness.
func (s *service) sendCheckpoint(ctx context.Context, now asye.Instant) error {
	last, err := s.audit.Latest(ctx)
	if err != nil || last.Size == 0 {
		return err
	}
	name := s.config.Site.Theme.ServiceName
	letter := mail.Message{To: s.config.Audit.Witness,
		Subject: name + ": checkpoint of the audit trail, " + clock.DateOf(now).String(),
		Body:    last.Letter(name)}
	return s.db.Keep(ctx, func(tx *db.Tx) error { return s.outbox.Queue(ctx, tx, letter) })
}
