package arch

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strings"
)

// Statement is one SQL text of the code, with each form it can take.
type Statement struct {
	File  *File
	Line  int
	Func  string   // the function that holds it; empty for a constant of the package
	Texts []string // parts that only running can tell are marked
	fn    *ast.FuncDecl
}

// Subject is how exceptions.go names the place.
func (s Statement) Subject() string { return strings.TrimSpace(s.File.Path + " " + s.Func) }

// Complete are the texts of which every part is known.
func (s Statement) Complete() []string {
	var out []string
	for _, text := range s.Texts {
		if complete(text) {
			out = append(out, text)
		}
	}
	return out
}

// begins recognises SQL by how it starts. SQL is in small letters here, so that
// a sentence that begins "Select a file from" is none.
var begins = regexp.MustCompile(`(?s)^\s*(select\s.*\sfrom\s|insert into \w|update \w+( as \w+| \w+)?\s+set\s|delete from \w|with (recursive )?\w+( \([^)]*\))? as \()`)

// Statements finds every SQL text in the code of the program.
func Statements(t *Tree) []Statement {
	byFolder := folders(t)
	var out []Statement
	for _, f := range t.Code() {
		if isFixture(f.Dir()) {
			continue
		}
		for _, decl := range f.Go.Decls {
			fn, _ := decl.(*ast.FuncDecl)
			out = append(out, statementsIn(t, f, byFolder[f.Dir()], decl, fn)...)
		}
	}
	return out
}

func statementsIn(t *Tree, f *File, d *folder, decl ast.Node, fn *ast.FuncDecl) []Statement {
	var out []Statement
	ast.Inspect(decl, func(n ast.Node) bool {
		found := false
		for _, e := range textsOf(n) {
			s := Statement{File: f, Line: t.Line(e.Pos()), fn: fn}
			for _, text := range d.texts(e, fn, 0) {
				if begins.MatchString(text) {
					s.Texts = append(s.Texts, text)
				}
			}
			if fn != nil {
				s.Func = name(fn)
			}
			if len(s.Texts) > 0 {
				found, out = true, append(out, s)
			}
		}
		_, isCall := n.(*ast.CallExpr)
		return isCall || !found
	})
	return out
}

// textsOf are the expressions at a node that may be SQL: a string literal, a
// sum, or names passed to a call.
func textsOf(n ast.Node) []ast.Expr {
	switch e := n.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return []ast.Expr{e}
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return []ast.Expr{e}
		}
	case *ast.CallExpr:
		var names []ast.Expr
		for _, arg := range e.Args {
			if id, ok := arg.(*ast.Ident); ok {
				names = append(names, id)
			}
		}
		return names
	}
	return nil
}

// sqlPlace holds that only stores speak to the database.
func sqlPlace(t *Tree) []Finding {
	var out []Finding
	for _, s := range Statements(t) {
		if l, _ := layerOf(s.File.Dir()); !isStore(s.File) && l != workshop && s.File.Dir() != "internal/platform/db" {
			out = append(out, t.finding(s.File, s.Line, "has SQL: move it to a method in a store*.go file"))
		}
	}
	for _, f := range t.Code() {
		l, _ := layerOf(f.Dir())
		if isStore(f) || l >= capability || strings.HasPrefix(f.Dir(), "internal/platform/db") {
			continue // roles holds the capabilities; the builder and app pass transactions on
		}
		for _, closed := range []string{"internal/platform/db", "database/sql"} {
			if pos, ok := f.Imports()[closed]; ok {
				out = append(out, t.finding(f, t.Line(pos), "imports %s: only store*.go files speak to the database", closed))
			}
		}
	}
	return out
}

func isStore(f *File) bool { ok, _ := path.Match("store*.go", f.Base()); return ok }
