package arch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestSamples shows that every check can fail: each archive in testdata is a
// small tree that breaks one rule, and says what must be found, no more and no
// less.
func TestSamples(t *testing.T) {
	for _, c := range Checks() {
		t.Run(c.Name, func(t *testing.T) {
			tree, want := sample(t, strings.ReplaceAll(c.Name, " ", "_"))
			var got []string
			for _, f := range Apply(tree, c, nil) {
				got = append(got, f.String())
			}
			if have := strings.Join(got, "\n"); have != want {
				t.Errorf("found:\n%s\n\nwant:\n%s", have, want)
			}
			if want == "" {
				t.Error("the sample breaks nothing")
			}
		})
	}
}

func sample(t *testing.T, name string) (*Tree, string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	archive, want := txtar.Parse(text), ""
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = strings.TrimSpace(string(f.Data))
			archive.Files = append(archive.Files[:i], archive.Files[i+1:]...)
			break
		}
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return tree, want
}

// TestApply: an exception sets a finding aside, and one that nothing needs is
// a finding.
func TestApply(t *testing.T) {
	tree, _ := sample(t, "calls")
	one := Check{"calls", calls}
	all := len(one.Find(tree))
	subject := one.Find(tree)[0].Subject
	with := Apply(tree, one, map[string]string{subject: "for this test"})
	if len(with) >= all {
		t.Errorf("%d findings with the exception, %d without", len(with), all)
	}
	stale := Apply(tree, one, map[string]string{"internal/nowhere.go": "for this test"})
	if len(stale) != all+1 || !strings.Contains(stale[0].String()+stale[all].String(), "no longer needs") {
		t.Errorf("an exception that nothing needs is not told of: %v", stale)
	}
}
