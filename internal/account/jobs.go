package account

import (
	"context"
	"encoding/json"
	"time"

	"example.org/asye/internal/platform/jobs"
)

// KindMailLink is the job that mails a sign-in link to whoever has an address.
const KindMailLink = "account.mail_link"

// Handlers are the jobs of this capability, by kind.
func (s *Store) Handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{KindMailLink: func(ctx context.Context, j jobs.Job) error {
		var p mailLink
		if err := json.Unmarshal(j.Payload, &p); err != nil {
			return err
		}
		return s.MailLink(ctx, p.Email, p.Next, j.EndIn)
	}}
}

// Recurring is the work of this capability that comes round.
func (s *Store) Recurring() []jobs.Recurring {
	return []jobs.Recurring{{Kind: "account.tidy", When: jobs.Every(time.Hour), Do: s.Tidy}}
}
