package arch

import (
	"go/ast"
	"regexp"
	"strings"
)

// declaredKind is the kind of record of a table, in its declaration.
var declaredKind = regexp.MustCompile(`\bKind: "(\w+)"`)

// auditLines holds that a line of the audit trail which says something is about
// a kind of record that the inventory has: that decides whose key seals it, and
// so whether an erasure reaches it.
func auditLines(t *Tree) []Finding {
	known := map[string]bool{}
	for _, f := range t.Files {
		if strings.HasSuffix(f.Path, "/migrations/tables.go") {
			for _, m := range declaredKind.FindAllStringSubmatch(f.Text, -1) {
				known[m[1]] = true
			}
		}
	}
	byFolder := folders(t)
	var out []Finding
	for _, f := range t.Code() {
		if l, _ := layerOf(f.Dir()); l == workshop || isFixture(f.Dir()) {
			continue
		}
		for _, fn := range f.Funcs() {
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				kinds, says := lineOf(n, byFolder[f.Dir()], fn)
				for _, kind := range kinds {
					if says && !known[kind] {
						out = append(out, Finding{Path: f.Path, Line: t.Line(n.Pos()), Subject: f.Path + " " + kind,
							Text: "writes an audit line about the kind " + kind + ", which no table declares: give its table in tables.go the Kind"})
					}
				}
				return true
			})
		}
	}
	return out
}

// lineOf gives the kinds that a db.Line can be about, and whether it says
// anything of them.
func lineOf(n ast.Node, d *folder, in *ast.FuncDecl) (kinds []string, says bool) {
	lit, ok := n.(*ast.CompositeLit)
	if !ok || lit.Type == nil || typeName(lit.Type) != "db.Line" {
		return nil, false
	}
	for _, e := range lit.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch lastName(pair.Key) {
		case "Kind":
			kinds = d.texts(pair.Value, in, 0)
		case "Before", "After", "Reason":
			says = true
		}
	}
	return kinds, says
}
