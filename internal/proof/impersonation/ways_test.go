package impersonation

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"example.org/asye/internal/platform/golden"
	"example.org/asye/internal/proof"
)

// ways are all places in the code from which somebody comes in: who makes a
// scope of a person, who begins a session, who writes one, and who calls those.
// changed is the text of files that are to be read as if they said so.
func ways(t testing.TB, changed map[string]string) string {
	t.Helper()
	root := proof.Root(t)
	var out []string
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		if d.IsDir() && (d.Name() == "testdata" || strings.HasSuffix(name, "test") && strings.Count(name, "/") > 1 || name == "internal/proof" || name == "internal/arch") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return nil
		}
		text, edited := changed[name]
		if !edited {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text = string(raw)
		}
		found, err := waysIn(name, text)
		out = append(out, found...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(out)
	return strings.Join(out, "\n") + "\n"
}

// doors are the functions through which one comes in.
var doors = map[string]string{"tenant.SignedIn": "makes a person's scope", "start": "begins a session", "Enter": "lets somebody in",
	"Welcome": "gives a browser its session", "letIn": "gives a browser its session", "LetIn": "gives a browser its session",
	"SignInLink": "makes a link that signs in", "makeLink": "makes a link that signs in"}

// signing are the folders that know how to sign anybody in; elsewhere these
// names mean something else.
var signing = []string{"internal/account/", "internal/app/", "internal/example/"}

// waysIn are the places of one file: "file function: what it does".
func waysIn(name, text string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, decl := range file.Decls {
		in := "outside of functions"
		if fn, ok := decl.(*ast.FuncDecl); ok {
			in = fn.Name.Name
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			what := ""
			switch n := n.(type) {
			case *ast.SelectorExpr:
				what = door(name, n)
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && knowsHow(name) {
					what = doors[id.Name]
				}
			case *ast.BasicLit:
				if strings.Contains(n.Value, "insert into sessions") {
					what = "writes a session"
				}
			}
			if what != "" {
				seen[name+" "+in+": "+what] = true
			}
			return true
		})
	}
	var out []string
	for one := range seen {
		out = append(out, one)
	}
	return out, nil
}

// door says what a name of another package or a method lets happen. A function
// that is only named, and not called, may be called later.
func door(file string, n *ast.SelectorExpr) string {
	of := ""
	if id, ok := n.X.(*ast.Ident); ok {
		of = id.Name
	}
	switch {
	case doors[of+"."+n.Sel.Name] != "":
		return doors[of+"."+n.Sel.Name]
	case of == "paths" || of == "done" || of == "out" || !knowsHow(file):
		return ""
	}
	return doors[n.Sel.Name]
}

func knowsHow(file string) bool {
	return slices.ContainsFunc(signing, func(folder string) bool { return strings.HasPrefix(file, folder) })
}

// TestACC39_TheWaysIn: each way to a session is on a list that a person has
// read, and there is no other.
func TestACC39_TheWaysIn(t *testing.T) { golden.Text(t, "ways", ways(t, nil)) }
