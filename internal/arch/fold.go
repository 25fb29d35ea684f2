package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// unknown stands in a folded text for a part that only running can tell.
const unknown = " ⟨dynamic⟩ "

// mostTexts is how many forms of one statement are followed.
const mostTexts = 24

// folder works out the string that an expression will be, from the constants
// and variables of its package, the assignments of its function, and what the
// callers of its function pass.
type folder struct {
	tree    *Tree
	globals map[string]ast.Expr
	calls   map[string][]call // by the name of the function called
}

// call is one call of a function, and the function that makes it.
type call struct {
	in   *ast.FuncDecl
	args []ast.Expr
}

// folders makes one for each folder with code.
func folders(t *Tree) map[string]*folder {
	out := map[string]*folder{}
	for _, f := range t.Code() {
		d := out[f.Dir()]
		if d == nil {
			d = &folder{t, map[string]ast.Expr{}, map[string][]call{}}
			out[f.Dir()] = d
		}
		d.read(f)
	}
	return out
}

func (d *folder) read(f *File) {
	for _, decl := range f.Go.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok {
			specs(gen, d.globals)
		}
	}
	for _, fn := range f.Funcs() {
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				if callee := lastName(c.Fun); callee != "" {
					d.calls[callee] = append(d.calls[callee], call{fn, c.Args})
				}
			}
			return true
		})
	}
}

func specs(gen *ast.GenDecl, into map[string]ast.Expr) {
	for _, s := range gen.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range v.Names {
			if i < len(v.Values) {
				into[id.Name] = v.Values[i]
			}
		}
	}
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// texts are the strings that an expression can be; a part that cannot be told
// is [unknown].
func (d *folder) texts(e ast.Expr, in *ast.FuncDecl, depth int) []string {
	if depth > 8 {
		return []string{unknown}
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, _ := strconv.Unquote(e.Value)
			return []string{s}
		}
	case *ast.ParenExpr:
		return d.texts(e.X, in, depth+1)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return joined(d.texts(e.X, in, depth+1), d.texts(e.Y, in, depth+1))
		}
	case *ast.Ident:
		return d.named(e.Name, in, depth+1)
	}
	return []string{unknown}
}

func joined(left, right []string) []string {
	var out []string
	for _, l := range left {
		for _, r := range right {
			if len(out) < mostTexts {
				out = append(out, l+r)
			}
		}
	}
	return out
}

// named is what a name can stand for: a variable of the function that is set
// once, a parameter, or a constant of the package.
func (d *folder) named(id string, in *ast.FuncDecl, depth int) []string {
	if in == nil {
		return d.global(id, depth)
	}
	sets := assignments(in, id)
	if len(sets) > 0 {
		var out []string
		for _, set := range sets {
			if set == nil {
				return []string{unknown}
			}
			out = append(out, d.assigned(set, in, depth)...)
		}
		return out
	}
	if i := parameterIndex(in, id); i >= 0 {
		return d.passed(in, i, depth)
	}
	return d.global(id, depth)
}

func (d *folder) global(id string, depth int) []string {
	if e, ok := d.globals[id]; ok {
		return d.texts(e, nil, depth)
	}
	return []string{unknown}
}

// assigned knows one function besides constants: db.In, which makes a list of
// placeholders.
func (d *folder) assigned(e ast.Expr, in *ast.FuncDecl, depth int) []string {
	c, ok := e.(*ast.CallExpr)
	if !ok || lastName(c.Fun) != "In" || len(c.Args) != 2 {
		return d.texts(e, in, depth)
	}
	lit, ok := c.Args[0].(*ast.BasicLit)
	if !ok {
		return []string{unknown}
	}
	first, _ := strconv.Atoi(lit.Value)
	return []string{fmt.Sprintf("$%d, $%d", first, first+1)}
}

// passed is what the callers of a function give as one of its parameters.
func (d *folder) passed(fn *ast.FuncDecl, i, depth int) []string {
	var out []string
	for _, c := range d.calls[fn.Name.Name] {
		if i >= len(c.args) || len(out) > mostTexts {
			return []string{unknown}
		}
		out = append(out, d.texts(c.args[i], c.in, depth)...)
	}
	if len(out) == 0 {
		return []string{unknown}
	}
	return out
}

func parameterIndex(fn *ast.FuncDecl, id string) int {
	i := 0
	for _, field := range fn.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == id {
				return i
			}
			i++
		}
		if len(field.Names) == 0 {
			i++
		}
	}
	return -1
}

// assignments are what a function sets a name to; nil where it adds to it, or
// sets it in a way that is not followed.
func assignments(fn *ast.FuncDecl, id string) []ast.Expr {
	var out []ast.Expr
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			for i, l := range s.Lhs {
				if lastName(l) == id {
					out = append(out, valueOf(s, i))
				}
			}
		case *ast.GenDecl:
			local := map[string]ast.Expr{}
			specs(s, local)
			if e, ok := local[id]; ok {
				out = append(out, e)
			}
		}
		return true
	})
	return out
}

func valueOf(s *ast.AssignStmt, i int) ast.Expr {
	switch {
	case s.Tok != token.DEFINE && s.Tok != token.ASSIGN:
		return nil
	case len(s.Lhs) == len(s.Rhs):
		return s.Rhs[i]
	case i == 0 && len(s.Rhs) == 1:
		return s.Rhs[0]
	}
	return nil
}

// complete reports whether every part of a folded text is known.
func complete(text string) bool { return !strings.Contains(text, unknown) }
