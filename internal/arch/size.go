package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strings"
)

// The limits of the house, in lines where nothing else is said.
const (
	longestFile     = 400
	longestFunction = 60
	longestPackage  = 2500 // tests and generated files not counted
	mostParameters  = 5    // the receiver, the context and the transaction not counted
	deepestNesting  = 3    // if, for, switch and select within each other
)

func lines(text string) int { return strings.Count(text, "\n") }

// fileLength holds every Go file, tests among them, and every template to its
// length.
func fileLength(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		if f.Go == nil && path.Ext(f.Path) != ".templ" || f.IsGenerated() {
			continue
		}
		if n := lines(f.Text); n > longestFile {
			out = append(out, t.finding(f, 0, "has %d lines, more than %d: split it by noun", n, longestFile))
		}
	}
	return out
}

// each looks at every function of the code.
func each(t *Tree, look func(f *File, fn *ast.FuncDecl) string) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		for _, fn := range f.Funcs() {
			if text := look(f, fn); text != "" {
				out = append(out, Finding{Path: f.Path, Line: t.Line(fn.Pos()), Subject: f.Path + " " + name(fn), Text: name(fn) + " " + text})
			}
		}
	}
	return out
}

// functionLength holds every function to its length.
func functionLength(t *Tree) []Finding {
	return each(t, func(f *File, fn *ast.FuncDecl) string {
		if n := t.Line(fn.End()) - t.Line(fn.Pos()) + 1; n > longestFunction {
			return fmt.Sprintf("has %d lines, more than %d: name a part of it", n, longestFunction)
		}
		return ""
	})
}

// parameters holds every function to what a reader can keep in mind.
func parameters(t *Tree) []Finding {
	return each(t, func(f *File, fn *ast.FuncDecl) string {
		n := 0
		for _, field := range fn.Type.Params.List {
			if kind := typeName(field.Type); kind == "context.Context" || kind == "db.Tx" {
				continue
			}
			n += max(1, len(field.Names))
		}
		if n > mostParameters {
			return fmt.Sprintf("has %d parameters besides context and transaction, more than %d: give those that belong together a type", n, mostParameters)
		}
		return ""
	})
}

// nesting holds how deep the decisions of a function may lie in each other.
func nesting(t *Tree) []Finding {
	return each(t, func(f *File, fn *ast.FuncDecl) string {
		deepest, where := 0, token.NoPos
		dive(fn.Body, 0, func(depth int, at token.Pos) {
			if depth > deepest {
				deepest, where = depth, at
			}
		})
		if deepest > deepestNesting {
			return fmt.Sprintf("nests %d deep at line %d, more than %d: return early, or name the inner part", deepest, t.Line(where), deepestNesting)
		}
		return ""
	})
}

// dive visits the decisions below a node with their depth. An else-if stands
// beside its if, and a function literal beside the statement that holds it.
func dive(n ast.Node, depth int, visit func(int, token.Pos)) {
	ast.Inspect(n, func(inner ast.Node) bool {
		if inner == nil || inner == n {
			return true
		}
		switch s := inner.(type) {
		case *ast.FuncLit:
			dive(s.Body, 0, visit)
			return false
		case *ast.IfStmt:
			visit(depth+1, s.Pos())
			diveIf(s, depth, visit)
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			visit(depth+1, s.Pos())
			dive(s, depth+1, visit)
			return false
		}
		return true
	})
}

func diveIf(s *ast.IfStmt, depth int, visit func(int, token.Pos)) {
	if s.Init != nil {
		dive(s.Init, depth, visit)
	}
	dive(s.Cond, depth, visit)
	dive(s.Body, depth+1, visit)
	switch other := s.Else.(type) {
	case *ast.IfStmt:
		diveIf(other, depth, visit)
	case *ast.BlockStmt:
		dive(other, depth+1, visit)
	}
}

// packageLength holds every package to its length.
func packageLength(t *Tree) []Finding {
	total := map[string]int{}
	for _, f := range t.Code() {
		total[f.Dir()] += lines(f.Text)
	}
	var out []Finding
	for dir, n := range total {
		if n > longestPackage {
			out = append(out, Finding{Path: dir, Subject: dir,
				Text: fmt.Sprintf("has %d lines of code, more than %d: split it by noun", n, longestPackage)})
		}
	}
	return out
}
