package app

import (
	"context"
	"strings"
	"testing"

	"example.org/asye/internal/platform/db"
)

// The disk is full while a coordinator saves a pause: what was typed is on the
// page that says so, without scripts, and one button sends it again when there
// is room.
func TestJourneyNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, tom)
	record := s.recordOf(t, megan)
	note := "We speak every second Friday at ten.\n\nShe said: “I will be back by the spring.”\n" +
		strings.Repeat("The team covers her visits, and her supervisor keeps the learning plan up to date. ", 20)
	b.open(record + "/pause")
	b.choose("reason", "sickness")
	b.date("starts_on", "2 11 2026")
	b.choose("returned", "no")
	b.date("expected_return_on", "1 3 2027")
	b.fill("note", note)
	b.press("Continue")
	s.roomFor(t, "1")
	b.press("Save the pause")
	b.see("This has not been saved", "What you typed is on this page", "2 11 2026", "1 3 2027", "sickness")
	if status := b.status(); status != 503 {
		t.Errorf("the status is %d", status)
	}
	if got := js[string](b, `document.querySelector("textarea[readonly]").value`); strings.TrimSpace(got) != strings.TrimSpace(note) {
		t.Errorf("the note is given back as %q", got)
	}
	b.picture("unavailable")
	b.accessible()
	s.roomFor(t, "1000000")
	b.press("Send it again")
	b.see("is paused from 2 November 2026", "I will be back by the spring")
	if n := s.count(t, `select count(*) from pauses p join enrolments e on e.id = p.enrolment_id where e.id = $1`,
		strings.TrimPrefix(record, "/registrations/")); n != 1 {
		t.Errorf("%d pauses", n)
	}
}

// roomFor lets the database grow to so many pages and no further, as a disk
// does that is full.
func (s *site) roomFor(t *testing.T, pages string) {
	t.Helper()
	err := s.db.Keep(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), "pragma max_page_count = "+pages)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
