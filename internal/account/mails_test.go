package account_test

import (
	"context"
	"regexp"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
)

// Mail is read in many places, by more people than its recipient.
var tooMuch = regexp.MustCompile(`(?i)pass(ed)?\b|fail|withdr|outcome|ethnic|gender|\bsex\b|disab|defer|pause`)

func TestMailSaysNothingSensitive(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.link(t, "nia@example.org")
		err := s.write(system, func(ctx context.Context, tx *db.Tx) error { return s.Invite(ctx, tx, system, c.nia, kent) })
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Change(t.Context(), c.kentAdmin, c.nia, 1, asye.Identity{GivenName: "Nia", FamilyName: "New", Email: "n@example.org"}); err != nil {
			t.Fatal(err)
		}
		letters := s.letters(t)
		if len(letters) != 3 {
			t.Fatalf("%d letters, want the link, the invitation and the change of address", len(letters))
		}
		for _, m := range letters {
			if found := tooMuch.FindString(m.Subject + " " + m.Body); found != "" {
				t.Errorf("ACC-18 a mail says %q:\n%s", found, m.Body)
			}
		}
	})
}
