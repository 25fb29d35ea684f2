package setting_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.org/asye/internal/platform/setting"
)

// A settings file is read, or refused; what it does not name stays as it is.
func FuzzSettingsFile(f *testing.F) {
	for _, seed := range []string{"a = b\n", "# a\n\na=\n", "secret_file = /nowhere\n", "a\n", "=\n", "a = b = c\r\n", "\x00", "b = 1\nb = 2"} {
		f.Add([]byte(seed))
	}
	list := []setting.Setting{{Key: "a", Standard: "one"}, {Key: "b", Standard: "two"}, {Key: "secret", Secret: true}}
	file := filepath.Join(f.TempDir(), "asye.conf")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := (setting.Given{File: file}).Read(list)
		if err != nil {
			return
		}
		if len(v.All) != len(list) {
			t.Fatalf("%d settings of %d", len(v.All), len(list))
		}
		for _, one := range v.All {
			if one.Origin == "standard" && one.Text != one.Standard {
				t.Fatalf("%s is %q by itself", one.Key, one.Text)
			}
		}
	})
}
