package arch

import (
	"go/ast"
	"strings"
)

// views holds that what a page may show has a type: no field of a struct in a
// page's file, and no parameter of its template, is any.
func views(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		if t.Find(strings.TrimSuffix(f.Path, ".go")+".templ") == nil {
			continue
		}
		ast.Inspect(f.Go, func(n ast.Node) bool {
			s, ok := n.(*ast.StructType)
			if !ok {
				return true
			}
			for _, field := range s.Fields.List {
				if untyped(field.Type) {
					out = append(out, t.finding(f, t.Line(field.Pos()), "a view has a field of any type: say what it is"))
				}
			}
			return true
		})
	}
	for _, f := range t.Files {
		if !strings.HasSuffix(f.Path, ".templ") {
			continue
		}
		for i, line := range strings.Split(f.Text, "\n") {
			if strings.HasPrefix(line, "templ ") && (strings.Contains(line, " any") || strings.Contains(line, "]any") || strings.Contains(line, "interface{}")) {
				out = append(out, t.finding(f, i+1, "a template has a parameter of any type: say what it is"))
			}
		}
	}
	return out
}

func untyped(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			return false
		case *ast.Ident:
			found = found || n.Name == "any"
		case *ast.InterfaceType:
			found = found || n.Methods.NumFields() == 0
		}
		return true
	})
	return found
}
