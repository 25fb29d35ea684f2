package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

// module is the path of our own imports, up to the folder.
const module = "example.org/asye/"

// Tree is the source of the whole repository, read once.
type Tree struct {
	Files []*File // in order of their paths
	Set   *token.FileSet
}

// File is one text of the tree.
type File struct {
	Path string // with slashes, from the root
	Text string
	Go   *ast.File // nil when it is not Go
}

// unread are folders whose content is not ours, or is made by a tool.
var unread = map[string]bool{".git": true, "node_modules": true, "bin": true, "dist": true}

// read are the endings of the files that some check wants.
var read = map[string]bool{".go": true, ".templ": true, ".sql": true, ".md": true, ".json": true, ".mod": true,
	".sh": true, ".js": true, ".css": true, ".csv": true, ".yml": true, ".golden": true, "": true}

// Load reads a tree. Go that does not parse is an error: nothing can be said
// of it.
func Load(root fs.FS) (*Tree, error) {
	t := &Tree{Set: token.NewFileSet()}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if unread[d.Name()] && !d.IsDir() {
			return nil // a link to such a folder
		}
		if d.IsDir() {
			if unread[d.Name()] || strings.Contains(name, "arch/testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !read[path.Ext(name)] {
			return nil
		}
		return t.add(root, name)
	})
	sort.Slice(t.Files, func(i, j int) bool { return t.Files[i].Path < t.Files[j].Path })
	return t, err
}

func (t *Tree) add(root fs.FS, name string) error {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	f := &File{Path: name, Text: string(text)}
	if path.Ext(name) == ".go" {
		if f.Go, err = parser.ParseFile(t.Set, name, text, parser.ParseComments); err != nil {
			return err
		}
	}
	t.Files = append(t.Files, f)
	return nil
}

// Find is the file at a path; nil when there is none.
func (t *Tree) Find(name string) *File {
	i := sort.Search(len(t.Files), func(i int) bool { return t.Files[i].Path >= name })
	if i < len(t.Files) && t.Files[i].Path == name {
		return t.Files[i]
	}
	return nil
}

// Code is every Go file that people wrote, tests not among them.
func (t *Tree) Code() []*File {
	var out []*File
	for _, f := range t.Files {
		if f.Go != nil && !f.IsTest() && !f.IsGenerated() {
			out = append(out, f)
		}
	}
	return out
}

// Line is the line of a position in a Go file.
func (t *Tree) Line(p token.Pos) int { return t.Set.Position(p).Line }

// Dir is the folder of the file.
func (f *File) Dir() string { return path.Dir(f.Path) }

// Base is the name of the file in its folder.
func (f *File) Base() string { return path.Base(f.Path) }

// IsTest reports whether the file is a test, or a fixture of one.
func (f *File) IsTest() bool {
	return strings.HasSuffix(f.Path, "_test.go") || strings.Contains(f.Path, "/testdata/")
}

// IsGenerated reports whether templ wrote the file.
func (f *File) IsGenerated() bool { return strings.HasSuffix(f.Path, "_templ.go") }

// Imports are the packages that a Go file imports, ours from the root of the
// repository, with the position of each.
func (f *File) Imports() map[string]token.Pos {
	out := map[string]token.Pos{}
	for _, spec := range f.Go.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		out[strings.TrimPrefix(name, module)] = spec.Pos()
	}
	return out
}

// Funcs are the functions of a Go file that have a body.
func (f *File) Funcs() []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, d := range f.Go.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			out = append(out, fn)
		}
	}
	return out
}

// name is a function's name with its receiver's: "Store.List".
func name(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	return typeName(fn.Recv.List[0].Type) + "." + fn.Name.Name
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	}
	return ""
}
