package mail_test

import (
	"context"
	"errors"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/schema"
)

// A program that is told to stop in the middle of a conversation finishes it,
// and begins no other.
func TestRUN4_MessageInHandIsSentOnStopping(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p, server := serve(t)
		o := mail.NewOutbox(d, server)
		queue(t, d, o, "mary@example.org")
		queue(t, d, o, "nia@example.org")
		if n, oldest, err := o.Waiting(t.Context()); n != 2 || oldest != d.Clock().Now() || err != nil {
			t.Errorf("%d wait since %s, %v", n, oldest, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		p.during(stop)
		if n, err := o.SendDue(ctx); n != 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d sent, %v", n, err)
		}
		sent, waiting := 0, 0
		list, _, err := o.List(t.Context(), 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.SentAt.IsZero() && e.Attempts == 0 {
				waiting++
			} else if !e.SentAt.IsZero() {
				sent++
			}
		}
		if sent != 1 || waiting != 1 || len(p.letters()) != 1 {
			t.Errorf("%d sent, %d waiting, %d letters", sent, waiting, len(p.letters()))
		}
	})
}
