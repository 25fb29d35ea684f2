package setting_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/setting"
)

var list = []setting.Setting{{Key: "addr", Standard: ":1"}, {Key: "mail", Secret: true}, {Key: "key", Hidden: true}}

func TestTheStrongestCounts(t *testing.T) {
	dir := t.TempDir()
	file, secret := filepath.Join(dir, "conf"), filepath.Join(dir, "secret")
	for path, text := range map[string]string{file: "# mine\n\naddr = :2\nkey=k\nkeyy=1\n", secret: "smtp://u:p@host\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v, err := setting.Given{File: file, Environ: []string{"ASYE_ADDR=:3", "ASYE_MAIL_FILE=" + secret, "ASYE_OURS=x", "ASYE_NONE=x", "PATH=/bin"},
		Flags: map[string]string{"addr": ":4", "key": ""}, Ours: map[string]bool{"ASYE_OURS": true}}.Read(list)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string][3]string{"addr": {":4", ":4", "command line"}, "mail": {"smtp://u:p@host", "smtp://…@host", "environment, from the file"},
		"key": {"k", "set", "file"}} {
		if at := v.All[key]; v.Text(key) != want[0] || at.Shown() != want[1] || !strings.HasPrefix(at.Origin, want[2]) {
			t.Errorf("%s is %q, shown %q, from %s", key, at.Text, at.Shown(), at.Origin)
		}
	}
	if len(v.Unknown) != 2 || !slices.ContainsFunc(v.Unknown, func(s string) bool { return strings.Contains(s, "keyy (line 5") }) {
		t.Errorf("unknown: %q", v.Unknown)
	}
	if standard := setting.Standard(list); standard.Text("addr") != ":1" || standard.All["mail"].Shown() != "not set" {
		t.Errorf("%+v", standard)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "conf")
	if err := os.WriteFile(bad, []byte("addr :2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, g := range map[string]setting.Given{
		"line 1 of":        {File: bad},
		"cannot be read":   {File: filepath.Join(dir, "none")},
		"which is not the": {Environ: []string{"ASYE_MAIL_FILE=" + filepath.Join(dir, "none")}},
		"that ASYE_MAIL_F": {Environ: []string{"ASYE_MAIL_FILE=" + dir}},
	} {
		if _, err := g.Read(list); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
}
