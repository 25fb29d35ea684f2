package arch

import (
	"go/ast"
	"path"
	"regexp"
	"strings"
)

// table is what the migrations say of a table.
type table struct {
	owner string // the folder whose store writes it
	byOrg bool   // its rows belong to an organisation
}

var (
	createTable = regexp.MustCompile(`(?s)create table (\w+) \((.*?)\n\);`)
	orgColumn   = regexp.MustCompile(`(?m)^\s+\w*org_id\s+text not null`)
	written     = regexp.MustCompile(`(?:insert into|update|delete from) (\w+)`)
	mentioned   = regexp.MustCompile(`(?:from|join|update|into)\s+(\w+)`)
	// The organisation, one person, or a secret that one person holds.
	narrowed    = regexp.MustCompile(`(org_id|person_id|token_hash)\s*(=|in\s*\()\s*(cast\()?[$(]`)
	orgInserted = regexp.MustCompile(`(?s)^\s*insert into \w+\s*\([^)]*org_id`)
)

// tables reads every table from the migrations.
func tables(t *Tree) map[string]table {
	out := map[string]table{}
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".sql" || path.Base(f.Dir()) != "migrations" {
			continue
		}
		for _, m := range createTable.FindAllStringSubmatch(f.Text, -1) {
			out[m[1]] = table{owner: path.Dir(f.Dir()), byOrg: orgColumn.MatchString(m[2])}
		}
	}
	return out
}

// writers holds that a table is written only by the folder whose migration
// makes it.
func writers(t *Tree) []Finding {
	known := tables(t)
	var out []Finding
	for _, s := range Statements(t) {
		for _, name := range s.tables(written) {
			owner := known[name].owner
			if owner == s.File.Dir() || name == "set" {
				continue // "do update set" has no table
			}
			why := "writes " + name + ", which belongs to " + owner + ": ask its store to write it"
			if owner == "" {
				why = "writes " + name + ", which no migration makes"
			}
			out = append(out, Finding{Path: s.File.Path, Line: s.Line, Subject: s.Subject() + " " + name, Text: why})
		}
	}
	return out
}

// tables are the tables that a pattern finds in a statement, each once.
func (s Statement) tables(pattern *regexp.Regexp) []string {
	seen := map[string]bool{}
	var out []string
	for _, text := range s.Texts {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				out = append(out, m[1])
			}
		}
	}
	return out
}

// loaded are the records that a store hands to its own unexported functions
// after it has found them within the scope.
var loaded = map[string]bool{"Record": true, "Transfer": true}

// organisation holds that every statement about rows of an organisation is
// narrowed: to the organisation, to one person in it, or to a record that was
// found within the scope and handed on.
func organisation(t *Tree) []Finding {
	known := tables(t)
	var out []Finding
	for _, s := range Statements(t) {
		for _, name := range s.tables(mentioned) {
			if s.fn == nil || !known[name].byOrg || s.isNarrowed() || isHanded(s.fn) {
				continue
			}
			out = append(out, Finding{Path: s.File.Path, Line: s.Line, Subject: s.Subject(), Text: "reads or writes " + name +
				" of every organisation: add org_id = $n to the condition, or list the function with the reason"})
			break
		}
	}
	return out
}

func isHanded(fn *ast.FuncDecl) bool {
	if fn.Name.IsExported() {
		return false
	}
	for kind := range loaded {
		if takes(fn, kind) {
			return true
		}
	}
	return false
}

func (s Statement) isNarrowed() bool {
	for _, text := range s.Texts {
		if !narrowed.MatchString(text) && !orgInserted.MatchString(text) {
			return false
		}
	}
	return true
}

// scopes holds that every method of a store takes a scope, and looks at it.
func scopes(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		l, first := layerOf(f.Dir())
		if !isStore(f) || l != capability && first != "roster" {
			continue
		}
		for _, fn := range f.Funcs() {
			if fn.Recv == nil || !fn.Name.IsExported() || !ast.IsExported(typeName(fn.Recv.List[0].Type)) || !takes(fn, "context.Context") {
				continue
			}
			if why := scopeless(fn); why != "" {
				out = append(out, Finding{Path: f.Path, Line: t.Line(fn.Pos()), Subject: f.Path + " " + name(fn), Text: name(fn) + " " + why})
			}
		}
	}
	return out
}

func takes(fn *ast.FuncDecl, kind string) bool {
	for _, field := range fn.Type.Params.List {
		if typeName(field.Type) == kind {
			return true
		}
	}
	return false
}

func scopeless(fn *ast.FuncDecl) string {
	for _, field := range fn.Type.Params.List {
		if typeName(field.Type) != "tenant.Scope" {
			continue
		}
		if len(field.Names) == 1 && mentions(fn.Body, field.Names[0].Name) {
			return ""
		}
		return "takes a scope and never looks at it: let it decide what may be seen, or list the method with the reason"
	}
	return "takes no tenant.Scope: every store method is told on whose behalf it works"
}

func mentions(body ast.Node, id string) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if i, ok := n.(*ast.Ident); ok && i.Name == id {
			found = true
		}
		return !found
	})
	return found
}

var migrationName = regexp.MustCompile(`^(\d{10})_[a-z0-9_]+\.sql$`)

// migrations holds that every migration has a number of its own, by which all
// folders together are put in order, and is one transaction.
func migrations(t *Tree) []Finding {
	taken := map[string]string{}
	var out []Finding
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".sql" || path.Base(f.Dir()) != "migrations" {
			continue
		}
		m := migrationName.FindStringSubmatch(f.Base())
		switch {
		case m == nil:
			out = append(out, t.finding(f, 0, "must be named yyyymmddnn_what.sql; make migration makes such a name"))
		case taken[m[1]] != "":
			out = append(out, t.finding(f, 0, "has the number of %s: give it the next free one", taken[m[1]]))
		default:
			taken[m[1]] = f.Path
			if !strings.HasPrefix(f.Text, "-- +goose Up") {
				out = append(out, t.finding(f, 0, "must begin with the line -- +goose Up"))
			}
			if strings.Contains(f.Text, "NO TRANSACTION") {
				out = append(out, t.finding(f, 0, "is no transaction: whoever is killed in the middle would leave half of it"))
			}
		}
	}
	return out
}
