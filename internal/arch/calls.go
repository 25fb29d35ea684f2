package arch

import (
	"go/ast"
	"strings"
)

// reserved are functions that only some folders may call.
var reserved = []struct {
	from, name string   // the package by its import, and the function
	in         []string // folders that may call it
	instead    string
}{
	{"time", "Now", []string{"internal/platform/clock", "internal/tools"}, "ask the clock that is handed in, so that tests can decide the day"},
	{"internal/platform/tenant", "SignedIn", []string{"internal/account", "internal/platform/tenant", "internal/example"},
		"only signing in makes a person's scope; take it from the request, or use tenant.System with a reason"},
	{"context", "WithValue", nil, "pass what a function needs as a parameter"},
}

// calls holds that reserved functions are called only where they may be.
func calls(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		if isFixture(f.Dir()) {
			continue
		}
		for _, r := range reserved {
			if _, imported := f.Imports()[r.from]; !imported || mayCall(f.Dir(), r.in) {
				continue
			}
			ast.Inspect(f.Go, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if ok && sel.Sel.Name == r.name && isPackage(f, sel.X, r.from) {
					out = append(out, t.finding(f, t.Line(sel.Pos()), "uses %s.%s: %s", lastOf(r.from), r.name, r.instead))
				}
				return true
			})
		}
	}
	return out
}

func mayCall(dir string, in []string) bool {
	for _, allowed := range in {
		if dir == allowed || within(dir, allowed) {
			return true
		}
	}
	return false
}

// isPackage reports whether an expression is the name by which a file imports a
// package.
func isPackage(f *File, e ast.Expr, imported string) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	for _, spec := range f.Go.Imports {
		if strings.TrimPrefix(strings.Trim(spec.Path.Value, `"`), module) != imported {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name == id.Name
		}
		return id.Name == lastOf(imported)
	}
	return false
}

func lastOf(imported string) string { return imported[strings.LastIndex(imported, "/")+1:] }
