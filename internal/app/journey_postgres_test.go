package app

import (
	"os"
	"testing"
)

// TestJourneysOnPostgres takes some of the journeys over the other database.
// All use one copy of the example, since building it there takes long.
func TestJourneysOnPostgres(t *testing.T) {
	if os.Getenv("ASYE_TEST_POSTGRES") == "" {
		t.Skip("no PostgreSQL server: make test starts one and sets ASYE_TEST_POSTGRES")
	}
	t.Parallel()
	s := postgresSite(t)
	t.Run("outcomes table", func(t *testing.T) { readOutcomes(t, s) })
	t.Run("sign in", func(t *testing.T) { signInByMail(t, s) })
	t.Run("upload", func(t *testing.T) { uploadCohort(t, s) })
	t.Run("outcome", func(t *testing.T) { recordOutcomes(t, s) })
}
