package app

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/platform/lines"
	"example.org/asye/internal/platform/tenant"
)

// TestAuditCommands goes through what an operator does: look, keep a checkpoint
// elsewhere, look again after somebody has altered the database.
func TestAuditCommands(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "asye.db")
	database, out := "--database="+file, filepath.Join(dir, "elsewhere.txt")
	if status, _, _ := program(t, nil, "audit", "verify", database); status != 2 {
		t.Errorf("where there is no database it ends with %d", status)
	}
	if status, _, err := program(t, nil, "migrate", database); status != 0 {
		t.Fatal(err)
	}
	key := file + "-audit-key"
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the audit key: %v, %v", info, err)
	}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"key", []string{"audit", "key"}, 0, "asye-"},
		{"a checkpoint", []string{"audit", "checkpoint"}, 0, "— asye-"},
		{"kept elsewhere", []string{"audit", "checkpoint", "--out", out}, 0, ""},
		{"alone", []string{"audit", "verify"}, 0, "No checkpoint from elsewhere was given"},
		{"with it", []string{"audit", "verify", "--checkpoint", out}, 0, "Nothing was changed, left out or put in."},
		{"with what is none", []string{"audit", "verify", "--checkpoint", key}, 1, "no checkpoint in"},
		{"with nothing", []string{"audit", "verify", "--checkpoint", out + "x"}, 1, "no checkpoints in"},
		{"by another key", []string{"audit", "verify", "--checkpoint", out, "--key", "other+00000000+AAAA"}, 1, "public key cannot be read"},
	} {
		t.Run(tt.name, func(t *testing.T) { ends(t, append(tt.args, database), tt.status, tt.says) })
	}
	away := key + "-away"
	if err := os.Rename(key, away); err != nil {
		t.Fatal(err)
	}
	ends(t, []string{"audit", "verify", "--checkpoint", out, database}, 0, "The audit key is not here")
	ends(t, []string{"audit", "checkpoint", database}, 1, "The audit key is not here")
	ends(t, []string{"migrate", database}, 1, "Put it back there, or set audit_key_file")
	ends(t, []string{"audit", "verify", database, "--config", conf(t, dir, "audit_key_file = "+away)}, 0, "Nothing was changed")
	if err := os.Rename(away, key); err != nil {
		t.Fatal(err)
	}
	alter(t, file, `delete from audit_lines where id = (select line_id from audit_leaves where number = 3)`)
	ends(t, []string{"audit", "verify", "--checkpoint", out, database}, 3, "Found: Line 4")
}

// TestAUD3_AnAuditKeyIsRenewed: while the one before is there, which loses
// nothing, and when it is lost, which loses what was said of people.
func TestAUD3_AnAuditKeyIsRenewed(t *testing.T) {
	for _, lost := range []bool{false, true} {
		t.Run(fmt.Sprint("lost ", lost), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "asye.db")
			database, key, out := "--database="+file, file+"-audit-key", file+"-outside.txt"
			s := openedAt(t, file)
			person, err := s.personFor(t)
			if err != nil {
				t.Fatal(err)
			}
			s.close()
			ends(t, []string{"audit", "checkpoint", "--out", out, database}, 0, "")
			_, before, _ := program(t, nil, "audit", "key", database)
			if lost {
				if err := os.Remove(key); err != nil {
					t.Fatal(err)
				}
			}
			ends(t, []string{"audit", "renew", "--reason", "a test", database}, 0, "The new audit key is in")
			_, after, _ := program(t, nil, "audit", "key", database)
			both := []string{"--key", strings.TrimSpace(before), "--key", strings.TrimSpace(after)}
			ends(t, append([]string{"audit", "verify", "--checkpoint", out, database}, both...), 0, "Nothing was changed")
			ends(t, []string{"audit", "verify", database}, 0, "The audit key was renewed after line")
			ends(t, []string{"audit", "verify", "--checkpoint", out, database}, 3, "signed by another key")
			ends(t, []string{"migrate", database}, 0, "up to date")
			s = openedAt(t, file)
			var text lines.Text
			if err := s.db.QueryRow(t.Context(), `select id, after from audit_lines where subject_id = $1 and what = 'account.personAdded'`, string(person)).
				Scan(&text.ID, &text.After); err != nil {
				t.Fatal(err)
			}
			if err := s.db.Unseal(t.Context(), &text); err != nil || strings.Contains(string(text.After), "Amara") == lost {
				t.Errorf("what was said of a person before: %+v, %v", text, err)
			}
		})
	}
}

// openedAt is the service on a database in a file, with the key beside it.
func openedAt(t *testing.T, file string) *service {
	t.Helper()
	cfg, err := understand(must(t, given{flags: map[string]string{"database": file}}.read))
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), cfg, clock.Real(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	return s
}

func (s *service) personFor(t *testing.T) (id asye.PersonID, err error) {
	scope := tenant.System("test")
	return id, s.db.Write(t.Context(), scope, func(tx *db.Tx) error {
		id, err = s.account.AddPerson(t.Context(), tx, scope, asye.Identity{GivenName: "Amara", FamilyName: "Okafor"})
		return err
	})
}

// TestAnotherAuditKeyIsRefused: a service does not start with the wrong key.
func TestAnotherAuditKeyIsRefused(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "asye.db"), filepath.Join(t.TempDir(), "asye.db")
	ends(t, []string{"migrate", "--database=" + one}, 0, "up to date")
	ends(t, []string{"migrate", "--database=" + two}, 0, "up to date")
	status, _, err := program(t, []string{"ASYE_AUDIT_KEY_FILE=" + two + "-audit-key"}, "migrate", "--database="+one)
	if status != 1 || !strings.Contains(err, "this is not the audit key of this database") {
		t.Errorf("ends with %d: %s", status, err)
	}
}

func ends(t *testing.T, args []string, want int, says string) {
	t.Helper()
	status, out, err := program(t, nil, args...)
	if status != want || !strings.Contains(strings.ToLower(out+err), strings.ToLower(says)) {
		t.Errorf("asye %s ends with %d and says\n%s%s\nwant %d and %q", strings.Join(args, " "), status, out, err, want, says)
	}
}

func conf(t *testing.T, dir, text string) string {
	t.Helper()
	path := filepath.Join(dir, "asye.conf")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// alter does to a database what nobody should.
func alter(t *testing.T, file, statement string) {
	t.Helper()
	d, err := db.Open(t.Context(), file, clock.Real())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Keep(t.Context(), func(tx *db.Tx) error {
		for _, s := range []string{`drop trigger audit_lines_stay_delete`, statement} {
			if _, err := tx.Exec(t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestReadingsInWords: what each page leaves behind reads as words.
func TestReadingsInWords(t *testing.T) {
	var all strings.Builder
	seen := map[string]bool{}
	for _, route := range exampleless(t).mux().Routes() {
		if kind := route.Reading.Kind(); kind != "" && !seen[kind] {
			seen[kind] = true
			all.WriteString(kind + ": " + admin.Deed(kind+".read") + "; " + admin.Deed(kind+".downloaded") + "\n")
		}
	}
	golden.Text(t, "readings", all.String())
}
