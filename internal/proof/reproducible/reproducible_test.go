package reproducible

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// skipped are the folders that no build reads.
var skipped = map[string]bool{".git": true, "node_modules": true, "bin": true, "docs": true}

// copyTree copies the source into a folder of its own.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped[inside] {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, inside), 0o755)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, inside), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// build builds the program in a folder as make build does, and gives its digest.
// cache is where the compiler keeps what it has done; empty for where it does.
func build(t *testing.T, folder, cache string, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "asye")
	cmd := exec.Command("go", append([]string{"build", "-ldflags", "-s -w -X main.version=1.0", "-o", program}, append(flags, "./cmd/asye")...)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false")
	if cache != "" {
		cmd.Env = append(cmd.Env, "GOCACHE="+cache)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(whole)
	return hex.EncodeToString(sum[:])
}

// TestRUN18_TwoBuildsAreOneProgram compiles everything twice from nothing, which
// takes minutes: make net-reproducible asks for it.
func TestRUN18_TwoBuildsAreOneProgram(t *testing.T) {
	if os.Getenv("WHOLE") == "" {
		t.Skip("make net-reproducible compiles everything twice from nothing")
	}
	first, second := filepath.Join(t.TempDir(), "here"), filepath.Join(t.TempDir(), "quite", "another", "folder")
	copyTree(t, proof.Root(t), first)
	copyTree(t, proof.Root(t), second)
	a, b := build(t, first, t.TempDir(), "-trimpath"), build(t, second, t.TempDir(), "-trimpath")
	if a != b {
		t.Errorf("two builds give two programs: %s and %s", a, b)
	}
	// A difference of folders is what the twin shows, so both may share a cache.
	if twin, other := build(t, first, ""), build(t, second, ""); twin == other {
		t.Error("the net does not notice that -trimpath is left out")
	}
	proof.Keep(t, proof.Result{Net: "reproducible", Part: proof.Running,
		Promise: "Whoever builds the source gets the program that was released, to the bit.",
		Saw:     fmt.Sprintf("two builds in two folders with two empty caches: both %s….", a[:16]),
		Twin:    "-trimpath is left out: the two programs differ.", Command: "make net-reproducible"})
}

// TestRUN18_MakeBuildsReproducibly holds that make build asks for what a
// reproducible build needs.
func TestRUN18_MakeBuildsReproducibly(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(proof.Root(t), "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"export CGO_ENABLED = 0\n", "export GOFLAGS = -buildvcs=false\n",
		"go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/asye ./cmd/asye"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the Makefile lacks %q", want)
		}
	}
}
