package app

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/schema"
)

// A letter about a registration says why it comes, from whom, and where to go.
func TestALetterGoesToTheOutbox(t *testing.T) {
	ctx, d := context.Background(), dbtest.OpenSQLite(t, schema.All())
	s := &service{outbox: mail.NewOutbox(d, nil)}
	s.config.Account.BaseURL, s.config.Site.Theme.ServiceName = "https://asye.example.org", "Northbrook ASYE"
	l := registration.Letter{To: "amina@example.org", Subject: "A move needs your answer", Text: "Another employer claims an NQSW.",
		Page: "/transfers", Because: "You coordinate the ASYE of Essex."}
	if err := d.Keep(ctx, func(tx *db.Tx) error { return s.Send(ctx, tx, l) }); err != nil {
		t.Fatal(err)
	}
	got, _, err := s.outbox.List(ctx, 1, 10)
	if err != nil || len(got) != 1 || got[0].To != l.To || got[0].Subject != "Northbrook ASYE: A move needs your answer" {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, want := range []string{l.Text, "\nhttps://asye.example.org/transfers\n", l.Because, "It comes from Northbrook ASYE"} {
		if !strings.Contains(got[0].Body, want) {
			t.Errorf("the letter does not say %q:\n%s", want, got[0].Body)
		}
	}
}
