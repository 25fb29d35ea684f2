package app

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/platform/archive"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/schema"
)

// vault is a database with a key and a folder for its backups.
type vault struct {
	t                     *testing.T
	database, folder      string
	public, private, file string // file is the last backup
}

func eachVault(t *testing.T, run func(v *vault)) {
	t.Helper()
	start := func(t *testing.T, address string) {
		t.Setenv("XDG_CONFIG_HOME", t.TempDir()) // where the audit key of PostgreSQL lies
		v := &vault{t: t, database: address, folder: t.TempDir()}
		v.private = filepath.Join(t.TempDir(), "key.txt")
		said := v.must("backup", "key", v.private)
		v.public = said[strings.Index(said, "age1"):]
		v.public = strings.TrimSpace(v.public)
		v.must("migrate")
		v.run(`insert into people (id, given_name, family_name, sort_name, search_text, created_at)
			values ('p1', 'Amara', 'Okafor', '', '', '2026-01-01T00:00:00.000000Z')`)
		run(v)
	}
	t.Run("sqlite", func(t *testing.T) { start(t, filepath.Join(t.TempDir(), "asye.db")) })
	t.Run("postgres", func(t *testing.T) { start(t, dbtest.PostgresAddress(t, schema.All())) })
}

func (v *vault) do(args ...string) (int, string) {
	v.t.Helper()
	status, out, err := program(v.t, []string{"ASYE_DATABASE=" + v.database}, args...)
	return status, out + err
}

func (v *vault) must(args ...string) string {
	v.t.Helper()
	status, said := v.do(args...)
	if status != 0 {
		v.t.Fatalf("asye %s ends with %d:\n%s", strings.Join(args, " "), status, said)
	}
	return said
}

// refused runs a command that must end with a status and a sentence.
func (v *vault) refused(status int, says string, args ...string) {
	v.t.Helper()
	if got, said := v.do(args...); got != status || !strings.Contains(said, says) {
		v.t.Errorf("asye %s ends with %d:\n%s\nwant %d and %q", strings.Join(args, " "), got, said, status, says)
	}
}

func (v *vault) backup() {
	v.t.Helper()
	v.file = filepath.Join(v.t.TempDir(), "asye.age")
	v.must("backup", "--to", v.file, "--key", v.public)
}

func (v *vault) open() *db.DB {
	v.t.Helper()
	d, err := db.Open(v.t.Context(), v.database, clock.Real())
	if err != nil {
		v.t.Fatal(err)
	}
	return d
}

func (v *vault) run(statement string) {
	v.t.Helper()
	d := v.open()
	defer d.Close()
	err := d.Keep(v.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(v.t.Context(), statement)
		return err
	})
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *vault) ask(query string) string {
	v.t.Helper()
	d := v.open()
	defer d.Close()
	rows, err := d.Query(v.t.Context(), query)
	list, err := db.Rows(rows, err, func(rows *sql.Rows) (string, error) {
		var text string
		err := rows.Scan(&text)
		return text, err
	})
	if err != nil {
		v.t.Fatal(err)
	}
	return strings.Join(list, " ")
}

func TestBackupVerifyRestore(t *testing.T) {
	eachVault(t, func(v *vault) {
		v.refused(2, "--plain", "backup", "--to", v.folder)
		v.refused(2, "--to", "backup", "--key", v.public)
		v.refused(2, "private key", "backup", "--to", v.folder, "--key", strings.ToUpper("age-secret-key-1x"))
		v.refused(2, "no folder", "backup", "--to", filepath.Join(v.folder, "nowhere", "x"), "--key", v.public)
		v.backup()
		if said := v.must("backup", "verify", v.file, "--identity", v.private); !strings.Contains(said, "is good") || !strings.Contains(said, "the key opens it") {
			t := v.t
			t.Errorf("verify says:\n%s", said)
		}
		v.refused(3, "already", "backup", "--to", v.file, "--key", v.public)
		v.refused(3, "--identity", "backup", "verify", v.file)
		v.run(`update people set given_name = 'Bella' where id = 'p1'`)
		said := v.must("restore", v.file, "--identity", v.private)
		if !strings.Contains(said, "is kept") || v.ask(`select given_name from people`) != "Amara" {
			v.t.Errorf("after the restore %s:\n%s", v.ask(`select given_name from people`), said)
		}
		if said := v.must("audit", "verify"); !strings.Contains(said, "Nothing was changed") {
			v.t.Errorf("AUD-5 the trail that was restored: %s", said)
		}
		if v.ask(`select what from audit_lines where what = 'service.restored'`) == "" {
			v.t.Error("the audit trail does not tell of the restore")
		}
		v.must("backup", "--to", v.folder, "--plain")
		if plain, _ := filepath.Glob(filepath.Join(v.folder, "asye-*.plain")); len(plain) != 1 {
			v.t.Errorf("plain backups: %v", plain)
		}
		if got := v.ask(`select way || state from backups order by started_at desc`); !strings.HasPrefix(got, "commandgood") {
			v.t.Errorf("what is remembered: %s", got)
		}
	})
}

