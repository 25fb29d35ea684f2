package arch

import (
	"os"
	"sync"
	"testing"
)

// repository is the tree that holds this folder, read once for all tests.
var repository = sync.OnceValues(func() (*Tree, error) { return Load(os.DirFS("../..")) })

func theTree(t *testing.T) *Tree {
	t.Helper()
	tree, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestHouse holds every rule over the whole repository.
func TestHouse(t *testing.T) {
	tree := theTree(t)
	known := map[string]bool{}
	for _, c := range Checks() {
		known[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			for _, f := range Apply(tree, c, exceptions[c.Name]) {
				t.Error(f)
			}
		})
	}
	for check, list := range exceptions {
		if !known[check] && check != "prepare" {
			t.Errorf("exceptions.go has a list for %q, which is no check", check)
		}
		for subject, reason := range list {
			if len(reason) < 20 {
				t.Errorf("exceptions.go: %s: give the reason in a sentence", subject)
			}
		}
	}
}
