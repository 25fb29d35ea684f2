// Command uncovered reads a coverage profile and lists the templates that no
// test has drawn. It fails when there is one.
//
//	go test -coverpkg=./... -coverprofile=bin/cover ./...
//	go run ./internal/tools/uncovered bin/cover
package main

import (
	"bufio"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const module = "example.org/asye/"

func main() {
	found, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "uncovered:", err)
		os.Exit(2)
	}
	for _, line := range found {
		fmt.Println(line)
	}
	if len(found) > 0 {
		fmt.Printf("%d templates are drawn by no test.\n", len(found))
		os.Exit(1)
	}
	fmt.Println("Every template is drawn by some test.")
}

// drawn are the lines of each file that a test has run.
type drawn map[string]map[int]bool

func run(args []string) ([]string, error) {
	if len(args) != 1 {
		return nil, errors.New("give the coverage profile that go test -coverprofile has written")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	ran, err := read(string(text))
	if err != nil {
		return nil, err
	}
	var out []string
	err = filepath.WalkDir("internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_templ.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err == nil {
			var names []string
			names, err = undrawn(source, ran[filepath.ToSlash(path)])
			for _, name := range names {
				out = append(out, strings.TrimSuffix(path, "_templ.go")+".templ: no test draws "+name)
			}
		}
		return err
	})
	return out, err
}

// read keeps the first line of every block that ran. A line of a profile is
// "path:line.column,line.column statements count".
func read(profile string) (drawn, error) {
	ran := drawn{}
	lines := bufio.NewScanner(strings.NewReader(profile))
	for lines.Scan() {
		var from, column, to, last, statements, count int
		path, rest, ok := strings.Cut(lines.Text(), ".go:")
		if !ok {
			continue // "mode: set"
		}
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &from, &column, &to, &last, &statements, &count); err != nil {
			return nil, fmt.Errorf("the profile has a line that cannot be read: %q", lines.Text())
		}
		path = strings.TrimPrefix(path, module) + ".go"
		if count > 0 {
			if ran[path] == nil {
				ran[path] = map[int]bool{}
			}
			ran[path][from] = true
		}
	}
	return ran, lines.Err()
}

// undrawn lists the templates of a generated file whose inner function never
// ran. Calling a template only makes a component; drawing it runs the function
// that the component holds.
func undrawn(source []byte, ran map[int]bool) ([]string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", source, 0)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		inner := innermost(fn)
		if inner == nil {
			continue // an ordinary function, written in a template's file
		}
		hit := false
		for line := set.Position(inner.Pos()).Line; line <= set.Position(inner.End()).Line; line++ {
			hit = hit || ran[line]
		}
		if !hit {
			out = append(out, fn.Name.Name)
		}
	}
	return out, nil
}

// innermost is the function that draws: the first literal in the template.
func innermost(fn *ast.FuncDecl) *ast.BlockStmt {
	var found *ast.BlockStmt
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && found == nil {
			found = lit.Body
		}
		return found == nil
	})
	return found
}