// TestRestoredWithoutTheAuditKey: a backup is not lost because the audit key is.
func TestRestoredWithoutTheAuditKey(t *testing.T) {
	eachVault(t, func(v *vault) {
		v.backup()
		t := v.t
		cfg, err := understand(must(t, given{flags: map[string]string{"database": v.database}}.read))
		if err != nil {
			t.Fatal(err)
		}
		path, err := cfg.auditKeyFile()
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		v.refused(1, "or restore with --new-audit-key", "restore", v.file, "--identity", v.private)
		if said := v.must("restore", v.file, "--identity", v.private, "--new-audit-key"); !strings.Contains(said, "The new audit key") {
			t.Errorf("restoring says:\n%s", said)
		}
		if said := v.must("audit", "verify"); !strings.Contains(said, "Nothing was changed") {
			t.Errorf("the trail that was restored: %s", said)
		}
		v.must("migrate")
	})
}

func TestBAK5_WhatIsUsedIsNotReplaced(t *testing.T) {
	eachVault(t, func(v *vault) {
		v.backup()
		cfg, err := understand(must(v.t, given{flags: map[string]string{"database": v.database}}.read))
		if err != nil {
			v.t.Fatal(err)
		}
		s, err := open(v.t.Context(), cfg, clock.Real(), cfg.logger(&bytes.Buffer{}))
		if err != nil {
			v.t.Fatal(err)
		}
		v.refused(1, "Something is using the database", "restore", v.file, "--identity", v.private)
		v.refused(1, "Something is using the database", "move", "--from", v.database, "--to", filepath.Join(v.folder, "other.db"))
		s.close()
		v.must("restore", v.file, "--identity", v.private)
	})
}

// TestBAK5_ADamagedBackupReplacesNothing: whatever is wrong with a backup, the
// database stays as it is, and nothing is left beside it.
func TestBAK5_ADamagedBackupReplacesNothing(t *testing.T) {
	eachVault(t, func(v *vault) {
		v.backup()
		whole, err := os.ReadFile(v.file)
		if err != nil {
			v.t.Fatal(err)
		}
		v.run(`update people set given_name = 'Bella' where id = 'p1'`)
		for name, content := range map[string][]byte{"cut off": whole[:len(whole)/2], "altered": append(bytes.Clone(whole[:len(whole)-9]), bytes.Repeat([]byte{7}, 9)...)} {
			file := filepath.Join(v.t.TempDir(), name)
			if err := os.WriteFile(file, content, 0o600); err != nil {
				v.t.Fatal(err)
			}
			v.refused(3, "The backup is", "restore", file, "--identity", v.private)
			v.refused(3, "The backup is", "backup", "verify", file, "--identity", v.private)
		}
		if got := v.ask(`select given_name from people`); got != "Bella" {
			v.t.Errorf("afterwards there is %s", got)
		}
		if db.IsPostgres(v.database) {
			if got := v.ask(`select nspname from pg_namespace where nspname like 'public_%'`); got != "" {
				v.t.Errorf("left beside it: %s", got)
			}
		} else if left, _ := filepath.Glob(v.database + ".*"); len(left) > 0 {
			v.t.Errorf("left beside it: %v", left)
		}
	})
}

// TestBAK6_OlderAndNewer: a backup of an older schema is brought up to date; one
// of a newer program is refused by name.
func TestBAK6_OlderAndNewer(t *testing.T) {
	eachVault(t, func(v *vault) {
		known := db.Known(schema.All()...)
		address := filepath.Join(v.t.TempDir(), "old.db")
		if db.IsPostgres(v.database) {
			address = dbtest.EmptyPostgres(v.t)
		}
		old, err := db.Open(v.t.Context(), address, clock.Real())
		if err != nil {
			v.t.Fatal(err)
		}
		defer old.Close()
		if err := old.MigrateOnly(v.t.Context(), known[:9], schema.All()...); err != nil {
			v.t.Fatal(err)
		}
		var file bytes.Buffer
		if _, _, err := archive.Dump(v.t.Context(), old, &file, "0.9", schema.All()...); err != nil {
			v.t.Fatal(err)
		}
		v.file = filepath.Join(v.t.TempDir(), "old")
		if err := os.WriteFile(v.file, file.Bytes(), 0o600); err != nil {
			v.t.Fatal(err)
		}
		if said := v.must("backup", "verify", v.file); !strings.Contains(said, "migrations bring it up to date") {
			v.t.Errorf("verify says:\n%s", said)
		}
		if said := v.must("restore", v.file); !strings.Contains(said, "migrations bring it up to date") || v.ask(`select count(*) || '' from backups`) != "0" {
			v.t.Errorf("restore says:\n%s", said)
		}
		v.run(`insert into goose_db_version (version_id, is_applied) values (2999010101, true)`)
		v.refused(3, "newer version of asye", "backup", "--to", v.folder, "--plain")
		file.Reset()
		w, err := archive.NewWriter(&file, archive.Header{Program: "9.1", Migrations: []int64{2999010101}})
		if err != nil {
			v.t.Fatal(err)
		}
		if _, err := w.Close(); err != nil {
			v.t.Fatal(err)
		}
		if err := os.WriteFile(v.file, file.Bytes(), 0o600); err != nil {
			v.t.Fatal(err)
		}
		v.refused(3, "Restore it with asye 9.1 or a later version", "restore", v.file)
		v.refused(3, "it is newer", "backup", "verify", v.file)
	})
}

