package journey_test

import (
	"encoding/json"
	"maps"
	"testing"
	"unicode/utf8"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

// A draft comes back as it was kept, whatever was typed into it.
func FuzzDraft(f *testing.F) {
	store := journey.NewStore(dbtest.OpenSQLite(f, schema.All()))
	scope := tenant.SignedIn("p", "o", asye.Coordinator)
	f.Add([]byte(`{"given_name": "Ada", "_seen_name": "yes"}`), "register", "")
	f.Add([]byte(`{"": "\u0000\ud800", "a\"b": "<script>"}`), "x", "subject")
	f.Add([]byte(`[1, 2]`), "", "\xff")
	f.Fuzz(func(t *testing.T, text []byte, name, subject string) {
		var answers journey.Answers
		if json.Unmarshal(text, &answers) != nil || !utf8.ValidString(name+subject) {
			return
		}
		if err := store.Save(t.Context(), scope, journey.Draft{Journey: name, Subject: subject, Answers: answers}); err != nil {
			t.Fatal(err)
		}
		got, found, err := store.Get(t.Context(), scope, name, subject)
		if err != nil || !found || !maps.Equal(got.Answers, answers) {
			t.Fatalf("%q comes back as %q, %v, %v", answers, got.Answers, found, err)
		}
	})
}
