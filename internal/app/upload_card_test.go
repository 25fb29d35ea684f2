package app

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration/columns/columnstest"
)

// A file that somebody brought in and forgot is deleted after a week: the home
// page of each coordinator of the employer says so, and no other's.
func TestHomeTellsOfAnUploadThatWaits(t *testing.T) {
	s := exampleless(t)
	err := s.db.Keep(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into organisations (id, code, name, type, opened_on, search_text) values
			('a', 'T01', 'Ashford', 'local_authority', '2000-01-01', 'ashford'), ('b', 'T02', 'Barnwell', 'local_authority', '2000-01-01', 'barnwell')`)
		if err != nil {
			return err
		}
		_, err = tx.Exec(t.Context(), `insert into people (id, given_name, family_name, sort_name, search_text, created_at)
			values ('co', 'Cora', 'Ordinator', 'co', 'co', '2026-01-01T00:00:00.000000Z')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ours := tenant.SignedIn("co", "a", asye.Coordinator)
	if cards, err := s.uploadCards(context.Background(), ours, s.today()); err != nil || len(cards) != 0 {
		t.Fatalf("before any upload: %v, %v", cards, err)
	}
	u, err := s.upload.Stage(t.Context(), ours, columnstest.Sheet(t, columnstest.Person(1)))
	if err != nil {
		t.Fatal(err)
	}
	cards, err := s.uploadCards(t.Context(), ours, s.today())
	if err != nil || len(cards) != 1 {
		t.Fatalf("one upload waits: %v, %v", cards, err)
	}
	card := cards[0]
	if !card.Urgent || card.Href != paths.UploadCheck(u.ID, "", 1) || !strings.Contains(card.Text, "by Cora Ordinator") ||
		!strings.Contains(card.Text, "deleted on "+s.today().AddDays(7).String()) {
		t.Errorf("the card says %+v", card)
	}
	for _, other := range []tenant.Scope{tenant.SignedIn("co", "b", asye.Coordinator), tenant.SignedIn("co", "a", asye.Administrator)} {
		if cards, err := s.uploadCards(t.Context(), other, s.today()); err != nil || len(cards) != 0 {
			t.Errorf("%s of %s is shown %v, %v", other.Role(), other.Org(), cards, err)
		}
	}
}