func TestBAK13_ErasedSinceTheBackup(t *testing.T) {
	eachVault(t, func(v *vault) {
		v.backup()
		cfg, err := understand(must(v.t, given{flags: map[string]string{"database": v.database}}.read))
		if err != nil {
			v.t.Fatal(err)
		}
		d := v.open()
		log := cfg.logger(&bytes.Buffer{})
		s, err := build(cfg, d, log)
		if err == nil {
			_, err = guard(v.t.Context(), cfg, d, log)
		}
		if err != nil {
			v.t.Fatal(err)
		}
		if _, err := s.rights.Erase(v.t.Context(), tenant.System("test"), "p1", rights.Asked, "asked for"); err != nil {
			v.t.Fatal(err)
		}
		s.close()
		said := v.must("restore", v.file, "--identity", v.private)
		if got := v.ask(`select given_name from people`); got == "Amara" || !strings.Contains(said, "One person who was erased") {
			v.t.Errorf("afterwards there is %s:\n%s", got, said)
		}
	})
}

// TestBAK8_Moved: there and back again, through the commands.
func TestBAK8_Moved(t *testing.T) {
	eachVault(t, func(v *vault) {
		first := v.database
		second := filepath.Join(v.t.TempDir(), "second.db")
		if !db.IsPostgres(first) && dbtest.Server() != "" {
			second = dbtest.EmptyPostgres(v.t)
		}
		kept := filepath.Join(v.t.TempDir(), "checkpoint.txt")
		v.must("audit", "checkpoint", "--out", kept)
		if said := v.must("move", "--from", first, "--to", second); !strings.Contains(said, "The audit key was copied") {
			v.t.Errorf("moving says:\n%s", said)
		}
		status, said, _ := program(v.t, []string{"ASYE_DATABASE=" + second}, "audit", "verify", "--checkpoint", kept)
		if status != 0 || !strings.Contains(said, "Nothing was changed") || strings.Contains(said, "not here") {
			v.t.Errorf("AUD-5 the trail that was moved: %s", said)
		}
		v.refused(3, "There are tables in the database already", "move", "--from", first, "--to", second)
		v.database = second
		if got := v.ask(`select given_name from people`); got != "Amara" {
			v.t.Errorf("in the second place there is %s", got)
		}
		v.refused(2, "no database", "move", "--from", filepath.Join(v.folder, "nowhere"), "--to", filepath.Join(v.folder, "x"))
		third := filepath.Join(v.folder, "third.db")
		v.must("move", "--from", second, "--to", third)
		v.database = third
		if got := v.ask(`select given_name from people`); got != "Amara" {
			v.t.Errorf("in the third place there is %s", got)
		}
	})
}

func TestBackupSettings(t *testing.T) {
	key := "age1992ap9dzjtczqlq9geuyldx0ulk9gyg0a6ttw4tyqs7g4jteza6sgwm8fk"
	for _, tt := range []struct {
		environ []string
		says    string
	}{
		{[]string{"ASYE_BACKUP_TO=/b"}, "backup_key is not"},
		{[]string{"ASYE_BACKUP_KEY=hello"}, "backup_key cannot be used"},
		{[]string{"ASYE_BACKUP_EVERY=soon"}, "backup_every"},
		{[]string{"ASYE_BACKUP_ALARM=10m"}, "no longer than backup_every"},
		{[]string{"ASYE_BACKUP_TO=/b", "ASYE_BACKUP_KEY=" + key, "ASYE_BACKUP_EVERY=1d"}, ""},
	} {
		status, _, err := program(t, tt.environ, "config", "check")
		if wrong := tt.says != ""; wrong != (status != 0) || !strings.Contains(err, tt.says) {
			t.Errorf("%v ends with %d: %s", tt.environ, status, err)
		}
	}
}

// TestBackupToStandardOutput: it can be piped on.
func TestBackupToStandardOutput(t *testing.T) {
	database := filepath.Join(t.TempDir(), "asye.db")
	if status, _, err := program(t, nil, "migrate", "--database", database); status != 0 {
		t.Fatal(err)
	}
	status, out, err := program(t, nil, "backup", "--to", "-", "--plain", "--database", database)
	if status != 0 || !strings.HasPrefix(out, "asye backup 1\n") {
		t.Fatalf("ends with %d: %.20q %s", status, out, err)
	}
	file := filepath.Join(t.TempDir(), "piped")
	if err := os.WriteFile(file, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, err := program(t, nil, "backup", "verify", file); status != 0 {
		t.Error(fmt.Sprint(status, out, err))
	}
}
