package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhereSettingsComeFrom(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	file := filepath.Join(dir, "asye.conf")
	for path, text := range map[string]string{secret: "postgres://u:p@db/asye\n", file: "# a comment\naddr = 127.0.0.1:1\nservice_name = Ours\ncoluor = #123456\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := given{flags: map[string]string{"addr": "127.0.0.1:3", "database": ""}, file: file,
		environ: []string{"ASYE_ADDR=127.0.0.1:2", "ASYE_DATABASE_FILE=" + secret, "ASYE_WRONG=1", "HOME=/x", "ASYE_TEST_POSTGRES=y"}}.read()
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string][2]string{
		"addr":         {"127.0.0.1:3", "command line"},
		"service_name": {"Ours", "file "},
		"database":     {"postgres://u:p@db/asye", "environment, from the file"},
		"session_idle": {"2h", "standard"},
	} {
		if at := v.All[key]; at.Text != want[0] || !strings.HasPrefix(at.Origin, want[1]) {
			t.Errorf("%s is %q from %q, want %v", key, at.Text, at.Origin, want)
		}
	}
	if shown := v.All["database"].Shown(); shown != "postgres://…@db/asye" {
		t.Errorf("a secret is shown as %q", shown)
	}
	if len(v.Unknown) != 2 || v.Unknown[0] != "ASYE_WRONG" || !strings.HasPrefix(v.Unknown[1], "coluor") {
		t.Errorf("unknown: %q", v.Unknown)
	}
	if got := nearest(v.Unknown[1]); !strings.Contains(got, "colour") {
		t.Errorf("suggestion: %q", got)
	}
}

func TestSettingsThatCannotBeUsed(t *testing.T) {
	for key, text := range map[string]string{"base_url": "asye.example.org", "behind_proxy": "perhaps", "session_idle": "soon",
		"colour": "#ffff00", "step_up": "often", "passwords": "perhaps", "second_factor_for": "administrator,boss", "drafts_kept": "0d", "smtp": "mail.example.org", "programmes": "/nowhere/at/all", "grants": "there"} {
		v, err := given{flags: map[string]string{key: text}}.read()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := understand(v); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s = %q: %v", key, text, err)
		}
	}
	if _, err := (given{file: "/nowhere/asye.conf"}).read(); err == nil {
		t.Error("a settings file that is not there was read")
	}
}
