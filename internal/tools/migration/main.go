// Command migration makes an empty migration in a folder, with the next free
// number of the day:
//
//	go run ./internal/tools/migration registration/add_team
//
// makes internal/registration/migrations/2026112201_add_team.sql.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

func main() {
	path, err := run(".", os.Args[1:], time.Now().Format("20060102"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "migration:", err)
		os.Exit(2)
	}
	fmt.Println(path)
}

var form = regexp.MustCompile(`^([a-z]+(?:/[a-z]+)*)/([a-z][a-z0-9_]*)$`)

func run(root string, args []string, day string) (string, error) {
	if len(args) != 1 || !form.MatchString(args[0]) {
		return "", errors.New("give the folder and what the migration does, like registration/add_team")
	}
	m := form.FindStringSubmatch(args[0])
	folder := filepath.Join(root, "internal", filepath.FromSlash(m[1]), "migrations")
	if _, err := os.Stat(folder); err != nil {
		return "", fmt.Errorf("there is no folder %s: make it with an fs.go like the others, and add it to internal/schema", folder)
	}
	number, err := next(root, day)
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, number+"_"+m[2]+".sql")
	return path, os.WriteFile(path, []byte("-- +goose Up\n"), 0o644)
}

// next is the first number of the day after every one that is taken.
func next(root, day string) (string, error) {
	last := 0
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d os.DirEntry, err error) error {
		n := 0
		name := filepath.Base(path)
		if err == nil && strings.HasPrefix(name, day) && strings.HasSuffix(name, ".sql") {
			if _, err := fmt.Sscanf(name[len(day):], "%02d_", &n); err == nil {
				last = max(last, n)
			}
		}
		return err
	})
	if last == 99 {
		return "", errors.New("the day has 99 migrations already")
	}
	return fmt.Sprintf("%s%02d", day, last+1), err
}
