package arch

import (
	"go/ast"
	"strings"
)

// Methods names every exported method of a store that asks the database, from
// internal on: "registration.Store.Get". Whoever wants to ask all of them starts
// here, so that none can be left out.
func Methods(t *Tree) []string {
	var out []string
	for _, f := range t.Code() {
		l, first := layerOf(f.Dir())
		if !isStore(f) || isFixture(f.Dir()) || l != capability && first != "roster" && f.Dir() != "internal/platform/journey" {
			continue
		}
		for _, fn := range f.Funcs() {
			if fn.Recv == nil || !fn.Name.IsExported() || !ast.IsExported(typeName(fn.Recv.List[0].Type)) || !takes(fn, "context.Context") {
				continue
			}
			out = append(out, strings.TrimPrefix(f.Dir(), "internal/")+"."+name(fn))
		}
	}
	return out
}
