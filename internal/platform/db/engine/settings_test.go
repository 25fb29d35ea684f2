package engine

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"
)

// Whichever setting is wrong, and in whichever pool, the connection is refused
// as it opens.
func TestDUR2_WrongSQLiteSettingsAreRefused(t *testing.T) {
	wrong := map[string]string{"busy_timeout": "7", "journal_mode": "delete", "synchronous": "normal", "foreign_keys": "0",
		"secure_delete": "0", "trusted_schema": "1", "cell_size_check": "0", "mmap_size": "65536",
		"wal_autocheckpoint": "0", "journal_size_limit": "-1", "cache_size": "-2000"}
	file := filepath.Join(t.TempDir(), "asye.db")
	for i, p := range pragmas {
		t.Run(p.Name, func(t *testing.T) {
			for _, only := range []string{"0", "1"} {
				set := append([]Pragma{}, pragmas...)
				set[i].Set = wrong[p.Name]
				refuses(t, file, append(set, Pragma{"query_only", only, only}), p.Name+"=")
			}
		})
	}
	set := append([]Pragma{}, pragmas...)
	refuses(t, file, append(set, Pragma{"query_only", "0", "1"}), "query_only=0")
}

func refuses(t *testing.T, file string, set []Pragma, says string) {
	t.Helper()
	base, err := sqlite.NewConnector(sqliteDSN(file, "_txlock=immediate", set))
	if err != nil {
		t.Fatal(err)
	}
	pool := sql.OpenDB(checked{base, set})
	defer pool.Close()
	if err := pool.PingContext(t.Context()); err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("opened with a wrong setting: %v, want a refusal that says %s", err, says)
	}
}

func TestDUR2_SQLiteBefore3513IsRefused(t *testing.T) {
	for version, want := range map[string]bool{"3.51.2": true, "3.51.3": false, "3.51.10": false, "3.52.0": false, "4.0": false,
		"3.40.1": true, "3.7.0": true, "3.51": true, "2.99.99": true, "": true, "odd": true} {
		if got := tooOld(version); got != want {
			t.Errorf("SQLite %q is too old: %v, want %v", version, got, want)
		}
	}
}

func TestDUR2_JudgingPostgres(t *testing.T) {
	good := promises{version: 150004, commit: "on", fsync: "on", whole: "on"}
	for name, tt := range map[string]struct {
		change          func(*promises)
		refusal, doubts string
	}{
		"good":                {func(*promises) {}, "", ""},
		"old":                 {func(p *promises) { p.version = 140011 }, "PostgreSQL 14 is too old", ""},
		"commit off":          {func(p *promises) { p.commit = "off" }, "synchronous_commit=off", ""},
		"commit local":        {func(p *promises) { p.commit = "local" }, "", ""},
		"commit remote":       {func(p *promises) { p.commit = "remote_apply" }, "", ""},
		"fsync off":           {func(p *promises) { p.fsync = "off" }, "fsync=off", ""},
		"for tests":           {func(p *promises) { p.fsync, p.whole, p.throwaway = "off", "off", "yes" }, "", ""},
		"half pages":          {func(p *promises) { p.whole = "off" }, "", "full_page_writes=off"},
		"for tests and async": {func(p *promises) { p.throwaway, p.commit = "yes", "off" }, "synchronous_commit=off", ""},
	} {
		p := good
		tt.change(&p)
		refusal := ""
		if err := p.refusal(); err != nil {
			refusal = err.Error()
		}
		if !strings.Contains(refusal, tt.refusal) || (refusal == "") != (tt.refusal == "") {
			t.Errorf("%s is refused with %q, want %q", name, refusal, tt.refusal)
		}
		if doubt := p.doubt(); !strings.Contains(doubt, tt.doubts) || (doubt == "") != (tt.doubts == "") {
			t.Errorf("%s is doubted with %q, want %q", name, doubt, tt.doubts)
		}
	}
}

func TestDUR7_ConnectingIsBoundedWhereNobodySaysSo(t *testing.T) {
	if connectPatience > 5*time.Second {
		t.Errorf("connecting takes up to %s", connectPatience)
	}
	if _, err := Postgres("postgres://:x:y", nil); err == nil {
		t.Error("an address that is none was taken")
	}
}
