// Command assets builds the styles and scripts of the pages from the npm
// packages named in package-lock.json, and puts them where internal/platform/ui
// embeds them.
//
// It installs the packages when they are older than the lock file. Without npm
// it says so and succeeds: the program still builds, and serves its pages with
// the short hand-written stylesheet. Give it the folder of the repository, or
// run it from there.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := run(root); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	if _, err := os.Stat(filepath.Join(root, "package-lock.json")); err != nil {
		return fmt.Errorf("there is no package-lock.json in %q: run this from the folder of the repository, or give that folder: %w", root, err)
	}
	switch err := install(root); {
	case errors.Is(err, exec.ErrNotFound):
		fmt.Fprintln(os.Stderr, "assets: npm is not installed, so pages will be served with the plain stylesheet. Install Node.js 20 or later, which brings npm, and run this again.")
		return nil
	case err != nil:
		return err
	}
	return bundle(root)
}

// install brings node_modules up to the lock file. npm writes its own copy of
// the lock inside node_modules, so the age of that copy is the age of the
// installation.
func install(root string) error {
	lock, err := os.Stat(filepath.Join(root, "package-lock.json"))
	if err != nil {
		return err
	}
	done, err := os.Stat(filepath.Join(root, "node_modules", ".package-lock.json"))
	if err == nil && !lock.ModTime().After(done.ModTime()) {
		return nil
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return err
	}
	// The packages' own install scripts are never run: none is needed.
	cmd := exec.Command(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("npm ci failed: check the network and the proxy settings of npm, then run this again: %w", err)
	}
	return nil
}
