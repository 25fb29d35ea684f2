package arch

import (
	"go/ast"
	"path"
	"strings"
)

// tested holds that every exported method of a store that asks the database is
// called by name in some test of its capability. What the test proves, a reader must judge; that there
// is one, this can say.
func tested(t *Tree) []Finding {
	called := callsInTests(t)
	var out []Finding
	for _, f := range t.Code() {
		if l, first := layerOf(f.Dir()); !isStore(f) || isFixture(f.Dir()) || l != capability && first != "roster" {
			continue
		}
		for _, fn := range f.Funcs() {
			if fn.Recv == nil || !fn.Name.IsExported() || !takes(fn, "context.Context") || called[capabilityOf(f.Path)][fn.Name.Name] {
				continue
			}
			out = append(out, Finding{Path: f.Path, Line: t.Line(fn.Pos()), Subject: f.Path + " " + name(fn),
				Text: name(fn) + " is called by no test of " + capabilityOf(f.Path) + ": show what it does, and what another organisation gets"})
		}
	}
	return out
}

// callsInTests is the names that the tests of each capability call.
func callsInTests(t *Tree) map[string]map[string]bool {
	called := map[string]map[string]bool{}
	for _, f := range t.Files {
		if f.Go == nil || !strings.HasSuffix(f.Path, "_test.go") {
			continue
		}
		names := called[capabilityOf(f.Path)]
		if names == nil {
			names = map[string]bool{}
			called[capabilityOf(f.Path)] = names
		}
		ast.Inspect(f.Go, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				names[sel.Sel.Name] = true
			}
			return true
		})
	}
	return called
}

// capabilityOf is the first folder below internal: internal/registration for
// all that lies in it.
func capabilityOf(file string) string {
	parts := strings.Split(path.Dir(file), "/")
	return strings.Join(parts[:min(len(parts), 2)], "/")
}
