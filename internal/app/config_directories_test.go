package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// entra is a directory as an operator sets it up, with some lines changed.
func entra(changed ...string) map[string]string {
	lines := map[string]string{"base_url": "https://asye.example.org", "oidc_issuer": "https://login.microsoftonline.com/1111-2222/v2.0",
		"oidc_client_id": "c", "oidc_client_secret": "very secret", "oidc_name": "Northshire Council", "oidc_domains": "Northshire.gov.uk, north.nhs.uk"}
	for i := 0; i+1 < len(changed); i += 2 {
		lines[changed[i]] = changed[i+1]
	}
	return lines
}

func understood(t *testing.T, flags map[string]string) (config, error) {
	t.Helper()
	return understand(must(t, given{flags: flags}.read))
}

func TestDirectorySettings(t *testing.T) {
	c, err := understood(t, entra())
	if err != nil || len(c.Directories) != 1 {
		t.Fatalf("%+v, %v", c.Directories, err)
	}
	d := c.Directories[0]
	if d.client.RedirectURL != "https://asye.example.org/sign-in/with/directory/back" || d.client.Secret != "very secret" ||
		d.Name != "Northshire Council" || !d.Owns("a@north.nhs.uk") || !d.Owns("a@northshire.gov.uk") || d.Owns("a@x.northshire.gov.uk") || d.Only {
		t.Errorf("%+v", d)
	}
	for _, one := range c.values.All {
		if strings.Contains(one.Shown(), "very secret") {
			t.Errorf("%s is shown as %q", one.Key, one.Shown())
		}
	}
	if none, err := understood(t, nil); err != nil || len(none.Directories) != 0 {
		t.Errorf("without settings: %v, %v", none.Directories, err)
	}
}

func TestDirectorySettingsThatCannotBeUsed(t *testing.T) {
	for says, flags := range map[string]map[string]string{
		"must name the tenant":   entra("oidc_issuer", "https://login.microsoftonline.com/common/v2.0"),
		"must begin with https":  entra("oidc_issuer", "http://id.example.org"),
		"client ID is missing":   entra("oidc_client_id", ""),
		"oidc_issuer is missing": entra("oidc_issuer", ""),
		"no name for its button": entra("oidc_name", ""),
		"Write yes or no":        entra("oidc_only", "perhaps"),
		"one of its domains":     entra("oidc_domains", "@northshire.gov.uk"),
		"no domains":             entra("oidc_only", "yes", "oidc_domains", ""),
		"cannot be read":         entra("oidc_folder", "/nowhere/at/all"),
	} {
		if _, err := understood(t, flags); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

func TestFolderOfDirectories(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	if err := os.WriteFile(secret, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := "issuer = https://id.leeds.example\nclient_id = asye\nclient_secret_file = " + secret + "\nname = Leeds\ndomains = leeds.gov.uk\nonly = yes\n"
	for name, tt := range map[string]struct{ file, text, says string }{
		"good":                      {"leeds.conf", good, ""},
		"a line that means nothing": {"leeds.conf", good + "colour = blue\n", "nothing is set by colour"},
		"a bad name":                {"Leeds City.conf", good, "Use small letters"},
		"the same issuer":           {"leeds.conf", "issuer = https://login.microsoftonline.com/1111-2222/v2.0\nclient_id = x\nname = Again\n", "there twice"},
		"the same domain":           {"leeds.conf", strings.Replace(good, "leeds.gov.uk", "north.nhs.uk", 1), "is also that of Northshire Council"},
		"the key of the first":      {"directory.conf", good, "there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, tt.file), []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := understood(t, entra("oidc_folder", folder))
			if tt.says != "" {
				if err == nil || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("%v, want %q", err, tt.says)
				}
				return
			}
			if err != nil || len(c.Directories) != 2 || c.Directories[1].client.Secret != "from a file" || c.Directories[1].Key != "leeds" || !c.Directories[1].Only {
				t.Errorf("%+v, %v", c.Directories, err)
			}
		})
	}
}
